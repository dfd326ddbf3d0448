"""How long one level estimate takes, against one call of SciPy's quantile function."""

from __future__ import annotations

import timeit
from datetime import date, timedelta

from scipy.stats import beta

from training.scorecard import ScoredAnswer, estimate


def main() -> None:
    today = date(2026, 11, 24)
    answers = [ScoredAnswer(f"q{i % 40}", today - timedelta(days=17 * i), (i % 4) / 3) for i in range(60)]
    ours = min(timeit.repeat(lambda: estimate(answers, as_of=today), number=50, repeat=5)) / 50
    theirs = min(timeit.repeat(lambda: beta.ppf(0.975, 12.5, 3.5), number=50, repeat=5)) / 50
    print(
        f"estimate of 60 answers: {ours * 1e6:.0f} µs, one scipy.stats.beta.ppf {theirs * 1e6:.0f} µs, ratio {ours / theirs:.1f}"
    )
