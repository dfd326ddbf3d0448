"""Test-wise guessers: what somebody earns who knows nothing but how tests are made.

Run ``python -m tests.content.guessers FILE…`` to see each guesser's distance from chance, in points of 100.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import yaml

LANGUAGES = ("de", "en")
KINDS = ("single_choice", "multiple_choice", "situational")
LIMIT = 8.0  # points of 100
EMPATHY = {
    "de": r"versteh|verständ|\bleid\b|\bgern|gemeinsam|danke|\bbitte\b|ärger|schade|entschuld|selbstverständlich|sorge",
    "en": r"understand|sorry|\bglad|gladly|happy to|together|thank|please|apolog|upset|of course|care\b|worr",
}
ABSOLUTE = {
    "de": r"\b(immer|nie|niemals|nur|sofort|alle|alles|jede[rsnm]?|kein\w*|garantiert|unbedingt)\b",
    "en": r"\b(always|never|only|immediately|at once|all|every|none|no|guarantee\w*|must)\b",
}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def overlap(option: str, stem: str) -> float:
    long = {w for w in words(stem) if len(w) > 3}
    return float(sum(w in long for w in words(option)))


def features(question: dict, language: str) -> np.ndarray:
    """One row per option: length, position from the front, understanding, question mark, stem words, no absolutes."""
    stem = question["stem"][language]
    texts = [o[language] for o in question["options"]]
    return np.array(
        [
            [
                len(t),
                -i,
                len(re.findall(EMPATHY[language], t.lower())),
                float("?" in t),
                overlap(t, stem),
                -len(re.findall(ABSOLUTE[language], t.lower())),
            ]
            for i, t in enumerate(texts)
        ],
        dtype=float,
    )


NAMES = ("longest", "first", "most understanding", "has a question", "repeats the stem", "no absolutes")
GUESSERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    **{name: (lambda f, c=c: f[:, c]) for c, name in enumerate(NAMES)},
    "shortest": lambda f: -f[:, 0],
    "last": lambda f: -f[:, 1],
}


def values(question: dict) -> np.ndarray:
    """What picking each option earns, 0–1; for a situational question on the panel's own scale."""
    if question["kind"] == "situational":
        means = np.array([statistics.mean(o["panel"]) for o in question["options"]])
        return (means - means.min()) / (means.max() - means.min())
    return np.array([float(bool(o.get("correct"))) for o in question["options"]])


def gain(question: dict, scores: np.ndarray) -> float:
    """Points (−100…100) above blind choice for somebody who takes the top score; ties are split.

    A situational question also asks for the worst answer: the guesser takes the lowest score there.
    """
    value = values(question)
    best = value[scores == scores.max()].mean() - value.mean()
    if question["kind"] != "situational":
        return 100 * float(best)
    worst = value.mean() - value[scores == scores.min()].mean()
    return 50 * float(best + worst)


def mean_gain(questions: Iterable[dict], language: str, guess: Callable[[np.ndarray], np.ndarray]) -> float:
    return float(np.mean([gain(q, guess(features(q, language))) for q in questions]))


def standardised(question: dict, language: str) -> np.ndarray:
    f = features(question, language)
    sd = f.std(axis=0)
    return (f - f.mean(axis=0)) / np.where(sd > 0, sd, 1)


def classifier_gain(questions: list[dict], language: str, folds: int = 8) -> float:
    """A ridge regression on all features together, trained on other questions than those it guesses.

    Whole questions are held out, in ten shuffles with fixed seeds, so that the figure does not hang on one split.
    """
    xs = [standardised(q, language) for q in questions]
    ys = [values(q) - values(q).mean() for q in questions]
    gains = []
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(len(questions))
        for fold in range(folds):
            held = set(order[fold::folds].tolist())
            x = np.vstack([xs[i] for i in order if i not in held])
            y = np.concatenate([ys[i] for i in order if i not in held])
            weights = np.linalg.solve(x.T @ x + 5 * np.eye(x.shape[1]), x.T @ y)
            gains += [gain(questions[i], xs[i] @ weights) for i in held]
    return float(np.mean(gains))


