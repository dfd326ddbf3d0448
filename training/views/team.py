"""The manager's team: who stands where, what the team should learn next, who has taken the check. Never a single answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from lessons.language import spoken
from lessons.models import Competency, LessonPage
from training.access import people_led_by, teams_led_by
from training.checking import round_title
from training.disclosure import Category, may_see
from training.looking import note_looks
from training.models import AppraisalSheet, Round, Team, User
from training.queries import (
    estimates,
    lessons_in,
    pauses_by_person,
    present_rounds,
    target_levels,
    unfinished_sheets,
)
from training.schedule import RoundState, Window, round_state, round_window
from training.scorecard import LevelEstimate
from training.views.wording import listed, near_day, state_word

MOST_NEEDED = 2
LESSONS_EACH = 2
STYLES = {"clear": "clear", "provisional": "prov", "not_enough": "none"}
Levels = Mapping[int, Mapping[int, LevelEstimate]]
Pauses = Sequence[tuple[date, date | None]]


@dataclass(frozen=True)
class Cell:
    """A level as the matrix shows it: a number and how sure it is, nothing finer."""

    level: int | None
    style: str
    words: str


@dataclass(frozen=True)
class Row:
    """One person of the matrix."""

    name: str
    url: str
    begun: bool
    cells: list[Cell]
    check: str


@dataclass(frozen=True)
class Group:
    """A team of the tree with its people."""

    team: Team
    rows: list[Row]


@dataclass(frozen=True)
class Progress:
    """One plan's present round in this team: a title, how many are done, and the sentence after the bar."""

    title: str
    done: int
    owed: int
    sentence: str


@dataclass(frozen=True)
class Need:
    """Where the team is furthest from its targets: a sentence, and the lessons that serve it."""

    sentence: str
    lessons: list[LessonPage]


@dataclass(frozen=True)
class Stand:
    """Where a person stands in the present round."""

    state: RoundState
    words: str


@require_safe
def team(request, pk: int | None = None) -> HttpResponse:
    """The team with this id, or the first of those the manager leads. Everybody else: nothing here."""
    viewer, now = request.user, timezone.now()
    if not may_see(Category.LEVELS, viewer.roles, own=False, leads=True):
        raise Http404
    led = list(teams_led_by(viewer))
    roots = [t for t in led if not any(t.path != other.path and t.path.startswith(other.path) for other in led)]
    shown = next(iter(roots if pk is None else [t for t in led if t.pk == pk]), None)
    if pk is not None and shown is None:
        raise Http404
    if shown is None:
        return render(request, "training/team.html", {"team": None, "today": timezone.localdate(now)})
    day = timezone.localdate(now)
    people = list(people_led_by(viewer).employed(day).filter(team__path__startswith=shown.path))
    note_looks(viewer, subjects=[p.pk for p in people], category=Category.LEVELS, now=now)
    below = [t for t in led if t.path.startswith(shown.path)]
    context = team_context(viewer, below, people, day)
    others = [t for t in roots if t.pk != shown.pk]
    return render(request, "training/team.html", {"team": shown, "title": _title(shown), "others": others, **context})


def _title(team: Team) -> str:
    """*Team Innendienst Nord*; a team that calls itself a team is not called one twice."""
    return team.name if "team" in team.name.casefold() else _("Team %(name)s") % {"name": team.name}


def team_context(viewer: User, teams: Sequence[Team], people: Sequence[User], day: date) -> dict:
    """Everything the page says, from a number of queries that does not depend on how many people there are."""
    ids = [person.pk for person in people]
    competencies = list(Competency.objects.all())
    levels = estimates(ids, as_of=day)
    rounds, pauses = present_rounds(ids, day=day), pauses_by_person(ids)
    stands = {(r.plan_id, r.user_id): stand(r, pauses.get(r.user_id, ()), day) for r in rounds}
    sheets = unfinished_sheets(viewer, ids)
    checks = {person.pk: _check(person.pk, stands, pauses.get(person.pk, ()), day) for person in people}
    rows = {p.pk: _row(p, competencies, levels.get(p.pk, {}), sheets.get(p.pk), checks[p.pk]) for p in people}
    return {
        "today": day,
        "competencies": competencies,
        "people": len(people),
        "groups": _groups(teams, people, rows),
        "need": _need(people, competencies, levels),
        "rounds": _progress(rounds, stands, len(people), day),
    }


def by_name(person: User) -> tuple[str, str, int]:
    """The order of a German directory: accents and umlauts stand with their plain letters."""
    return _plain(person.last_name or person.username), _plain(person.first_name), person.pk


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def directory_name(person: User) -> str:
    """*Aslan, Deniz*."""
    return ", ".join(part for part in (person.last_name, person.first_name) if part) or person.username


def _row(
    person: User,
    competencies: Iterable[Competency],
    levels: Mapping[int, LevelEstimate],
    sheet: AppraisalSheet | None,
    check: str,
) -> Row:
    url = reverse("appraisal", args=[sheet.public_id]) if sheet else reverse("appraisal_new", args=[person.pk])
    return Row(directory_name(person), url, sheet is not None, [_cell(levels.get(c.pk)) for c in competencies], check)


def _cell(found: LevelEstimate | None) -> Cell:
    state = found.state if found else "not_enough"
    return Cell(found.level if found else None, STYLES[state], state_word(state))


