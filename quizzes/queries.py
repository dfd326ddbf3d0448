"""Questions that join models. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone

from lessons.language import DEFAULT, spoken
from lessons.models import LessonPage
from quizzes.drawing import Candidate
from quizzes.errors import BadAnswer
from quizzes.items import KINDS
from quizzes.models import Answer, Attempt, AttemptQuestion, Mark, QuestionVersion, Quiz
from quizzes.models.version import Pool


@dataclass(frozen=True)
class FormQuestion:
    """A place of an attempt's form, as a save needs it: no text, no key."""

    question_id: int
    kind: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """What never changes about an attempt once it has begun. ``deadline`` here is for showing; saving asks the database."""

    public_id: UUID
    attempt_id: int
    user_id: int
    practice: bool
    deadline: datetime
    limited: bool
    questions: Mapping[int, FormQuestion]

    def seconds_left(self, now: datetime) -> int | None:
        """Whole seconds until the deadline, never below 0; None where the attempt has no time limit."""
        return max(0, int((self.deadline - now).total_seconds())) if self.limited else None

    def question(self, position: int) -> FormQuestion:
        """The question at a position (from 1). Raises BadAnswer where the attempt has none there."""
        try:
            return self.questions[position]
        except KeyError:
            raise BadAnswer("unknown_question") from None


@lru_cache(maxsize=4096)
def attempt_form(public_id: UUID) -> Form:
    """The form of an attempt. Kept in memory: it is fixed at the start, so a save need not read it again.

    Raises Attempt.DoesNotExist.
    """
    rows = list(
        AttemptQuestion.objects.filter(attempt__public_id=public_id).values_list(
            "position",
            "pk",
            "version__kind",
            "options",
            "attempt_id",
            "attempt__user_id",
            "attempt__quiz__pool",
            "attempt__deadline",
            "attempt__limited",
        )
    )
    if not rows:
        raise Attempt.DoesNotExist
    questions = {position: FormQuestion(pk, kind, dict(options)) for position, pk, kind, options, *_ in rows}
    attempt_id, user_id, pool, deadline, limited = rows[0][4:]
    return Form(public_id, attempt_id, user_id, pool == Pool.PRACTICE, deadline, limited, questions)


def answer_log(attempt: Attempt) -> list[Answer]:
    """Every answer of an attempt, in the order it was stored."""
    return list(attempt.answers.order_by("server_seq"))


def latest_answers(attempt: Attempt) -> dict[int, Answer]:
    """Attempt question id → the answer that counts."""
    return {answer.question_id: answer for answer in answer_log(attempt)}


def latest_marks(attempt: Attempt) -> dict[int, Mark]:
    """Attempt question id → the mark that counts."""
    return {mark.question_id: mark for mark in Mark.objects.filter(question__attempt=attempt).order_by("pk")}


def last_seen(user) -> dict[str, date]:
    """Item → the day this person last met it in a check or in practice."""
    rows = (
        AttemptQuestion.objects.filter(attempt__user=user)
        .values("version__item")
        .annotate(seen=Max("attempt__started_at"))
        .values_list("version__item", "seen")
    )
    return {str(item): timezone.localdate(seen) for item, seen in rows}


def candidates(pool: str, competency_ids: Iterable[int] | None = None) -> dict[Candidate, int]:
    """What may be drawn from a pool, with the version each item would be asked in."""
    versions = QuestionVersion.objects.askable(pool)
    if competency_ids is not None:
        versions = versions.filter(competency_id__in=list(competency_ids))
    rows = versions.annotate(code=F("competency__code")).values_list("item", "code", "track", "difficulty", "pk")
    return {Candidate(str(item), code, track, difficulty): pk for item, code, track, difficulty, pk in rows}


def progress_of(kind: str, value: Mapping) -> str:
    """``done`` when every pick was made, ``half`` when some were, ``open`` when none was."""
    picks = KINDS[kind].picked(dict(value)).values()
    if all(picks):
        return "done"
    return "half" if any(picks) else "open"


@dataclass(frozen=True)
class Place:
    """Where a question stands in an attempt and how far its answer is: no text, no key."""

    position: int
    question_id: int
    kind: str
    flagged: bool
    progress: str


def places(attempt: Attempt, answers: Mapping[int, Answer]) -> list[Place]:
    """Every question of an attempt in its order, with what ``answers`` (see latest_answers) say of it. One query."""
    rows = attempt.questions.order_by("position").values_list("position", "pk", "version__kind", "flagged")
    return [
        Place(position, pk, kind, flagged, progress_of(kind, answers[pk].value if pk in answers else {}))
        for position, pk, kind, flagged in rows
    ]


