"""What goes wrong while somebody answers, and what becomes of the answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.sitting import (
    QUESTIONS,
    begins_the_check,
    choose,
    goes_on,
    option,
    sees_chosen,
    sees_kept_here,
    sees_saved,
)

SAVING = "**/attempts/*/answers/"
SCRIPT = "**/js/quiz.js"


@pytest.fixture
def person(visitor, colleague):
    """Somebody whose check is open and not begun."""
    return visitor(colleague)


@pytest.fixture
def elsewhere(visitor):
    """The same person at another browser: what it shows is what the server knows."""

    def at(person, path):
        other = visitor(person.name)
        other.go(path)
        return other.page

    return at


def test_an_answer_that_was_not_sent_survives_a_reload_and_is_sent_then(person, elsewhere):
    begins_the_check(person)
    page = person.page
    page.route(SAVING, lambda route: route.abort())
    choose(page, 2)
    sees_kept_here(page)
    page.reload()
    sees_chosen(page, 2)
    sees_kept_here(page)
    page.unroute(SAVING)
    sees_saved(page)
    sees_chosen(elsewhere(person, person.path()), 2)


def test_an_answer_given_offline_survives_closing_the_tab(person, elsewhere):
    begins_the_check(person)
    address = person.path()
    person.context.set_offline(True)
    choose(person.page, 3)
    sees_kept_here(person.page)
    person.page.close()
    person.context.set_offline(False)
    person.page = person.context.new_page()
    person.go(address)
    sees_chosen(person.page, 3)
    sees_saved(person.page)
    sees_chosen(elsewhere(person, address), 3)


def test_an_answer_chosen_before_the_script_has_come_is_saved(person, elsewhere):
    begins_the_check(person)
    page, held = person.page, []
    page.route(SCRIPT, lambda route: held.append(route))
    with page.expect_request(SCRIPT):
        page.goto(page.url, wait_until="commit")
    choose(page, 2)
    held[0].continue_()
    sees_saved(page)
    sees_chosen(elsewhere(person, person.path()), 2)


def test_of_two_tabs_the_one_that_answered_last_counts(person, elsewhere):
    begins_the_check(person)
    first, second = person.page, person.context.new_page()
    second.goto(first.url)
    choose(first, 1)
    sees_saved(first)
    choose(second, 2)
    sees_saved(second)
    sees_saved(first)
    sees_chosen(elsewhere(person, person.path()), 2)
    goes_on(first, 2)  # the older tab only turns its page
    first.go_back()
    sees_chosen(first, 2)


def test_the_back_button_shows_what_was_answered(person):
    begins_the_check(person)
    page = person.page
    choose(page, 2)
    goes_on(page, 2)
    choose(page, 1)
    goes_on(page, 3)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Frage 2 von")
    sees_chosen(page, 1)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Frage 1 von")
    sees_chosen(page, 2)
    choose(page, 3)
    sees_saved(page)
    page.go_forward()
    sees_chosen(page, 1)
    page.go_back()
    sees_chosen(page, 3)


def test_a_session_that_ends_in_the_middle_costs_no_answer(person, elsewhere):
    begins_the_check(person)
    page = person.page
    person.context.clear_cookies(name="sessionid")
    choose(page, 2)
    expect(page.locator(".saved")).to_have_text(
        "Sie sind nicht mehr angemeldet. Ihre Antwort ist auf diesem Gerät gesichert."
    )
    person.check_accessible()
    with person.context.expect_page() as opened:
        page.get_by_role("link", name="Anmelden").click()
    person.fill_in_the_door(opened.value, person.name)
    expect(opened.value.locator("h1")).to_contain_text(f"Frage 1 von {QUESTIONS}")
    opened.value.close()
    page.bring_to_front()
    sees_saved(page)
    expect(page.get_by_text("Bitte melden Sie sich in einem neuen Tab wieder an")).to_be_hidden()
    sees_chosen(elsewhere(person, person.path()), 2)


def test_handing_in_twice_gives_one_receipt(person):
    attempt = begins_the_check(person)
    page = person.page
    choose(page, 1)
    sees_saved(page)
    person.opens("Übersicht", "button")
    person.sees(f"{QUESTIONS - 1} Fragen sind noch nicht ganz beantwortet.")
    handed_in = []
    page.on("request", lambda request: handed_in.append(request) if request.url.endswith("/submit/") else None)
    page.get_by_role("button", name="Abgeben").dblclick(no_wait_after=True)
    person.heading("Ihre Antworten sind abgegeben")
    person.sees(f"1 von {QUESTIONS} Fragen")
    receipt = page.locator(".receipt").inner_text()
    answer = person.context.request.post(
        f"{person.base}{attempt}submit/",
        headers={"X-CSRFToken": person.cookie("csrftoken"), "Referer": person.base},
    )
    assert answer.ok and receipt.splitlines()[-1] in answer.text()
    person.go(attempt)
    assert page.locator(".receipt").inner_text() == receipt
    assert handed_in


def test_a_check_can_be_taken_without_javascript(visitor, colleague):
    person = visitor(colleague, java_script_enabled=False)
    attempt = begins_the_check(person)
    page = person.page
    for position in range(1, QUESTIONS + 1):
        person.heading(f"Frage {position} von {QUESTIONS}")
        choose(page, 1 + position % 3)
        page.get_by_role("button", name="Zur Übersicht" if position == QUESTIONS else "Weiter", exact=True).click()
        if position == 2:
            goes_back_and_notes_it(person)
    person.heading("Vor dem Abgeben")
    person.sees(f"Alle {QUESTIONS} Fragen sind beantwortet.", "gemerkt")
    person.opens("Abgeben", "button")
    person.heading("Ihre Antworten sind abgegeben")
    person.sees(f"{QUESTIONS} von {QUESTIONS} Fragen", "Beleg")
    person.go(f"{attempt}review/")
    person.heading("Noch nicht offen")
    person.opens("Zum Beleg")
    person.heading("Ihre Antworten sind abgegeben")


def goes_back_and_notes_it(person) -> None:
    """From the third question to the second, whose answer stands there; it is noted for later."""
    person.opens("Zurück", "button")
    person.heading("Frage 2 von")
    sees_chosen(person.page, 3)
    person.opens("Merken", "button")
    expect(person.page.get_by_role("button", name="Merken")).to_have_attribute("aria-pressed", "true")
    goes_on(person.page, 3)
    expect(option(person.page, 1).locator("input")).not_to_be_checked()
