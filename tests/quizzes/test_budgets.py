"""How many questions to the database each door of a quiz costs, transaction statements aside."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes import sitting
from tests.conftest import situational
from tests.quizzes.conftest import NOW, begin, draft
from tests.quizzes.test_saving import save

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@contextmanager
def counted():
    """The statements run inside, without those that only open and close transactions."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(TRANSACTION)]


@pytest.fixture
def twenty(bank):
    return [situational(f"t{i}", bank["K5"]).versions.get() for i in range(20)]


def get(client, name: str, attempt, *more) -> int:
    with counted() as statements:
        assert client.get(reverse(name, args=[attempt.public_id, *more])).status_code == 200
    return len(statements)


def test_a_saved_answer_costs_four_statements(aylin, attempt):
    answer = draft(attempt, 3, best="a")
    save(aylin, attempt)  # what never changes about the attempt is in memory from here on
    with counted() as statements:
        assert save(aylin, attempt, answer).status_code == 200
    assert len(statements) <= 4, statements


def test_ten_answers_at_once_cost_no_more_than_one(aylin, attempt):
    sent = [draft(attempt, 1, choice="ab"[i % 2]) for i in range(10)]
    save(aylin, attempt)
    with counted() as statements:
        assert save(aylin, attempt, *sent).status_code == 200
    assert len(statements) <= 4, statements


def test_a_page_costs_the_same_for_one_question_and_for_ten(aylin, cast, twenty):
    one, ten = (begin(cast.aylin, twenty, page_size=size) for size in (1, 10))
    for attempt in (one, ten):
        save(aylin, attempt, *(draft(attempt, n, best="a", worst="d") for n in range(1, 11)))
    costs = [get(aylin, "attempt_page", attempt, 1) for attempt in (one, ten)]
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(("name", "budget"), [("attempt_overview", 12), ("result", 12), ("review", 12)])
def test_the_other_pages_do_not_grow_with_the_questions(aylin, cast, twenty, clock, name, budget):
    costs = set()
    for versions in (twenty[:5], twenty):
        attempt = begin(cast.aylin, versions)
        save(aylin, attempt, *(draft(attempt, n, best="a", worst="d") for n in range(1, 6)))
        if name != "attempt_overview":
            sitting.hand_in(attempt, now=NOW)
            clock.now = attempt.released_at
        costs.add(get(aylin, name, attempt))
        clock.now = NOW
    assert len(costs) == 1 and costs.pop() <= budget


def test_posting_a_page_stays_within_its_budget(aylin, attempt):
    address = reverse("attempt_page", args=[attempt.public_id, 1])
    fields = {f"q1-{name}": chosen for name, chosen in draft(attempt, 1, choice="a")["fields"].items()}
    with counted() as statements:
        assert aylin.post(address, {**fields, "next": "1"}).status_code == 302
    assert len(statements) <= 8, statements


def test_the_practice_page_stays_within_its_budget(aylin):
    with counted() as statements:
        assert aylin.get(reverse("practice")).status_code == 200
    assert len(statements) <= 12, statements
