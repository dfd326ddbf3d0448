"""Who may see what kind of data about a person, for what purpose, for how long. The one place where this is decided.

A works agreement can name this profile by its version; the page *Who sees what about me* prints it, and access asks it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum


class Category(Enum):
    """A kind of data about one person."""

    ANSWERS = "answers"
    PRACTICE = "practice"
    READING = "reading"
    SCORECARD = "scorecard"
    LEVELS = "levels"
    ROUNDS = "rounds"
    APPRAISAL = "appraisal"
    LOOKS = "looks"


@dataclass(frozen=True)
class Disclosure:
    """Besides the person: which roles see a category, and how many months it is kept (None: as long as employed)."""

    roles: frozenset[str]
    months: int | None


PROFILE_VERSION = 1
PROFILE: Mapping[Category, Disclosure] = {
    Category.ANSWERS: Disclosure(frozenset(), 36),
    Category.PRACTICE: Disclosure(frozenset(), 12),
    Category.READING: Disclosure(frozenset(), None),
    Category.SCORECARD: Disclosure(frozenset(), 36),
    Category.LEVELS: Disclosure(frozenset({"manager"}), 36),
    Category.ROUNDS: Disclosure(frozenset({"manager", "hr"}), 36),
    Category.APPRAISAL: Disclosure(frozenset({"manager", "hr"}), None),
    Category.LOOKS: Disclosure(frozenset(), 36),
}


def may_see(category: Category, roles: Collection[str], *, own: bool, leads: bool) -> bool:
    """Whether somebody with these roles may see this kind of data about a person.

    ``own``: it is about themselves. ``leads``: the person works in a team they lead; a manager sees nobody else.
    """
    if own:
        return True
    allowed = PROFILE[category].roles & set(roles)
    return bool(allowed - {"manager"}) or ("manager" in allowed and leads)
