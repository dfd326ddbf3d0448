"""Somebody at a browser window, who notices what goes wrong in it."""

from __future__ import annotations

import re

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

PASSWORD = "leitlinie-demo"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
RAW = re.compile(r"\b(?:None(?! of\b)|nan|NaN|undefined|null|\d{4}-\d\d-\d\d(?:T[\d:.]+)?)\b")
TARGETS = {"target-size": {"enabled": True}}
FOUND = """(options) => axe.run(document, options).then((found) => found.violations.map(
  (violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 150)}`))"""
FOCUSED = """() => {
  const here = document.activeElement;
  if (here === document.body || !here.matches(":focus-visible")) return "";
  const labels = [...(here.labels ?? [])].map((label) => label.innerText);
  return [here.getAttribute("aria-label"), ...labels, here.innerText].filter(Boolean).join(" ");
}"""


class Visitor:
    """A person in a browser of their own. ``stumbles`` holds what should never happen, whatever they do."""

    def __init__(self, context: BrowserContext, base: str, sessions: dict[str, list]) -> None:
        self.context, self.base, self.sessions = context, base, sessions
        self.name = ""
        self.stumbles: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.stumbles.append(f"script error: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        self.page: Page = context.new_page()

    def _heard(self, message) -> None:
        # Chromium's word for any failed request; which of them should not fail is _answered's matter
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.stumbles.append(f"console: {message.text}")

    def _asked(self, request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.base):
            self.stumbles.append(f"third party: {request.url}")

    def _answered(self, response: Response) -> None:
        by_hand = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and not by_hand):
            self.stumbles.append(f"{response.status} {response.url}")

    # --- coming in and going about ----------------------------------------------------------------------------------

    def sign_in(self, username: str) -> Visitor:
        """Through the door the first time; later with the session that stands."""
        self.name = username
        if username in self.sessions:
            self.context.add_cookies(self.sessions[username])
            self.go("/")
        else:
            self.go("/accounts/login/")
            self.fill_in_the_door(self.page, username)
            self.sessions[username] = self.context.cookies()
        return self

    @staticmethod
    def fill_in_the_door(page: Page, username: str) -> None:
        page.fill("#id_login", username)
        page.fill("#id_password", PASSWORD)
        page.locator("#id_password").press("Enter")
        page.wait_for_url(lambda url: "login" not in url)

    def go(self, path: str) -> Response | None:
        return self.page.goto(self.base + path if path.startswith("/") else path)

    def cookie(self, name: str) -> str:
        return next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == name)

    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def opens(self, name: str, role: str = "link") -> None:
        """Follow the link, or press the button, that bears this name."""
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    # --- by keyboard alone ------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """The name of what visibly has the focus; empty when nothing has."""
        return self.page.evaluate(FOCUSED)

    def tab_to(self, name: str, *, most: int = 80) -> None:
        """Press Tab until what bears this name has the focus."""
        met = []
        for _press in range(most):
            self.press("Tab")
            met.append(self.focused())
            if name in met[-1]:
                return
        raise AssertionError(f"Tab does not reach {name!r}; it met {met}")

    # --- what they see ----------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def text(self) -> str:
        return self.main.inner_text()

    def sees(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence)

    def sees_not(self, sentence: str) -> None:
        expect(self.main).not_to_contain_text(sentence)

    def heading(self, text: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(text)

    # --- what nobody should have to look for ------------------------------------------------------------------------

    def check_accessible(self, **options) -> None:
        """Notes axe's violations, sideways scrolling, a missing first heading, values that only a program reads."""
        found = self.violations(**options)
        if (headings := self.page.locator("h1").count()) != 1:
            found.append(f"{headings} first headings")
        found += [f"raw value: {value}" for value in RAW.findall(self.page.inner_text("body"))]
        self.stumbles += [f"{self.path()}: {what}" for what in found]

    def violations(self, **options) -> list[str]:
        """What axe finds on the page as it stands, and sideways scrolling."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(FOUND, {"resultTypes": ["violations"], "rules": TARGETS, **options})
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [*found, *([f"scrolls sideways by {wide} px"] if wide > 0 else [])]
