"""When somebody is due, in pure dates: the dates of a round, the state of a round, the day evidence runs low."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from math import floor, log2

from training.scorecard import RULE_1, Rule

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


class RoundState(Enum):
    """What a person reads about a round."""

    UPCOMING = "upcoming"
    OPEN = "open"
    DONE = "done"
    MISSED = "missed"
    PAUSED = "paused"


@dataclass(frozen=True)
class Window:
    """First and last day of a round."""

    opens_on: date
    closes_on: date

    def holds(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day: 31 January + 1 month is 28 or 29 February."""
    year, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(day.year + year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def round_window(starts_on: date, interval_months: int, window_days: int, number: int) -> Window:
    """The window of the round with that number, counted from 0. Counted from the start, so that days do not drift."""
    opens = add_months(starts_on, interval_months * number)
    return Window(opens, opens + timedelta(days=window_days - 1))


def current_number(starts_on: date, interval_months: int, day: date) -> int:
    """The number of the latest round that has opened by ``day``; −1 before the first."""
    if day < starts_on:
        return -1
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    number = max(0, months // interval_months)
    while add_months(starts_on, interval_months * number) > day:
        number -= 1
    return number


def quarter_name(day: date) -> str:
    """``IV/2026`` for a day in the fourth quarter of 2026."""
    return f"{ROMAN[(day.month - 1) // 3 + 1]}/{day.year}"


def round_state(
    window: Window, *, handed_in: bool, pauses: Iterable[tuple[date, date | None]], day: date
) -> RoundState:
    """The state of a round on a day. A pause that touches the window's end lifts what was owed."""
    if handed_in:
        return RoundState.DONE
    if day < window.opens_on:
        return RoundState.UPCOMING
    if any(start <= day and (end is None or day <= end) for start, end in pauses if window.holds(day)):
        return RoundState.PAUSED
    if window.holds(day):
        return RoundState.OPEN
    if any(start <= window.closes_on and (end is None or end >= window.closes_on) for start, end in pauses):
        return RoundState.PAUSED
    return RoundState.MISSED


def days_until_too_little(n_eff: float, rule: Rule = RULE_1) -> int:
    """Days until the weighted answers fall below the minimum without a new one: half-life × log2(n_eff ÷ minimum)."""
    if n_eff < rule.enough_answers:
        return 0
    return floor(rule.half_life * log2(n_eff / rule.enough_answers))
