"""Practising: for the person alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lessons.language import spoken
from quizzes import practising
from quizzes.access import practice_quizzes
from quizzes.errors import QuizError
from quizzes.models import Attempt
from quizzes.models.version import Pool
from quizzes.queries import lesson_practice

RECENT = 5


def _home(request: HttpRequest, now, problem: str = "", status: int = 200) -> HttpResponse:
    own = Attempt.objects.of(request.user).filter(quiz__pool=Pool.PRACTICE).select_related("quiz")
    context = {
        "size": practising.SIZE,
        "problem": problem,
        "going": own.open().filter(quiz__lesson=None, deadline__gte=now).first(),
        "recent": own.exclude(submitted_at=None).order_by("-submitted_at")[:RECENT],
        "lessons": lesson_practice(practice_quizzes().select_related("lesson"), spoken()),
    }
    return render(request, "quizzes/practice.html", context, status=status)


@never_cache
@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """*Practise*: six questions from everywhere, or those of one lesson."""
    return _home(request, timezone.now())


@require_POST
def practice_start(request: HttpRequest) -> HttpResponse:
    """Begin practising, or go on where one stopped. ``quiz`` names a lesson's quiz; without it, the general one."""
    now = timezone.now()
    chosen = request.POST.get("quiz", "")
    if chosen:
        quiz = get_object_or_404(practice_quizzes(), pk=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
    else:
        quiz = practising.general_quiz()
    try:
        attempt = practising.start(quiz, user=request.user, language=spoken(), now=now)
    except QuizError as error:
        return _home(request, now, str(error), error.status)
    return redirect("attempt", attempt.public_id)
