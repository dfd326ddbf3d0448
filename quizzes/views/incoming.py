"""What browsers send: answers as JSON from the autosave, or a page's plain form. Strict in shape, silent about the key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from quizzes.errors import BadAnswer, QuizError
from quizzes.items import KINDS
from quizzes.models import Answer
from quizzes.queries import Form, FormQuestion, progress_of
from quizzes.sitting import Draft

MAX_BYTES = 64 * 1024
MAX_ANSWERS = 50


class Unreadable(BadAnswer):
    """Not the shape an autosave sends."""

    status = 400

    def __init__(self) -> None:
        super().__init__("unreadable")


class TooLarge(QuizError):
    """More than a quiz can ever send at once."""

    status = 413


def _fields(sent: Any) -> dict[str, list[str]]:
    match sent:
        case dict() if all(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in sent.values()):
            return sent
    raise Unreadable


def _draft(sent: Any) -> Draft:
    match sent:
        case {"position": int(position), "key": str(key), "fields": fields} if not isinstance(position, bool):
            try:
                return Draft(position, UUID(key), _fields(fields))
            except ValueError:
                raise Unreadable from None
    raise Unreadable


def drafts_of_json(request: HttpRequest) -> list[Draft]:
    """The answers of ``{"answers": [{"position", "key", "fields"}]}``. Raises Unreadable or TooLarge."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > MAX_BYTES:
        raise TooLarge(_("That was too much at once. Please reload the page."))
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    match sent:
        case {"answers": list(answers)} if len(answers) <= MAX_ANSWERS:
            return [_draft(answer) for answer in answers]
    raise Unreadable


@dataclass
class PostedPage:
    """The questions of a page as a plain form sent them.

    ``drafts``: what the person changed and is not stored; ``picks``: what was chosen, by position; ``problems``: the sentence
    that belongs beside a question.
    """

    drafts: list[Draft] = field(default_factory=list)
    picks: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)


def _derived_key(form: Form, position: int, current: Answer | None, value: Mapping) -> UUID:
    """A key made of what changes into what: posting the same page twice is a replay, changing one's mind is not."""
    before = current.server_seq if current else 0
    return uuid5(form.public_id, f"{position}:{before}:{json.dumps(value, sort_keys=True)}")


def _changed(value: Mapping, known: Sequence[Answer | None], question: FormQuestion) -> bool:
    """Whether a choice differs from each of these answers to the question; none is the same as nothing chosen."""
    empty = KINDS[question.kind].parse({}, {})
    return all(
        value != (answer.value if answer and answer.question_id == question.question_id else empty) for answer in known
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def page_of_post(
    post: QueryDict, form: Form, positions: Sequence[int], log: Sequence[Answer], *, once: bool
) -> PostedPage:
    """What a posted page means, given the answers stored so far.

    A choice counts as changed when it differs from the answer the page showed (its number is the hidden ``q<n>-seen``) and
    from the one that counts now: so an old tab that only turns the page overwrites nothing. ``once``: answers must be
    complete, and what is answered stays.
    """
    by_seq, current = {a.server_seq: a for a in log}, {a.question_id: a for a in log}
    page = PostedPage()
    for position in positions:
        question = form.question(position)
        kind, counts = KINDS[question.kind], current.get(question.question_id)
        if once and counts:
            continue
        page.picks[position] = fields = {name: post.getlist(f"q{position}-{name}") for name in kind.picked({})}
        try:
            value = kind.parse(fields, question.options)
            if once and progress_of(question.kind, value) != "done":
                raise BadAnswer("undecided")
        except BadAnswer as error:
            page.problems[position] = str(error)
            continue
        shown = by_seq.get(_number(post.get(f"q{position}-seen", "")))
        if _changed(value, (shown, counts), question):
            page.drafts.append(Draft(position, _derived_key(form, position, counts, value), fields))
    return page
