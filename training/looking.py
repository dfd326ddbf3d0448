"""Noting who looked at whose data, so that the person can read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from training.disclosure import Category
from training.models import Look, User


def _noted_today(viewer: User, subjects: Collection[int], category: Category, now: datetime) -> set[int]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = Look.objects.filter(
        viewer=viewer, subject__in=subjects, category=category.value, looked_at__gte=midnight, looked_at__lte=now
    )
    return set(looks.values_list("subject_id", flat=True))


def note_looks(viewer: User, *, subjects: Collection[int], category: Category, now: datetime) -> int:
    """Note that somebody sees this kind of data about these people; the number of rows written, in one insert.

    One row for each viewer, person, category and day: a page opened ten times is one look. One's own data is not noted.
    """
    others = set(subjects) - {viewer.pk}
    if not others - _noted_today(viewer, others, category, now):
        return 0
    with transaction.atomic():
        # the viewer's row is the lock: two tabs at once must not both find nothing
        User.objects.select_for_update(of=("self",)).only("pk").get(pk=viewer.pk)
        missing = sorted(others - _noted_today(viewer, others, category, now))
        Look.objects.bulk_create(
            Look(viewer=viewer, subject_id=pk, category=category.value, looked_at=now) for pk in missing
        )
    return len(missing)
