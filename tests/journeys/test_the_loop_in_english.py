"""The employee's half of the loop in English, on a phone, in the dark."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.sitting import QUESTIONS, choose, sees_chosen
from tests.journeys.visitor import PHONE, Visitor

ANSWERED = {1: 2, 2: 1, 3: 3}
SAVED = re.compile(r"^Saved \d\d:\d\d$")


def reads_a_lesson(person: Visitor) -> None:
    person.sees("Go on reading")
    link = person.page.get_by_role("region", name="Go on reading").get_by_role("link")
    title = link.inner_text()
    link.click()
    person.heading(title)
    person.sees("minutes", "I know this principle")
    person.check_accessible()
    person.press("End")
    person.sees("You read this lesson to its end today.")


def answers_a_few(person: Visitor) -> None:
    person.opens("Begin the check", "button")
    for position, number in ANSWERED.items():
        person.heading(f"Question {position} of {QUESTIONS}")
        choose(person.page, number)
        expect(person.page.locator(".saved")).to_have_text(SAVED)
        person.check_accessible()
        person.opens("Go on", "button")
    person.heading(f"Question {len(ANSWERED) + 1} of {QUESTIONS}")


def finds_them_again(person: Visitor) -> None:
    person.heading(f"Question {len(ANSWERED) + 1} of {QUESTIONS}")
    for position, number in reversed(ANSWERED.items()):
        person.opens("Back", "button")
        person.heading(f"Question {position} of {QUESTIONS}")
        sees_chosen(person.page, number)


def test_a_check_can_be_left_and_gone_on_with_in_english_on_a_phone(visitor, colleague):
    person = visitor(colleague, viewport=PHONE, language="en-GB", scheme="dark")
    person.go("/en/")
    person.heading("Hello, ")
    person.check_accessible()
    reads_a_lesson(person)

    person.opens("Today")
    answers_a_few(person)
    person.opens("Today")
    person.sees(f"{len(ANSWERED)} of {QUESTIONS} questions have an answer")
    person.check_accessible()
    person.opens("Go on", "button")
    finds_them_again(person)

    person.opens("Overview", "button")
    person.heading("Before you hand in")
    person.sees(f"{QUESTIONS - len(ANSWERED)} questions are not fully answered yet.")
    person.check_accessible()
    person.opens("Hand in", "button")
    person.heading("Your answers are handed in")
    person.sees(f"{len(ANSWERED)} of {QUESTIONS} questions")
    person.check_accessible()
    person.opens("To my card")
    person.heading("My scorecard")
    person.page.get_by_text("How this came about").first.click()
    person.sees("Virtual question, half right")
    person.check_accessible()
