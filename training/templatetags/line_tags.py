"""The line: one figure, read once and understood everywhere. Positions are text, so that no language puts a comma in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import template
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from training.scorecard import RULE_1, LevelEstimate
from training.views import wording

register = template.Library()

NUMBERS = "percent hundred decimal points part rating counted state_word"
DAYS = "day_month month_year full_day short_day week_day near_day moment days after_days months"
for name in f"{NUMBERS} {DAYS}".split():
    register.filter(name, getattr(wording, name))

NARROW = 12.0  # a band of fewer points gets one label for both ends: two would touch
EDGE = 8.0  # a label nearer to an end of the line than this is set from that end


def at(position: float) -> str:
    """A position on the line in per cent, as SVG reads it."""
    return f"{position:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Label:
    """A number at the line: where, and which of its sides stands there."""

    x: str
    anchor: str
    text: str


def _anchored(x: float, text: str) -> Label:
    if x < EDGE / 2:
        return Label(at(0 if x < EDGE / 4 else x), "start", text)
    if x > 100 - EDGE / 2:
        return Label(at(100 if x > 100 - EDGE / 4 else x), "end", text)
    return Label(at(x), "middle", text)


def end_labels(lower: float, upper: float) -> list[Label]:
    """The numbers at the ends of a band (0–100): apart from each other, and within the line."""
    low, high = f"{lower:.0f}", f"{upper:.0f}"
    if upper - lower >= NARROW:
        return [_anchored(lower, low), _anchored(upper, high)]
    middle = (lower + upper) / 2
    text = low if low == high else f"{low}–{high}"
    if middle < EDGE:
        return [Label("0", "start", text)]
    if middle > 100 - EDGE:
        return [Label("100", "end", text)]
    return [Label(at(middle), "middle", text)]


@dataclass(frozen=True)
class Scale:
    """Where levels begin, and where their numbers stand."""

    cuts: list[str]
    numbers: list[Label]


def scale() -> Scale:
    """The levels' cuts on the line."""
    ends = [0.0, *(100 * cut for cut in RULE_1.cuts), 100.0]
    numbers = [Label(at((ends[i] + ends[i + 1]) / 2), "middle", str(i + 1)) for i in range(len(ends) - 1)]
    return Scale([at(cut) for cut in ends[1:-1]], numbers)


def _cut_at(level: int) -> str:
    return at(100 * (0.0, *RULE_1.cuts)[level - 1])


def line_said(found: LevelEstimate, target: int | None) -> str:
    """The line in one sentence, with the same numbers."""
    if not found.n_items:
        said = _("No evidence yet.")
    else:
        numbers = {
            "score": wording.hundred(found.score),
            "lower": wording.hundred(found.lower),
            "upper": wording.hundred(found.upper),
        }
        said = _("Score %(score)s, interval %(lower)s to %(upper)s of 100.") % numbers
        if found.level is None:
            said = f"{said} {_('Not enough evidence for a level yet.')}"
    return f"{said} {_('Target level %(level)s.') % {'level': target}}" if target else said


@register.inclusion_tag("training/parts/line.html")
def level_line(found: LevelEstimate, key: str, name: str, target: int | None = None, numbered: bool = False):
    """A level estimate: interval, dot, the levels' cuts, the target level as a notch; hatched where there is not enough.

    ``key`` makes the figure's ids unique on the page; ``numbered`` writes the levels' numbers above it.
    """
    lower, upper = 100 * found.lower, 100 * found.upper
    shown = found.n_items > 0
    return {
        "key": key,
        "name": name,
        "said": line_said(found, target),
        "enough": found.level is not None,
        "shown": shown,
        "lower": at(lower) if shown else "0",
        "width": at(upper - lower) if shown else "100",
        "score": at(100 * found.score),
        "labels": end_labels(lower, upper) if shown else [],
        "target": _cut_at(target) if target else "",
        "scale": scale(),
        "numbered": numbered,
    }


