"""The one signal of the house: an attempt is fully marked.

Sent inside the transaction that marks, with ``attempt`` and ``now``. ``training`` answers it by writing evidence, so an
attempt and its evidence are stored together or not at all.
"""

from django.dispatch import Signal

attempt_marked = Signal()
