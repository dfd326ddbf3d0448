"""Every page, as each role that has it: on a desk and a phone, in light and dark, in German and English.

A page is loaded once in each language and then looked at in the four views; what the theme alone changes is contrast.
``JOURNEYS_SHOTS`` may name a directory for a picture of each.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.journeys.sitting import choose
from tests.journeys.visitor import DESK, PHONE, Visitor

SHOTS = os.environ.get("JOURNEYS_SHOTS")
UNFOLD = "[...document.querySelectorAll('main details')].slice(0, 3).forEach((folded) => { folded.open = true; })"
CONTRAST = {"runOnly": ["color-contrast"]}
COURSE = "/lernen/kundenorientiert-handeln/"
EVERYBODY = {"today": "/", "account": "/account/"}
PAGES = {
    "nobody": {"login": "/accounts/login/", "password-forgotten": "/accounts/password/reset/"},
    "employee": {
        **EVERYBODY,
        "courses": "/courses/",
        "course": COURSE,
        "first-lesson": COURSE + "mehr-als-freundlich/",
        "lesson-with-picture": COURSE + "was-gesagt-was-gemeint/",
        "lesson-with-download": COURSE + "beschwerden-behalten/",
        "practice": "/practice/",
        "principles": "/principles/",
        "scorecard": "/scorecard/",
        "who-sees-what": "/who-sees-what/",
        "rules": "/rules/",
        "result": "/attempts/{past}/result/",
        "review": "/attempts/{past}/review/",
        "appraisals": "/appraisals/",
        "sheet-signed": "/appraisals/{signed}/",
        "password": "/accounts/password/change/",
        "not-found": "/nothing/is/here/",
    },
    "manager": {
        **EVERYBODY,
        "team": "/team/",
        "scorecard": "/scorecard/",
        "appraisals": "/appraisals/",
        "sheet-new": "/appraisals/new/{new}/",
        "sheet-draft": "/appraisals/{draft}/",
        "sheet-frozen": "/appraisals/{frozen}/",
        "sheet-signed": "/appraisals/{signed}/",
    },
    "sitting": {
        "situational": "/attempts/{attempt}/{situational}/",
        "single-choice": "/attempts/{attempt}/{single_choice}/",
        "multiple-choice": "/attempts/{attempt}/{multiple_choice}/",
        "overview": "/attempts/{attempt}/overview/",
        "practice-explained": "{explained}",
        "today-going-on": "/",
    },
    "done": {"review-later": "/attempts/{done}/review/", "receipt": "/attempts/{done}/result/", "today-done": "/"},
    "trainer": EVERYBODY,
    "hr": EVERYBODY,
    "council": EVERYBODY,
    "admin": EVERYBODY,
}


@pytest.fixture(scope="module")
def windows(open_window, company):
    """One window for each role, opened when it is first needed."""
    opened: dict[str, Visitor] = {}
    names = {"nobody": None, "sitting": company["sitting"]["username"], "done": company["done"]["username"]}

    def window(role: str) -> Visitor:
        if role not in opened:
            opened[role] = open_window(names.get(role, role))
        return opened[role]

    return window


@pytest.fixture(scope="module")
def places(company, windows) -> dict[str, str]:
    """What stands in the braces above."""
    sitting = company["sitting"]
    return {
        **company["sheets"],
        **sitting["pages"],
        "attempt": sitting["attempt"],
        "past": company["past"],
        "done": company["done"]["attempt"],
        "new": company["without_sheet"],
        "explained": practises(windows("sitting")),
    }


def practises(person: Visitor) -> str:
    """The address of a practice question that is answered and explained."""
    person.go("/practice/")
    person.opens("Üben beginnen", "button")
    choose(person.page, 1)
    person.opens("Antwort prüfen", "button")
    person.sees("passt")
    return person.path()


def look(who: Visitor, name: str) -> None:
    """The page in its four views. The first that is folded is opened after the first view."""
    page = who.page
    for viewport, scheme in ((DESK, "light"), (DESK, "dark"), (PHONE, "dark"), (PHONE, "light")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        who.check_accessible(**(CONTRAST if scheme == "dark" else {}))
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{viewport['width']}-{scheme}.png", full_page=True)
        if (viewport, scheme) == (DESK, "light"):
            page.evaluate(UNFOLD)


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, pages in PAGES.items() for name in pages])
def test_a_page_reads_well_in_every_view(windows, places, role, name):
    who = windows(role)
    before = len(who.stumbles)
    who.page.set_viewport_size(DESK)
    who.go(PAGES[role][name].format_map(places))
    look(who, f"{role}-{name}-de")
    assert who.page.locator("html").get_attribute("lang") == "de"
    english = who.page.locator("a.lang").get_attribute("href")
    who.page.set_viewport_size(DESK)
    who.go(english)
    assert who.page.locator("html").get_attribute("lang") == "en"
    assert re.match(r"/en/", who.path())
    look(who, f"{role}-{name}-en")
    stumbles = list(dict.fromkeys(who.stumbles[before:]))
    assert not stumbles, "\n".join(stumbles)
