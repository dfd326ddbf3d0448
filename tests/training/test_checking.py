"""From a due round to evidence in the ledger."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes import sitting
from quizzes.models import Attempt
from quizzes.queries import attempt_form
from tests.conftest import option_id
from training import checking, planning
from training.models import Evidence, Pause, Round
from training.queries import scorecard


def answer_all_right(attempt, now):
    form = attempt_form(attempt.public_id)
    drafts = []
    for question in attempt.questions.select_related("version__question"):
        slug, names = question.version.question.slug, {v: k for k, v in question.option_ids.items()}
        best, worst = names[option_id(slug, "a")], names.get(option_id(slug, "d"))
        fields = {"best": [best], "worst": [worst]} if worst else {"choice": [best]}
        drafts.append(sitting.Draft(question.position, uuid4(), fields))
    return sitting.save(form, drafts=drafts, now=now)


def test_a_round_asks_five_questions_for_each_of_four_competencies(attempt):
    assert attempt.questions.count() == 20
    codes = attempt.questions.values_list("version__competency__code", flat=True)
    assert {code: list(codes).count(code) for code in codes} == {"K2": 5, "K3": 5, "K5": 5, "K6": 5}


def test_beginning_twice_goes_on_with_the_same_attempt(attempt, round, now):
    assert checking.begin(round, now=now) == attempt
    assert Attempt.objects.count() == 1


def test_a_handed_in_check_is_evidence_at_once(attempt, now, cast):
    answer_all_right(attempt, now)
    sitting.hand_in(attempt, now=now)
    # three knowledge questions and two situations with two decisions each, for four competencies
    assert Evidence.objects.filter(user=cast.aylin).count() == 4 * (3 + 2 * 2)
    assert set(Evidence.objects.values_list("points", flat=True)) == {1.0}


def test_handing_in_twice_writes_the_ledger_once(attempt, now):
    first = sitting.hand_in(attempt, now=now)
    again = sitting.hand_in(attempt, now=now + timedelta(minutes=1))
    assert again.receipt == first.receipt and again.submitted_at == first.submitted_at
    assert Evidence.objects.count() == 4 * 7


def test_the_card_moves_after_the_check(attempt, now, today, cast):
    before = {line.competency.code: line.estimate.score for line in scorecard(cast.aylin, as_of=today)}
    answer_all_right(attempt, now)
    sitting.hand_in(attempt, now=now)
    after = {line.competency.code: line.estimate.score for line in scorecard(cast.aylin, as_of=today)}
    assert before["K2"] == 0.5 and after["K2"] > 0.9
    assert after["K1"] == 0.5


def test_evidence_is_rolled_back_with_the_marking_it_belongs_to(attempt, now, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(Evidence.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        sitting.hand_in(attempt, now=now)
    attempt.refresh_from_db()
    assert attempt.is_open and not Evidence.objects.exists()


def test_a_round_cannot_be_begun_after_its_window(round, now):
    with pytest.raises(checking.NotDue):
        checking.begin(round, now=now + timedelta(days=30))
    assert not Attempt.objects.exists()


def test_a_round_says_when_the_pool_is_too_small(round, now, framework):
    round.competencies.add(framework["K1"])
    with pytest.raises(checking.PoolTooSmall):
        checking.begin(round, now=now)
    assert not Attempt.objects.exists()


def test_opening_rounds_twice_opens_each_once(plan, cast, today):
    assert planning.open_rounds(day=today) == 8
    assert planning.open_rounds(day=today) == 0
    assert Round.objects.filter(user=cast.ben).count() == 1


def test_who_is_on_leave_owes_nothing(plan, cast, today):
    Pause.objects.create(user=cast.ben, starts_on=today - timedelta(days=40), reason="family")
    planning.open_rounds(day=today)
    assert not Round.objects.filter(user=cast.ben).exists()


def test_questions_not_seen_before_come_first(plan, attempt, now, cast):
    sitting.hand_in(attempt, now=now)
    seen = set(attempt.questions.values_list("version__item", flat=True))
    extra = checking.ask_for_extra(plan, user=cast.aylin, now=now)
    extra.competencies.set(plan.competencies.all())
    second = checking.begin(extra, now=now, seed=8)
    fresh = [q.version.item for q in second.questions.select_related("version") if q.version.item not in seen]
    assert len(fresh) == 8  # the bank has seven a competency: two of them are left unseen


def test_only_one_additional_check_a_quarter(plan, cast, now):
    checking.ask_for_extra(plan, user=cast.aylin, now=now)
    with pytest.raises(checking.NotDue):
        checking.ask_for_extra(plan, user=cast.aylin, now=now)
    assert Round.objects.filter(user=cast.aylin, voluntary=True).count() == 1
