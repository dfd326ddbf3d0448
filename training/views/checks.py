"""Beginning a check: the one that is due, or the additional one of this quarter."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lessons.language import spoken
from training import checking
from training.access import own_round
from training.errors import TrainingError
from training.queries import extra_plan


@require_POST
def begin_check(request, pk: int):
    """Begin one's own round, or go on with it; what keeps it from beginning is said on *Today*."""
    round = own_round(request.user, pk)
    now = timezone.now()
    try:
        attempt = checking.begin(round, now=now, language=spoken())
    except TrainingError as error:
        messages.error(request, str(error))
        return redirect("today")
    return redirect("attempt", attempt.public_id)


@require_POST
def extra_check(request):
    """Open this quarter's additional check and begin it; both or neither."""
    now = timezone.now()
    plan = extra_plan(request.user, day=timezone.localdate(now))
    if plan is None:
        messages.error(request, _("There is no additional check for you at the moment."))
        return redirect("today")
    try:
        with transaction.atomic():
            round = checking.ask_for_extra(plan, user=request.user, now=now)
            attempt = checking.begin(round, now=now, language=spoken())
    except TrainingError as error:
        messages.error(request, str(error))
        return redirect("today")
    return redirect("attempt", attempt.public_id)
