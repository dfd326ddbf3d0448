"""The loop once round, in German, on a desk: lesson, principle, check, card, talk, two signatures."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.sitting import QUESTIONS, sees_kept_here, sees_saved, sees_that_keys_are_heard
from tests.journeys.visitor import Visitor

MONTHS = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
ASKED = ("K2", "K3", "K5", "K6")
OFFLINE_AT = 6
HER_VIEW = "Aylin fragt nach, bevor sie etwas anbietet. Bei lauten Anrufern holt sie sich früh Hilfe."
OWN_VIEW = "Ich höre länger zu als vor einem Jahr. Laute Anrufe übe ich weiter."
CHANGED = "Doch anders."
AGREED = "Miriam hört bis Ende März zwei Gespräche mit."


def short_day() -> str:
    """Today as the tables say it."""
    day = datetime.now(ZoneInfo("Europe/Berlin")).date()
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def number(text: str) -> float:
    """The number that somebody reads in ``16,40`` or ``78 %``."""
    return float(re.search(r"\d+(?:,\d+)?", text)[0].replace(",", "."))


# --- what is on a card ------------------------------------------------------------------------------------------------


def figures(aylin: Visitor) -> dict[str, dict]:
    """Of each competency asked: the score, how many rows the sum has, and the days on them."""
    aylin.opens("Meine Karte")
    found = {}
    for code in ASKED:
        card = aylin.page.locator(f"#{code}")
        days = card.locator("table.sum td.day").all_text_contents()
        score = card.locator("table.sum tfoot td").last.text_content()
        found[code] = {"score": number(score), "days": days, "state": card.locator(".state").inner_text()}
    return found


def check_the_sum(aylin: Visitor, code: str) -> None:
    """Redo by hand what "So kam das zustande" says, and find the value above it."""
    card = aylin.page.locator(f"#{code}")
    card.get_by_text("So kam das zustande").click()
    rows = card.locator("table.sum tbody tr:not(.void)")
    expect(rows.first).to_be_visible()
    cells = [row.locator("td.n").all_inner_texts() for row in rows.all()]
    weight, counts = (sum(number(row[column]) for row in cells) for column in (-2, -1))
    foot = card.locator("table.sum tfoot tr")
    said_weight, said_counts = map(number, foot.first.locator("td.n").all_inner_texts())
    rounding = 0.005 * len(cells) + 0.005
    assert abs(weight - said_weight) <= rounding
    assert abs(counts - said_counts) <= rounding
    score = number(foot.last.locator("td.n").inner_text())
    assert abs(100 * said_counts / said_weight - score) <= 0.51
    expect(card).to_contain_text(f"Ihr Wert ist {score:.0f} %.")
    assert f"Wert {score:.0f}, Spanne" in card.locator("svg.line desc").text_content()


# --- chapters ---------------------------------------------------------------------------------------------------------


def reads_a_lesson(aylin: Visitor) -> None:
    """To the end, from where *Heute* sends her; the lesson is finished without a click."""
    aylin.heading("Guten Tag, Aylin Kaya")
    aylin.sees("Ihr Wissenscheck ist offen", "Weiterlesen")
    aylin.check_accessible()
    link = aylin.page.get_by_role("region", name="Weiterlesen").get_by_role("link")
    title = link.inner_text()
    link.click()
    aylin.heading(title)
    aylin.sees("Lektion 5 von 12")
    aylin.check_accessible()
    aylin.press("End")
    aylin.sees("Sie haben diese Lektion heute zu Ende gelesen.")
    aylin.go("/")
    expect(aylin.main).not_to_contain_text(title)


def acknowledges_its_principle(aylin: Visitor) -> None:
    aylin.page.go_back()
    aylin.page.get_by_role("button", name="Ich kenne diesen Grundsatz").click()
    aylin.sees("Sie kennen diesen Grundsatz seit heute.")
    aylin.opens("Grundsätze")
    aylin.heading("Grundsätze")
    aylin.sees("Sie kennen diesen Grundsatz seit heute.")
    aylin.check_accessible()


def answers_by_keys(aylin: Visitor) -> None:
    """The question on the screen: 1–9 as the page explains them."""
    kind = aylin.page.locator(".question").get_attribute("data-kind")
    keys = {"single_choice": ["2"], "multiple_choice": ["1", "2"], "situational": ["1", "Shift+Digit3"]}[kind]
    aylin.press(*keys)
    expect(aylin.page.locator(".options input:checked")).to_have_count(len(keys))


def answers_by_tab_and_space(aylin: Visitor) -> None:
    """The question on the screen, as somebody does who has switched the single keys off."""
    best_and_worst = aylin.page.locator(".question").get_attribute("data-kind") == "situational"
    aylin.page.locator("main").focus()
    aylin.press("Tab", "Space")
    expect(aylin.page.locator(".options input:checked")).to_have_count(1)
    if best_and_worst:
        aylin.press("Tab", "ArrowDown")
        expect(aylin.page.locator(".options input:checked")).to_have_count(2)


def loses_the_network_for_an_answer(aylin: Visitor) -> None:
    aylin.context.set_offline(True)
    answers_by_keys(aylin)
    sees_kept_here(aylin.page)
    aylin.context.set_offline(False)
    sees_saved(aylin.page)


def takes_the_check_by_keyboard(aylin: Visitor) -> str:
    """All questions without touching a mouse. The receipt's words."""
    aylin.go("/")
    aylin.tab_to("Check beginnen")
    aylin.press("Enter")
    for position in range(1, QUESTIONS + 1):
        aylin.heading(f"Frage {position} von {QUESTIONS}")
        sees_that_keys_are_heard(aylin.page)
        if position == OFFLINE_AT:
            loses_the_network_for_an_answer(aylin)
        elif position in (1, 2, 3):
            answers_by_tab_and_space(aylin)
        else:
            answers_by_keys(aylin)
        sees_saved(aylin.page)
        if position <= OFFLINE_AT:
            aylin.check_accessible()
        aylin.press("Enter")
    return hands_in(aylin)


