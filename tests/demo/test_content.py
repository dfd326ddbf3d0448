"""The course and the bank as a trainer and a learner find them."""

import shutil
from collections import Counter

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page, Site

from cms_site.loading import files, questions
from cms_site.loading.files import BadData, read_all
from cms_site.loading.texts import prose
from lessons.blocks import PROSE
from lessons.html import clean_html
from lessons.models import CoursePage, LessonPage, Principle
from quizzes.models import Question, QuestionVersion, Quiz
from quizzes.models.question import STEM
from training.models import User

CHECK = {"single_choice": 6, "multiple_choice": 1, "situational": 5}
PRACTICE = {"single_choice": 3, "situational": 2}


@pytest.fixture(scope="module")
def entries():
    return [node for file in read_all("questions") for node in file]


@pytest.mark.parametrize("code", [f"k{n}" for n in range(1, 9)])
def test_each_competency_has_its_questions_of_each_kind(entries, code):
    own = [node for node in entries if node.text("id").startswith(f"{code}-")]
    for pool, wanted in (("check", CHECK), ("practice", PRACTICE)):
        assert Counter(node.text("kind") for node in own if node.text("pool") == pool) == wanted


def test_a_third_of_the_check_questions_are_situations(entries):
    checks = [node.text("kind") for node in entries if node.text("pool") == "check"]
    assert len(checks) == 96 and checks.count("situational") * 3 >= len(checks)


def test_every_question_can_be_asked_under_the_same_ids_whoever_loads_it(demo, entries):
    versions = {v.question.slug: v for v in QuestionVersion.objects.select_related("question")}
    assert len(versions) == len(entries) == QuestionVersion.objects.count()
    version = versions["k1-c01"]
    assert str(version.item) == questions.stable_id("k1-c01")
    assert {option["id"] for option in version.public["options"]} == {questions.stable_id("k1-c01", x) for x in "abc"}


def test_every_lesson_is_live_in_both_languages_with_the_same_blocks(demo):
    german = LessonPage.objects.live().filter(locale__language_code="de")
    assert german.count() == 12
    for lesson in german:
        english = lesson.get_translations().live().get()
        assert [b.block_type for b in english.body] == [b.block_type for b in lesson.body]
        assert english.title != lesson.title
        assert set(english.competencies.all()) == set(lesson.competencies.all())


def test_lessons_have_addresses_of_their_own_language(demo):
    assert Site.objects.get().root_page.locale.language_code == "de"
    german = LessonPage.objects.get(slug="erst-verstehen")
    assert german.url == "/lernen/kundenorientiert-handeln/erst-verstehen/"
    assert german.get_translations().get().url == "/en/learn/acting-for-the-customer/understand-first/"


def test_wagtails_own_welcome_page_is_gone(demo):
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_the_lessons_stand_in_their_order(demo):
    for course in CoursePage.objects.all():
        slugs = [lesson.slug for lesson in course.lessons]
        assert len(slugs) == 12 and slugs[0] in ("mehr-als-freundlich", "more-than-friendly")


def test_every_lesson_has_its_practice_quiz(demo):
    assert Quiz.objects.filter(pool="practice", lesson__locale__language_code="de").count() == 12
    assert Quiz.objects.filter(pool="practice", lesson=None).count() == 1


def test_the_twelve_principles_are_in_force_in_their_first_edition(demo):
    assert set(Principle.objects.in_force().values_list("edition", flat=True)) == {1}
    assert Principle.objects.in_force().count() == 12


def rich_texts():
    for lesson in LessonPage.objects.all():
        for block in lesson.body:
            if block.block_type in ("text", "sources"):
                yield PROSE, block.value.source
    for question in Question.objects.non_polymorphic():
        for field in ("stem_de", "stem_en", "rationale_de", "rationale_en"):
            yield STEM, getattr(question, field)


def test_the_editor_opens_every_text_and_gives_it_back(demo):
    """Draftail fails on tags that are not closed; what it does not know it would lose."""
    for features, html in rich_texts():
        converter = ContentstateConverter(features=features)
        again = converter.to_database_format(converter.from_database_format(html))
        for tag in ("<p", "<li"):
            assert again.count(tag) == html.count(tag), html
        assert again.count("<i>") + again.count("<b>") == html.count("<em>") + html.count("<strong>"), html


def test_markdown_becomes_clean_html_with_closed_tags():
    html = prose("Erst *„hören“*, **dann**  \nreden.\n\n- eins\n- zwei\n\n<script>x</script>")
    assert html.startswith("<p>Erst <em>„hören“</em>, <strong>dann</strong><br/>")
    assert "<script" not in html and "<li>eins</li>" in html
    assert clean_html(html.replace("<br/>", "<br>")) == html.replace("<br/>", "<br>")


def test_a_trainer_opens_a_lesson_and_a_question_in_the_cms(demo, client):
    client.force_login(User.objects.get(username="trainer"))
    lesson = LessonPage.objects.get(slug="erst-verstehen")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 200
    question = Question.objects.get(slug="k2-c01")
    url = type(question).snippet_viewset.get_url_name("edit")
    assert client.get(reverse(url, args=[question.pk])).status_code == 200


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The data files, free to be broken."""
    shutil.copytree(files.DEMO, tmp_path / "demo")
    monkeypatch.setattr(files, "DEMO", tmp_path / "demo")
    return tmp_path / "demo"


def nothing(name, items):
    return iter(items)


def test_a_missing_text_is_named_with_its_file_and_place(demo, copied):
    path = copied / "questions/k2.yaml"
    path.write_text(
        "- {id: k2-c99, pool: check, kind: single_choice, angoff: 60, title: {de: Titel}, stem: {de: a, en: b},\n"
        "   options: [], rationale: {de: a, en: b}}\n"
    )
    with pytest.raises(BadData, match=r"questions/k2.yaml › k2-c99 › title: en is missing"):
        questions.load(nothing)


def test_a_question_without_a_key_is_refused_by_name_and_nothing_is_loaded(demo, copied):
    count = Question.objects.count()
    (copied / "questions/k2.yaml").write_text(
        "- &q {id: k2-c98, pool: check, kind: single_choice, angoff: 60, title: {de: a, en: b}, stem: {de: a, en: b},\n"
        "   options: [{id: a, de: a, en: a, correct: true}, {id: b, de: b, en: b}], rationale: {de: a, en: b}}\n"
        "- {<<: *q, id: k2-c99, options: [{id: a, de: a, en: a}, {id: b, de: b, en: b}]}\n"
    )
    with pytest.raises(BadData, match=r"questions/k2\.yaml › k2-c99 › options"):
        questions.load(nothing)
    assert Question.objects.count() == count
