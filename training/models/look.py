"""Who looked at whose scorecard. Every reading of somebody else's is here and visible to that person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """One person saw one kind of data about another."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks_taken")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks_received")
    category = models.CharField(_("what"), max_length=30)
    looked_at = models.DateTimeField(_("when"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-looked_at", "-pk"]
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [models.Index(fields=["subject", "-looked_at"])]

    def __str__(self) -> str:
        return f"{self.viewer_id} → {self.subject_id}"
