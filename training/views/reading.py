"""Reading progress and acknowledged principles: what a person tells us about themselves, and nobody else sees."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lessons.models import Principle
from lessons.queries import is_published
from training.errors import TrainingError
from training.reading import acknowledge as keep_acknowledgement
from training.reading import read_to

END = 100


class NotAPosition(TrainingError):
    """What was sent says nothing about how far somebody has read."""

    status = 422


class WordedAnew(TrainingError):
    """The principle was worded anew while the page stood open: nobody acknowledges what they have not read."""


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _back(request: HttpRequest, fallback: str) -> HttpResponse:
    """To the page the person came from, which must be ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if ours else fallback)


def _refused(request: HttpRequest, error: TrainingError, fallback: str) -> HttpResponse:
    """The sentence with its status for a script; for a form, the page again with the sentence on it."""
    if _wants_json(request):
        return JsonResponse({"sentence": str(error)}, status=error.status)
    messages.error(request, str(error))
    return _back(request, fallback)


def _number(posted: QueryDict, name: str) -> int | None:
    value = posted.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _position(posted: QueryDict) -> int:
    """How far somebody has read, in percent; the button at the end says 100."""
    position = END if "finished" in posted else _number(posted, "position")
    if position is None or position > END:
        raise NotAPosition(_("How far you have read could not be understood. Nothing was changed."))
    return position


@require_POST
def reading(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Note how far the person has read. The end of the text, or the button there, finishes the lesson."""
    if not is_published(lesson):
        raise Http404
    try:
        position = _position(request.POST)
    except TrainingError as error:
        return JsonResponse({"sentence": str(error)}, status=error.status)
    row = read_to(lesson, user=request.user, position=position, now=timezone.now(), finished=position == END)
    if _wants_json(request):
        sentence = _("You read this lesson to its end today.") if position == END else ""
        return JsonResponse({"position": row.position, "sentence": sentence})
    return _back(request, "courses")


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that the person knows this principle, in the edition they had before their eyes."""
    principle = get_object_or_404(Principle.objects.in_force(), pk=pk)
    try:
        if _number(request.POST, "edition") != principle.edition:
            raise WordedAnew(_("This principle has been worded anew in the meantime. Please read it once more."))
    except TrainingError as error:
        return _refused(request, error, "principles")
    keep_acknowledgement(principle, user=request.user, now=timezone.now())
    if _wants_json(request):
        return JsonResponse({"sentence": _("You have known this principle since today.")})
    return _back(request, "principles")
