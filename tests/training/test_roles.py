"""What each role may do in the CMS from the first migration on."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Page

from training.models import Role, User


@pytest.fixture
def somebody(db):
    """Makes a person of a role."""

    def make(role):
        user = User.objects.create_user(role, f"{role}@example.com", "pass-word-1234")
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


def test_every_role_but_employee_is_a_group(db):
    groups = set(Group.objects.values_list("name", flat=True))
    assert set(Role.values) - groups == {"employee"}


def test_both_languages_are_there(db):
    assert {"de", "en"} <= set(Locale.objects.values_list("language_code", flat=True))


@pytest.mark.parametrize(
    "permission",
    ["quizzes.publish_question", "quizzes.add_situationalquestion", "lessons.publish_principle", "quizzes.change_quiz"],
)
def test_a_trainer_writes_questions_and_principles(somebody, permission):
    assert somebody("trainer").has_perm(permission)


def test_a_trainer_publishes_pages_and_hr_does_not(somebody):
    root = Page.get_first_root_node()
    assert root.permissions_for_user(somebody("trainer")).can_add_subpage()
    assert not root.permissions_for_user(somebody("hr")).can_add_subpage()


def test_hr_plans_and_brings_people_in_and_a_trainer_does_not(somebody):
    hr, trainer = somebody("hr"), somebody("trainer")
    for permission in ("training.add_user", "training.change_team", "training.change_checkplan", "training.add_pause"):
        assert hr.has_perm(permission) and not trainer.has_perm(permission)
    assert not hr.has_perm("quizzes.change_question")


@pytest.mark.parametrize("role", ["trainer", "hr"])
def test_the_cms_is_open_to(somebody, client, role):
    client.force_login(somebody(role))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize("role", ["manager", "council"])
def test_the_cms_is_closed_to(somebody, client, role):
    client.force_login(somebody(role))
    assert client.get(reverse("wagtailadmin_home")).status_code in (302, 403)
