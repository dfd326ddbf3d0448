"""What a page of lessons shows of the person who reads it: how far they are, and which principles they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lessons.models import CourseIndexPage, CoursePage, LessonPage, Principle
from lessons.queries import lessons_of
from training.models import Acknowledgement, Reading
from training.queries import readings_of

register = template.Library()


def _dated(moment: datetime, today: str, earlier: str) -> str:
    """A sentence for today, or one for an earlier ``%(day)s``: *3 March*, with its year only when it is another one."""
    now, day = timezone.localdate(), timezone.localtime(moment).date()
    if day == now:
        return today
    form = pgettext("date", "j F") if day.year == now.year else pgettext("date", "j F Y")
    return earlier % {"day": date_format(day, form)}


@dataclass(frozen=True)
class Progress:
    """How far somebody has come in a lesson: percent, minutes left, and when they finished it (empty: not yet)."""

    position: int
    minutes_left: int
    finished: str = ""

    @property
    def state(self) -> str:
        """``finished``, ``begun`` or ``new``."""
        if self.finished:
            return "finished"
        return "begun" if self.position else "new"


def _progress(lesson: LessonPage, row: Reading | None) -> Progress:
    if row is None:
        return Progress(0, lesson.minutes)
    if row.finished_at:
        today, earlier = _("You read this lesson to its end today."), _("You read this lesson to its end on %(day)s.")
        return Progress(100, 0, _dated(row.finished_at, today, earlier))
    return Progress(row.position, max(1, -(-lesson.minutes * (100 - row.position) // 100)))


def _readings(context: Mapping[str, Any]) -> dict[UUID, Reading]:
    """The person's readings; none in a preview without a person."""
    user = getattr(context.get("request"), "user", None)
    return readings_of(user) if user is not None and user.is_authenticated else {}


@register.simple_tag(takes_context=True)
def reading_of(context, page: LessonPage) -> Progress:
    """How far the person has read this lesson, whatever the language."""
    return _progress(page, _readings(context).get(page.translation_key))


@dataclass(frozen=True)
class Line:
    """A lesson in the list of its course."""

    number: int
    lesson: LessonPage
    progress: Progress


@dataclass(frozen=True)
class CourseProgress:
    """A course as one person has it before them."""

    course: CoursePage
    lines: list[Line]

    @property
    def finished(self) -> int:
        return sum(line.progress.state == "finished" for line in self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.lesson.minutes for line in self.lines)

    @property
    def minutes_left(self) -> int:
        return sum(line.progress.minutes_left for line in self.lines)

    @property
    def next(self) -> Line | None:
        """Where to go on: the lesson begun, or the first not finished."""
        open_lines = [line for line in self.lines if line.progress.state != "finished"]
        begun = [line for line in open_lines if line.progress.state == "begun"]
        return next(iter(begun or open_lines), None)


def _courses(context: Mapping[str, Any], courses: list[CoursePage]) -> list[CourseProgress]:
    readings, lessons = _readings(context), lessons_of(courses)
    return [
        CourseProgress(
            course,
            [
                Line(number, lesson, _progress(lesson, readings.get(lesson.translation_key)))
                for number, lesson in enumerate(lessons[course.pk], start=1)
            ],
        )
        for course in courses
    ]


@register.simple_tag(takes_context=True)
def course_progress(context, course: CoursePage) -> CourseProgress:
    """The lessons of a course with the person's progress. Three queries, however many lessons."""
    return _courses(context, [course])[0]


@register.simple_tag(takes_context=True)
def courses_progress(context, index: CourseIndexPage) -> list[CourseProgress]:
    """Every course of the overview with the person's progress. Four queries, however many courses."""
    return _courses(context, list(index.courses))


@dataclass(frozen=True)
class Acquaintance:
    """How a person stands to a principle: ``known``, ``reworded`` (they knew an earlier wording) or ``new``."""

    state: str
    sentence: str = ""
    earlier: str = ""


def _acquaintance(principle: Principle, row: Acknowledgement | None) -> Acquaintance:
    if row is None:
        return Acquaintance("new")
    if row.edition < principle.edition:
        return Acquaintance("reworded", earlier=row.sentence)
    today, earlier = _("You have known this principle since today."), _("You have known this principle since %(day)s.")
    return Acquaintance("known", _dated(row.acknowledged_at, today, earlier))


def _acknowledged(request: Any) -> dict[int, Acknowledgement]:
    """What the person acknowledged, read once per request: a page may show many principles."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if not hasattr(request, "acknowledged"):
        rows = Acknowledgement.objects.filter(user=user).order_by("edition")
        request.acknowledged = {row.principle_id: row for row in rows}  # the last edition wins
    return request.acknowledged


@register.inclusion_tag("lessons/parts/acknowledgement.html", takes_context=True)
def acknowledgement(context, principle: Principle, anchor: str = ""):
    """The person's state with a principle, and the button to acknowledge it. A preview only shows the button."""
    request = context.get("request")
    return {
        "principle": principle,
        "anchor": anchor,
        "acquaintance": _acquaintance(principle, _acknowledged(request).get(principle.pk)),
        "preview": getattr(request, "is_preview", False) or not principle.live,
        "here": getattr(request, "path", ""),
        "csrf_token": context.get("csrf_token"),
    }


@dataclass(frozen=True)
class Notch:
    """A principle on the line of all principles."""

    principle: Principle
    state: str


@register.simple_tag(takes_context=True)
def notches(context, principles: list[Principle]) -> list[Notch]:
    """The principles with the person's state, for the line at the top of their page."""
    rows = _acknowledged(context.get("request"))
    return [Notch(p, _acquaintance(p, rows.get(p.pk)).state) for p in principles]


@register.filter
def known(line: list[Notch]) -> int:
    """How many of them the person knows."""
    return sum(notch.state == "known" for notch in line)
