"""Who may open what of quizzes: people their own attempts, and nobody else anything. What is foreign is 404, like nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from quizzes.models import Attempt, Quiz
from quizzes.models.version import Pool
from quizzes.queries import Form, attempt_form


def own_attempt(user, public_id: UUID) -> Attempt:
    """The person's own attempt, with its quiz. Raises Http404."""
    return get_object_or_404(Attempt.objects.of(user).select_related("quiz"), public_id=public_id)


def own_form(user, public_id: UUID) -> Form:
    """What is fixed about the person's own attempt; costs no query once it is in memory. Raises Http404."""
    try:
        form = attempt_form(public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if form.user_id != user.pk:
        raise Http404
    return form


def practice_quizzes():
    """Practice quizzes anybody may take: the general one, and those of published lessons."""
    return Quiz.objects.filter(Q(lesson=None) | Q(lesson__live=True), pool=Pool.PRACTICE)
