"""Eight competencies and twelve guiding principles."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

FRAMEWORK = Path(__file__).resolve().parents[2] / "cms_site" / "demo" / "framework"
COMPETENCIES = yaml.safe_load((FRAMEWORK / "competencies.yaml").read_text(encoding="utf-8"))
PRINCIPLES = yaml.safe_load((FRAMEWORK / "principles.yaml").read_text(encoding="utf-8"))
CODES = [f"K{n}" for n in range(1, 9)]
LANGUAGES = ("de", "en")
DIALOGUE = ("situation", "customer", "us")

every_competency = pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda c: c["code"])
every_principle = pytest.mark.parametrize("principle", PRINCIPLES, ids=lambda p: p["id"])


def written(part: dict) -> bool:
    return all(part[language].strip() for language in LANGUAGES) and part["de"] != part["en"]


def test_the_framework_has_eight_competencies_and_a_communicative_core():
    assert [c["code"] for c in COMPETENCIES] == CODES
    assert {c["code"] for c in COMPETENCIES if c["core"]} == {"K2", "K3", "K5", "K6"}


def test_every_lever_of_the_seed_is_served():
    assert {lever for c in COMPETENCIES for lever in c["levers"]} == set(range(1, 7))


@every_competency
def test_a_competency_is_named_and_defined_in_both_languages(competency):
    assert all(written(competency[part]) for part in ("name", "short", "definition"))


@every_competency
def test_four_levels_describe_behaviour_each_in_its_own_words(competency):
    assert list(competency["levels"]) == [1, 2, 3, 4]
    for language in LANGUAGES:
        levels = [competency["levels"][n][language] for n in (1, 2, 3, 4)]
        assert len(set(levels)) == 4
        assert all(10 <= len(level.split()) <= 60 for level in levels)


def test_there_are_ten_principles_or_more_numbered_in_order():
    assert len(PRINCIPLES) >= 10
    assert [p["number"] for p in PRINCIPLES] == list(range(1, len(PRINCIPLES) + 1))
    assert [p["id"] for p in PRINCIPLES] == [f"p{p['number']:02}" for p in PRINCIPLES]


@every_principle
def test_a_principle_is_one_sentence_and_says_why(principle):
    assert written(principle["sentence"])
    assert written(principle["why"])
    for language in LANGUAGES:
        assert principle["sentence"][language].rstrip(".").count(". ") == 0


@every_principle
@pytest.mark.parametrize("outcome", ["kept", "broken"])
def test_a_principle_can_be_kept_and_broken_in_a_conversation(principle, outcome):
    for line in DIALOGUE:
        assert written({language: principle[outcome][language][line] for language in LANGUAGES})


@every_principle
def test_a_principle_serves_known_competencies(principle):
    assert principle["competencies"]
    assert set(principle["competencies"]) <= set(CODES)


def test_every_competency_is_served_by_a_principle():
    assert {code for p in PRINCIPLES for code in p["competencies"]} == set(CODES)


@every_principle
def test_quotation_marks_and_apostrophes_are_typographic(principle):
    texts = [principle[part][language] for part in ("sentence", "why") for language in LANGUAGES]
    texts += [principle[o][language][line] for o in ("kept", "broken") for language in LANGUAGES for line in DIALOGUE]
    assert not any('"' in text or "'" in text for text in texts)
