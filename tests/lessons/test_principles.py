"""Principles are read, acknowledged once, and asked again when they read differently."""

from __future__ import annotations

import pytest

from lessons.models import Principle
from tests.lessons.conftest import block, make_principle
from tests.lessons.test_courses import text_of
from tests.lessons.test_lesson_page import statements
from training.models import Acknowledgement

JSON = {"headers": {"accept": "application/json"}}
KNOWN, ASKED, ANEW = "Sie kennen diesen Grundsatz seit heute.", "Ich kenne diesen Grundsatz", "Neu gefasst"


def say_known(client, principle, edition=None, **more):
    data = {"edition": principle.edition if edition is None else edition, "next": "/principles/#p2"}
    return client.post(f"/principles/{principle.pk}/acknowledge/", data, **more)


def reword(principle, **changes) -> Principle:
    """What a trainer does: change the latest, and publish."""
    latest = Principle.objects.get(pk=principle.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(latest, name, value)
    latest.save_revision().publish()
    return Principle.objects.get(pk=principle.pk)


def test_the_page_shows_each_principle_with_its_story(aylin, principle):
    text = text_of(aylin.get("/principles/"))
    for words in (
        "Grundsatz 2",
        "Wir hören zu Ende (2).",
        "Weil halbe Sätze täuschen.",
        "kept us de",
        "broken customer de",
    ):
        assert words in text
    assert "Dient: K2" in text and ASKED in text and "Sie kennen 0 von 1 Grundsatz." in text


def test_an_address_with_a_number_leads_to_its_place(aylin, principle):
    assert aylin.get("/principles/2/").url == "/principles/#p2"
    assert aylin.get("/principles/99/").status_code == 404


def test_a_principle_is_acknowledged_with_a_plain_form(aylin, cast, principle):
    assert say_known(aylin, principle).url == "/principles/#p2"
    row = Acknowledgement.objects.get()
    assert (row.user, row.edition, row.sentence) == (cast.aylin, 1, "Wir hören zu Ende (2).")
    page = text_of(aylin.get("/principles/"))
    assert KNOWN in page and ASKED not in page and "Sie kennen 1 von 1 Grundsatz." in page


def test_a_script_is_told_the_sentence(aylin, principle):
    assert say_known(aylin, principle, **JSON).json() == {"sentence": KNOWN}


def test_saying_it_twice_is_saying_it_once(aylin, principle):
    say_known(aylin, principle)
    say_known(aylin, principle)
    assert Acknowledgement.objects.count() == 1


def test_a_changed_sentence_asks_again_and_keeps_what_was_said(aylin, principle):
    say_known(aylin, principle)
    principle = reword(principle, sentence_de="Wir hören zu Ende und fragen nach.")
    page = text_of(aylin.get("/principles/"))
    assert principle.edition == 2 and ANEW in page and ASKED in page and "Sie kennen 0 von 1" in page
    say_known(aylin, principle)
    assert KNOWN in text_of(aylin.get("/principles/"))
    assert [row.edition for row in Acknowledgement.objects.order_by("edition")] == [1, 2]


def test_a_change_in_either_language_asks_again_but_a_change_of_the_story_does_not(principle):
    assert reword(principle, why_de="Weil es Zeit spart.").edition == 1
    assert reword(principle, sentence_en="We hear everybody out.").edition == 2


def test_an_unpublished_draft_asks_nobody(aylin, principle):
    say_known(aylin, principle)
    principle.sentence_de = "Noch nicht fertig."
    principle.save_revision()
    page = text_of(aylin.get("/principles/"))
    assert KNOWN in page and "Noch nicht fertig." not in page


def test_an_old_revision_brought_back_asks_again(principle):
    first = principle.latest_revision
    reword(principle, sentence_de="Zweite Fassung.")
    first.refresh_from_db()
    first.publish()
    assert Principle.objects.get(pk=principle.pk).edition == 3


def test_a_stale_copy_does_not_lose_the_edition(principle):
    stale = Principle.objects.get(pk=principle.pk)
    reword(principle, sentence_de="Zweite Fassung.")
    stale.sentence_de = "Dritte Fassung."
    stale.save_revision().publish()
    assert Principle.objects.get(pk=principle.pk).edition == 3


def test_a_principle_that_was_never_published_by_a_revision_asks_again_too(framework):
    loaded = make_principle(5, publish=False)
    Principle.objects.filter(pk=loaded.pk).update(live=True)
    assert reword(loaded, sentence_de="Anders.").edition == 2


def test_nobody_acknowledges_a_wording_they_have_not_seen(aylin, principle):
    reword(principle, sentence_de="Inzwischen anders.")
    response = say_known(aylin, principle, edition=1, **JSON)
    assert response.status_code == 409 and "inzwischen neu gefasst" in response.json()["sentence"]
    response = aylin.post(f"/principles/{principle.pk}/acknowledge/", {"edition": 1}, follow=True)
    assert "inzwischen neu gefasst" in text_of(response)
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("edition", ["", "x", "-1", "99", "1" * 400])
def test_a_broken_form_acknowledges_nothing(aylin, principle, edition):
    assert say_known(aylin, principle, edition=edition, **JSON).status_code == 409
    assert not Acknowledgement.objects.exists()


def test_what_is_not_in_force_is_not_there(aylin, principle):
    draft = make_principle(9, publish=False)
    assert say_known(aylin, draft).status_code == 404
    assert aylin.post("/principles/4711/acknowledge/", {"edition": 1}).status_code == 404
    assert "Grundsatz 9" not in text_of(aylin.get("/principles/"))


def test_acknowledging_wants_a_post_and_a_person(aylin, client, principle):
    url = f"/principles/{principle.pk}/acknowledge/"
    assert aylin.get(url).status_code == 405
    aylin.logout()
    assert client.get("/principles/").url.startswith("/accounts/login/")
    assert client.post(url, {"edition": 1}).url.startswith("/accounts/login/")


def test_the_lesson_asks_and_remembers_too(aylin, tree, principle):
    lesson = tree.write(4, [block("principle", {"principle": principle.pk})])
    assert ASKED in text_of(aylin.get(lesson.url))
    say_known(aylin, principle)
    assert KNOWN in text_of(aylin.get(lesson.url))


def test_what_one_person_knows_is_not_what_another_knows(aylin, client, cast, principle):
    say_known(aylin, principle)
    client.force_login(cast.ben)
    assert ASKED in text_of(client.get("/principles/"))


def test_principles_cost_the_same_for_one_and_for_ten(aylin, principle, framework):
    before = statements(aylin, "/principles/")
    for number in range(3, 12):
        make_principle(number, competencies=[framework["K2"], framework["K3"]])
    assert statements(aylin, "/principles/") == before <= 12
