"""What HR does in the CMS: people, teams, plans. And what HR cannot do there."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from training.models import CheckPlan, Pause, Position, TargetLevel, Team, User


@pytest.fixture
def hr(client, cast):
    cast.hanna.groups.set([Group.objects.get(name="hr")])
    client.force_login(cast.hanna)
    return client


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def person(**changes):
    data = {"username": "neu", "email": "neu@example.com", "first_name": "Nele", "last_name": "Neu", "language": "de"}
    return {**data, "team": "", "position": "", "joined_on": "2026-11-01", "left_on": "", "is_active": "on", **changes}


@pytest.mark.parametrize("model", [Team, Position, TargetLevel, CheckPlan, Pause])
def test_hr_sees_lists_and_forms(hr, plan, model):
    assert hr.get(url(model, "list")).status_code == 200
    assert hr.get(url(model, "add")).status_code == 200


def test_hr_brings_somebody_in_with_team_and_day(hr, cast):
    password = {"password1": "lange-genug-2026", "password2": "lange-genug-2026"}
    answer = hr.post(reverse("wagtailusers_users:add"), person(team=cast.north.pk, **password))
    assert answer.status_code == 302, answer.context["form"].errors
    new = User.objects.get(username="neu")
    assert (new.team, new.joined_on) == (cast.north, date(2026, 11, 1))


@pytest.mark.parametrize("name", ["add", "edit"])
def test_the_form_asks_for_work_language_and_roles_in_words(hr, cast, name):
    args = [cast.ben.pk] if name == "edit" else []
    page = hr.get(reverse(f"wagtailusers_users:{name}", args=args)).content.decode()
    for asked in ("Sprache", "Deutsch", "Team", "Funktion", "Eingetreten am", "Führungskraft", "Betriebsrat"):
        assert asked in page, asked


def test_hr_makes_nobody_an_administrator(hr, cast):
    own = person(username="hanna", is_superuser="on", groups=[group.pk for group in cast.hanna.groups.all()])
    hr.post(reverse("wagtailusers_users:edit", args=[cast.hanna.pk]), own)
    hr.post(
        reverse("wagtailusers_users:edit", args=[cast.ben.pk]),
        person(username="ben", email="ben@example.com", is_superuser="on"),
    )
    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.get(pk=cast.ben.pk).first_name == "Nele"


def test_hr_does_not_take_over_an_administrator(hr, cast):
    User.objects.filter(pk=cast.max.pk).update(is_superuser=True)
    taken = {"password1": "lange-genug-2026", "password2": "lange-genug-2026"}
    hr.post(reverse("wagtailusers_users:edit", args=[cast.max.pk]), person(username="max", **taken))
    assert User.objects.get(pk=cast.max.pk).check_password("pass-word-1234")


def test_a_person_cannot_leave_before_joining(hr, cast):
    answer = hr.post(
        reverse("wagtailusers_users:edit", args=[cast.ben.pk]), person(username="ben", left_on="2026-10-01")
    )
    assert answer.status_code == 200 and answer.context["form"].errors


def test_teams_form_a_tree(hr, cast):
    answer = hr.post(url(Team, "add"), {"name": "Nord Außendienst", "parent": cast.north.pk, "leaders": []})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Team.objects.get(name="Nord Außendienst").get_parent() == cast.north


def test_a_team_moves_with_its_people(hr, cast):
    hr.post(url(Team, "edit", cast.south.pk), {"name": "Süd", "parent": cast.north.pk, "leaders": [cast.max.pk]})
    assert Team.objects.get(pk=cast.south.pk).get_parent() == cast.north
    assert cast.chris in User.objects.filter(team__in=Team.objects.led_by(cast.miriam))


@pytest.mark.parametrize("who", ["aylin", "miriam", "tara", "council"])
def test_nobody_else_reaches_people_or_plans(client, cast, who):
    client.force_login(getattr(cast, who))
    for address in (url(CheckPlan, "list"), url(Team, "add"), reverse("wagtailusers_users:index")):
        assert client.get(address).status_code in (302, 403)
