"""What a person finds on the way to a lesson: the overview and a course, with their own progress."""

from __future__ import annotations

import re

from tests.lessons.test_lesson_page import statements
from training.reading import read_to


def text_of(response) -> str:
    """The page as somebody reads it: without tags, one space between words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_learn_leads_to_the_overview_of_the_reader_s_language(aylin, tree, english):
    assert aylin.get("/courses/").url == "/lernen/"
    assert aylin.get("/en/courses/").url == "/en/learn/"
    english(tree.index).unpublish()
    assert aylin.get("/en/courses/").url == "/lernen/"


def test_before_there_is_a_course_learn_says_so(aylin, db):
    assert "Es gibt noch keinen Kurs" in text_of(aylin.get("/courses/"))


def test_the_overview_shows_each_course_and_how_far_one_is(aylin, cast, tree, now):
    read_to(tree.lessons[0].translation_key, user=cast.aylin, position=100, now=now, finished=True)
    page = text_of(aylin.get(tree.index.url))
    assert "Kundenorientiert handeln" in page and "1 von 3 Lektionen gelesen · noch 14 Minuten" in page


def test_a_course_says_what_each_lesson_changes_and_what_is_read(aylin, cast, tree, now):
    read_to(tree.lessons[0].translation_key, user=cast.aylin, position=100, now=now, finished=True)
    read_to(tree.lessons[1].translation_key, user=cast.aylin, position=60, now=now)
    page = aylin.get(tree.course.url)
    text = text_of(page)
    assert "Nach Lektion 2 fragen Sie zuerst." in text and "K2 7 Minuten" in text
    assert text.count("gelesen") == 2  # in the line at the top, and at the lesson that is
    assert "1 von 3 Lektionen gelesen · noch 10 Minuten" in text
    assert 'value="60" max="100"' in page.content.decode()
    assert "Lektion 2 von 3 · noch 3 Minuten Lektion 2 Weiterlesen" in text


def test_who_has_read_everything_is_told_so_and_not_sent_on(aylin, cast, tree, now):
    for lesson in tree.lessons:
        read_to(lesson.translation_key, user=cast.aylin, position=100, now=now, finished=True)
    text = text_of(aylin.get(tree.course.url))
    assert "3 von 3 Lektionen gelesen · alles gelesen" in text and "Weiterlesen" not in text and "Beginnen" not in text


def test_nobody_sees_a_colleague_s_progress(client, cast, tree, now):
    read_to(tree.lessons[0].translation_key, user=cast.ben, position=100, now=now, finished=True)
    client.force_login(cast.aylin)
    assert "0 von 3 Lektionen gelesen" in text_of(client.get(tree.course.url))


def test_a_course_and_the_overview_cost_the_same_for_three_lessons_and_for_eight(aylin, tree):
    before = statements(aylin, tree.course.url), statements(aylin, tree.index.url)
    for number in range(4, 9):
        tree.write(number)
    assert (statements(aylin, tree.course.url), statements(aylin, tree.index.url)) == before
    assert max(before) <= 20


def test_the_home_page_of_the_tree_is_today(aylin, tree):
    assert tree.home.serve(aylin.get("/principles/").wsgi_request).url == "/"
