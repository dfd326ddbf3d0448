"""The appraisal sheet: prepare, write, freeze, sign. A signed sheet does not change; a change is a new sheet."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.errors import TrainingError
from training.models import AppraisalSheet, Evidence, Signature
from training.queries import scorecard
from training.scorecard import RULE_1

WORDS = ("manager_words", "employee_words", "agreed")


class SheetLocked(TrainingError):
    """Somebody signed, or the step is not possible in the sheet's state."""


def prepare(employee, *, manager, talk_on: date, now: datetime) -> AppraisalSheet:
    """A new draft for a talk."""
    return AppraisalSheet.objects.create(employee=employee, manager=manager, talk_on=talk_on, created_at=now)


def _locked(sheet: AppraisalSheet) -> AppraisalSheet:
    return AppraisalSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


@transaction.atomic
def write(sheet: AppraisalSheet, *, by, field: str, text: str, now: datetime) -> AppraisalSheet:
    """Put down one side's words: the manager their view and what was agreed, the employee their own view.

    Raises SheetLocked once anybody has signed.
    """
    sheet = _locked(sheet)
    own = {"employee_words": sheet.employee_id, "manager_words": sheet.manager_id, "agreed": sheet.manager_id}
    if own[field] != by.pk:
        raise SheetLocked(_("Only the other side can write here."))
    if sheet.signatures.exists():
        raise SheetLocked(_("The sheet is signed. Nothing on it can be changed any more."))
    setattr(sheet, field, text.strip())
    if field == "manager_words":
        sheet.manager_words_at = now
    sheet.save(update_fields=[field, "manager_words_at"])
    return sheet


def _snapshot(sheet: AppraisalSheet, as_of: date) -> dict:
    """What the sheet says of the scorecard: assured statements, and what anyone needs to compute them again."""
    card = scorecard(sheet.employee, as_of=as_of)
    statements = [
        {
            "competency": line.competency.code,
            "name": {"de": line.competency.name_de, "en": line.competency.name_en},
            "assured_level": line.estimate.assured_level,
            "state": line.estimate.state,
            "a": round(line.estimate.a, 9),
            "b": round(line.estimate.b, 9),
            "n_eff": round(line.estimate.n_eff, 9),
            "n_items": line.estimate.n_items,
            "target": line.target,
        }
        for line in card
    ]
    evidence = Evidence.objects.filter(user=sheet.employee, answered_on__lte=as_of).order_by("pk")
    return {
        "as_of": as_of.isoformat(),
        "rule": RULE_1.version,
        "cuts": list(RULE_1.cuts),
        "statements": statements,
        "evidence": list(evidence.values_list("pk", flat=True)),
    }


@transaction.atomic
def freeze(sheet: AppraisalSheet, *, as_of: date, now: datetime) -> AppraisalSheet:
    """Freeze the scorecard onto the sheet at a day. Raises SheetLocked before the manager's own view is written,
    for a day in the future, and when it is frozen already.
    """
    sheet = _locked(sheet)
    if sheet.frozen_at:
        raise SheetLocked(_("The scorecard is frozen on this sheet already."))
    if not sheet.manager_words:
        raise SheetLocked(_("Please write your own view first. The scorecard stands beside it afterwards."))
    if as_of > timezone.localdate(now):
        raise SheetLocked(_("A scorecard can only be frozen for today or an earlier day."))
    sheet.as_of, sheet.frozen_at, sheet.rule_version = as_of, now, RULE_1.version
    sheet.snapshot = _snapshot(sheet, as_of)
    sheet.save(update_fields=["as_of", "frozen_at", "rule_version", "snapshot"])
    return sheet


def digest(sheet: AppraisalSheet) -> str:
    """A hash over everything that both sides sign: canonical JSON of words, snapshot, people and dates."""
    signed = {
        "sheet": str(sheet.public_id),
        "employee": sheet.employee_id,
        "manager": sheet.manager_id,
        "talk_on": sheet.talk_on.isoformat(),
        "weight": sheet.weight,
        "frozen_at": sheet.frozen_at.isoformat() if sheet.frozen_at else None,
        "snapshot": sheet.snapshot,
        **{field: getattr(sheet, field) for field in WORDS},
    }
    text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(sheet: AppraisalSheet, *, by, seen: str, now: datetime) -> AppraisalSheet:
    """Sign as the employee or the manager. ``seen`` is the hash of what was on the signer's screen.

    Raises SheetLocked where the sheet is not frozen, was changed since it was read, or is signed by this side already.
    """
    sheet = _locked(sheet)
    if by.pk not in (sheet.employee_id, sheet.manager_id):
        raise SheetLocked(_("Only the two people of the talk can sign."))
    if not sheet.frozen_at:
        raise SheetLocked(_("The scorecard must be frozen before anybody signs."))
    current = digest(sheet)
    if seen != current:
        raise SheetLocked(_("The sheet was changed since you opened it. Please read it again, then sign."))
    if not sheet.signatures.exists():
        AppraisalSheet.objects.filter(pk=sheet.pk).update(digest=current)
    try:
        with transaction.atomic():
            Signature.objects.create(sheet=sheet, user=by, digest=current, signed_at=now)
    except IntegrityError:
        raise SheetLocked(_("You have signed already.")) from None
    sheet.refresh_from_db()
    return sheet
