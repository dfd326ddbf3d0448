"""What a trainer does with questions in the CMS."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from quizzes.models import Question, QuestionVersion, SingleChoiceQuestion, SituationalQuestion
from tests.conftest import multiple_choice, option_id, single_choice, situational


@pytest.fixture
def trainer(client, cast):
    """Tara, signed in with the rights a trainer has."""
    cast.tara.groups.set([Group.objects.get(name="trainer")])
    client.force_login(cast.tara)
    return client


def url(kind, name, *args):
    return reverse(kind.snippet_viewset.get_url_name(name), args=args)


def form_of(question, **changes):
    """The edit form of a choice question as a browser would post it."""
    fields = ("title_de", "title_en", "slug", "pool", "competency_id", "angoff")
    data = {name.removesuffix("_id"): getattr(question, name) for name in fields}
    for name in ("stem_de", "stem_en", "rationale_de", "rationale_en"):
        data[name] = (
            '{"blocks":[{"key":"a","text":"Was hilft?","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'
        )
    data |= {"lever": "", "source": "", "options-count": 3}
    for i, letter in enumerate("abc"):
        prefix = f"options-{i}"
        data |= {
            f"{prefix}-deleted": "",
            f"{prefix}-order": i,
            f"{prefix}-type": "option",
            f"{prefix}-id": option_id(question.slug, letter),
        }
        data |= {f"{prefix}-value-text_de": f"Antwort {letter}", f"{prefix}-value-text_en": f"Answer {letter}"}
        data |= {f"{prefix}-value-why_de": "", f"{prefix}-value-why_en": ""}
        if letter == "a":
            data[f"{prefix}-value-correct"] = "on"
    return {**data, **changes}


def test_the_list_shows_every_kind_and_leads_to_its_own_form(trainer, framework):
    kinds = [maker(f"q{i}", framework["K2"]) for i, maker in enumerate((single_choice, multiple_choice, situational))]
    page = trainer.get(url(Question, "list"))
    for question in kinds:
        assert url(type(question), "edit", question.pk) in page.content.decode()


def test_the_list_costs_the_same_for_ten_and_for_twenty(trainer, framework, django_assert_max_num_queries):
    for i in range(20):
        single_choice(f"q{i}", framework["K2"])
    trainer.get(url(Question, "list"))
    with django_assert_max_num_queries(45):
        trainer.get(url(Question, "list"))


def test_add_asks_for_the_kind(trainer):
    page = trainer.get(url(Question, "add")).content.decode()
    for kind in (SingleChoiceQuestion, SituationalQuestion):
        assert url(kind, "add") in page


def test_each_kind_has_its_own_form(trainer, framework):
    assert "correct" in trainer.get(url(SingleChoiceQuestion, "add")).content.decode()
    assert "ratings" in trainer.get(url(SituationalQuestion, "add")).content.decode()


def test_publishing_in_the_admin_compiles_a_new_version(trainer, framework):
    question = single_choice("q", framework["K2"])
    answer = trainer.post(
        url(SingleChoiceQuestion, "edit", question.pk), form_of(question, title_de="Neu", **{"action-publish": "1"})
    )
    assert answer.status_code == 302, answer.context["form"].errors
    versions = QuestionVersion.objects.filter(question=question).order_by("number")
    assert [v.public["title"]["de"] for v in versions] == ["Frage q", "Neu"]
    assert [v.is_newest for v in versions] == [False, True]


def test_a_draft_changes_nothing_that_is_asked(trainer, framework):
    question = single_choice("q", framework["K2"])
    trainer.post(url(SingleChoiceQuestion, "edit", question.pk), form_of(question, title_de="Entwurf"))
    assert [v.public["title"]["de"] for v in QuestionVersion.objects.filter(question=question)] == ["Frage q"]


def test_a_question_without_a_right_option_is_refused_with_a_sentence(trainer, framework):
    question = single_choice("q", framework["K2"])
    form = form_of(question, **{"action-publish": "1"})
    del form["options-0-value-correct"]
    answer = trainer.post(url(SingleChoiceQuestion, "edit", question.pk), form)
    assert answer.status_code == 200 and "options" in answer.context["form"].errors
    assert QuestionVersion.objects.filter(question=question).count() == 1


def test_publishing_the_same_again_makes_no_new_version(framework):
    question = single_choice("q", framework["K2"])
    question.save_revision().publish()
    assert question.versions.count() == 1


def test_a_preview_shows_the_question_without_its_key(trainer, framework):
    question = single_choice("q", framework["K2"])
    preview = url(SingleChoiceQuestion, "preview_on_edit", question.pk)
    trainer.post(preview, form_of(question))
    page = trainer.get(preview)
    assert page.status_code == 200 and "Antwort a" in page.content.decode()
    assert "Begründung" not in page.content.decode()


def test_copying_by_post_cannot_overwrite_the_original(trainer, framework):
    question = single_choice("q", framework["K2"])
    assert trainer.post(url(SingleChoiceQuestion, "copy", question.pk), form_of(question)).status_code == 405


def test_a_question_that_was_asked_cannot_be_deleted(trainer, framework):
    question = single_choice("q", framework["K2"])
    answer = trainer.post(url(SingleChoiceQuestion, "delete", question.pk), follow=True)
    assert answer.status_code == 200 and list(answer.context["messages"])
    assert Question.objects.filter(pk=question.pk).exists()


@pytest.mark.parametrize("who", ["aylin", "miriam", "council"])
def test_who_is_no_trainer_does_not_reach_the_questions(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(url(Question, "list")).status_code in (302, 403)
    assert client.get(url(SingleChoiceQuestion, "add")).status_code in (302, 403)
