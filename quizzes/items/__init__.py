"""Question kinds, one pure module each: what a learner may see, the key, how an answer is read and how it is marked.

A kind module has ``NAME``, ``TRACK``, ``check_key(key)``, ``parse(fields, options)``, ``mark(key, value)``, ``picked(value)``
and ``solution(key)``; ``KINDS`` is the only list of them. ``fields`` are the posted form fields of one question, ``options``
maps the attempt's option ids to the version's. Nothing here knows the database, a request or a person.
"""

from quizzes.items import multiple_choice, single_choice, situational
from quizzes.items.base import Kind, Marked

KINDS: dict[str, Kind] = {kind.NAME: kind for kind in (single_choice, multiple_choice, situational)}

__all__ = ["KINDS", "Kind", "Marked"]
