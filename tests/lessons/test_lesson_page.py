"""What a person gets when they open a lesson."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from lessons.models import Principle
from tests.lessons.conftest import block, items, make_principle
from tests.lessons.test_html import Found

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">klick</a>'


def page_of(client, lesson) -> str:
    response = client.get(lesson.url)
    assert response.status_code == 200
    return response.content.decode()


def document(name: str, content: bytes = b"WEBVTT\n") -> Document:
    return Document.objects.create(title=name, file=ContentFile(content, name=name))


@pytest.fixture
def full_body(principle):
    """One of every block."""
    turns = [
        block("theirs", {"name": "Frau Berger", "say": "Schon wieder zu spät."}),
        block("mine", {"name": "Sie", "say": "Ihre Leute warten auf uns."}),
        block("aside", "Erst zeigen, dass das *schon wieder* angekommen ist."),
    ]
    answers = items(
        {"say": "Sie stehen im Regen.", "why": "Nennt die Lage."}, {"say": "Wie lange noch?", "why": "Fragt."}
    )
    picture = Image.objects.create(title="Tresen", file=get_test_image_file(size=(1600, 900)))
    return [
        block("text", "<p>Ein <i>Satz</i> mit <b>Nachdruck</b>.</p>"),
        block("heading", "Die Sachfalle"),
        block("dialogue", {"title": "Am Telefon", "turns": turns}),
        block("picture", {"image": picture.pk, "alt": "Eine Frau am Tresen", "caption": "Montag früh"}),
        block("callout", {"title": "Eine Zahl", "text": "92 Sekunden.\n\nMehr *nicht*."}),
        block("try_it", {"task": "Sagen Sie einen Satz.", "answers": answers}),
        block(
            "media",
            {
                "kind": "video",
                "title": "Ein Gespräch",
                "file": document("gespraech.mp4", b"0" * 3000).pk,
                "captions": document("gespraech.vtt").pk,
                "transcript": "Guten Tag.\n\nGuten Tag, Frau Berger.",
            },
        ),
        block("download", {"document": document("merkblatt.pdf", b"%PDF" + b"0" * 2044).pk, "label": "Das Merkblatt"}),
        block("quiz", None),
        block("principle", {"principle": principle.pk}),
        block("sources", "<ul><li>Rogers (1957). <i>Active Listening</i>.</li></ul>"),
    ]


def test_a_lesson_says_where_it_stands_and_leads_on(aylin, tree):
    page = page_of(aylin, tree.lessons[1])
    assert "Lektion 2 von 3" in page and "7 Minuten" in page
    assert 'rel="prev" href="/lernen/kurs/lektion-1/"' in page and 'rel="next" href="/lernen/kurs/lektion-3/"' in page
    assert "Lektion 1" in page and "Lektion 3" in page


def test_the_last_lesson_leads_back_to_its_course(aylin, tree):
    assert 'rel="up" href="/lernen/kurs/"' in page_of(aylin, tree.lessons[2])


def test_the_list_beside_the_text_leads_to_each_part(aylin, tree, full_body):
    page = page_of(aylin, tree.write(4, full_body))
    contents = re.search(r"<nav class=\"toc\".*?</nav>", page, re.S)[0]
    for anchor, label in re.findall(r'<a href="#(\w+)">(.*?)</a>', contents):
        assert f'id="{anchor}"' in page, label
    assert re.findall(r">([^<]+)</a>", contents) == [
        "Die Sachfalle", "Am Telefon", "Probieren Sie es", "Der Grundsatz dazu",
    ]  # fmt: skip


def test_every_kind_of_block_is_there_for_those_who_do_not_see_or_hear(aylin, tree, full_body):
    page = page_of(aylin, tree.write(4, full_body))
    assert '<li class="theirs"><b>Frau Berger</b>Schon wieder zu spät.</li>' in page
    assert "Erst zeigen, dass das <em>schon wieder</em> angekommen ist." in page
    picture = re.search(r"<img[^>]+>", page)[0]
    assert (
        'alt="Eine Frau am Tresen"' in picture and "width=" in picture and "height=" in picture and "srcset=" in picture
    )
    assert "Montag früh" in page
    assert re.search(r"<video controls[^>]+gespraech.mp4", page) and re.search(
        r'<track kind="captions"[^>]+srclang="de"[^>]+gespraech.vtt', page
    )
    assert "<p>Guten Tag, Frau Berger.</p>" in page
    assert "merkblatt.pdf · PDF · 2,0\xa0KB" in page
    assert "Sie stehen im Regen." in page and "<textarea" in page and "bleibt auf diesem Gerät" in page
    assert "Wir hören zu Ende (2)." in page and "Dient: K2" in page


def test_what_a_person_writes_in_a_task_is_in_no_form(aylin, tree, full_body):
    page = page_of(aylin, tree.write(4, full_body))
    outside = re.sub(r"<form.*?</form>", "", page, flags=re.S)
    assert "<textarea" in outside and "name=" not in re.search(r"<textarea[^>]+>", page)[0]


def hostile_body(principle) -> list[dict]:
    turns = [block("theirs", {"name": HOSTILE, "say": HOSTILE}), block("aside", HOSTILE)]
    answers = items({"say": HOSTILE, "why": HOSTILE}, {"say": "b", "why": "b"})
    picture = Image.objects.create(title=HOSTILE, file=get_test_image_file())
    recording = document("x.mp3")
    return [
        block("text", f"<p>{HOSTILE}</p>"),
        block("sources", f"<p>{HOSTILE}</p>"),
        block("heading", HOSTILE),
        block("dialogue", {"title": HOSTILE, "turns": turns}),
        block("callout", {"title": HOSTILE, "text": HOSTILE}),
        block("try_it", {"task": HOSTILE, "answers": answers}),
        block("picture", {"image": picture.pk, "alt": f'"{HOSTILE}', "caption": HOSTILE}),
        block(
            "media", {"kind": "audio", "title": HOSTILE, "file": recording.pk, "captions": None, "transcript": HOSTILE}
        ),
        block("download", {"document": recording.pk, "label": HOSTILE}),
        block("principle", {"principle": principle.pk}),
    ]


def test_hostile_markup_runs_on_no_surface_of_a_lesson(aylin, tree, framework):
    framework["K2"].short_de = HOSTILE[:40]
    framework["K2"].save()
    principle = make_principle(
        7, sentence_de=HOSTILE, why_de=HOSTILE, kept_us_de=HOSTILE, competencies=[framework["K2"]]
    )
    lesson = tree.write(4, hostile_body(principle), title=HOSTILE, lead=HOSTILE, goal=HOSTILE)
    for address in (lesson.url, tree.course.url, tree.index.url, "/principles/"):
        text = aylin.get(address).content.decode()
        found = Found(text)
        assert "<script>" not in text and not [name for name, _ in found.attributes if name.startswith("on")]
        assert not [value for name, value in found.attributes if name in ("href", "src") and "javascript:" in value]
        pictures = re.findall(r"<img[^>]+>", text)
        assert all('src="/media/images/' in picture for picture in pictures), pictures


def test_an_unpublished_principle_is_not_shown_in_a_lesson(aylin, tree):
    hidden = make_principle(9, publish=False, sentence_de="Noch geheim.")
    assert "Noch geheim." not in page_of(aylin, tree.write(4, [block("principle", {"principle": hidden.pk})]))


def test_what_was_deleted_leaves_no_hole_in_the_lesson(aylin, tree, full_body):
    lesson = tree.write(4, full_body)
    Image.objects.all().delete()
    Document.objects.all().delete()
    Principle.objects.all().delete()
    page = page_of(aylin, lesson)
    assert "Die Sachfalle" in page and not {"img", "video"} & set(Found(page).tags) and "None" not in page


def test_the_other_language_leads_to_the_translation_and_says_the_same_lesson(aylin, tree, english):
    lesson = tree.lessons[1]
    assert f'href="{english(lesson).url}" lang="en"' in page_of(aylin, lesson)
    page = page_of(aylin, english(lesson))
    assert '<html lang="en">' in page and "Lesson 2 of 3" in page and "Mark as read" in page
    assert f'href="{lesson.url}" lang="de"' in page


def test_nobody_reads_without_signing_in(client, tree):
    response = client.get(tree.lessons[0].url)
    assert response.status_code == 302 and response.url.startswith("/accounts/login/")


def test_a_draft_is_not_there(aylin, tree):
    tree.lessons[0].unpublish()
    assert aylin.get("/lernen/kurs/lektion-1/").status_code == 404
    assert aylin.get("/lernen/kurs/niemals/").status_code == 404
    assert aylin.get("/lernen/niemals/lektion-1/").status_code == 404


def statements(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_lesson_costs_the_same_in_a_course_of_three_and_of_eight(aylin, tree, full_body):
    lesson = tree.write(4, full_body)
    with_four = statements(aylin, lesson.url)
    for number in range(5, 9):
        tree.write(number)
        make_principle(number)
    assert statements(aylin, lesson.url) == with_four
    assert with_four <= 26  # a page with every block there is, files and renditions included
    assert statements(aylin, tree.lessons[0].url) <= 20
