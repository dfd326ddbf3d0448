"""Fifteen months of the company, lived through the acts: nothing here writes a result, people only do what people do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms_site.loading.answering import Asked, answer
from cms_site.loading.company import Company
from cms_site.loading.lives import Life, Sitting, begin, extra_day, moment, round_sitting, weekday
from cms_site.loading.progress import Progress
from lessons.models import Competency, LessonPage, Principle
from quizzes import practising, sitting
from quizzes.models import Attempt, QuestionVersion
from quizzes.queries import attempt_form
from training import appraising, checking, looking, observing, planning, reading
from training.disclosure import Category
from training.models import CheckPlan, Round, User
from training.schedule import Window, current_number, round_window

SECONDS_PER_QUESTION = (14, 75)
CHANGES_MIND = 0.06
ACKNOWLEDGES, LEAVES_OPEN = 0.75, 0.15
PRACTISED_DAYS_AGO = (75, 33, 5)


# --- one sitting ----------------------------------------------------------------------------------------------------
def _asked(version: QuestionVersion) -> Asked:
    """What an answer needs of a version."""
    options = tuple(option["id"] for option in version.public["options"])
    return Asked(version.kind, version.competency.code, version.difficulty, options, version.key)


def _answer_all(
    attempt: Attempt, life: Life, number: int, random: Random, *, now: datetime, upto: int | None = None
) -> datetime:
    """Save one answer after the other; in a check one is changed now and then. Returns the time of the last save."""
    form = attempt_form(attempt.public_id)
    store = practising.answer if form.practice else sitting.save
    for row in attempt.questions.select_related("version__competency").order_by("position")[:upto]:
        question, names = _asked(row.version), {theirs: ours for ours, theirs in row.options}
        for _again in range(1 + (random.random() < CHANGES_MIND and not form.practice)):
            now += timedelta(seconds=random.randint(*SECONDS_PER_QUESTION))
            chosen = answer(question, ability=life.can(question.competency, number), random=random)
            fields = {name: [names[option] for option in picks] for name, picks in chosen.items()}
            draft = sitting.Draft(row.position, UUID(int=random.getrandbits(128), version=4), fields)
            store(form, drafts=[draft], now=now)
    return now


def _take(round: Round, life: Life, how: Sitting) -> None:
    """Begin the round's check and hand it in, or leave it lying after some questions."""
    random = life.random("answers", round.number, round.voluntary)
    now = moment(how.day, random)
    attempt = checking.begin(round, now=now, seed=random.getrandbits(48))
    upto = random.randint(5, 14) if how.abandons else None
    end = _answer_all(attempt, life, round.number, random, now=now, upto=upto)
    if not how.abandons:
        sitting.hand_in(attempt, now=end + timedelta(seconds=20))


def _take_check(plan: CheckPlan, life: Life, number: int, window: Window, today: date) -> None:
    """This round's check, where it has begun by yesterday."""
    how = round_sitting(life, number, window, today=today)
    round = Round.objects.filter(plan=plan, user=life.user, number=number, voluntary=False).first()
    if round and how and how.day < today and life.works_on(how.day):
        _take(round, life, how)


def _take_extra(plan: CheckPlan, life: Life, number: int, first: date, last: date) -> None:
    """An additional check between two days, for somebody who has handed in the round's own."""
    day = extra_day(life, number, first, last)
    done = Round.objects.filter(plan=plan, user=life.user, number=number, attempt__submitted_at__isnull=False)
    if day and life.works_on(day) and done.exists():
        now = moment(day, life.random("asks", number))
        _take(checking.ask_for_extra(plan, user=life.user, now=now), life, Sitting(day))


# --- reading, observing, practising ---------------------------------------------------------------------------------
def _read_lessons(
    life: Life, lessons: list[LessonPage], principles: dict[UUID, Principle], days: list[date], random: Random
) -> None:
    """On each of these days the next lesson, mostly to the end, and then its principle."""
    for day in days:
        if life.lessons_read >= len(lessons) or life.open_lesson or not life.works_on(day):
            return
        lesson, now = lessons[life.lessons_read].translation_key, moment(day, random)
        reading.read_to(lesson, user=life.user, position=random.randint(25, 70), now=now)
        told = life.person.tells("lessons")
        life.open_lesson = life.lessons_read >= told if told is not None else random.random() < LEAVES_OPEN
        if life.open_lesson:
            return
        now += timedelta(minutes=random.randint(4, 11))
        reading.read_to(lesson, user=life.user, position=100, now=now, finished=True)
        life.lessons_read += 1
        if lesson in principles and (told is not None or random.random() < ACKNOWLEDGES):
            reading.acknowledge(principles[lesson], user=life.user, now=now)


def _principles_of(lessons: list[LessonPage]) -> dict[UUID, Principle]:
    """Lesson → the principle it serves."""
    found = {}
    for lesson in lessons:
        for block in lesson.body:
            if block.block_type == "principle":
                found[lesson.translation_key] = block.value["principle"]
    return found


def _practise(life: Life, *, today: date) -> None:
    """A few practice quizzes; practice is private and leaves no evidence."""
    for days_ago in PRACTISED_DAYS_AGO:
        random = life.random("practice", days_ago)
        now = moment(weekday(today - timedelta(days=days_ago)), random)
        attempt = practising.start(
            practising.general_quiz(),
            user=life.user,
            language=life.user.language,
            now=now,
            seed=random.getrandbits(48),
        )
        sitting.hand_in(attempt, now=_answer_all(attempt, life, 0, random, now=now))


