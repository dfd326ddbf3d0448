"""Questions that join models. Nothing here writes, and none costs more for more people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery

from lessons.language import DEFAULT
from lessons.models import Competency, LessonPage, Principle
from quizzes.models import Attempt, AttemptQuestion, QuestionVersion
from training.models import (
    Acknowledgement,
    AppraisalSheet,
    CheckPlan,
    Evidence,
    Look,
    Pause,
    Reading,
    Round,
    TargetLevel,
    Team,
    User,
)
from training.models.evidence import Source, Track
from training.schedule import current_number, round_window
from training.scorecard import RULE_1, LevelEstimate, Rule, ScoredAnswer, WeightedAnswer, estimate, weigh

Answers = Mapping[int, Mapping[int, list[ScoredAnswer]]]
LONGEST_INTERVAL = timedelta(days=2 * 366)  # a plan's rounds lie at most 24 months apart


def scored_answers(user_ids: Iterable[int], *, as_of: date, rule: Rule = RULE_1) -> Answers:
    """Person → competency → the answers the rule reads; corrected rows are void."""
    rows = (
        Evidence.objects.answers()
        .filter(user__in=list(user_ids), answered_on__lte=as_of, answered_on__gte=as_of - timedelta(days=rule.window))
        .values_list("user_id", "competency_id", "item", "answered_on", "points", "decisions", "corrected_by")
    )
    found: dict[int, dict[int, list[ScoredAnswer]]] = defaultdict(lambda: defaultdict(list))
    for user, competency, item, day, points, decisions, corrected in rows:
        found[user][competency].append(ScoredAnswer(item, day, points, decisions, corrected is not None))
    return found


def estimates(user_ids: Iterable[int], *, as_of: date, rule: Rule = RULE_1) -> dict[int, dict[int, LevelEstimate]]:
    """Person → competency → level estimate, in one query. Competencies without any answer are absent."""
    user_ids = list(user_ids)
    answers = scored_answers(user_ids, as_of=as_of, rule=rule)
    return {
        user: {c: estimate(rows, as_of=as_of, rule=rule) for c, rows in answers.get(user, {}).items()}
        for user in user_ids
    }


@dataclass(frozen=True)
class CardLine:
    """One competency on a scorecard: the estimate, the sum behind it, and what the position needs.

    ``answers`` are all that were given in the rule's window, corrected ones too; ``lines`` are those that count.
    """

    competency: Competency
    estimate: LevelEstimate
    lines: list[WeightedAnswer]
    target: int | None
    answers: list[ScoredAnswer] = field(default_factory=list)


def scorecard(user: User, *, as_of: date, rule: Rule = RULE_1) -> list[CardLine]:
    """A person's card on a day: every competency of the framework, in its order."""
    answers = scored_answers([user.pk], as_of=as_of, rule=rule).get(user.pk, {})
    targets = target_levels([user.position_id]).get(user.position_id, {})
    return [
        CardLine(
            competency,
            estimate(answers.get(competency.pk, []), as_of=as_of, rule=rule),
            weigh(answers.get(competency.pk, []), as_of=as_of, rule=rule),
            targets.get(competency.pk),
            answers.get(competency.pk, []),
        )
        for competency in Competency.objects.prefetch_related("levels")
    ]


def target_levels(position_ids: Iterable[int | None]) -> dict[int | None, dict[int, int]]:
    """Position → competency → target level."""
    found: dict[int | None, dict[int, int]] = defaultdict(dict)
    for row in TargetLevel.objects.filter(position__in=[p for p in position_ids if p]):
        found[row.position_id][row.competency_id] = row.level
    return found


def _is_item(name: str) -> bool:
    """Whether an item's name is a question's; evidence from elsewhere may carry names of its own."""
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def item_subjects(items: Iterable[str], language: str) -> dict[str, tuple[str, str]]:
    """Item → the title of its newest version, and what its question rests on, such as a principle's code."""
    versions = QuestionVersion.objects.filter(item__in={i for i in items if _is_item(i)}, is_newest=True)
    rows = versions.values_list("item", "public__title", "question__source")
    return {str(item): (title.get(language) or title[DEFAULT], source) for item, title, source in rows}


