"""The appraisal sheet as both sides meet it: written, frozen, signed, and refused with a sentence when it cannot be."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from training import appraising
from training.models import AppraisalSheet, Position, Signature, TargetLevel, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
VIEW = "Fragt nach, bevor sie anbietet, und hält Zusagen ein."


@pytest.fixture
def draft(cast, today, now) -> AppraisalSheet:
    return appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today + timedelta(days=15), now=now)


@pytest.fixture
def evidence(cast, framework, give, today):
    """Enough evidence for level 3 in K2 and level 2 in K3; only level 1 is assured in K4; K5 has too little."""
    day = today - timedelta(days=10)
    give(cast.aylin, framework["K2"], 40, right=33, on=day)
    give(cast.aylin, framework["K3"], 30, right=21, on=day)
    give(cast.aylin, framework["K4"], 20, right=6, on=day)
    give(cast.aylin, framework["K5"], 4, right=4, on=day)


@pytest.fixture
def frozen(draft, cast, evidence, today, now) -> AppraisalSheet:
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=now - timedelta(days=4))
    return appraising.freeze(draft, as_of=today, now=now)


@pytest.fixture
def signed(frozen, cast, now) -> AppraisalSheet:
    """Aylin has signed."""
    return appraising.sign(frozen, by=cast.aylin, seen=appraising.digest(frozen), now=now)


@pytest.fixture
def at(client):
    """Somebody's answer at an address: ``at(person, "appraisal", sheet)``, with data it is a post."""

    def ask(reader, name, sheet=None, data=None, **kwargs):
        client.force_login(reader)
        url = reverse(name, kwargs=kwargs or {"public_id": sheet.public_id})
        return client.post(url, data) if data is not None else client.get(url)

    return ask


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def unchanged(sheet) -> bool:
    """Whether the row in the database is still this one."""
    return AppraisalSheet.objects.filter(pk=sheet.pk).values().get() == {
        f.attname: getattr(sheet, f.attname) for f in sheet._meta.concrete_fields
    }


# --- preparing


def test_a_manager_chooses_the_day_and_comes_to_the_draft(at, cast, today):
    day = today + timedelta(days=14)
    answer = at(cast.miriam, "appraisal_new", data={"talk_on": day.isoformat()}, person=cast.aylin.pk)
    sheet = AppraisalSheet.objects.get(employee=cast.aylin)
    assert answer.status_code == 302 and answer.url == reverse("appraisal", args=[sheet.public_id])
    assert (sheet.manager, sheet.talk_on) == (cast.miriam, day)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_talk_lies_within_a_year_of_today(at, cast, today, days):
    day = today + timedelta(days=days)
    answer = at(cast.miriam, "appraisal_new", data={"talk_on": day.isoformat()}, person=cast.aylin.pk)
    assert answer.status_code == 422 and "höchstens ein Jahr zurück oder voraus" in words(answer)
    assert not AppraisalSheet.objects.exists()


@pytest.mark.parametrize("sent", ["", "morgen", "2026-02-31"])
def test_a_talk_without_a_day_is_asked_for_again(at, cast, sent):
    answer = at(cast.miriam, "appraisal_new", data={"talk_on": sent}, person=cast.aylin.pk)
    assert answer.status_code == 422 and not AppraisalSheet.objects.exists()


def test_preparing_twice_leads_to_the_one_sheet(at, cast, draft, today):
    for data in (None, {"talk_on": today.isoformat()}):
        answer = at(cast.miriam, "appraisal_new", data=data, person=cast.aylin.pk)
        assert answer.url == reverse("appraisal", args=[draft.public_id])
    assert unchanged(draft) and AppraisalSheet.objects.count() == 1


# --- the manager writes first


def test_the_card_stands_beside_the_view_only_after_it_is_written(at, cast, draft, evidence):
    before = words(at(cast.miriam, "appraisal", draft))
    assert "gesichert ·" not in before and "mindestens Stufe" not in before
    at(cast.miriam, "appraisal_write", draft, {"talk_on": draft.talk_on.isoformat(), "manager_words": VIEW})
    after = words(at(cast.miriam, "appraisal", draft))
    assert "mindestens Stufe 3 gesichert" in after and "Eingefroren ist es noch nicht." in after


