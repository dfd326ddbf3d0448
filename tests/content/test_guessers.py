"""Nobody passes who knows nothing but how tests are made."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from tests.content.guessers import GUESSERS, LANGUAGES, LIMIT, classifier_gain, load, mean_gain, report

BANK = Path(__file__).resolve().parents[2] / "cms_site" / "demo" / "questions"
POOLS = {"the whole bank": ("check", "practice"), "the check questions": ("check",)}


@cache
def bank(pool: str) -> tuple[dict, ...]:
    return tuple(q for q in load(sorted(BANK.glob("*.yaml"))) if q["pool"] in POOLS[pool])


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guesser", GUESSERS)
def test_a_guesser_stays_within_eight_points_of_chance(guesser, language, pool):
    assert abs(mean_gain(bank(pool), language, GUESSERS[guesser])) <= LIMIT


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["choice", "situational"])
@pytest.mark.parametrize("guesser", GUESSERS)
def test_a_guesser_gains_nothing_by_looking_at_one_kind_of_question(guesser, kind, language, pool):
    questions = [q for q in bank(pool) if (q["kind"] == "situational") == (kind == "situational")]
    assert mean_gain(questions, language, GUESSERS[guesser]) <= LIMIT


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_classifier_on_all_habits_together_gains_at_most_eight_points(language, pool):
    assert classifier_gain(list(bank(pool)), language) <= LIMIT


def rigged(change) -> list[dict]:
    """The bank again, with ``change(question, option)`` done to the best option of every question."""
    questions = deepcopy(list(bank("the whole bank")))
    for question in questions:
        situational = question["kind"] == "situational"
        best = max(question["options"], key=lambda o: sum(o["panel"]) if situational else bool(o.get("correct")))
        change(question, best)
    return questions


def lengthen(question, option):
    for language in LANGUAGES:
        option[language] += " " + "und so weiter " * 12


def put_first(question, option):
    question["options"].remove(option)
    question["options"].insert(0, option)


def sound_kind(question, option):
    for language, words in {"de": "Das verstehe ich gut.", "en": "I quite understand, I am sorry."}.items():
        option[language] = f"{words} {option[language]}"


def ask(question, option):
    for language in LANGUAGES:
        option[language] += " Ja?"


def echo(question, option):
    for language in LANGUAGES:
        option[language] = question["stem"][language]


RIGS = {
    "longest": lengthen,
    "first": put_first,
    "most understanding": sound_kind,
    "has a question": ask,
    "repeats the stem": echo,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("habit", RIGS)
def test_a_bank_whose_best_answer_shows_a_habit_is_caught(habit, language):
    found = report(rigged(RIGS[habit]), language)
    assert found[habit] > LIMIT
    assert found["classifier"] > LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_whose_best_answer_is_always_short_or_last_is_caught(language):
    def shorten(question, option):
        question["options"].remove(option)
        question["options"].append(option)
        option[language] = "Ja."

    found = report(rigged(shorten), language)
    assert found["shortest"] > LIMIT
    assert found["last"] > LIMIT
