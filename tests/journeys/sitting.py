"""A check as a person meets it: begin it, choose, go on."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.visitor import Visitor

SAVED = re.compile(r"^Gespeichert \d\d:\d\d$")
QUESTIONS = 20


def begins_the_check(who: Visitor) -> str:
    """From *Heute*; the address of the attempt."""
    who.opens("Check beginnen", "button")
    who.heading(f"Frage 1 von {QUESTIONS}")
    return "/".join(who.path().split("/")[:3]) + "/"


def option(page: Page, number: int) -> Locator:
    """The n-th answer on the page; of a situation, as the best."""
    return page.locator(".choice label:has(input[name$=best]), label.pick").nth(number - 1)


def choose(page: Page, number: int) -> None:
    """Choose an answer; of a situation, the next one as the worst."""
    option(page, number).click()
    for worst in page.locator(".choice label:has(input[name$=worst])").all()[number : number + 1]:
        worst.click()


def sees_that_keys_are_heard(page: Page) -> None:
    """The page offers its keys once it listens to them."""
    expect(page.get_by_text("Tasten", exact=True)).to_be_visible()


def sees_chosen(page: Page, number: int) -> None:
    expect(option(page, number).locator("input")).to_be_checked()


def sees_saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text(SAVED)


def sees_kept_here(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("Keine Verbindung: Ihre Antwort ist auf diesem Gerät gesichert.")


def goes_on(page: Page, position: int) -> None:
    """To the next question, which is the one at ``position``."""
    page.get_by_role("button", name="Weiter", exact=True).click()
    expect(page.locator("h1")).to_contain_text(f"Frage {position} von")
