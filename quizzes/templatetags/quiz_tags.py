"""What templates of any floor may show of quizzes: cleaned text, days, and a lesson's practice questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lessons.html import clean_html
from quizzes.access import practice_quizzes
from quizzes.practising import SIZE
from quizzes.queries import Explained

register = template.Library()


@register.filter
def clean(text: Any) -> SafeString:
    """A stem or a rationale as people may see it: cleaned once more, and nothing touches it afterwards."""
    return mark_safe(clean_html(str(text)))  # noqa: S308 - cleaned


@register.filter
def day(moment: datetime) -> str:
    """*24 November*, as people write it."""
    return date_format(timezone.localtime(moment), pgettext("date", "j F"))


@register.filter
def clock(moment: datetime) -> str:
    """*10:42*, with the day before it when that is another one than today."""
    local = timezone.localtime(moment)
    time = date_format(local, "H:i")
    return time if local.date() == timezone.localdate() else f"{day(moment)}, {time}"


PICKED = {"choice": _("your choice"), "best": _("your choice: best"), "worst": _("your choice: worst")}
SOLUTION = {"choice": _("fits"), "best": _("helps most"), "worst": _("helps least")}


@register.filter
def picked_as(field: str) -> str:
    """What the person chose an option for."""
    return str(PICKED[field])


@register.filter
def solution_as(field: str) -> str:
    """What an option would have been the right choice for."""
    return str(SOLUTION[field])


@register.filter
def verdict(question: Explained) -> str:
    """A calm sentence on a practice answer."""
    if question.points == question.out_of:
        return gettext("That fits.")
    return gettext("That fits in part.") if question.points else gettext("Something else fits better here.")


@register.inclusion_tag("quizzes/lesson_quiz.html", takes_context=True)
def lesson_quiz(context, page):
    """The button to a lesson's practice questions; nothing where the lesson has none. Finds them from each translation."""
    quiz = practice_quizzes().filter(lesson__translation_key=page.translation_key).first()
    return {"quiz": quiz, "size": SIZE, "csrf_token": context.get("csrf_token")}
