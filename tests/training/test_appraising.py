"""The acts of a sheet: what is frozen can be computed again, and what is signed does not change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from training import appraising
from training.appraising import SheetChanged, SheetLocked, WordsMissing
from training.models import AppraisalSheet, Evidence, Signature
from training.models.evidence import Source
from training.queries import card_snapshot
from training.scorecard import RULES, estimate

VIEW = "Fragt nach, bevor sie anbietet."


@pytest.fixture
def draft(cast, today, now) -> AppraisalSheet:
    return appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today + timedelta(days=15), now=now)


@pytest.fixture
def frozen(draft, cast, framework, give, today, now) -> AppraisalSheet:
    """Aylin's sheet: K2 is assured, K3 has too little evidence, nothing else has any."""
    give(cast.aylin, framework["K2"], 40, right=36, on=today - timedelta(days=30))
    give(cast.aylin, framework["K3"], 4, right=4, on=today - timedelta(days=30))
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=now)
    return appraising.freeze(draft, as_of=today, now=now)


def statement(sheet, code) -> dict:
    return next(s for s in sheet.snapshot["statements"] if s["competency"] == code)


def recomputed(snapshot) -> dict[str, int | None]:
    """Competency → assured level, from nothing but the stored evidence ids, the day and the rule's version."""
    rule, rows = RULES[snapshot["rule"]], Evidence.objects.filter(pk__in=snapshot["evidence"])
    by_code: dict[str, list] = {s["competency"]: [] for s in snapshot["statements"]}
    for row in rows.select_related("competency"):
        by_code[row.competency.code].append(row.scored())
    day = rows.model._meta.get_field("answered_on").to_python(snapshot["as_of"])
    return {code: estimate(answers, as_of=day, rule=rule).assured_level for code, answers in by_code.items()}


# --- preparing and writing


def test_preparing_twice_goes_on_with_the_same_sheet(draft, cast, today, now):
    again = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now)
    assert again == draft and AppraisalSheet.objects.count() == 1


def test_the_database_refuses_a_second_open_sheet_of_two_people(draft, cast, today, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalSheet.objects.create(employee=cast.aylin, manager=cast.miriam, talk_on=today, created_at=now)


def test_the_first_view_keeps_its_date_and_a_change_has_its_own(draft, cast, now):
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=now)
    later = now + timedelta(days=2)
    appraising.write(draft, by=cast.miriam, field="manager_words", text=VIEW, now=later)
    draft.refresh_from_db()
    assert (draft.manager_words_at, draft.manager_words_changed_at) == (now, None)
    appraising.write(draft, by=cast.miriam, field="manager_words", text="Anders.", now=later)
    draft.refresh_from_db()
    assert (draft.manager_words_at, draft.manager_words_changed_at) == (now, later)


def test_the_managers_view_cannot_be_taken_away_again(frozen, cast, now):
    with pytest.raises(WordsMissing):
        appraising.write(frozen, by=cast.miriam, field="manager_words", text="  ", now=now)
    frozen.refresh_from_db()
    assert frozen.manager_words == VIEW


@pytest.mark.parametrize(("who", "field"), [("miriam", "employee_words"), ("aylin", "agreed"), ("max", "agreed")])
def test_nobody_writes_for_the_other_side(frozen, cast, now, who, field):
    with pytest.raises(SheetLocked):
        appraising.write(frozen, by=getattr(cast, who), field=field, text="…", now=now)


def test_the_employee_does_not_move_the_talk(frozen, cast, today, now):
    with pytest.raises(SheetLocked):
        appraising.put_down(frozen, by=cast.aylin, words={"employee_words": "…"}, talk_on=today, now=now)


# --- freezing


def test_nothing_is_frozen_before_the_manager_has_written(draft, today, now):
    with pytest.raises(SheetLocked):
        appraising.freeze(draft, as_of=today, now=now)


def test_a_card_is_not_frozen_for_tomorrow_nor_twice(frozen, draft, today, now):
    with pytest.raises(SheetLocked):
        appraising.freeze(frozen, as_of=today - timedelta(days=1), now=now)
    frozen.refresh_from_db()
    assert frozen.as_of == today


def test_a_frozen_card_can_be_computed_again_from_its_evidence(frozen, cast, framework, give, today):
    give(cast.aylin, framework["K2"], 30, right=0, on=today)
    wanted = {s["competency"]: s["assured_level"] for s in frozen.snapshot["statements"]}
    assert recomputed(frozen.snapshot) == wanted
    assert wanted["K2"] == 4 and wanted["K3"] is None


