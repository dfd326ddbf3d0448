"""Who may: the object, or 404 as if it did not exist. What a role may see of a kind of data is in disclosure.py."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from training.models import Round, User


def own_round(user: User, pk: int) -> Round:
    """A round of one's own; somebody else's does not exist."""
    return get_object_or_404(Round.objects.of(user), pk=pk)
