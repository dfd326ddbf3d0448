"""How a simulated person answers: knows it, or guesses. Pure arithmetic after the three-parameter logistic model.

A person's ability is on a logit scale whose 0 is somebody who just reaches level 3, because that is the person a question's
judged difficulty speaks of. Who does not know guesses blindly; in a situation, options are the likelier the better they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from random import Random
from typing import Any

from quizzes.items import multiple_choice, single_choice, situational

# What blind guessing earns on average, 0–1.
CHANCE = {single_choice.NAME: 1 / 3, multiple_choice.NAME: 0.25, situational.NAME: 0.5}
SHARPNESS = 1.1  # so that a situation's expected points meet its judged difficulty


@dataclass(frozen=True)
class Asked:
    """A question version as an answer needs it. ``difficulty`` is the share (0–1) that just reaches level 3 and is right."""

    kind: str
    competency: str
    difficulty: float
    options: tuple[str, ...]
    key: Mapping[str, Any]

    @cached_property
    def threshold(self) -> float:
        """The ability at which one knows it as often as not."""
        chance = CHANCE[self.kind]
        known = min(0.95, max(0.05, (self.difficulty - chance) / (1 - chance)))
        return -log(known / (1 - known))

    @cached_property
    def means(self) -> dict[str, float]:
        return situational.panel_means(self.key["ratings"])

    def known(self, ability: float) -> float:
        """The probability of knowing it, 0–1, apart from guessing."""
        return 1 / (1 + exp(self.threshold - ability))


def _single(asked: Asked, known: float, random: Random) -> dict[str, list[str]]:
    if random.random() < known:
        return {"choice": list(asked.key["correct"])}
    return {"choice": [random.choice(asked.options)]}


def _multiple(asked: Asked, known: float, random: Random) -> dict[str, list[str]]:
    points = CHANCE[asked.kind] + (1 - CHANCE[asked.kind]) * known
    correct = set(asked.key["correct"])
    judged_right = {option: random.random() < (1 + points) / 2 for option in asked.options}
    chosen = [option for option, right in judged_right.items() if (option in correct) == right]
    return {"choice": chosen or [random.choice(asked.options)]}


def _situational(asked: Asked, known: float, random: Random) -> dict[str, list[str]]:
    slope = -SHARPNESS * log(1 - min(known, 0.999))
    pull = [exp(slope * asked.means[option]) for option in asked.options]
    best = random.choices(asked.options, pull)[0]
    rest = [option for option in asked.options if option != best]
    worst = random.choices(rest, [exp(-slope * asked.means[option]) for option in rest])[0]
    return {"best": [best], "worst": [worst]}


ANSWERS = {single_choice.NAME: _single, multiple_choice.NAME: _multiple, situational.NAME: _situational}


def answer(asked: Asked, *, ability: float, random: Random) -> dict[str, list[str]]:
    """The form fields that a person of this ability sends, in the version's option ids."""
    return ANSWERS[asked.kind](asked, asked.known(ability), random)
