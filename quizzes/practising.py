"""Practising: six questions, answered one by one, each explained at once. Nobody but the person sees it; nothing counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from secrets import randbits

from django.utils.translation import gettext as _

from quizzes import sitting
from quizzes.drawing import Candidate
from quizzes.errors import BadAnswer, QuizError
from quizzes.items import KINDS
from quizzes.models import Answer, Attempt, QuestionVersion, Quiz
from quizzes.models.version import Pool
from quizzes.queries import Form, candidates, last_seen, progress_of
from quizzes.sitting import Draft, Receipt

SIZE = 6
DAYS = timedelta(days=7)


class NothingToPractise(QuizError):
    """No practice question is published for this quiz."""


class AlreadyExplained(QuizError):
    """The question was answered and explained; what was answered stays."""


def choose(pool: Collection[Candidate], *, seen: Mapping[str, date], seed: int, count: int = SIZE) -> list[str]:
    """The items to practise: never met first, then the longest not met; competencies take turns. Reproducible from seed."""
    random = Random(seed)  # noqa: S311 - variety, not a secret
    shuffled = sorted(pool, key=lambda c: c.item)
    random.shuffle(shuffled)
    shuffled.sort(key=lambda c: seen.get(c.item, date.min))
    turn: Counter[str] = Counter()
    ranked = []
    for candidate in shuffled:
        met = seen.get(candidate.item, date.min)
        ranked.append((met, turn[candidate.competency], candidate.item))
        turn[candidate.competency] += 1
    return [item for _met, _turn, item in sorted(ranked, key=lambda row: row[:2])[:count]]


def general_quiz() -> Quiz:
    """The practice quiz over all competencies; made on first need, so that a fresh installation can practise."""
    general = Quiz.objects.filter(pool=Pool.PRACTICE, lesson=None).order_by("pk")
    if not general.exists():
        Quiz.objects.create(pool=Pool.PRACTICE, title_de="Üben", title_en="Practice")
    return general[0]  # two first needs at once may make two; everybody takes the older one


def start(quiz: Quiz, *, user, language: str, now: datetime, seed: int | None = None) -> Attempt:
    """Begin a practice attempt, or go on with the open one. Raises NothingToPractise."""
    of_lesson = quiz.lesson.competencies.values_list("pk", flat=True) if quiz.lesson else None
    pool = candidates(Pool.PRACTICE, of_lesson)
    if not pool:
        raise NothingToPractise(_("There are no practice questions here yet."))
    seed = randbits(48) if seed is None else seed
    items = choose(pool, seen=last_seen(user), seed=seed)
    versions = {str(version.item): version for version in QuestionVersion.objects.filter(pk__in=pool.values())}
    return sitting.start(
        quiz,
        user=user,
        versions=[versions[item] for item in items],
        title=quiz.title,
        language=language,
        seed=seed,
        closes_at=now + DAYS,
        released_at=now,
        now=now,
    )


def _answered(form: Form, positions: Collection[int]) -> set[int]:
    ids = {form.question(position).question_id: position for position in positions}
    return {ids[pk] for pk in Answer.objects.filter(question__in=ids).values_list("question_id", flat=True)}


def answer(form: Form, *, drafts: Sequence[Draft], now: datetime) -> list[Receipt]:
    """Store complete answers to practice questions, each once: afterwards the question is explained and stays as it is.

    A replayed key gets its first receipt. Raises BadAnswer, AlreadyExplained, AttemptClosed.
    """
    for draft in drafts:
        question = form.question(draft.position)
        value = KINDS[question.kind].parse(draft.fields, question.options)
        if progress_of(question.kind, value) != "done":
            raise BadAnswer("undecided")
    keys = [draft.key for draft in drafts]
    replayed = set(
        Answer.objects.filter(attempt=form.attempt_id, client_key__in=keys).values_list("client_key", flat=True)
    )
    if _answered(form, {draft.position for draft in drafts if draft.key not in replayed}):
        raise AlreadyExplained(_("You have already answered this question."))
    return sitting.save(form, drafts=drafts, now=now)