def hands_in(aylin: Visitor) -> str:
    aylin.heading("Vor dem Abgeben")
    aylin.sees(f"Alle {QUESTIONS} Fragen sind beantwortet.")
    aylin.check_accessible()
    aylin.tab_to("Abgeben")
    aylin.press("Enter")
    aylin.heading("Ihre Antworten sind abgegeben")
    aylin.sees(f"{QUESTIONS} von {QUESTIONS} Fragen", "Beleg")
    aylin.check_accessible()
    return aylin.page.locator(".receipt").inner_text()


def sees_the_card_move(aylin: Visitor, before: dict[str, dict]) -> None:
    after = figures(aylin)
    aylin.check_accessible()
    for code in ASKED:
        new = after[code]["days"].count(short_day())
        assert new >= 5, f"{code}: today's answers do not stand on the card"
        assert before[code]["days"].count(short_day()) == 0
    moved = [code for code in ASKED if after[code]["score"] != before[code]["score"]]
    assert moved, "five answers in each of four competencies, and no figure moved"
    for code in moved:
        check_the_sum(aylin, code)
    aylin.check_accessible()
    aylin.go("/")
    aylin.sees("Ihr Wissenscheck ist abgegeben", "Neu auf Ihrer Karte", "Nach dem Check vom")


def prepares_the_talk(miriam: Visitor) -> str:
    """From the team to a frozen sheet. The sheet's address."""
    miriam.opens("Team")
    miriam.heading("Team Innendienst Nord")
    miriam.sees("Als Nächstes im Team", "Kompetenzen", "Kaya, Aylin")
    miriam.check_accessible()
    miriam.opens("Kaya, Aylin")
    miriam.heading("Gespräch mit Aylin Kaya vorbereiten")
    miriam.check_accessible()
    miriam.opens("Bogen anlegen", "button")
    miriam.heading("Beurteilungsbogen")
    miriam.sees("Die gesicherten Aussagen stehen hier, sobald Ihre Einschätzung gespeichert ist.")
    miriam.page.get_by_label("Einschätzung der Führungskraft").fill(HER_VIEW)
    miriam.opens("Speichern", "button")
    miriam.sees("Ihr Text ist gespeichert.", "bevor die Karte daneben stand")
    miriam.check_accessible()
    miriam.page.get_by_label("Vereinbart").fill(AGREED)
    miriam.opens("Einfrieren und für beide öffnen", "button")
    miriam.sees("Aylin Kaya kann den Bogen jetzt lesen.", "mindestens Stufe")
    miriam.check_accessible()
    return miriam.path()


