"""Marking: an attempt that was handed in earns its marks, once, and says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from quizzes.items import KINDS
from quizzes.models import Answer, Attempt, AttemptQuestion, Mark
from quizzes.models.attempt import AttemptState
from quizzes.queries import latest_answers
from quizzes.signals import attempt_marked


def _is_empty(value: dict) -> bool:
    return not any(value.values())


def _mark(question: AttemptQuestion, answer: Answer | None, now: datetime) -> Mark:
    value = answer.value if answer else {}
    marked = KINDS[question.version.kind].mark(question.version.key, value)
    return Mark(
        question=question,
        points=marked.points,
        decisions=list(marked.decisions),
        omitted=_is_empty(value),
        marked_at=now,
    )


@transaction.atomic
def mark_attempt(attempt: Attempt, *, now: datetime) -> list[Mark]:
    """Mark every question of a handed-in attempt and announce it inside the same transaction.

    Returns the new marks; an attempt that is open or already marked is left alone and gives an empty list.
    """
    won = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.SUBMITTED).update(state=AttemptState.MARKED)
    if not won:
        return []
    answers = latest_answers(attempt)
    questions = attempt.questions.select_related("version").order_by("position")
    marks = Mark.objects.bulk_create([_mark(q, answers.get(q.pk), now) for q in questions])
    attempt.state = AttemptState.MARKED
    attempt_marked.send(sender=Attempt, attempt=attempt, marks=marks, now=now)
    return marks
