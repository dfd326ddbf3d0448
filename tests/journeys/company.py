"""Run in the served company's own shell: passwords for some of its invented people, and where the journeys find what.

Prints one line of JSON. ``waiting``: people whose check is open and not begun. ``sitting``: somebody in the middle of one, with
the page of a question of each kind. ``done``: somebody who has handed theirs in. ``past``: an attempt of Aylin's that she may review. Sheets of hers and her colleagues'.
"""

import json
from contextlib import suppress

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.sitting import hand_in
from training import appraising, checking
from training.errors import TrainingError
from training.models import AppraisalSheet, CheckPlan, Round, Team, User

NEEDED = 12
now = timezone.now()
today = timezone.localdate(now)


def waiting() -> list[Round]:
    """The open rounds nobody has begun; where they are too few, others ask for their additional check."""
    due = Round.objects.open_on(today).filter(attempt=None, user__groups=None).exclude(user__username="employee")
    taken = Round.objects.filter(opens_on__lte=today, closes_on__gte=today, attempt__submitted_at__isnull=False)
    others = User.objects.employed(today).filter(groups=None, rounds__in=taken).exclude(username="employee")
    for user in list(others):
        if due.count() >= NEEDED:
            break
        with suppress(TrainingError):
            checking.ask_for_extra(CheckPlan.objects.get(), user=user, now=now)
    return list(due.select_related("user", "plan__quiz"))


def sitting(round: Round) -> dict:
    """A check with a question of each kind, begun and not answered."""
    kinds = {"single_choice", "multiple_choice", "situational"}
    forms = ((seed, checking.draw_form(round, seed=seed)) for seed in range(200))
    seed, form = next(found for found in forms if kinds == {version.kind for version in found[1]})
    attempt = checking.begin(round, now=now, language="de", seed=seed)
    pages = {version.kind: number for number, version in enumerate(form, start=1)}
    return {"username": round.user.username, "attempt": str(attempt.public_id), "pages": pages}


def done(round: Round) -> dict:
    """A check handed in while its round is open, so that its answers cannot be read yet."""
    attempt = hand_in(checking.begin(round, now=now, language="de"), now=now)
    return {"username": round.user.username, "attempt": str(attempt.public_id)}


def frozen(employee: User, manager: User) -> AppraisalSheet:
    """A sheet that both may read and nobody has signed."""
    sheet = appraising.prepare(employee, manager=manager, talk_on=today, now=now)
    appraising.write(sheet, by=manager, field="manager_words", text="Hört zu und fragt nach.", now=now)
    return appraising.freeze(sheet, as_of=today, now=now)


manager = User.objects.get(username="manager")
team = User.objects.employed(today).filter(team=manager.team, groups=None).exclude(username="employee")
other_manager = User.objects.filter(groups__name="manager").exclude(pk=manager.pk).order_by("username")[0]
rounds = waiting()
own = AppraisalSheet.objects.filter(manager=manager)
unsigned = own.open().filter(frozen_at=None)[0]
without_sheet = team.exclude(appraisals__manager=manager).order_by("username")
sheets = {
    "draft": unsigned,
    "frozen": frozen(without_sheet[0], manager),
    "signed": own.signed().filter(employee__username="employee")[0],
}
User.objects.filter(pk__in=[r.user_id for r in rounds] + [other_manager.pk]).update(
    password=make_password("leitlinie-demo")
)
found = {
    "waiting": [round.user.username for round in rounds[2:]],
    "sitting": sitting(rounds[0]),
    "done": done(rounds[1]),
    "past": str(
        Attempt.objects.filter(user__username="employee", round__isnull=False, released_at__lt=now)[0].public_id
    ),
    "sheets": {name: str(sheet.public_id) for name, sheet in sheets.items()},
    "without_sheet": without_sheet.last().pk,
    "other_manager": other_manager.username,
    "teams": dict(Team.objects.values_list("name", "pk")),
}
print(json.dumps(found))
