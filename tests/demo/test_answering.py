"""How simulated people answer."""

from random import Random
from statistics import fmean

import pytest

from cms_site.loading.answering import Asked, answer
from quizzes.items import KINDS

OPTIONS = ("a", "b", "c", "d")
KEYS = {
    "single_choice": {"correct": ["a"]},
    "multiple_choice": {"correct": ["a", "b"]},
    "situational": {
        "ratings": {"a": [5, 5, 4, 5, 5], "b": [4, 4, 3, 4, 3], "c": [3, 2, 3, 2, 3], "d": [1, 2, 1, 1, 2]}
    },
}


def points(kind, ability, difficulty=0.65):
    """The mean points of two thousand answers."""
    asked, kind_module = Asked(kind, "K1", difficulty, OPTIONS, KEYS[kind]), KINDS[kind]
    random, same = Random(7), {option: option for option in OPTIONS}
    answers = (answer(asked, ability=ability, random=random) for _ in range(2000))
    return fmean(kind_module.mark(KEYS[kind], kind_module.parse(fields, same)).points for fields in answers)


@pytest.mark.parametrize("kind", KEYS)
def test_who_can_do_more_earns_more(kind):
    assert points(kind, -1.5) + 0.1 < points(kind, 0) < points(kind, 1.5) - 0.08


@pytest.mark.parametrize("kind", KEYS)
def test_who_just_reaches_level_three_earns_about_what_was_judged(kind):
    assert points(kind, 0) == pytest.approx(0.65, abs=0.08)


@pytest.mark.parametrize("kind", KEYS)
def test_an_easier_question_earns_more(kind):
    assert points(kind, 0, difficulty=0.85) > points(kind, 0, difficulty=0.6) + 0.08


def test_the_same_seed_answers_the_same():
    asked = Asked("situational", "K1", 0.6, OPTIONS, KEYS["situational"])
    first, second = ([answer(asked, ability=0.2, random=Random(3)) for _ in range(5)] for _ in range(2))
    assert first == second
