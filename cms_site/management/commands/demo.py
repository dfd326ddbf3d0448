"""Loads the demo company. Run again it changes nothing; interrupted, it goes on where content is missing."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_site.loading import company, consistency, course, framework, history, questions
from cms_site.loading.accounts import DOMAIN, PASSWORD, demo_accounts, is_demo
from cms_site.loading.files import BadData
from cms_site.loading.progress import Progress
from training.checking import PoolTooSmall
from training.models import User

QUARTER = 3


class Command(BaseCommand):
    help = "Load the demo company: the course, the question bank, forty people and fifteen months of their checks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=15, help="months of history, in whole quarters (15)")
        parser.add_argument("--people", type=int, default=40, help="how many people, at least 12 (40)")

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        self._migrate()
        if is_demo():
            self.stdout.write(_("The demo company is loaded already; nothing was changed."))
        else:
            self._load(options["months"], options["people"])
        self._report(monotonic() - began)

    def _migrate(self) -> None:
        """Bring an empty or older database up to date, so that this one command is enough."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=1, stdout=self.stdout)

    def _load(self, months: int, people: int) -> None:
        if months % QUARTER or months < 0 or people < 12:
            raise CommandError(_("--months counts whole quarters, and --people is at least 12."))
        if User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
            raise CommandError(
                _("There are people in this database already. The demo, whose passwords are known, needs an empty one.")
            )
        progress, now = Progress(self.stdout), timezone.now()
        try:
            framework.load(progress)
            course.load(progress)
            questions.load(progress)
            # People and their history come together or not at all: whoever sees the accounts sees the whole demo.
            with transaction.atomic():
                quiz = questions.load_quizzes()
                firm = company.load(quiz, today=timezone.localdate(now), months=months, people=people)
                history.live(firm, progress, now=now)
        except (BadData, PoolTooSmall) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted. Run it again: it goes on with what is missing.")) from None

    def _report(self, seconds: float) -> None:
        problems = consistency.problems(now=timezone.now())
        if problems:
            raise CommandError("\n".join(problems))
        totals = ", ".join(f"{name} {count}" for name, count in consistency.totals().items())
        self.stdout.write(
            _("%(totals)s. Checked and consistent, %(seconds).1f s.") % {"totals": totals, "seconds": seconds}
        )
        self.stdout.write(_("Demo accounts, all with the password %(password)s:") % {"password": PASSWORD})
        for account in demo_accounts():
            self.stdout.write(f"  {account.username:<10} {account.name} ({account.role})")
