"""Questions that join models. Nothing here writes, and none costs more for more people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lessons.models import Competency
from quizzes.models import QuestionVersion
from training.models import Evidence, TargetLevel, User
from training.scorecard import RULE_1, LevelEstimate, Rule, ScoredAnswer, WeightedAnswer, estimate, weigh

Answers = Mapping[int, Mapping[int, list[ScoredAnswer]]]


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
    """One competency on a scorecard: the estimate, the sum behind it, and what the position needs."""

    competency: Competency
    estimate: LevelEstimate
    lines: list[WeightedAnswer]
    target: int | None


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
        )
        for competency in Competency.objects.prefetch_related("levels")
    ]


def target_levels(position_ids: Iterable[int | None]) -> dict[int | None, dict[int, int]]:
    """Position → competency → target level."""
    found: dict[int | None, dict[int, int]] = defaultdict(dict)
    for row in TargetLevel.objects.filter(position__in=[p for p in position_ids if p]):
        found[row.position_id][row.competency_id] = row.level
    return found


def item_titles(items: Iterable[str], language: str) -> dict[str, str]:
    """Item → the title of its newest version."""
    versions = QuestionVersion.objects.filter(item__in=set(items), is_newest=True).only("item", "public")
    return {str(version.item): version.title_in(language) for version in versions}