@dataclass(frozen=True)
class Option:
    """An option under the attempt's own id; ``picked`` names the fields it is chosen in."""

    id: str
    text: str
    picked: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question as the person sees it: made of the version's public part alone.

    ``seen`` is the number of the answer that is shown, 0 where there is none.
    """

    position: int
    kind: str
    language: str
    stem: str
    competency: str
    flagged: bool
    seen: int
    options: tuple[Option, ...]

    @property
    def template(self) -> str:
        return f"quizzes/items/{self.kind}.html"

    @property
    def task_template(self) -> str:
        return f"quizzes/items/{self.kind}_task.html"


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts[DEFAULT]


def _named_by(picks: Mapping[str, Collection[str]], option: str) -> tuple[str, ...]:
    return tuple(name for name, chosen in picks.items() if option in chosen)


def asked(attempt: Attempt, positions: Collection[int], answers: Mapping[int, Answer]) -> list[Asked]:
    """The questions at these positions, in the attempt's language, with the answers that count. One query."""
    language, spoken_name = attempt.language, f"version__competency__name_{spoken()}"
    rows = (
        attempt.questions.filter(position__in=positions)
        .order_by("position")
        .values_list("position", "pk", "flagged", "options", "version__kind", "version__public", spoken_name)
    )
    found = []
    for position, pk, flagged, names, kind, public, competency in rows:
        answer = answers.get(pk)
        picks = KINDS[kind].picked(answer.value if answer else {})
        texts = {option["id"]: _in(option, language) for option in public["options"]}
        options = tuple(Option(name, texts[option], _named_by(picks, option)) for name, option in names)
        seen = answer.server_seq if answer else 0
        stem = _in(public["stem"], language)
        found.append(Asked(position, kind, language, stem, competency, flagged, seen, options))
    return found


@dataclass(frozen=True)
class ExplainedOption:
    """An option in the review: what the person picked it for, what it would have been best for, and a remark."""

    text: str
    picked: tuple[str, ...]
    solution: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Explained:
    """A question with its key's part: for its own person, and only once it may be seen."""

    position: int
    kind: str
    language: str
    title: str
    stem: str
    competency: str
    rationale: str
    points: float
    out_of: int
    progress: str
    options: tuple[ExplainedOption, ...]


def _explained_options(row: AttemptQuestion, value: dict, *, language: str, with_key: bool) -> tuple:
    version, kind = row.version, KINDS[row.version.kind]
    texts = {option["id"]: _in(option, language) for option in version.public["options"]}
    solution = kind.solution(version.key) if with_key else {}
    why = version.key["why"] if with_key else {}
    return tuple(
        ExplainedOption(
            text=texts[option],
            picked=_named_by(kind.picked(value), option),
            solution=_named_by(solution, option),
            why=_in(why[option], language) if option in why else "",
        )
        for _name, option in row.options
    )


def _explain(row: AttemptQuestion, value: dict, mark: Mark | None, *, language: str, with_key: bool) -> Explained:
    version = row.version
    decisions = mark.decisions if mark else KINDS[version.kind].mark(version.key, value).decisions
    return Explained(
        position=row.position,
        kind=version.kind,
        language=language,
        title=version.title_in(language),
        stem=_in(version.public["stem"], language),
        competency=version.competency.name,
        rationale=_in(version.key["rationale"], language),
        points=sum(decisions),
        out_of=len(decisions),
        progress=progress_of(version.kind, value),
        options=_explained_options(row, value, language=language, with_key=with_key),
    )


def explained(
    attempt: Attempt,
    answers: Mapping[int, Answer],
    *,
    with_key: bool,
    marks: Mapping[int, Mark] | None = None,
    positions: Collection[int] | None = None,
) -> list[Explained]:
    """Questions with rationale and points. The caller has asked whether they may be seen. One query.

    ``with_key`` adds which options earn most, and the remarks. Points are the stored marks, where there are some.
    """
    rows = attempt.questions.select_related("version__competency").order_by("position")
    if positions is not None:
        rows = rows.filter(position__in=positions)
    return [
        _explain(
            row,
            answers[row.pk].value if row.pk in answers else {},
            (marks or {}).get(row.pk),
            language=attempt.language,
            with_key=with_key,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class LessonPractice:
    """A lesson's own practice questions, under the title the lesson has in the page's language."""

    quiz_id: int
    title: str


def lesson_practice(quizzes: Iterable[Quiz], language: str) -> list[LessonPractice]:
    """The practice quizzes of lessons in the order of their course. Two queries."""
    by_lesson = {quiz.lesson.translation_key: quiz.pk for quiz in quizzes if quiz.lesson}
    lessons = LessonPage.objects.live().filter(translation_key__in=by_lesson, locale__language_code=language)
    rows = lessons.order_by("path").values_list("translation_key", "title")
    return [LessonPractice(by_lesson[key], title) for key, title in rows]
