"""One's own card, with the very numbers of the rule, and the sum that anyone can redo."""

import csv
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.models import ProficiencyLevel
from quizzes.models import Question
from tests.conftest import single_choice
from tests.lessons.conftest import block
from training import observing, planning
from training.models import Evidence, Position, Reading, TargetLevel
from training.queries import scorecard

pytestmark = pytest.mark.usefixtures("clock")
DAY = date(2026, 11, 24)


@pytest.fixture
def card_page(client, cast):
    """Aylin's card as text: ``card_page()`` or ``card_page("en")``."""

    def read(language="de"):
        client.force_login(cast.aylin)
        answer = client.get("/en/scorecard/" if language == "en" else "/scorecard/")
        assert answer.status_code == 200
        text = re.sub(r"<br>|</?(b|span|a|p)\b[^>]*>", " ", answer.content.decode())
        return " ".join(text.split())

    return read


@pytest.fixture
def row(client, cast):
    """The part of the card that one competency takes."""

    def read(code, path="/scorecard/"):
        client.force_login(cast.aylin)
        text = client.get(path).content.decode()
        found = re.search(rf'<article class="card" id="{code}".*?</article>', text, re.S)
        return " ".join(re.sub(r"<br>", " ", found.group(0)).split())

    return read


# --- the worked example -----------------------------------------------------------------------------------------------
def test_the_worked_example_in_german(framework, give, card_page, cast):
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    text = card_page()
    assert "Stand 24. November 2026 · Wissen und Urteil · Regel 1" in text
    assert "Stufe 3 · Auch wenn es schwierig wird vorläufig, 42 %" in text
    assert "15,0 gewertete Antworten 15 Fragen" in text
    assert "Wert 78, Spanne 56 bis 94 von 100." in text
    assert "Ihr Wert ist 78 %. Bei unendlich vielen Fragen läge er mit 95 % Sicherheit zwischen 56 und 94." in text
    assert "Das reicht für eine Aussage: mindestens Stufe 2 ." in text
    assert "Wert = 12,50 ÷ 16,00" in text and '<td class="n">78 %</td>' in text


def test_the_worked_example_in_english(framework, give, card_page, cast):
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    text = card_page("en")
    assert "As of 24 November 2026 · Knowledge and judgement · Rule 1" in text
    assert "Level 3 · Steady when it gets difficult provisional, 42%" in text
    assert "15.0 answers counted 15 questions" in text
    assert "Score 78, interval 56 to 94 of 100." in text
    assert "Your score is 78%." in text and "with 95% certainty, between 56 and 94." in text
    assert "That is enough for one statement: at least level 2 ." in text
    assert "Score = 12.50 ÷ 16.00" in text


def test_a_year_later_there_is_no_level_anywhere(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY - timedelta(days=365))
    text = row("K2")
    assert "<b>Noch nicht genug Nachweise</b> 7,5 von 10 Antworten" in text
    assert "Wert = 6,50 ÷ 8,50" in text and "76 %" in text
    assert "Das reicht weder für eine Stufe noch für eine Aussage im Beurteilungsgespräch." in text
    assert not re.search(r"Stufe \d ·|mindestens Stufe|vorläufig|eindeutig", text)


def test_answers_to_too_few_questions_are_counted_in_questions(framework, give, row, cast):
    seven = [f"q{i}" for i in range(7)]
    give(cast.aylin, framework["K2"], 7, right=5, on=DAY - timedelta(days=30), items=seven)
    assert "6,6 von 10 Antworten" in row("K2")
    give(cast.aylin, framework["K2"], 7, right=5, on=DAY, items=seven)
    assert "7 von 8 Fragen" in row("K2")


def test_nearly_ten_does_not_read_as_ten(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 10, right=8, on=DAY - timedelta(days=2))
    assert "9,9 von 10 Antworten" in row("K2")


def test_an_assured_level_1_is_open(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 15, right=7, on=DAY)
    text = row("K2")
    assert "bleibt diese Kompetenz <b>offen</b>" in text and "mindestens Stufe" not in text


