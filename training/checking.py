"""Taking a check: draw a fair form, start the attempt, and turn its marks into evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from secrets import randbits

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import Competency
from quizzes import sitting
from quizzes.drawing import Blueprint, draw, shortage
from quizzes.models import Attempt, Mark, QuestionVersion
from quizzes.models.version import Pool
from quizzes.queries import candidates, last_seen
from training.errors import TrainingError
from training.models import CheckPlan, Evidence, Round
from training.models.evidence import Source, Track
from training.queries import estimates
from training.schedule import current_number, quarter_name

EXTRA_COMPETENCIES = 4
SOURCES = {Track.KNOWLEDGE: Source.MEASUREMENT, Track.JUDGEMENT: Source.JUDGEMENT}


class NotDue(TrainingError):
    """The round is not open: too early, over, handed in, or paused."""


class PoolTooSmall(TrainingError):
    """There are not enough published check questions for the plan's blueprint."""


def end_of(day: date) -> datetime:
    """The last instant of a day in the company's time zone: its next midnight."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def blueprint_of(round: Round) -> Blueprint:
    """How many questions of each track the round's form has for each of its competencies."""
    codes = tuple(round.competencies.order_by("position").values_list("code", flat=True))
    plan = round.plan
    return Blueprint(codes, {"knowledge": plan.knowledge_questions, "judgement": plan.judgement_questions})


def draw_form(round: Round, *, seed: int) -> list[QuestionVersion]:
    """The question versions of one form, drawn from the check pool. Raises PoolTooSmall."""
    pool = candidates(Pool.CHECK, round.competencies.values_list("pk", flat=True))
    blueprint = blueprint_of(round)
    if shortage(list(pool), blueprint):
        raise PoolTooSmall(_("There are not enough check questions for this round yet. Please tell your trainer."))
    items = draw(list(pool), blueprint, seen=last_seen(round.user), seed=seed)
    versions = {str(v.item): v for v in QuestionVersion.objects.filter(pk__in=pool.values())}
    return [versions[item] for item in items]


@transaction.atomic
def begin(round: Round, *, now: datetime, language: str | None = None, seed: int | None = None) -> Attempt:
    """Start the round's attempt, or go on with the one already begun. Raises NotDue or PoolTooSmall.

    ``language`` is that of the page the person began on; without one, the language they chose for themselves.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("plan__quiz", "user").get(pk=round.pk)
    if round.attempt_id:
        return Attempt.objects.get(pk=round.attempt_id)
    if not round.opens_on <= timezone.localdate(now) <= round.closes_on:
        raise NotDue(_("This check is not open now."))
    for run_out in Attempt.objects.overdue(now).of(round.user):
        sitting.hand_in(run_out, now=now)
    if Attempt.objects.open().of(round.user).filter(quiz=round.plan.quiz).exists():
        raise NotDue(_("Please hand in the check that you have begun first."))
    seed = randbits(48) if seed is None else seed
    closes_at = end_of(round.closes_on)
    attempt = sitting.start(
        round.plan.quiz,
        user=round.user,
        versions=draw_form(round, seed=seed),
        title=round_title(round),
        language=language or round.user.language,
        seed=seed,
        closes_at=closes_at,
        released_at=closes_at,
        now=now,
    )
    Round.objects.filter(pk=round.pk).update(attempt=attempt)
    return attempt


def round_title(round: Round) -> str:
    """*Wissenscheck IV/2026*, or the same of an additional check."""
    name = _("Additional check") if round.voluntary else round.plan.name
    return f"{name} {quarter_name(round.opens_on)}"


@transaction.atomic
def ask_for_extra(plan: CheckPlan, *, user, now: datetime) -> Round:
    """Open one voluntary check a quarter, on the competencies with the least evidence. Raises NotDue for a second one.

    It counts like any other: nobody can choose the best of several.
    """
    day = timezone.localdate(now)
    number = current_number(plan.starts_on, plan.interval_months, day)
    have = estimates([user.pk], as_of=day)[user.pk]
    least = sorted(Competency.objects.all(), key=lambda c: (have[c.pk].n_eff if c.pk in have else 0.0, c.position))
    try:
        with transaction.atomic():
            round = Round.objects.create(
                plan=plan,
                user=user,
                number=number,
                voluntary=True,
                opens_on=day,
                closes_on=day + timedelta(days=plan.window_days - 1),
            )
    except IntegrityError:
        raise NotDue(_("You have already taken this quarter’s additional check.")) from None
    round.competencies.set(least[:EXTRA_COMPETENCIES])
    return round


def record_evidence(sender, *, attempt: Attempt, marks: Sequence[Mark], now: datetime, **kwargs) -> None:
    """Write the ledger rows of a marked check, in the marking's own transaction. Practice leaves no evidence.

    One row for each decision, dated by the day the attempt was handed in.
    """
    if not Round.objects.filter(attempt=attempt).exists():
        return
    day = timezone.localdate(attempt.submitted_at)
    Evidence.objects.bulk_create(
        Evidence(
            user_id=attempt.user_id,
            competency_id=version.competency_id,
            track=version.track,
            source=SOURCES[Track(version.track)],
            item=str(version.item),
            answered_on=day,
            points=points,
            decisions=len(mark.decisions),
            decision=index,
            mark=mark,
            recorded_at=now,
        )
        for mark in marks
        for version in [mark.question.version]
        for index, points in enumerate(mark.decisions)
    )
