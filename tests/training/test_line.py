"""The figures: where things stand on the line, and that nothing runs into another or over the edge."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation

from training.scorecard import ScoredAnswer, estimate
from training.templatetags.line_tags import at, end_labels, of_year
from training.views.today import Year, YearCheck

DAY = date(2026, 11, 24)
DIGIT = 2.5  # a digit is at most this wide, in per cent of the narrowest line we draw


def drawn(source: str, language="de", **context) -> str:
    with translation.override(language):
        return Template("{% load line_tags %}" + source).render(Context(context))


def answered(count, right):
    return estimate([ScoredAnswer(str(i), DAY, float(i < right)) for i in range(count)], as_of=DAY)


def extent(label):
    width = DIGIT * len(label.text)
    start = {"start": 0, "middle": -width / 2, "end": -width}[label.anchor] + float(label.x)
    return start, start + width


def test_the_numbers_at_a_band_never_touch_and_never_leave_the_line():
    for lower in range(101):
        for upper in range(lower, 101):
            spans = [extent(label) for label in end_labels(lower, upper)]
            assert all(start >= -1.5 and end <= 101.5 for start, end in spans), (lower, upper)
            assert all(one[1] <= other[0] for one, other in pairwise(spans)), (lower, upper)


@pytest.mark.parametrize(("position", "text"), [(0.0, "0"), (50.0, "50"), (55.6364, "55.64"), (100.0, "100")])
def test_a_position_is_written_as_svg_reads_it(position, text):
    assert at(position) == text


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_language_puts_a_comma_into_an_attribute(language):
    svg = drawn("{% level_line found 'k' 'Name' 3 True %}", language, found=answered(15, 12))
    assert 'x="55.64%"' in svg and 'cx="78.12%"' in svg
    assert not re.search(r'="\d+,\d', svg)


def test_a_level_line_says_its_numbers_in_words():
    svg = drawn("{% level_line found 'k' 'Aktiv zuhören' 3 %}", found=answered(15, 12))
    assert '<title id="k-t">Aktiv zuhören</title>' in svg
    assert "Wert 78, Spanne 56 bis 94 von 100. Soll-Stufe 3." in svg
    assert ">56</text>" in svg and ">94</text>" in svg


def test_not_enough_is_hatched_and_said():
    svg = drawn("{% level_line found 'k' 'Name' %}", found=answered(6, 4))
    assert 'class="open"' in svg
    assert "Für eine Stufe noch nicht genug Nachweise." in svg


def test_without_evidence_there_is_no_dot_and_no_number():
    svg = drawn("{% level_line found 'k' 'Name' 2 %}", found=answered(0, 0))
    assert "Noch keine Nachweise. Soll-Stufe 2." in svg
    assert "<circle" not in svg and "<text" not in svg


def test_the_target_is_a_notch_at_the_beginning_of_its_level():
    assert 'svg x="65%"' in drawn("{% level_line found 'k' 'Name' 3 %}", found=answered(15, 12))
    assert 'svg x="0%"' in drawn("{% level_line found 'k' 'Name' 1 %}", found=answered(15, 12))


@pytest.mark.parametrize(("level", "words"), [(3, "mindestens Stufe 3."), (1, "offen."), (None, "offen.")])
def test_an_assured_line_says_at_least_or_open(level, words):
    svg = drawn("{% assured_line level 'k' 'Name' %}", level=level)
    assert words in svg
    assert ("least" in svg) is (level == 3)
    assert "<circle" not in svg  # no dot, no interval: nothing finer than the statement


def test_a_sparkline_needs_two_points():
    class Point:
        def __init__(self, day, found):
            self.day, self.estimate = day, found

    points = [Point(DAY - timedelta(days=90), answered(10, 5)), Point(DAY, answered(15, 12))]
    assert "<svg" not in drawn("{% spark points 'k' 'Name' %}", points=points[:1])
    svg = drawn("{% spark points 'k' 'Name' %}", points=points)
    assert "Wert 50 am 26. August 2026, heute 78." in svg


@pytest.mark.parametrize(
    ("day", "share"), [(date(2026, 1, 1), 0), (date(2026, 7, 2), 49.86), (date(2025, 5, 1), 0), (date(2027, 2, 1), 100)]
)
def test_a_day_has_its_place_in_the_year(day, share):
    assert of_year(day, 2026) == pytest.approx(share, abs=0.01)


def test_the_year_shows_dots_a_band_and_a_ring_and_says_them():
    done = YearCheck("I", "done", date(2026, 8, 16), date(2026, 9, 5), "…", date(2026, 8, 20))
    open_now = YearCheck("II", "open", date(2026, 11, 16), date(2026, 12, 6), "…")
    svg = drawn("{% year_line year %}", year=Year(DAY, [done, open_now]))
    assert svg.count('class="done"') == 1 and svg.count('class="ring"') == 1 and svg.count('class="open"') == 1
    assert "Abgegeben: 20. August. Nächster Abgabetag: 6. Dezember. Heute ist der 24. November." in svg


def test_a_deadline_in_the_next_year_is_said_and_not_drawn_in_this_one():
    late = YearCheck("IV", "open", date(2026, 12, 20), date(2027, 1, 9), "…")
    svg = drawn("{% year_line year %}", year=Year(date(2026, 12, 28), [late]))
    assert 'class="ring"' not in svg
    assert "9. Januar 2027" in svg
