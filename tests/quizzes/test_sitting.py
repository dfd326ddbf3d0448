"""The acts of a sitting: begun once, saved in order, handed in once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from quizzes import sitting
from quizzes.errors import AttemptClosed, BadAnswer
from quizzes.models import Answer, Attempt, Mark
from quizzes.queries import answer_log, attempt_form, latest_answers, places
from quizzes.sitting import Draft
from tests.quizzes.conftest import NOW, begin, draft


def drafts(attempt, *sent) -> list[Draft]:
    return [Draft(d["position"], UUID(d["key"]), d["fields"]) for d in sent]


def put(attempt, position, *, now=NOW, key=None, **picks):
    form = attempt_form(attempt.public_id)
    fields = draft(attempt, position, **picks)["fields"]
    return sitting.save(form, drafts=[Draft(position, key or uuid4(), fields)], now=now)[0]


def test_every_attempt_has_option_ids_of_its_own(cast, three_kinds):
    one, other = (begin(user, three_kinds) for user in (cast.aylin, cast.ben))
    names = [{name for q in a.questions.all() for name, _ in q.options} for a in (one, other)]
    assert len(names[0]) == 3 + 4 + 4 and not names[0] & names[1]
    assert not names[0] & {option["id"] for version in three_kinds for option in version.public["options"]}


def test_starting_again_goes_on_with_the_open_attempt(cast, attempt, three_kinds):
    assert begin(cast.aylin, three_kinds, quiz=attempt.quiz) == attempt
    assert Attempt.objects.count() == 1 and attempt.questions.count() == 3


def test_an_attempt_whose_time_is_over_is_handed_in_before_the_next_one_starts(cast, attempt, three_kinds):
    later = attempt.deadline + timedelta(seconds=1)
    second = sitting.start(
        attempt.quiz, user=cast.aylin, versions=three_kinds, title="II", language="de", seed=2,
        closes_at=later + timedelta(days=7), released_at=later, now=later,
    )  # fmt: skip
    attempt.refresh_from_db()
    assert second != attempt and second.is_open and attempt.expired


def test_the_deadline_is_the_limit_or_the_closing_time_whichever_is_sooner(cast, three_kinds):
    assert begin(cast.aylin, three_kinds, time_limit=30).deadline == NOW + timedelta(minutes=30)
    assert begin(cast.ben, three_kinds, time_limit=30, closes=timedelta(minutes=10)).deadline == NOW + timedelta(
        minutes=10
    )


def test_the_last_answer_to_a_question_counts_and_all_are_kept(attempt):
    for letter in "abc":
        put(attempt, 1, choice=letter)
    assert [a.server_seq for a in answer_log(attempt)] == [1, 2, 3]
    assert [a.server_seq for a in latest_answers(attempt).values()] == [3]


def test_answers_that_arrive_out_of_order_count_as_they_arrive(attempt):
    form = attempt_form(attempt.public_id)
    late, early = draft(attempt, 1, choice="a"), draft(attempt, 1, choice="b")
    sitting.save(form, drafts=drafts(attempt, early), now=NOW)
    sitting.save(form, drafts=drafts(attempt, late), now=NOW)
    again = sitting.save(form, drafts=drafts(attempt, early), now=NOW)
    assert again[0].server_seq == 1
    assert next(iter(latest_answers(attempt).values())).server_seq == 2


def test_an_answer_can_be_taken_back(attempt):
    put(attempt, 2, choice="ab")
    put(attempt, 2)
    assert [p.progress for p in places(attempt, latest_answers(attempt))] == ["open", "open", "open"]


def test_half_a_situation_is_half_answered(attempt):
    put(attempt, 3, best="a")
    assert places(attempt, latest_answers(attempt))[2].progress == "half"


@pytest.mark.parametrize("position", [0, 4, -1])
def test_a_question_that_is_not_in_the_form_is_refused(attempt, position):
    with pytest.raises(BadAnswer):
        sitting.save(attempt_form(attempt.public_id), drafts=[Draft(position, uuid4(), {})], now=NOW)


def test_an_option_of_another_attempt_is_unknown_here(attempt, cast, three_kinds):
    foreign = draft(begin(cast.ben, three_kinds), 1, choice="a")
    with pytest.raises(BadAnswer) as refused:
        sitting.save(attempt_form(attempt.public_id), drafts=drafts(attempt, foreign), now=NOW)
    assert refused.value.code == "unknown_option" and not Answer.objects.exists()


def test_an_attempt_takes_answers_half_a_minute_past_its_deadline_and_no_longer(attempt):
    put(attempt, 1, choice="a", now=attempt.deadline + timedelta(seconds=30))
    with pytest.raises(AttemptClosed):
        put(attempt, 2, choice="a", now=attempt.deadline + timedelta(seconds=31))
    assert Answer.objects.count() == 1


def test_a_refused_answer_takes_no_number(attempt):
    with pytest.raises(AttemptClosed):
        put(attempt, 1, choice="a", now=attempt.deadline + timedelta(minutes=1))
    attempt.refresh_from_db()
    assert attempt.last_seq == 0


def test_handing_in_marks_every_question_also_the_open_ones(attempt):
    put(attempt, 1, choice="a")
    put(attempt, 3, best="b", worst="d")
    sitting.hand_in(attempt, now=NOW)
    marks = {mark.question.position: mark for mark in Mark.objects.select_related("question")}
    assert (marks[1].points, marks[2].points) == (1, 0) and marks[2].omitted
    assert marks[3].decisions == [0.75, 1]
    assert attempt.answered == 2


def test_the_receipt_is_of_exactly_these_answers(cast, three_kinds):
    receipts = set()
    for user, letter in ((cast.aylin, "a"), (cast.ben, "b")):
        attempt = begin(user, three_kinds)
        put(attempt, 1, choice=letter)
        receipts.add(sitting.hand_in(attempt, now=NOW).receipt)
    assert len(receipts) == 2 and all(len(receipt) == 64 for receipt in receipts)


def test_handing_in_again_changes_nothing(attempt):
    first = sitting.hand_in(attempt, now=NOW)
    before = Attempt.objects.filter(pk=attempt.pk).values().get()
    again = sitting.hand_in(Attempt.objects.get(pk=attempt.pk), now=NOW + timedelta(hours=1))
    assert again.receipt == first.receipt
    assert Attempt.objects.filter(pk=attempt.pk).values().get() == before and Mark.objects.count() == 3


def test_what_nobody_handed_in_is_handed_in_by_the_clock_as_of_its_deadline(attempt):
    put(attempt, 1, choice="a")
    assert sitting.hand_in_overdue(now=attempt.deadline + timedelta(seconds=30)) == 0, "an answer may be on its way"
    assert sitting.hand_in_overdue(now=attempt.deadline + timedelta(days=2)) == 1
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline and attempt.expired and attempt.answered == 1


def test_an_open_attempt_is_never_released(attempt):
    assert not attempt.is_released(attempt.released_at + timedelta(days=1))
    sitting.hand_in(attempt, now=NOW)
    assert not attempt.is_released(attempt.released_at - timedelta(seconds=1))
    assert attempt.is_released(attempt.released_at)
