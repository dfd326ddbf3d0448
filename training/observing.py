"""Observed behaviour: noted with its situation, kept as evidence of the behaviour track."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.utils.translation import gettext as _

from lessons.models import Competency
from training.errors import TrainingError
from training.models import Evidence
from training.models.evidence import Source, Track


class ObservationRefused(TrainingError):
    """An observation without a written observation, or off the scale."""

    status = 422


def observe(person, *, observer, competency: Competency, rating: int, note: str, on: date, now: datetime) -> Evidence:
    """Note one observed situation, rated 1–5 on the behavioural anchors; it becomes (rating − 1) ÷ 4 points.

    Raises ObservationRefused without a written observation, off the scale, or of oneself.
    """
    if not note.strip():
        raise ObservationRefused(_("Please write down what was said or done. A rating without it cannot be kept."))
    if not 1 <= rating <= 5:
        raise ObservationRefused(_("Ratings go from 1 to 5."))
    if person.pk == observer.pk:
        raise ObservationRefused(_("Nobody observes themselves."))
    return Evidence.objects.create(
        user=person,
        competency=competency,
        track=Track.BEHAVIOUR,
        source=Source.OBSERVATION,
        item=f"observation:{uuid4()}",
        answered_on=on,
        points=(rating - 1) / 4,
        note=note.strip(),
        observer=observer,
        recorded_at=now,
    )