def _observations(company: Company, today: date, first: date) -> None:
    """What leaders wrote down about people of their team."""
    competencies = {row.code: row for row in Competency.objects.all()}
    random = Random(company.node.number("seed"))  # noqa: S311 - a simulation
    for node in company.node["observations"]:
        person, day = company.people.get(node.text("of")), weekday(today - timedelta(days=node.number("days_ago")))
        if person and person.leader and day >= first:
            observing.observe(
                person.user,
                observer=person.leader,
                competency=competencies[node.text("competency")],
                rating=node.number("rating"),
                note=node.text("note"),
                on=day,
                now=moment(day, random),
            )


def _leaders_look(company: Company, window: Window, today: date) -> None:
    """After a round each leader opens the team's page, which the people can see."""
    day = weekday(window.closes_on + timedelta(days=6))
    leaders = {person.leader for person in company.people.values() if person.leader}
    for leader in sorted(leaders, key=lambda user: user.pk):
        team = User.objects.employed(day).filter(team__leaders=leader).values_list("pk", flat=True)
        now = moment(day, Random(f"{leader.username}/{day.toordinal()}"))  # noqa: S311 - a simulation
        if day < today:
            looking.note_looks(leader, subjects=set(team), category=Category.LEVELS, now=now)


# --- appraisals -----------------------------------------------------------------------------------------------------
def _appraisals(company: Company, today: date, first: date) -> None:
    """Sheets: last year's, signed by both, and one that the manager has begun."""
    random = Random(company.node.number("seed"))  # noqa: S311 - a simulation
    for node in company.node["appraisals"]:
        person = company.people.get(node.text("of"))
        talk_on = weekday(today - timedelta(days=node.number("talk_days_ago")))
        signed = bool(node.get("signed"))
        if person is None or person.leader is None or (signed and talk_on - timedelta(days=21) < first):
            continue
        manager = person.leader
        written = moment(weekday(min(talk_on - timedelta(days=12), today - timedelta(days=2))), random)
        sheet = appraising.prepare(person.user, manager=manager, talk_on=talk_on, now=written)
        sheet = appraising.write(
            sheet, by=manager, field="manager_words", text=node.text("manager_words"), now=written + timedelta(hours=1)
        )
        if signed:
            frozen = moment(weekday(today - timedelta(days=node.number("frozen_days_ago"))), random)
            talk = moment(talk_on, random)
            sheet = appraising.freeze(sheet, as_of=timezone.localdate(frozen), now=frozen)
            for by, words in ((person.user, "employee_words"), (manager, "agreed")):
                sheet = appraising.write(sheet, by=by, field=words, text=node.text(words), now=talk)
            for by, wait in ((manager, 40), (person.user, 55)):
                seen = appraising.digest(sheet)
                sheet = appraising.sign(sheet, by=by, seen=seen, now=talk + timedelta(minutes=wait))


# --- the company's time ---------------------------------------------------------------------------------------------
def _window(plan: CheckPlan, number: int) -> Window:
    return round_window(plan.starts_on, plan.interval_months, plan.window_days, number)


def _days_between(first: date, last: date, random: Random) -> list[date]:
    """None, one or two working days between two days."""
    count = random.choice((0, 1, 1, 2))
    span = max(1, (last - first).days)
    return sorted(weekday(first + timedelta(days=random.randrange(span))) for _each in range(count))


def live(company: Company, progress: Progress, *, now: datetime) -> None:
    """Let everybody live from the plan's first round to ``now``. Call it inside a transaction: half a life is no demo."""
    today, plan = timezone.localdate(now), company.plan
    lives = begin(company, list(Competency.objects.values_list("code", flat=True)), today=today)
    lessons = list(LessonPage.objects.live().filter(locale__language_code="de").order_by("path"))
    principles = _principles_of(lessons)
    present = current_number(plan.starts_on, plan.interval_months, today)
    for number in progress(_("Quarters"), range(present + 1)):
        window = _window(plan, number)
        planning.open_rounds(day=window.opens_on)
        for life in lives:
            with translation.override(life.user.language):
                _take_check(plan, life, number, window, today)
        _after_window(company, lives, number, today)
        for life in lives:
            random = life.random("reading", number)
            days = _days_between(_first_day(life, window), min(_window(plan, number + 1).opens_on, today), random)
            with translation.override(life.user.language):
                _read_lessons(life, lessons, principles, days, random)
    _finish(company, lives, now=now)


def _first_day(life: Life, window: Window) -> date:
    return max(window.opens_on, life.user.joined_on or window.opens_on)


def _after_window(company: Company, lives: list[Life], number: int, today: date) -> None:
    """What happens between a round's closing and the next opening; nothing while the round is open."""
    plan = company.plan
    window, following = (_window(plan, n) for n in (number, number + 1))
    if window.closes_on >= today:
        return
    sitting.hand_in_overdue(now=checking.end_of(window.closes_on) + timedelta(hours=5))
    _leaders_look(company, window, today)
    first, last = window.closes_on + timedelta(days=3), following.opens_on - timedelta(days=3)
    for life in lives:
        with translation.override(life.user.language):
            _take_extra(plan, life, number, first, last)


def _finish(company: Company, lives: list[Life], *, now: datetime) -> None:
    """What hangs on single days rather than on rounds, and the leavers' accounts are closed."""
    today, first = timezone.localdate(now), company.plan.starts_on
    _observations(company, today, first)
    for life in lives:
        if life.person.tells("practises"):
            _practise(life, today=today)
    _appraisals(company, today, first)
    planning.open_rounds(day=today)
    User.objects.filter(left_on__lt=today).update(is_active=False)
