"""Multiple choice: several options are right, and each option is a small yes-or-no of its own."""

from __future__ import annotations

from quizzes.errors import BadAnswer
from quizzes.items.base import Fields, Key, Marked, Options, Track, Value

NAME = "multiple_choice"
TRACK: Track = "knowledge"


def check_key(key: Key) -> list[str]:
    """``key`` is ``{"correct": [option id, …], "options": n}``: at least one right and one wrong."""
    return [] if 1 <= len(key["correct"]) < key["options"] else ["some_correct"]


def parse(fields: Fields, options: Options) -> Value:
    """``choice`` names any number of options; naming one twice counts once."""
    sent = {x for x in fields.get("choice", ()) if x}
    if sent - options.keys():
        raise BadAnswer("unknown_option")
    return {"choices": sorted(options[x] for x in sent)}


def mark(key: Key, value: Value) -> Marked:
    """(right ones chosen − wrong ones chosen) ÷ right ones, never below 0: ticking everything earns little."""
    chosen, correct = set(value.get("choices", ())), set(key["correct"])
    net = len(chosen & correct) - len(chosen - correct)
    return Marked((max(0.0, net / len(correct)),))


def picked(value: Value) -> dict[str, list[str]]:
    """The chosen options."""
    return {"choice": list(value.get("choices", ()))}


def solution(key: Key) -> dict[str, list[str]]:
    """The right options."""
    return {"choice": list(key["correct"])}
