"""Practising: six questions, each explained at once, for the person alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from lessons.models import CourseIndexPage, CoursePage, HomePage, LessonPage
from quizzes import practising
from quizzes.drawing import Candidate
from quizzes.models import Answer, Attempt, Quiz
from tests.conftest import single_choice
from tests.quizzes.conftest import NOW, begin, draft, make_bank, name_of
from tests.quizzes.test_saving import save
from training.models import Evidence


@pytest.fixture
def going(aylin, bank):
    """Aylin's open practice attempt."""
    aylin.post(reverse("practice_start"))
    return Attempt.objects.get()


def page(attempt, number: int) -> str:
    return reverse("attempt_page", args=[attempt.public_id, number])


def right(attempt, position: int) -> dict[str, str]:
    kind = attempt.questions.get(position=position).version.kind
    if kind == "situational":
        return {
            f"q{position}-best": name_of(attempt, position, "a"),
            f"q{position}-worst": name_of(attempt, position, "d"),
        }
    return {f"q{position}-choice": name_of(attempt, position, "a")}


def test_practice_is_six_questions_for_a_week_and_open_to_review_at_once(aylin, going):
    assert going.questions.count() == 6 and going.deadline == NOW + timedelta(days=7) and going.released_at == NOW
    pools = going.questions.values_list("version__question__pool", flat=True)
    assert set(pools) == {"practice"}


def test_the_practice_page_says_that_nobody_else_sees_it(aylin):
    text = aylin.get(reverse("practice")).content.decode()
    assert "Sechs Fragen, drei Minuten" in text and "Niemand außer Ihnen" in text


def test_an_answer_is_explained_at_once_and_stays(aylin, going):
    assert "Begründung" not in aylin.get(page(going, 1)).content.decode()
    response = aylin.post(page(going, 1), {**right(going, 1), "check": "1"})
    assert response.url == page(going, 1) + "#answer-1"
    text = aylin.get(page(going, 1)).content.decode()
    assert "Begründung" in text and "Das passt." in text and 'type="radio"' not in text
    other = {key: name_of(going, 1, "b") for key in right(going, 1)}
    aylin.post(page(going, 1), {**other, "check": "1"})
    assert Answer.objects.count() == 1
    assert "Begründung" not in aylin.get(page(going, 2)).content.decode()


def test_an_empty_answer_is_not_explained(aylin, going):
    response = aylin.post(page(going, 1), {"check": "1"})
    assert response.status_code == 422 and "Bitte wählen Sie zuerst." in response.content.decode()
    assert not Answer.objects.exists() and "Begründung" not in response.content.decode()


def test_skipping_stores_nothing(aylin, going):
    assert aylin.post(page(going, 1), {**right(going, 1), "next": "1"}).url == page(going, 2)
    assert not Answer.objects.exists()


def test_practice_from_the_first_question_to_the_last(aylin, going, cast):
    for position in range(1, 7):
        aylin.post(page(going, position), {**right(going, position), "check": "1"})
    text = aylin.post(page(going, 6), {"submit": "1"}, follow=True).content.decode()
    assert "Das war Ihre Übung" in text and "<dt>ganz richtig</dt><dd>6</dd>" in text
    review = aylin.get(reverse("review", args=[going.public_id])).content.decode()
    assert review.count("Das passt.") == 6
    assert "Noch einmal lesen" in aylin.get(reverse("practice")).content.decode()


def test_practice_is_never_evidence(aylin, going):
    for position in range(1, 7):
        aylin.post(page(going, position), {**right(going, position), "check": "1"})
    aylin.post(reverse("submit", args=[going.public_id]))
    going.refresh_from_db()
    assert going.state == "marked" and not Evidence.objects.exists()


def test_the_autosave_may_not_answer_a_practice_question_twice_either(aylin, going):
    position = next(q.position for q in going.questions.all() if q.version.kind == "single_choice")
    sent = draft(going, position, choice="b")
    assert save(aylin, going, sent).status_code == 200
    assert save(aylin, going, sent).status_code == 200
    refused = save(aylin, going, draft(going, position, choice="a"))
    assert refused.status_code == 409 and "schon beantwortet" in refused.json()["error"]


def test_beginning_again_goes_on_where_one_stopped(aylin, going):
    aylin.post(page(going, 1), {**right(going, 1), "check": "1"})
    assert "Weiter üben" in aylin.get(reverse("practice")).content.decode()
    response = aylin.post(reverse("practice_start"), follow=True)
    assert response.redirect_chain[-1][0] == page(going, 2) and Attempt.objects.count() == 1


def test_after_a_week_a_new_practice_begins(aylin, going, clock):
    clock.now = NOW + timedelta(days=7, seconds=1)
    aylin.post(reverse("practice_start"))
    assert [a.state for a in Attempt.objects.order_by("pk")] == ["marked", "open"]


def test_practice_follows_the_language_of_the_page_it_was_begun_on(aylin, bank):
    text = aylin.post("/en/practice/start/", follow=True).content.decode()
    assert "What helps in" in text and Attempt.objects.get().language == "en"


def test_without_practice_questions_the_page_says_so(aylin, framework):
    response = aylin.post(reverse("practice_start"))
    assert response.status_code == 409 and "noch keine Übungsfragen" in response.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("quiz", ["x", "-1", "0", "99999", "9" * 30])
