"""The trainer writes in the CMS, and people read, are asked and practise what was published."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

LESSON = "Leitlinien im Alltag"
LEAD = "Ein Vorspann, den die Trainerin eben geändert hat."
PRINCIPLE = "p12"
SENTENCE = "Wir sagen am selben Tag, was wir tun können, auch wenn es noch keine Lösung ist."
RATINGS = ([5, 5, 4, 5, 5], [3, 3, 3, 2, 3], [1, 1, 2, 1, 1])


@dataclass(frozen=True)
class Kind:
    """A kind of question as *add* offers it, with three answers and what is said of each."""

    label: str
    correct: tuple[int, ...] = ()
    rated: bool = False


KINDS = [
    Kind("Frage mit Einfachauswahl", correct=(0,)),
    Kind("Frage mit Mehrfachauswahl", correct=(0, 1)),
    Kind("Situationsfrage", rated=True),
]


@pytest.fixture
def trainer(visitor) -> Visitor:
    """Tobias, in the CMS."""
    who = visitor("trainer")
    who.go("/admin/")
    return who


def choose_from_menu(trainer: Visitor, group: str, entry: str) -> None:
    trainer.page.get_by_role("button", name=group, exact=True).click()
    trainer.page.locator("nav").get_by_role("link", name=entry, exact=True).click()
    expect(trainer.page.locator("h1, header h2").filter(has_text=entry).first).to_be_attached()


def publish(trainer: Visitor) -> None:
    trainer.page.get_by_role("button", name="Mehr Aktionen").click()
    trainer.page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(trainer.page.get_by_text("veröffentlicht.").first).to_be_visible()


def write(trainer: Visitor, field: str, text: str) -> None:
    """Into a rich text field."""
    trainer.page.locator(f"[data-contentpath={field}] [contenteditable=true]").click()
    trainer.page.keyboard.insert_text(text)


def test_what_the_trainer_publishes_in_a_lesson_is_what_people_read(trainer, visitor):
    page = trainer.page
    trainer.go(f"/admin/pages/search/?q={LESSON}")
    page.get_by_role("link", name=LESSON).first.click()
    page.locator("[name=lead]").fill(LEAD)
    page.get_by_role("button", name="Vorschau umschalten").click()
    expect(page.frame_locator("#w-preview-iframe").locator(".lead")).to_have_text(LEAD)
    reader = visitor("hr")
    reader.go("/lernen/kundenorientiert-handeln/leitlinien-im-alltag/")
    reader.sees_not(LEAD)
    publish(trainer)
    reader.page.reload()
    reader.sees(LEAD)


def test_a_changed_principle_asks_people_again(trainer, visitor):
    reader = visitor("council")
    reader.go("/principles/")
    principle = reader.page.locator(f"#{PRINCIPLE}")
    principle.get_by_role("button", name="Ich kenne diesen Grundsatz").click()
    expect(principle).to_contain_text("Sie kennen diesen Grundsatz seit heute.")

    choose_from_menu(trainer, "Leitlinie", "Grundsätze")
    trainer.page.get_by_role("link", name="12. ").click()
    trainer.page.locator("[name=sentence_de]").fill(SENTENCE)
    publish(trainer)

    reader.page.reload()
    expect(principle).to_contain_text(SENTENCE)
    expect(principle).to_contain_text("Neu gefasst: bitte noch einmal lesen.")
    reader.check_accessible()
    principle.get_by_role("button", name="Ich kenne diesen Grundsatz").click()
    expect(principle).to_contain_text("Sie kennen diesen Grundsatz seit heute.")


def fill_in_options(trainer: Visitor, kind: Kind) -> None:
    """Three answers in both languages, with the key of the kind."""
    options = trainer.page.locator("[data-contentpath=options]")
    for i in range(3):
        options.get_by_role("button", name="Einen Block einfügen").last.click()
        for language in ("de", "en"):
            options.locator(f"[name=options-{i}-value-text_{language}]").fill(f"Antwort {i + 1} ({language})")
        if i in kind.correct:
            correct = options.locator(f"[name=options-{i}-value-correct]")
            correct.press("Space")  # a new answer still slides into place; a click could miss it
            expect(correct).to_be_checked()
        if kind.rated:
            rate(trainer, i)


def rate(trainer: Visitor, option: int) -> None:
    """One number for each member of the panel."""
    ratings = trainer.page.locator("[data-contentpath=ratings]").nth(option)
    for judge, rating in enumerate(RATINGS[option]):
        field = ratings.locator(f"[name=options-{option}-value-ratings-{judge}-value]")
        if judge:
            ratings.get_by_role("button", name="Hinzufügen").last.click()
        field.fill(str(rating))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.label)
def test_a_question_of_each_kind_can_be_added_and_published(trainer, kind):
    page, title = trainer.page, f"Probe: {kind.label}"
    choose_from_menu(trainer, "Quiz", "Fragen")
    page.get_by_role("link", name="Frage hinzufügen").click()
    page.get_by_role("link", name=kind.label).click()
    for field in ("title_de", "title_en"):
        page.locator(f"[name={field}]").fill(title)
    for field in ("stem_de", "stem_en", "rationale_de", "rationale_en"):
        write(trainer, field, "Was hilft hier am ehesten?")
    fill_in_options(trainer, kind)
    page.locator("[name=slug]").fill(f"probe-{KINDS.index(kind)}")
    page.locator("[name=pool]").select_option("practice")
    page.get_by_role("button", name="Kompetenz auswählen").click()
    page.get_by_role("link", name="K2 ").click()
    expect(page.locator("[data-contentpath=competency]")).to_contain_text("K2 Aktiv zuhören")
    page.wait_for_url("**/edit/**")  # the draft saves itself; publishing meanwhile would be two at once
    publish(trainer)
    trainer.go("/admin/snippets/quizzes/question/?q=Probe")
    row = page.locator("tr", has_text=title)
    expect(row).to_contain_text("Übung")
    expect(row).to_contain_text("ja")


def test_a_broken_picture_is_refused_with_a_sentence(trainer):
    page = trainer.page
    trainer.go("/admin/images/add/")
    page.locator("[name=title]").fill("Die vier Seiten")
    broken = {"name": "vier-seiten.png", "mimeType": "image/png", "buffer": b"das ist kein Bild"}
    page.set_input_files("[name=file]", files=[broken])
    page.get_by_role("button", name="Hochladen").click()
    expect(page.locator(".error-message").first).to_be_visible()
    said = " ".join(page.locator(".error-message").all_inner_texts())
    assert "kein" in said and "Bild" in said
    trainer.go("/admin/images/")
    expect(page.locator("body")).not_to_contain_text("Die vier Seiten")
