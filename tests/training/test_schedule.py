"""When somebody is due, in pure dates."""

from datetime import date

import pytest

from training.schedule import (
    RoundState,
    Window,
    add_months,
    current_number,
    days_until_too_little,
    quarter_name,
    round_state,
    round_window,
)

WINDOW = Window(date(2026, 11, 16), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 24), -3, date(2026, 8, 24)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_end_where_the_month_ends(day, months, then):
    assert add_months(day, months) == then


def test_rounds_are_counted_from_the_start_so_that_days_do_not_drift():
    start = date(2026, 1, 31)
    opens = [round_window(start, 1, 21, number).opens_on for number in range(4)]
    assert opens == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_window_of_21_days_holds_its_first_and_its_last_day():
    window = round_window(date(2026, 8, 16), 3, 21, 1)
    assert window == WINDOW
    assert window.holds(date(2026, 11, 16)) and window.holds(date(2026, 12, 6))
    assert not window.holds(date(2026, 11, 15)) and not window.holds(date(2026, 12, 7))


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 8, 15), -1),
        (date(2026, 8, 16), 0),
        (date(2026, 11, 15), 0),
        (date(2026, 11, 16), 1),
        (date(2027, 8, 16), 4),
    ],
)
def test_which_round_has_opened_last(day, number):
    assert current_number(date(2026, 8, 16), 3, day) == number


@pytest.mark.parametrize(
    ("handed_in", "pauses", "day", "state"),
    [
        (False, [], date(2026, 11, 15), RoundState.UPCOMING),
        (False, [], date(2026, 11, 24), RoundState.OPEN),
        (False, [], date(2026, 12, 6), RoundState.OPEN),
        (False, [], date(2026, 12, 7), RoundState.MISSED),
        (True, [], date(2026, 12, 7), RoundState.DONE),
        (True, [(date(2026, 11, 1), None)], date(2026, 11, 24), RoundState.DONE),
        (False, [(date(2026, 11, 1), None)], date(2026, 11, 24), RoundState.PAUSED),
        (False, [(date(2026, 11, 1), date(2026, 11, 20))], date(2026, 11, 24), RoundState.OPEN),
        (False, [(date(2026, 11, 20), date(2027, 3, 1))], date(2026, 12, 20), RoundState.PAUSED),
        (False, [(date(2026, 11, 17), date(2026, 11, 20))], date(2026, 12, 20), RoundState.MISSED),
    ],
)
def test_what_a_person_reads_about_a_round(handed_in, pauses, day, state):
    assert round_state(WINDOW, handed_in=handed_in, pauses=pauses, day=day) is state


@pytest.mark.parametrize(("n_eff", "days"), [(9.9, 0), (10.0, 0), (15.0, 213), (20.0, 365), (40.0, 730)])
def test_when_evidence_runs_low_without_new_answers(n_eff, days):
    assert days_until_too_little(n_eff) == days


@pytest.mark.parametrize(("day", "name"), [(date(2026, 1, 1), "I/2026"), (date(2026, 12, 31), "IV/2026")])
def test_a_round_is_named_by_its_quarter(day, name):
    assert quarter_name(day) == name
