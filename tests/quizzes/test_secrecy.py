"""The key never leaves the server before release: every byte of every response is searched for it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes import sitting
from quizzes.models import QuestionVersion
from tests.quizzes.conftest import NOW, begin, draft, name_of
from tests.quizzes.test_saving import save

CANARY = "canary-of-the-key"


@pytest.fixture
def marked_versions(three_kinds) -> list[QuestionVersion]:
    """One question of each kind with a canary in everything a learner must not read yet."""
    for version in three_kinds:
        version.pk, version.number, version.is_newest = None, 2, False
        version.public["title"] = dict.fromkeys(("de", "en"), f"{CANARY}-title")
        version.key["rationale"] = dict.fromkeys(("de", "en"), f"<p>{CANARY}-rationale</p>")
        version.key["why"] = {o["id"]: dict.fromkeys(("de", "en"), f"{CANARY}-why") for o in version.public["options"]}
        version.save()
    return three_kinds


def secrets_of(versions) -> list[bytes]:
    """What must not be found: the canaries, the versions' own option ids, and the words of a key."""
    ids = [option["id"] for version in versions for option in version.public["options"]]
    return [text.encode() for text in (CANARY, *ids, "ratings", '"correct"', "rationale")]


def found(response, versions) -> list[bytes]:
    sent = response.content + str(response.headers).encode() + str(response.cookies).encode()
    return [secret for secret in secrets_of(versions) if secret in sent]


def everything_sent(client, attempt, prefix=""):
    """Every response a person can get of an attempt, from the first page until release."""
    at = [prefix + reverse("attempt_page", args=[attempt.public_id, n]) for n in (1, 2, 3)]
    name = {n: prefix + reverse(n, args=[attempt.public_id]) for n in ("attempt", "attempt_overview", "attempt_flag")}
    for address in (*at, *name.values()):
        yield client.get(address)
    for letters in ("a", "b"):
        yield save(client, attempt, draft(attempt, 1, choice=letters), draft(attempt, 2, choice=letters))
        yield save(client, attempt, draft(attempt, 3, best=letters, worst="c"))
    yield save(client, attempt, {"position": 1, "key": "x", "fields": {}})
    yield save(client, attempt, draft(attempt, 3, best="a", worst="a"))
    yield client.post(at[0], {"q1-choice": name_of(attempt, 1, "b"), "check": "1"})
    same = name_of(attempt, 3, "b")
    yield client.post(at[2], {"q3-best": same, "q3-worst": same})
    yield client.post(name["attempt_flag"], {"position": "1", "flagged": "1"})
    for address in (*at, name["attempt_overview"]):
        yield client.get(address)
    yield client.post(prefix + reverse("submit", args=[attempt.public_id]))
    for done in ("attempt", "result", "review"):
        yield client.get(prefix + reverse(done, args=[attempt.public_id]), follow=True)
    yield save(client, attempt, draft(attempt, 1, choice="c"))
    yield client.get(f"{prefix}/practice/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_byte_before_release_holds_anything_of_the_key(aylin, cast, marked_versions, prefix):
    attempt = begin(cast.aylin, marked_versions)
    leaks = {f"{r.request['REQUEST_METHOD']} {r.request['PATH_INFO']}": found(r, marked_versions)
             for r in everything_sent(aylin, attempt, prefix)}  # fmt: skip
    assert len(leaks) > 10 and not any(leaks.values()), leaks


def test_the_review_explains_after_release_and_still_marks_no_key(aylin, cast, marked_versions, clock):
    attempt = begin(cast.aylin, marked_versions)
    save(aylin, attempt, draft(attempt, 1, choice="b"))
    sitting.hand_in(attempt, now=NOW)
    clock.now = attempt.released_at - timedelta(seconds=1)
    review = reverse("review", args=[attempt.public_id])
    assert not found(aylin.get(review), marked_versions)
    clock.now = attempt.released_at
    text = aylin.get(review).content.decode()
    assert f"{CANARY}-rationale" in text and f"{CANARY}-title" in text
    assert f"{CANARY}-why" not in text and "tag key" not in text and "tag chosen" in text
    assert not any(option["id"] in text for version in marked_versions for option in version.public["options"])


def test_the_result_looks_the_same_for_right_and_wrong_answers(client, cast, marked_versions, clock):
    pages = set()
    for user, one, best, worst in ((cast.aylin, "a", "a", "d"), (cast.ben, "b", "d", "a")):
        attempt = begin(user, marked_versions)
        client.force_login(user)
        save(client, attempt, draft(attempt, 1, choice=one), draft(attempt, 3, best=best, worst=worst))
        client.post(reverse("submit", args=[attempt.public_id]))
        attempt.refresh_from_db()
        text = client.get(reverse("result", args=[attempt.public_id])).content.decode()
        receipt = attempt.receipt[:4]
        assert receipt in text
        text = re.sub(r"[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}", "RECEIPT", text.replace(str(attempt.public_id), "ID"))
        pages.add(text.replace(str(user), "PERSON").replace(user.initials, "XX"))
    assert len(pages) == 1


def test_practice_explains_the_answered_question_alone(aylin, cast, marked_versions):
    quiz = begin(cast.ben, marked_versions).quiz
    quiz.pk, quiz.pool = None, "practice"
    quiz.save()
    attempt = begin(cast.aylin, marked_versions, quiz=quiz, released=timedelta(0))
    pages = [reverse("attempt_page", args=[attempt.public_id, n]) for n in (1, 2, 3)]
    assert not any(found(aylin.get(page), marked_versions) for page in pages)
    aylin.post(pages[0], {"q1-choice": name_of(attempt, 1, "b"), "check": "1"})
    assert f"{CANARY}-rationale" in aylin.get(pages[0]).content.decode()
    assert not any(found(aylin.get(page), marked_versions) for page in pages[1:])
    assert not found(aylin.get(reverse("review", args=[attempt.public_id]), follow=True), marked_versions)
