"""A served demo company and a browser. Journeys use nothing of Django: they see what people see."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.visitor import DESK, Visitor

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
PATIENCE = 15_000  # ms; a loaded machine is slow, and slow is not broken


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


def manage(env: dict[str, str], *command: str) -> str:
    """What a management command of the served company prints."""
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(run, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.fixture(scope="session")
def own_place(tmp_path_factory) -> dict[str, str]:
    """The environment of a company in an empty directory, loaded as ``make demo`` loads it.

    ``JOURNEYS_LOADED`` may name a directory with a company loaded earlier; it is copied and spares the half minute.
    """
    var = tmp_path_factory.mktemp("journeys") / "var"
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"LEITLINIE_ENV": "development", "VAR_DIR": str(var)}
    if loaded := env.pop("JOURNEYS_LOADED", None):
        shutil.copytree(loaded, var)
    else:
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "demo")
    return env


@pytest.fixture(scope="session")
def company(own_place) -> dict:
    """Where the journeys find what, as ``company.py`` says."""
    told = manage(own_place, "shell", "--no-imports", "-c", (Path(__file__).parent / "company.py").read_text())
    return json.loads(told.splitlines()[-1])


@pytest.fixture(scope="session")
def site(own_place, company) -> Iterator[str]:
    """The address at which the company is served as ``make demo`` serves it."""
    port = free_port()
    serve = [
        sys.executable,
        "-m",
        "gunicorn",
        "cms_site.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "gthread",
    ]
    server = subprocess.Popen([*serve, "--threads", "4", "--log-level", "warning"], cwd=ROOT, env=own_place)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/accounts/login/")
        yield base
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, list]:
    """The cookies of everybody who has come through the door once."""
    return {}


@pytest.fixture(scope="session")
def open_window(site, browser, sessions) -> Callable[..., Visitor]:
    """Opens a browser of its own for somebody, signed in when they have a name."""

    def opens(username: str | None = None, *, viewport=None, language="de-DE", scheme="light", **more) -> Visitor:
        context = browser.new_context(
            viewport=viewport or DESK, locale=language, color_scheme=scheme, reduced_motion="reduce", **more
        )
        context.set_default_timeout(PATIENCE)
        who = Visitor(context, site, sessions)
        return who.sign_in(username) if username else who

    return opens


@pytest.fixture
def visitor(open_window) -> Iterator[Callable[..., Visitor]]:
    """Opens windows; none of them may meet a script error, a policy violation or somebody else's server."""
    opened: list[Visitor] = []

    def opens(*args, **kwargs) -> Visitor:
        opened.append(open_window(*args, **kwargs))
        return opened[-1]

    yield opens
    for who in opened:
        who.context.close()
    stumbles = list(dict.fromkeys(stumble for who in opened for stumble in who.stumbles))
    assert not stumbles, "\n".join(stumbles)


@pytest.fixture
def colleague(company) -> str:
    """The user name of somebody whose check is open and not begun; somebody else each time."""
    return company["waiting"].pop()
