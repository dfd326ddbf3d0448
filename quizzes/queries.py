"""Questions that join models. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone

from quizzes.drawing import Candidate
from quizzes.errors import BadAnswer
from quizzes.models import Answer, Attempt, AttemptQuestion, Mark, QuestionVersion


@dataclass(frozen=True)
class FormQuestion:
    """A place of an attempt's form, as a save needs it: no text, no key."""

    question_id: int
    kind: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """What never changes about an attempt once it has begun."""

    attempt_id: int
    user_id: int
    questions: Mapping[int, FormQuestion]

    def question(self, position: int) -> FormQuestion:
        """The question at a position (from 1). Raises BadAnswer where the attempt has none there."""
        try:
            return self.questions[position]
        except KeyError:
            raise BadAnswer("unknown_question") from None


@lru_cache(maxsize=4096)
def attempt_form(public_id: UUID) -> Form:
    """The form of an attempt. Kept in memory: it is fixed at the start, so a save need not read it again.

    Raises Attempt.DoesNotExist.
    """
    rows = list(
        AttemptQuestion.objects.filter(attempt__public_id=public_id).values_list(
            "attempt_id", "attempt__user_id", "position", "pk", "version__kind", "options"
        )
    )
    if not rows:
        raise Attempt.DoesNotExist
    questions = {position: FormQuestion(pk, kind, dict(options)) for _, _, position, pk, kind, options in rows}
    return Form(rows[0][0], rows[0][1], questions)


def latest_answers(attempt: Attempt) -> dict[int, Answer]:
    """Attempt question id → the answer that counts."""
    return {answer.question_id: answer for answer in attempt.answers.order_by("server_seq")}


def latest_marks(attempt: Attempt) -> dict[int, Mark]:
    """Attempt question id → the mark that counts."""
    return {mark.question_id: mark for mark in Mark.objects.filter(question__attempt=attempt).order_by("pk")}


def last_seen(user) -> dict[str, date]:
    """Item → the day this person last met it in a check or in practice."""
    rows = (
        AttemptQuestion.objects.filter(attempt__user=user)
        .values("version__item")
        .annotate(seen=Max("attempt__started_at"))
        .values_list("version__item", "seen")
    )
    return {str(item): timezone.localdate(seen) for item, seen in rows}


def candidates(pool: str, competency_ids: Iterable[int] | None = None) -> dict[Candidate, int]:
    """What may be drawn from a pool, with the version each item would be asked in."""
    versions = QuestionVersion.objects.askable(pool)
    if competency_ids is not None:
        versions = versions.filter(competency_id__in=list(competency_ids))
    rows = versions.annotate(code=F("competency__code")).values_list("item", "code", "track", "difficulty", "pk")
    return {Candidate(str(item), code, track, difficulty): pk for item, code, track, difficulty, pk in rows}
