"""The whole demo, loaded once for this folder and taken back at its end."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the command says while it loads everything."""
    out, media = StringIO(), tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
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
