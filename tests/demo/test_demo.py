"""What a newcomer finds after ``make demo``."""

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from cms_site import settings as product
from cms_site.loading.accounts import PASSWORD, ROLES, demo_accounts
from quizzes.models import Attempt, Mark
from training.models import AppraisalSheet, Evidence, Pause, Round, User
from training.queries import estimates, scorecard

OWN_APPS = ("lessons", "quizzes", "training", "wagtailcore", "auth")


def everything():
    """How many rows every table has, and the newest of each."""
    models = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models()]
    return {
        m.__name__: (m.objects.count(), m.objects.order_by("-pk").values_list("pk", flat=True).first()) for m in models
    }


def test_loading_again_changes_nothing(demo, say):
    before = everything()
    said = say("demo")
    assert everything() == before
    assert "nichts wurde geändert" in said and "employee" in said


def test_the_command_says_how_far_it_is_and_ends_with_the_accounts(demo):
    assert "Fragen 136/136" in demo and "Geprüft und stimmig" in demo
    accounts = demo.split(PASSWORD)[1]
    assert all(username in accounts for username in ROLES)


@pytest.mark.parametrize("username", ROLES)
def test_each_account_signs_in_and_has_its_role(demo, username, settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    user = authenticate(None, username=username, password=PASSWORD)
    assert user is not None
    assert ROLES[username].value in user.roles


def test_nobody_else_can_sign_in(demo):
    others = User.objects.exclude(username__in=ROLES)
    assert others.count() == 34
    assert not any(user.has_usable_password() for user in others)


def test_the_door_offers_the_accounts_in_the_demo_and_nowhere_else(demo, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [account.username for account in demo_accounts()] == list(ROLES)
    assert PASSWORD in client.get(reverse("account_login")).content.decode()
    User.objects.update(email="")
    assert demo_accounts() == []
    assert PASSWORD not in client.get(reverse("account_login")).content.decode()


def test_the_demo_is_not_loaded_among_real_people(demo, say):
    for user in User.objects.all():
        user.email = f"{user.username}@firma.de"
        user.save(update_fields=["email"])
    before = everything()
    with pytest.raises(CommandError, match="gibt es schon Personen"):
        say("demo")
    assert everything() == before


def test_forty_people_work_in_five_teams(demo):
    assert User.objects.count() == 40
    assert User.objects.values("team").distinct().count() == 5
    assert User.objects.get(username="manager").teams_led.get() == User.objects.get(username="employee").team


def test_leavers_owe_nothing_after_their_last_day(demo):
    leavers = User.objects.exclude(left_on=None)
    assert leavers.count() == 3
    for leaver in leavers:
        assert not leaver.is_active
        assert not leaver.rounds.filter(opens_on__gt=leaver.left_on).exists()


def test_nobody_owes_a_round_that_opened_in_their_leave(demo):
    pause = Pause.objects.get()
    assert not pause.user.rounds.filter(opens_on__gte=pause.starts_on, opens_on__lte=pause.ends_on).exists()
    assert pause.user.rounds.filter(opens_on__lt=pause.starts_on).exists()


def test_two_never_started_what_they_owed_for_a_year(demo):
    missed = User.objects.annotate(begun=Count("rounds__attempt"), owed=Count("rounds")).filter(begun=0, owed__gte=5)
    assert missed.count() == 2


def test_nobody_has_two_open_rounds_of_the_plan(demo):
    owed = Round.objects.open_on(timezone.localdate()).values("user", "plan").annotate(n=Count("pk"))
    assert not owed.filter(n__gt=1).exists()


def test_every_marked_decision_of_a_check_is_one_row_of_the_ledger(demo):
    decisions = Mark.objects.filter(question__attempt__round__isnull=False).values_list("decisions", flat=True)
    assert Evidence.objects.answers().count() == sum(map(len, decisions)) > 5000


def test_practice_left_no_evidence(demo):
    assert Attempt.objects.filter(quiz__pool="practice").exists()
    assert not Evidence.objects.filter(mark__question__attempt__quiz__pool="practice").exists()


def test_about_half_have_taken_the_open_round_and_the_employee_has_not(demo):
    rounds = Round.objects.filter(voluntary=False, closes_on__gte=timezone.localdate())
    done = rounds.filter(attempt__submitted_at__isnull=False).count()
    assert 0.35 < done / rounds.count() < 0.75
    assert rounds.get(user__username="employee").attempt is None


def test_the_employees_card_is_partly_sure_and_partly_not(demo):
    card = scorecard(User.objects.get(username="employee"), as_of=timezone.localdate())
    assert {line.estimate.state for line in card} == {"clear", "provisional", "not_enough"}


def test_most_people_have_answers_in_all_eight_competencies(demo):
    found = estimates(User.objects.values_list("pk", flat=True), as_of=timezone.localdate())
    assert sum(len(card) == 8 for card in found.values()) >= 22


def test_last_years_sheet_is_signed_by_both_and_this_years_is_begun(demo):
    signed = AppraisalSheet.objects.get(employee__username="employee")
    assert signed.signatures.count() == 2 and signed.employee_words and signed.agreed
    draft = AppraisalSheet.objects.get(frozen_at=None)
    assert draft.manager == signed.manager and draft.manager_words


def test_the_next_tick_finds_nothing_left_to_do(demo, say):
    assert say("tick") == "Runden geöffnet: 0. Nach Ablauf der Zeit abgegeben: 0.\n"
