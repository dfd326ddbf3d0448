"""A small cast and a small bank: what most tests need, made through the models people really use."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from lessons.models import Competency
from quizzes.models import MultipleChoiceQuestion, Quiz, SingleChoiceQuestion, SituationalQuestion
from training.models import CheckPlan, Team, User
from training.schedule import add_months

# The views ask the real clock, so what the tests set up must lie around it and not around the day they were written.
NOW = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate(NOW)
CODES = ("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8")
CORE = ("K2", "K3", "K5", "K6")


@pytest.fixture(autouse=True)
def plain_settings(settings, tmp_path):
    """Quick hashing, files in a place of their own, no rate limits between tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def framework(db) -> dict[str, Competency]:
    """Eight competencies by code."""
    return {
        code: Competency.objects.create(
            code=code,
            position=i,
            core=code in CORE,
            name_de=f"Kompetenz {code}",
            name_en=f"Competency {code}",
            short_de=code,
            short_en=code,
            definition_de="…",
            definition_en="…",
        )
        for i, code in enumerate(CODES, start=1)
    }


def option_id(slug: str, letter: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{slug}/{letter}"))


def _option(slug: str, letter: str, **more) -> dict:
    value = {"text_de": f"Antwort {letter}", "text_en": f"Answer {letter}", "why_de": "", "why_en": "", **more}
    return {"type": "option", "id": option_id(slug, letter), "value": value}


def _texts(slug: str) -> dict:
    return {
        "slug": slug,
        "title_de": f"Frage {slug}",
        "title_en": f"Question {slug}",
        "stem_de": f"<p>Was hilft in {slug}?</p>",
        "stem_en": f"<p>What helps in {slug}?</p>",
        "rationale_de": f"<p>Begründung {slug}</p>",
        "rationale_en": f"<p>Rationale {slug}</p>",
    }


def single_choice(slug: str, competency, *, pool="check", publish=True, **more) -> SingleChoiceQuestion:
    """A question whose option ``a`` is right."""
    options = [_option(slug, letter, correct=letter == "a") for letter in "abc"]
    question = SingleChoiceQuestion.objects.create(
        **_texts(slug), competency=competency, pool=pool, options=options, live=publish, **more
    )
    return _published(question, publish)


def multiple_choice(slug: str, competency, *, pool="check", publish=True) -> MultipleChoiceQuestion:
    """A question whose options ``a`` and ``b`` are right."""
    options = [_option(slug, letter, correct=letter in "ab") for letter in "abcd"]
    question = MultipleChoiceQuestion.objects.create(
        **_texts(slug), competency=competency, pool=pool, options=options, live=publish
    )
    return _published(question, publish)


def situational(slug: str, competency, *, pool="check", publish=True) -> SituationalQuestion:
    """A situation: ``a`` is best (mean 5), ``d`` worst (mean 1), ``b`` 4, ``c`` 2."""
    ratings = {"a": 5, "b": 4, "c": 2, "d": 1}
    options = [_option(slug, letter, ratings=[ratings[letter]] * 8) for letter in "abcd"]
    question = SituationalQuestion.objects.create(
        **_texts(slug), competency=competency, pool=pool, options=options, live=publish
    )
    return _published(question, publish)


def _published(question, publish):
    """Live and compiled, without the revision that the CMS would also keep: most tests only ask the question."""
    if publish:
        question.compile_version()
    return question


@pytest.fixture
def bank(framework):
    """Seven check questions and two practice questions for each competency of the core."""
    for code in CORE:
        for i in range(4):
            single_choice(f"{code}-c{i}".lower(), framework[code], angoff=50 + 10 * i)
        for i in range(3):
            situational(f"{code}-s{i}".lower(), framework[code])
        single_choice(f"{code}-p0".lower(), framework[code], pool="practice")
        situational(f"{code}-p1".lower(), framework[code], pool="practice")
    return framework


@pytest.fixture
def check_quiz(db) -> Quiz:
    return Quiz.objects.create(title_de="Wissenscheck", title_en="Knowledge check", pool="check", page_size=1)


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """Aylin and Ben work in the north, led by Miriam; Chris works in the south, led by Max. Tara trains, Hanna is HR."""
    north, south = Team.add_root(name="Nord"), Team.add_root(name="Süd")

    def person(name, team=None, *roles):
        user = User.objects.create_user(
            name,
            f"{name}@example.com",
            "pass-word-1234",
            first_name=name.title(),
            last_name=f"Test{name.title()}",
            team=team,
        )
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        return user

    people = SimpleNamespace(
        north=north,
        south=south,
        aylin=person("aylin", north),
        ben=person("ben", north),
        chris=person("chris", south),
        miriam=person("miriam", north, "manager"),
        max=person("max", south, "manager"),
        tara=person("tara", south, "trainer"),
        hanna=person("hanna", south, "hr"),
        council=person("council", south, "council"),
    )
    north.leaders.add(people.miriam)
    south.leaders.add(people.max)
    return people


@pytest.fixture
def plan(bank, check_quiz) -> CheckPlan:
    """A quarterly plan over the core whose second round opened eight days before NOW."""
    plan = CheckPlan.objects.create(
        name_de="Wissenscheck",
        name_en="Knowledge check",
        quiz=check_quiz,
        starts_on=add_months(TODAY - timedelta(days=8), -3),
    )
    plan.competencies.set([bank[code] for code in CORE])
    return plan
