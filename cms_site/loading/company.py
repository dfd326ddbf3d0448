"""The demo company: teams, positions with target levels, people, and the check plan they are under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms_site.loading.accounts import DOMAIN, PASSWORD, ROLES
from cms_site.loading.files import BadData, Node, read
from cms_site.loading.framework import competency
from quizzes.models import Quiz
from training.models import CheckPlan, Pause, Position, Role, TargetLevel, Team, User
from training.schedule import add_months

T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    """A row of the company and what its data file tells about it. ``leader`` leads the person's team."""

    user: User
    node: Node
    leader: User | None

    def tells(self, key: str, default: Any = None) -> Any:
        """What the data file tells of this person under an optional key."""
        return self.node.get(key, default)


@dataclass(frozen=True)
class Company:
    """The people by their user names, in the order of the file, and their plan."""

    node: Node
    people: dict[str, Person]
    plan: CheckPlan


def _teams(nodes: Node, parent: Team | None = None) -> Iterator[tuple[str, Team]]:
    for node in nodes:
        name = node.text("name")
        team = Team.objects.get(pk=parent.pk).add_child(name=name) if parent else Team.add_root(name=name)
        yield node.text("id"), team
        if "teams" in node:
            yield from _teams(node["teams"], team)


def _positions(nodes: Node) -> Iterator[tuple[str, Position]]:
    for node in nodes:
        position = Position.objects.create(name_de=node.text("de"), name_en=node.text("en"))
        TargetLevel.objects.bulk_create(
            TargetLevel(position=position, competency=competency(code, node), level=level)
            for code, level in node["targets"].data.items()
        )
        yield node.text("id"), position


def _pick(rows: dict[str, T], node: Node, key: str) -> T:
    if node.text(key) not in rows:
        raise BadData(f"{node.where}: there is no {key} {node.text(key)}")
    return rows[node.text(key)]


def _user(node: Node, teams: dict[str, Team], positions: dict[str, Position], today: date, password: str) -> User:
    """One person. Only the six accounts have a password; nobody can sign in as the others."""
    username = node.text("id")
    first, last = node["name"].data
    left = node.get("left")
    user = User(
        username=username,
        first_name=first,
        last_name=last,
        email=f"{username}@{DOMAIN}",
        language=node.get("language", "de"),
        team=_pick(teams, node, "team"),
        position=_pick(positions, node, "position"),
        joined_on=add_months(today, -node.number("joined")),
        left_on=add_months(today, -left) if left else None,
        is_superuser=Role.ADMINISTRATOR in node.get("roles", []),
        password=password if username in ROLES else make_password(None),
    )
    user.save()
    user.groups.set(Group.objects.filter(name__in=node.get("roles", [])))
    return user


def _pause(user: User, node: Node, today: date) -> None:
    if "pause" in node:
        pause = node["pause"]
        Pause.objects.create(
            user=user,
            starts_on=add_months(today, -pause.number("from")),
            ends_on=add_months(today, -pause.number("until")),
            reason=pause.text("reason"),
        )


def _plan(node: Node, quiz: Quiz, today: date, months: int) -> CheckPlan:
    """The plan whose first round opened ``months`` before the one that is open today."""
    opened = today - timedelta(days=node.number("opened_days_ago"))
    plan = CheckPlan.objects.create(
        quiz=quiz,
        starts_on=add_months(opened, -months),
        interval_months=node.number("interval_months"),
        window_days=node.number("window_days"),
        **node.spoken("name"),
    )
    plan.competencies.set([competency(code, node) for code in node["competencies"].data])
    return plan


def load(quiz: Quiz, *, today: date, months: int, people: int) -> Company:
    """Make the company of the first ``people`` persons of the file, as it is on ``today``."""
    node = read("company.yaml")
    teams, positions = dict(_teams(node["teams"])), dict(_positions(node["positions"]))
    password = make_password(PASSWORD)
    nodes = list(node["people"])[:people]
    users = {n.text("id"): _user(n, teams, positions, today, password) for n in nodes}
    leaders = {n.text("leads"): users[n.text("id")] for n in nodes if "leads" in n}
    for team, leader in leaders.items():
        teams[team].leaders.add(leader)
    for n in nodes:
        _pause(users[n.text("id")], n, today)
    cast = {n.text("id"): Person(users[n.text("id")], n, leaders.get(n.text("team"))) for n in nodes}
    return Company(node, cast, _plan(node["plan"], quiz, today, months))