def reads_and_answers(aylin: Visitor, sheet: str) -> None:
    aylin.opens("Beurteilungen")
    aylin.sees("für beide Seiten offen")
    aylin.check_accessible()
    aylin.page.locator(f"main a[href='{sheet}']").click()
    aylin.sees(HER_VIEW, AGREED)
    aylin.page.get_by_label("Eigene Sicht").fill(OWN_VIEW)
    aylin.opens("Speichern", "button")
    aylin.sees("Ihr Text ist gespeichert.")
    aylin.check_accessible()


def signs(who: Visitor, sheet: str) -> None:
    who.go(sheet)
    who.sees(HER_VIEW, OWN_VIEW, AGREED)
    who.opens("Bogen unterschreiben", "button")
    who.sees("Sie haben den Bogen unterschrieben.")
    who.check_accessible()


def cannot_change_it(who: Visitor, sheet: str, old_tab) -> None:
    """No field is left on the page; what an old tab sends is refused, and shown so that it is not lost."""
    who.go(sheet)
    who.sees("von beiden Seiten unterschrieben", "Prüfsumme des unterschriebenen Bogens")
    assert who.page.locator("main textarea, main input:not([type=hidden])").count() == 0
    assert who.page.get_by_role("button", name="Speichern").count() == 0
    old_tab.get_by_label(re.compile("Einschätzung der Führungskraft|Eigene Sicht")).fill(CHANGED)
    with old_tab.expect_response(lambda answer: answer.request.method == "POST") as answer:
        old_tab.get_by_role("button", name="Speichern").click()
    assert answer.value.status == 409
    expect(old_tab.locator("main")).to_contain_text(
        "Der Bogen ist unterschrieben. Darauf lässt sich nichts mehr ändern."
    )
    expect(old_tab.locator("main")).to_contain_text(CHANGED)
    who.page.reload()
    who.sees(HER_VIEW, OWN_VIEW, AGREED)
    who.sees_not(CHANGED)


def is_nowhere_for(other: Visitor, sheet: str, teams: dict[str, int]) -> None:
    """Somebody else's sheet and team answer like what does not exist."""
    assert other.go("/team/").status == 200
    absent = f"/appraisals/{uuid4()}/"
    assert same_nothing(other, sheet, absent)
    for name, pk in teams.items():
        if name not in other.text():
            assert same_nothing(other, f"/team/{pk}/", "/team/999999/"), name


def same_nothing(other: Visitor, foreign: str, absent: str) -> bool:
    answers = [other.context.request.get(other.base + path) for path in (foreign, absent)]
    bodies = [answer.text().replace(path, "") for answer, path in zip(answers, (foreign, absent), strict=True)]
    return [answer.status for answer in answers] == [404, 404] and bodies[0] == bodies[1]


def test_the_loop_runs_from_a_lesson_to_a_signed_sheet(visitor, company):
    aylin = visitor("employee")
    reads_a_lesson(aylin)
    acknowledges_its_principle(aylin)
    before = figures(aylin)
    takes_the_check_by_keyboard(aylin)
    sees_the_card_move(aylin, before)

    miriam = visitor("manager")
    sheet = prepares_the_talk(miriam)
    other = visitor(company["other_manager"])
    is_nowhere_for(other, sheet, company["teams"])
    reads_and_answers(aylin, sheet)

    tabs = {who: who.context.new_page() for who in (aylin, miriam)}
    for tab in tabs.values():
        tab.goto(aylin.base + sheet)
    signs(miriam, sheet)
    signs(aylin, sheet)
    for who, tab in tabs.items():
        cannot_change_it(who, sheet, tab)
    is_nowhere_for(other, sheet, company["teams"])


def test_a_signed_sheet_prints_on_one_page(visitor, company):
    miriam = visitor("manager")
    miriam.go(f"/appraisals/{company['sheets']['signed']}/")
    pdf = miriam.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
