"""The appraisal talk: its sheets, and the one sheet that both sides read, write on and sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.language import spoken
from training import appraising
from training.access import own_sheets, people_led_by, sheets_held_by, sheets_open_to
from training.disclosure import Category
from training.errors import TrainingError
from training.forms import EmployeeSideForm, FreezeForm, ManagerSideForm, ManagerWordsForm, TalkForm
from training.looking import note_looks
from training.models import AppraisalSheet, Signature, User
from training.queries import card_snapshot
from training.views.team import by_name, directory_name
from training.views.wording import counted

ASSURED_FROM = 2  # level 1 begins at 0 and is always reached: to say so would say nothing
WORDS = appraising.WORDS
NEWEST_FIRST = ("-talk_on", "-pk")
FULL = 1200  # a sheet with more characters than this is printed smaller, so that it stays on one page


@dataclass(frozen=True)
class Statement:
    """An assured statement: at least this level, beside what the position needs."""

    key: str
    name: str
    level: int
    target: int | None


@dataclass(frozen=True)
class Card:
    """What a sheet says of the scorecard: assured statements, and in words how many competencies are not among them."""

    statements: list[Statement]
    others: str


@dataclass(frozen=True)
class Side:
    """One of the two people of the talk, with their signature once there is one."""

    person: User
    mine: bool
    signature: Signature | None


@dataclass(frozen=True)
class Line:
    """A sheet in a list."""

    sheet: AppraisalSheet
    state: str


@dataclass(frozen=True)
class PersonLine:
    """Somebody the manager holds talks with: their sheets, and whether a new one can be prepared."""

    person: User
    name: str
    sheets: list[Line]
    may_prepare: bool


# --- the lists --------------------------------------------------------------------------------------------------------


@require_safe
def appraisals(request) -> HttpResponse:
    """One's own sheets; for a manager also those of their people, and the talks to prepare."""
    viewer, day = request.user, timezone.localdate(timezone.now())
    own = own_sheets(viewer).select_related("manager").annotate(signed=Count("signatures")).order_by(*NEWEST_FIRST)
    people = list(people_led_by(viewer).employed(day))
    held = sheets_held_by(viewer, day=day).select_related("employee").annotate(signed=Count("signatures"))
    context = {"own": [_line(sheet) for sheet in own], "people": _by_person(people, held.order_by(*NEWEST_FIRST))}
    return render(request, "training/appraisals.html", context)


def _line(sheet) -> Line:
    """A sheet that was counted with its signatures, for a list."""
    return Line(sheet, state_words(frozen=sheet.frozen_at is not None, signed=sheet.signed))


def state_words(*, frozen: bool, signed: int) -> str:
    """Where a sheet stands, in words."""
    if signed:
        return _("signed by both sides") if signed > 1 else _("signed by one side")
    return _("open to both sides") if frozen else _("draft, seen by the manager alone")


