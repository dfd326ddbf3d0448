"""Reading lessons and acknowledging principles."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Greatest

from lessons.models import Principle
from training.models import Acknowledgement, Reading


@transaction.atomic
def read_to(lesson: UUID, *, user, position: int, now: datetime, finished: bool = False) -> Reading:
    """Note how far a person has read, in percent. Scrolling back loses nothing; finishing is kept for good."""
    reading, _ = Reading.objects.get_or_create(user=user, lesson=lesson, defaults={"opened_at": now})
    position = 100 if finished else max(0, min(100, position))
    changes: dict = {"position": Greatest("position", position)}
    if finished and not reading.finished_at:
        changes["finished_at"] = now
    Reading.objects.filter(pk=reading.pk).update(**changes)
    reading.refresh_from_db()
    return reading


def acknowledge(principle: Principle, *, user, now: datetime) -> Acknowledgement:
    """Keep that this person knows the principle in its present edition. Saying it twice changes nothing."""
    row, _ = Acknowledgement.objects.get_or_create(
        user=user,
        principle=principle,
        edition=principle.edition,
        defaults={"sentence": principle.sentence, "acknowledged_at": now},
    )
    return row
