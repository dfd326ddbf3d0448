"""A fair draw: the blueprint kept, unseen first, the same again from the same seed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.drawing import TOLERANCE, Blueprint, Candidate, draw, shortage

BLUEPRINT = Blueprint(("K2", "K5"), {"knowledge": 3, "judgement": 2})
TODAY = date(2026, 11, 24)


def pool(each: int = 6, difficulties=(0.3, 0.4, 0.5, 0.6, 0.7, 0.8)) -> list[Candidate]:
    return [
        Candidate(f"{code}-{track}-{i}", code, track, difficulties[i % len(difficulties)])
        for code in ("K2", "K5", "K8")
        for track in ("knowledge", "judgement")
        for i in range(each)
    ]


@given(seed=st.integers(0, 2**48), seen=st.sets(st.sampled_from([c.item for c in pool()])))
@settings(max_examples=60, deadline=None)
def test_a_form_keeps_its_blueprint_exactly_and_asks_nothing_twice(seed, seen):
    items = draw(pool(), BLUEPRINT, seen=dict.fromkeys(seen, TODAY), seed=seed)
    by_item = {c.item: c for c in pool()}
    cells = [(by_item[item].competency, by_item[item].track) for item in items]
    assert {cell: cells.count(cell) for cell in cells} == {
        (code, track): n for code in BLUEPRINT.competencies for track, n in BLUEPRINT.per_competency.items()
    }
    assert len(set(items)) == len(items) == BLUEPRINT.size


@given(seed=st.integers(0, 2**48))
def test_the_same_seed_draws_the_same_form_whatever_the_order_of_the_pool(seed):
    first = draw(pool(), BLUEPRINT, seen={}, seed=seed)
    assert draw(list(reversed(pool())), BLUEPRINT, seen={}, seed=seed) == first


def test_other_seeds_draw_other_forms():
    assert len({tuple(draw(pool(), BLUEPRINT, seen={}, seed=seed)) for seed in range(20)}) > 10


@given(seed=st.integers(0, 2**48), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_was_never_met_comes_first_and_then_what_was_met_longest_ago(seed, data):
    days = data.draw(st.dictionaries(st.sampled_from([c.item for c in pool()]), st.integers(1, 400)))
    seen = {item: TODAY - timedelta(days=n) for item, n in days.items()}
    items = set(draw(pool(), BLUEPRINT, seen=seen, seed=seed))
    for candidate in pool():
        left_out = candidate.competency in BLUEPRINT.competencies and candidate.item not in items
        cell = [c.item for c in pool() if (c.competency, c.track) == (candidate.competency, candidate.track)]
        if left_out and candidate.item not in seen:
            assert not [item for item in cell if item in items and item in seen], "an unseen one was left out"


def test_when_all_were_met_the_longest_ago_come_first():
    seen = {c.item: TODAY - timedelta(days=int(c.item[-1])) for c in pool()}
    items = draw(pool(), BLUEPRINT, seen=seen, seed=1)
    assert {item for item in items if item.startswith("K2-k")} == {"K2-knowledge-5", "K2-knowledge-4", "K2-knowledge-3"}


@given(seed=st.integers(0, 2**48))
@settings(max_examples=60, deadline=None)
def test_the_mean_difficulty_lies_near_the_pools(seed):
    candidates = {c.item: c for c in pool(each=12)}
    items = draw(list(candidates.values()), BLUEPRINT, seen={}, seed=seed)
    asked = [c.difficulty for c in candidates.values() if c.competency in BLUEPRINT.competencies]
    mean = sum(candidates[item].difficulty for item in items) / len(items)
    assert abs(mean - sum(asked) / len(asked)) <= TOLERANCE + 1e-9


def test_where_no_form_can_be_near_the_closest_is_taken():
    hard = [Candidate(f"h{i}", "K2", "knowledge", 0.1) for i in range(3)]
    easy = [Candidate(f"e{i}", "K2", "knowledge", 0.9) for i in range(3)]
    seen = {c.item: TODAY for c in easy}
    items = draw([*hard, *easy], Blueprint(("K2",), {"knowledge": 3}), seen=seen, seed=1)
    assert set(items) == {"h0", "h1", "h2"}, "unseen first, even far from the mean"


def test_a_pool_that_is_too_small_is_refused_and_says_what_is_missing():
    small = [c for c in pool() if (c.competency, c.track) != ("K5", "judgement") or c.item.endswith("0")]
    assert shortage(small, BLUEPRINT) == {("K5", "judgement"): 1}
    with pytest.raises(ValueError, match="too small"):
        draw(small, BLUEPRINT, seen={}, seed=1)
