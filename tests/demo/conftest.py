"""The whole demo, loaded once for this folder and taken back at its end."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    """What the command says while it loads everything."""
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The demo, to be changed freely: each test's own changes are taken back."""
    return loaded


@pytest.fixture
def say():
    """Runs a command and returns what it says."""

    def run(command, **options):
        out = StringIO()
        call_command(command, stdout=out, **options)
        return out.getvalue()

    return run
