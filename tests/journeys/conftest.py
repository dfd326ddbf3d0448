"""A served demo company and a browser. Journeys use nothing of Django: they see what people see."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"]
PASSWORD = "leitlinie-demo"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The demo company, loaded into an empty SQLite database and served as ``make demo`` serves it."""
    var = tmp_path_factory.mktemp("journeys")
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"LEITLINIE_ENV": "development", "VAR_DIR": str(var)}
    for command in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    serve = [sys.executable, "-m", "gunicorn", "cms_site.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    server = subprocess.Popen([*serve, "--threads", "4", "--log-level", "warning"], cwd=ROOT, env=env)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/accounts/login/")
        yield base
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser window, who notices what goes wrong in it."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.page: Page = context.new_page()
        self.stumbles: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.stumbles.append(f"script error: {error}"))

    def _heard(self, message) -> None:
        expected = "Failed to load resource" in message.text or "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not expected:
            self.stumbles.append(message.text)

    def sign_in(self, username: str) -> Visitor:
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "login" not in url)
        return self

    def go(self, path: str):
        return self.page.goto(self.base + path if path.startswith("/") else path)

    def text(self) -> str:
        return self.page.inner_text("main")

    def check_accessible(self) -> None:
        """No axe violation, nothing that scrolls sideways, one first heading."""
        found = Axe().run(self.page).response["violations"]
        assert [f"{self.page.url}: {v['id']}: {v['nodes'][0]['html'][:150]}" for v in found] == []
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        assert self.page.locator("h1").count() == 1


@pytest.fixture
def visitor(site, browser):
    """Opens windows; none of them may meet a script error or a policy violation."""
    opened: list[Visitor] = []

    def open_window(username: str | None = None, *, viewport=None, language: str = "de-DE", scheme="light") -> Visitor:
        context = browser.new_context(
            viewport=viewport or DESK, locale=language, color_scheme=scheme, reduced_motion="reduce"
        )
        who = Visitor(context, site)
        opened.append(who)
        return who.sign_in(username) if username else who

    yield open_window
    for who in opened:
        assert who.stumbles == []
        who.context.close()