def test_a_corrected_answer_is_not_among_the_evidence(draft, cast, framework, give, today, now):
    rows = give(cast.aylin, framework["K2"], 20, right=10, on=today - timedelta(days=3))
    wrong = Evidence.objects.filter(user=cast.aylin, points=0).first()
    Evidence.objects.create(
        user=cast.aylin, competency=framework["K2"], track="knowledge", source=Source.CORRECTION, item=wrong.item,
        answered_on=today, points=0, corrects=wrong, recorded_at=now,
    )  # fmt: skip
    snapshot = card_snapshot(cast.aylin, as_of=today - timedelta(days=1))
    assert wrong.pk not in snapshot["evidence"] and len(snapshot["evidence"]) == len(rows) - 1
    assert statement(AppraisalSheet(snapshot=snapshot), "K2")["n_items"] == 19


def test_evidence_that_comes_later_does_not_change_a_frozen_sheet(frozen, cast, framework, give, today):
    before = frozen.snapshot
    give(cast.aylin, framework["K3"], 40, right=40, on=today)
    frozen.refresh_from_db()
    assert frozen.snapshot == before
    assert statement(AppraisalSheet(snapshot=card_snapshot(cast.aylin, as_of=today)), "K3")["assured_level"] == 4


# --- signing


def test_both_sign_the_same_hash(frozen, cast, now):
    seen = appraising.digest(frozen)
    appraising.sign(frozen, by=cast.miriam, seen=seen, now=now)
    sheet = appraising.sign(frozen, by=cast.aylin, seen=seen, now=now + timedelta(hours=1))
    assert set(sheet.signatures.values_list("digest", flat=True)) == {seen, sheet.digest}
    assert sheet.signatures.count() == 2


def test_an_open_card_is_not_signed(draft, cast, now):
    with pytest.raises(SheetLocked):
        appraising.sign(draft, by=cast.miriam, seen=appraising.digest(draft), now=now)


def test_nobody_signs_twice_nor_for_somebody_else(frozen, cast, now):
    seen = appraising.digest(frozen)
    appraising.sign(frozen, by=cast.aylin, seen=seen, now=now)
    for who in (cast.aylin, cast.max):
        with pytest.raises(SheetLocked):
            appraising.sign(frozen, by=who, seen=seen, now=now)
    assert Signature.objects.count() == 1


def test_a_sheet_that_changed_since_it_was_read_is_not_signed(frozen, cast, now):
    seen = appraising.digest(frozen)
    appraising.write(frozen, by=cast.miriam, field="agreed", text="Etwas Neues.", now=now)
    with pytest.raises(SheetChanged) as refused:
        appraising.sign(frozen, by=cast.aylin, seen=seen, now=now)
    assert refused.value.status == 422
    assert not Signature.objects.exists() and AppraisalSheet.objects.get().digest == ""


@pytest.mark.parametrize(
    "change",
    [{"talk_on": None}, {"manager_words": "x"}, {"employee_words": "x"}, {"agreed": "x"}, {"weight": 99}],
    ids=lambda c: next(iter(c)),
)
def test_the_hash_covers_what_both_sides_read(frozen, change, today):
    before = appraising.digest(frozen)
    for field, value in change.items():
        setattr(frozen, field, value or today)
    assert appraising.digest(frozen) != before


def test_the_hash_is_the_same_read_from_the_database(frozen):
    assert appraising.digest(AppraisalSheet.objects.get()) == appraising.digest(frozen)


def test_after_the_first_signature_nobody_writes(frozen, cast, now):
    appraising.sign(frozen, by=cast.aylin, seen=appraising.digest(frozen), now=now)
    for who, field in ((cast.miriam, "agreed"), (cast.aylin, "employee_words"), (cast.miriam, "manager_words")):
        with pytest.raises(SheetLocked):
            appraising.write(frozen, by=who, field=field, text="Doch anders.", now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalSheet.objects.update(agreed="Doch anders.")


# --- replacing


def test_a_change_of_a_signed_sheet_is_a_new_one_that_names_it(frozen, cast, today, now):
    signed = appraising.sign(frozen, by=cast.aylin, seen=appraising.digest(frozen), now=now)
    new = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now, replaces=signed)
    assert new.pk != signed.pk and new.replaces == signed


def test_only_a_signed_sheet_of_the_same_person_is_replaced(frozen, cast, today, now):
    with pytest.raises(SheetLocked):
        appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now, replaces=frozen)
    signed = appraising.sign(frozen, by=cast.aylin, seen=appraising.digest(frozen), now=now)
    with pytest.raises(SheetLocked):
        appraising.prepare(cast.ben, manager=cast.miriam, talk_on=today, now=now, replaces=signed)
