"""Something a person can do, and the behaviour that tells its four levels apart."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from lessons.language import Spoken

LEVEL_NAMES = {
    1: _("Starting out"),
    2: _("Steady in everyday work"),
    3: _("Steady when it gets difficult"),
    4: _("An example to others"),
}


class Competency(ClusterableModel):
    """One row of the competency framework, in both languages."""

    code = models.SlugField(_("code"), max_length=12, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    core = models.BooleanField(_("communicative core"), default=False)
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    short_de = models.CharField(_("short name (German)"), max_length=40)
    short_en = models.CharField(_("short name (English)"), max_length=40)
    definition_de = models.TextField(_("definition (German)"))
    definition_en = models.TextField(_("definition (English)"))
    frame = models.CharField(_("source in the literature"), max_length=120, blank=True)
    levers = models.JSONField(_("levers"), default=list, blank=True)

    name = Spoken()
    short = Spoken()
    definition = Spoken()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProficiencyLevel(models.Model):
    """What a person does at one of the four levels of a competency."""

    competency = ParentalKey(Competency, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    behaviour_de = models.TextField(_("behaviour (German)"))
    behaviour_en = models.TextField(_("behaviour (English)"))

    behaviour = Spoken()

    class Meta:
        ordering = ["competency", "level"]
        verbose_name = _("proficiency level")
        verbose_name_plural = _("proficiency levels")
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_row_per_level"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=4), name="level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.competency.code} {self.level}"
