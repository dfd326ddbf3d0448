"""The question bank as trainers and employees meet it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from tests.content.guessers import LANGUAGES, agreement, faults, load, words

DEMO = Path(__file__).resolve().parents[2] / "cms_site" / "demo"
CODES = [f"K{n}" for n in range(1, 9)]
CORE = {"K2", "K3", "K5", "K6"}
QUESTIONS = load(sorted((DEMO / "questions").glob("*.yaml")))
CHECK = [q for q in QUESTIONS if q["pool"] == "check"]
PRACTICE = [q for q in QUESTIONS if q["pool"] == "practice"]
PRINCIPLES = {p["id"] for p in yaml.safe_load((DEMO / "framework" / "principles.yaml").read_text(encoding="utf-8"))}

# Options are shuffled for each person, so "the second one" or "B" would point at the wrong option.
LETTER = {
    "de": r"(?<![\w.])[A-E](?![\w.’]| \d)",
    "en": r"(?<![\w.])(?:[B-E](?![\w.’]| \d)|A(?= (?:is|does|gives|has|says|takes|was|and [B-E])\b))",
}
PLACE = {
    "de": r"\b(?:[Dd](?:ie|er|as|en|em)|[Ee]in(?:e|en|er)?)\s+(?:erste|zweite|dritte|vierte|letzte)[nrs]?"
    r"(?:\s+(?:Antwort|Satz|Option|Fassung|Nachricht|Vorschlag|Variante|Möglichkeit)|(?=\s+[a-zäöü])|(?=[,.;:]))",
    "en": r"\b[Tt]he (?:first|second|third|fourth|last|former|latter)"
    r"(?: (?:answer|reply|sentence|option|version|message|suggestion|choice|one)\b|(?=[,.;:])"
    r"|(?= (?:is|was|does|names|says|asks|answers|explains|promises|offers|collects|sounds|takes|avoids)\b))",
}
NAMED = r"\b(?:Option|Antwort|Answer|Variante|Lösung) [A-Ea-e1-5]\b"


def competency(question: dict) -> str:
    return question["id"][:2].upper()


def track(question: dict) -> str:
    return "judgement" if question["kind"] == "situational" else "knowledge"


def feedback(question: dict, language: str) -> list[str]:
    """What people read after answering: the rationale and the short remarks on options."""
    return [question["rationale"][language], *(o["why"][language] for o in question["options"] if "why" in o)]


def texts(question: dict) -> list[dict]:
    remarks = [o["why"] for o in question["options"] if "why" in o]
    return [question["title"], question["stem"], question["rationale"], *question["options"], *remarks]


by_id = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])


@pytest.mark.parametrize("code", CODES)
def test_every_competency_has_at_least_twelve_check_questions(code):
    assert sum(competency(q) == code for q in CHECK) >= 12


def test_there_are_ninety_six_check_and_forty_practice_questions_or_more():
    assert len(CHECK) >= 96
    assert len(PRACTICE) >= 40


def test_at_least_half_of_the_check_questions_come_from_the_communicative_core():
    assert sum(competency(q) in CORE for q in CHECK) * 2 >= len(CHECK)


def test_a_third_or_more_of_the_check_questions_are_situations():
    assert sum(q["kind"] == "situational" for q in CHECK) * 3 >= len(CHECK)


@pytest.mark.parametrize("wanted", ["knowledge", "judgement"])
@pytest.mark.parametrize("code", CODES)
def test_each_competency_and_track_has_easy_middling_and_hard_questions(code, wanted):
    values = sorted(q["angoff"] for q in CHECK if competency(q) == code and track(q) == wanted)
    assert values[0] <= 55
    assert any(60 <= v <= 70 for v in values)
    assert values[-1] >= 75


@by_id
def test_a_question_keeps_to_its_form(question):
    assert faults(question) == []


@by_id
def test_a_question_says_where_it_comes_from(question):
    assert question["source"].strip()
    assert question["lever"] in range(1, 7)
    assert set(re.findall(r"\bp\d\d\b", question["source"])) <= PRINCIPLES
    assert re.fullmatch(rf"{competency(question).lower()}-[{question['pool'][0]}]\d\d", question["id"])


@by_id
def test_the_options_of_a_question_have_ids_and_texts_of_their_own(question):
    ids = [o["id"] for o in question["options"]]
    assert ids == list("abcde")[: len(ids)]
    for language in LANGUAGES:
        assert len({o[language] for o in question["options"]}) == len(ids)


@by_id
def test_both_languages_are_written_and_neither_stands_in_for_the_other(question):
    for part in texts(question):
        assert part["de"] != part["en"] or part["de"].isupper()


@by_id
@pytest.mark.parametrize("language", LANGUAGES)
def test_feedback_names_what_an_option_says_and_not_where_it_stood(question, language):
    for text in feedback(question, language):
        for pattern in (LETTER[language], PLACE[language], NAMED):
            assert not re.search(pattern, text), text


@by_id
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rationale_teaches_in_two_to_four_sentences(question, language):
    ends = re.findall(r"(?<!\d)[.!?…][“”*]*(?=\s+[A-ZÄÖÜ„“*\d]|$)", question["rationale"][language])
    assert 2 <= len(ends) <= 4
    assert len(words(question["rationale"][language])) <= 130


@by_id
def test_a_title_is_short_and_a_stem_can_be_read_in_half_a_minute(question):
    for language in LANGUAGES:
        assert 1 <= len(words(question["title"][language])) <= 6
        assert 8 <= len(words(question["stem"][language])) <= 80


@by_id
def test_quotation_marks_are_those_of_the_language(question):
    for part in texts(question):
        assert '"' not in part["de"] + part["en"]
        assert part["de"].count("„") == part["de"].count("“")
        assert part["en"].count("“") == part["en"].count("”")
        assert "'" not in part["en"]


@by_id
def test_our_own_voice_does_not_exclaim(question):
    for language in LANGUAGES:
        for text in feedback(question, language):
            assert "!" not in re.sub(r"[„“][^“”]*[“”]|\*[^*]*\*", "", text)


def test_ids_are_unique():
    assert max(Counter(q["id"] for q in QUESTIONS).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_have_the_same_title_or_nearly_the_same_stem(language):
    assert max(Counter(q["title"][language] for q in QUESTIONS).values()) == 1
    long_words = {q["id"]: {w for w in words(q["stem"][language]) if len(w) > 4} for q in QUESTIONS}
    alike = {
        (a, b): len(long_words[a] & long_words[b]) / len(long_words[a] | long_words[b])
        for a, b in combinations(long_words, 2)
    }
    assert max(alike.values()) < 0.35, max(alike, key=alike.get)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_surname_belongs_to_one_question(language):
    form = {"de": r"\b(?:Frau|Herrn?)(?: Dr\.)? ([A-ZÀ-Ž][\w-]+?)s?\b", "en": r"\b(?:Ms|Mr|Dr) ([A-ZÀ-Ž][\w-]+)"}
    where: dict[str, set[str]] = {}
    for q in QUESTIONS:
        for part in (q["stem"], *q["options"]):
            for name in re.findall(form[language], part[language]):
                where.setdefault(name, set()).add(q["id"])
    assert {name: ids for name, ids in where.items() if len(ids) > 1} == {}


SITUATIONS = [q for q in QUESTIONS if q["kind"] == "situational"]


@pytest.mark.parametrize("question", SITUATIONS, ids=lambda q: q["id"])
def test_the_panel_agrees_and_is_still_eight_people(question):
    ratings = [o["panel"] for o in question["options"]]
    assert agreement(ratings) >= 0.80
    assert len(set(zip(*ratings, strict=True))) >= 6


def test_no_panel_member_copies_another():
    members = list(zip(*(o["panel"] for q in SITUATIONS for o in q["options"]), strict=True))
    for one, other in combinations(members, 2):
        same = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
        assert 0.25 <= same <= 0.8


@pytest.mark.parametrize("pool", ["check", "practice"])
def test_the_key_stands_at_every_place_about_equally_often(pool):
    for kind, places in (("single_choice", 3), ("situational", 4)):
        of_kind = [q for q in QUESTIONS if (q["pool"], q["kind"]) == (pool, kind)]
        found = Counter(
            max(range(places), key=lambda i: sum(q["options"][i].get("panel", [q["options"][i].get("correct", 0)])))
            for q in of_kind
        )
        for place in range(places):
            assert 0.6 <= found[place] * places / len(of_kind) <= 1.4
