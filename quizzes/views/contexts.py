"""What the pages of a sitting show, decided before the template: the line of notches, the page, its buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from quizzes.models import Answer, Attempt
from quizzes.models.version import Pool
from quizzes.queries import Asked, Place, asked, explained
from quizzes.views.incoming import PostedPage


@dataclass(frozen=True)
class Notch:
    """A question on the line. ``x`` is its place in per cent, as SVG reads it."""

    position: int
    x: str
    progress: str
    flagged: bool
    here: bool


@dataclass(frozen=True)
class Line:
    """The line of an attempt: its notches, and how far it is drawn in my colour."""

    notches: list[Notch]
    to: str
    label: str


def _percent(position: int, count: int) -> str:
    return f"{(position - 0.5) / count * 100:.4g}%"


def line_of(places: Sequence[Place], here: int | None = None) -> Line:
    """The line of notches; ``here`` is the question that is open."""
    count, answered = len(places), sum(place.progress != "open" for place in places)
    notches = [
        Notch(p.position, _percent(p.position, count), p.progress, p.flagged, p.position == here) for p in places
    ]
    said = _("%(n)d of %(all)d answered") % {"n": answered, "all": count}
    if here:
        said = _("Question %(n)d of %(all)d") % {"n": here, "all": count} + ", " + said
    return Line(notches, _percent(here, count) if here else "0%", said)


def positions_on(attempt: Attempt, page: int, count: int) -> range:
    """The positions on a page (from 1); empty where there is no such page."""
    first = (page - 1) * attempt.page_size + 1
    return range(first, min(first + attempt.page_size, count + 1))


def page_of(attempt: Attempt, position: int) -> int:
    return (position - 1) // attempt.page_size + 1


def first_open_page(attempt: Attempt, places: Sequence[Place]) -> int | None:
    """The page of the first question without a complete answer; None when all have one."""
    return next((page_of(attempt, place.position) for place in places if place.progress != "done"), None)


def _as_posted(question: Asked, posted: PostedPage) -> Asked:
    """The question with the choices that were just posted, not the stored ones."""
    if question.position not in posted.picks:
        return question
    picks = posted.picks[question.position]
    options = tuple(
        replace(option, picked=tuple(name for name, chosen in picks.items() if option.id in chosen))
        for option in question.options
    )
    return replace(question, options=options)


def sitting_context(attempt: Attempt, answers: Mapping[int, Answer], *, now: datetime) -> dict:
    """What every page of an open attempt shows: when it was last saved, and the time left where there is a limit."""
    left = max(0, int((attempt.deadline - now).total_seconds())) if attempt.limited else None
    return {
        "attempt": attempt,
        "saved_at": max((answer.received_at for answer in answers.values()), default=None),
        "seconds_left": left,
        "minutes_left": None if left is None else -(-left // 60),
    }


@dataclass(frozen=True)
class Shown:
    """A question on a page: to be answered, or (in practice, once answered) explained."""

    asked: Asked
    problem: str = ""
    explained: object = None


def shown_questions(
    attempt: Attempt, positions: Sequence[int], answers: Mapping[int, Answer], posted: PostedPage | None
) -> list[Shown]:
    """The questions of a page. Only practice explains, and only what has been answered."""
    questions = asked(attempt, positions, answers)
    done = [question.position for question in questions if question.seen]
    told = {}
    if attempt.quiz.pool == Pool.PRACTICE and done:
        told = {e.position: e for e in explained(attempt, answers, with_key=True, positions=done)}
    if posted:
        questions = [_as_posted(question, posted) for question in questions]
    problems = posted.problems if posted else {}
    return [Shown(q, problems.get(q.position, ""), told.get(q.position)) for q in questions]


def page_context(
    attempt: Attempt,
    places: Sequence[Place],
    page: int,
    answers: Mapping[int, Answer],
    *,
    now: datetime,
    posted: PostedPage | None = None,
) -> dict:
    """Everything ``quizzes/page.html`` needs."""
    positions = positions_on(attempt, page, len(places))
    questions = shown_questions(attempt, positions, answers, posted)
    practice = attempt.quiz.pool == Pool.PRACTICE
    undecided = practice and any(question.explained is None for question in questions)
    onward = "submit" if practice and positions[-1] == len(places) else "next"
    return {
        **sitting_context(attempt, answers, now=now),
        "practice": practice,
        "questions": questions,
        "line": line_of(places, positions[0]),
        "competency": questions[0].asked.competency if len({q.asked.competency for q in questions}) == 1 else "",
        "first": positions[0],
        "last": positions[-1],
        "several": len(positions) > 1,
        "count": len(places),
        "page": page,
        "is_first": page == 1,
        "is_last": positions[-1] == len(places),
        "buttons_template": f"quizzes/buttons_{'practice' if practice else 'check'}.html",
        "onward": onward,
        "default": "check" if undecided else onward,
        "undecided": undecided,
    }


@dataclass(frozen=True)
class Entry:
    """A question in the overview before handing in."""

    place: Place
    page: int

    @property
    def state(self) -> str:
        """How far the answer is, in a word."""
        return {"done": _("answered"), "half": _("half answered"), "open": _("open")}[self.place.progress]


def overview_context(
    attempt: Attempt, places: Sequence[Place], answers: Mapping[int, Answer], *, now: datetime
) -> dict:
    """Everything ``quizzes/overview.html`` needs."""
    return {
        **sitting_context(attempt, answers, now=now),
        "line": line_of(places),
        "entries": [Entry(place, page_of(attempt, place.position)) for place in places],
        "count": len(places),
        "missing": sum(place.progress != "done" for place in places),
        "flagged": sum(place.flagged for place in places),
        "last_page": page_of(attempt, len(places)),
    }