def report(questions: list[dict], language: str) -> dict[str, float]:
    """Every guesser's distance from chance in points; the classifier's too when there is enough to train on."""
    found = {name: mean_gain(questions, language, guess) for name, guess in GUESSERS.items()}
    if len(questions) >= 30:
        found["classifier"] = classifier_gain(questions, language)
    return found


def agreement(ratings: list[list[int]]) -> float:
    """How far a panel agrees on the order of the options: ICC(2,k), two-way random, mean of the raters (0–1)."""
    x = np.array(ratings, float)
    options, raters = x.shape
    by_option = raters * ((x.mean(1) - x.mean()) ** 2).sum() / (options - 1)
    by_rater = options * ((x.mean(0) - x.mean()) ** 2).sum() / (raters - 1)
    rest = x - x.mean(1, keepdims=True) - x.mean(0, keepdims=True) + x.mean()
    error = (rest**2).sum() / ((options - 1) * (raters - 1))
    return float((by_option - error) / (by_option + (by_rater - error) / options))


def panel_faults(question: dict) -> list[str]:
    ratings = [o.get("panel", []) for o in question["options"]]
    if any(len(r) != 8 or not all(x in (1, 2, 3, 4, 5) for x in r) for r in ratings):
        return ["needs eight ratings from 1 to 5 for each option"]
    means = sorted(statistics.mean(r) for r in ratings)
    faults = [f"panel sd of option {i + 1} is over 1.0" for i, r in enumerate(ratings) if statistics.stdev(r) > 1.0]
    if means[-1] - means[0] < 1.5:
        faults.append("best and worst differ by less than 1.5")
    if means[-1] - means[-2] < 0.3 or means[1] - means[0] < 0.3:
        faults.append("best or worst is not unique (0.3)")
    return faults


def faults(question: dict) -> list[str]:
    """What is wrong with the form of one question; empty when it may be loaded."""
    found = []
    kind = question.get("kind")
    if kind not in KINDS or question.get("pool") not in ("check", "practice"):
        return ["unknown kind or pool"]
    count, right = len(question["options"]), sum(bool(o.get("correct")) for o in question["options"])
    if kind == "situational":
        found += ["four options"] if count != 4 else panel_faults(question)
    elif kind == "single_choice" and (count != 3 or right != 1):
        found.append("three options, one correct")
    elif kind == "multiple_choice" and not (count in (4, 5) and right in (2, 3)):
        found.append("four or five options, two or three correct")
    for part in [question["title"], question["stem"], question["rationale"], *question["options"]]:
        found += [f"no {lang} text in {str(part)[:40]}" for lang in LANGUAGES if not str(part.get(lang) or "").strip()]
    if not 30 <= question.get("angoff", 0) <= 95 or question["angoff"] % 5:
        found.append("angoff 30–95 in steps of 5")
    return found


def load(paths: Iterable[Path]) -> list[dict]:
    return [q for path in paths for q in yaml.safe_load(path.read_text(encoding="utf-8"))]


def main(names: list[str]) -> int:
    questions = load(map(Path, names))
    wrong = 0
    for question in questions:
        for fault in faults(question):
            print(f"{question.get('id')}: {fault}")
            wrong += 1
    counts: dict[tuple[str, str], int] = {}
    for q in questions:
        counts[q["pool"], q["kind"]] = counts.get((q["pool"], q["kind"]), 0) + 1
    print({f"{p} {k}": n for (p, k), n in sorted(counts.items())})
    for language in LANGUAGES:
        for name, points in report(questions, language).items():
            over = abs(points) > LIMIT if name != "classifier" else points > LIMIT
            wrong += over
            print(f"{language} {name:20s} {points:+6.1f}{'  <-- over the limit' if over else ''}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
