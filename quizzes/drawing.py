"""A fair draw of questions: by competency, by track, by thirds of difficulty, what was not seen lately first.

Unbalanced forms would put up to 21 points between equal people; a balanced draw is the fairness of a check. The draw is a
pure function of its inputs and a seed, so it can be redone from what an attempt stores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

TOLERANCE = 0.03  # how far a form's mean difficulty may lie from the pool's
TRIES = 60


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn. ``difficulty`` is the share (0–1) expected to get it right."""

    item: str
    competency: str
    track: str
    difficulty: float


@dataclass(frozen=True)
class Blueprint:
    """How many questions of each track a form has for each of its competencies."""

    competencies: tuple[str, ...]
    per_competency: Mapping[str, int]

    @property
    def size(self) -> int:
        return len(self.competencies) * sum(self.per_competency.values())


def shortage(pool: Sequence[Candidate], blueprint: Blueprint) -> dict[tuple[str, str], int]:
    """What is missing to draw a form: (competency, track) → number of questions short; empty when nothing is."""
    have: dict[tuple[str, str], int] = defaultdict(int)
    for candidate in pool:
        have[candidate.competency, candidate.track] += 1
    needed = {(c, t): n for c in blueprint.competencies for t, n in blueprint.per_competency.items()}
    return {cell: n - have[cell] for cell, n in needed.items() if have[cell] < n}


def _thirds(cell: Sequence[Candidate]) -> list[list[Candidate]]:
    ranked = sorted(cell, key=lambda c: (c.difficulty, c.item))
    third = -(-len(ranked) // 3)
    return [ranked[i : i + third] for i in range(0, len(ranked), third)]


def _draw_cell(cell: Sequence[Candidate], count: int, seen: Mapping[str, date], random: Random) -> list[Candidate]:
    """``count`` questions spread over the thirds; within a third unseen ones first, then the longest unseen."""
    strata = _thirds(cell)
    random.shuffle(strata)
    for stratum in strata:
        random.shuffle(stratum)
        stratum.sort(key=lambda c: seen.get(c.item, date.min))
    drawn: list[Candidate] = []
    unseen_first = sorted(
        (rank, seen.get(c.item, date.min) > date.min, s, c.item)
        for s, stratum in enumerate(strata)
        for rank, c in enumerate(stratum)
    )
    by_item = {c.item: c for c in cell}
    unseen = [row for row in unseen_first if not row[1]]
    again = sorted((row for row in unseen_first if row[1]), key=lambda row: (seen[row[3]], row[0]))
    for row in [*unseen, *again][:count]:
        drawn.append(by_item[row[3]])
    return drawn


def draw(pool: Sequence[Candidate], blueprint: Blueprint, *, seen: Mapping[str, date], seed: int) -> list[str]:
    """The items of one form, in the order they are asked.

    ``seen`` maps an item to the day this person last met it. Of several draws the first whose mean difficulty lies within
    ``TOLERANCE`` of the pool's is taken, else the closest. Raises ValueError where the pool is too small (see shortage).
    """
    if missing := shortage(pool, blueprint):
        raise ValueError(f"the pool is too small: {missing}")
    cells: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in pool:
        cells[candidate.competency, candidate.track].append(candidate)
    wanted = [c for c in pool if c.competency in blueprint.competencies]
    target = sum(c.difficulty for c in wanted) / len(wanted)
    best: tuple[float, list[Candidate]] | None = None
    for attempt in range(TRIES):
        random = Random(f"{seed}:{attempt}")  # noqa: S311 - a fair draw, not a secret
        form = [
            c
            for name in blueprint.competencies
            for track, count in blueprint.per_competency.items()
            for c in _draw_cell(cells[name, track], count, seen, random)
        ]
        off = abs(sum(c.difficulty for c in form) / len(form) - target)
        if best is None or off < best[0]:
            best = (off, form)
        if off <= TOLERANCE:
            break
    assert best is not None
    return _interleave(best[1], Random(f"{seed}:order"))  # noqa: S311


def _interleave(form: Sequence[Candidate], random: Random) -> list[str]:
    """Competency after competency, tracks mixed within: a person stays with one subject for a while."""
    groups: dict[str, list[str]] = defaultdict(list)
    for candidate in form:
        groups[candidate.competency].append(candidate.item)
    for items in groups.values():
        random.shuffle(items)
    return [item for items in groups.values() for item in items]
