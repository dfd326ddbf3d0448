"""Two requests at once, on a real database: of every race exactly one wins, and nobody loses an answer.

On SQLite the races run on a copy of the test database in a file, because threads cannot share one in memory.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections

from quizzes import sitting
from quizzes.errors import AttemptClosed
from quizzes.models import Answer, Attempt, Mark
from quizzes.queries import attempt_form
from quizzes.sitting import Draft
from tests.quizzes.conftest import NOW, begin, draft
from training.models import Evidence

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8


@pytest.fixture
def race(tmp_path):
    """``race(act, …)`` runs the acts at the same moment, each in a thread with a connection of its own: what each gave."""
    settings = connections.settings["default"]
    name = settings["NAME"]

    def run(*acts):
        if connection.vendor == "sqlite" and settings["NAME"] == name:
            settings["NAME"] = str(tmp_path / "race.sqlite3")
            with closing(sqlite3.connect(settings["NAME"])) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")  # by migrate in earnest; switching under load would be refused
        start = Barrier(len(acts))

        def one(act):
            try:
                start.wait(10)
                return act()
            except Exception as error:  # what a racer met is what the test is about
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    yield run
    settings["NAME"] = name


@pytest.fixture
def running(cast, three_kinds):
    attempt = begin(cast.aylin, three_kinds)
    attempt_form.cache_clear()
    return attempt


def the(attempt, letter: str, key=None) -> Draft:
    sent = draft(attempt, 1, key, choice=letter)
    return Draft(1, key or uuid4(), sent["fields"])


def storing(form, *drafts):
    return lambda: sitting.save(form, drafts=drafts, now=NOW)


def handing_in(attempt):
    return lambda: sitting.hand_in(Attempt.objects.get(pk=attempt.pk), now=NOW)


def test_of_many_hand_ins_at_once_one_wins_and_all_get_its_receipt(race, running):
    receipts = race(*[handing_in(running)] * RACERS)
    assert len({(a.receipt, a.submitted_at, a.state) for a in receipts}) == 1
    [(marks, evidence)] = race(lambda: (Mark.objects.count(), Evidence.objects.count()))
    assert (marks, evidence) == (3, 0)


def test_many_saves_at_once_are_all_stored_each_in_a_place_of_its_own(race, running):
    form = attempt_form(running.public_id)
    drafts = [the(running, "ab"[i % 2]) for i in range(RACERS)]
    receipts = race(*(storing(form, d) for d in drafts))
    assert sorted(r[0].server_seq for r in receipts) == list(range(1, RACERS + 1))


def test_the_same_answer_sent_many_times_at_once_is_stored_once(race, running):
    form, answer = attempt_form(running.public_id), the(running, "a")
    receipts = race(*[storing(form, answer)] * RACERS)
    assert {r[0].server_seq for r in receipts} == {receipts[0][0].server_seq}
    assert race(Answer.objects.count) == [1]


def test_overlapping_batches_at_once_store_every_answer_once(race, running):
    form = attempt_form(running.public_id)
    drafts = [the(running, "ab"[i % 2]) for i in range(RACERS)]
    receipts = race(*(storing(form, *drafts[i : i + 3]) for i in range(RACERS - 2)))
    assert [len(r) for r in receipts] == [3] * (RACERS - 2)
    assert race(Answer.objects.count) == [RACERS]
    assert len({(r.key, r.server_seq) for given in receipts for r in given}) == RACERS


def test_an_answer_racing_with_the_hand_in_counts_or_is_refused_never_both(race, running):
    form = attempt_form(running.public_id)
    results = race(handing_in(running), *(storing(form, the(running, "a")) for _ in range(RACERS - 1)))
    stored = [r for r in results[1:] if not isinstance(r, Exception)]
    assert [r for r in results if isinstance(r, Exception) and not isinstance(r, AttemptClosed)] == []
    [(answers, closed)] = race(lambda: (Answer.objects.count(), Attempt.objects.get(pk=running.pk)))
    assert answers == len(stored) == closed.last_seq and closed.answered == bool(stored)
    [mark] = race(lambda: Mark.objects.get(question__position=1))
    assert mark.points == float(bool(stored))


def test_two_starts_at_once_begin_one_attempt(race, running, cast, three_kinds):
    started = race(*[lambda: begin(cast.ben, three_kinds, quiz=running.quiz)] * RACERS)
    assert len({a.pk for a in started}) == 1
    assert race(lambda: Attempt.objects.of(cast.ben).count()) == [1]
