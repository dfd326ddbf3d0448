"""The appraisal sheet: a scorecard frozen at a date, both sides' words, both signatures, and then nothing changes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppraisalSheetQuerySet(models.QuerySet):
    def open(self):
        """Drafts and frozen sheets that nobody has signed; they can still be changed."""
        return self.filter(digest="")

    def signed(self):
        """Sheets that at least one side has signed."""
        return self.exclude(digest="")

    def frozen(self):
        return self.filter(frozen_at__isnull=False)


class AppraisalSheet(models.Model):
    """One talk about one criterion. Draft → frozen → signed by both; the database refuses changes after the first signature.

    ``snapshot`` holds the assured statements, the rule's version and the evidence ids, so that anyone can recompute it.
    ``manager_words_at`` is when the manager's view was first put down, before the card stood beside it; any later change
    of these words has its own date. A signed sheet is never changed: a new one names it as the sheet it ``replaces``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appraisals")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appraisals_held")
    talk_on = models.DateField(_("talk on"))
    weight = models.PositiveSmallIntegerField(_("weight of the criterion in percent"), default=20)
    created_at = models.DateTimeField()
    manager_words = models.TextField(_("the manager’s view"), blank=True)
    manager_words_at = models.DateTimeField(null=True, blank=True)
    manager_words_changed_at = models.DateTimeField(null=True, blank=True)
    employee_words = models.TextField(_("own view"), blank=True)
    agreed = models.TextField(_("agreed"), blank=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    rule_version = models.PositiveSmallIntegerField(null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    digest = models.CharField(_("hash"), max_length=64, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = AppraisalSheetQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-talk_on", "-pk"]
        verbose_name = _("appraisal sheet")
        verbose_name_plural = _("appraisal sheets")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(employee=models.F("manager")), name="nobody_appraises_themselves"
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True) | models.Q(snapshot__isnull=False),
                name="frozen_sheets_have_a_snapshot",
            ),
            models.UniqueConstraint(
                fields=["employee", "manager"], condition=models.Q(digest=""), name="one_open_sheet_for_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} {self.talk_on}"


class Signature(models.Model):
    """One side's signature over the sheet's hash."""

    sheet = models.ForeignKey(AppraisalSheet, models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["signed_at"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint(fields=["sheet", "user"], name="one_signature_per_side")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.user_id}"
