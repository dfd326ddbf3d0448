"""A question as it was asked: compiled once when it is published, and never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.language import DEFAULT


class Pool(models.TextChoices):
    """Two pools that never mix: practice is private and explains at once, check is scored."""

    PRACTICE = "practice", _("practice")
    CHECK = "check", _("check")


class QuestionVersionQuerySet(models.QuerySet):
    def askable(self, pool: str):
        """The newest version of each question that is still live, in one pool."""
        return self.filter(question__live=True, question__pool=pool, is_newest=True, withdrawn=False)


class QuestionVersion(models.Model):
    """One JSON document in two parts: ``public``, what a learner may see, and ``key``, what only marking may read.

    ``public`` is ``{"stem": {lang: html}, "title": {lang: text}, "options": [{"id", lang: html}]}``;
    ``key`` adds ``{"rationale": {lang: html}, "why": {option id: {lang: text}}}`` to the kind's own key.
    ``item`` names the question for evidence, statistics and "not seen lately", whatever its version.
    """

    question = models.ForeignKey(
        "quizzes.Question", models.PROTECT, related_name="versions", verbose_name=_("question")
    )
    number = models.PositiveIntegerField(_("version"))
    item = models.UUIDField(_("item"), db_index=True)
    kind = models.CharField(_("kind"), max_length=30)
    track = models.CharField(_("track"), max_length=12)
    competency = models.ForeignKey("lessons.Competency", models.PROTECT, related_name="+", verbose_name=_("competency"))
    difficulty = models.FloatField(_("judged difficulty"), help_text=_("Share expected to get it right, 0–1."))
    public = models.JSONField(_("public part"))
    key = models.JSONField(_("key"))
    published_at = models.DateTimeField(_("published at"))
    is_newest = models.BooleanField(_("newest"), default=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    objects = QuestionVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["question", "number"]
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_row_per_question_version"),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(is_newest=True), name="one_newest_version_per_question"
            ),
            models.CheckConstraint(
                condition=models.Q(difficulty__gte=0, difficulty__lte=1), name="difficulty_between_0_and_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_in(DEFAULT)} ({self.number})"

    def title_in(self, language: str) -> str:
        return self.public["title"].get(language) or self.public["title"][DEFAULT]
