"""A company's own sentence on how it treats customers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from lessons.language import Spoken

ASKED = ("edition", "published_sentence_de", "published_sentence_en")


class PrincipleQuerySet(models.QuerySet):
    def in_force(self):
        """The principles that people see: published ones."""
        return self.filter(live=True)


class Principle(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A guiding principle in both languages. Publishing a changed sentence raises ``edition``, and people are asked again."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    published_sentence_de = models.TextField(editable=False, blank=True)
    published_sentence_en = models.TextField(editable=False, blank=True)
    sentence_de = models.TextField(_("sentence (German)"))
    sentence_en = models.TextField(_("sentence (English)"))
    why_de = models.TextField(_("why (German)"))
    why_en = models.TextField(_("why (English)"))
    kept_situation_de = models.TextField(_("kept: situation (German)"))
    kept_situation_en = models.TextField(_("kept: situation (English)"))
    kept_customer_de = models.TextField(_("kept: the customer says (German)"))
    kept_customer_en = models.TextField(_("kept: the customer says (English)"))
    kept_us_de = models.TextField(_("kept: we say (German)"))
    kept_us_en = models.TextField(_("kept: we say (English)"))
    broken_situation_de = models.TextField(_("broken: situation (German)"))
    broken_situation_en = models.TextField(_("broken: situation (English)"))
    broken_customer_de = models.TextField(_("broken: the customer says (German)"))
    broken_customer_en = models.TextField(_("broken: the customer says (English)"))
    broken_us_de = models.TextField(_("broken: we say (German)"))
    broken_us_en = models.TextField(_("broken: we say (English)"))
    competencies = ParentalManyToManyField("lessons.Competency", related_name="principles", verbose_name=_("serves"))

    sentence = Spoken()
    why = Spoken()
    kept_situation = Spoken()
    kept_customer = Spoken()
    kept_us = Spoken()
    broken_situation = Spoken()
    broken_customer = Spoken()
    broken_us = Spoken()

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("guiding principle")
        verbose_name_plural = _("guiding principles")

    def __str__(self) -> str:
        return f"{self.number}. {self.sentence}"

    def get_preview_template(self, request, mode_name):
        return "lessons/principle_preview.html"

    def with_content_json(self, content):
        """What people were asked belongs to the principle, not to a revision: an old revision must not bring it back."""
        principle = super().with_content_json(content)
        asked = type(self).objects.filter(pk=self.pk).values(*ASKED).first() or {}
        for name, value in asked.items():
            setattr(principle, name, value)
        return principle

    def publish(self, revision, *args, **kwargs):
        """Publish, and raise the edition when the sentence people acknowledged reads differently now."""
        principles = type(self).objects
        principles.get(pk=self.pk).note_edition()  # a row that went live without a revision was asked too
        published = super().publish(revision, *args, **kwargs)
        principles.get(pk=self.pk).note_edition()
        return published

    def note_edition(self) -> None:
        """Compare the live sentence with the one last published; a change in either language is a new edition."""
        before = (self.published_sentence_de, self.published_sentence_en)
        now = (self.sentence_de, self.sentence_en)
        if not self.live or before == now:
            return
        type(self).objects.filter(pk=self.pk).update(
            edition=self.edition + 1 if any(before) else self.edition,
            published_sentence_de=now[0],
            published_sentence_en=now[1],
        )
