"""Who reaches what: every address of ours × every role × own, foreign and absent. A view without a line here fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from lessons.models import Principle
from training import appraising, checking, planning
from training.models import Round, Team, User

OUR_APPS = ("lessons.", "quizzes.", "training.")
CMS = (".wagtail_hooks", ".cms", ".people_admin")  # asked by Wagtail's own permission policies
EVERYBODY = {"aylin", "ben", "chris", "miriam", "max", "tara", "hanna", "council"}
ABSENT = {
    "public_id": UUID(int=0),
    "pk": 999_999,
    "person": 999_999,
    "number": 999,
    "lesson": UUID(int=0),
    "code": "K0",
}


@dataclass(frozen=True)
class Route:
    """How to reach a view, and who may. ``kwargs`` names attributes of the world that belong to Aylin."""

    who: frozenset[str]
    post: bool = False
    kwargs: tuple[tuple[str, str], ...] = ()


def everybody(post=False, **kwargs) -> Route:
    return Route(frozenset(EVERYBODY), post, tuple(kwargs.items()))


def only(*who, post=False, **kwargs) -> Route:
    return Route(frozenset(who), post, tuple(kwargs.items()))


POLICY = {
    # everybody, about themselves or about nobody
    "today": everybody(),
    "account": everybody(),
    "courses": everybody(),
    "principles": everybody(),
    "principle": everybody(number="number"),
    "rules": everybody(),
    "who_sees_what": everybody(),
    "scorecard": everybody(),
    "scorecard_csv": everybody(code="code"),
    "practice": everybody(),
    "practice_start": everybody(post=True),
    "extra_check": everybody(post=True),
    "acknowledge": everybody(post=True, pk="principle"),
    "appraisals": everybody(),
    # Aylin alone
    "begin_check": only("aylin", post=True, pk="round"),
    "attempt": only("aylin", public_id="attempt"),
    "attempt_page": only("aylin", public_id="attempt", page="page"),
    "attempt_overview": only("aylin", public_id="attempt"),
    "attempt_flag": only("aylin", post=True, public_id="attempt"),
    "save_answers": only("aylin", post=True, public_id="attempt"),
    "submit": only("aylin", post=True, public_id="attempt"),
    "result": only("aylin", public_id="attempt"),
    "review": only("aylin", public_id="attempt"),
    # who leads her team, and the two sides of her sheet
    "team": only("miriam", "max"),
    "team_of": only("miriam", pk="team"),
    "appraisal_new": only("miriam", person="person"),
    "appraisal": only("aylin", "miriam", public_id="sheet"),
    "appraisal_write": only("aylin", "miriam", post=True, public_id="sheet"),
    "appraisal_freeze": only("miriam", post=True, public_id="sheet"),
    "appraisal_sign": only("aylin", "miriam", post=True, public_id="sheet"),
}
ELSEWHERE = {"reading", "recording"}  # need a lesson page: tests/lessons


def our_views() -> set[str]:
    """The names of every address whose view is ours."""
    found, todo = set(), list(get_resolver().url_patterns)
    while todo:
        pattern = todo.pop()
        todo += getattr(pattern, "url_patterns", [])
        module = getattr(getattr(pattern, "callback", None), "__module__", "")
        if module.startswith(OUR_APPS) and not module.endswith(CMS):
            found.add(pattern.name)
    return found


@pytest.fixture
def world(plan, cast, today, now) -> SimpleNamespace:
    planning.open_round(plan, day=today)
    round = Round.objects.get(user=cast.aylin)
    sheet = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today + timedelta(days=15), now=now)
    appraising.write(sheet, by=cast.miriam, field="manager_words", text="Fragt nach.", now=now)
    sheet = appraising.freeze(sheet, as_of=today, now=now)
    texts = (
        "sentence",
        "why",
        "kept_situation",
        "kept_customer",
        "kept_us",
        "broken_situation",
        "broken_customer",
        "broken_us",
    )
    principle = Principle.objects.create(
        number=1, live=True, **{f"{t}_{lang}": "…" for t in texts for lang in ("de", "en")}
    )
    return SimpleNamespace(
        round=round.pk,
        attempt=checking.begin(round, now=now, seed=1).public_id,
        page=1,
        team=cast.north.pk,
        person=cast.aylin.pk,
        sheet=sheet.public_id,
        principle=principle.pk,
        number=1,
        code="K2",
    )


def ask(client, name: str, kwargs: dict):
    """The answer; whatever the request changed is taken back, so that one world serves every question."""
    url = reverse(name, kwargs=kwargs)
    with transaction.atomic():
        answer = client.post(url, {"position": 1}) if POLICY[name].post else client.get(url)
        transaction.set_rollback(True)
    return answer


def kwargs_of(name: str, world) -> dict:
    return {key: getattr(world, attribute) for key, attribute in POLICY[name].kwargs}


def test_every_view_of_ours_has_a_declared_policy():
    assert our_views() - ELSEWHERE == set(POLICY)


def test_nobody_gets_in_without_signing_in(client, world):
    for name in POLICY:
        answer = ask(client, name, kwargs_of(name, world))
        assert answer.status_code == 302 and "/accounts/login/" in answer.url, name


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_gets_in_and_everybody_else_finds_nothing(client, world, cast, who):
    client.force_login(getattr(cast, who))
    for name, route in POLICY.items():
        status = ask(client, name, kwargs_of(name, world)).status_code
        may = who in route.who
        assert (status < 500 and status not in (403, 404)) if may else status == 404, (name, status)


def test_what_is_foreign_looks_exactly_like_what_does_not_exist(client, world, cast):
    """A second manager cannot even learn that it is there."""
    client.force_login(cast.max)
    for name in (n for n, route in POLICY.items() if route.kwargs and route.who != EVERYBODY):
        kwargs = kwargs_of(name, world)
        absent = ask(client, name, {**kwargs, **{k: v for k, v in ABSENT.items() if k in kwargs}})
        foreign = ask(client, name, kwargs)
        assert foreign.status_code == absent.status_code == 404, name
        addresses = [reverse(name, kwargs=kwargs), absent.wsgi_request.path]
        bodies = [page.content.decode() for page in (foreign, absent)]
        for address in addresses:
            bodies = [body.replace(address, "") for body in bodies]
        assert bodies[0] == bodies[1], name


def test_an_employee_sees_no_team_even_when_the_team_is_their_own(client, world, cast):
    client.force_login(cast.aylin)
    assert client.get(reverse("team_of", kwargs={"pk": world.team})).status_code == 404


def test_a_manager_loses_sight_of_a_person_who_moved(client, world, cast):
    cast.ben.team = Team.objects.get(pk=cast.south.pk)
    cast.ben.save(update_fields=["team"])
    client.force_login(cast.miriam)
    assert "Ben" not in client.get(reverse("team_of", kwargs={"pk": world.team})).content.decode()
    assert client.get(reverse("appraisal_new", kwargs={"person": cast.ben.pk})).status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/users/", "/documents/1/x.pdf", "/media/x.png"])
def test_the_cms_and_files_ask_to_sign_in(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 302 and "login" in answer.url


def test_there_is_one_door_to_sign_in_and_it_is_not_wagtails(client, db):
    for door in ("/admin/login/", "/_util/login/"):
        answer = client.post(door, {"username": "a", "password": "b"})
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or "/accounts/login/" in answer.url


def test_nobody_signs_up_alone(client, db):
    new = {"username": "x", "email": "x@example.com", "password1": "lange-genug-2026", "password2": "lange-genug-2026"}
    client.post("/accounts/signup/", new)
    assert not User.objects.filter(username="x").exists()


def test_signing_in_leads_only_to_our_own_host(client, cast):
    answer = client.post(
        "/accounts/login/?next=https://evil.example/", {"login": "aylin", "password": "pass-word-1234"}
    )
    assert answer.status_code == 302 and "evil" not in answer.url
