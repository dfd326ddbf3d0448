"""What a manager sees of a team: levels and how certain they are, who has taken the check, what to learn next."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from quizzes import sitting
from tests.conftest import single_choice
from training import checking, planning
from training.models import Evidence, Pause, Position, Round, TargetLevel, Team, User
from training.schedule import round_window
from training.views.wording import near_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def team_page(client, cast):
    """Miriam's page of her team, as text."""

    def page(address=None, *, viewer=cast.miriam):
        client.force_login(viewer)
        answer = client.get(address or reverse("team"))
        assert answer.status_code == 200
        return answer.content.decode()

    return page


@pytest.fixture
def targets(cast, framework):
    """Everybody in the north is employed in an office that needs level 3 in K2 and K5."""
    office = Position.objects.create(name_de="Innendienst", name_en="Office")
    User.objects.filter(team=cast.north).update(position=office)
    for code in ("K2", "K5"):
        TargetLevel.objects.create(position=office, competency=framework[code], level=3)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def row_of(html: str, name: str) -> str:
    return words(html[html.index(f"{name}</a>") :].split("</tr>")[0])


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return sum(not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")) for q in found.captured_queries)


def test_a_level_stands_in_its_cell_with_how_certain_it_is(team_page, cast, framework, give, today):
    give(cast.aylin, framework["K2"], 40, right=40, on=today)
    give(cast.aylin, framework["K3"], 15, right=12, on=today)
    give(cast.aylin, framework["K4"], 4, right=4, on=today)
    row = row_of(team_page(), "TestAylin, Aylin")
    assert "4 , eindeutig" in row and "3 , vorläufig" in row
    assert row.count("noch nicht genug Nachweise") == 6


def test_nothing_finer_than_a_level_is_on_the_page(team_page, cast, framework, give, today):
    give(cast.aylin, framework["K2"], 15, right=12, on=today)
    shown = words(team_page())
    assert "%" not in shown and "78" not in shown and "Punkt" not in shown


def test_people_stand_in_the_order_of_a_directory(team_page, cast):
    User.objects.filter(pk=cast.aylin.pk).update(last_name="Zander")
    User.objects.filter(pk=cast.ben.pk).update(last_name="Öztürk")
    page = team_page()
    assert page.index("Öztürk, Ben") < page.index("Zander, Aylin")


def test_a_manager_is_not_in_their_own_matrix(team_page, cast):
    assert "TestMiriam, Miriam" not in team_page()


def test_who_left_is_absent(team_page, cast, today):
    User.objects.filter(pk=cast.ben.pk).update(left_on=today - timedelta(days=1))
    page = team_page()
    assert "TestBen" not in page and "1 Person<" in page


def test_teams_below_are_there_each_under_its_name(team_page, cast):
    harbour = Team.objects.get(pk=cast.north.pk).add_child(name="Hafen")
    User.objects.filter(pk=cast.ben.pk).update(team=harbour)
    page = team_page()
    assert page.index(">Hafen<") < page.index("TestBen, Ben")
    assert "TestBen" in team_page(reverse("team_of", args=[harbour.pk]))
    assert "TestAylin" not in team_page(reverse("team_of", args=[harbour.pk]))


def test_who_leads_two_teams_finds_the_other_one(team_page, cast):
    cast.south.leaders.add(cast.miriam)
    page = team_page()
    assert "Team Nord" in page and reverse("team_of", args=[cast.south.pk]) in page


def test_a_manager_without_a_team_reads_why_the_page_is_empty(team_page, cast):
    cast.north.leaders.clear()
    assert "noch kein Team" in team_page()


def test_the_check_column_says_who_is_done_who_is_open_and_who_is_away(team_page, plan, cast, today, now):
    Pause.objects.create(user=cast.ben, starts_on=today - timedelta(days=40), reason="family")
    dora = User.objects.create_user("dora", first_name="Dora", last_name="Testdora", team=cast.north)
    planning.open_round(plan, day=today)
    User.objects.create_user("neu", first_name="Nele", last_name="Testneu", team=cast.north)
    attempt = checking.begin(Round.objects.get(user=cast.aylin), now=now, seed=1)
    sitting.hand_in(attempt, now=now)
    closes_on = Round.objects.get(user=dora).closes_on
    page = team_page()
    assert f"erledigt {date_format(today, 'j. M')}" in row_of(page, "TestAylin, Aylin")
    assert "pausiert" in row_of(page, "TestBen, Ben")
    assert f"offen bis {date_format(closes_on, 'j. M')}" in row_of(page, f"{dora.last_name}, Dora")
    assert "noch nicht begonnen" in row_of(page, "Testneu, Nele")
    assert f"1 von 2 erledigt, offen bis {near_day(closes_on, today)}. 2 Personen nehmen daran nicht teil." in words(
        page
    )


def test_an_attempt_begun_is_not_told_apart_from_one_not_begun(team_page, plan, cast, today, now):
    planning.open_round(plan, day=today)
    before = row_of(team_page(), "TestAylin, Aylin")
    checking.begin(Round.objects.get(user=cast.aylin), now=now, seed=1)
    assert row_of(team_page(), "TestAylin, Aylin") == before


def test_a_closed_round_says_when_the_next_one_opens(team_page, plan, cast, today, monkeypatch, now):
    planning.open_round(plan, day=today)
    round, later = Round.objects.get(user=cast.aylin), now + timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    opens_on = round_window(plan.starts_on, plan.interval_months, plan.window_days, round.number + 1).opens_on
    page = words(team_page())
    assert f"geschlossen seit dem {near_day(round.closes_on, later.date())}." in page
    assert f"Die nächste Runde öffnet am {near_day(opens_on, later.date())}." in page
    assert f"nicht abgegeben bis {date_format(round.closes_on, 'j. M')}" in page


def test_the_team_reads_where_the_fewest_reach_the_target_level(team_page, cast, framework, give, today, targets):
    for person in (cast.aylin, cast.ben):
        give(person, framework["K2"], 40, right=39, on=today)
        give(person, framework["K5"], 20, right=10, on=today)
    page = words(team_page())
    assert "K5: Hier erreichen die wenigsten die Soll-Stufe gesichert." in page


def test_with_too_little_evidence_nothing_is_suggested(team_page, targets):
    assert "Für einen Vorschlag gibt es noch nicht genug Nachweise." in team_page()


def test_a_name_leads_to_a_new_sheet(team_page, cast):
    assert reverse("appraisal_new", args=[cast.aylin.pk]) in team_page()


def test_the_page_is_read_in_english_too(team_page, cast, framework, today):
    page = words(team_page("/en/team/"))
    assert f"As of {today.day} {today:%B %Y}" in page and "not enough evidence yet" in page


def crowd(cast, competency, number, today, now):
    people = User.objects.bulk_create(
        User(username=f"p{i}", first_name="P", last_name=f"Nr{i}", team=cast.north, email=f"p{i}@example.com")
        for i in range(User.objects.count(), User.objects.count() + number)
    )
    Evidence.objects.bulk_create(
        Evidence(
            user=person,
            competency=competency,
            track="knowledge",
            source="measurement",
            item=f"i{i}",
            answered_on=today,
            points=float(i % 2),
            recorded_at=now,
        )
        for person in people
        for i in range(12)
    )


def test_the_team_reads_which_lessons_help(team_page, client, cast, framework, give, today, targets, tree):
    give(cast.aylin, framework["K2"], 20, right=10, on=today)
    for address, title in ((reverse("team"), "Lektion 1"), ("/en/team/", "Lesson 1")):
        page = team_page(address)
        link = re.search(rf'<a href="([^"]+)">{title}</a>', page).group(1)
        assert client.get(link).status_code == 200


def test_the_page_costs_the_same_for_ten_people_and_for_forty(client, plan, cast, framework, today, now, targets, tree):
    client.force_login(cast.miriam)
    cache.clear()
    crowd(cast, framework["K2"], 8, today, now)
    planning.open_round(plan, day=today)
    few = queries(client, reverse("team"))
    crowd(cast, framework["K2"], 30, today, now)
    planning.open_round(plan, day=today)
    cache.clear()
    many = queries(client, reverse("team"))
    assert many == few <= 20
    assert queries(client, reverse("team")) < many  # the second look of a day is noted already


def test_a_check_plan_without_rounds_here_is_not_shown(team_page, plan, cast):
    single_choice("k1-extra", plan.competencies.first())
    assert "noch keine Runde begonnen" in team_page()
