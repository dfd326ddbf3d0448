"""The rules of the house that a linter cannot see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("lessons", "quizzes", "training", "cms_site")
SOURCES = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOP = {
    *("cms_site", "lessons", "quizzes", "training", "templates", "tests", "locale", "deploy", "docs", "var"),
    *("manage.py", "pyproject.toml", "Makefile", "requirements.txt", "requirements-dev.txt"),
    *("README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE"),
}
CACHES = re.compile(r"\.(pytest|hypothesis|mypy|ruff|import_linter)|look|__pycache__|.*\.egg-info|\.coverage")


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def test_no_function_is_longer_than_fifty_lines():
    long = [f"{p.relative_to(ROOT)}:{f.name}" for p, f in functions() if (f.end_lineno or 0) - f.lineno >= 50]
    assert long == []


def test_no_module_is_longer_than_four_hundred_lines():
    long = [str(p.relative_to(ROOT)) for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_nothing_is_called_utils_helpers_or_common():
    assert [p.name for p in SOURCES if re.match(r"(utils?|helpers?|common|services?)(\.py)?$", p.name)] == []


def test_there_is_one_signal_and_nobody_else_listens():
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert "@receiver" not in text, path
        if ".connect(" in text:
            assert path.relative_to(ROOT) == Path("training/apps.py")
        if "Signal()" in text:
            assert path.relative_to(ROOT) == Path("quizzes/signals.py")


def test_imports_stand_at_the_top():
    allowed = {Path("training/apps.py")}  # models load after the app registry
    inside = {
        path.relative_to(ROOT)
        for path, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert inside <= allowed


def test_only_the_doors_and_acts_ask_the_time():
    """Sums and queries are told the time; a view, a command or a task says it once."""
    asked = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"timezone\.now\(|date\.today\(|datetime\.now\(", path.read_text(encoding="utf-8"))
        and not re.search(
            r"/views/|/management/|/loading/|templatetags|models/question\.py|wagtail_hooks|middleware", str(path)
        )
    ]
    assert asked == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_script_style_or_handler(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_asks_no_condition_with_three_arms(path):
    depth: list[int] = []
    for tag in re.findall(r"{%-?\s*(if|elif|else|endif)\b", path.read_text(encoding="utf-8")):
        if tag == "if":
            depth.append(1)
        elif tag == "endif":
            depth.pop()
        elif tag == "elif":
            depth[-1] += 1
            assert depth[-1] < 3, "decide in the view"


def test_no_page_asks_a_third_party():
    for path in [*TEMPLATES, *(ROOT / "cms_site/static").rglob("*.css"), *(ROOT / "cms_site/static").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(src|href)=\"(https?:)?//|url\([\"']?(https?:)?//|fetch\([\"'`]https?:", text), path


def test_the_top_level_holds_what_people_expect():
    strangers = {p.name for p in ROOT.iterdir() if p.name not in TOP and not CACHES.fullmatch(p.name)}
    assert {s for s in strangers if not s.startswith(".")} == set()


def test_no_lock_file_names_an_address():
    for path in ROOT.glob("requirements*.txt"):
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path


def test_the_colours_are_named_in_one_file():
    for path in (ROOT / "cms_site/static/css").glob("*.css"):
        if path.name != "tokens.css":
            colours = re.findall(r"#[0-9a-fA-F]{3,8}\b|oklch\(|rgb\(|hsl\(", path.read_text(encoding="utf-8"))
            assert [c for c in colours if c not in ("#fff", "#hatch")] == [], path
