"""Single choice: one option is right."""

from __future__ import annotations

from quizzes.items.base import Fields, Key, Marked, Options, Track, Value, one

NAME = "single_choice"
TRACK: Track = "knowledge"


def check_key(key: Key) -> list[str]:
    """``key`` is ``{"correct": [option id]}``: exactly one."""
    return [] if len(key["correct"]) == 1 else ["one_correct"]


def parse(fields: Fields, options: Options) -> Value:
    """``choice`` names one option or none."""
    return {"choice": one(fields, "choice", options)}


def mark(key: Key, value: Value) -> Marked:
    """1 for the right option, 0 otherwise."""
    return Marked((float(value.get("choice") in key["correct"]),))


def picked(value: Value) -> dict[str, list[str]]:
    """The one chosen option, or none."""
    return {"choice": [value["choice"]] if value.get("choice") else []}


def solution(key: Key) -> dict[str, list[str]]:
    """The right option."""
    return {"choice": list(key["correct"])}
