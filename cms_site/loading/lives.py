"""Simulated people: what each can do, and the habits by which they take checks. The same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from cms_site.loading.company import Company, Person
from training.models import User
from training.schedule import Window

MEAN, SPREAD, DEVIATION = 0.1, 0.7, 0.45  # of people, and of a person's competencies around their own mean
GAIN = 0.07  # what a quarter of practice adds
ASKS = 0.68  # share of people who take additional checks, and how often they do
OFTEN, SELDOM = 0.9, 0.15
SKIPS, ABANDONS = 0.07, 0.05
SATURDAY = 5


@dataclass
class Life:
    """One simulated person. Abilities are on the logit scale of ``answering``; ``extra`` is how often they ask for more."""

    person: Person
    seed: str
    ability: Mapping[str, float]
    extra: float
    pauses: tuple[tuple[date, date | None], ...] = ()
    lessons_read: int = 0
    open_lesson: bool = False
    extras_on: set[date] = field(default_factory=set)

    @property
    def user(self) -> User:
        return self.person.user

    def random(self, *of: object) -> Random:
        """Random numbers of their own for each occasion, so that one edited question changes no day of anybody's life."""
        return Random("/".join(map(str, (self.seed, *of))))  # noqa: S311 - a simulation, not a secret

    def can(self, competency: str, number: int) -> float:
        """The ability in a competency in the quarter of that number."""
        return self.ability[competency] + GAIN * number

    def works_on(self, day: date) -> bool:
        away = any(start <= day and (end is None or day <= end) for start, end in self.pauses)
        return not away and (self.user.left_on is None or day <= self.user.left_on)


def _ability(person: Person, team: Mapping[str, float], codes: list[str], random: Random) -> dict[str, float]:
    mean = person.tells("mean", random.gauss(MEAN, SPREAD))
    drawn = {code: mean + team.get(code, 0.0) + random.gauss(0, DEVIATION) for code in codes}
    return {**drawn, **person.tells("ability", {})}


def begin(company: Company, codes: list[str], *, today: date) -> list[Life]:
    """A life for everybody in the company."""
    seed, teams = company.node.number("seed"), company.node["team_ability"].data
    lives = []
    for username, person in company.people.items():
        life = Life(person, f"{seed}/{username}", {}, SELDOM)
        random = life.random("ability")
        life.ability = _ability(person, teams.get(person.node.text("team"), {}), codes, random)
        life.extra = OFTEN if random.random() < ASKS or person.tells("asks") == "often" else SELDOM
        life.extras_on = {weekday(today - timedelta(days=n)) for n in person.tells("extra_days_ago", [])}
        life.pauses = tuple(person.user.pauses.values_list("starts_on", "ends_on"))
        lives.append(life)
    return lives


def weekday(day: date) -> date:
    """The day, or the Friday before a weekend's."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def moment(day: date, random: Random) -> datetime:
    """Some minute of that day's working hours."""
    minute = random.randrange(7 * 60 + 20, 16 * 60 + 30)
    return timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60, random.randrange(60))))


@dataclass(frozen=True)
class Sitting:
    """That somebody takes a check: the day they begin, and whether they leave it lying."""

    day: date
    abandons: bool = False


def round_sitting(life: Life, number: int, window: Window, *, today: date) -> Sitting | None:
    """How somebody takes the round's check, begun rather early in the window. None: not at all, or not yet."""
    random, told, is_open = life.random("round", number), life.person.tells, window.closes_on >= today
    days_in = int((window.closes_on - window.opens_on).days * random.betavariate(1.0, 1.7))
    drawn = weekday(window.opens_on + timedelta(days=days_in))
    skips, abandons = random.random() < SKIPS, random.random() < ABANDONS
    if told("starts") == "never":
        return None
    if is_open and told("unfinished"):
        return Sitting(window.opens_on + timedelta(days=told("unfinished")), abandons=True)
    if told("check_days"):
        days = [] if is_open else told("check_days")[number : number + 1]
        return Sitting(window.opens_on + timedelta(days=days[0])) if days else None
    return None if skips else Sitting(max(window.opens_on, drawn), abandons)


def extra_day(life: Life, number: int, first: date, last: date) -> date | None:
    """The day of this quarter's additional check, between two days; None: not this time."""
    random = life.random("extra", number)
    drawn = weekday(first + timedelta(days=random.randrange(max(1, (last - first).days))))
    if life.extras_on:
        return next((day for day in sorted(life.extras_on) if first <= day <= last), None)
    return max(first, drawn) if random.random() < life.extra else None
