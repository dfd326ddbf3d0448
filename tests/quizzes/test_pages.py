"""Sitting a check without script: plain pages and plain forms, from the first question to the review."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes import sitting
from quizzes.models import Answer
from tests.quizzes.conftest import NOW, begin, name_of


def page(attempt, number: int) -> str:
    return reverse("attempt_page", args=[attempt.public_id, number])


def url(name: str, attempt) -> str:
    return reverse(name, args=[attempt.public_id])


def form_of(response) -> dict:
    """The hidden fields of the page, and what is chosen on it."""
    html = response.content.decode()
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        found = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if found.get("type") == "hidden" or " checked" in tag:
            fields.setdefault(found.get("name", ""), []).append(found.get("value", ""))
    return fields


def test_a_whole_check_by_plain_forms(aylin, attempt, clock):
    assert aylin.get(url("attempt", attempt)).url == page(attempt, 1)
    first = aylin.get(page(attempt, 1))
    assert "Frage 1 von 3" in first.content.decode()
    to_second = aylin.post(page(attempt, 1), {**form_of(first), "q1-choice": name_of(attempt, 1, "a"), "next": "1"})
    assert to_second.url == page(attempt, 2)
    picks = [name_of(attempt, 2, letter) for letter in "ab"]
    aylin.post(page(attempt, 2), {"q2-choice": picks, "next": "1"})
    best, worst = name_of(attempt, 3, "a"), name_of(attempt, 3, "d")
    last = aylin.post(page(attempt, 3), {"q3-best": best, "q3-worst": worst, "next": "1"})
    assert last.url == url("attempt_overview", attempt)
    assert "Alle 3 Fragen sind beantwortet." in aylin.get(last.url).content.decode()
    handed_in = aylin.post(url("submit", attempt), follow=True)
    text = handed_in.content.decode()
    assert "24. November, 10:42 Uhr" in text and "3 von 3 Fragen" in text
    attempt.refresh_from_db()
    assert f"{attempt.receipt[:4]} {attempt.receipt[4:8]}" in text
    assert "Ab dem 1. Dezember" in aylin.get(url("review", attempt)).content.decode()
    clock.now = NOW + timedelta(days=7)
    text = aylin.get(url("review", attempt)).content.decode()
    assert "Begründung situational" in text and "2 von 2 Punkten" in text


def test_what_was_chosen_is_chosen_again_when_one_comes_back(aylin, attempt):
    chosen = name_of(attempt, 1, "b")
    aylin.post(page(attempt, 1), {"q1-choice": chosen, "next": "1"})
    assert form_of(aylin.get(page(attempt, 1)))["q1-choice"] == [chosen]
    assert aylin.get(url("attempt", attempt)).url == page(attempt, 2)


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [("next", 3), ("previous", 1), ("overview", "overview"), ("submit", "result"), ("nothing", 3)],
)
def test_every_button_saves_and_goes_its_way(aylin, attempt, button, leads_to):
    response = aylin.post(page(attempt, 2), {"q2-choice": name_of(attempt, 2, "a"), button: "1"})
    names = {"overview": url("attempt_overview", attempt), "result": url("result", attempt)}
    assert response.url == (names[leads_to] if leads_to in names else page(attempt, leads_to))
    assert Answer.objects.count() == 1


def test_posting_a_page_twice_stores_it_once(aylin, attempt):
    body = {**form_of(aylin.get(page(attempt, 1))), "q1-choice": name_of(attempt, 1, "a"), "next": "1"}
    assert aylin.post(page(attempt, 1), body).url == aylin.post(page(attempt, 1), body).url
    assert Answer.objects.count() == 1


def test_changing_ones_mind_and_back_stores_each_change(aylin, attempt):
    for letter in "aba":
        aylin.post(page(attempt, 1), {"q1-seen": "0", "q1-choice": name_of(attempt, 1, letter), "next": "1"})
    assert [a.value["choice"] for a in Answer.objects.order_by("server_seq")][-1] == Answer.objects.first().value[
        "choice"
    ]
    assert Answer.objects.count() == 3


def test_an_old_tab_that_only_turns_the_page_overwrites_nothing(aylin, attempt):
    aylin.post(page(attempt, 1), {"q1-choice": name_of(attempt, 1, "a"), "next": "1"})
    old_tab = form_of(aylin.get(page(attempt, 1)))
    aylin.post(page(attempt, 1), {**old_tab, "q1-choice": name_of(attempt, 1, "b"), "next": "1"})
    aylin.post(page(attempt, 1), {**old_tab, "next": "1"})
    assert form_of(aylin.get(page(attempt, 1)))["q1-choice"] == [name_of(attempt, 1, "b")]


def test_the_same_option_as_best_and_worst_is_refused_with_the_choices_kept(aylin, attempt):
    same = name_of(attempt, 3, "b")
    response = aylin.post(page(attempt, 3), {"q3-best": same, "q3-worst": same, "next": "1"})
    assert response.status_code == 422 and not Answer.objects.exists()
    text = response.content.decode()
    assert "können nicht dieselbe sein" in text and 'aria-describedby="problem-3"' in text
    assert form_of(response)["q3-best"] == form_of(response)["q3-worst"] == [same]


def test_noting_a_question_shows_on_the_line_and_in_the_overview(aylin, attempt):
    back = aylin.post(page(attempt, 2), {"flag": "2:1", "q2-choice": name_of(attempt, 2, "a")})
    assert back.url == page(attempt, 2) + "#q2" and Answer.objects.count() == 1
    assert 'aria-pressed="true"' in aylin.get(page(attempt, 2)).content.decode()
    assert "gemerkt" in aylin.get(url("attempt_overview", attempt)).content.decode()
    assert aylin.post(url("attempt_flag", attempt), {"position": "2", "flagged": "0"}).status_code == 204
    assert "gemerkt" not in aylin.get(url("attempt_overview", attempt)).content.decode()


def test_noting_a_question_that_is_not_there_is_404(aylin, attempt):
    for position in ("9", "-1", "x", "99999999999"):
        assert aylin.post(url("attempt_flag", attempt), {"position": position, "flagged": "1"}).status_code == 404


def test_several_questions_on_a_page_are_saved_together(aylin, cast, three_kinds):
    attempt = begin(cast.aylin, three_kinds, page_size=2)
    text = aylin.get(page(attempt, 1)).content.decode()
    assert "Fragen 1 bis 2 von 3" in text
    picks = {"q1-choice": name_of(attempt, 1, "a"), "q2-choice": name_of(attempt, 2, "a")}
    assert aylin.post(page(attempt, 1), {**picks, "next": "1"}).url == page(attempt, 2)
    assert Answer.objects.count() == 2
    assert aylin.get(page(attempt, 3)).status_code == 404


def test_without_a_limit_there_is_no_clock_and_with_one_it_can_be_hidden(aylin, attempt, cast, three_kinds):
    assert "Restzeit" not in aylin.get(page(attempt, 1)).content.decode()
    limited = begin(cast.aylin, three_kinds, time_limit=20)
    text = aylin.get(page(limited, 1)).content.decode()
    assert '<details class="clock" open data-seconds="1200"' in text and "20 Minuten" in text


@pytest.mark.parametrize("name", ["attempt", "attempt_overview", "result", "review"])
def test_opening_after_the_deadline_hands_in_what_is_stored(aylin, attempt, clock, name):
    aylin.post(page(attempt, 1), {"q1-choice": name_of(attempt, 1, "a"), "next": "1"})
    clock.now = NOW + timedelta(days=7, seconds=1)
    text = aylin.get(url(name, attempt), follow=True).content.decode()
    attempt.refresh_from_db()
    assert attempt.expired and attempt.answered == 1 and attempt.submitted_at == attempt.deadline
    assert "Die Zeit ist um." in text or name == "review"


def test_an_answer_on_its_way_when_time_ran_out_counts_and_one_after_it_does_not(aylin, attempt, clock):
    clock.now = NOW + timedelta(days=7, seconds=20)
    response = aylin.post(page(attempt, 1), {"q1-choice": name_of(attempt, 1, "a"), "next": "1"}, follow=True)
    assert "Die Zeit ist um." in response.content.decode()
    response = aylin.post(page(attempt, 2), {"q2-choice": name_of(attempt, 2, "a"), "next": "1"}, follow=True)
    assert "nicht mehr gespeichert" in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.answered == 1 and Answer.objects.count() == 1


def test_long_after_the_deadline_a_post_stores_nothing_and_hands_in(aylin, attempt, clock):
    clock.now = NOW + timedelta(days=8)
    response = aylin.post(page(attempt, 1), {"q1-choice": name_of(attempt, 1, "a"), "next": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == url("result", attempt)
    assert "nicht mehr gespeichert" in response.content.decode() and not Answer.objects.exists()


def test_handing_in_twice_leads_to_the_same_result(aylin, attempt):
    first = aylin.post(url("submit", attempt), follow=True).content
    again = aylin.post(url("submit", attempt), follow=True).content
    assert first == again


def test_a_closed_attempt_leads_to_its_result_from_every_page(aylin, attempt, now):
    sitting.hand_in(attempt, now=now)
    for address in (url("attempt", attempt), page(attempt, 1), url("attempt_overview", attempt)):
        assert aylin.get(address).url == url("result", attempt)


@pytest.mark.parametrize("name", ["result", "review"])
def test_an_open_attempt_has_no_result_yet(aylin, attempt, name):
    assert aylin.get(url(name, attempt)).url == url("attempt", attempt)


@pytest.mark.parametrize("name", ["attempt", "attempt_overview", "result", "review"])
@pytest.mark.parametrize("who", ["ben", "miriam", "tara", "hanna", "council"])
def test_an_attempt_is_there_for_its_own_person_alone(client, cast, attempt, clock, name, who):
    client.force_login(getattr(cast, who))
    assert client.get(url(name, attempt)).status_code == 404
    assert client.post(url("submit", attempt)).status_code == 404
    assert client.get(page(attempt, 1)).status_code == 404
    assert client.post(page(attempt, 1), {"q1-choice": "x"}).status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_open


def test_who_is_signed_out_is_asked_to_sign_in(client, attempt):
    assert "/accounts/login/" in client.get(page(attempt, 1)).url


@pytest.mark.parametrize("name", ["submit", "attempt_flag", "save_answers"])
def test_changes_need_a_post(aylin, attempt, name):
    for method in (aylin.get, aylin.put, aylin.delete):
        assert method(url(name, attempt)).status_code == 405


def test_the_questions_stay_in_their_language_when_the_page_is_english(aylin, attempt):
    text = aylin.get(f"/en{page(attempt, 1)}").content.decode()
    assert "Question 1 of 3" in text and "Go on" in text
    assert '<div class="stem" id="stem-1" lang="de"><p>Was hilft' in text
    assert 'lang="de">Antwort a' in text and "Answer a" not in text


def test_an_english_attempt_asks_in_english_on_a_german_page(aylin, cast, three_kinds):
    attempt = begin(cast.aylin, three_kinds, language="en")
    text = aylin.get(page(attempt, 1)).content.decode()
    assert "Frage 1 von 3" in text and 'lang="en"><p>What helps' in text


def test_pages_are_never_kept_by_the_browser(aylin, attempt):
    assert "no-store" in aylin.get(page(attempt, 1)).headers["Cache-Control"]


def test_a_stem_is_cleaned_once_more_when_it_is_shown(aylin, cast, three_kinds):
    version = three_kinds[0]
    version.pk, version.number, version.is_newest = None, 2, False
    version.public["stem"]["de"] = "<p>Was <em>hilft</em>?</p><script>alert(1)</script><p onclick=x style=y>Z</p>"
    version.save()
    text = aylin.get(page(begin(cast.aylin, [version]), 1)).content.decode()
    assert "<p>Was <em>hilft</em>?</p>" in text and "alert(1)</script>" not in text and "onclick" not in text
