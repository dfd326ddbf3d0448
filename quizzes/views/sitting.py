"""The pages of a sitting: one page of questions after the other, what is still open, handing in. Works without script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes import practising, sitting
from quizzes.access import own_attempt, own_form
from quizzes.errors import QuizError
from quizzes.models import Attempt
from quizzes.models.version import Pool
from quizzes.queries import answer_log, latest_answers, places
from quizzes.views import contexts
from quizzes.views.incoming import PostedPage, page_of_post


@never_cache
@require_safe
def attempt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on where the first answer is missing; to the result when it is handed in or its time is over."""
    now = timezone.now()
    attempt = sitting.close_if_over(own_attempt(request.user, public_id), now=now)
    if not attempt.is_open:
        return redirect("result", public_id)
    page = contexts.first_open_page(attempt, places(attempt, latest_answers(attempt)))
    return redirect("attempt_page", public_id, page) if page else redirect("attempt_overview", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt_page(request: HttpRequest, public_id: UUID, page: int) -> HttpResponse:
    """Show a page of questions; take it as a plain form and go on."""
    now = timezone.now()
    attempt = own_attempt(request.user, public_id)
    if request.method == "POST":
        return _take_page(request, attempt, page, now)
    attempt = sitting.close_if_over(attempt, now=now)
    if not attempt.is_open:
        return redirect("result", public_id)
    return _show_page(request, attempt, page, now)


def _show_page(request, attempt: Attempt, page: int, now, posted: PostedPage | None = None) -> HttpResponse:
    answers = latest_answers(attempt)
    line = places(attempt, answers)
    if not contexts.positions_on(attempt, page, len(line)):
        raise Http404
    context = contexts.page_context(attempt, line, page, answers, now=now, posted=posted)
    return render(request, "quizzes/page.html", context, status=422 if posted else 200)


def _take_page(request, attempt: Attempt, page: int, now) -> HttpResponse:
    form = own_form(request.user, attempt.public_id)
    positions = contexts.positions_on(attempt, page, len(form.questions))
    if not positions:
        raise Http404
    practice = attempt.quiz.pool == Pool.PRACTICE
    posted = PostedPage()
    if not practice or "check" in request.POST:
        posted = page_of_post(request.POST, form, positions, answer_log(attempt), once=practice)
    try:
        if not posted.problems:
            act = practising.answer if practice else sitting.save
            act(form, drafts=posted.drafts, now=now)
    except QuizError as error:
        messages.warning(request, str(error))
    attempt = sitting.close_if_over(attempt, now=now)
    if posted.problems and attempt.is_open:
        return _show_page(request, attempt, page, now, posted)
    return _go_on(request, attempt, page, count=len(form.questions), now=now)


def _go_on(request, attempt: Attempt, page: int, *, count: int, now) -> HttpResponse:
    """Where the pressed button leads."""
    pressed = request.POST
    if not attempt.is_open or "submit" in pressed:
        return submit(request, attempt.public_id)
    here = reverse("attempt_page", args=[attempt.public_id, page])
    if "check" in pressed:
        return redirect(f"{here}#answer-{contexts.positions_on(attempt, page, count)[0]}")
    if flag := pressed.get("flag"):
        position, _colon, on = flag.partition(":")
        return redirect(f"{here}#q{position}" if _set_flag(attempt, position, on) else here)
    if "previous" in pressed:
        return redirect("attempt_page", attempt.public_id, max(1, page - 1))
    if "overview" in pressed or not contexts.positions_on(attempt, page + 1, count):
        return redirect("attempt_overview", attempt.public_id)
    return redirect("attempt_page", attempt.public_id, page + 1)


def _set_flag(attempt: Attempt, position: str, on: str) -> bool:
    """Note a question for later, or no longer. Only while the attempt is open; the number of rows says whether it was."""
    if not position.isdecimal() or len(position) > 4:
        return False
    rows = attempt.questions.filter(position=int(position), attempt__state="open")
    return bool(rows.update(flagged=on == "1"))


@never_cache
@require_POST
def attempt_flag(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note ``position`` for later (``flagged=1``) or no longer (``0``), without leaving the page."""
    attempt = own_attempt(request.user, public_id)
    if not _set_flag(attempt, request.POST.get("position", ""), request.POST.get("flagged", "")):
        raise Http404
    return HttpResponse(status=204)


@never_cache
@require_safe
def attempt_overview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Before handing in: which questions are open, half answered or noted."""
    now = timezone.now()
    attempt = sitting.close_if_over(own_attempt(request.user, public_id), now=now)
    if not attempt.is_open:
        return redirect("result", public_id)
    answers = latest_answers(attempt)
    line = places(attempt, answers)
    return render(request, "quizzes/overview.html", contexts.overview_context(attempt, line, answers, now=now))


@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand in, once; again it leads to the same result."""
    sitting.hand_in(own_attempt(request.user, public_id), now=timezone.now())
    return redirect("result", public_id)
