"""The door of the autosave: answers in, receipts out, nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.models import Answer
from quizzes.queries import attempt_form
from tests.quizzes.conftest import NOW, begin, draft


def door(attempt) -> str:
    return reverse("save_answers", args=[attempt.public_id])


def save(client, attempt, *answers, **more):
    return client.post(door(attempt), json.dumps({"answers": list(answers)}), content_type="application/json", **more)


def test_a_saved_answer_comes_back_with_its_key_number_and_time(aylin, attempt):
    answer = draft(attempt, 1, choice="a")
    response = save(aylin, attempt, answer)
    assert response.json() == {
        "saved": [{"key": answer["key"], "position": 1, "server_seq": 1, "received_at": NOW.isoformat()}],
        "seconds_left": None,
    }
    assert Answer.objects.get().client_key.hex == answer["key"].replace("-", "")


def test_several_answers_are_stored_in_their_order(aylin, attempt):
    sent = [draft(attempt, 3, best="a"), draft(attempt, 3, best="a", worst="d"), draft(attempt, 1, choice="b")]
    saved = save(aylin, attempt, *sent).json()["saved"]
    assert [(s["key"], s["server_seq"]) for s in saved] == [(d["key"], n) for n, d in enumerate(sent, start=1)]


def test_a_replay_gets_its_first_receipt_whatever_it_says_now(aylin, attempt, clock):
    key = uuid4()
    first = save(aylin, attempt, draft(attempt, 1, key, choice="a")).json()
    clock.now = NOW + timedelta(minutes=3)
    assert save(aylin, attempt, draft(attempt, 1, key, choice="a")).json() == first
    assert save(aylin, attempt, draft(attempt, 1, key, choice="b")).json() == first
    assert Answer.objects.count() == 1


def test_old_and_new_answers_together_store_only_the_new_ones(aylin, attempt):
    old, new = draft(attempt, 1, choice="a"), draft(attempt, 2, choice="ab")
    save(aylin, attempt, old)
    saved = save(aylin, attempt, new, old).json()["saved"]
    assert [s["key"] for s in saved] == [new["key"], old["key"]] and Answer.objects.count() == 2


def test_one_key_twice_in_a_request_is_one_answer(aylin, attempt):
    answer = draft(attempt, 1, choice="a")
    saved = save(aylin, attempt, answer, answer).json()["saved"]
    assert len(saved) == 2 and saved[0] == saved[1] and Answer.objects.count() == 1


def test_nothing_sent_says_that_the_server_is_there(aylin, attempt):
    assert save(aylin, attempt).json() == {"saved": [], "seconds_left": None}


def test_where_there_is_a_limit_every_receipt_says_the_seconds_left(aylin, cast, three_kinds, clock):
    attempt = begin(cast.aylin, three_kinds, time_limit=20)
    clock.now = NOW + timedelta(minutes=5)
    assert save(aylin, attempt, draft(attempt, 1, choice="a")).json()["seconds_left"] == 900


def test_right_and_wrong_answers_get_the_same_bytes(client, cast, three_kinds, clock):
    keys, answers = [uuid4() for _ in range(3)], {}
    for user, picks in ((cast.aylin, ("a", "ab", "a", "d")), (cast.ben, ("b", "cd", "d", "a"))):
        attempt = begin(user, three_kinds)
        client.force_login(user)
        one, many, best, worst = picks
        response = save(
            client,
            attempt,
            draft(attempt, 1, keys[0], choice=one),
            draft(attempt, 2, keys[1], choice=many),
            draft(attempt, 3, keys[2], best=best, worst=worst),
        )
        answers[user.pk] = (response.status_code, response.content, sorted(response.headers.items()))
    assert answers[cast.aylin.pk] == answers[cast.ben.pk]


BAD = {
    "an unknown option": ({"choice": ["nonsense"]}, 422, "gehört nicht zur Frage"),
    "two options where one is asked for": ({"choice": "AB"}, 422, "nur eine Antwort"),
    "no list of options": ({"choice": "abcd1234"}, 400, "nicht lesbar"),
    "numbers for options": ({"choice": [7]}, 400, "nicht lesbar"),
    "no fields": ([], 400, "nicht lesbar"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_answer_is_refused_with_a_sentence(aylin, attempt, case):
    fields, status, sentence = BAD[case]
    if fields == {"choice": "AB"}:
        fields = {"choice": [public for public, _ in attempt.questions.get(position=1).options[:2]]}
    response = save(aylin, attempt, {"position": 1, "key": str(uuid4()), "fields": fields})
    assert response.status_code == status and sentence in response.json()["error"]
    assert not Answer.objects.exists()


def test_a_good_answer_beside_a_bad_one_is_not_stored_either(aylin, attempt):
    bad = {"position": 9, "key": str(uuid4()), "fields": {"choice": []}}
    response = save(aylin, attempt, draft(attempt, 1, choice="a"), bad)
    assert response.status_code == 422 and "gehört nicht hierher" in response.json()["error"]
    assert not Answer.objects.exists()


def test_best_and_worst_must_differ(aylin, attempt):
    response = save(aylin, attempt, draft(attempt, 3, best="b", worst="b"))
    assert response.status_code == 422 and "können nicht dieselbe sein" in response.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"answers": 3}', b'{"answers": [3]}', b"\xff\xfe", b"[" * 60_000,
        b'{"answers": [{"position": true, "key": "x", "fields": {}}]}',
        b'{"answers": [{"position": 1, "key": "x", "fields": {}}]}',
        b'{"answers": [{"position": 1e400, "key": "x", "fields": {}}]}',
        b'{"answers": [{"position": 1, "key": "\\ud800", "fields": {}}]}',
        json.dumps({"answers": [{"position": 1, "key": str(uuid4()), "fields": {}}] * 51}).encode(),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(aylin, attempt, body):
    response = aylin.post(door(attempt), body, content_type="application/json")
    assert response.status_code == 400 and "nicht lesbar" in response.json()["error"]


def test_too_much_at_once_is_refused_unread(aylin, attempt):
    response = aylin.post(door(attempt), b" " * 70_000, content_type="application/json")
    assert response.status_code == 413 and "zu viel" in response.json()["error"]


@pytest.mark.parametrize("who", ["ben", "miriam", "tara"])
def test_nobody_saves_into_the_attempt_of_somebody_else(client, cast, attempt, clock, who):
    client.force_login(getattr(cast, who))
    response = save(client, attempt, draft(attempt, 1, choice="a"))
    assert response.status_code == 404 and "gibt es hier nicht" in response.json()["error"]
    assert (
        response.content == client.post(reverse("save_answers", args=[uuid4()]), "{}", content_type="text/json").content
    )
    assert not Answer.objects.exists()


def test_who_is_signed_out_saves_nothing(client, attempt):
    response = save(client, attempt, draft(attempt, 1, choice="a"))
    assert response.status_code == 302 and not Answer.objects.exists()


def test_a_save_without_the_csrf_token_is_refused(cast, attempt, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.aylin)
    assert save(client, attempt, draft(attempt, 1, choice="a")).status_code == 403
    client.get(reverse("attempt_page", args=[attempt.public_id, 1]))
    token = client.cookies["csrftoken"].value
    assert save(client, attempt, draft(attempt, 1, choice="a"), headers={"X-CSRFToken": token}).status_code == 200


def test_after_handing_in_nothing_is_stored_but_a_replay_still_gets_its_receipt(aylin, attempt):
    stored = draft(attempt, 1, choice="a")
    first = save(aylin, attempt, stored).json()
    aylin.post(reverse("submit", args=[attempt.public_id]))
    refused = save(aylin, attempt, draft(attempt, 2, choice="a"))
    assert refused.status_code == 409 and "nicht mehr gespeichert" in refused.json()["error"]
    assert save(aylin, attempt, stored).json() == first and Answer.objects.count() == 1


def test_after_the_deadline_a_save_is_refused_and_hands_in_what_is_stored(aylin, attempt, clock):
    save(aylin, attempt, draft(attempt, 1, choice="a"))
    clock.now = attempt.deadline + timedelta(seconds=29)
    assert save(aylin, attempt, draft(attempt, 2, choice="a")).status_code == 200
    clock.now = attempt.deadline + timedelta(seconds=31)
    assert save(aylin, attempt, draft(attempt, 3, best="a")).status_code == 409
    attempt.refresh_from_db()
    assert attempt.expired and attempt.answered == 2


def test_sentences_come_in_the_language_of_the_page(aylin, attempt):
    response = aylin.post(f"/en{door(attempt)}", "{", content_type="application/json")
    assert response.json()["error"].startswith("The answer could not be read.")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["answers", "position", "key", "fields", "choice", "best"]) | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
ANSWERS = st.fixed_dictionaries(
    {"position": st.integers(-2, 5) | JSON, "key": st.uuids().map(str) | JSON, "fields": JSON}
)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.fixed_dictionaries({"answers": st.lists(ANSWERS, max_size=3)}) | JSON)
def test_whatever_is_sent_there_is_a_sentence_or_a_receipt_and_never_an_error_of_ours(aylin, attempt, sent):
    response = aylin.post(door(attempt), json.dumps(sent), content_type="application/json")
    assert response.status_code in (200, 400, 422)
    assert ("error" in response.json()) == (response.status_code != 200)


def test_an_attempts_form_is_read_once_per_process(aylin, attempt, django_assert_num_queries):
    attempt_form.cache_clear()
    with django_assert_num_queries(1):
        attempt_form(attempt.public_id)
    with django_assert_num_queries(0):
        attempt_form(attempt.public_id)
