"""What happens by itself."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from training import checking
from training.models import Evidence, Round


@pytest.fixture
def clock(monkeypatch, now):
    """Sets the time a command sees."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(now)
    return at


@pytest.fixture
def tick():
    """Runs the command and returns what it says."""

    def run():
        out = StringIO()
        call_command("tick", stdout=out)
        return out.getvalue()

    return run


def test_what_is_due_today_opens_once(plan, cast, clock, tick):
    assert "geöffnet: 8." in tick()
    assert "geöffnet: 0." in tick()
    assert Round.objects.count() == 8


def test_a_check_whose_time_is_over_is_handed_in_and_counts(plan, cast, clock, tick, now):
    tick()
    checking.begin(Round.objects.get(user=cast.aylin), now=now)
    clock(now + timedelta(days=40))
    assert "abgegeben: 1." in tick()
    assert "abgegeben: 0." in tick()
    assert Evidence.objects.filter(user=cast.aylin).count() == 28
