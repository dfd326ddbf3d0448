"""The twelve lessons, as the course promises them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

DEMO = Path(__file__).resolve().parents[2] / "cms_site" / "demo"
LESSONS = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted((DEMO / "lessons").glob("*.yaml"))]
PRINCIPLES = yaml.safe_load((DEMO / "framework" / "principles.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("de", "en")
KINDS = {"text", "heading", "dialogue", "try_it", "callout", "principle", "sources", "picture", "download"}
SPOKEN = {"de": r"„[^“]*“", "en": r"“[^”]*”"}

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson["slug"]["en"])
in_both = pytest.mark.parametrize("language", LANGUAGES)


def kinds(lesson: dict, language: str) -> list[str]:
    return [kind for block in lesson[language]["body"] for kind in block]


def blocks(lesson: dict, language: str, kind: str) -> list:
    return [block[kind] for block in lesson[language]["body"] if kind in block]


def our_words(lesson: dict, language: str) -> list[str]:
    """What we say ourselves; nobody's speech in a dialogue and no model answer."""
    found = [lesson[language][part] for part in ("title", "goal", "lead")]
    found += blocks(lesson, language, "text") + blocks(lesson, language, "heading")
    for dialogue in blocks(lesson, language, "dialogue"):
        found += [dialogue["title"], *(turn["aside"] for turn in dialogue["turns"] if "aside" in turn)]
    for task in blocks(lesson, language, "try_it"):
        found += [task["task"], *(answer["why"] for answer in task["answers"])]
    return found + [text for box in blocks(lesson, language, "callout") for text in (box["title"], box["text"])]


def speech(lesson: dict, language: str) -> list[str]:
    turns = [turn["say"] for d in blocks(lesson, language, "dialogue") for turn in d["turns"] if "say" in turn]
    return turns + [a["say"] for task in blocks(lesson, language, "try_it") for a in task["answers"]]


def test_there_are_twelve_lessons_in_order():
    assert [lesson["number"] for lesson in LESSONS] == list(range(1, 13))
    for language in LANGUAGES:
        assert len({lesson["slug"][language] for lesson in LESSONS}) == 12
        assert len({lesson[language]["title"] for lesson in LESSONS}) == 12


def test_every_competency_has_a_lesson_of_its_own():
    assert {lesson["competencies"][0] for lesson in LESSONS} == {f"K{n}" for n in range(1, 9)}


@every_lesson
@in_both
def test_a_lesson_teaches_in_five_hundred_to_nine_hundred_words(lesson, language):
    headings = blocks(lesson, language, "heading")
    teaching = [t for t in our_words(lesson, language)[3:] if t not in headings] + speech(lesson, language)
    assert 500 <= sum(len(re.findall(r"[\w’-]+", text)) for text in teaching) <= 900
    assert 5 <= lesson["minutes"] <= 8


@every_lesson
def test_both_languages_have_the_same_blocks_in_the_same_order(lesson):
    assert kinds(lesson, "de") == kinds(lesson, "en")
    assert set(kinds(lesson, "de")) <= KINDS
    for one, other in zip(*(lesson[language]["body"] for language in LANGUAGES), strict=True):
        if "dialogue" in one:
            assert [set(turn) for turn in one["dialogue"]["turns"]] == [set(t) for t in other["dialogue"]["turns"]]
        if "try_it" in one:
            assert len(one["try_it"]["answers"]) == len(other["try_it"]["answers"])


@every_lesson
@in_both
def test_a_lesson_begins_with_a_moment_and_ends_with_principle_and_sources(lesson, language):
    order = kinds(lesson, language)
    assert order[0] == "text"
    assert order[-2:] == ["principle", "sources"]
    assert order.count("dialogue") >= 1
    assert order.count("try_it") in (1, 2)
    assert 2 <= order.count("heading") <= 4
    assert order.index("dialogue") < order.index("try_it")


@every_lesson
@in_both
def test_a_dialogue_is_a_conversation_between_somebody_and_you(lesson, language):
    for dialogue in blocks(lesson, language, "dialogue"):
        assert 4 <= len(dialogue["turns"]) <= 10
        assert any("mine" in turn for turn in dialogue["turns"])
        assert any("theirs" in turn for turn in dialogue["turns"])
        for turn in dialogue["turns"]:
            assert set(turn) in ({"mine", "say"}, {"theirs", "say"}, {"aside"})


@every_lesson
@in_both
def test_a_try_it_has_more_than_one_good_answer(lesson, language):
    for task in blocks(lesson, language, "try_it"):
        assert 2 <= len(task["answers"]) <= 3
        assert all(answer["say"].strip() and answer["why"].strip() for answer in task["answers"])


@every_lesson
@in_both
def test_the_lesson_serves_a_principle_of_its_competency(lesson, language):
    (shown,) = blocks(lesson, language, "principle")
    principle = next(p for p in PRINCIPLES if p["id"] == shown)
    assert shown == lesson["principle"]
    assert set(principle["competencies"]) & set(lesson["competencies"])


def test_every_principle_but_one_shared_by_two_lessons_is_taught():
    taught = {lesson["principle"] for lesson in LESSONS}
    assert {p["id"] for p in PRINCIPLES} - taught <= {"p08"}  # lesson 9 teaches it together with p09


@every_lesson
@in_both
def test_sources_are_named_with_author_and_year(lesson, language):
    (sources,) = blocks(lesson, language, "sources")
    lines = [line for line in sources.splitlines() if line.strip()]
    assert len(lines) >= 2
    for line in lines:
        assert re.match(r"- [^\W\d].+ \(\d{4}\)\. .+", line), line


@every_lesson
def test_who_is_named_as_a_source_in_one_language_is_named_in_the_other(lesson):
    years = [
        sorted(re.findall(r"\((\d{4})\)\.", source))
        for language in LANGUAGES
        for source in blocks(lesson, language, "sources")
    ]
    assert years[0] == years[1]


@every_lesson
@in_both
def test_our_own_voice_does_not_exclaim(lesson, language):
    for text in our_words(lesson, language):
        assert "!" not in re.sub(SPOKEN[language] + r"|\*[^*]+\*", "", text)


@every_lesson
def test_quotation_marks_are_those_of_the_language(lesson):
    for text in our_words(lesson, "de") + speech(lesson, "de"):
        assert '"' not in text
        assert "”" not in text
        assert text.count("„") == text.count("“")
    for text in our_words(lesson, "en") + speech(lesson, "en"):
        assert '"' not in text
        assert "„" not in text
        assert "'" not in text
        assert text.count("“") == text.count("”")


@every_lesson
def test_readers_are_addressed_as_sie(lesson):
    assert re.search(r"\b(?:Sie|Ihnen|Ihre?[nrms]?)\b", lesson["de"]["goal"])
    for text in our_words(lesson, "de"):
        assert not re.search(r"\b(du|dich|dir|dein\w*)\b", re.sub(SPOKEN["de"] + r"|\*[^*]+\*", "", text))


def test_a_surname_belongs_to_one_lesson():
    where: dict[str, set[int]] = {}
    for lesson in LESSONS:
        for text in our_words(lesson, "en") + speech(lesson, "en"):
            for name in re.findall(r"\b(?:Ms|Mr) ([A-ZÀ-Žİ][\w-]+)", text):
                where.setdefault(name, set()).add(lesson["number"])
    assert {name: numbers for name, numbers in where.items() if len(numbers) > 1} == {}