def item_titles(items: Iterable[str], language: str) -> dict[str, str]:
    """Item → the title of its newest version."""
    return {item: title for item, (title, _source) in item_subjects(items, language).items()}


def observations_of(user: User) -> dict[int, list[Evidence]]:
    """Competency → the behaviour observations noted about a person and not corrected, newest first."""
    rows = Evidence.objects.filter(
        user=user, track=Track.BEHAVIOUR, source=Source.OBSERVATION, corrected_by=None
    ).select_related("observer")
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows.order_by("-answered_on", "-pk"):
        found[row.competency_id].append(row)
    return found


def rounds_between(user: User, first: date, last: date) -> list[Round]:
    """A person's rounds whose window touches the days ``first``–``last``, oldest first."""
    rounds = Round.objects.of(user).filter(opens_on__lte=last, closes_on__gte=first)
    return list(rounds.select_related("plan", "attempt").prefetch_related("competencies"))


def progress(attempt: Attempt) -> tuple[int, int]:
    """How many questions an attempt asks, and how many of them have an answer saved."""
    counts = AttemptQuestion.objects.filter(attempt=attempt).aggregate(
        asked=Count("pk", distinct=True), answered=Count("answers__question", distinct=True)
    )
    return counts["asked"], counts["answered"]


def open_competencies(user: User, day: date) -> set[int]:
    """The competencies that a person's open rounds ask about."""
    found = Round.objects.of(user).open_on(day).values_list("competencies", flat=True)
    return {pk for pk in found if pk is not None}


def pauses_of(user: User) -> list[tuple[date, date | None]]:
    """First and last day of a person's pauses; None where the end is open."""
    return list(Pause.objects.filter(user=user).values_list("starts_on", "ends_on"))


def plans_for(user: User) -> list[CheckPlan]:
    """The active check plans that hold for a person; none without a team."""
    if user.team is None:
        return []
    path = user.team.path
    plans = CheckPlan.objects.filter(active=True).prefetch_related("teams", "competencies")
    return [p for p in plans if not p.teams.all() or any(path.startswith(team.path) for team in p.teams.all())]


def on_pause(pauses: Iterable[tuple[date, date | None]], day: date) -> tuple[date, date | None] | None:
    """The pause that holds on a day."""
    return next((p for p in pauses if p[0] <= day and (p[1] is None or day <= p[1])), None)


def free_extra(plans: Iterable[CheckPlan], rounds: Iterable[Round], day: date) -> CheckPlan | None:
    """The plan whose present round is handed in and whose additional check is still free."""
    handed_in = {(r.plan_id, r.number) for r in rounds if not r.voluntary and r.attempt and r.attempt.submitted_at}
    taken = {(r.plan_id, r.number) for r in rounds if r.voluntary}
    for plan in plans:
        present = (plan.pk, current_number(plan.starts_on, plan.interval_months, day))
        if present in handed_in and present not in taken:
            return plan
    return None


def extra_plan(user: User, *, day: date) -> CheckPlan | None:
    """The plan of which a person may take this quarter's additional check on a day; None in a pause."""
    if on_pause(pauses_of(user), day):
        return None
    return free_extra(plans_for(user), rounds_between(user, day - LONGEST_INTERVAL, day), day)


def next_opening(plans: Iterable[CheckPlan], day: date) -> date | None:
    """The first day after ``day`` on which one of these plans opens a round."""
    opens = [
        round_window(p.starts_on, p.interval_months, p.window_days, number + 1).opens_on
        for p in plans
        for number in [current_number(p.starts_on, p.interval_months, day)]
    ]
    return min(opens, default=None)


def plans_in_force() -> list[CheckPlan]:
    """All active check plans with what they ask, for everybody to read."""
    return list(CheckPlan.objects.filter(active=True).prefetch_related("teams", "competencies"))


def lessons_in(language: str, *, bodies: bool = False) -> list[LessonPage]:
    """The live lessons of a language in the order of the tree, with their competencies; bodies only where asked."""
    pages = LessonPage.objects.live().filter(locale__language_code=language).order_by("path")
    pages = pages.select_related("locale").prefetch_related("competencies")
    return list(pages if bodies else pages.defer("body"))


