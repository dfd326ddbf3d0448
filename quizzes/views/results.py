"""After handing in: the receipt, and the review once it may be seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes import sitting
from quizzes.access import own_attempt
from quizzes.models import Attempt
from quizzes.models.version import Pool
from quizzes.queries import explained, latest_answers, latest_marks, places
from quizzes.views.contexts import line_of


def _closed_attempt(request: HttpRequest, public_id: UUID, now) -> Attempt:
    return sitting.close_if_over(own_attempt(request.user, public_id), now=now)


def _receipt(attempt: Attempt) -> str:
    """The receipt's first twelve signs in groups of four: enough to tell two apart, short enough to read out."""
    return " ".join(attempt.receipt[i : i + 4] for i in (0, 4, 8))


@never_cache
@require_safe
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The receipt: when it was handed in, how much was answered, and what happens next."""
    now = timezone.now()
    attempt = _closed_attempt(request, public_id, now)
    if attempt.is_open:
        return redirect("attempt", public_id)
    line = places(attempt, latest_answers(attempt))
    context = {
        "attempt": attempt,
        "count": len(line),
        "line": line_of(line),
        "receipt": _receipt(attempt),
        "released": attempt.is_released(now),
    }
    if attempt.quiz.pool != Pool.PRACTICE:
        return render(request, "quizzes/result.html", context)
    return render(request, "quizzes/practice_result.html", {**context, **_practice_sum(attempt)})


def _practice_sum(attempt: Attempt) -> dict:
    points = [mark.points for mark in latest_marks(attempt).values()]
    return {
        "full": sum(p == 1 for p in points),
        "part": sum(0 < p < 1 for p in points),
        "none": sum(p == 0 for p in points),
    }


@never_cache
@require_safe
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own answers with points and rationale, once the window is over for all; practice shows the key as well."""
    now = timezone.now()
    attempt = _closed_attempt(request, public_id, now)
    if attempt.is_open:
        return redirect("attempt", public_id)
    if not attempt.is_released(now):
        return render(request, "quizzes/review_later.html", {"attempt": attempt})
    answers = latest_answers(attempt)
    practice = attempt.quiz.pool == Pool.PRACTICE
    questions = explained(attempt, answers, with_key=practice, marks=latest_marks(attempt))
    context = {
        "attempt": attempt,
        "questions": questions,
        "line": line_of(places(attempt, answers)),
        "verdict_template": f"quizzes/verdict_{'practice' if practice else 'check'}.html",
    }
    return render(request, "quizzes/review.html", context)
