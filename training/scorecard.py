"""Where 3.2 on a scorecard comes from: the evidence-weighted domain score (EDS) of one person in one competency.

The rule can be redone by hand. Every answer counts 0 to 1 point and loses half its weight in a year; a question answered
again counts half; everybody is credited one virtual question, half right. The score is points divided by weighted answers.
The interval is that of the Beta distribution. Nothing here knows a database, a request or the time of day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from training import incomplete_beta

State = Literal["not_enough", "provisional", "clear"]
PERCENT_95 = (0.025, 0.975)
REAL_CHANGE = 1.96  # standard errors; Jacobson & Truax' reliable change with this person's own errors


@dataclass(frozen=True)
class Rule:
    """The constants of one version of the scoring rule. Days, shares of 1, and counts of weighted answers."""

    version: int
    half_life: int = 365
    window: int = 1095
    repeat_weight: float = 0.5
    within_scenario: float = 0.3
    virtual_answers: float = 1.0
    cuts: tuple[float, ...] = (0.50, 0.65, 0.80)
    enough_answers: float = 10.0
    enough_items: int = 8
    clear_probability: float = 0.80
    clear_answers: float = 12.0
    assured_probability: float = 0.90


RULE_1 = Rule(version=1)
RULES = {rule.version: rule for rule in (RULE_1,)}


@dataclass(frozen=True)
class ScoredAnswer:
    """One marked decision. ``points`` lie in 0–1; ``decisions`` is how many were scored in the same scenario."""

    item: str
    answered_on: date
    points: float
    decisions: int = 1
    void: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.points <= 1.0:
            raise ValueError(f"points must lie between 0 and 1, not {self.points}")
        if self.decisions < 1:
            raise ValueError(f"decisions must be at least 1, not {self.decisions}")


@dataclass(frozen=True)
class WeightedAnswer:
    """An answer with what it counts, as the line of a sum: ``counts`` is weight × points."""

    answer: ScoredAnswer
    age: int
    repeated: bool
    weight: float

    @property
    def counts(self) -> float:
        return self.weight * self.answer.points


@dataclass(frozen=True)
class LevelEstimate:
    """A person's standing in one competency on one day.

    ``score``, ``lower``, ``upper`` and the probabilities lie in 0–1; ``lower`` and ``upper`` bound the 95 % interval;
    ``n_eff`` counts weighted answers; ``a`` and ``b`` are the Beta distribution's shapes. ``level``, its probability and
    ``assured_level`` are None where there is not enough evidence; an ``assured_level`` of 1 says nothing beyond that.
    """

    score: float
    lower: float
    upper: float
    n_eff: float
    n_items: int
    level: int | None
    level_probability: float | None
    probabilities: tuple[float, ...]
    state: State
    assured_level: int | None
    a: float
    b: float


def _first_share(same_day: Sequence[ScoredAnswer]) -> float:
    """How much of an item's answers on one day counts as its first answering, 0–1.

    The decisions of one scenario are one answering. More answers than that on one day are repeats; they share the
    repeat's lower weight, so that no order among them has to be invented.
    """
    return min(1.0, max(answer.decisions for answer in same_day) / len(same_day))


def weigh(answers: Iterable[ScoredAnswer], *, as_of: date, rule: Rule = RULE_1) -> list[WeightedAnswer]:
    """The answers that count on ``as_of`` with their weights, newest first: 2^(−age/half-life) × repeat × scenario.

    Void answers, answers from the future and answers older than the window are left out.
    """
    counted = [x for x in answers if not x.void and 0 <= (as_of - x.answered_on).days <= rule.window]
    by_item_and_day: dict[tuple[str, date], list[ScoredAnswer]] = defaultdict(list)
    first_day: dict[str, date] = {}
    for answer in counted:
        by_item_and_day[answer.item, answer.answered_on].append(answer)
        first_day[answer.item] = min(answer.answered_on, first_day.get(answer.item, answer.answered_on))
    lines = []
    for (item, day), same_day in by_item_and_day.items():
        share = _first_share(same_day) if day == first_day[item] else 0.0
        repeat = share + (1.0 - share) * rule.repeat_weight
        age = (as_of - day).days
        fresh = 2.0 ** (-age / rule.half_life)
        for answer in same_day:
            scenario = 1.0 / (1.0 + rule.within_scenario * (answer.decisions - 1))
            lines.append(WeightedAnswer(answer, age, repeat < 1.0, fresh * repeat * scenario))
    return sorted(lines, key=lambda line: (line.age, line.answer.item, line.answer.points))


def _assured(a: float, b: float, rule: Rule) -> int:
    """The highest level whose cut is reached with the assured probability; level 1 begins at 0 and is always reached."""
    reached = [
        level
        for level, cut in enumerate(rule.cuts, start=2)
        if 1.0 - incomplete_beta.cdf(cut, a, b) >= rule.assured_probability
    ]
    return max(reached, default=1)


def _state(level_probability: float, n_eff: float, n_items: int, rule: Rule) -> State:
    if n_eff < rule.enough_answers or n_items < rule.enough_items:
        return "not_enough"
    if level_probability >= rule.clear_probability and n_eff >= rule.clear_answers:
        return "clear"
    return "provisional"


def estimate(answers: Iterable[ScoredAnswer], *, as_of: date, rule: Rule = RULE_1) -> LevelEstimate:
    """The level estimate from a person's scored answers in one competency on the day ``as_of``.

    The order of the answers does not matter. Source: the evidence-weighted domain score of rule version 1: a Beta
    distribution with Jeffreys' prior (½, ½) over weighted answers.
    """
    lines = weigh(answers, as_of=as_of, rule=rule)
    prior = rule.virtual_answers / 2
    a = prior + sum(line.counts for line in lines)
    n_eff = sum(line.weight for line in lines)
    b = prior + sum(line.weight * (1.0 - line.answer.points) for line in lines)
    score = a / (a + b)
    lower, upper = (incomplete_beta.ppf(p, a, b) for p in PERCENT_95)
    below = [0.0, *(incomplete_beta.cdf(cut, a, b) for cut in rule.cuts), 1.0]
    probabilities = tuple(high - low for low, high in pairwise(below))
    level = 1 + sum(score >= cut for cut in rule.cuts)
    n_items = len({line.answer.item for line in lines})
    state = _state(probabilities[level - 1], n_eff, n_items, rule)
    enough = state != "not_enough"
    return LevelEstimate(
        score=score,
        lower=lower,
        upper=upper,
        n_eff=n_eff,
        n_items=n_items,
        level=level if enough else None,
        level_probability=probabilities[level - 1] if enough else None,
        probabilities=probabilities,
        state=state,
        assured_level=_assured(a, b, rule) if enough else None,
        a=a,
        b=b,
    )


@dataclass(frozen=True)
class Change:
    """Two periods of one person compared: ``before`` and ``after`` lie in 0–1, ``z`` counts standard errors."""

    before: float
    after: float
    z: float

    @property
    def assured(self) -> bool:
        """Whether the difference is more than chance would make in 19 of 20 cases."""
        return abs(self.z) >= REAL_CHANGE


def _first_answers(answers: Iterable[ScoredAnswer], rule: Rule) -> list[tuple[date, float, float]]:
    """Day, weight and points of each item's first answering; a day's age costs nothing here."""
    counted = [x for x in answers if not x.void]
    first_day: dict[str, date] = {}
    for answer in counted:
        first_day[answer.item] = min(answer.answered_on, first_day.get(answer.item, answer.answered_on))
    first: dict[str, list[ScoredAnswer]] = defaultdict(list)
    for answer in counted:
        if answer.answered_on == first_day[answer.item]:
            first[answer.item].append(answer)
    return [
        (x.answered_on, _first_share(same_day) / (1.0 + rule.within_scenario * (x.decisions - 1)), x.points)
        for same_day in first.values()
        for x in same_day
    ]


def change(
    answers: Iterable[ScoredAnswer], *, since: date, turning: date, as_of: date, rule: Rule = RULE_1
) -> Change | None:
    """What changed between the days ``since``…``turning`` − 1 and ``turning``…``as_of``; None where a period has no answer.

    The periods share no answer, only first answers to a question count, and they count in full whatever their age.
    """
    shapes: list[tuple[float, float]] = []
    first = _first_answers(answers, rule)
    for period in (
        [x for x in first if since <= x[0] < turning],
        [x for x in first if turning <= x[0] <= as_of],
    ):
        if not period:
            return None
        right = sum(weight * points for _, weight, points in period)
        prior = rule.virtual_answers / 2
        shapes.append((prior + right, prior + sum(weight for _, weight, _ in period) - right))
    before, after = (a / (a + b) for a, b in shapes)
    variance = sum(a * b / ((a + b) ** 2 * (a + b + 1)) for a, b in shapes)
    return Change(before, after, (after - before) / variance**0.5)
