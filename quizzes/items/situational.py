"""Situational judgement: pick what one should do best and worst; a panel's ratings are the key.

Scoring and the panel's thresholds: evidence for each pick is its place on the panel's own scale between the worst and the
best option; after McDaniel et al. (2007) and Catano, Brochu & Lamerson (2012) on keys and reliability.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, stdev

from quizzes.errors import BadAnswer
from quizzes.items.base import Fields, Key, Marked, Options, Track, Value, one

NAME = "situational"
TRACK: Track = "judgement"
MIN_JUDGES = 5
MAX_SD = 1.0
MIN_SPREAD = 1.5


def panel_means(ratings: dict[str, Sequence[int]]) -> dict[str, float]:
    """Each option's mean rating, 1–5."""
    return {option: round(fmean(given), 4) for option, given in ratings.items()}


def check_key(key: Key) -> list[str]:
    """``key`` is ``{"ratings": {option id: [1…5, …]}}``: five judges, agreement on each option, best and worst apart."""
    ratings = key["ratings"]
    if len(ratings) < 3 or any(len(given) < MIN_JUDGES for given in ratings.values()):
        return ["too_few_judges"]
    if any(not 1 <= rating <= 5 for given in ratings.values() for rating in given):
        return ["rating_scale"]
    if any(stdev(given) > MAX_SD for given in ratings.values()):
        return ["panel_disagrees"]
    means = panel_means(ratings).values()
    return [] if max(means) - min(means) >= MIN_SPREAD else ["best_and_worst_too_close"]


def parse(fields: Fields, options: Options) -> Value:
    """``best`` and ``worst`` name one option each, or none yet; not the same one."""
    best, worst = one(fields, "best", options), one(fields, "worst", options)
    if best is not None and best == worst:
        raise BadAnswer("best_is_worst")
    return {"best": best, "worst": worst}


def mark(key: Key, value: Value) -> Marked:
    """Two decisions: (e_best − e_min) ÷ (e_max − e_min) and (e_max − e_worst) ÷ (e_max − e_min); 0 for one not made."""
    means = panel_means(key["ratings"])
    low, high = min(means.values()), max(means.values())
    best, worst = means.get(value.get("best") or "", low), means.get(value.get("worst") or "", high)
    return Marked(((best - low) / (high - low), (high - worst) / (high - low)))


def picked(value: Value) -> dict[str, list[str]]:
    """What was picked as best and as worst."""
    return {name: [value[name]] if value.get(name) else [] for name in ("best", "worst")}


def solution(key: Key) -> dict[str, list[str]]:
    """What the panel rates highest and lowest; several options where it rates them the same."""
    means = panel_means(key["ratings"])
    low, high = min(means.values()), max(means.values())
    return {
        "best": [option for option, mean in means.items() if mean == high],
        "worst": [option for option, mean in means.items() if mean == low],
    }
