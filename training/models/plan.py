"""Who is checked on what, how often; one row for each occurrence, never overwritten."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.language import Spoken


class CheckPlan(models.Model):
    """A periodic knowledge check for one or more team trees (none named: the whole company).

    A round opens every ``interval_months`` from ``starts_on`` and stays open for ``window_days``.
    """

    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="+", verbose_name=_("quiz"))
    teams = models.ManyToManyField("training.Team", blank=True, related_name="check_plans", verbose_name=_("teams"))
    competencies = models.ManyToManyField("lessons.Competency", related_name="+", verbose_name=_("competencies"))
    knowledge_questions = models.PositiveSmallIntegerField(_("knowledge questions per competency"), default=3)
    judgement_questions = models.PositiveSmallIntegerField(_("situational questions per competency"), default=2)
    starts_on = models.DateField(_("first round opens on"))
    interval_months = models.PositiveSmallIntegerField(
        _("months between rounds"), default=3, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    window_days = models.PositiveSmallIntegerField(
        _("days a round stays open"), default=21, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    active = models.BooleanField(_("active"), default=True)

    name = Spoken()

    class Meta:
        ordering = ["name_de"]
        verbose_name = _("check plan")
        verbose_name_plural = _("check plans")
        constraints = [
            models.CheckConstraint(condition=models.Q(interval_months__gte=1), name="plan_interval_at_least_a_month"),
            models.CheckConstraint(condition=models.Q(window_days__gte=1), name="plan_window_at_least_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def open_on(self, day: date):
        """Rounds whose window holds that day and that are not handed in."""
        return self.filter(opens_on__lte=day, closes_on__gte=day).exclude(attempt__submitted_at__isnull=False)


class Round(models.Model):
    """One person's occurrence of a plan, or a check they asked for themselves (``voluntary``)."""

    plan = models.ForeignKey(CheckPlan, models.PROTECT, related_name="rounds", verbose_name=_("check plan"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rounds", verbose_name=_("person"))
    number = models.PositiveIntegerField(_("number"))
    voluntary = models.BooleanField(_("voluntary"), default=False)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    competencies = models.ManyToManyField("lessons.Competency", related_name="+", verbose_name=_("competencies"))
    attempt = models.OneToOneField(
        "quizzes.Attempt", models.PROTECT, null=True, blank=True, related_name="round", verbose_name=_("attempt")
    )

    objects = RoundQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["opens_on", "pk"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["plan", "user", "number", "voluntary"], name="one_round_per_occurrence"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_opening"
            ),
        ]
        indexes = [models.Index(fields=["user", "opens_on"])]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number} {self.user_id}"


class Pause(models.Model):
    """A time in which a person owes nothing, such as parental leave. Why is a category; sickness is not named."""

    class Reason(models.TextChoices):
        FAMILY = "family", _("parental or family leave")
        LONG_ABSENCE = "long_absence", _("long absence")
        OTHER = "other", _("other")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pauses", verbose_name=_("person"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, default=Reason.OTHER)

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pause_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on}–{self.ends_on}"
