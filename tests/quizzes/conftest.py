"""What the tests of quizzes share: an attempt in a browser, and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from lessons.models import Competency
from quizzes import sitting
from quizzes.models import Attempt, QuestionVersion, Quiz
from tests.conftest import multiple_choice, option_id, single_choice, situational

NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)  # 10:42 in Berlin; these pages print it


@pytest.fixture(autouse=True)
def in_german():
    """A request in English would otherwise leave its language behind for the next test's addresses."""
    with translation.override("de"):
        yield


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def clock(monkeypatch):
    """The time the views read; move it by setting ``clock.now``."""
    clock = SimpleNamespace(now=NOW)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def make_bank(**kwargs) -> list[QuestionVersion]:
    """One question of each kind, in this order: single choice, multiple choice, situational."""
    subject = Competency.objects.create(
        code="K5", **{f"{f}_{lang}": f"{f} {lang}" for f in ("name", "short", "definition") for lang in ("de", "en")}
    )
    made = [make(f"{make.__name__}", subject, **kwargs) for make in (single_choice, multiple_choice, situational)]
    return [question.versions.get() for question in made]


@pytest.fixture
def three_kinds(db) -> list[QuestionVersion]:
    return make_bank()


def begin(
    user, versions, *, quiz=None, language="de", closes=timedelta(days=7), released=timedelta(days=7), **more
) -> Attempt:
    """An attempt begun at NOW."""
    quiz = quiz or Quiz.objects.create(title_de="Wissenscheck", title_en="Knowledge check", pool="check", **more)
    return sitting.start(
        quiz,
        user=user,
        versions=versions,
        title="Wissenscheck IV/2026",
        language=language,
        seed=1,
        closes_at=NOW + closes,
        released_at=NOW + released,
        now=NOW,
    )


@pytest.fixture
def attempt(cast, three_kinds) -> Attempt:
    """Aylin's open attempt at one question of each kind, one a page."""
    return begin(cast.aylin, three_kinds)


@pytest.fixture
def aylin(client, cast, clock):
    """Aylin's browser."""
    client.force_login(cast.aylin)
    return client


def name_of(attempt, position: int, letter: str) -> str:
    """The attempt's own id of an option of the makers in tests/conftest.py."""
    question = attempt.questions.select_related("version__question").get(position=position)
    wanted = option_id(question.version.question.slug, letter)
    return next(public for public, option in question.options if option == wanted)


def draft(attempt, position: int, key=None, **picks) -> dict:
    """An answer as the autosave sends it: ``draft(attempt, 3, best="a", worst="d")``."""
    fields = {field: [name_of(attempt, position, letter) for letter in letters] for field, letters in picks.items()}
    return {"position": position, "key": str(key or uuid4()), "fields": fields}