# --- the sum ----------------------------------------------------------------------------------------------------------
def test_the_very_answers_stand_in_the_sum(bank, give, row, cast):
    item = str(Question.objects.get(slug="k2-c0").item)
    situation = str(Question.objects.get(slug="k2-s0").item)
    give(cast.aylin, bank["K2"], 1, right=1, on=DAY - timedelta(days=365), items=[item])
    give(cast.aylin, bank["K2"], 1, right=1, on=DAY, items=[item])
    give(
        cast.aylin,
        bank["K2"],
        1,
        right=0,
        on=DAY,
        items=[situation],
        decisions=2,
        track="judgement",
        source="judgement",
    )
    text = row("K2")
    assert '24. Nov 2026</span> Frage k2-c0 · zum 2. Mal</td> <td class="n">1</td> <td class="n">0,50</td>' in text
    assert "24. Nov 2025</span> Frage k2-c0</td>" in text
    assert 'Frage k2-s0 <span class="quiet">· eine von 2 Entscheidungen</span>' in text and "0,77" in text
    assert 'Gedachte Frage, halb richtig</td><td class="n">0,5</td>' in text
    assert "Question k2-c0 · time 2" in row("K2", "/en/scorecard/")


def test_the_notice_says_the_rule(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    assert (
        "Jede Antwort zählt 0 bis 1 Punkt. Nach einem Jahr zählt sie halb, nach drei Jahren gar nicht mehr. "
        "Wiederholte Fragen zählen halb. Allen wird eine gedachte, halb richtige Frage gutgeschrieben. "
        "Ihr Wert ist Punkte geteilt durch gezählte Fragen. "
        "Die Spanne sagt, wo Ihr Wert bei unendlich vielen Fragen mit 95 % Sicherheit läge."
    ) in row("K2")


def test_a_corrected_answer_stands_there_and_does_not_count(framework, give, row, cast, now):
    *_, wrong = give(cast.aylin, framework["K2"], 16, right=12, on=DAY)
    wrong.refresh_from_db()
    Evidence.objects.create(
        user=cast.aylin, competency=framework["K2"], track="knowledge", source="correction", item=wrong.item,
        answered_on=DAY, points=0, corrects=wrong, recorded_at=now,
    )  # fmt: skip
    text = row("K2")
    assert text.count("berichtigt, zählt nicht") == 1
    assert "Wert = 12,50 ÷ 16,00" in text


def test_evidence_says_until_when_it_lasts(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 20, right=15, on=DAY)
    assert "Ohne neue Antworten reichen diese Nachweise noch etwa bis November 2027." in row("K2")


def test_the_last_two_years_are_a_line_and_a_table(framework, give, row, cast):
    give(cast.aylin, framework["K2"], 15, right=9, on=DAY - timedelta(days=200))
    give(cast.aylin, framework["K2"], 15, right=14, on=DAY)
    text = row("K2")
    assert 'class="spark"' in text
    assert '<tr><td>24. Aug 2026</td><td class="n">59</td>' in text and "<tr><td>24. Nov 2026</td>" in text


# --- what helps -------------------------------------------------------------------------------------------------------
def test_lessons_say_how_many_lost_points_they_are_about(tree, principle, framework, give, row, cast, now):
    body = [block("principle", {"principle": principle.pk})]
    fitting = tree.write(9, body=body)
    for i in range(3):
        question = single_choice(f"about-{i}", framework["K2"], source="p02" if i < 2 else "p11")
        give(cast.aylin, framework["K2"], 1, right=0, on=DAY, items=[str(question.item)])
    Reading.objects.create(
        user=cast.aylin, lesson=tree.lessons[0].translation_key, position=100, opened_at=now, finished_at=now
    )
    text = row("K2")
    assert "2 der 3 Antworten, bei denen Punkte fehlen, gehören zum Grundsatz dieser Lektion." in text
    assert text.index(fitting.title) < text.index("Lektion 2") < text.index("Lektion 1</a>")
    assert "7 Minuten · schon gelesen" in text
    assert "Lesson 9" in row("K2", "/en/scorecard/")


def test_the_four_levels_are_described_and_the_measured_one_is_marked(framework, give, row, cast):
    for level in (1, 2, 3, 4):
        ProficiencyLevel.objects.create(
            competency=framework["K2"], level=level, behaviour_de=f"Tut {level}.", behaviour_en=f"Does {level}."
        )
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    text = row("K2")
    assert "<dt>Stufe 3 · Ihre, nach dieser Messung</dt><dd>Tut 3.</dd>" in text
    assert text.count("nach dieser Messung") == 1


def test_observations_stand_apart_and_count_nowhere(framework, row, cast, now):
    observing.observe(
        cast.aylin, observer=cast.tara, competency=framework["K2"], rating=4, note="Fragt nach.", on=DAY, now=now
    )
    text = row("K2")
    assert "Notierte Beobachtungen" in text and "zählen bisher auf keiner Karte" in text
    assert "24. November 2026</b> · Tara TestTara · 4 von 5" in text and "Fragt nach." in text
    assert "0,0 von 10 Antworten" in text


# --- where one stands without evidence, plan or position ----------------------------------------------------------------
def test_a_newcomer_reads_a_kind_word(framework, card_page, cast):
    text = card_page()
    assert "Hier steht noch nichts, und das sagt nichts über Sie." in text
    assert text.count("0,0 von 10 Antworten") == 8
    assert "kein Check geplant" in text
    assert "Für Ihre Funktion sind keine Soll-Stufen festgelegt." in text
    assert "Zu dieser Kompetenz gibt es noch keine Antwort." in text


def test_not_enough_says_when_the_next_answers_can_come(plan, row, cast, today):
    assert "nächster Check ab 16. Februar 2027" in row("K2")
    assert "nur im zusätzlichen Check" in row("K1")
    planning.open_round(plan, day=today)
    assert "wird im offenen Check gefragt" in row("K2")


def test_the_target_level_is_on_the_line_and_in_words(framework, give, row, card_page, cast):
    cast.aylin.position = Position.objects.create(name_de="Innendienst", name_en="Inside sales")
    cast.aylin.save()
    TargetLevel.objects.create(position=cast.aylin.position, competency=framework["K2"], level=3)
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    assert "Soll-Stufe 3." in row("K2") and "Die Soll-Stufe Ihrer Funktion ist 3." in row("K2")
    assert "Soll-Stufe Ihrer Funktion" in card_page()


# --- who sees it --------------------------------------------------------------------------------------------------------
def test_the_card_says_truthfully_who_sees_what(framework, card_page):
    text = card_page()
    assert "Sie sehen alles. Ihre Führungskraft sieht Stufe und Sicherheit, keine einzelnen Antworten." in text


def test_everybody_gets_their_own_card_and_nobody_elses(client, framework, give, cast):
    give(cast.aylin, framework["K2"], 15, right=12, on=DAY)
    for other in (cast.ben, cast.miriam, cast.tara, cast.hanna, cast.council):
        client.force_login(other)
        assert "0,0 von 10 Antworten" in client.get("/scorecard/").content.decode()
        sheet = client.get(reverse("scorecard_csv", args=["K2"])).content.decode()
        assert "K2-261124-0" not in sheet and "=SUMME(H4:H4)" in sheet


def test_without_signing_in_there_is_no_card(client, framework):
    assert "/accounts/login/" in client.get("/scorecard/").url
    assert "/accounts/login/" in client.get(reverse("scorecard_csv", args=["K2"])).url


def test_a_card_costs_the_same_for_one_answer_and_for_a_hundred(client, tree, plan, give, cast):
    def cost():
        client.get("/scorecard/")
        with CaptureQueriesContext(connection) as found:
            client.get("/scorecard/")
        return len([q for q in found if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])

    client.force_login(cast.aylin)
    give(cast.aylin, plan.competencies.first(), 1, right=1, on=DAY)
    few = cost()
    for competency in plan.competencies.all():
        for back in (30, 120, 210, 300):
            give(cast.aylin, competency, 7, right=5, on=DAY - timedelta(days=back))
    assert cost() == few <= 20


# --- as a spreadsheet ---------------------------------------------------------------------------------------------------
class Sheet:
    """As much of a spreadsheet as our formulas need, with SciPy for the Beta distribution."""

    WORDS = {"de": (";", ",", "SUMME", "BETA.VERT", "WAHR"), "en": (",", ".", "SUM", "BETA.DIST", "TRUE")}

    def __init__(self, content: bytes, language: str):
        self.separator, self.decimal, *names = self.WORDS[language]
        self.names = dict(zip(names, ("SUM", "DIST", "True"), strict=True)) | {"BETA.INV": "INV"}
        text = content.decode("utf-8-sig")
        self.rows = list(csv.reader(StringIO(text), delimiter=self.separator))

    def cell(self, name):
        column, row = ord(name[0]) - ord("A"), int(name[1:]) - 1
        raw = self.rows[row][column]
        return self.compute(raw[1:]) if raw.startswith("=") else float(raw.replace(self.decimal, "."))

    def compute(self, formula):
        beta = pytest.importorskip("scipy.stats").beta
        for name, ours in self.names.items():
            formula = formula.replace(name, ours)
        if self.separator == ";":
            formula = formula.replace(",", ".").replace(";", ",")
        formula = re.sub(r"([A-Z]\d+):([A-Z]\d+)", r'"\1:\2"', formula).replace("^", "**")
        formula = re.sub(r'(?<!")\b([A-Z]\d+)\b(?!["\d:])', r'C("\1")', formula)
        return eval(
            formula,
            {
                "C": self.cell,
                "SUM": lambda span: sum(
                    self.cell(f"{span[0]}{n}")
                    for n in range(int(span[1:].split(":")[0]), int(span.split(":")[1][1:]) + 1)
                ),
                "INV": lambda p, a, b: beta.ppf(p, a, b),
                "DIST": lambda x, a, b, _cumulative: beta.cdf(x, a, b),
            },
        )


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_spreadsheet_computes_the_same_card_by_itself(client, framework, give, cast, language):
    give(cast.aylin, framework["K2"], 11, right=9, on=DAY - timedelta(days=200))
    give(cast.aylin, framework["K2"], 6, right=4, on=DAY, decisions=2, track="judgement", source="judgement")
    give(cast.aylin, framework["K2"], 1, right=1, on=DAY, items=["K2-260508-3"])
    client.force_login(cast.aylin)
    prefix = "/en" if language == "en" else ""
    answer = client.get(f"{prefix}/scorecard/K2/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="leitlinie-K2-2026-11-24.csv"'
    sheet = Sheet(answer.content, language)
    found = next(x for x in scorecard(cast.aylin, as_of=DAY) if x.competency.code == "K2").estimate
    last = len(sheet.rows)
    values = [sheet.cell(f"B{n}") for n in range(last - 9, last + 1)]
    expected = [found.a, found.b, found.n_eff, found.score, found.lower, found.upper, *found.probabilities]
    assert values == pytest.approx(expected, abs=1e-6)


def test_without_enough_evidence_the_spreadsheet_names_no_level_either(client, framework, give, cast):
    give(cast.aylin, framework["K2"], 6, right=4, on=DAY)
    client.force_login(cast.aylin)
    text = client.get(reverse("scorecard_csv", args=["K2"])).content.decode()
    assert "Noch nicht genug Nachweise" in text and "Stufe" not in text


def test_a_title_that_looks_like_a_formula_is_text_in_the_spreadsheet(client, framework, give, cast):
    question = single_choice("danger", framework["K2"], publish=False)
    question.title_de = "=HYPERLINK(1)"
    question.save_revision().publish()
    give(cast.aylin, framework["K2"], 1, right=1, on=DAY, items=[str(question.item)])
    client.force_login(cast.aylin)
    sheet = Sheet(client.get(reverse("scorecard_csv", args=["K2"])).content, "de")
    assert sheet.rows[3][1] == "'=HYPERLINK(1)"


def test_an_unknown_competency_is_not_there(client, framework, cast):
    client.force_login(cast.aylin)
    assert client.get(reverse("scorecard_csv", args=["K99"])).status_code == 404
