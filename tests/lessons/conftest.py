"""A small course in both languages, as the pages of the CMS hold it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from uuid import NAMESPACE_URL, uuid5

import pytest
from wagtail.models import Locale, Page, Site

from lessons.models import CourseIndexPage, CoursePage, HomePage, LessonPage, Principle

TITLES = {"de": "Lektion", "en": "Lesson"}


def block(kind: str, value, key: str = "") -> dict:
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, key or json.dumps([kind, str(value)])))}


def items(*values) -> list[dict]:
    return [block("item", value) for value in values]


def put_below(parent, page):
    """Publish a page below another, which is read anew because the tree may have changed."""
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return page


def make_principle(number: int, *, publish=True, competencies=(), **more) -> Principle:
    scenes = {
        f"{kind}_{part}_{language}": f"{kind} {part} {language}"
        for kind in ("kept", "broken")
        for part in ("situation", "customer", "us")
        for language in ("de", "en")
    }
    texts = {
        "sentence_de": f"Wir hören zu Ende ({number}).",
        "sentence_en": f"We hear people out ({number}).",
        "why_de": "Weil halbe Sätze täuschen.",
        "why_en": "Because half a sentence misleads.",
    }
    principle = Principle.objects.create(number=number, live=False, **{**texts, **scenes, **more})
    principle.competencies.set(competencies)
    principle.save()
    if publish:
        principle.save_revision().publish()
        principle.refresh_from_db()
    return principle


@pytest.fixture
def principle(framework) -> Principle:
    return make_principle(2, competencies=[framework["K2"]])


@pytest.fixture
def tree(framework, principle) -> SimpleNamespace:
    """Home → Learn → course → three lessons in German; the same in English; ``write`` puts another pair of lessons in."""
    de, en = (Locale.objects.get_or_create(language_code=code)[0] for code in ("de", "en"))
    home = put_below(Page.get_first_root_node(), HomePage(title="Leitlinie", slug="leitlinie", locale=de))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})

    def translated(page, **fields):
        other = type(page).objects.get(pk=page.pk).copy_for_translation(en)
        for name, value in fields.items():
            setattr(other, name, value)
        other.save_revision().publish()
        return other

    translated(home, slug="leitlinie-en")
    index = put_below(home, CourseIndexPage(title="Lernen", slug="lernen", intro="Kurz und ehrlich.", locale=de))
    translated(index, title="Learn", slug="learn")
    course = put_below(index, CoursePage(title="Kundenorientiert handeln", slug="kurs", lead="Für alle.", locale=de))
    translated(course, title="Acting for the customer", slug="course")

    def write(number: int, body=None, **more) -> LessonPage:
        texts = {"goal": f"Nach Lektion {number} fragen Sie zuerst.", "lead": "Ein Vorspann.", "minutes": 7, **more}
        body = body or [block("text", "<p>Ein Satz.</p>"), block("heading", "Die Sachfalle")]
        fields = {"title": f"Lektion {number}", "slug": f"lektion-{number}", "body": body, **texts}
        lesson = LessonPage(locale=de, **fields)
        lesson.competencies = [framework["K2"]]
        put_below(course, lesson)
        translated(lesson, title=f"Lesson {number}", slug=f"lesson-{number}")
        return LessonPage.objects.get(pk=lesson.pk)

    lessons = [write(number) for number in (1, 2, 3)]
    return SimpleNamespace(home=home, index=index, course=course, lessons=lessons, write=write, de=de, en=en)


@pytest.fixture
def english(tree):
    """A German page's English translation."""
    return lambda page: type(page).objects.get(translation_key=page.translation_key, locale=tree.en)


@pytest.fixture
def aylin(client, cast):
    """Aylin's browser."""
    client.force_login(cast.aylin)
    return client
