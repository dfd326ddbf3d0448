"""What was asked, answered, marked or signed stays as it was, whoever asks the database."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from quizzes import sitting
from quizzes.models import Answer, Mark, QuestionVersion
from quizzes.queries import attempt_form
from training import appraising, checking, planning
from training.models import AppraisalSheet, Evidence, Round, Signature


@pytest.fixture
def handed_in(plan, cast, today, now):
    planning.open_round(plan, day=today)
    attempt = checking.begin(Round.objects.get(user=cast.aylin), now=now, seed=1)
    form = attempt_form(attempt.public_id)
    question = attempt.questions.get(position=1)
    name = "choice" if question.version.kind == "single_choice" else "best"
    sitting.save(form, drafts=[sitting.Draft(1, uuid4(), {name: [question.options[0][0]]})], now=now)
    return sitting.hand_in(attempt, now=now)


def refused(queryset, **changes) -> bool:
    """Whether the database itself refuses the change."""
    assert queryset.exists()
    try:
        with transaction.atomic():
            queryset.update(**changes)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Answer, {"value": {}}),
        (Mark, {"points": 1.0}),
        (Evidence, {"points": 1.0}),
        (QuestionVersion, {"key": {}}),
    ],
)
def test_a_row_of_the_log_cannot_be_changed(handed_in, model, changes):
    assert refused(model.objects.all(), **changes)


def test_a_version_can_still_be_superseded(handed_in):
    assert not refused(QuestionVersion.objects.all(), withdrawn=True)


def test_a_sheet_can_be_changed_until_somebody_signs_and_never_after(cast, now, framework):
    sheet = appraising.prepare(cast.aylin, manager=cast.miriam, talk_on=date(2026, 12, 9), now=now)
    appraising.write(sheet, by=cast.miriam, field="manager_words", text="Fragt nach.", now=now)
    sheet = appraising.freeze(sheet, as_of=now.date(), now=now)
    appraising.sign(sheet, by=cast.aylin, seen=appraising.digest(sheet), now=now)
    assert refused(AppraisalSheet.objects.all(), agreed="anderes")
    assert refused(Signature.objects.all(), digest="0" * 64)
    assert connection.vendor in ("sqlite", "postgresql")
