"""What the tests of training share."""

import pytest

from training import checking, planning
from training.models import Round


@pytest.fixture
def round(plan, cast, today) -> Round:
    """Aylin's open round."""
    planning.open_round(plan, day=today)
    return Round.objects.get(user=cast.aylin)


@pytest.fixture
def attempt(round, now):
    """Aylin's open attempt at her round."""
    return checking.begin(round, now=now, seed=7)
