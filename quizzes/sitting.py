"""Sitting an attempt: start it, save answers, hand it in. What happens when time runs out is here too.

Nothing an acknowledged save stored is ever lost: an answer is one inserted row, and every state change is one conditional
update, so of two requests at once exactly one wins and the other gets the winner's receipt.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from quizzes.errors import AttemptClosed
from quizzes.items import KINDS
from quizzes.marking import mark_attempt
from quizzes.models import Answer, Attempt, AttemptQuestion, QuestionVersion, Quiz
from quizzes.models.attempt import AttemptState
from quizzes.queries import Form, latest_answers


@dataclass(frozen=True)
class Draft:
    """An answer on its way: the client's idempotency key, the question's position, and the posted fields."""

    position: int
    key: UUID
    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Receipt:
    """What the server says once an answer is safely stored. The same for right and wrong answers."""

    key: UUID
    position: int
    server_seq: int
    received_at: datetime


def _shuffled(version: QuestionVersion) -> list[list[str]]:
    """The version's options in a new order under new, random ids."""
    options = [[secrets.token_hex(4), option["id"]] for option in version.public["options"]]
    SystemRandom().shuffle(options)
    return options


def start(
    quiz: Quiz,
    *,
    user,
    versions: Sequence[QuestionVersion],
    title: str,
    language: str,
    seed: int,
    closes_at: datetime,
    released_at: datetime,
    now: datetime,
) -> Attempt:
    """Begin an attempt, or return the one this person already has open.

    The deadline is the closing instant, or the time limit when that is sooner, and is fixed here. An earlier attempt whose
    time is over is handed in first: it must not be gone on with.
    """
    for earlier in Attempt.objects.of(user).open().filter(quiz=quiz, deadline__lt=now):
        hand_in(earlier, now=now)
    limit = now + timedelta(minutes=quiz.time_limit) if quiz.time_limit else closes_at
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                user=user,
                quiz=quiz,
                title=title,
                language=language,
                seed=seed,
                page_size=quiz.page_size,
                started_at=now,
                deadline=min(limit, closes_at),
                released_at=released_at,
                limited=bool(quiz.time_limit),
            )
            AttemptQuestion.objects.bulk_create(
                AttemptQuestion(attempt=attempt, position=i, version=version, options=_shuffled(version))
                for i, version in enumerate(versions, start=1)
            )
    except IntegrityError:
        return Attempt.objects.open().get(user=user, quiz=quiz)
    return attempt


def _stored(form: Form, drafts: Sequence[Draft]) -> list[Receipt]:
    """Receipts of those drafts that are stored already."""
    positions = {question.question_id: position for position, question in form.questions.items()}
    rows = Answer.objects.filter(attempt_id=form.attempt_id, client_key__in=[d.key for d in drafts])
    return [Receipt(a.client_key, positions[a.question_id], a.server_seq, a.received_at) for a in rows]


def _insert(form: Form, drafts: Sequence[Draft], values: Mapping[UUID, dict], now: datetime) -> list[Receipt] | None:
    """Store the drafts in one short transaction; None when the attempt takes no answers any more."""
    with transaction.atomic():
        last = Attempt.objects.take_sequence(form.attempt_id, form.user_id, len(drafts), now)
        if last is None:
            return None
        numbered = list(enumerate(drafts, start=last - len(drafts) + 1))
        Answer.objects.bulk_create(
            Answer(
                attempt_id=form.attempt_id,
                question_id=form.question(draft.position).question_id,
                client_key=draft.key,
                server_seq=seq,
                value=values[draft.key],
                received_at=now,
            )
            for seq, draft in numbered
        )
    return [Receipt(draft.key, draft.position, seq, now) for seq, draft in numbered]


def _store(form: Form, drafts: Sequence[Draft], values: Mapping[UUID, dict], now: datetime) -> list[Receipt]:
    """Receipts of the drafts that are stored now: earlier, by another request at the same time, or by this one."""
    missing = drafts
    while True:
        try:
            fresh = _insert(form, missing, values, now)
        except IntegrityError:
            receipts = _stored(form, drafts)
            known = {receipt.key for receipt in receipts}
            still = [draft for draft in drafts if draft.key not in known]
            if len(still) == len(missing):
                raise  # it was not a replay that the database refused
            if not still:
                return receipts
            missing = still
        else:
            earlier = [] if fresh and missing is drafts else _stored(form, drafts)
            return [*(fresh or []), *earlier]


def save(form: Form, *, drafts: Sequence[Draft], now: datetime) -> list[Receipt]:
    """Store answers and return their receipts, in the order of the drafts. A replayed key gets its first receipt again.

    Raises BadAnswer before anything is stored, AttemptClosed when the attempt was handed in or its time is over.
    """
    first: dict[UUID, Draft] = {}
    for draft in drafts:
        first.setdefault(draft.key, draft)  # one key twice in one request is one answer
    unique = list(first.values())
    values = {}
    for draft in unique:
        question = form.question(draft.position)
        values[draft.key] = KINDS[question.kind].parse(draft.fields, question.options)
    by_key = {receipt.key: receipt for receipt in _store(form, unique, values, now)} if unique else {}
    if len(by_key) < len(unique):
        raise AttemptClosed(
            _("This quiz is closed. What you had saved before counts; this last change was not stored.")
        )
    return [by_key[draft.key] for draft in drafts]


def _digest(attempt: Attempt, answers: Mapping[int, Answer]) -> str:
    """A hash over what counts, so that both sides can show later what was handed in."""
    rows = sorted([a.question_id, a.server_seq, a.value] for a in answers.values())
    text = json.dumps([str(attempt.public_id), rows], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def hand_in(attempt: Attempt, *, now: datetime) -> Attempt:
    """Close the attempt, once, and mark it. Called again it changes nothing and returns the same receipt."""
    late = now > attempt.deadline
    won = (
        Attempt.objects.open()
        .filter(pk=attempt.pk)
        .update(state=AttemptState.SUBMITTED, submitted_at=attempt.deadline if late else now, expired=late)
    )
    if won:
        answers = latest_answers(attempt)
        given = sum(any(answer.value.values()) for answer in answers.values())
        Attempt.objects.filter(pk=attempt.pk).update(answered=given, receipt=_digest(attempt, answers))
        attempt.refresh_from_db()
        mark_attempt(attempt, now=now)
    attempt.refresh_from_db()
    return attempt


def close_if_over(attempt: Attempt, *, now: datetime) -> Attempt:
    """Hand in an attempt whose time is over; any other comes back as it is."""
    return hand_in(attempt, now=now) if attempt.is_open and now > attempt.deadline else attempt


def hand_in_overdue(*, now: datetime) -> int:
    """Hand in every open attempt whose time is over, also when nobody returns. The number handed in."""
    overdue = Attempt.objects.overdue(now)
    for attempt in overdue:
        hand_in(attempt, now=now)
    return len(overdue)