@pytest.mark.parametrize("text", ["", "  ", "Gut."])
def test_a_view_is_at_least_a_sentence(at, cast, draft, text):
    answer = at(cast.miriam, "appraisal_write", draft, {"talk_on": draft.talk_on.isoformat(), "manager_words": text})
    assert answer.status_code == 422 and unchanged(draft)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_what_was_typed_is_still_there_when_the_day_is_wrong(at, cast, draft):
    answer = at(cast.miriam, "appraisal_write", draft, {"talk_on": "2206-01-01", "manager_words": VIEW})
    assert answer.status_code == 422 and VIEW in answer.content.decode() and unchanged(draft)


def test_the_sheet_says_when_the_view_was_written_and_when_it_was_changed(at, cast, frozen, now):
    shown = words(at(cast.aylin, "appraisal", frozen))
    assert "bevor die Karte daneben stand" in shown and "als die Karte daneben stand" not in shown
    appraising.write(frozen, by=cast.miriam, field="manager_words", text=VIEW + " Und mehr.", now=now)
    assert "als die Karte daneben stand" in words(at(cast.aylin, "appraisal", frozen))


# --- freezing


def test_freezing_opens_the_sheet_to_the_employee(at, cast, draft, evidence, today):
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=draft.created_at)
    assert at(cast.aylin, "appraisal", draft).status_code == 404
    assert at(cast.miriam, "appraisal_freeze", draft, {"as_of": today.isoformat()}).status_code == 302
    assert VIEW in words(at(cast.aylin, "appraisal", draft))


def test_words_sent_with_the_freezing_are_kept_with_it(at, cast, draft, evidence, today):
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=draft.created_at)
    sent = {"as_of": today.isoformat(), "talk_on": today.isoformat(), "manager_words": VIEW, "agreed": "Zweimal üben."}
    at(cast.miriam, "appraisal_freeze", draft, sent)
    draft.refresh_from_db()
    assert (draft.agreed, draft.talk_on, draft.as_of) == ("Zweimal üben.", today, today)


@pytest.mark.parametrize("days", [1, -400])
def test_a_card_is_frozen_for_a_day_of_the_past_year(at, cast, draft, today, days):
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=draft.created_at)
    draft.refresh_from_db()
    day = today + timedelta(days=days)
    answer = at(cast.miriam, "appraisal_freeze", draft, {"as_of": day.isoformat()})
    assert answer.status_code == 422 and unchanged(draft)


def test_nothing_is_frozen_without_the_managers_view(at, cast, draft, today):
    answer = at(cast.miriam, "appraisal_freeze", draft, {"as_of": today.isoformat()})
    assert answer.status_code == 409 and unchanged(draft)
    assert "Bitte schreiben Sie zuerst Ihre eigene Einschätzung." in words(answer)


def test_freezing_twice_is_refused_and_changes_nothing(at, cast, frozen, today):
    sent = {"as_of": today.isoformat(), "talk_on": today.isoformat(), "manager_words": "Ein ganz anderer Satz dazu."}
    answer = at(cast.miriam, "appraisal_freeze", frozen, sent)
    assert answer.status_code == 409 and "schon eingefroren" in words(answer)
    assert unchanged(frozen) and "Ein ganz anderer Satz dazu." in answer.content.decode()


def test_the_employee_does_not_freeze(at, cast, frozen, today):
    assert at(cast.aylin, "appraisal_freeze", frozen, {"as_of": today.isoformat()}).status_code == 404


# --- what the sheet says


def test_the_sheet_shows_assured_statements_and_counts_the_others_in_words(at, cast, frozen):
    shown = words(at(cast.aylin, "appraisal", frozen))
    assert "Kompetenz K2 mindestens Stufe 3 gesichert" in shown
    assert "Kompetenz K3 mindestens Stufe 2 gesichert" in shown
    assert "Kompetenz K4" not in shown and "Kompetenz K5" not in shown
    assert "Sechs weitere Kompetenzen haben noch nicht genug Nachweise oder noch keine gesicherte Stufe" in shown
    assert "Der Bogen enthält keine Gesamtnote." in shown


def test_the_sheet_shows_less_than_a_scorecard(at, cast, frozen):
    html = at(cast.miriam, "appraisal", frozen).content.decode()
    main = html[html.index("<article") : html.index("</article>")]
    assert "vorläufig" not in main and 'class="dot"' not in main and 'class="band"' not in main
    assert re.findall(r"[\d,]+\s%", re.sub(r"<[^>]+>", " ", main)) == ["20\xa0%"]