@register.inclusion_tag("training/parts/assured.html")
def assured_line(level: int | None, key: str, name: str, target: int | None = None):
    """What may be said for certain: at least this level, and nothing finer; hatched where it is open."""
    certain = bool(level and level > 1)
    said = _("at least level %(level)s") % {"level": level} if certain else _("open")
    start = 100 * (0.0, *RULE_1.cuts)[level - 1] if level and certain else 0.0
    return {
        "key": key,
        "name": name,
        "said": f"{said}. {_('Target level %(level)s.') % {'level': target}}" if target else f"{said}.",
        "certain": certain,
        "start": at(start),
        "width": at(100 - start),
        "target": _cut_at(target) if target else "",
        "scale": scale(),
    }


SPARK_WIDTH, SPARK_HEIGHT = 110.0, 32.0


@dataclass(frozen=True)
class Spark:
    """The shapes of a sparkline: the band's outline and the score's line."""

    band: str
    line: str
    last: tuple[str, str]


def spark_shape(found: Sequence[LevelEstimate]) -> Spark:
    """Estimates at equal distances, 0–100 from bottom to top."""

    def y(share: float) -> float:
        return SPARK_HEIGHT - 2 - share * (SPARK_HEIGHT - 4)

    step = (SPARK_WIDTH - 6) / max(1, len(found) - 1)
    xs = [3 + i * step for i in range(len(found))]
    upper = [f"{at(x)},{at(y(e.upper))}" for x, e in zip(xs, found, strict=True)]
    lower = [f"{at(x)},{at(y(e.lower))}" for x, e in zip(xs, found, strict=True)]
    middle = [f"{at(x)},{at(y(e.score))}" for x, e in zip(xs, found, strict=True)]
    return Spark(" ".join([*upper, *reversed(lower)]), " ".join(middle), (at(xs[-1]), at(y(found[-1].score))))


@register.inclusion_tag("training/parts/spark.html")
def spark(points, key: str, name: str):
    """The last two years of a competency with its band; nothing where there are fewer than two points."""
    points = list(points)
    if len(points) < 2:
        return {"shape": None}
    ends = {
        "first": wording.hundred(points[0].estimate.score),
        "day": wording.full_day(points[0].day),
        "last": wording.hundred(points[-1].estimate.score),
    }
    said = _("Score %(first)s on %(day)s, %(last)s today.") % ends
    return {"shape": spark_shape([p.estimate for p in points]), "key": key, "name": name, "said": said}


def of_year(day: date, year: int) -> float:
    """A day's place in its year, 0–100; days of other years lie at its ends."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    return min(100.0, max(0.0, 100 * (day - first).days / (following - first).days))


@dataclass(frozen=True)
class Span:
    x: str
    width: str
    kind: str


def _span(check, year: int) -> Span:
    start, end = of_year(check.opens_on, year), of_year(check.closes_on, year)
    return Span(at(start), at(max(0.5, end - start)), check.kind)


def year_said(year) -> str:
    """The year line in words, with the same days."""
    done = wording.listed([wording.day_month(c.done_on) for c in year.done])
    parts = [_("Handed in: %(days)s.") % {"days": done}] if done else [_("No knowledge check handed in yet.")]
    if year.deadline:
        parts.append(_("Next last day: %(day)s.") % {"day": wording.near_day(year.deadline.closes_on, year.today)})
    parts.append(_("Today is %(day)s.") % {"day": wording.day_month(year.today)})
    return " ".join(parts)


@register.inclusion_tag("training/parts/year.html")
def year_line(year):
    """A calendar year: months, checks handed in as dots, windows as bands, today's mark, a ring for the next last day."""
    number, now = year.today.year, of_year(year.today, year.today.year)
    deadline = year.deadline if year.deadline and year.deadline.closes_on.year == number else None
    return {
        "title": _("Your year %(year)s") % {"year": number},
        "said": year_said(year),
        "months": [
            {"x": at(100 * (m - 1) / 12), "middle": at(100 * (m - 0.5) / 12), "name": MONTHS_3[m].title()}
            for m in range(1, 13)
        ],
        "done": [at(of_year(c.done_on, number)) for c in year.done],
        "spans": [_span(c, number) for c in year.checks if c.kind in ("open", "planned") and c.opens_on.year <= number],
        "ring": at(of_year(deadline.closes_on, number)) if deadline else "",
        "now": Label(at(now), "start" if now < 3 else "end" if now > 97 else "middle", _("today")),
        "has_checks": bool(year.checks),
    }
