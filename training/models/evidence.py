"""The ledger. Rows are inserted and never changed; a correction is another row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.scorecard import ScoredAnswer


class Track(models.TextChoices):
    KNOWLEDGE = "knowledge", _("knowledge")
    JUDGEMENT = "judgement", _("judgement")
    BEHAVIOUR = "behaviour", _("behaviour")


class Source(models.TextChoices):
    MEASUREMENT = "measurement", _("knowledge check")
    JUDGEMENT = "judgement", _("judged situation")
    OBSERVATION = "observation", _("observation")
    EXTERNAL = "external", _("external")
    CORRECTION = "correction", _("correction")


class EvidenceQuerySet(models.QuerySet):
    def answers(self):
        """What the scoring rule counts on the card *knowledge and judgement*: marked decisions, not corrections."""
        return self.filter(
            track__in=[Track.KNOWLEDGE, Track.JUDGEMENT], source__in=[Source.MEASUREMENT, Source.JUDGEMENT]
        )


class Evidence(models.Model):
    """One marked decision, one noted observation, or a correction of such a row.

    ``points`` lie in 0–1, ``decisions`` is how many were marked in the same scenario, ``item`` names the question whatever
    its version. A row is void when a correction points at it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="evidence", verbose_name=_("person")
    )
    competency = models.ForeignKey("lessons.Competency", models.PROTECT, related_name="+", verbose_name=_("competency"))
    track = models.CharField(_("track"), max_length=12, choices=Track.choices)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    item = models.CharField(_("item"), max_length=64)
    answered_on = models.DateField(_("day"))
    points = models.FloatField(_("points"))
    decisions = models.PositiveSmallIntegerField(_("decisions in the same scenario"), default=1)
    decision = models.PositiveSmallIntegerField(_("which decision"), default=0)
    mark = models.ForeignKey("quizzes.Mark", models.PROTECT, null=True, blank=True, related_name="evidence")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    note = models.TextField(_("note"), blank=True)
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="observations_made"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = EvidenceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["answered_on", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(condition=models.Q(points__gte=0, points__lte=1), name="evidence_points_0_to_1"),
            models.CheckConstraint(condition=models.Q(decisions__gte=1), name="evidence_at_least_one_decision"),
            models.UniqueConstraint(
                fields=["mark", "decision"], condition=models.Q(mark__isnull=False), name="one_row_per_marked_decision"
            ),
            models.CheckConstraint(
                condition=models.Q(source="correction", corrects__isnull=False)
                | (~models.Q(source="correction") & models.Q(corrects__isnull=True)),
                name="a_correction_names_what_it_corrects",
            ),
        ]
        indexes = [models.Index(fields=["user", "competency", "answered_on"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.competency_id} {self.answered_on} {self.points}"

    def scored(self, void: bool = False) -> ScoredAnswer:
        """The row as the scoring rule reads it."""
        return ScoredAnswer(self.item, self.answered_on, self.points, self.decisions, void)
