"""How a lesson's text becomes a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from lessons.html import clean_html

register = template.Library()

STRESSED = re.compile(r"\*\*(?!\s)([^*\n]+?)(?<!\s)\*\*")
SAID = re.compile(r"\*(?!\s)([^*\n]+?)(?<!\s)\*")


@register.filter
def prose(value: Any) -> SafeString:
    """Rich text as people may see it: Wagtail's links resolved, then cleaned. Nothing touches it afterwards."""
    return mark_safe(clean_html(expand_db_html(str(getattr(value, "source", value) or ""))))  # noqa: S308 - cleaned


@register.filter
def said(value: Any) -> SafeString:
    """Plain text in paragraphs; *words between asterisks* are words somebody says, **two asterisks** stress."""
    paragraphs = [escape(part.strip()) for part in re.split(r"\n\s*\n", str(value or "")) if part.strip()]
    stressed = [STRESSED.sub(r"<strong>\1</strong>", part) for part in paragraphs]
    spoken = [SAID.sub(r"<em>\1</em>", part) for part in stressed]
    return mark_safe("".join(f"<p>{part}</p>" for part in spoken))  # noqa: S308 - escaped above, only our own tags are added


@dataclass(frozen=True)
class Part:
    """One block of a lesson: where a link finds it, and what the list beside the lesson calls it (empty: nothing)."""

    anchor: str
    label: str
    block: Any


def _label(block: Any) -> str:
    """What the list beside the lesson calls a block."""
    labels = {
        "heading": lambda value: str(value),
        "dialogue": lambda value: str(value["title"]),
        "try_it": lambda value: _("Try it yourself"),
        "principle": lambda value: _("The principle for it"),
    }
    return labels.get(block.block_type, lambda value: "")(block.value)


@register.simple_tag
def lesson_parts(page: Any) -> list[Part]:
    """The blocks of a lesson with their anchors, which are the same in every language."""
    return [Part(f"s{place}", _label(block), block) for place, block in enumerate(page.body, start=1)]


@register.filter
def has_block(parts: list[Part], kind: str) -> bool:
    """Whether a block of this kind is among the parts."""
    return any(part.block.block_type == kind for part in parts)


@register.filter
def shorts(competencies: Any) -> str:
    """The short names of competencies in a row."""
    return ", ".join(competency.short for competency in competencies.all())


@register.filter
def shown_to(principle: Any, request: Any) -> bool:
    """Whether a principle in a lesson is shown: in force, or still a draft and the trainer's own preview."""
    return principle is not None and (principle.live or getattr(request, "is_preview", False))
