"""What a trainer does with lessons, principles and competencies in the CMS."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from lessons.models import Competency, LessonPage, Principle
from tests.lessons.conftest import block, make_principle
from training.models import Reading

LANGUAGES = ("de", "en")


@pytest.fixture
def trainer(client, cast):
    """Tara's browser, with the rights a trainer has."""
    cast.tara.groups.set([Group.objects.get(name="trainer")])
    client.force_login(cast.tara)
    return client


def url(model, name, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def principle_form(principle: Principle, **changes) -> dict:
    """The form of a principle as a browser would post it."""
    parts = [f"{kind}_{part}" for kind in ("kept", "broken") for part in ("situation", "customer", "us")]
    names = [f"{name}_{language}" for name in ("sentence", "why", *parts) for language in LANGUAGES]
    data = {name: getattr(principle, name) for name in names}
    competencies = [c.pk for c in principle.competencies.all()]
    return {**data, "number": principle.number, "competencies": competencies, **changes}


def lesson_form(lesson: LessonPage, competencies=(), **changes) -> dict:
    body = streamfield([("text", rich_text("<p>Neuer Satz.</p>")), ("heading", "Eine Überschrift")])
    data = {
        "title": lesson.title,
        "slug": lesson.slug,
        "goal": lesson.goal,
        "lead": lesson.lead,
        "minutes": lesson.minutes,
        "body": body,
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        **changes,
    }
    return nested_form_data(data) | {"competencies": [c.pk for c in competencies or lesson.competencies.all()]}


# --- principles -----------------------------------------------------------------------------------------------------
def test_the_menu_leads_to_principles_and_competencies(trainer):
    page = trainer.get("/admin/").content.decode()
    assert url(Principle, "list") in page and url(Competency, "list") in page


def test_the_lists_lead_to_the_forms(trainer, principle, framework):
    assert url(Principle, "edit", principle.pk) in trainer.get(url(Principle, "list")).content.decode()
    assert url(Competency, "edit", framework["K2"].pk) in trainer.get(url(Competency, "list")).content.decode()


def test_the_list_is_found_by_the_words_of_either_language(trainer, principle):
    make_principle(8, sentence_de="Wir fragen zuerst.", sentence_en="We ask first.")
    for words, found in (("fragen", True), ("ask first", True), ("Ende", False)):
        page = trainer.get(url(Principle, "list"), {"q": words}).content.decode()
        assert ("Wir fragen zuerst." in page) is found, words


def test_publishing_a_changed_sentence_in_the_cms_asks_people_again(trainer, principle):
    data = principle_form(principle, sentence_de="Ganz anders gesagt.", **{"action-publish": "1"})
    assert trainer.post(url(Principle, "edit", principle.pk), data).status_code == 302
    principle.refresh_from_db()
    assert (principle.sentence_de, principle.edition) == ("Ganz anders gesagt.", 2)


def test_reverting_in_the_cms_asks_people_again_too(trainer, principle):
    first = principle.latest_revision
    data = principle_form(principle, sentence_de="Ganz anders gesagt.", **{"action-publish": "1"})
    trainer.post(url(Principle, "edit", principle.pk), data)
    back = principle_form(first.as_object(), **{"action-publish": "1"})
    trainer.post(url(Principle, "revisions_revert", principle.pk, first.pk), back)
    principle.refresh_from_db()
    assert (principle.sentence_de, principle.edition) == ("Wir hören zu Ende (2).", 3)


def test_a_draft_in_the_cms_changes_nothing_for_people(trainer, principle):
    trainer.post(url(Principle, "edit", principle.pk), principle_form(principle, sentence_de="Noch unfertig."))
    principle.refresh_from_db()
    assert (principle.sentence_de, principle.edition) == ("Wir hören zu Ende (2).", 1)
    assert "Entwurf" in trainer.get(url(Principle, "list")).content.decode()


def test_half_a_principle_is_not_published_and_the_form_says_why(trainer, principle):
    data = principle_form(principle, sentence_en="", competencies=[], **{"action-publish": "1"})
    response = trainer.post(url(Principle, "edit", principle.pk), data)
    assert response.status_code == 200 and "Dieses Feld muss ausgefüllt werden." in response.content.decode()
    principle.refresh_from_db()
    assert principle.sentence_en == "We hear people out (2)."


def test_a_new_principle_is_written_and_published(trainer, principle, framework):
    data = principle_form(
        principle, number=7, sentence_de="Neu.", competencies=[framework["K3"].pk], **{"action-publish": "1"}
    )
    assert trainer.post(url(Principle, "add"), data).status_code == 302
    assert Principle.objects.in_force().get(number=7).edition == 1


def test_a_draft_that_saved_itself_meanwhile_is_no_error_of_ours(trainer, principle, framework, monkeypatch):
    """Both requests have passed the form's check when the first of them inserts."""
    monkeypatch.setattr(Principle, "validate_unique", lambda self, exclude=None: None)
    data = principle_form(principle, competencies=[framework["K2"].pk], **{"action-publish": "1"})
    answer = trainer.post(url(Principle, "add"), data)
    assert answer.status_code == 200
    assert "eben schon als Entwurf gespeichert" in answer.content.decode()
    assert Principle.objects.count() == 1


def test_the_preview_of_a_principle_shows_what_is_in_the_form_in_both_languages(trainer, principle):
    data = principle_form(principle, sentence_de="Im Entwurf.", sentence_en="In the draft.")
    for address, number in (
        (url(Principle, "preview_on_edit", principle.pk), 2),
        (url(Principle, "preview_on_add"), 8),
    ):
        assert trainer.post(address, data | {"number": number}).json()["is_valid"]
        page = trainer.get(address).content.decode()
        assert "Im Entwurf." in page and "In the draft." in page and "Ich kenne diesen Grundsatz" in page


def test_copying_a_principle_never_changes_the_original(trainer, principle):
    address = url(Principle, "copy", principle.pk)
    assert trainer.post(address, principle_form(principle, sentence_de="Gekapert.")).status_code == 405
    principle.refresh_from_db()
    assert principle.sentence_de == "Wir hören zu Ende (2)."
    competency = principle.competencies.first()
    assert trainer.post(url(Competency, "copy", competency.pk), competency_form(competency)).status_code == 405


def test_the_list_of_principles_costs_the_same_for_two_and_for_ten(trainer, principle, django_assert_max_num_queries):
    for number in range(3, 12):
        make_principle(number)
    trainer.get(url(Principle, "list"))
    with django_assert_max_num_queries(30):
        trainer.get(url(Principle, "list"))


@pytest.mark.parametrize("who", ["aylin", "miriam", "hanna"])
def test_nobody_but_trainers_changes_a_principle(client, cast, principle, who):
    client.force_login(getattr(cast, who))
    data = principle_form(principle, sentence_de="Gekapert.", **{"action-publish": "1"})
    response = client.post(url(Principle, "edit", principle.pk), data)
    assert response.status_code in (302, 403)
    principle.refresh_from_db()
    assert principle.sentence_de == "Wir hören zu Ende (2)."


# --- competencies ---------------------------------------------------------------------------------------------------
def competency_form(competency: Competency, levels: int = 4) -> dict:
    rows = [{"level": n, "behaviour_de": f"Tut {n}", "behaviour_en": f"Does {n}"} for n in range(1, levels + 1)]
    texts = {
        f"{name}_{language}": f"{name} {language}" for name in ("name", "short", "definition") for language in LANGUAGES
    }
    data = {**texts, "code": competency.code, "position": 1, "core": "on", "frame": "Rogers"}
    return nested_form_data({**data, "levels": inline_formset(rows)}) | {"levers": ["1", "6"]}


def test_a_competency_is_described_by_four_levels_of_behaviour(trainer, framework):
    competency = framework["K2"]
    assert trainer.post(url(Competency, "edit", competency.pk), competency_form(competency)).status_code == 302
    competency.refresh_from_db()
    assert [row.behaviour_de for row in competency.levels.all()] == ["Tut 1", "Tut 2", "Tut 3", "Tut 4"]
    assert competency.levers == [1, 6]


def test_three_levels_are_not_enough(trainer, framework):
    response = trainer.post(url(Competency, "edit", framework["K2"].pk), competency_form(framework["K2"], levels=3))
    assert response.status_code == 200 and framework["K2"].levels.count() == 0


def test_a_competency_in_use_is_kept(trainer, plan, framework):
    trainer.post(url(Competency, "delete", framework["K2"].pk))
    assert Competency.objects.filter(pk=framework["K2"].pk).exists()


# --- lessons --------------------------------------------------------------------------------------------------------
def test_a_trainer_edits_and_publishes_a_lesson(trainer, tree):
    lesson = tree.lessons[0]
    data = lesson_form(lesson, title="Neuer Titel") | {"action-publish": "1"}
    assert trainer.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data).status_code == 302
    lesson.refresh_from_db()
    assert lesson.live and lesson.title == "Neuer Titel" and "Neuer Satz." in str(lesson.body)


