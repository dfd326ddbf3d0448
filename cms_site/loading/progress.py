"""Says how far a step is: one line that counts on a terminal, a line every other second in a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")


class Progress:
    """Wraps the sequence of a step: ``for question in progress("Questions", questions)``."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out
        self.live = out.isatty()
        self.pause = 0.1 if self.live else 2.0

    def __call__(self, name: str, items: Sequence[T]) -> Iterator[T]:
        began = said = monotonic()
        for done, item in enumerate(items):
            if monotonic() - said > self.pause:
                self._say(f"{name} {done}/{len(items)} …", last=False)
                said = monotonic()
            yield item
        if items:
            self._say(f"{name} {len(items)}/{len(items)} ({monotonic() - began:.1f} s)", last=True)

    def _say(self, line: str, *, last: bool) -> None:
        if self.live:
            self.out.write(f"\r{line:<60}", ending="\n" if last else "")
        else:
            self.out.write(line)
        self.out.flush()
