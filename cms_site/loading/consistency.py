"""Whether what was loaded holds together, and how much of it there is."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import LessonPage, Principle
from quizzes.models import Answer, Attempt, Mark, Question
from training.models import AppraisalSheet, Evidence, Round, User


def _unequal_evidence() -> list[str]:
    """Marked checks whose ledger rows are not exactly their marked decisions."""
    marks = Mark.objects.filter(question__attempt__round__isnull=False).annotate(rows=Count("evidence"))
    wrong = sum(len(decisions) != rows for decisions, rows in marks.values_list("decisions", "rows"))
    return [_("%(count)d marks differ from their evidence") % {"count": wrong}] if wrong else []


def _double_rounds(day: date) -> list[str]:
    """People who owe two rounds of one plan at once."""
    owed = Round.objects.open_on(day).filter(voluntary=False).values("user", "plan").annotate(n=Count("pk"))
    return [_("person %(user)d owes %(n)d rounds") % row for row in owed.filter(n__gt=1)]


def _lost_attempts(now: datetime) -> list[str]:
    """Attempts whose time is over and that nobody has handed in."""
    overdue = Attempt.objects.overdue(now).count()
    return [_("%(count)d attempts are overdue") % {"count": overdue}] if overdue else []


def problems(*, now: datetime) -> list[str]:
    """What does not hold together, a sentence each; empty when all is well."""
    return [*_unequal_evidence(), *_double_rounds(timezone.localdate(now)), *_lost_attempts(now)]


def totals() -> dict[str, int]:
    """How much there is of each thing, by the name people read."""
    return {
        _("people"): User.objects.count(),
        _("lessons"): LessonPage.objects.live().count(),
        _("guiding principles"): Principle.objects.in_force().count(),
        _("questions"): Question.objects.non_polymorphic().filter(live=True).count(),
        _("rounds"): Round.objects.count(),
        _("attempts"): Attempt.objects.count(),
        _("answers"): Answer.objects.count(),
        _("pieces of evidence"): Evidence.objects.count(),
        _("appraisal sheets"): AppraisalSheet.objects.count(),
    }
