"""What every question kind has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from quizzes.errors import BadAnswer

Track = Literal["knowledge", "judgement"]
Fields = Mapping[str, Sequence[str]]
Options = Mapping[str, str]
Value = dict[str, Any]
Key = dict[str, Any]


@dataclass(frozen=True)
class Marked:
    """What an answer earned: one number in 0–1 for each scored decision."""

    decisions: tuple[float, ...]

    @property
    def points(self) -> float:
        """The question's mark, 0–1: the mean of its decisions."""
        return sum(self.decisions) / len(self.decisions)


class Kind(Protocol):
    """The interface of a kind module."""

    NAME: str
    TRACK: Track

    def check_key(self, key: Key) -> list[str]:
        """Codes of what keeps this key from being asked; empty when it may be."""

    def parse(self, fields: Fields, options: Options) -> Value:
        """The answer in the version's own option ids. Raises BadAnswer."""

    def mark(self, key: Key, value: Value) -> Marked:
        """What a parsed answer earns; an answer left empty earns nothing."""

    def picked(self, value: Value) -> dict[str, list[str]]:
        """Field name → the version's options an answer names there: ``parse`` read backwards. Every field has an entry."""

    def solution(self, key: Key) -> dict[str, list[str]]:
        """Field name → the version's options that earn most there. Only for who may see the key."""


def one(fields: Fields, name: str, options: Options) -> str | None:
    """The single chosen option under ``name``, or None when nothing was chosen."""
    sent = [x for x in fields.get(name, ()) if x]
    if not sent:
        return None
    if len(sent) > 1:
        raise BadAnswer("too_many")
    if sent[0] not in options:
        raise BadAnswer("unknown_option")
    return options[sent[0]]
