"""*Today*: the check that is due, the lesson to go on with, what changed on the card. At most three things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import ceil
from uuid import UUID

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.language import spoken
from lessons.models import LessonPage
from quizzes.models import Attempt
from quizzes.models.attempt import GRACE
from training.checking import round_title
from training.models import CheckPlan, Reading, Round
from training.queries import (
    LONGEST_INTERVAL,
    CardLine,
    free_extra,
    lessons_in,
    next_opening,
    on_pause,
    pauses_of,
    plans_for,
    principles_waiting,
    progress,
    readings_of,
    rounds_between,
    scorecard,
)
from training.schedule import RoundState, Window, current_number, round_state, round_window
from training.scorecard import change, estimate
from training.views.wording import near_day, near_month

MINUTES_PER_QUESTION = 0.9  # twenty questions take about eighteen minutes

Pauses = Sequence[tuple[date, date | None]]


@dataclass(frozen=True)
class Due:
    """The check as *Today* speaks of it: ``template`` says it, the rest is what it needs to say."""

    template: str
    round: Round | None = None
    attempt: Attempt | None = None
    asked: int = 0
    answered: int = 0
    minutes: int = 0
    competencies: int = 0
    done_on: date | None = None
    last_day: bool = False
    pause_ends: date | None = None
    next_opens: date | None = None
    extra: CheckPlan | None = None


def _handed_in(round: Round, now: datetime) -> bool:
    """Handed in by the person, or by the clock, which may still have to write it down."""
    attempt = round.attempt
    return bool(attempt and (attempt.submitted_at or now > attempt.deadline + GRACE))


def _state(round: Round, pauses: Pauses, now: datetime) -> RoundState:
    window = Window(round.opens_on, round.closes_on)
    return round_state(window, handed_in=_handed_in(round, now), pauses=pauses, day=timezone.localdate(now))


def _done_on(round: Round) -> date:
    assert round.attempt is not None
    return timezone.localdate(round.attempt.submitted_at or round.attempt.deadline)


def _open(round: Round, day: date) -> Due:
    """An open round: how much of it is left, and until when."""
    asked, answered = progress(round.attempt) if round.attempt else (0, 0)
    competencies = len(round.competencies.all())
    asked = asked or competencies * (round.plan.knowledge_questions + round.plan.judgement_questions)
    return Due(
        "training/parts/due_open.html",
        round=round,
        attempt=round.attempt,
        asked=asked,
        answered=answered,
        minutes=max(1, ceil(MINUTES_PER_QUESTION * (asked - answered))),
        competencies=competencies,
        last_day=round.closes_on == day,
    )


def _not_open(rounds: Sequence[Round], pauses: Pauses, plans: Sequence[CheckPlan], now: datetime) -> Due:
    """What is said when there is nothing to take: handed in, paused, over, or simply nothing due."""
    day = timezone.localdate(now)
    if pause := on_pause(pauses, day):
        after = next_opening(plans, pause[1]) if pause[1] else None
        return Due("training/parts/due_paused.html", pause_ends=pause[1], next_opens=after)
    nothing = Due(
        "training/parts/due_nothing.html", next_opens=next_opening(plans, day), extra=free_extra(plans, rounds, day)
    )
    owed = [r for r in rounds if not r.voluntary and r.opens_on <= day]
    if not owed:
        return nothing
    latest, state = owed[-1], _state(owed[-1], pauses, now)
    if state is RoundState.MISSED:
        return replace(nothing, template="training/parts/due_missed.html", round=latest)
    if state is not RoundState.DONE:
        return nothing
    done = replace(nothing, round=latest, attempt=latest.attempt, done_on=_done_on(latest))
    return replace(done, template="training/parts/due_done.html") if latest.closes_on >= day else done


def due(rounds: Sequence[Round], pauses: Pauses, plans: Sequence[CheckPlan], now: datetime) -> Due:
    """The one thing about checks that a person should read today; one already begun comes first."""
    open_now = [r for r in rounds if _state(r, pauses, now) is RoundState.OPEN]
    if open_now:
        first = min(open_now, key=lambda r: (r.attempt is None, r.voluntary, r.closes_on, r.pk))
        return _open(first, timezone.localdate(now))
    return _not_open(rounds, pauses, plans, now)


@dataclass(frozen=True)
class YearCheck:
    """A check on the year line. ``kind`` is done, open, planned, paused or past."""

    title: str
    kind: str
    opens_on: date
    closes_on: date
    words: str
    done_on: date | None = None
    attempt: Attempt | None = None


@dataclass(frozen=True)
class Year:
    """A calendar year with its checks, as the line draws it and the table tells it."""

    today: date
    checks: list[YearCheck] = field(default_factory=list)

    @property
    def done(self) -> list[YearCheck]:
        return [c for c in self.checks if c.kind == "done"]

    @property
    def deadline(self) -> YearCheck | None:
        """The check whose last day comes next: the open one, else the next planned."""
        coming = [c for c in self.checks if c.kind in ("open", "planned")]
        return min(coming, key=lambda c: (c.kind != "open", c.closes_on), default=None)


def _year_check(round: Round, pauses: Pauses, now: datetime) -> YearCheck:
    day = timezone.localdate(now)
    state = _state(round, pauses, now)
    done_on = _done_on(round) if state is RoundState.DONE else None
    kind, words = {
        RoundState.DONE: ("done", _("handed in on %(day)s") % {"day": near_day(done_on or day, day)}),
        RoundState.OPEN: ("open", _("open until %(day)s") % {"day": near_day(round.closes_on, day)}),
        RoundState.UPCOMING: ("planned", _("planned")),
        RoundState.PAUSED: ("paused", _("paused, nothing owed")),
        RoundState.MISSED: ("past", _("over, nothing to catch up on")),
    }[state]
    return YearCheck(round_title(round), kind, round.opens_on, round.closes_on, words, done_on, round.attempt)


def _planned(plans: Iterable[CheckPlan], pauses: Pauses, day: date) -> list[YearCheck]:
    """The rounds still to come this year, except those that open in a pause."""
    found = []
    for plan in plans:
        number = current_number(plan.starts_on, plan.interval_months, day) + 1
        window = round_window(plan.starts_on, plan.interval_months, plan.window_days, number)
        while window.opens_on.year == day.year:
            if not on_pause(pauses, window.opens_on):
                found.append(YearCheck(plan.name, "planned", window.opens_on, window.closes_on, _("planned")))
            number += 1
            window = round_window(plan.starts_on, plan.interval_months, plan.window_days, number)
    return found


def year(rounds: Iterable[Round], pauses: Pauses, plans: Iterable[CheckPlan], now: datetime) -> Year:
    """This calendar year: what was taken, what is open, what is planned. An additional check not taken is no event."""
    day = timezone.localdate(now)
    taken = [r for r in rounds if r.attempt or not r.voluntary]
    checks = [c for c in (_year_check(r, pauses, now) for r in taken) if (c.done_on or c.closes_on).year >= day.year]
    return Year(day, sorted([*checks, *_planned(plans, pauses, day)], key=lambda c: c.opens_on))


@dataclass(frozen=True)
class Chapter:
    """The lesson to go on with, its place in its course, and what is left of it."""

    page: LessonPage
    number: int
    total: int
    percent: int
    minutes_left: int


def chapter(lessons: Sequence[LessonPage], readings: Mapping[UUID, Reading]) -> Chapter | None:
    """The lesson opened last and not finished, else the next one not opened yet; None when all are read."""
    begun = [p for p in lessons if (r := readings.get(p.translation_key)) and not r.finished_at]
    unread = [p for p in lessons if p.translation_key not in readings]
    if begun:
        page = max(begun, key=lambda p: readings[p.translation_key].opened_at)
    elif unread:
        page = unread[0]
    else:
        return None
    course = [p.pk for p in lessons if p.path[: -p.steplen] == page.path[: -page.steplen]]
    percent = readings[page.translation_key].position if begun else 0
    left = max(1, ceil(page.minutes * (100 - percent) / 100))
    return Chapter(page, course.index(page.pk) + 1, len(course), percent, left)


@dataclass(frozen=True)
class News:
    """The competency that the newest evidence moved most, and what may be said about the change."""

    line: CardLine
    sentence: str


def _moved(line: CardLine, day: date, as_of: date) -> float:
    """How far the score moved by the answers of one day, 0–1."""
    before = estimate([a for a in line.answers if a.answered_on != day], as_of=as_of)
    return abs(line.estimate.score - before.score)


def _change_said(line: CardLine, day: date, as_of: date) -> str:
    """Whether the change since the check before is assured: only then may it be called one."""
    earlier = [x.answer.answered_on for x in line.lines if x.answer.answered_on < day]
    if not earlier:
        return _("It is the first one on this competency.")
    since = max(earlier)
    found = change(line.answers, since=since, turning=day, as_of=as_of)
    month = {"month": near_month(since, as_of)}
    if found is None or not found.assured:
        return _("The change since %(month)s is not assured yet.") % month
    if found.after > found.before:
        return _("The improvement since %(month)s is assured.") % month
    return _("The decline since %(month)s is assured.") % month


def news(card: Iterable[CardLine], as_of: date) -> News | None:
    """What is new on the card; None without any evidence."""
    lines = [line for line in card if line.lines]
    if not lines:
        return None
    newest = {line.competency.pk: max(x.answer.answered_on for x in line.lines) for line in lines}
    day = max(newest.values())
    line = max((x for x in lines if newest[x.competency.pk] == day), key=lambda x: _moved(x, day, as_of))
    after = _("After the check of %(day)s.") % {"day": near_day(day, as_of)}
    return News(line, f"{after} {_change_said(line, day, as_of)}")


def today(request):
    """The home of an employee."""
    now, user = timezone.now(), request.user
    day = timezone.localdate(now)
    rounds = rounds_between(user, day - LONGEST_INTERVAL, day)
    pauses, plans = pauses_of(user), plans_for(user)
    lessons = lessons_in(spoken())
    context = {
        "day": day,
        "due": due(rounds, pauses, plans, now),
        "year": year(rounds, pauses, plans, now),
        "lessons": lessons,
        "chapter": chapter(lessons, readings_of(user)),
        "news": news(scorecard(user, as_of=day), day),
        "waiting": principles_waiting(user),
    }
    return render(request, "training/today.html", context)
