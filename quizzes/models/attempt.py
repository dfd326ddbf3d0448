"""One person's sitting of one quiz, kept as an append-only log: what was asked, what was saved, what it earned."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

GRACE = timedelta(seconds=30)  # for an answer that was on its way when time ran out


class AttemptState(models.TextChoices):
    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("handed in")
    MARKED = "marked", _("marked")


class AttemptQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def open(self):
        return self.filter(state=AttemptState.OPEN)

    def overdue(self, now: datetime):
        return self.open().filter(deadline__lt=now - GRACE)

    def take_sequence(self, attempt_id: int, user_id: int, count: int, now: datetime) -> int | None:
        """Reserve ``count`` places in an open attempt's log; the last one's number, or None when it takes no answers.

        One conditional UPDATE … RETURNING, so that two requests at once can neither share a place nor write after the
        attempt was handed in. Django has no RETURNING for updates, hence the SQL.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET last_seq = last_seq + %s "  # noqa: S608 - a table name of ours
                "WHERE id = %s AND user_id = %s AND state = %s AND deadline >= %s RETURNING last_seq",
                [count, attempt_id, user_id, AttemptState.OPEN, connection.ops.adapt_datetimefield_value(now - GRACE)],
            )
            row = cursor.fetchone()
        return row[0] if row else None


class Attempt(models.Model):
    """An attempt. ``deadline`` is fixed at the start by the server's clock; ``last_seq`` counts its saved answers.

    ``released_at`` is when key and rationale may be seen; ``seed`` redoes the draw.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts", verbose_name=_("person")
    )
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("language"), max_length=5)
    seed = models.BigIntegerField(_("seed"))
    page_size = models.PositiveSmallIntegerField(_("questions per page"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    started_at = models.DateTimeField(_("started at"))
    deadline = models.DateTimeField(_("deadline"))
    released_at = models.DateTimeField(_("released at"))
    limited = models.BooleanField(_("has a time limit"), default=False)
    last_seq = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    expired = models.BooleanField(_("handed in by the clock"), default=False)
    answered = models.PositiveSmallIntegerField(_("questions answered"), default=0)
    receipt = models.CharField(_("receipt"), max_length=64, blank=True)

    objects = AttemptQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz"], condition=models.Q(state="open"), name="one_open_attempt_per_quiz"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(submitted_at__isnull=False),
                name="closed_attempts_have_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"])]

    def __str__(self) -> str:
        return f"{self.title} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN

    def is_released(self, now: datetime) -> bool:
        """Whether key and rationale may be shown: handed in, and the window over for all."""
        return not self.is_open and now >= self.released_at


class AttemptQuestion(models.Model):
    """A question's place in an attempt, pinned to the version that was asked.

    ``options`` is the shuffled list of ``[attempt's option id, version's option id]``; the first are random per attempt.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, related_name="asked")
    options = models.JSONField()
    flagged = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_question_per_position"),
            models.UniqueConstraint(fields=["attempt", "version"], name="a_question_once_per_attempt"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

    @property
    def option_ids(self) -> dict[str, str]:
        """The attempt's option ids → the version's."""
        return dict(self.options)


class Answer(models.Model):
    """One save. Inserted, never changed or deleted; of a question's answers the highest ``server_seq`` counts."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers")
    question = models.ForeignKey(AttemptQuestion, models.PROTECT, related_name="answers")
    client_key = models.UUIDField()
    server_seq = models.PositiveIntegerField()
    value = models.JSONField()
    received_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["attempt", "server_seq"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "client_key"], name="one_answer_per_client_key"),
            models.UniqueConstraint(fields=["attempt", "server_seq"], name="one_answer_per_server_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.server_seq}"


class Mark(models.Model):
    """What a question earned. ``decisions`` holds one number in 0–1 for each scored decision; the newest row counts."""

    question = models.ForeignKey(AttemptQuestion, models.PROTECT, related_name="marks")
    points = models.FloatField()
    decisions = models.JSONField()
    omitted = models.BooleanField(default=False)
    marked_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["question", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(points__gte=0, points__lte=1), name="points_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.points}"