def readings_of(user: User) -> dict[UUID, Reading]:
    """Lesson → how far a person has read it, whatever the language."""
    return {reading.lesson: reading for reading in Reading.objects.filter(user=user)}


def principles_waiting(user: User) -> int:
    """How many principles in force a person has not acknowledged in their present edition."""
    known = Acknowledgement.objects.filter(user=user, principle=OuterRef("pk"), edition=OuterRef("edition"))
    return Principle.objects.in_force().exclude(Exists(known)).count()


def principle_codes() -> dict[int, str]:
    """Principle → the code that questions name as their source: ``p07`` for the seventh."""
    return {pk: f"p{number:02d}" for pk, number in Principle.objects.values_list("pk", "number")}


def leaders_of(user: User) -> list[User]:
    """Who leads a person's team or one above it, by name."""
    if user.team is None:
        return []
    path, step = user.team.path, Team.steplen
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    return list(User.objects.filter(teams_led__path__in=above).exclude(pk=user.pk).distinct().by_name())


def looks_at(user: User):
    """Who looked at which data of a person, newest first."""
    return Look.objects.filter(subject=user).select_related("viewer")


def card_snapshot(user: User, *, as_of: date, rule: Rule = RULE_1) -> dict:
    """A card as it is frozen onto a sheet: what may be said of each competency, and the evidence and rule it rests on.

    ``evidence`` lists exactly the rows that count on that day, read once, so that anyone can compute the statements again.
    """
    first = as_of - timedelta(days=rule.window)
    rows = list(
        Evidence.objects.answers()
        .filter(user=user, answered_on__gte=first, answered_on__lte=as_of, corrected_by=None)
        .order_by("pk")
    )
    answers: dict[int, list[ScoredAnswer]] = defaultdict(list)
    for row in rows:
        answers[row.competency_id].append(row.scored())
    targets = target_levels([user.position_id]).get(user.position_id, {})
    return {
        "as_of": as_of.isoformat(),
        "rule": rule.version,
        "cuts": list(rule.cuts),
        "statements": [
            _statement(c, estimate(answers[c.pk], as_of=as_of, rule=rule), targets.get(c.pk))
            for c in Competency.objects.all()
        ],
        "evidence": [row.pk for row in rows],
    }


def _statement(competency: Competency, found: LevelEstimate, target: int | None) -> dict:
    """One competency of a frozen card. Only ``assured_level`` and ``target`` are ever shown on a sheet."""
    return {
        "competency": competency.code,
        "name": {"de": competency.name_de, "en": competency.name_en},
        "assured_level": found.assured_level,
        "state": found.state,
        "a": round(found.a, 9),
        "b": round(found.b, 9),
        "n_eff": round(found.n_eff, 9),
        "n_items": found.n_items,
        "target": target,
    }


def present_rounds(user_ids: Iterable[int], *, day: date) -> list[Round]:
    """The rounds of some people in each active plan's present occurrence: the last that has opened by that day."""
    latest = Round.objects.filter(plan=OuterRef("plan"), voluntary=False, opens_on__lte=day).order_by("-number")
    rounds = Round.objects.filter(user__in=list(user_ids), voluntary=False, plan__active=True)
    return list(rounds.filter(number=Subquery(latest.values("number")[:1])).select_related("plan", "attempt"))


def pauses_by_person(user_ids: Iterable[int]) -> dict[int, list[tuple[date, date | None]]]:
    """Person → first and last day of their pauses; None where the end is open. Why is not read."""
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for user, starts_on, ends_on in Pause.objects.filter(user__in=list(user_ids)).values_list(
        "user", "starts_on", "ends_on"
    ):
        found[user].append((starts_on, ends_on))
    return found


def unfinished_sheets(manager: User, user_ids: Iterable[int]) -> dict[int, AppraisalSheet]:
    """Person → the newest sheet this manager holds with them that not both have signed."""
    sheets = AppraisalSheet.objects.filter(manager=manager, employee__in=list(user_ids))
    sheets = sheets.annotate(signed=Count("signatures")).filter(signed__lt=2).order_by("talk_on", "pk")
    return {sheet.employee_id: sheet for sheet in sheets.only("public_id", "employee", "talk_on")}