def test_both_trees_stand_side_by_side(trainer, tree, english):
    page = trainer.get(reverse("wagtailadmin_pages:edit", args=[tree.lessons[0].pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[english(tree.lessons[0]).pk]) in page


def test_a_trainer_writes_a_new_lesson_below_the_course(trainer, tree):
    draft = LessonPage(title="Vier", slug="vier", goal="Ein Ziel.", lead="Ein Vorspann.", minutes=6)
    data = lesson_form(draft, competencies=tree.lessons[0].competencies.all()) | {"action-publish": "1"}
    address = reverse("wagtailadmin_pages:add", args=["lessons", "lessonpage", tree.course.pk])
    assert trainer.post(address, data).status_code == 302
    assert trainer.get("/lernen/kurs/vier/").status_code == 200


def test_a_lesson_without_a_goal_is_refused_with_the_field_named(trainer, tree):
    lesson = tree.lessons[0]
    data = lesson_form(lesson, goal="") | {"action-publish": "1"}
    response = trainer.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)
    assert response.status_code == 200 and "Dieses Feld muss ausgefüllt werden." in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.goal


def test_the_preview_is_what_a_learner_will_see_and_counts_as_no_reading(trainer, tree, principle):
    lesson = tree.write(4, [block("principle", {"principle": principle.pk})])
    data = lesson_form(lesson, title="Im Entwurf")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert trainer.post(address, data).json()["is_valid"]
    page = trainer.get(address).content.decode()
    assert "Im Entwurf" in page and "Lektion 4 von 4" in page and "Neuer Satz." in page
    assert "data-reading" not in page and "csrfmiddlewaretoken" not in page
    assert not Reading.objects.exists()


def test_a_lesson_not_yet_saved_can_be_previewed(trainer, tree):
    draft = LessonPage(title="Fünf", slug="fuenf", goal="Ein Ziel.", lead="Ein Vorspann.", minutes=6)
    data = lesson_form(draft, competencies=tree.lessons[0].competencies.all())
    address = reverse("wagtailadmin_pages:preview_on_add", args=["lessons", "lessonpage", tree.course.pk])
    assert trainer.post(address, data).json()["is_valid"]
    response = trainer.get(address)
    assert response.status_code == 200 and "Fünf" in response.content.decode()


def test_a_preview_without_a_person_stands_too(tree, principle):
    lesson = tree.write(4, [block("principle", {"principle": principle.pk})])
    for previewed in (lesson, principle, tree.course, tree.index, tree.home):
        response = previewed.make_preview_request()
        assert response.status_code == 200, previewed


# --- pictures -------------------------------------------------------------------------------------------------------
WHOLE = get_test_image_file(filename="bild.png", size=(400, 300)).file.getvalue()
BROKEN = {
    "words": b"only words",
    "a beginning and no more": b"\x89PNG\r\n\x1a\n broken",
    "half a picture": WHOLE[: len(WHOLE) // 2],
    "nothing": b"",
    "another format": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def upload(trainer, content: bytes):
    file = SimpleUploadedFile("bild.png", content, content_type="image/png")
    return trainer.post(reverse("wagtailimages:add_multiple"), {"title": "Bild", "files[]": file})


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_picture_is_refused_with_a_sentence(trainer, content):
    answer = upload(trainer, content).json()
    assert answer["success"] is False and len(answer["error_message"].split()) > 3
    assert not Image.objects.exists()


def test_a_whole_picture_is_taken_in(trainer):
    assert upload(trainer, WHOLE).json()["success"] is True and Image.objects.count() == 1
