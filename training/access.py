"""Who may: the object, or 404 as if it did not exist. What a role may see of a kind of data is in disclosure.py."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from training.disclosure import Category, may_see
from training.models import AppraisalSheet, Round, Team, User


def own_round(user: User, pk: int) -> Round:
    """A round of one's own; somebody else's does not exist."""
    return get_object_or_404(Round.objects.of(user), pk=pk)


def _led_paths(viewer: User) -> list[str]:
    """Where in the tree the teams stand that a manager leads; none without the role. Read once per request, like roles."""
    if not may_see(Category.LEVELS, viewer.roles, own=False, leads=True):
        return []
    if "led_paths" not in viewer.__dict__:
        viewer.__dict__["led_paths"] = list(Team.objects.filter(leaders=viewer).values_list("path", flat=True))
    return viewer.__dict__["led_paths"]


def teams_led_by(viewer: User):
    """The teams a manager leads with all below them, in the order of the tree; none without the role."""
    led = Q(pk__in=[])
    for path in _led_paths(viewer):
        led |= Q(path__startswith=path)
    return Team.objects.filter(led)


def people_led_by(viewer: User):
    """Whose levels a manager may see: who works in a team they lead, or below it. Ask ``employed`` for those still here.

    Somebody who leads that same team, or one above it, is a colleague and not led; so nobody is their own subject.
    """
    led = Q(pk__in=[])
    for path in _led_paths(viewer):
        above = [path[:end] for end in range(Team.steplen, len(path) + 1, Team.steplen)]
        led |= Q(team__path__startswith=path) & ~Q(pk__in=User.objects.filter(teams_led__path__in=above).values("pk"))
    return User.objects.filter(led)


def sheets_held_by(viewer: User, *, day: date):
    """Sheets a manager holds: those of people they lead on that day, and the signed ones they are a party to."""
    led = people_led_by(viewer).employed(day).values("pk")
    return AppraisalSheet.objects.filter(manager=viewer).filter(Q(employee__in=led) | ~Q(digest=""))


def own_sheets(viewer: User):
    """One's own sheets, from the moment the card is frozen on them; a draft is the manager's alone."""
    return AppraisalSheet.objects.frozen().filter(employee=viewer)


def sheets_open_to(viewer: User, *, day: date):
    """Every sheet somebody may read: as the employee, or as the manager who holds the talk."""
    return own_sheets(viewer) | sheets_held_by(viewer, day=day)
