"""Every sentence of ours in German and in English, in one voice: read from the sources, without gettext's programs."""

from __future__ import annotations

import ast
import gettext
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import allauth
import pytest
from django.template.base import Lexer, TokenType
from django.utils import translation
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
APPS = ("lessons", "quizzes", "training", "cms_site")
MODULES = sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*") if p.suffix in (".html", ".txt"))
ALLAUTH = Path(allauth.__file__).parent
CATALOGUES = sorted(p for place in (*APPS, "locale") for p in (ROOT / place).rglob("de/LC_MESSAGES/*.po"))

# function → places of (context, singular, plural) among its arguments
CALLS = {
    "gettext": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
BOTH_LANGUAGES = {"403_csrf.html", "500.html"}  # shown when nobody can say which language is wanted
NAMES = {"Leitlinie"}
SAID_BY_THE_CMS = {"username", "Username", "Actions"}  # Wagtail's and Django's messages that we word ourselves

# --- reading the sources --------------------------------------------------------------------------------------------
# A message is (context or "", singular, plural or "").


def ours_by_import(tree: ast.Module) -> dict[str, str]:
    """Local name → gettext function, for ``from django.utils.translation import gettext_lazy as _`` and the like."""
    imports = (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "django.utils.translation")
    names = (alias for node in imports for alias in node.names)
    return {a.asname or a.name: a.name.removesuffix("_lazy") for a in names if a.name.removesuffix("_lazy") in CALLS}


def messages_in_python(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = ours_by_import(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            places = CALLS[names[node.func.id]]
            given = [None if i is None else node.args[i] for i in places]
            if any(isinstance(argument, ast.JoinedStr) for argument in given):
                raise AssertionError(f"{path}:{node.lineno}: an f-string cannot be translated")
            if all(argument is None or isinstance(argument, ast.Constant) for argument in given):
                yield tuple("" if argument is None else argument.value for argument in given)


LITERAL = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?(?:\s*,\s*{LITERAL})?", re.DOTALL)


def messages_in_template(path: Path):
    for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"))):
        name, *literals = call.groups()
        given = [ast.literal_eval(text) for text in literals if text]
        yield tuple("" if i is None else given[i] for i in CALLS[name])


@cache
def messages() -> dict[tuple[str, str, str], str]:
    """Every message of the product → a place where it is used."""
    found = {}
    for path in MODULES:
        found |= dict.fromkeys(messages_in_python(path), str(path.relative_to(ROOT)))
    for path in TEMPLATES:
        found |= dict.fromkeys(messages_in_template(path), str(path.relative_to(ROOT)))
    return found


# --- reading the catalogues -----------------------------------------------------------------------------------------
# As Python's own gettext keeps them: "context\x04msgid" → text, or (…, number) → text for plurals.


def read_po(path: Path) -> dict:
    entries, entry, field = [], {}, ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        text = line.strip()
        if not text or text.startswith("#"):
            assert not text.startswith(("#, fuzzy", "#~")), f"{path}: {text}"
            continue
        if not text.startswith('"'):
            field, text = text.split(" ", 1)
            if field == "msgctxt" or (field == "msgid" and "msgid" in entry):
                entries.append(entry)
                entry = {}
        entry[field] = entry.get(field, "") + ast.literal_eval(text)
    catalogue = {}
    for entry in filter(None, entries):
        key = f"{entry['msgctxt']}\x04{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]
        plural = "msgid_plural" in entry
        texts = {(key, i): entry[f"msgstr[{i}]"] for i in (0, 1)} if plural else {key: entry["msgstr"]}
        assert not texts.keys() & catalogue.keys(), f"{path}: twice {key!r}"
        catalogue |= texts
    catalogue.pop("", None)
    return catalogue


@cache
def catalogues() -> dict[Path, dict]:
    return {path: read_po(path) for path in CATALOGUES}


@cache
def german() -> dict:
    return {key: text for catalogue in catalogues().values() for key, text in catalogue.items()}


def keys(message: tuple[str, str, str]) -> list:
    context, singular, plural = message
    key = f"{context}\x04{singular}" if context else singular
    return [(key, 0), (key, 1)] if plural else [key]


# --- the gate -------------------------------------------------------------------------------------------------------


def test_every_message_has_its_german():
    missing = [f"{place}: {m[1]!r}" for m, place in messages().items() if not all(german().get(k) for k in keys(m))]
    assert missing == []


def test_no_catalogue_keeps_what_nobody_says_any_more():
    used = {key for message in messages() for key in keys(message)} | set(messages_at_the_door()) | SAID_BY_THE_CMS
    unused = [f"{path.relative_to(ROOT)}: {key!r}" for path, c in catalogues().items() for key in c if key not in used]
    assert unused == []


def test_one_message_has_one_german_text_wherever_it_stands():
    """The catalogues are laid over each other: a second text for the same message would silently win."""
    texts = defaultdict(set)
    for catalogue in catalogues().values():
        for key, text in catalogue.items():
            texts[key].add(text)
    assert {key: several for key, several in texts.items() if len(several) > 1} == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_compiled_catalogue_says_what_the_readable_one_says(path):
    with path.with_suffix(".mo").open("rb") as compiled:
        catalogue = dict(gettext.GNUTranslations(compiled)._catalog)
    catalogue.pop("")
    assert catalogue == catalogues()[path]


PLACEHOLDER = re.compile(r"%\(\w+\)[-+ 0-9.]*[a-z]|\{\w*\}|%[sd]")


def test_the_german_keeps_every_placeholder():
    for message in messages():
        allowed = set(PLACEHOLDER.findall(message[1])) | set(PLACEHOLDER.findall(message[2]))
        for key, source in zip(keys(message), (message[1], message[2] or message[1]), strict=False):
            found = set(PLACEHOLDER.findall(german().get(key, "")))
            assert found <= allowed, message
            if key[-1] != 0:  # a singular may say "Eine Frage" for "1 question"
                assert found == set(PLACEHOLDER.findall(source)), message


FAMILIAR = re.compile(
    r"\b([Dd]u|[Dd]ein(e[mnrs]?)?|[Dd]ir|[Dd]ich|[Ee]uch|[Ee]uer)\b|\b[Bb]itte (gib|wähle|versuche|lass|rufe)\b"
)


def test_the_german_is_calm_and_polite():
    shouted = [text for text in german().values() if "!" in text]
    familiar = [text for text in german().values() if FAMILIAR.search(text)]
    assert (shouted, familiar) == ([], [])


def test_the_english_is_calm_and_english():
    spoken = {text for message in messages() for text in message[1:]}
    german_words = re.compile(r"[äöüß]|\b(und|nicht|ist|für|Sie|Ihre?|eine?|der|das|Karte|Frage|Stufe|Beurteilung)\b")
    assert [text for text in spoken if german_words.search(text)] == []
    assert [text for text in spoken if "!" in text] == []


def test_quotation_marks_are_typographic_in_both_languages():
    spoken = {text for message in messages() for text in message[1:]} | set(german().values())
    assert [text for text in spoken if re.search(r"\"|\w'\w|\.\.\.| - ", re.sub(r"<[^>]*>", "", text))] == []


# --- the door is allauth's: what it says is said in our voice, too -----------------------------------------------------

# Nobody signs up, an address for mail is changed by HR, there are no phones and no codes, and no mail tells of a change.
NOT_MET = (
    "signup",
    "email",
    "phone",
    "passkey",
    "code",
    "already",
    "verification",
    "notification",
    "password_changed_m",
)


@cache
def messages_at_the_door() -> dict[str, str]:
    """What allauth's account pages can still say after our own templates → where. Plurals do not occur there."""
    ours = {path.relative_to(ROOT / "templates") for path in TEMPLATES}
    theirs = [
        p for p in (ALLAUTH / "templates/account").rglob("*.*") if p.relative_to(ALLAUTH / "templates") not in ours
    ]
    code = [p for p in (ALLAUTH / "account").rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
    found = {message: path for path in code for message in messages_in_python(path)}
    found |= {message: path for path in theirs for message in messages_in_template(path)}
    return {
        keys(message)[0]: str(path.relative_to(ALLAUTH))
        for message, path in found.items()
        if not any(name in path.name for name in NOT_MET)
    }


def test_the_door_is_calm_and_polite_in_german():
    with translation.override("de"):
        said = [translation.gettext(key) for key in messages_at_the_door() if "\x04" not in key]
    assert [text for text in said if FAMILIAR.search(text) or "!" in text] == []


# --- nothing is said past the catalogues ----------------------------------------------------------------------------

SPOKEN_ATTRIBUTES = re.compile(r"""\s(?:aria-label|title|alt|placeholder)="([^"]*)\"""")
OPENING = re.compile(r"(blocktrans(?:late)?|comment)\b")


def unmarked(path: Path) -> list[str]:
    """Words of a template that stand outside every translation tag."""
    text, inside = "", False
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type == TokenType.BLOCK:
            inside = bool(OPENING.match(token.contents)) or (inside and not token.contents.startswith("end"))
        elif token.token_type == TokenType.TEXT and not inside:
            text += token.contents
    said = re.sub(r"<[^>]*>|\bclass=\"[^\"]*\"", " ", text) + " " + " ".join(SPOKEN_ATTRIBUTES.findall(text))
    return [w for w in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", said)) if w not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_that_is_not_marked_for_translation(path):
    if path.name not in BOTH_LANGUAGES:
        assert unmarked(path) == []


SPOKEN_ARGUMENTS = {"label", "help_text", "verbose_name", "verbose_name_plural", "heading", "menu_label", "description"}


def is_plain_words(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"[A-Za-z]{2}", node.value))
    )


def test_labels_and_sentences_for_people_are_marked_in_python():
    said = []
    for path in MODULES:
        if "loading" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            plain = [k.value for k in node.keywords if k.arg in SPOKEN_ARGUMENTS]
            if re.fullmatch(r"(Lesson|Quiz|Training)Error|messages\.\w+", ast.unparse(node.func)):
                plain += node.args
            said += [f"{path.relative_to(ROOT)}:{n.lineno}" for n in plain if is_plain_words(n)]
    assert said == []
