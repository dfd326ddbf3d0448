"""What happens by itself: rounds open, and checks whose time is over are handed in. Run it hourly, from cron or a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes import sitting
from training import planning


class Command(BaseCommand):
    help = "Open the rounds that are due today and hand in the checks whose time is over. Safe to run twice or late."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        handed_in = sitting.hand_in_overdue(now=now)
        opened = planning.open_rounds(day=timezone.localdate(now))
        self.stdout.write(
            _("Rounds opened: %(opened)d. Checks handed in by the clock: %(handed_in)d.")
            % {
                "opened": opened,
                "handed_in": handed_in,
            }
        )
