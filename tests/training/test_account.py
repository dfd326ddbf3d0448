"""One's own account: who the house thinks one is, in which language it speaks, and the way out."""

import pytest
from django.contrib.auth.models import Group

from training.models import Position

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def account_page(client, cast):
    def read(user=None):
        client.force_login(user or cast.aylin)
        return " ".join(client.get("/account/").content.decode().split())

    return read


def test_it_says_name_team_position_and_roles(account_page, cast):
    cast.aylin.position = Position.objects.create(name_de="Innendienst", name_en="Inside sales")
    cast.aylin.save()
    cast.aylin.groups.add(Group.objects.get_or_create(name="manager")[0])
    text = account_page()
    assert "<h1>Aylin TestAylin</h1>" in text
    assert "<dd>Nord</dd>" in text and "<dd>Innendienst</dd>" in text
    assert "Mitarbeiterin oder Mitarbeiter, Führungskraft" in text
    assert "/accounts/password/change/" in text and 'action="/accounts/logout/"' in text


def test_without_team_and_position_it_says_so(account_page, cast):
    cast.aylin.team = None
    cast.aylin.save()
    text = account_page()
    assert "noch kein Team" in text and "noch keine Funktion" in text and "None" not in text


def test_a_chosen_language_is_kept_and_speaks_at_once(client, cast):
    client.force_login(cast.aylin)
    answer = client.post("/account/", {"language": "en"}, follow=True)
    assert answer.redirect_chain == [("/en/account/", 302)]
    assert "Your language is saved." in answer.content.decode()
    cast.aylin.refresh_from_db()
    assert cast.aylin.language == "en"
    answer = client.post("/en/account/", {"language": "de"}, follow=True)
    assert answer.redirect_chain == [("/account/", 302)]
    assert "Ihre Sprache ist gespeichert." in answer.content.decode()


@pytest.mark.parametrize("sent", [{"language": "fr"}, {}])
def test_an_unknown_language_is_refused_and_nothing_changes(client, cast, sent):
    client.force_login(cast.aylin)
    assert client.post("/account/", sent).status_code == 422
    cast.aylin.refresh_from_db()
    assert cast.aylin.language == "de"


def test_only_who_works_there_is_led_to_the_administration(account_page, cast):
    for user, led in (
        (cast.aylin, False),
        (cast.miriam, False),
        (cast.council, False),
        (cast.tara, True),
        (cast.hanna, True),
    ):
        assert ("Zur Verwaltung" in account_page(user)) is led, user
