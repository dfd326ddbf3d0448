"""The course as ordinary Wagtail pages: Home → Learn → course → lessons, German first, English as linked translations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cms_site.loading.files import BadData, Node, blaming, read, read_all
from cms_site.loading.framework import competency
from cms_site.loading.media import download, picture
from cms_site.loading.progress import Progress
from cms_site.loading.questions import stable_id
from cms_site.loading.texts import prose
from lessons.models import CourseIndexPage, CoursePage, HomePage, LessonPage, Principle

P = TypeVar("P", bound=Page)
WELCOME = "Welcome to your new Wagtail site!"


# --- a lesson's body ------------------------------------------------------------------------------------------------
def _turn(node: Node) -> dict:
    if "aside" in node:
        return {"type": "aside", "value": node.text("aside")}
    side = "theirs" if "theirs" in node else "mine"
    return {"type": side, "value": {"name": node.text(side), "say": node.text("say")}}


def _with_ids(items: list[dict], *place: str) -> list[dict]:
    return [{**item, "id": stable_id(*place, str(i))} for i, item in enumerate(items)]


def _dialogue(node: Node, place: str) -> dict:
    return {"title": node.text("title"), "turns": _with_ids([_turn(turn) for turn in node["turns"]], place, "turn")}


def _try_it(node: Node, place: str) -> dict:
    answers = [{"type": "item", "value": {"say": a.text("say"), "why": a.text("why")}} for a in node["answers"]]
    return {"task": node.text("task"), "answers": _with_ids(answers, place, "answer")}


def _principle(node: Node) -> dict:
    number = str(node.data).removeprefix("p")
    row = Principle.objects.filter(number=number).first() if number.isdigit() else None
    if row is None:
        raise BadData(f"{node.where}: there is no guiding principle {node.data}")
    return {"principle": row.pk}


BLOCKS: dict[str, Callable[[Node, str], Any]] = {
    "text": lambda node, place: prose(node.data),
    "heading": lambda node, place: node.data,
    "dialogue": _dialogue,
    "try_it": _try_it,
    "callout": lambda node, place: {"title": node.text("title"), "text": node.text("text")},
    "principle": lambda node, place: _principle(node),
    "sources": lambda node, place: prose(node.data),
    "picture": picture,
    "download": download,
}


def _body(blocks: Node, place: str) -> list[dict]:
    """The raw StreamField; after the principle stands the spot for the lesson's practice questions."""
    body = []
    for i, node in enumerate(blocks):
        kind = next(iter(node.data), "") if isinstance(node.data, dict) and len(node.data) == 1 else ""
        if kind not in BLOCKS:
            raise BadData(f"{node.where}: one block of a known kind is needed, not {list(node.data)}")
        body.append({"type": kind, "value": BLOCKS[kind](node[kind], f"{place}/{i}"), "id": stable_id(place, str(i))})
        if kind == "principle":
            body.append({"type": "quiz", "value": None, "id": stable_id(place, "quiz")})
    return body


# --- pages ----------------------------------------------------------------------------------------------------------
def _published(page: P) -> P:
    page.save_revision().publish()
    return page


def _page(parent: Page, model: type[P], key: str, fields: dict[str, Any]) -> P:
    """The German page of that key, made below ``parent`` when it is not there yet."""
    locale = Locale.objects.get(language_code="de")
    page = model.objects.filter(translation_key=stable_id(key), locale=locale).first()
    if page is None:
        page = model(translation_key=stable_id(key), locale=locale, live=False, **fields)
        parent.add_child(instance=page)
        _published(page)
    return page


def _translation(page: P, fields: dict[str, Any]) -> P:
    """The English page linked to a German one, made from a copy when it is not there yet."""
    locale = Locale.objects.get(language_code="en")
    translation = page.get_translation_or_none(locale)
    if translation is None:
        translation = page.copy_for_translation(locale)
        for name, value in fields.items():
            setattr(translation, name, value)
        translation.draft_title = translation.title
        _published(translation)
    return translation


def _pair(parent: Page, model: type[P], key: str, texts: Callable[[str], dict[str, Any]]) -> P:
    page = _page(parent, model, key, texts("de"))
    _translation(page, texts("en"))
    return page


def _frame(node: Node, text_field: str = "") -> Callable[[str], dict[str, Any]]:
    """The fields of a page above the lessons."""

    def texts(language: str) -> dict[str, Any]:
        here = node[language]
        fields = {"title": here.text("title"), "slug": here.text("slug")}
        return {**fields, text_field: here.text("text")} if text_field else fields

    return texts


def _lesson(node: Node) -> Callable[[str], dict[str, Any]]:
    competencies = [competency(code, node) for code in node["competencies"].data]

    def texts(language: str) -> dict[str, Any]:
        here, slug = node[language], node["slug"].text(language)
        return {
            "title": here.text("title"),
            "slug": slug,
            "goal": here.text("goal"),
            "lead": here.text("lead"),
            "minutes": node.number("minutes"),
            "competencies": competencies,
            "body": _body(here["body"], f"lesson/{slug}"),
        }

    return texts


def _root(home: Node) -> HomePage:
    """The German home page as the root of the default site; Wagtail's own welcome page goes."""
    page = _pair(Page.get_first_root_node(), HomePage, "page/home", _frame(home))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": page, "hostname": "localhost", "site_name": "Leitlinie"}
    )
    for welcome in Page.objects.filter(depth=2, title=WELCOME):
        welcome.delete()
    return page


@transaction.atomic
def load(progress: Progress) -> None:
    """Add the pages that are not there yet, published in both languages."""
    frame = read("course.yaml")
    learn = _pair(_root(frame["home"]), CourseIndexPage, "page/learn", _frame(frame["learn"], "intro"))
    course = _pair(learn, CoursePage, "page/course", _frame(frame["course"], "lead"))
    for node in progress(_("Lessons"), read_all("lessons")):
        with blaming(node):
            _pair(course, LessonPage, f"page/{node['slug'].text('de')}", _lesson(node))