def test_a_quiz_that_is_not_there_is_404(aylin, bank, quiz):
    assert aylin.post(reverse("practice_start"), {"quiz": quiz}).status_code == 404


def test_a_check_cannot_be_begun_as_practice(aylin, bank, check_quiz):
    assert aylin.post(reverse("practice_start"), {"quiz": check_quiz.pk}).status_code == 404


def test_what_a_check_asks_is_not_explained_on_its_pages(aylin, cast, three_kinds):
    attempt = begin(cast.aylin, three_kinds)
    aylin.post(page(attempt, 1), {"q1-choice": name_of(attempt, 1, "a"), "check": "1"})
    assert "Begründung" not in aylin.get(page(attempt, 1)).content.decode()


# --- drawing --------------------------------------------------------------------------------------------------------


def pool(count: int) -> list[Candidate]:
    return [Candidate(f"{code}-{i}", code, "knowledge", 0.5) for code in ("K1", "K2", "K3") for i in range(count)]


def test_what_was_never_met_is_practised_first_then_the_longest_ago():
    seen = {c.item: date(2026, 1, 1) + timedelta(days=i) for i, c in enumerate(pool(4))}
    del seen["K3-3"]
    items = practising.choose(pool(4), seen=seen, seed=3)
    assert items == ["K3-3", "K1-0", "K1-1", "K1-2", "K1-3", "K2-0"]


def test_competencies_take_turns_among_what_was_never_met():
    items = practising.choose(pool(4), seen={}, seed=3)
    assert sorted(item[:2] for item in items) == ["K1", "K1", "K2", "K2", "K3", "K3"]
    assert items == practising.choose(list(reversed(pool(4))), seen={}, seed=3)


def test_a_small_pool_is_practised_whole():
    assert len(practising.choose(pool(1), seen={}, seed=1)) == 3


# --- lessons --------------------------------------------------------------------------------------------------------


@pytest.fixture
def lesson(framework):
    """A lesson on K2 in both languages, and two practice questions for it; one more on K5."""
    german, english = (Locale.objects.get_or_create(language_code=code)[0] for code in ("de", "en"))
    root = Page.get_first_root_node()

    def tree(locale, slug, title):
        home = root.add_child(instance=HomePage(title=slug, slug=slug, locale=locale))
        index = home.add_child(instance=CourseIndexPage(title="Lernen", slug="lernen", locale=locale))
        course = index.add_child(instance=CoursePage(title="Kurs", slug="kurs", locale=locale))
        return course.add_child(
            instance=LessonPage(title=title, slug="zuhoeren", goal="…", lead="…", body=[], locale=locale)
        )

    page = tree(german, "start", "Zuhören")
    translation = tree(english, "start-en", "Listening")
    LessonPage.objects.filter(pk=translation.pk).update(translation_key=page.translation_key)
    page.competencies.set([framework["K2"]])
    page.save()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page_id": page.get_ancestors()[1].pk, "hostname": "testserver"}
    )
    for i in range(2):
        single_choice(f"k2-p{i}", framework["K2"], pool="practice")
    single_choice("k5-p0", framework["K5"], pool="practice")
    return page


@pytest.fixture
def lesson_quiz(lesson) -> Quiz:
    return Quiz.objects.create(title_de="Üben: Zuhören", title_en="Practice: listening", pool="practice", lesson=lesson)


def shown(page) -> str:
    return Template("{% load quiz_tags %}{% lesson_quiz page %}").render(Context({"page": page})).strip()


def test_a_lessons_practice_asks_about_its_own_competencies(aylin, lesson_quiz):
    aylin.post(reverse("practice_start"), {"quiz": lesson_quiz.pk})
    attempt = Attempt.objects.get()
    assert set(attempt.questions.values_list("version__competency__code", flat=True)) == {"K2"}
    assert attempt.questions.count() == 2 and attempt.title == "Üben: Zuhören"


def test_the_button_stands_on_every_translation_of_the_lesson(lesson_quiz):
    for page in LessonPage.objects.all():
        assert f'name="quiz" value="{lesson_quiz.pk}"' in shown(page)


def test_a_lesson_without_practice_shows_nothing(lesson):
    assert shown(lesson) == ""


def test_the_practice_page_lists_lessons_under_their_title_in_the_pages_language(aylin, lesson_quiz):
    assert "Zuhören" in aylin.get("/practice/").content.decode()
    assert "Listening" in aylin.get("/en/practice/").content.decode()


def test_a_lesson_that_is_not_published_cannot_be_practised(aylin, lesson_quiz, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)
    assert aylin.post(reverse("practice_start"), {"quiz": lesson_quiz.pk}).status_code == 404


def test_all_kinds_can_be_practised(aylin, cast, clock):
    versions = make_bank(pool="practice")
    quiz = Quiz.objects.create(title_de="Üben", title_en="Practice", pool="practice")
    attempt = begin(cast.aylin, versions, quiz=quiz, released=timedelta(0))
    picks = [{"q1-choice": "b"}, {"q2-choice": "a"}, {"q3-best": "a", "q3-worst": "c"}]
    sentences = ["Hier passt etwas anderes besser.", "Das passt zum Teil.", "Das passt zum Teil."]
    for position, (fields, sentence) in enumerate(zip(picks, sentences, strict=True), start=1):
        sent = {name: name_of(attempt, position, letter) for name, letter in fields.items()}
        text = aylin.post(page(attempt, position), {**sent, "check": "1"}, follow=True).content.decode()
        assert sentence in text