def _groups(teams: Iterable[Team], people: Iterable[User], rows: Mapping[int, Row]) -> list[Group]:
    """The teams in the order of the tree, each with its people by name; teams without people are left out."""
    ordered = sorted(people, key=by_name)
    groups = [Group(t, [rows[p.pk] for p in ordered if p.team_id == t.pk]) for t in teams]
    return [group for group in groups if group.rows]


def _short(day: date) -> str:
    return date_format(day, pgettext("day of a table", "j M"))


def stand(round: Round, pauses: Pauses, day: date) -> Stand:
    """Where a person stands in a round, without a score or a time."""
    handed_in = round.attempt.submitted_at if round.attempt else None
    state = round_state(
        Window(round.opens_on, round.closes_on), handed_in=handed_in is not None, pauses=pauses, day=day
    )
    words = {
        RoundState.UPCOMING: lambda: pgettext("round", "from %(day)s") % {"day": _short(round.opens_on)},
        RoundState.OPEN: lambda: _("open until %(day)s") % {"day": _short(round.closes_on)},
        RoundState.DONE: lambda: _("done %(day)s") % {"day": _short(timezone.localdate(handed_in))},
        RoundState.MISSED: lambda: _("not handed in by %(day)s") % {"day": _short(round.closes_on)},
        RoundState.PAUSED: lambda: pgettext("round", "paused"),
    }
    return Stand(state, words[state]())


URGENCY = (RoundState.OPEN, RoundState.UPCOMING, RoundState.MISSED, RoundState.DONE, RoundState.PAUSED)


def _check(person: int, stands: Mapping[tuple[int, int], Stand], pauses: Pauses, day: date) -> str:
    """The check column: what is open first; a person without a round is on leave, or their first is yet to come."""
    own = sorted((s for (_plan, user), s in stands.items() if user == person), key=lambda s: URGENCY.index(s.state))
    if own:
        return own[0].words
    away = any(start <= day and (end is None or day <= end) for start, end in pauses)
    return pgettext("round", "paused") if away else pgettext("round", "not begun yet")


def _progress(
    rounds: Iterable[Round], stands: Mapping[tuple[int, int], Stand], people: int, day: date
) -> list[Progress]:
    """Each plan's present round in this team."""
    by_plan: dict[int, list[Round]] = {}
    for round in rounds:
        by_plan.setdefault(round.plan_id, []).append(round)
    return [
        _progress_of(own, [stands[r.plan_id, r.user_id].state for r in own], people, day) for own in by_plan.values()
    ]


def _progress_of(rounds: Sequence[Round], states: Sequence[RoundState], people: int, day: date) -> Progress:
    """How far a team is in one plan's round. Who is on leave owes nothing and is not counted."""
    done, owed = states.count(RoundState.DONE), len(states) - states.count(RoundState.PAUSED)
    closes_on = max(round.closes_on for round in rounds)
    counted = {"done": done, "owed": owed, "day": near_day(closes_on, day)}
    if closes_on >= day:
        sentence = _("%(done)s of %(owed)s done, open until %(day)s.") % counted
    else:
        plan = rounds[0].plan
        window = round_window(plan.starts_on, plan.interval_months, plan.window_days, rounds[0].number + 1)
        sentence = _("%(done)s of %(owed)s done, closed since %(day)s. The next round opens on %(next)s.") % {
            **counted,
            "next": near_day(window.opens_on, day),
        }
    if people > owed:
        without = ngettext("One person takes no part in it.", "%(number)s people take no part in it.", people - owed)
        sentence = f"{sentence} {without % {'number': people - owed}}"
    return Progress(round_title(rounds[0]), done, owed, sentence)


def _need(people: Sequence[User], competencies: Sequence[Competency], levels: Levels) -> Need:
    """The competencies where the fewest reach the target level of their position, assured."""
    targets = target_levels({person.position_id for person in people})
    reached: dict[int, list[bool]] = {}
    for person in people:
        for competency, target in targets.get(person.position_id, {}).items():
            found = levels.get(person.pk, {}).get(competency)
            reached.setdefault(competency, []).append(((found.assured_level if found else None) or 0) >= target)
    if not reached:
        return Need(_("No position in this team has target levels yet."), [])
    if not any(found.level for own in levels.values() for found in own.values()):
        return Need(_("There is not enough evidence yet to suggest anything."), [])
    share = {c: sum(own) / len(own) for c, own in reached.items()}
    if min(share.values()) == 1:
        return Need(_("Everybody here reaches the target levels, assured."), [])
    order = sorted(
        (c for c in competencies if share.get(c.pk, 1) < 1), key=lambda c: (share[c.pk], not c.core, c.position)
    )
    fewest = order[:MOST_NEEDED]
    names = listed([c.short for c in fewest])
    sentence = _("%(competencies)s: here the fewest reach the target level, assured.") % {"competencies": names}
    return Need(sentence, _lessons({c.pk for c in fewest}))


def _lessons(competencies: set[int]) -> list[LessonPage]:
    """Lessons that serve one of these competencies, in the language of the page."""
    serving = [x for x in lessons_in(spoken()) if competencies & {c.pk for c in x.competencies.all()}]
    return serving[: MOST_NEEDED * LESSONS_EACH]
