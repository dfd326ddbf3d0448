"""What an employee reads on *Today*."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes import sitting
from quizzes.models import Attempt
from tests.lessons.conftest import make_principle
from tests.training.test_checking import answer_all_right
from training.models import Acknowledgement, CheckPlan, Pause, Reading, Round

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def today_page(client, cast):
    """Today, as Aylin reads it: ``today_page()`` or ``today_page("en")``."""

    def read(language="de", user=None):
        client.force_login(user or cast.aylin)
        answer = client.get("/en/" if language == "en" else "/")
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return read


# --- the check ------------------------------------------------------------------------------------------------------
def test_the_open_check_says_how_long_it_takes_and_until_when(round, today_page):
    text = today_page()
    assert "Dienstag, 24. November" in text
    assert "Guten Tag, Aylin TestAylin" in text
    assert "Ihr Wissenscheck ist offen" in text
    assert "20 Fragen zu vier Kompetenzen, etwa 18 Minuten. Offen bis Sonntag, 6. Dezember." in text
    assert text.count("Check beginnen") == 1 and f"/checks/{round.pk}/begin/" in text


def test_the_same_in_english(round, today_page):
    text = today_page("en")
    assert "Tuesday, 24 November" in text
    assert "20 questions on four competencies, about 18 minutes. Open until Sunday, 6 December." in text


def test_a_check_begun_goes_on(attempt, today_page):
    assert "Weitermachen" in today_page() and "Check beginnen" not in today_page()


def test_a_check_half_done_says_what_is_left(attempt, today_page, now):
    answer_all_right(attempt, now)
    assert "20 von 20 Fragen haben eine Antwort" in today_page()


def test_on_the_last_day_it_says_so(round, today_page, today):
    Round.objects.filter(pk=round.pk).update(closes_on=today)
    assert "Heute ist der letzte Tag." in today_page()


def test_a_check_handed_in_says_when_its_answers_can_be_read(attempt, today_page, now):
    sitting.hand_in(attempt, now=now)
    text = today_page()
    assert "Ihr Wissenscheck ist abgegeben" in text
    assert "Abgegeben am 24. November." in text and "nach dem 6. Dezember, lesen Sie hier" in text
    assert "Der nächste Wissenscheck öffnet am 16. Februar 2027." in text


def test_a_check_whose_time_ran_out_counts_as_handed_in_before_the_clerk_comes(attempt, today_page, now):
    Attempt.objects.filter(pk=attempt.pk).update(deadline=now - timedelta(hours=1))
    assert "Ihr Wissenscheck ist abgegeben" in today_page()


def test_a_missed_check_is_no_reproach(round, today_page, today):
    Round.objects.filter(pk=round.pk).update(opens_on=today - timedelta(days=30), closes_on=today - timedelta(days=9))
    text = today_page()
    assert "Der letzte Wissenscheck ist zu Ende" in text
    assert "Nachholen müssen Sie nichts, und kein Wert sinkt dadurch." in text
    assert "öffnet am 16. Februar 2027." in text


def test_on_leave_nothing_is_due(round, today_page, cast, today):
    Pause.objects.create(user=cast.aylin, starts_on=today - timedelta(days=3), ends_on=date(2027, 3, 31))
    text = today_page()
    assert "Sie pausieren" in text and "Bis 31. März 2027 ist kein Wissenscheck fällig." in text
    assert "Danach öffnet Ihr nächster Wissenscheck am 16. Mai 2027." in text
    assert "Check beginnen" not in text


def test_a_newcomer_reads_when_the_first_check_opens(plan, today_page):
    text = today_page()
    assert "Zurzeit ist nichts fällig" in text and "Ihr nächster Wissenscheck öffnet am 16. Februar 2027." in text


def test_who_is_in_no_plan_is_told_kindly(today_page, cast, db):
    cast.aylin.team = None
    cast.aylin.save()
    text = today_page()
    assert "Für Sie ist noch kein Wissenscheck geplant. Lernen und üben können Sie jederzeit." in text
    assert "Ihr Jahr. Darin ist kein Wissenscheck geplant." in text
    assert "Es gibt noch keine Lektionen." in text
    assert "Dort steht noch nichts." in text


# --- beginning --------------------------------------------------------------------------------------------------------
def test_beginning_leads_to_the_attempt(client, round, cast):
    client.force_login(cast.aylin)
    answer = client.post(reverse("begin_check", args=[round.pk]))
    attempt = Attempt.objects.get(user=cast.aylin)
    assert answer.url == reverse("attempt", args=[attempt.public_id])
    assert attempt.language == "de"


def test_a_check_begun_on_an_english_page_asks_in_english(client, round, cast):
    client.force_login(cast.aylin)
    client.post(f"/en/checks/{round.pk}/begin/")
    assert Attempt.objects.get().language == "en"


def test_somebody_elses_round_does_not_exist(client, round, cast):
    client.force_login(cast.ben)
    assert client.post(reverse("begin_check", args=[round.pk])).status_code == 404
    assert not Attempt.objects.exists()


def test_a_round_that_is_over_leads_back_with_a_sentence(client, round, cast, today):
    Round.objects.filter(pk=round.pk).update(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    client.force_login(cast.aylin)
    answer = client.post(reverse("begin_check", args=[round.pk]), follow=True)
    assert "Dieser Wissenscheck ist zurzeit nicht offen." in answer.content.decode()
    assert not Attempt.objects.exists()


def test_beginning_is_not_a_link(client, round, cast):
    client.force_login(cast.aylin)
    assert client.get(reverse("begin_check", args=[round.pk])).status_code == 405


def test_the_additional_check_is_offered_once_the_round_is_done(
    client, attempt, today_page, now, cast, bank, framework
):
    for name in ("K1", "K4", "K7", "K8"):
        framework[name].delete()
    assert "Zusätzlicher Check" not in today_page()
    sitting.hand_in(attempt, now=now)
    assert "Zusätzlichen Check beginnen" in today_page()
    answer = client.post(reverse("extra_check"))
    extra = Round.objects.get(voluntary=True)
    assert answer.url == reverse("attempt", args=[extra.attempt.public_id])
    assert "Ihr zusätzlicher Wissenscheck ist offen" in today_page()
    sitting.hand_in(extra.attempt, now=now)
    assert "Zusätzlichen Check beginnen" not in today_page()


def test_an_additional_check_that_cannot_be_drawn_leaves_no_round(client, attempt, now, cast, today_page):
    sitting.hand_in(attempt, now=now)  # the bank has no questions for the competencies without evidence
    client.force_login(cast.aylin)
    answer = client.post(reverse("extra_check"), follow=True)
    assert "noch nicht genug Prüffragen" in answer.content.decode()
    assert not Round.objects.filter(voluntary=True).exists()


def test_no_additional_check_before_the_rounds_own(client, round, cast):
    client.force_login(cast.aylin)
    answer = client.post(reverse("extra_check"), follow=True)
    assert "Zurzeit gibt es für Sie keinen zusätzlichen Check." in answer.content.decode()
    assert not Round.objects.filter(voluntary=True).exists()


def test_two_checks_of_one_quiz_are_taken_one_after_the_other(client, attempt, plan, cast, now, today, framework):
    other = Round.objects.create(
        plan=plan, user=cast.aylin, number=1, voluntary=True, opens_on=today, closes_on=today + timedelta(days=20)
    )
    other.competencies.set(plan.competencies.all())
    client.force_login(cast.aylin)
    answer = client.post(reverse("begin_check", args=[other.pk]), follow=True)
    assert "Bitte geben Sie zuerst den Wissenscheck ab, den Sie begonnen haben." in answer.content.decode()


# --- the year ---------------------------------------------------------------------------------------------------------
def test_the_year_is_told_as_a_table(attempt, today_page, now):
    sitting.hand_in(attempt, now=now)
    text = today_page()
    assert "Ihr Jahr als Tabelle" in text
    assert "<td>16. November – 6. Dezember</td><td>abgegeben am 24. November</td>" in text


def test_the_table_leads_back_to_the_answers_of_a_check_taken(attempt, today_page, now):
    sitting.hand_in(attempt, now=now)
    table = today_page().partition("Ihr Jahr als Tabelle")[2].partition("</table>")[0]
    assert reverse("attempt", args=[attempt.public_id]) in table


def test_planned_rounds_of_the_year_stand_on_the_line(today_page, plan):
    CheckPlan.objects.filter(pk=plan.pk).update(starts_on=date(2026, 12, 1))
    assert "<td>1. Dezember – 21. Dezember</td><td>geplant</td>" in today_page()


# --- reading, news, principles ----------------------------------------------------------------------------------------
def test_reading_goes_on_where_it_stopped(tree, today_page, cast, now):
    lesson = tree.lessons[1]
    Reading.objects.create(user=cast.aylin, lesson=lesson.translation_key, position=40, opened_at=now)
    text = today_page()
    assert lesson.title in text and 'value="40"' in text
    assert "Lektion 2 von 3 · noch 5 Minuten" in text
    assert "Lesson 2 of 3 · 5 minutes left" in today_page("en") and "Lesson 2</a>" in today_page("en")


def test_what_is_read_makes_room_for_the_next_until_all_are_read(tree, today_page, cast, now):
    for number, lesson in enumerate(tree.lessons, start=1):
        assert f">Lektion {number}</a>" in today_page()
        Reading.objects.create(
            user=cast.aylin, lesson=lesson.translation_key, position=100, opened_at=now, finished_at=now
        )
    assert "Sie haben alle Lektionen gelesen." in today_page()


def test_new_evidence_is_news_and_says_whether_the_change_is_assured(framework, give, today_page, cast):
    k2, k3 = framework["K2"], framework["K3"]
    give(cast.aylin, k2, 15, right=9, on=date(2026, 5, 12))
    give(cast.aylin, k2, 15, right=12, on=date(2026, 8, 14))
    give(cast.aylin, k3, 15, right=9, on=date(2026, 5, 12))
    text = today_page()
    assert "K2: Stufe 3" in text and "vorläufig" in text
    assert "Nach dem Check vom 14. August. Die Veränderung seit Mai ist noch nicht gesichert." in text


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [(9, 14, "Die Verbesserung seit Mai ist gesichert."), (14, 9, "Der Rückgang seit Mai ist gesichert.")],
)
def test_only_an_assured_change_is_called_one(framework, give, today_page, cast, before, after, sentence):
    give(cast.aylin, framework["K2"], 15, right=before, on=date(2026, 5, 12))
    give(cast.aylin, framework["K2"], 15, right=after, on=date(2026, 8, 14))
    assert sentence in today_page()


def test_the_first_check_on_a_competency_is_called_the_first(framework, give, today_page, cast):
    give(cast.aylin, framework["K2"], 5, right=4, on=date(2026, 8, 14))
    text = today_page()
    assert "Es ist der erste zu dieser Kompetenz." in text
    assert "noch nicht genug Nachweise" in text and "Stufe 3" not in text


def test_principles_wait_in_one_quiet_line(today_page, cast, now, framework):
    one, _two = make_principle(1), make_principle(2)
    assert "Zwei Grundsätze</a> warten darauf" in today_page()
    Acknowledgement.objects.create(
        user=cast.aylin, principle=one, edition=one.edition, sentence=one.sentence, acknowledged_at=now
    )
    assert "Ein Grundsatz</a> wartet darauf" in today_page()


# --- access and growth ------------------------------------------------------------------------------------------------
def test_nobody_gets_in_without_signing_in(client, db):
    assert "/accounts/login/" in client.get("/").url


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len([q for q in found if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


def test_today_costs_the_same_for_a_newcomer_and_a_veteran(client, tree, attempt, framework, give, cast, now):
    client.force_login(cast.aylin)
    for year in (2024, 2025, 2026):
        for code in ("K2", "K3", "K5", "K6"):
            give(cast.aylin, framework[code], 5, right=3, on=date(year, 5, 12))
    assert queries(client, "/") <= 20
