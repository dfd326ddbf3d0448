"""The door of the autosave: answers in, receipts out. The same words for right and wrong."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes import practising, sitting
from quizzes.access import own_attempt, own_form
from quizzes.errors import AttemptClosed, QuizError
from quizzes.views.incoming import drafts_of_json


def _error(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


@require_POST
def save_answers(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Store answers. An empty list stores nothing and only says that the server is there."""
    now = timezone.now()
    try:
        form = own_form(request.user, public_id)
        act = practising.answer if form.practice else sitting.save
        receipts = act(form, drafts=drafts_of_json(request), now=now)
    except Http404:
        return _error(_("This quiz is not there. Please sign in again with your own account."), 404)
    except AttemptClosed as error:
        sitting.close_if_over(own_attempt(request.user, public_id), now=now)
        return _error(str(error), error.status)
    except QuizError as error:
        return _error(str(error), error.status)
    saved = [
        {
            "key": str(r.key),
            "position": r.position,
            "server_seq": r.server_seq,
            "received_at": r.received_at.isoformat(),
        }
        for r in receipts
    ]
    return JsonResponse({"saved": saved, "seconds_left": form.seconds_left(now)})
