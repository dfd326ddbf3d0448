"""One's own scorecard: where each competency stands, exactly why, and what helps next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lessons.language import spoken
from lessons.models import LessonPage
from lessons.models.competency import LEVEL_NAMES
from training.models import Evidence, User
from training.queries import (
    CardLine,
    item_subjects,
    item_titles,
    lessons_in,
    next_opening,
    observations_of,
    open_competencies,
    plans_for,
    principle_codes,
    readings_of,
    scorecard,
)
from training.schedule import add_months, days_until_too_little
from training.scorecard import RULE_1, LevelEstimate, estimate
from training.views.spreadsheet import sum_sheet
from training.views.wording import below, near_day, points, who_sees_card

TREND_MONTHS = 3
TREND_POINTS = 9  # two years, a point each quarter
Subjects = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class SumRow:
    """One line of the sum. A corrected answer stands there too, without a weight."""

    day: date
    title: str
    times: int
    decisions: int
    points: float
    weight: float | None = None
    counts: float | None = None


@dataclass(frozen=True)
class TrendPoint:
    """The estimate as it would have been read on an earlier day."""

    day: date
    estimate: LevelEstimate


@dataclass(frozen=True)
class Help:
    """A lesson on the competency, and how many of the answers that lost points rest on its principle."""

    page: LessonPage
    read: bool
    lost: int


@dataclass(frozen=True)
class CardRow:
    """One competency as the page shows it. ``divisor`` is a + b, ``virtual`` what the virtual question earns."""

    line: CardLine
    divisor: float
    virtual: float
    level_name: str
    missing: str
    next_check: str
    lasts_until: date | None
    trend: list[TrendPoint]
    rows: list[SumRow]
    lost: int
    lessons: list[Help]
    observations: list[Evidence]


def sum_rows(line: CardLine, titles: Mapping[str, str]) -> list[SumRow]:
    """The answers behind a score, newest first; ``times`` says how often the question had been answered by then."""
    days: dict[str, set[date]] = defaultdict(set)
    for weighted in line.lines:
        days[weighted.answer.item].add(weighted.answer.answered_on)
    rows = [
        SumRow(
            x.answer.answered_on,
            titles.get(x.answer.item, _("a question that is no longer asked")),
            sum(day <= x.answer.answered_on for day in days[x.answer.item]),
            x.answer.decisions,
            x.answer.points,
            x.weight,
            x.counts,
        )
        for x in line.lines
    ]
    corrected = [
        SumRow(a.answered_on, titles.get(a.item, _("a question that is no longer asked")), 1, a.decisions, a.points)
        for a in line.answers
        if a.void
    ]
    return sorted([*rows, *corrected], key=lambda row: row.day, reverse=True)


def trend(line: CardLine, as_of: date) -> list[TrendPoint]:
    """The estimate at the ends of the last quarters up to today, as far back as there is evidence."""
    days = [add_months(as_of, -TREND_MONTHS * back) for back in reversed(range(TREND_POINTS))]
    found = [TrendPoint(day, estimate(line.answers, as_of=day)) for day in days]
    return [point for point in found if point.estimate.n_items]


def missing(found: LevelEstimate) -> str:
    """What is lacking for a level: ``6,9 von 10 Antworten`` or ``6 von 8 Fragen``; empty when nothing is."""
    if found.state != "not_enough":
        return ""
    if found.n_eff < RULE_1.enough_answers:
        need = {"have": below(found.n_eff), "need": points(RULE_1.enough_answers)}
        return _("%(have)s of %(need)s answers") % need
    return _("%(have)s of %(need)s questions") % {"have": found.n_items, "need": RULE_1.enough_items}


def _principles(page: LessonPage) -> set[int]:
    """The principles set in a lesson, read from its stored blocks without fetching them."""
    return {block["value"]["principle"] for block in page.body.raw_data if block["type"] == "principle"}


class Desk:
    """What all rows of one person's card are made of, fetched once, so that a longer card costs no more queries."""

    def __init__(self, user: User, card: Sequence[CardLine], as_of: date) -> None:
        language = spoken()
        self.as_of = as_of
        self.subjects: Subjects = item_subjects((a.item for line in card for a in line.answers), language)
        self.titles = {item: title for item, (title, _source) in self.subjects.items()}
        self.observations = observations_of(user)
        self.plans = plans_for(user)
        self.asked_now = open_competencies(user, as_of)
        self.readings = readings_of(user)
        codes = principle_codes()
        self.lessons: dict[int, list[tuple[LessonPage, set[str]]]] = defaultdict(list)
        for page in lessons_in(language, bodies=True):
            sources = {codes[pk] for pk in _principles(page) if pk in codes}
            for competency in page.competencies.all():
                self.lessons[competency.pk].append((page, sources))

    def next_check(self, line: CardLine) -> str:
        """When the next answers in a competency can come."""
        if line.competency.pk in self.asked_now:
            return _("asked in the check that is open now")
        plans = [plan for plan in self.plans if line.competency in plan.competencies.all()]
        if day := next_opening(plans, self.as_of):
            return _("next check from %(day)s") % {"day": near_day(day, self.as_of)}
        return _("only in an additional check") if self.plans else _("no check planned")

    def help(self, line: CardLine) -> list[Help]:
        """The competency's lessons: unread ones first, then those with most of the lost points."""
        lost = [self.subjects.get(x.answer.item, ("", ""))[1] for x in line.lines if x.answer.points < 1]
        found = []
        for page, sources in self.lessons[line.competency.pk]:
            reading = self.readings.get(page.translation_key)
            found.append(Help(page, bool(reading and reading.finished_at), sum(s in sources for s in lost)))
        return sorted(found, key=lambda x: (x.read, -x.lost))

    def row(self, line: CardLine) -> CardRow:
        enough = line.estimate.state != "not_enough"
        return CardRow(
            line,
            divisor=line.estimate.a + line.estimate.b,
            virtual=RULE_1.virtual_answers / 2,
            level_name=str(LEVEL_NAMES[line.estimate.level]) if line.estimate.level else "",
            missing=missing(line.estimate),
            next_check="" if enough else self.next_check(line),
            lasts_until=self.as_of + timedelta(days=days_until_too_little(line.estimate.n_eff)) if enough else None,
            trend=trend(line, self.as_of),
            rows=sum_rows(line, self.titles),
            lost=sum(x.answer.points < 1 for x in line.lines),
            lessons=self.help(line),
            observations=self.observations.get(line.competency.pk, []),
        )


def _card_context(card: Iterable[CardLine], rows: list[CardRow]) -> dict[str, Any]:
    return {
        "rows": rows,
        "rule": RULE_1,
        "empty": not any(line.answers for line in card),
        "targets": any(line.target for line in card),
        "who_sees": who_sees_card(),
    }


@require_safe
def own_scorecard(request):
    """The whole card of the person who asks. Nobody else's is to be had at this address."""
    as_of = timezone.localdate(timezone.now())
    card = scorecard(request.user, as_of=as_of)
    desk = Desk(request.user, card, as_of)
    context = _card_context(card, [desk.row(line) for line in card])
    return render(request, "training/scorecard.html", {"as_of": as_of, **context})


@require_safe
def scorecard_csv(request, code: str):
    """One competency's sum as a spreadsheet with live formulas."""
    as_of = timezone.localdate(timezone.now())
    line = next((x for x in scorecard(request.user, as_of=as_of) if x.competency.code == code), None)
    if line is None:
        raise Http404
    titles = item_titles((a.item for a in line.answers), spoken())
    response = HttpResponse(sum_sheet(line, titles, as_of=as_of, language=spoken()), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="leitlinie-{code}-{as_of:%Y-%m-%d}.csv"'
    return response
