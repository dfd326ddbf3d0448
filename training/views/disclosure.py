"""Who sees what about me, and the rule the card is made by. Both are for people who would rather check than trust."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from lessons.models.competency import LEVEL_NAMES
from training.disclosure import PROFILE, PROFILE_VERSION, Category
from training.models import Look, Role, User
from training.queries import leaders_of, looks_at, plans_in_force
from training.scorecard import RULE_1, LevelEstimate, Rule, ScoredAnswer, estimate
from training.views.wording import listed, months

LOOKS_PER_PAGE = 20


@dataclass(frozen=True)
class Words:
    """A category of data as people call it: its name, what it holds, and what it is for."""

    name: str | Promise
    holds: str | Promise
    purpose: str | Promise


CATEGORIES = {
    Category.ANSWERS: Words(
        gettext_lazy("Single answers"),
        gettext_lazy("What you chose in a knowledge check, and how many points it earned."),
        gettext_lazy("So that you can redo the sum."),
    ),
    Category.PRACTICE: Words(
        gettext_lazy("Practice"),
        gettext_lazy("What you answered while practising."),
        gettext_lazy("For learning only. No score and no appraisal reads it."),
    ),
    Category.READING: Words(
        gettext_lazy("Reading"),
        gettext_lazy("How far you have read a lesson, and which principles you know."),
        gettext_lazy("So that you can go on where you stopped."),
    ),
    Category.SCORECARD: Words(
        gettext_lazy("Scorecard"),
        gettext_lazy("Scores, intervals and the sums behind them, and noted observations."),
        gettext_lazy("So that you see where you stand and what helps next."),
    ),
    Category.LEVELS: Words(
        gettext_lazy("Levels"),
        gettext_lazy("The level in each competency and how certain it is. Nothing finer."),
        gettext_lazy("To see what the team should learn next, and to prepare the appraisal talk."),
    ),
    Category.ROUNDS: Words(
        gettext_lazy("Knowledge checks"),
        gettext_lazy("Whether a check is open, handed in or paused, and until when. Not how it went."),
        gettext_lazy("So that checks can be planned and nobody is forgotten."),
    ),
    Category.APPRAISAL: Words(
        gettext_lazy("Appraisal sheet"),
        gettext_lazy("What both sides wrote, the assured statements, both signatures."),
        gettext_lazy("The appraisal talk and its record."),
    ),
    Category.LOOKS: Words(
        gettext_lazy("The log on this page"),
        gettext_lazy("Who opened which data about you, and when."),
        gettext_lazy("So that you can check who looked."),
    ),
}
BY_VALUE = {category.value: category for category in Category}


@dataclass(frozen=True)
class Shown:
    """One line of the profile: a category, who sees it besides the person, and how long it is kept."""

    words: Words
    who: str
    kept: str


@dataclass(frozen=True)
class LookSaid:
    """One line of the log."""

    look: Look
    what: str


def _who(roles: frozenset[str], leaders: list[User]) -> str:
    """Everybody who sees it, the person first, the manager with their name; empty where it is the person alone."""
    if not roles:
        return ""
    manager = _("your manager")
    if leaders:
        manager = _("your manager (%(names)s)") % {"names": listed([str(person) for person in leaders])}
    named = {Role.MANAGER.value: manager, Role.HR.value: pgettext("who sees", "HR")}
    others = [named.get(value, str(label)) for value, label in Role.choices if value in roles]
    return listed([pgettext("who sees", "you"), *others])


def _said(look: Look) -> LookSaid:
    category = BY_VALUE.get(look.category)
    return LookSaid(look, str(CATEGORIES[category].name) if category else _("data about you"))


@require_safe
def who_sees_what(request):
    """The disclosure profile in words, and the log of who looked, newest first."""
    leaders = leaders_of(request.user)
    page = Paginator(looks_at(request.user), LOOKS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "version": PROFILE_VERSION,
        "profile": [
            Shown(CATEGORIES[category], _who(rule.roles, leaders), months(rule.months))
            for category, rule in PROFILE.items()
        ],
        "page": page,
        "looks": [_said(look) for look in page],
    }
    return render(request, "training/who_sees_what.html", context)


@dataclass(frozen=True)
class Example:
    """The worked example: so many answers given today, so many of them right; the same card a half-life later.

    ``divisor`` is a + b, ``virtual`` what the virtual question earns.
    """

    given: int
    right: int
    divisor: float
    virtual: float
    now: LevelEstimate
    later: LevelEstimate
    weight_later: float


def worked_example(as_of: date, rule: Rule = RULE_1, given: int = 15, right: int = 12) -> Example:
    """The example of the rule's page, computed by the rule itself."""
    answers = [ScoredAnswer(str(i), as_of, float(i < right)) for i in range(given)]
    later = as_of + timedelta(days=rule.half_life)
    weight = 2.0 ** (-(later - as_of).days / rule.half_life)
    now, then = estimate(answers, as_of=as_of, rule=rule), estimate(answers, as_of=later, rule=rule)
    return Example(given, right, now.a + now.b, rule.virtual_answers / 2, now, then, weight)


@dataclass(frozen=True)
class LevelBand:
    """A level with its name and the part of the line it covers, 0–1."""

    level: int
    name: str
    lower: float
    upper: float


def level_bands(rule: Rule = RULE_1) -> list[LevelBand]:
    """The levels as the rule cuts the line."""
    ends = [0.0, *rule.cuts, 1.0]
    return [LevelBand(n, str(LEVEL_NAMES[n]), ends[n - 1], ends[n]) for n in range(1, len(ends))]


@require_safe
def rules(request):
    """The rule and the check plans in force, for everybody."""
    as_of = timezone.localdate(timezone.now())
    context = {
        "as_of": as_of,
        "rule": RULE_1,
        "bands": level_bands(),
        "example": worked_example(as_of),
        "example_name": _("The example"),
        "plans": plans_in_force(),
    }
    return render(request, "training/rules.html", context)
