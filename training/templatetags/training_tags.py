"""What every page shows of a person: where they can go, in which language, and the line."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from training.models import Role

register = template.Library()

OTHER = {"de": ("en", "English"), "en": ("de", "Deutsch")}
AREAS = {"today": (), "courses": ("/lernen/", "/learn/"), "practice": (), "scorecard": (), "team": ("/appraisals/",)}


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


def _current(name: str, url: str, path: str) -> bool:
    if name == "today":
        return path == url
    return path.startswith(url) or any(part in path for part in AREAS[name])


@register.inclusion_tag("parts/nav.html", takes_context=True)
def main_nav(context):
    """The main areas this person has; a team only where they lead one."""
    request = context["request"]
    labels = {
        "today": _("Today"),
        "courses": _("Learn"),
        "practice": _("Practise"),
        "scorecard": _("My card"),
        "team": _("Team"),
    }
    shown = [name for name in labels if name != "team" or Role.MANAGER in request.user.roles]
    urls = {name: reverse(name) for name in shown}
    return {"entries": [Entry(labels[n], urls[n], _current(n, urls[n], request.path)) for n in shown]}


@register.inclusion_tag("parts/language.html", takes_context=True)
def language_switch(context):
    """A link to this page in the other language; a lesson leads to its translation."""
    request = context["request"]
    language, label = OTHER[(get_language() or "de")[:2]]
    page = context.get("page")
    if page is not None and hasattr(page, "get_translations"):
        translation = page.get_translations().filter(locale__language_code=language).live().first()
        if translation:
            return {"url": translation.get_url(request), "language": language, "label": label}
    try:
        url = translate_url(request.get_full_path(), language)
    except NoReverseMatch:
        url = reverse("today")
    return {"url": url, "language": language, "label": label}
