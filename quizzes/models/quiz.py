"""A set of questions with settings; a knowledge check is one that is taken periodically."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.language import Spoken
from quizzes.models.version import Pool


class Quiz(models.Model):
    """What an attempt is an attempt at. Its questions are drawn from ``pool``.

    A practice quiz may point down at the lesson it belongs to; one page stands for the lesson in every language.
    """

    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    pool = models.CharField(_("pool"), max_length=10, choices=Pool.choices)
    lesson = models.OneToOneField(
        "lessons.LessonPage", models.SET_NULL, null=True, blank=True, related_name="quiz", verbose_name=_("lesson")
    )
    page_size = models.PositiveSmallIntegerField(
        _("questions per page"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit in minutes"), null=True, blank=True, help_text=_("Empty: no clock, only the closing date.")
    )

    title = Spoken()

    class Meta:
        ordering = ["title_de"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return self.title
