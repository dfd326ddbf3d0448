"""Numbers and days as people say them, in the language of the page."""

from __future__ import annotations

from datetime import date
from math import floor

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

YEAR = 365


def percent(share: float) -> str:
    """``78 %`` for 0.78125, in English ``78%``."""
    return _("%(number)s%%") % {"number": round(share * 100)}


def hundred(share: float) -> int:
    """A share as a whole number of 100."""
    return round(share * 100)


def decimal(number: float, places: int = 1) -> str:
    """A fixed number of decimals: ``21,3``."""
    return number_format(f"{number:.{places}f}", places)


def below(number: float) -> str:
    """One decimal, rounded down, so that 9.97 of 10 does not read as enough."""
    return decimal(floor(number * 10) / 10)


def points(share: float) -> str:
    """A mark without needless zeros: ``1``, ``0,5``, ``0,67``."""
    return number_format(f"{share:.2f}".rstrip("0").rstrip(".") or "0")


def day_month(day: date) -> str:
    """``11. Dezember``."""
    return date_format(day, pgettext("date", "j F"))


def full_day(day: date) -> str:
    """``24. November 2026``."""
    return date_format(day, pgettext("date", "j F Y"))


def short_day(day: date) -> str:
    """``14. Aug. 2026``, for tables."""
    return date_format(day, pgettext("date", "j M Y"))


def week_day(day: date) -> str:
    """``Freitag, 11. Dezember``."""
    return date_format(day, pgettext("date", "l, j F"))


def month(day: date) -> str:
    """``März 2027``."""
    return date_format(day, "F Y")


def near_day(day: date, today: date) -> str:
    """A day with its year only where that is not this year."""
    return day_month(day) if day.year == today.year else full_day(day)


def near_month(day: date, today: date) -> str:
    """A month with its year only where that is not this year."""
    return date_format(day, "F") if day.year == today.year else month(day)


def days(number: int) -> str:
    """A span of days as years where it is whole years: ``ein Jahr``, ``3 Jahre``, ``200 Tage``."""
    if number % YEAR == 0:
        return ngettext("one year", "%(number)s years", number // YEAR) % {"number": number // YEAR}
    return ngettext("one day", "%(number)s days", number) % {"number": number}


def after_days(number: int) -> str:
    """The same after the word *after*, which German bends: *nach einem Jahr*, *nach 3 Jahren*."""
    if number % YEAR == 0:
        return ngettext("after a year", "after %(number)s years", number // YEAR) % {"number": number // YEAR}
    return ngettext("after one day", "after %(number)s days", number) % {"number": number}


def listed(words: list[str]) -> str:
    """*a, b and c*."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
