"""Numbers and days as people say them, in the language of the page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from math import floor

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from training.disclosure import PROFILE, Category
from training.models import Role

YEAR = 365
HALF = 0.5


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


def part(share: float) -> str:
    """How much something counts: *half*, else in per cent."""
    return _("half") if share == HALF else percent(share)


def rating(share: float) -> int:
    """An observation's points as the rating it was given on, 1–5."""
    return round(share * 4) + 1


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


def month_year(day: date) -> str:
    """``März 2027``."""
    return date_format(day, "F Y")


def near_day(day: date, today: date) -> str:
    """A day with its year only where that is not this year."""
    return day_month(day) if day.year == today.year else full_day(day)


def moment(instant: datetime) -> str:
    """``24. November 2026, 10:42``, in the company's time zone."""
    local = timezone.localtime(instant)
    return f"{full_day(local)}, {date_format(local, 'H:i')}"


def near_month(day: date, today: date) -> str:
    """A month with its year only where that is not this year."""
    return date_format(day, "F") if day.year == today.year else month_year(day)


def days(number: int) -> str:
    """A span of days as years where it is whole years: ``ein Jahr``, ``drei Jahre``, ``200 Tage``."""
    if number % YEAR == 0:
        years = number // YEAR
        return ngettext("one year", "%(number)s years", years) % {"number": counted(years)}
    return ngettext("one day", "%(number)s days", number) % {"number": number}


def after_days(number: int) -> str:
    """The same after the word *after*, which German bends: *nach einem Jahr*, *nach drei Jahren*."""
    if number % YEAR == 0:
        years = number // YEAR
        return ngettext("after a year", "after %(number)s years", years) % {"number": counted(years)}
    return ngettext("after one day", "after %(number)s days", number) % {"number": number}


def listed(words: list[str]) -> str:
    """*a, b and c*."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def months(number: int | None) -> str:
    """How long something is kept: ``drei Jahre``, ``6 Monate``, or as long as the person works here."""
    if number is None:
        return _("as long as you work here")
    if number % 12 == 0:
        return days(YEAR * (number // 12))
    return ngettext("one month", "%(number)s months", number) % {"number": number}


def counted(number: int) -> str:
    """Small numbers as words, larger ones as figures: *vier*, *13*."""
    small = [_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight")]
    small += [_("nine"), _("ten"), _("eleven"), _("twelve")]
    return small[number] if number < len(small) else str(number)


def roles_named(roles: Collection[str]) -> str:
    """Roles in the order people know them: *manager and HR*."""
    return listed([str(label) for value, label in Role.choices if value in roles])


def who_sees_card() -> str:
    """Who sees what of a card besides the person, as the disclosure profile has it, in one sentence."""
    whole = PROFILE[Category.SCORECARD].roles | PROFILE[Category.ANSWERS].roles
    levels = PROFILE[Category.LEVELS].roles
    if whole:
        return _("Besides you, the whole card is seen by: %(roles)s.") % {"roles": roles_named(whole)}
    if not levels:
        return _("You see everything. Nobody else sees anything of it.")
    if levels == {Role.MANAGER}:
        return _("You see everything. Your manager sees level and certainty, no single answers.")
    return _("You see everything. Level and certainty, no single answers, are seen by: %(roles)s.") % {
        "roles": roles_named(levels)
    }


def state_word(state: str) -> str:
    """How sure a level is, in a word or two."""
    return {
        "clear": _("clear"),
        "provisional": _("provisional"),
        "not_enough": _("not enough evidence yet"),
    }[state]