def test_the_target_level_stands_beside_as_words(at, cast, framework, draft, evidence, today, now):
    office = Position.objects.create(name_de="Innendienst", name_en="Office")
    User.objects.filter(pk=cast.aylin.pk).update(position=office)
    TargetLevel.objects.create(position=office, competency=framework["K2"], level=3)
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=now)
    appraising.freeze(draft, as_of=today, now=now)
    assert "mindestens Stufe 3 gesichert · Soll-Stufe 3" in words(at(cast.aylin, "appraisal", draft))


def test_without_any_assured_level_the_sheet_says_so(at, cast, draft, framework, today, now):
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=now)
    appraising.freeze(draft, as_of=today, now=now)
    assert "Noch hat keine Kompetenz genug Nachweise und eine gesicherte Stufe." in words(
        at(cast.aylin, "appraisal", draft)
    )


def test_both_sides_read_the_same_sheet(at, cast, signed):
    pages = [at(person, "appraisal", signed).content.decode() for person in (cast.aylin, cast.miriam)]
    articles = [page[page.index("<article") : page.index("</article>")] for page in pages]
    assert articles[0] == articles[1]


def test_the_sheet_is_read_in_english_too(client, cast, frozen):
    client.force_login(cast.aylin)
    shown = words(client.get(f"/en/appraisals/{frozen.public_id}/"))
    assert "Competency K2 at least level 3 assured" in shown and "weight 20%" in shown
    assert "Six further competencies do not have enough evidence" in shown


# --- the employee writes, both sign


def test_the_employee_writes_until_the_first_signature(at, cast, frozen):
    assert (
        at(cast.aylin, "appraisal_write", frozen, {"employee_words": "Ich bin sicherer geworden."}).status_code == 302
    )
    assert "Ich bin sicherer geworden." in words(at(cast.miriam, "appraisal", frozen))


def test_a_view_too_long_for_the_sheet_is_given_back(at, cast, frozen):
    answer = at(cast.aylin, "appraisal_write", frozen, {"employee_words": "x" * 801})
    assert answer.status_code == 422 and "x" * 801 in answer.content.decode() and unchanged(frozen)


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode()).group(1)


def test_both_sign_what_they_have_before_them(at, cast, frozen):
    for person in (cast.miriam, cast.aylin):
        seen = seen_on(at(person, "appraisal", frozen))
        assert at(person, "appraisal_sign", frozen, {"seen": seen}).status_code == 302
    shown = words(at(cast.aylin, "appraisal", frozen))
    digest = AppraisalSheet.objects.get().digest
    assert "von beiden Seiten unterschrieben" in shown and shown.count("· unterschrieben ") == 2
    assert f"{digest[:4]} {digest[4:8]} {digest[8:12]}" in shown


def test_a_sheet_that_changed_meanwhile_is_read_again_first(at, cast, frozen, now):
    seen = seen_on(at(cast.aylin, "appraisal", frozen))
    appraising.write(frozen, by=cast.miriam, field="agreed", text="Etwas Neues.", now=now)
    answer = at(cast.aylin, "appraisal_sign", frozen, {"seen": seen, "employee_words": ""})
    assert answer.status_code == 422 and "Der Bogen wurde geändert" in words(answer)
    assert "Etwas Neues." in words(answer) and seen_on(answer) != seen
    assert not Signature.objects.exists()


def test_words_typed_and_not_saved_are_neither_signed_nor_lost(at, cast, frozen):
    seen = seen_on(at(cast.aylin, "appraisal", frozen))
    answer = at(cast.aylin, "appraisal_sign", frozen, {"seen": seen, "employee_words": "Noch nicht gespeichert."})
    assert answer.status_code == 422 and "noch nicht gespeichert" in words(answer)
    assert "Noch nicht gespeichert." in answer.content.decode()
    assert not Signature.objects.exists() and unchanged(frozen)


def test_line_ends_of_a_browser_are_not_a_change(at, cast, frozen, now):
    appraising.write(frozen, by=cast.aylin, field="employee_words", text="Eins.\r\nZwei.", now=now)
    seen = seen_on(at(cast.aylin, "appraisal", frozen))
    answer = at(cast.aylin, "appraisal_sign", frozen, {"seen": seen, "employee_words": "Eins.\r\nZwei."})
    assert answer.status_code == 302 and Signature.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"seen": "0" * 64}])
def test_a_signature_without_the_right_hash_is_refused(at, cast, frozen, data):
    assert at(cast.aylin, "appraisal_sign", frozen, data).status_code == 422
    assert not Signature.objects.exists()


