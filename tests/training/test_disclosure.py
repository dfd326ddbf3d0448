"""Who sees what: the profile as it is decided, as it is printed, and the log of who looked."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from training.disclosure import PROFILE, Category, may_see
from training.models import Look, Role
from training.scorecard import RULE_1
from training.views.disclosure import CATEGORIES, worked_example

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def disclosure_page(client, cast):
    def read(path="/who-sees-what/", user=None):
        client.force_login(user or cast.aylin)
        answer = client.get(path)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return read


# --- what is decided ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("category", Category)
def test_everybody_sees_everything_about_themselves(category):
    assert may_see(category, {Role.EMPLOYEE}, own=True, leads=False)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.TRAINER, Role.COUNCIL, Role.ADMINISTRATOR])
def test_colleagues_trainers_council_and_administrators_see_nothing_about_a_person(category, role):
    assert not may_see(category, {role}, own=False, leads=True)


@pytest.mark.parametrize(
    ("category", "sees"),
    [
        (Category.ANSWERS, False),
        (Category.PRACTICE, False),
        (Category.READING, False),
        (Category.SCORECARD, False),
        (Category.LEVELS, True),
        (Category.ROUNDS, True),
        (Category.APPRAISAL, True),
        (Category.LOOKS, False),
    ],
)
def test_a_manager_sees_three_kinds_of_data_about_the_people_they_lead_and_about_nobody_else(category, sees):
    assert may_see(category, {Role.MANAGER}, own=False, leads=True) is sees
    assert not may_see(category, {Role.MANAGER}, own=False, leads=False)


def test_hr_sees_rounds_and_appraisals_of_all_and_no_level():
    seen = {c for c in Category if may_see(c, {Role.HR}, own=False, leads=False)}
    assert seen == {Category.ROUNDS, Category.APPRAISAL}


# --- what is printed ------------------------------------------------------------------------------------------------------
def test_every_category_has_words():
    assert set(CATEGORIES) == set(Category) == set(PROFILE)


def test_the_table_names_roles_people_and_times(disclosure_page):
    text = disclosure_page()
    assert "Sichtbarkeitsprofil 1" in text
    assert text.count("<b>nur Sie</b>") == 5
    assert "Sie und Ihre Führungskraft (Miriam TestMiriam)</td>" in text
    assert "Sie und Ihre Führungskraft (Miriam TestMiriam) und Personalabteilung" not in text
    assert "Sie, Ihre Führungskraft (Miriam TestMiriam) und die Personalabteilung</td>" in text
    assert "drei Jahre" in text and "ein Jahr" in text and "solange Sie hier arbeiten" in text


def test_the_same_in_english(disclosure_page):
    text = disclosure_page("/en/who-sees-what/")
    assert "you and your manager (Miriam TestMiriam)</td>" in text
    assert "you, your manager (Miriam TestMiriam) and HR</td>" in text
    assert text.count("<b>only you</b>") == 5


def test_without_a_team_there_is_no_name(disclosure_page, cast):
    cast.aylin.team = None
    cast.aylin.save()
    assert "Sie und Ihre Führungskraft</td>" in disclosure_page()


def test_a_leader_is_not_named_as_their_own_manager(disclosure_page, cast):
    assert "Miriam TestMiriam)" not in disclosure_page(user=cast.miriam)


# --- who looked -----------------------------------------------------------------------------------------------------------
def test_nobody_has_looked_yet(disclosure_page):
    assert "Bisher hat niemand Daten über Sie angesehen." in disclosure_page()


def test_every_look_is_there_newest_first(disclosure_page, cast, now):
    Look.objects.create(viewer=cast.miriam, subject=cast.aylin, category="levels", looked_at=now - timedelta(days=3))
    Look.objects.create(viewer=cast.hanna, subject=cast.aylin, category="rounds", looked_at=now)
    Look.objects.create(viewer=cast.miriam, subject=cast.ben, category="appraisal", looked_at=now)
    text = disclosure_page()
    log = text[text.index("Wer nachgesehen hat") :]
    newest = "<td>24. November 2026, 10:42</td><td>Hanna TestHanna</td><td>Wissenschecks</td>"
    older = "<td>21. November 2026, 10:42</td><td>Miriam TestMiriam</td><td>Stufen</td>"
    assert log.index(newest) < log.index(older)
    assert "Beurteilungsbogen" not in log  # a look at Ben's data is Ben's to see


def test_a_kind_of_data_from_a_later_profile_is_still_shown(disclosure_page, cast, now):
    Look.objects.create(viewer=cast.miriam, subject=cast.aylin, category="something_new", looked_at=now)
    assert "<td>Daten über Sie</td>" in disclosure_page()


def test_a_long_log_has_pages_and_costs_the_same(client, disclosure_page, cast, now):
    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get("/who-sees-what/")
        return len(found)

    def look(count):
        Look.objects.bulk_create(
            Look(viewer=cast.miriam, subject=cast.aylin, category="levels", looked_at=now - timedelta(days=i))
            for i in range(count)
        )

    look(5)
    disclosure_page()
    few = cost()
    look(40)
    assert cost() == few <= 12
    assert "Seite 1 von 3" in disclosure_page() and "Ältere" in disclosure_page()
    assert "Seite 3 von 3" in disclosure_page("/who-sees-what/?page=3")
    assert "Seite 3 von 3" in disclosure_page("/who-sees-what/?page=99")


# --- the rule -------------------------------------------------------------------------------------------------------------
def test_the_rule_is_for_everybody(disclosure_page, cast, plan):
    for user in (cast.aylin, cast.council, cast.miriam, cast.tara, cast.hanna):
        text = disclosure_page("/rules/", user)
        assert "Regel 1, in Kraft am 24. November 2026" in text


def test_the_rule_computes_its_example(disclosure_page, plan):
    text = disclosure_page("/rules/")
    assert "12 + 0,5 = 12,5 Punkte von 15 + 1 = 16." in text
    assert "12,5 ÷ 16 = 78 %." in text and "mit 12,5 und 3,5 ergibt die Spanne: 56 bis 94." in text
    assert "Stufe 3, vorläufig, 42 %. Gesichert: mindestens Stufe 2." in text
    assert "Jede wiegt 0,5, zusammen 7,5." in text
    assert "12.5 ÷ 16 = 78%." in disclosure_page("/en/rules/")


def test_the_rule_says_which_plans_are_in_force(disclosure_page, plan):
    text = disclosure_page("/rules/")
    assert "Alle 3 Monate seit 16. August 2026, jeweils 21 Tage offen." in text
    assert "Je Kompetenz 3 Wissensfragen und 2 Situationen." in text
    assert "Kompetenz K2, Kompetenz K3, Kompetenz K5, Kompetenz K6" in text and "das ganze Unternehmen" in text
    plan.active = False
    plan.save()
    assert "Zurzeit ist kein Prüfplan in Kraft." in disclosure_page("/rules/")


def test_every_constant_of_the_rule_object_is_shown():
    source = "".join(Path(f"templates/training/{name}.html").read_text() for name in ("rules", "parts/notice"))
    hidden = {"version", "cuts"}  # shown as the rule's name, and as the table of levels
    assert [f.name for f in fields(RULE_1) if f.name not in hidden and f"rule.{f.name}" not in source] == []


def test_another_rule_gives_another_example(today):
    stricter = type(RULE_1)(version=2, half_life=100, virtual_answers=2.0)
    example = worked_example(today, stricter)
    assert (example.now.a, example.divisor, example.virtual) == (13.0, 17.0, 1.0)
    assert example.later.n_eff == pytest.approx(7.5)


@pytest.mark.parametrize("path", ["/who-sees-what/", "/rules/", "/account/"])
def test_other_pages_are_cheap(client, cast, plan, path):
    client.force_login(cast.aylin)
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    assert len(found) <= 12
