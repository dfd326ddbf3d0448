"""What a person has read and acknowledged. Private progress, and a company's own sentence with a date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """How far a person has read a lesson, whatever the language: ``lesson`` is the page's translation key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    lesson = models.UUIDField()
    position = models.PositiveSmallIntegerField(_("read so far, in percent"), default=0)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading progress")
        verbose_name_plural = _("reading progress")
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson"], name="one_reading_per_person_and_lesson"),
            models.CheckConstraint(condition=models.Q(position__lte=100), name="reading_at_most_100_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.lesson} {self.position} %"


class Acknowledgement(models.Model):
    """A person said: I know this principle. The sentence is kept as it read then; a new edition asks again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acknowledgements")
    principle = models.ForeignKey("lessons.Principle", models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    sentence = models.TextField()
    acknowledged_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(fields=["user", "principle", "edition"], name="acknowledged_once_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.principle_id}/{self.edition}"
