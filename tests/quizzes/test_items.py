"""The question kinds as pure arithmetic: what an answer is, and what it earns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.errors import BadAnswer
from quizzes.items import KINDS, multiple_choice, single_choice, situational

NAMES = {f"n{i}": f"o{i}" for i in range(5)}
RATINGS = {"o0": [5] * 8, "o1": [4] * 8, "o2": [3] * 8, "o3": [2] * 8, "o4": [1] * 8}
KEYS = {
    "single_choice": {"correct": ["o0"]},
    "multiple_choice": {"correct": ["o0", "o1"], "options": 5},
    "situational": {"ratings": RATINGS},
}
FIELDS = st.dictionaries(
    st.sampled_from(["choice", "best", "worst"]) | st.text(max_size=5),
    st.lists(st.sampled_from([*NAMES, "", "o0"]) | st.text(max_size=5), max_size=6),
)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(fields=FIELDS)
def test_whatever_is_posted_is_an_answer_or_a_bad_answer_and_earns_between_nothing_and_all(kind, fields):
    try:
        value = kind.parse(fields, NAMES)
    except BadAnswer as error:
        assert str(error)
        return
    marked = kind.mark(KEYS[kind.NAME], value)
    assert 0 <= marked.points <= 1 and all(0 <= d <= 1 for d in marked.decisions)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(fields=FIELDS)
def test_what_was_picked_can_be_read_back_from_the_answer(kind, fields):
    try:
        value = kind.parse(fields, NAMES)
    except BadAnswer:
        return
    public = {option: name for name, option in NAMES.items()}
    again = {field: [public[option] for option in options] for field, options in kind.picked(value).items()}
    assert kind.parse(again, NAMES) == value


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_nothing_chosen_is_an_answer_that_earns_nothing(kind):
    value = kind.parse({}, NAMES)
    assert not any(kind.picked(value).values())
    assert kind.mark(KEYS[kind.NAME], value).points == kind.mark(KEYS[kind.NAME], {}).points == 0


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_solution_earns_everything(kind):
    public = {option: name for name, option in NAMES.items()}
    solution = {field: [public[o] for o in options] for field, options in kind.solution(KEYS[kind.NAME]).items()}
    assert kind.mark(KEYS[kind.NAME], kind.parse(solution, NAMES)).points == 1


@pytest.mark.parametrize(
    ("best", "worst", "decisions"),
    [
        ("o0", "o4", (1, 1)),
        ("o1", "o4", (0.75, 1)),
        ("o2", "o3", (0.5, 0.75)),
        ("o4", "o0", (0, 0)),
        ("o0", None, (1, 0)),
        (None, "o4", (0, 1)),
        (None, None, (0, 0)),
    ],
)
def test_a_situation_is_marked_on_the_panels_own_scale(best, worst, decisions):
    marked = situational.mark({"ratings": RATINGS}, {"best": best, "worst": worst})
    assert marked.decisions == pytest.approx(decisions)
    assert marked.points == pytest.approx(sum(decisions) / 2)


def test_the_panels_scale_ends_at_its_own_best_and_worst():
    narrow = {"a": [4, 4, 5, 4, 4], "b": [3, 3, 3, 3, 3], "c": [2, 2, 2, 2, 1]}
    assert situational.mark({"ratings": narrow}, {"best": "a", "worst": "c"}).decisions == (1, 1)
    assert situational.mark({"ratings": narrow}, {"best": "b", "worst": "b"}).points == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("ratings", "problem"),
    [
        ({"a": [5] * 5, "b": [1] * 5}, "too_few_judges"),
        ({"a": [5] * 4, "b": [1] * 5, "c": [3] * 5}, "too_few_judges"),
        ({"a": [6] * 5, "b": [1] * 5, "c": [3] * 5}, "rating_scale"),
        ({"a": [5, 1, 5, 1, 5], "b": [1] * 5, "c": [3] * 5}, "panel_disagrees"),
        ({"a": [3] * 5, "b": [2] * 5, "c": [3] * 5}, "best_and_worst_too_close"),
        ({"a": [5] * 5, "b": [1] * 5, "c": [3] * 5}, None),
    ],
)
def test_a_panel_that_cannot_be_scored_is_named(ratings, problem):
    assert situational.check_key({"ratings": ratings}) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("", 0), ("0", 0.5), ("01", 1), ("02", 0), ("012", 0.5), ("01234", 0), ("234", 0)],
)
def test_ticking_everything_earns_nothing_in_multiple_choice(chosen, points):
    value = {"choices": [f"o{i}" for i in chosen]}
    assert multiple_choice.mark(KEYS["multiple_choice"], value).points == points


def test_two_options_in_single_choice_are_refused():
    with pytest.raises(BadAnswer) as refused:
        single_choice.parse({"choice": ["n0", "n1"]}, NAMES)
    assert refused.value.code == "too_many"
