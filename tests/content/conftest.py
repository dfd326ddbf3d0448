"""The content is files: its tests need no settings, no media folder and no database."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_settings():
    """Stands in for the fixture of the same name, which would make a folder for each test."""
