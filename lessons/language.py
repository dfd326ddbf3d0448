"""Two equal first languages on one row: ``name_de`` and ``name_en`` are read as ``name``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("de", "en")
DEFAULT = "de"


def spoken() -> str:
    """The language of the page being made: ``de`` or ``en``."""
    language = (get_language() or DEFAULT).split("-")[0]
    return language if language in LANGUAGES else DEFAULT


class Spoken:
    """Reads ``<name>_<language of the page>``; the German text stands in where the other is still empty."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return getattr(row, f"{self.name}_{spoken()}") or getattr(row, f"{self.name}_{DEFAULT}")
