"""Coming in: in which language a person arrives, and what the mail about a password says."""

from __future__ import annotations

import pytest
from django.core import mail

PASSWORD = "pass-word-1234"


def sign_in(client, address):
    return client.post(address, {"login": "aylin", "password": PASSWORD})


@pytest.fixture
def english(cast):
    cast.aylin.language = "en"
    cast.aylin.save()


def test_an_english_speaker_who_signs_in_at_the_plain_address_arrives_in_english(client, english):
    assert sign_in(client, "/accounts/login/?next=/").headers["Location"] == "/en/"


def test_a_german_speaker_arrives_in_german(client, cast):
    assert sign_in(client, "/accounts/login/").headers["Location"] == "/"


def test_an_english_address_is_a_choice_and_stays(client, cast):
    assert sign_in(client, "/en/accounts/login/?next=/en/").headers["Location"] == "/en/"


def test_a_page_that_was_asked_for_is_the_page_one_gets(client, english):
    assert sign_in(client, "/accounts/login/?next=/rules/").headers["Location"] == "/rules/"


@pytest.mark.parametrize(("language", "said"), [("de", "Fragen"), ("en", "Questions")])
def test_the_cms_speaks_the_language_of_the_account(admin_user, client, language, said):
    admin_user.language = language
    admin_user.save()
    client.force_login(admin_user)
    page = client.get("/admin/").content.decode()
    assert f'lang="{language}"' in page
    assert said in page


@pytest.mark.parametrize(
    ("address", "subject", "greeting"),
    [
        ("/accounts/password/reset/", "Leitlinie: Ihr neues Passwort", "Guten Tag,"),
        ("/en/accounts/password/reset/", "Leitlinie: Your new password", "Hello,"),
    ],
)
def test_the_mail_about_a_password_is_written_in_the_language_of_the_page(client, cast, address, subject, greeting):
    client.post(address, {"email": "aylin@example.com"})
    (letter,) = mail.outbox
    assert letter.subject == subject
    assert letter.body.startswith(greeting)
    assert "/accounts/password/reset/key/" in letter.body
    assert "aylin" in letter.body


def test_somebody_unknown_learns_from_a_mail_alone_that_there_is_no_account(client, cast):
    known = client.post("/accounts/password/reset/", {"email": "aylin@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert "gibt es kein Konto" in mail.outbox[1].body


def test_a_wrong_password_is_answered_in_one_calm_sentence(client, cast):
    page = client.post("/accounts/login/", {"login": "aylin", "password": "wrong"}).content.decode()
    assert "Anmeldename oder Passwort stimmt nicht." in page


def test_who_gives_the_wrong_old_password_is_told_and_nothing_changes(client, cast):
    client.force_login(cast.aylin)
    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": "wrong", "password1": "eine-lange-Wendung", "password2": "eine-lange-Wendung"},
    )
    assert "Das ist nicht Ihr jetziges Passwort." in page.content.decode()
    cast.aylin.refresh_from_db()
    assert cast.aylin.check_password(PASSWORD)


def test_an_address_for_mail_is_changed_by_hr_alone(client, cast):
    client.force_login(cast.aylin)
    assert client.get("/accounts/email/").headers["Location"] == "/account/"