def test_an_unfrozen_sheet_is_not_signed(at, cast, draft):
    answer = at(cast.miriam, "appraisal_sign", draft, {"seen": appraising.digest(draft)})
    assert answer.status_code == 409 and "Erst muss die Kompetenzkarte eingefroren sein" in words(answer)


def test_signing_twice_is_refused(at, cast, signed):
    answer = at(cast.aylin, "appraisal_sign", signed, {"seen": signed.digest})
    assert answer.status_code == 409 and "Sie haben schon unterschrieben." in words(answer)
    assert Signature.objects.count() == 1


def test_writing_after_a_signature_is_refused_and_the_text_given_back(at, cast, signed):
    answer = at(
        cast.miriam,
        "appraisal_write",
        signed,
        {"talk_on": signed.talk_on.isoformat(), "manager_words": VIEW, "agreed": "Ein später Gedanke."},
    )
    assert answer.status_code == 409 and unchanged(signed)
    assert "Darauf lässt sich nichts mehr ändern." in words(answer) and "Ein später Gedanke." in words(answer)


def test_that_it_is_signed_is_said_before_that_the_text_is_too_short(at, cast, signed):
    answer = at(cast.miriam, "appraisal_write", signed, {"manager_words": "Nein.", "talk_on": "", "agreed": ""})
    assert answer.status_code == 409
    assert "Der Bogen ist unterschrieben." in words(answer) and "Nein." in words(answer)


def test_a_signed_sheet_has_no_field_to_write_in(at, cast, signed):
    for person in (cast.aylin, cast.miriam):
        html = at(person, "appraisal", signed).content.decode()
        assert "<textarea" not in html and 'type="date"' not in html


def test_words_are_shown_as_words(at, cast, frozen, now):
    appraising.write(frozen, by=cast.aylin, field="employee_words", text="<script>alert(1)</script>\nneu", now=now)
    html = at(cast.miriam, "appraisal", frozen).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;<br>neu" in html


# --- replacing, lists, costs


def test_a_signed_sheet_is_replaced_by_a_new_one_that_names_it(at, client, cast, signed, today):
    client.force_login(cast.miriam)
    address = f"{reverse('appraisal_new', args=[cast.aylin.pk])}?replaces={signed.public_id}"
    assert "ersetzt den unterschriebenen Bogen" in words(client.get(address))
    client.post(address, {"talk_on": today.isoformat()})
    new = AppraisalSheet.objects.get(replaces=signed)
    assert "Ersetzt den Bogen" in words(at(cast.miriam, "appraisal", new))
    assert unchanged(signed)


@pytest.mark.parametrize("asked", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_a_sheet_that_is_not_there_is_not_replaced(client, cast, asked):
    client.force_login(cast.miriam)
    assert client.get(f"{reverse('appraisal_new', args=[cast.aylin.pk])}?replaces={asked}").status_code == 404


def test_the_lists_of_both_sides(at, client, cast, frozen):
    client.force_login(cast.miriam)
    managers = words(client.get(reverse("appraisals")))
    assert "TestAylin, Aylin" in managers and "für beide Seiten offen" in managers and "TestBen, Ben" in managers
    client.force_login(cast.aylin)
    own = words(client.get(reverse("appraisals")))
    assert "mit Miriam TestMiriam" in own and "TestBen" not in own


def test_an_employee_does_not_find_a_draft_in_their_list(client, cast, draft):
    client.force_login(cast.aylin)
    assert "noch keinen Bogen" in words(client.get(reverse("appraisals")))


@pytest.mark.parametrize("who", ["aylin", "miriam"])
def test_a_sheet_and_the_lists_stay_within_twenty_queries(client, cast, signed, who):
    client.force_login(getattr(cast, who))
    for address in (reverse("appraisal", args=[signed.public_id]), reverse("appraisals")):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        asked = [
            q for q in found.captured_queries if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
        ]
        assert len(asked) <= 20


def test_the_list_costs_the_same_for_many_people(client, cast, today, now):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("appraisals"))
        return len(found.captured_queries)

    client.force_login(cast.miriam)
    first = cost()
    for i in range(20):
        person = User.objects.create_user(f"p{i}", last_name=f"Nr{i}", team=cast.north)
        appraising.prepare(person, manager=cast.miriam, talk_on=today, now=now)
    assert cost() == first
