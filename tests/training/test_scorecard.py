"""The scoring rule, by numbers that can be redone by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.scorecard import RULE_1, ScoredAnswer, change, estimate, weigh

DAY = date(2026, 11, 24)


def answers(count, right, on=DAY, name="q"):
    return [ScoredAnswer(f"{name}{i}", on, float(i < right)) for i in range(count)]


# --- the worked example -------------------------------------------------------------------------------------------
def test_twelve_of_fifteen_right_today():
    found = estimate(answers(15, 12), as_of=DAY)
    assert (found.a, found.b, found.n_eff, found.n_items) == (12.5, 3.5, 15.0, 15)
    assert [round(100 * x) for x in (found.score, found.lower, found.upper)] == [78, 56, 94]
    assert (found.level, round(100 * found.level_probability)) == (3, 42)
    assert (found.assured_level, found.state) == (2, "provisional")


def test_the_same_a_year_later_is_not_enough():
    found = estimate(answers(15, 12), as_of=DAY + timedelta(days=365))
    assert (found.a, found.b, found.n_eff) == pytest.approx((6.5, 2.0, 7.5))
    assert round(100 * found.score) == 76
    assert (found.state, found.level, found.level_probability, found.assured_level) == ("not_enough", None, None, None)


# --- weights ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("age", "weight"), [(0, 1), (1, 0.998103), (73, 0.870551), (182, 0.707778), (365, 0.5), (730, 0.25), (1095, 0.125)]
)
def test_an_answer_loses_half_its_weight_in_a_year(age, weight):
    [line] = weigh([ScoredAnswer("q", DAY - timedelta(days=age), 1.0)], as_of=DAY)
    assert line.weight == pytest.approx(weight, abs=1e-6)


@pytest.mark.parametrize(("age", "counts"), [(-1, False), (0, True), (1095, True), (1096, False)])
def test_an_answer_counts_from_its_day_for_three_years(age, counts):
    lines = weigh([ScoredAnswer("q", DAY - timedelta(days=age), 1.0)], as_of=DAY)
    assert bool(lines) is counts


@pytest.mark.parametrize(("decisions", "weight"), [(1, 1), (2, 1 / 1.3), (3, 1 / 1.6), (8, 1 / 3.1)])
def test_decisions_of_one_situation_share_their_weight(decisions, weight):
    together = [ScoredAnswer("q", DAY, 1.0, decisions) for _ in range(decisions)]
    assert [line.weight for line in weigh(together, as_of=DAY)] == pytest.approx([weight] * decisions)


def test_a_question_answered_again_counts_half():
    again = [ScoredAnswer("q", DAY - timedelta(days=365), 1.0), ScoredAnswer("q", DAY, 1.0)]
    newest, oldest = weigh(again, as_of=DAY)
    assert (newest.weight, newest.repeated) == (0.5, True)
    assert (oldest.weight, oldest.repeated) == (0.5, False)  # half for its year, whole as the first


def test_once_the_first_answer_is_too_old_the_next_one_is_the_first():
    again = [ScoredAnswer("q", DAY - timedelta(days=1096), 1.0), ScoredAnswer("q", DAY, 1.0)]
    assert [line.weight for line in weigh(again, as_of=DAY)] == [1.0]


def test_two_answers_to_a_question_on_one_day_share_what_a_repeat_leaves():
    twice = [ScoredAnswer("q", DAY, 1.0), ScoredAnswer("q", DAY, 0.0)]
    assert [line.weight for line in weigh(twice, as_of=DAY)] == [0.75, 0.75]


# --- states -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("found", "state"),
    [
        (estimate([], as_of=DAY), "not_enough"),
        (estimate(answers(9, 9), as_of=DAY), "not_enough"),
        (estimate(answers(10, 10), as_of=DAY), "provisional"),
        (estimate(answers(20, 20), as_of=DAY), "clear"),
        (estimate(answers(7, 7) + answers(7, 7) + answers(7, 7), as_of=DAY), "not_enough"),
    ],
    ids=["nothing", "nine", "ten", "twenty all right", "seven questions again and again"],
)
def test_how_sure_a_level_is(found, state):
    assert found.state == state


def test_without_any_answer_there_is_only_the_virtual_one():
    found = estimate([], as_of=DAY)
    assert (found.score, found.n_eff, found.n_items, found.level) == (0.5, 0.0, 0, None)


@pytest.mark.parametrize(("right", "level"), [(0, 1), (9, 1), (10, 2), (13, 2), (14, 3), (16, 3), (17, 4), (20, 4)])
def test_the_level_is_the_one_in_which_the_score_lies(right, level):
    found = estimate(answers(20, right), as_of=DAY)
    assert (found.level, found.score) == (level, pytest.approx((right + 0.5) / 21))


def test_a_score_at_the_cut_has_reached_it():
    found = estimate(answers(20, 10), as_of=DAY)
    assert found.score == 0.5 == RULE_1.cuts[0]
    assert found.level == 2


@pytest.mark.parametrize("wrong", [{"points": -0.1}, {"points": 1.1}, {"points": 1, "decisions": 0}])
def test_marks_outside_0_to_1_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        ScoredAnswer("q", DAY, **wrong)


# --- what must hold for every ledger --------------------------------------------------------------------------------
ledger = st.lists(
    st.builds(
        ScoredAnswer,
        item=st.sampled_from([f"q{i}" for i in range(12)]),
        answered_on=st.integers(0, 1200).map(lambda age: DAY - timedelta(days=age)),
        points=st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        decisions=st.integers(1, 3),
        void=st.booleans(),
    ),
    max_size=40,
)
relaxed = settings(deadline=None, max_examples=60)


@relaxed
@given(ledger, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))
    one, other = estimate(rows, as_of=DAY), estimate(mixed, as_of=DAY)
    assert (one.a, one.b, one.n_eff) == pytest.approx((other.a, other.b, other.n_eff))
    assert one.state == other.state


@relaxed
@given(ledger)
def test_a_corrected_answer_counts_as_if_it_had_never_been(rows):
    without = [row for row in rows if not row.void]
    assert estimate(rows, as_of=DAY) == estimate(without, as_of=DAY)


@relaxed
@given(ledger, st.data())
def test_a_better_answer_never_lowers_the_score(rows, data):
    rows = [*rows, ScoredAnswer("one more", DAY, 0.0)]
    i = data.draw(st.integers(0, len(rows) - 1))
    better = ScoredAnswer(rows[i].item, rows[i].answered_on, 1.0, rows[i].decisions, rows[i].void)
    improved = [*rows[:i], better, *rows[i + 1 :]]
    assert estimate(improved, as_of=DAY).score >= estimate(rows, as_of=DAY).score - 1e-12


@relaxed
@given(ledger)
def test_probabilities_sum_to_one_and_the_interval_holds_what_it_must(rows):
    found = estimate(rows, as_of=DAY)
    assert sum(found.probabilities) == pytest.approx(1)
    assert all(p >= -1e-12 for p in found.probabilities)
    assert 0 <= found.lower < found.upper <= 1
    assert 0 < found.score < 1


@relaxed
@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 1000))
def test_age_alone_only_widens_the_interval(count, right, age):
    rows = answers(count, min(right, count))
    fresh, aged = estimate(rows, as_of=DAY), estimate(rows, as_of=DAY + timedelta(days=age))
    assert aged.n_eff <= fresh.n_eff
    spread = lambda e: e.a * e.b / ((e.a + e.b) ** 2 * (e.a + e.b + 1))  # noqa: E731
    # the prior's pull towards one half is the only thing that moves a score with age
    assert abs(aged.score - 0.5) <= abs(fresh.score - 0.5) + 1e-12
    assert spread(aged) >= spread(fresh) - 1e-12


@relaxed
@given(st.integers(8, 60), st.data())
def test_an_assured_level_is_never_above_what_is_likely(count, data):
    found = estimate(answers(count, data.draw(st.integers(0, count))), as_of=DAY)
    if found.assured_level:
        reached = sum(found.probabilities[found.assured_level - 1 :])
        assert reached >= RULE_1.assured_probability - 1e-9
        assert found.assured_level <= found.level


# --- when a change is real ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("count", "before", "after", "z"), [(15, 9, 12, 1.20), (15, 9, 14, 2.26), (30, 20, 27, 2.24)])
def test_a_change_is_assured_beyond_chance(count, before, after, z):
    earlier = DAY - timedelta(days=90)
    rows = answers(count, before, earlier, "old") + answers(count, after, DAY, "new")
    found = change(rows, since=earlier, turning=DAY, as_of=DAY)
    assert round(found.z, 2) == z
    assert found.assured is (z >= 1.96)


def test_a_fall_can_be_assured_as_well():
    earlier = DAY - timedelta(days=90)
    found = change(answers(15, 14, earlier, "old") + answers(15, 9, DAY, "new"), since=earlier, turning=DAY, as_of=DAY)
    assert found.assured and found.after < found.before


def test_questions_seen_before_say_nothing_about_a_change():
    earlier = DAY - timedelta(days=90)
    rows = answers(15, 5, earlier) + answers(15, 15, DAY)
    assert change(rows, since=earlier, turning=DAY, as_of=DAY) is None
