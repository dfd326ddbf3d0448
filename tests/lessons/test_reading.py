"""How far somebody has read: kept for them, never going back, told to nobody."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from training.models import Reading
from training.reading import read_to

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def lesson(tree):
    return tree.lessons[0]


def tell(client, lesson, **data):
    return client.post(f"/reading/{lesson.translation_key}/", data, **JSON)


def kept(cast, lesson) -> Reading:
    return Reading.objects.get(user=cast.aylin, lesson=lesson.translation_key)


def test_the_furthest_place_is_kept(aylin, cast, lesson):
    assert tell(aylin, lesson, position=40).json() == {"position": 40, "sentence": ""}
    assert tell(aylin, lesson, position=20).json()["position"] == 40
    assert tell(aylin, lesson, position=70).json()["position"] == 70
    assert kept(cast, lesson).finished_at is None


def test_the_end_of_the_text_finishes_the_lesson_for_good(aylin, cast, lesson):
    assert tell(aylin, lesson, position=100).json()["sentence"] == "Sie haben diese Lektion heute zu Ende gelesen."
    first = kept(cast, lesson).finished_at
    tell(aylin, lesson, position=10)
    tell(aylin, lesson, position=100)
    assert kept(cast, lesson).finished_at == first and kept(cast, lesson).position == 100


def test_the_button_works_without_javascript_and_leads_back(aylin, cast, lesson):
    response = aylin.post(f"/reading/{lesson.translation_key}/", {"finished": "1", "next": f"{lesson.url}#end"})
    assert response.status_code == 302 and response.url == f"{lesson.url}#end"
    page = aylin.get(lesson.url).content.decode()
    assert "Sie haben diese Lektion heute zu Ende gelesen." in page and "Als gelesen markieren" not in page


def test_the_button_leads_to_no_other_house(aylin, lesson):
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = aylin.post(f"/reading/{lesson.translation_key}/", {"finished": "1", "next": elsewhere})
        assert response.url == "/courses/"


@pytest.mark.parametrize("position", ["", "-1", "101", "40.5", "weit", "1e1", "٤٠", "9" * 400])
def test_a_position_that_is_none_changes_nothing_and_says_so(aylin, lesson, position):
    response = tell(aylin, lesson, position=position)
    assert response.status_code == 422
    assert (
        response.json()["sentence"] == "Wie weit Sie gelesen haben, war nicht zu verstehen. Es wurde nichts geändert."
    )
    assert not Reading.objects.exists()


def test_a_lesson_that_is_not_published_is_not_there(aylin, tree, lesson, english):
    assert aylin.post(f"/reading/{uuid.uuid4()}/", {"position": 5}).status_code == 404
    lesson.unpublish()
    assert tell(aylin, lesson, position=5).status_code == 200  # it is still there in English
    english(lesson).unpublish()
    assert tell(aylin, lesson, position=5).status_code == 404


def test_reading_wants_a_post_and_a_person(aylin, client, lesson):
    url = f"/reading/{lesson.translation_key}/"
    assert aylin.get(url).status_code == 405
    aylin.logout()
    assert client.post(url, {"position": 5}).url.startswith("/accounts/login/")
    assert not Reading.objects.exists()


def test_who_comes_back_is_offered_their_place_and_not_moved(aylin, cast, lesson, now):
    read_to(lesson.translation_key, user=cast.aylin, position=50, now=now)
    page = aylin.get(lesson.url).content.decode()
    assert 'data-resume="50" hidden' in page and "Weiterlesen: ab hier" in page and "noch 4 Minuten" in page


def test_who_is_new_or_done_is_offered_no_place(aylin, cast, lesson, now):
    assert "data-resume" not in aylin.get(lesson.url).content.decode()
    read_to(lesson.translation_key, user=cast.aylin, position=100, now=now, finished=True)
    assert "data-resume" not in aylin.get(lesson.url).content.decode()


def test_progress_is_one_in_both_languages(aylin, lesson, english):
    aylin.post(f"/en/reading/{lesson.translation_key}/", {"position": 60}, **JSON)
    assert 'data-resume="60"' in aylin.get(lesson.url).content.decode()
    assert 'data-resume="60"' in aylin.get(english(lesson).url).content.decode()


def test_an_earlier_day_is_said_as_people_say_it(aylin, cast, lesson, now):
    read_to(
        lesson.translation_key, user=cast.aylin, position=100, now=now.replace(year=2024, month=3, day=3), finished=True
    )
    page = aylin.get(lesson.url).content.decode()
    assert "Sie haben diese Lektion am 3. März 2024 zu Ende gelesen." in page


def test_a_report_without_the_page_s_token_is_refused(cast, lesson):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.aylin)
    assert strict.post(f"/reading/{lesson.translation_key}/", {"position": 5}).status_code == 403
    token = strict.get(lesson.url).cookies["csrftoken"].value
    answer = strict.post(f"/reading/{lesson.translation_key}/", {"position": 5, "csrfmiddlewaretoken": token}, **JSON)
    assert answer.status_code == 200
