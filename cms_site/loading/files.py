"""Reading the data files of ``cms_site/demo``. What is missing or wrong is said with the file and the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from lessons.language import LANGUAGES

DEMO = Path(__file__).resolve().parent.parent / "demo"


class BadData(Exception):
    """A data file cannot be loaded. The text names the file and the key."""


class Node:
    """A piece of a data file that knows where it stands, so that an error can say it."""

    def __init__(self, data: Any, where: str) -> None:
        self.data = data
        self.where = where

    def __contains__(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def __getitem__(self, key: str) -> Node:
        if key not in self:
            raise BadData(f"{self.where}: {key} is missing")
        return Node(self.data[key], f"{self.where} › {key}")

    def __iter__(self) -> Iterator[Node]:
        """The entries of a list; an entry with an id is named by it, others by their place, from 1."""
        if not isinstance(self.data, list):
            raise BadData(f"{self.where}: a list is needed")
        for place, entry in enumerate(self.data, start=1):
            name = entry.get("id", place) if isinstance(entry, dict) else place
            yield Node(entry, f"{self.where} › {name}")

    def get(self, key: str, default: Any = None) -> Any:
        """The plain value of an optional key."""
        return self.data.get(key, default) if isinstance(self.data, dict) else default

    def text(self, key: str) -> str:
        """A text that must not be empty."""
        value = self[key].data
        if not isinstance(value, str) or not value.strip():
            raise BadData(f"{self.where}: {key} is not a text")
        return value.strip()

    def number(self, key: str) -> int:
        value = self[key].data
        if not isinstance(value, int):
            raise BadData(f"{self.where}: {key} is not a number")
        return value

    def spoken(self, key: str, as_name: str = "") -> dict[str, str]:
        """A text in both languages, under the names of the model's two fields."""
        return {f"{as_name or key}_{language}": self[key].text(language) for language in LANGUAGES}


@contextmanager
def blaming(node: Node) -> Iterator[None]:
    """Says where in the data files a row stands that its model refuses."""
    try:
        yield
    except ValidationError as error:
        texts = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        said = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in texts.items())
        raise BadData(f"{node.where} › {said}") from error


def read(name: str) -> Node:
    """A data file by its path below ``cms_site/demo``. Raises BadData when it is not YAML."""
    try:
        return Node(yaml.load((DEMO / name).read_text(encoding="utf-8"), LOADER), name)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise BadData(f"{name}: {error}") from error


def read_all(folder: str) -> list[Node]:
    """Every YAML file of a folder, in the order of their names."""
    return [read(f"{folder}/{path.name}") for path in sorted((DEMO / folder).glob("*.yaml"))]


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's own is ten times as fast; both load plain data only
