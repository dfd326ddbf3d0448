"""The question bank, published through its revisions, and the quizzes that draw from it."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from cms_site.loading.files import BadData, Node, blaming, read_all
from cms_site.loading.progress import Progress
from cms_site.loading.texts import prose
from lessons.language import LANGUAGES
from lessons.models import Competency, LessonPage
from quizzes import practising
from quizzes.models import MultipleChoiceQuestion, Question, Quiz, SingleChoiceQuestion, SituationalQuestion
from quizzes.models.version import Pool

KINDS: dict[str, type[Any]] = {
    model.KIND: model for model in (SingleChoiceQuestion, MultipleChoiceQuestion, SituationalQuestion)
}


def stable_id(*parts: str) -> str:
    """The same id for the same place in the data files, whoever loads them and when."""
    return str(uuid5(NAMESPACE_URL, "/".join(parts)))


def _option(node: Node, slug: str, kind: str) -> dict:
    why = node.get("why") or {}
    value: dict = {f"text_{language}": node.text(language) for language in LANGUAGES}
    value |= {f"why_{language}": why.get(language, "") for language in LANGUAGES}
    if kind == SituationalQuestion.KIND:
        value["ratings"] = node["panel"].data
    else:
        value["correct"] = bool(node.get("correct"))
    return {"type": "option", "id": stable_id(slug, str(node["id"].data)), "value": value}


def _prose(node: Node, key: str) -> dict[str, str]:
    return {name: prose(text) for name, text in node.spoken(key).items()}


def _add_question(node: Node, competencies: dict[str, Competency]) -> None:
    slug, kind = node.text("id"), node.text("kind")
    code = slug.split("-")[0].upper()
    if kind not in KINDS or code not in competencies or node.text("pool") not in Pool:
        raise BadData(f"{node.where}: kind, pool or the competency in the id is unknown")
    question = KINDS[kind](
        item=stable_id(slug),
        slug=slug,
        pool=node.text("pool"),
        competency=competencies[code],
        lever=node.get("lever"),
        source=str(node.get("source", "")),
        angoff=node.number("angoff"),
        options=[_option(option, slug, kind) for option in node["options"]],
        live=False,
        **node.spoken("title"),
        **_prose(node, "stem"),
        **_prose(node, "rationale"),
    )
    with blaming(node):
        question.save()
        question.save_revision().publish()


@transaction.atomic
def load(progress: Progress) -> None:
    """Add and publish the questions that are not there yet."""
    competencies = {row.code: row for row in Competency.objects.all()}
    known = set(Question.objects.non_polymorphic().values_list("slug", flat=True))
    nodes = [node for file in read_all("questions") for node in file if node.text("id") not in known]
    for node in progress(_("Questions"), nodes):
        _add_question(node, competencies)


def load_quizzes() -> Quiz:
    """The knowledge check, the general practice quiz, and one practice quiz for each lesson. Returns the knowledge check."""
    check, _new = Quiz.objects.get_or_create(
        pool=Pool.CHECK, lesson=None, defaults={"title_de": "Wissenscheck", "title_en": "Knowledge check"}
    )
    practising.general_quiz()
    without = LessonPage.objects.filter(locale__language_code="de", quiz=None)
    for lesson in without:
        translation = lesson.get_translations().first() or lesson
        Quiz.objects.create(
            title_de=f"Üben: {lesson.title}"[:120],
            title_en=f"Practice: {translation.title}"[:120],
            pool=Pool.PRACTICE,
            lesson=lesson,
        )
    return check
