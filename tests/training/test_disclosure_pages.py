"""Who reaches a team and a sheet, and that every look at somebody else's levels is noted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from training import appraising
from training.access import people_led_by, sheets_open_to
from training.disclosure import Category
from training.looking import note_looks
from training.models import AppraisalSheet, Look, Team, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OTHERS = ("ben", "chris", "max", "tara", "hanna", "council")
ABSENT = 999_999


@pytest.fixture
def frozen(cast, framework, today, now) -> AppraisalSheet:
    sheet = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now)
    appraising.write(sheet, by=cast.miriam, field="manager_words", text="Fragt nach, bevor sie anbietet.", now=now)
    return appraising.freeze(sheet, as_of=today, now=now)


@pytest.fixture
def signed(frozen, cast, now) -> AppraisalSheet:
    return appraising.sign(frozen, by=cast.aylin, seen=appraising.digest(frozen), now=now)


def same_as_absent(client, address: str, absent: str) -> bool:
    """Whether two addresses answer alike: 404, and the same bytes but for the address itself."""
    one, other = client.get(address), client.get(absent)
    assert one.status_code == other.status_code == 404
    return one.content.replace(address.encode(), b"") == other.content.replace(absent.encode(), b"")


# --- the team


@pytest.mark.parametrize("who", ["aylin", "tara", "hanna", "council"])
def test_a_team_is_nothing_for_who_is_not_a_manager(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("team")).status_code == 404
    assert client.get(reverse("team_of", args=[cast.north.pk])).status_code == 404


def test_another_managers_team_answers_like_one_that_does_not_exist(client, cast):
    client.force_login(cast.max)
    assert same_as_absent(client, reverse("team_of", args=[cast.north.pk]), reverse("team_of", args=[ABSENT]))


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999"])
def test_an_impossible_id_is_nothing(client, cast, pk):
    client.force_login(cast.miriam)
    assert client.get(f"/team/{pk}/").status_code == 404
    assert client.get(f"/appraisals/new/{pk}/").status_code == 404


def test_leading_a_team_without_the_role_shows_nothing(client, cast):
    cast.north.leaders.add(cast.ben)
    assert not people_led_by(cast.ben).exists()
    client.force_login(cast.ben)
    assert client.get(reverse("team")).status_code == 404


def test_the_role_without_the_team_shows_nobody(cast):
    cast.hanna.groups.add(Group.objects.get(name="manager"))
    assert not people_led_by(User.objects.get(pk=cast.hanna.pk)).exists()


def test_a_manager_leads_who_works_below_but_not_who_leads_beside_them(cast):
    harbour = Team.objects.get(pk=cast.north.pk).add_child(name="Hafen")
    User.objects.filter(pk=cast.ben.pk).update(team=harbour)
    harbour.leaders.add(cast.ben)
    User.objects.filter(pk=cast.chris.pk).update(team=cast.north)
    cast.north.leaders.add(cast.chris)
    assert set(people_led_by(cast.miriam)) == {cast.aylin, cast.ben}


def test_whose_team_is_above_mine_is_not_led_by_me(cast):
    harbour = Team.objects.get(pk=cast.north.pk).add_child(name="Hafen")
    harbour.leaders.add(cast.max)
    assert not people_led_by(cast.max).filter(team=cast.north).exists()


# --- the sheets


@pytest.mark.parametrize("who", OTHERS)
def test_a_sheet_is_nothing_for_anybody_but_its_two_people(client, cast, frozen, who):
    client.force_login(getattr(cast, who))
    address, absent = (reverse("appraisal", args=[key]) for key in (frozen.public_id, uuid4()))
    assert same_as_absent(client, address, absent)
    for name in ("appraisal_write", "appraisal_freeze", "appraisal_sign"):
        assert client.post(reverse(name, args=[frozen.public_id])).status_code == 404


def test_another_leader_of_the_same_team_does_not_see_the_sheet(client, cast, frozen):
    cast.north.leaders.add(cast.max)
    client.force_login(cast.max)
    assert client.get(reverse("team_of", args=[cast.north.pk])).status_code == 200
    assert client.get(reverse("appraisal", args=[frozen.public_id])).status_code == 404


@pytest.mark.parametrize("who", ["max", "hanna", "ben", "aylin"])
def test_only_their_own_manager_prepares_a_sheet(client, cast, who, today):
    client.force_login(getattr(cast, who))
    address = reverse("appraisal_new", args=[cast.aylin.pk])
    assert same_as_absent(client, address, reverse("appraisal_new", args=[ABSENT]))
    assert client.post(address, {"talk_on": today.isoformat()}).status_code == 404
    assert not AppraisalSheet.objects.exists()


def test_nobody_prepares_a_sheet_of_themselves_or_of_who_left(client, cast, today):
    client.force_login(cast.miriam)
    assert client.get(reverse("appraisal_new", args=[cast.miriam.pk])).status_code == 404
    User.objects.filter(pk=cast.aylin.pk).update(left_on=today - timedelta(days=1))
    assert client.get(reverse("appraisal_new", args=[cast.aylin.pk])).status_code == 404


def test_who_moves_to_another_team_takes_the_open_sheet_out_of_sight(client, cast, frozen):
    User.objects.filter(pk=cast.aylin.pk).update(team=cast.south)
    client.force_login(cast.miriam)
    assert client.get(reverse("appraisal", args=[frozen.public_id])).status_code == 404
    client.force_login(cast.max)
    assert client.get(reverse("appraisal", args=[frozen.public_id])).status_code == 404
    client.force_login(cast.aylin)
    assert client.get(reverse("appraisal", args=[frozen.public_id])).status_code == 200


def test_a_signed_sheet_stays_with_its_two_people(client, cast, signed, today):
    User.objects.filter(pk=cast.aylin.pk).update(team=cast.south)
    client.force_login(cast.miriam)
    assert client.get(reverse("appraisal", args=[signed.public_id])).status_code == 200
    assert signed in sheets_open_to(cast.miriam, day=today)
    assert signed not in sheets_open_to(cast.max, day=today)


def test_a_draft_is_nothing_for_the_employee(client, cast, framework, today, now):
    sheet = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now)
    client.force_login(cast.aylin)
    assert same_as_absent(client, reverse("appraisal", args=[sheet.public_id]), reverse("appraisal", args=[uuid4()]))


# --- who looked


def looks(category="levels") -> list[tuple[str, str]]:
    rows = Look.objects.filter(category=category).values_list("viewer__username", "subject__username")
    return sorted(rows)


def test_opening_the_team_is_noted_for_each_person_once_a_day(client, cast, framework):
    client.force_login(cast.miriam)
    for _ in range(3):
        client.get(reverse("team"))
    assert looks() == [("miriam", "aylin"), ("miriam", "ben")]


def test_the_next_day_is_a_look_of_its_own(cast, now):
    for day in (0, 0, 1):
        moment = now + timedelta(days=day)
        note_looks(cast.miriam, subjects=[cast.aylin.pk, cast.ben.pk], category=Category.LEVELS, now=moment)
    assert Look.objects.count() == 4


def test_many_looks_are_one_insert(cast, now, django_assert_num_queries):
    people = User.objects.bulk_create(User(username=f"p{i}", email=f"p{i}@example.com") for i in range(40))
    with django_assert_num_queries(6):  # read, begin, lock, read, insert, commit
        note_looks(cast.miriam, subjects=[p.pk for p in people], category=Category.LEVELS, now=now)
    with django_assert_num_queries(1):
        note_looks(cast.miriam, subjects=[p.pk for p in people], category=Category.LEVELS, now=now)
    assert Look.objects.count() == 40


def test_ones_own_data_is_not_noted(cast, now):
    assert note_looks(cast.aylin, subjects=[cast.aylin.pk], category=Category.LEVELS, now=now) == 0
    assert not Look.objects.exists()


def test_a_page_that_is_refused_leaves_no_look(client, cast):
    client.force_login(cast.max)
    client.get(reverse("team_of", args=[cast.north.pk]))
    assert not Look.objects.filter(subject=cast.aylin).exists()


def test_the_card_beside_a_draft_is_a_look_at_levels(client, cast, framework, today, now):
    sheet = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=today, now=now)
    client.force_login(cast.miriam)
    client.get(reverse("appraisal", args=[sheet.public_id]))
    assert looks() == []
    appraising.write(sheet, by=cast.miriam, field="manager_words", text="Fragt nach.", now=now)
    client.get(reverse("appraisal", args=[sheet.public_id]))
    assert looks() == [("miriam", "aylin")]


def test_reading_a_frozen_sheet_is_noted_for_the_manager_and_not_for_the_employee(client, cast, frozen):
    for person in (cast.aylin, cast.miriam):
        client.force_login(person)
        client.get(reverse("appraisal", args=[frozen.public_id]))
    assert looks("appraisal") == [("miriam", "aylin")]


def test_the_person_reads_who_looked(client, cast, framework):
    client.force_login(cast.miriam)
    client.get(reverse("team"))
    client.force_login(cast.aylin)
    assert "Miriam TestMiriam" in client.get(reverse("who_sees_what")).content.decode()
