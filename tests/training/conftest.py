"""What the tests of training share."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from tests.conftest import NOW
from tests.lessons.conftest import principle, tree  # noqa: F401 - the small course
from training import checking, planning
from training.models import Evidence, Round
from training.schedule import add_months

NOVEMBER = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def german():
    """Each test begins in German: a page read in English leaves its language behind."""
    with translation.override("de"):
        yield


@pytest.fixture
def clock(monkeypatch):
    """The views' clock, standing still: for tests that read dates on a page."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOVEMBER)


@pytest.fixture
def now(request):
    return NOVEMBER if "clock" in request.fixturenames else NOW


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def plan(plan, today):
    """The plan's second round opened eight days before today."""
    plan.starts_on = add_months(today - timedelta(days=8), -3)
    plan.save()
    return plan


@pytest.fixture
def round(plan, cast, today) -> Round:
    """Aylin's open round."""
    planning.open_round(plan, day=today)
    return Round.objects.get(user=cast.aylin)


@pytest.fixture
def attempt(round, now):
    """Aylin's open attempt at her round."""
    return checking.begin(round, now=now, seed=7)


@pytest.fixture
def give(now):
    """Put answers into the ledger: ``give(user, competency, 15, right=12, on=day)``."""

    def answers(user, competency, count, *, right, on, items=None, **more):
        names = items or [f"{competency.code}-{on:%y%m%d}-{i}" for i in range(count)]
        fields = {"track": "knowledge", "source": "measurement", "recorded_at": now, **more}
        return Evidence.objects.bulk_create(
            Evidence(user=user, competency=competency, item=name, answered_on=on, points=float(i < right), **fields)
            for i, name in enumerate(names)
        )

    return answers
