"""The sum behind a score as a spreadsheet that computes itself, so that anyone can redo it.

Formulas are ours alone. Text from data is neutralised: a cell that begins like a formula would be run as one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import pairwise

from django.utils.translation import gettext as _

from training.queries import CardLine
from training.scorecard import RULE_1, LevelEstimate, Rule, WeightedAnswer
from training.views.wording import full_day

BOM = "\ufeff"  # without it Excel reads umlauts wrongly
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


@dataclass(frozen=True)
class Dialect:
    """How spreadsheets of a language write functions, numbers and lists of arguments."""

    sum: str
    beta_dist: str
    true: str
    decimal: str
    separator: str

    def number(self, value: float) -> str:
        return f"{value:.12g}".replace(".", self.decimal)


DIALECTS = {
    "de": Dialect("SUMME", "BETA.VERT", "WAHR", ",", ";"),
    "en": Dialect("SUM", "BETA.DIST", "TRUE", ".", ","),
}


def _repeat_share(x: WeightedAnswer, rule: Rule) -> float:
    """The repeat's part of a weight: 1 for a first answer, ½ for a later one."""
    scenario = 1 + rule.within_scenario * (x.answer.decisions - 1)
    return round(x.weight * scenario * 2 ** (x.age / rule.half_life), 6)


def _answer_cells(x: WeightedAnswer, title: str, row: int, d: Dialect, rule: Rule) -> list[str]:
    weight = f"=2^(-C{row}/{rule.half_life})*D{row}/(1+{d.number(rule.within_scenario)}*(E{row}-1))"
    return [
        full_day(x.answer.answered_on),
        neutral(title),
        str(x.age),
        d.number(_repeat_share(x, rule)),
        str(x.answer.decisions),
        d.number(x.answer.points),
        weight,
        f"=G{row}*F{row}",
    ]


def _result_cells(first: int, last: int, at: int, d: Dialect, rule: Rule) -> list[list[str]]:
    """The sum, the score and its interval, from row ``at`` on."""
    s = d.separator
    a, b = f"B{at}", f"B{at + 1}"
    return [
        [_("a (points counted, with the virtual question)"), f"={d.sum}(H{first}:H{last})"],
        [_("b (points not earned, with the virtual question)"), f"={d.sum}(G{first}:G{last})-{a}"],
        [_("weighted answers"), f"={a}+{b}-{d.number(rule.virtual_answers)}"],
        [_("score = a ÷ (a + b)"), f"={a}/({a}+{b})"],
        [_("interval, lower end"), f"=BETA.INV({d.number(0.025)}{s}{a}{s}{b})"],
        [_("interval, upper end"), f"=BETA.INV({d.number(0.975)}{s}{a}{s}{b})"],
    ]


def _level_cells(found: LevelEstimate, at: int, d: Dialect, rule: Rule) -> list[list[str]]:
    """The probability of each level; where there is not enough evidence no level is named, here neither."""
    if found.level is None:
        return [[_("Not enough evidence yet")]]
    s, a, b = d.separator, f"B{at}", f"B{at + 1}"
    below = ["0", *(f"{d.beta_dist}({d.number(cut)}{s}{a}{s}{b}{s}{d.true})" for cut in rule.cuts), "1"]
    return [
        [_("probability of level %(level)s") % {"level": level}, f"={high}-{low}"]
        for level, (low, high) in enumerate(pairwise(below), start=1)
    ]


def sum_sheet(line: CardLine, titles: Mapping[str, str], *, as_of: date, language: str, rule: Rule = RULE_1) -> bytes:
    """The sum of one competency as CSV with live formulas, in the dialect of the language."""
    d = DIALECTS[language]
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=d.separator)
    title = {"name": line.competency.name, "day": full_day(as_of), "version": rule.version}
    writer.writerow([neutral(_("%(name)s, as of %(day)s, rule %(version)s") % title)])
    writer.writerow([])
    writer.writerow(
        [
            _("Day"),
            _("Question"),
            _("Age in days"),
            _("First 1, repeat ½"),
            _("Decisions"),
            _("Points"),
            _("Weight"),
            _("Counts"),
        ]
    )
    first = 4
    for row, x in enumerate(line.lines, start=first):
        name = titles.get(x.answer.item, _("a question that is no longer asked"))
        writer.writerow(_answer_cells(x, name, row, d, rule))
    last = first + len(line.lines)
    virtual = d.number(rule.virtual_answers)
    writer.writerow(["", _("Virtual question, half right"), "", "", "", d.number(0.5), virtual, f"=G{last}*F{last}"])
    writer.writerow([])
    writer.writerows(_result_cells(first, last, last + 2, d, rule))
    writer.writerows(_level_cells(line.estimate, last + 2, d, rule))
    return (BOM + out.getvalue()).encode()
