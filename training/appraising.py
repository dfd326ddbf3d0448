"""The appraisal sheet: prepare, write, freeze, sign. A signed sheet does not change; a change is a new sheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.errors import TrainingError
from training.models import AppraisalSheet, Signature
from training.queries import card_snapshot
from training.scorecard import RULE_1

WORDS = ("manager_words", "employee_words", "agreed")


class SheetLocked(TrainingError):
    """Somebody signed, or the step is not possible in the sheet's state."""


class SheetChanged(SheetLocked):
    """The sheet is not what the signer had on the screen."""

    status = 422


class WordsMissing(TrainingError):
    """The manager's own view is what the card stands beside; it cannot be taken away again."""

    status = 422


@transaction.atomic
def prepare(
    employee, *, manager, talk_on: date, now: datetime, replaces: AppraisalSheet | None = None
) -> AppraisalSheet:
    """The open sheet of these two, or a new draft for a talk. Pressing twice makes one sheet.

    ``replaces`` is a signed sheet of this employee that the new one stands in for. Raises SheetLocked where it is not.
    """
    if replaces and (replaces.employee_id != employee.pk or not replaces.digest):
        raise SheetLocked(_("Only a signed sheet of the same person can be replaced."))
    between = AppraisalSheet.objects.open().filter(employee=employee, manager=manager)
    if sheet := between.first():
        return sheet
    try:
        with transaction.atomic():
            return AppraisalSheet.objects.create(
                employee=employee, manager=manager, talk_on=talk_on, created_at=now, replaces=replaces
            )
    except IntegrityError:
        return between.get()


def _locked(sheet: AppraisalSheet) -> AppraisalSheet:
    return AppraisalSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def write(sheet: AppraisalSheet, *, by, field: str, text: str, now: datetime) -> AppraisalSheet:
    """Put down one field of one side's words; see ``put_down``."""
    return put_down(sheet, by=by, words={field: text}, now=now)


@transaction.atomic
def put_down(
    sheet: AppraisalSheet, *, by, words: Mapping[str, str], now: datetime, talk_on: date | None = None
) -> AppraisalSheet:
    """Put down one side's words: the manager their view, what was agreed and the day of the talk, the employee their own view.

    The first time the manager's view is written is kept, because the card stands beside it from then on; later changes
    have a date of their own. Raises SheetLocked once anybody has signed, WordsMissing for an emptied view.
    """
    sheet = _locked(sheet)
    own = {"employee_words": sheet.employee_id, "manager_words": sheet.manager_id, "agreed": sheet.manager_id}
    if any(own[field] != by.pk for field in words) or (talk_on and by.pk != sheet.manager_id):
        raise SheetLocked(_("Only the other side can write here."))
    if sheet.signatures.exists():
        raise SheetLocked(_("The sheet is signed. Nothing on it can be changed any more."))
    texts = {field: _plain(text) for field, text in words.items()}
    if texts.get("manager_words", sheet.manager_words) != sheet.manager_words:
        _date_view(sheet, texts["manager_words"], now)
    for field, text in texts.items():
        setattr(sheet, field, text)
    sheet.talk_on = talk_on or sheet.talk_on
    sheet.save(update_fields=[*texts, "talk_on", "manager_words_at", "manager_words_changed_at"])
    return sheet


def _plain(text: str) -> str:
    """The text as it is kept and hashed: browsers send line ends as two characters."""
    return text.replace("\r\n", "\n").strip()


def _date_view(sheet: AppraisalSheet, text: str, now: datetime) -> None:
    """Note when the manager's view was written first, or changed while the card stood beside it."""
    if not text:
        raise WordsMissing(_("Your view cannot be empty: the scorecard stands beside it."))
    if sheet.manager_words_at:
        sheet.manager_words_changed_at = now
    else:
        sheet.manager_words_at = now


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
    sheet.snapshot = card_snapshot(sheet.employee, as_of=as_of, rule=RULE_1)
    sheet.save(update_fields=["as_of", "frozen_at", "rule_version", "snapshot"])
    return sheet


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def digest(sheet: AppraisalSheet) -> str:
    """A hash over everything that both sides sign: canonical JSON of words and their dates, snapshot, people and dates."""
    signed = {
        "sheet": str(sheet.public_id),
        "replaces": str(sheet.replaces.public_id) if sheet.replaces else None,
        "employee": sheet.employee_id,
        "manager": sheet.manager_id,
        "talk_on": sheet.talk_on.isoformat(),
        "weight": sheet.weight,
        "frozen_at": _instant(sheet.frozen_at),
        "snapshot": sheet.snapshot,
        "manager_words_at": _instant(sheet.manager_words_at),
        "manager_words_changed_at": _instant(sheet.manager_words_changed_at),
        **{field: getattr(sheet, field) for field in WORDS},
    }
    text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(sheet: AppraisalSheet, *, by, seen: str, now: datetime) -> AppraisalSheet:
    """Sign as the employee or the manager. ``seen`` is the hash of what was on the signer's screen.

    Raises SheetLocked where the sheet is not frozen or is signed by this side already, SheetChanged where it was changed
    since it was read.
    """
    sheet = _locked(sheet)
    if by.pk not in (sheet.employee_id, sheet.manager_id):
        raise SheetLocked(_("Only the two people of the talk can sign."))
    if not sheet.frozen_at:
        raise SheetLocked(_("The scorecard must be frozen before anybody signs."))
    if sheet.signatures.filter(user=by).exists():
        raise SheetLocked(_("You have signed already."))
    current = digest(sheet)
    if seen != current or sheet.digest not in ("", current):
        raise SheetChanged(_("The sheet was changed since you opened it. Please read it again, then sign."))
    if not sheet.digest:
        AppraisalSheet.objects.filter(pk=sheet.pk).update(digest=current)
    try:
        with transaction.atomic():
            Signature.objects.create(sheet=sheet, user=by, digest=current, signed_at=now)
    except IntegrityError:
        raise SheetLocked(_("You have signed already.")) from None
    sheet.refresh_from_db()
    return sheet
