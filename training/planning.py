"""Opening rounds: who owes which check now. Safe to run twice, late, or on two machines."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from training.models import CheckPlan, Round, User
from training.schedule import current_number, round_window


def _people(plan: CheckPlan, day: date):
    """The people a plan holds for on a day: employed, in one of its team trees, and not paused."""
    people = User.objects.employed(day).exclude(team=None)
    roots = [team.path for team in plan.teams.all()]
    if roots:
        below = people.none()
        for path in roots:
            below |= people.filter(team__path__startswith=path)
        people = below
    paused = User.objects.filter(pauses__starts_on__lte=day).exclude(pauses__ends_on__lt=day)
    return people.exclude(pk__in=paused).distinct()


@transaction.atomic
def open_round(plan: CheckPlan, *, day: date) -> list[Round]:
    """Open the plan's current round for everybody it holds for and who has none yet. The rounds opened.

    Nobody gets a second round of the same occurrence: the database refuses it, whoever asks.
    """
    number = current_number(plan.starts_on, plan.interval_months, day)
    window = round_window(plan.starts_on, plan.interval_months, plan.window_days, number)
    if not plan.active or number < 0 or not window.holds(day):
        return []
    have = set(Round.objects.filter(plan=plan, number=number, voluntary=False).values_list("user_id", flat=True))
    missing = [user for user in _people(plan, day) if user.pk not in have]
    Round.objects.bulk_create(
        [
            Round(plan=plan, user=user, number=number, opens_on=window.opens_on, closes_on=window.closes_on)
            for user in missing
        ],
        ignore_conflicts=True,
    )
    users = [user.pk for user in missing]
    opened = list(Round.objects.filter(plan=plan, number=number, voluntary=False, user__in=users))
    competencies = list(plan.competencies.all())
    through = Round.competencies.through
    through.objects.bulk_create(
        [through(round_id=r.pk, competency_id=c.pk) for r in opened for c in competencies], ignore_conflicts=True
    )
    return opened


def open_rounds(*, day: date) -> int:
    """Open what is due in every active plan. The number of rounds opened."""
    return sum(len(open_round(plan, day=day)) for plan in CheckPlan.objects.filter(active=True))