def _by_person(people: list[User], held) -> list[PersonLine]:
    """The people led now, then whoever a signed sheet is kept of; each by name."""
    sheets: dict[int, list[AppraisalSheet]] = {}
    for sheet in held:
        sheets.setdefault(sheet.employee_id, []).append(sheet)
    led = {person.pk for person in people}
    former = {s.employee_id: s.employee for own in sheets.values() for s in own if s.employee_id not in led}
    return [
        PersonLine(
            person,
            directory_name(person),
            [_line(sheet) for sheet in sheets.get(person.pk, ())],
            person.pk in led and all(sheet.digest for sheet in sheets.get(person.pk, ())),
        )
        for person in [*sorted(people, key=by_name), *sorted(former.values(), key=by_name)]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def appraisal_new(request, person: int) -> HttpResponse:
    """Choose the day of a talk with one of one's people; where a sheet is open already, go on with it."""
    now = timezone.now()
    day = timezone.localdate(now)
    employee = get_object_or_404(people_led_by(request.user).employed(day).select_related("team"), pk=person)
    replaces = _replaced(request, employee)
    sheet = AppraisalSheet.objects.open().filter(employee=employee, manager=request.user).first()
    if sheet:
        return redirect("appraisal", sheet.public_id)
    form = TalkForm(request.POST or None, today=day, initial={"talk_on": day})
    if form.is_valid():
        talk_on = form.cleaned_data["talk_on"]
        sheet = appraising.prepare(employee, manager=request.user, talk_on=talk_on, now=now, replaces=replaces)
        return redirect("appraisal", sheet.public_id)
    context = {"form": form, "employee": employee, "replaces": replaces}
    return render(request, "training/appraisal_new.html", context, status=422 if form.is_bound else 200)


def _replaced(request, employee: User) -> AppraisalSheet | None:
    """The signed sheet the new one stands in for, where the address names one."""
    asked = request.GET.get("replaces")
    if not asked:
        return None
    try:
        public_id = UUID(asked)
    except ValueError:
        raise Http404 from None
    signed = AppraisalSheet.objects.signed().filter(manager=request.user, employee=employee)
    return get_object_or_404(signed, public_id=public_id)


# --- the sheet --------------------------------------------------------------------------------------------------------


def _sheet(user: User, public_id: UUID, now: datetime) -> AppraisalSheet:
    sheets = sheets_open_to(user, day=timezone.localdate(now))
    sheets = sheets.select_related("employee__team", "manager", "replaces").prefetch_related("replaced_by")
    return get_object_or_404(sheets, public_id=public_id)


@require_safe
def appraisal(request, public_id: UUID) -> HttpResponse:
    """The sheet: the same page for both sides, with one's own words to write on while nobody has signed."""
    now = timezone.now()
    return sheet_page(request, _sheet(request.user, public_id, now), now=now)


@require_POST
def appraisal_write(request, public_id: UUID) -> HttpResponse:
    """Keep one side's words."""
    now = timezone.now()
    sheet = _sheet(request.user, public_id, now)
    form = _own_form(request.user, sheet, now, request.POST)
    if not form.is_valid() and not sheet.digest:  # on a signed sheet the first thing to say is that it is signed
        return sheet_page(request, sheet, now=now, form=form, status=422)
    try:
        _put_down(request.user, sheet, form, now)
    except TrainingError as error:
        return refused(request, public_id, error, now)
    messages.success(request, _("Your words are saved."))
    return redirect("appraisal", public_id)


@require_POST
def appraisal_freeze(request, public_id: UUID) -> HttpResponse:
    """Freeze the scorecard at a day and open the sheet to the employee; words sent along are kept with it, or neither."""
    now = timezone.now()
    day = timezone.localdate(now)
    sheet = get_object_or_404(sheets_held_by(request.user, day=day), public_id=public_id)
    chosen = FreezeForm(request.POST, today=day)
    form = _own_form(request.user, sheet, now, request.POST if "manager_words" in request.POST else None)
    if not chosen.is_valid() or (form.is_bound and not form.is_valid()):
        whole = _sheet(request.user, public_id, now)
        return sheet_page(request, whole, now=now, form=form, freeze=chosen, status=422)
    try:
        with transaction.atomic():
            if form.is_bound:
                _put_down(request.user, sheet, form, now)
            appraising.freeze(sheet, as_of=chosen.cleaned_data["as_of"], now=now)
    except TrainingError as error:
        return refused(request, public_id, error, now)
    messages.success(request, _("The scorecard is frozen. %(name)s can read the sheet now.") % {"name": sheet.employee})
    return redirect("appraisal", public_id)


@require_POST
def appraisal_sign(request, public_id: UUID) -> HttpResponse:
    """Sign what is on the screen. Words that were typed but not saved are not on the sheet, so they are not signed."""
    now = timezone.now()
    sheet = _sheet(request.user, public_id, now)
    form = _own_form(request.user, sheet, now, request.POST)
    if not sheet.digest and set(form.changed_data) & set(request.POST):
        messages.error(request, _("Your latest changes are not saved yet. Please save them, then sign."))
        return sheet_page(request, sheet, now=now, form=form, status=422)
    try:
        appraising.sign(sheet, by=request.user, seen=request.POST.get("seen", ""), now=now)
    except TrainingError as error:
        return refused(request, public_id, error, now)
    messages.success(request, _("You have signed the sheet."))
    return redirect("appraisal", public_id)


def _own_form(user: User, sheet: AppraisalSheet, now: datetime, data: Mapping[str, Any] | None = None) -> Form:
    """The form of this person's side, filled with what is kept."""
    kept = {field: getattr(sheet, field) for field in (*WORDS, "talk_on")}
    if user.pk == sheet.employee_id:
        return EmployeeSideForm(data, initial=kept)
    form = ManagerSideForm if sheet.manager_words else ManagerWordsForm
    return form(data, initial=kept, today=timezone.localdate(now))


def _put_down(user: User, sheet: AppraisalSheet, form: Form, now: datetime) -> None:
    words = {field: text for field, text in form.cleaned_data.items() if field in WORDS}
    appraising.put_down(sheet, by=user, words=words, talk_on=form.cleaned_data.get("talk_on"), now=now)


def refused(request, public_id: UUID, error: TrainingError, now: datetime) -> HttpResponse:
    """The sheet as it stands now, with the sentence that says why nothing changed, and what was typed still there."""
    messages.error(request, str(error))
    sheet = _sheet(request.user, public_id, now)
    form = _own_form(request.user, sheet, now, request.POST)
    typed = set(form.fields) & set(request.POST)
    return sheet_page(request, sheet, now=now, form=form if typed else None, status=error.status)


def sheet_page(
    request,
    sheet: AppraisalSheet,
    *,
    now: datetime,
    form: Form | None = None,
    freeze: FreezeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The sheet as this person may read it, with the forms that are open to them."""
    viewer, day = request.user, timezone.localdate(now)
    signatures = {signature.user_id: signature for signature in sheet.signatures.all()}
    holds = viewer.pk == sheet.manager_id
    card = _card(sheet, holds=holds, now=now)
    if card and holds:
        category = Category.APPRAISAL if sheet.frozen_at else Category.LEVELS
        note_looks(viewer, subjects=[sheet.employee_id], category=category, now=now)
    context = {
        "sheet": sheet,
        "holds": holds,
        "today": day,
        "state": state_words(frozen=sheet.frozen_at is not None, signed=len(signatures)),
        "card": card,
        "sides": [Side(p, p == viewer, signatures.get(p.pk)) for p in (sheet.employee, sheet.manager)],
        "form": None if signatures else form or _own_form(viewer, sheet, now),
        "unsaved": _unsaved(form) if signatures and form else [],
        "freeze": freeze or FreezeForm(today=day, initial={"as_of": day}),
        "may_freeze": holds and bool(sheet.manager_words) and not sheet.frozen_at,
        "may_sign": sheet.frozen_at is not None and viewer.pk not in signatures,
        "may_replace": holds and bool(signatures),
        "full": sum(len(getattr(sheet, field)) for field in WORDS) > FULL,
        "seen": appraising.digest(sheet),
        "short_hash": " ".join(sheet.digest[i : i + 4] for i in range(0, 12, 4)),
    }
    return render(request, "training/appraisal_sheet.html", context, status=status)


def _unsaved(form: Form) -> list[tuple[str, str]]:
    """What somebody typed on a sheet that takes no more words, so that they can take it with them."""
    return [(str(form[f].label), form[f].value()) for f in form.fields if f in WORDS and f in form.changed_data]


def _card(sheet: AppraisalSheet, *, holds: bool, now: datetime) -> Card | None:
    """What is frozen; for the manager of a draft today's card, once their own view is written; else nothing."""
    snapshot = sheet.snapshot
    if snapshot is None and holds and sheet.manager_words:
        snapshot = card_snapshot(sheet.employee, as_of=timezone.localdate(now))
    if snapshot is None:
        return None
    assured = [s for s in snapshot["statements"] if (s["assured_level"] or 0) >= ASSURED_FROM]
    statements = [Statement(s["competency"], s["name"][spoken()], s["assured_level"], s["target"]) for s in assured]
    return Card(statements, _others(len(snapshot["statements"]) - len(assured), some=bool(assured)))


def _others(number: int, *, some: bool) -> str:
    """The competencies that are not listed, counted in words."""
    if not number:
        return ""
    if not some:
        return _("No competency has enough evidence and an assured level yet, so none is listed here.")
    if number == 1:
        return _(
            "One further competency does not have enough evidence or an assured level yet and is therefore not listed here."
        )
    return _(
        "%(number)s further competencies do not have enough evidence or an assured level yet and are therefore not listed here."
    ) % {"number": capfirst(counted(number))}
