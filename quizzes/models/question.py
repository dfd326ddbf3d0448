"""What a trainer writes. One subclass per kind, each with its own form; publishing compiles it to a QuestionVersion."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from polymorphic.managers import PolymorphicManager
from polymorphic.models import PolymorphicModel
from polymorphic.query import PolymorphicQuerySet
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from lessons.html import clean_html
from lessons.language import LANGUAGES, Spoken
from quizzes.errors import CannotPublish
from quizzes.items import KINDS
from quizzes.models.version import Pool

STEM = ["bold", "italic", "ol", "ul"]


class OptionBlock(blocks.StructBlock):
    """An option in both languages; its StreamField id is the option's id for ever."""

    text_de = blocks.TextBlock(label=_("German"), rows=2)
    text_en = blocks.TextBlock(label=_("English"), rows=2)
    why_de = blocks.CharBlock(label=_("feedback (German)"), required=False)
    why_en = blocks.CharBlock(label=_("feedback (English)"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Option")


class ChoiceOptionBlock(OptionBlock):
    correct = blocks.BooleanBlock(label=_("correct"), required=False)


class RatedOptionBlock(OptionBlock):
    ratings = blocks.ListBlock(
        blocks.IntegerBlock(min_value=1, max_value=5),
        label=_("ratings of the panel"),
        help_text=_("One number from 1 (makes it worse) to 5 (just right) for each panel member, given blind."),
    )


class QuestionQuerySet(PolymorphicQuerySet):
    def in_pool(self, pool: str):
        return self.filter(pool=pool)


class QuestionManager(PolymorphicManager.from_queryset(QuestionQuerySet)):  # type: ignore[misc] # made by a call
    """django-polymorphic's manager with our questions."""


class Question(
    PolymorphicModel,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """The part every kind has in common. Both languages stand on one row, so that they share one key."""

    KIND = ""

    item = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short code"), max_length=60, unique=True)
    pool = models.CharField(_("pool"), max_length=10, choices=Pool.choices, default=Pool.CHECK)
    competency = models.ForeignKey(
        "lessons.Competency", models.PROTECT, related_name="questions", verbose_name=_("competency")
    )
    lever = models.PositiveSmallIntegerField(
        _("lever"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    source = models.CharField(_("source"), max_length=120, blank=True, help_text=_("Principle or process it rests on."))
    angoff = models.PositiveSmallIntegerField(
        _("judged difficulty"),
        default=60,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of 100 colleagues who just reach level 3, how many get it right?"),
    )
    title_de = models.CharField(_("title (German)"), max_length=120, help_text=_("Stands on the person’s scorecard."))
    title_en = models.CharField(_("title (English)"), max_length=120)
    stem_de = RichTextField(_("stem (German)"), features=STEM)
    stem_en = RichTextField(_("stem (English)"), features=STEM)
    rationale_de = RichTextField(_("rationale (German)"), features=STEM)
    rationale_en = RichTextField(_("rationale (English)"), features=STEM)

    title = Spoken()

    objects = QuestionManager()  # type: ignore[misc] # takes the place of polymorphic's own

    common_panels = [
        FieldRowPanel([FieldPanel("title_de"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("stem_de"), FieldPanel("stem_en")]),
    ]
    closing_panels = [
        FieldRowPanel([FieldPanel("rationale_de"), FieldPanel("rationale_en")]),
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("pool"),
                FieldPanel("competency"),
                FieldPanel("lever"),
                FieldPanel("source"),
                FieldPanel("angoff"),
            ],
            heading=_("About this question"),
        ),
    ]
    search_fields = [
        index.SearchField("title_de"),
        index.SearchField("title_en"),
        index.AutocompleteField("title_de"),
        index.AutocompleteField("title_en"),
        index.AutocompleteField("slug"),
        index.FilterField("pool"),
        index.FilterField("competency"),
        index.FilterField("polymorphic_ctype"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return f"{self.slug} · {self.title}"

    @classmethod
    def get_indexed_objects(cls):
        # A rebuild would otherwise index every question twice: as itself and as a plain Question.
        return super().get_indexed_objects().filter(polymorphic_ctype=ContentType.objects.get_for_model(cls))

    def get_preview_template(self, request, mode_name):
        return "quizzes/question_preview.html"

    def get_preview_context(self, request, mode_name):
        """What a learner would see, in both languages; never the key."""
        public = self.compiled_public()
        languages = [
            {"code": lang, "stem": public["stem"][lang], "options": [option[lang] for option in public["options"]]}
            for lang in LANGUAGES
        ]
        return {**super().get_preview_context(request, mode_name), "languages": languages, "kind": self.KIND}

    def clean(self):
        """Refuses what could not be published, so that a trainer is told at the form and not after."""
        super().clean()
        if self.KIND and self.options:
            try:
                self.compiled_key()
            except CannotPublish as error:
                raise ValidationError({"options": str(error)}) from error

    def kind_key(self) -> dict:
        """The kind's own part of the key, as its item module reads it."""
        raise NotImplementedError(f"{type(self).__name__} has no key")

    def compiled_public(self) -> dict:
        """What a learner may see, in both languages: an explicit list, so that nothing else can leak."""
        return {
            "title": {lang: getattr(self, f"title_{lang}") for lang in LANGUAGES},
            "stem": {lang: clean_html(getattr(self, f"stem_{lang}")) for lang in LANGUAGES},
            "options": [
                {"id": str(option.id), **{lang: option.value[f"text_{lang}"] for lang in LANGUAGES}}
                for option in self.options
            ],
        }

    def compiled_key(self) -> dict:
        """The key with rationale and feedback. Raises CannotPublish where it cannot be scored."""
        if len(self.options) < 2:
            raise CannotPublish("too_few_options")
        key = self.kind_key()
        for code in KINDS[self.KIND].check_key(key):
            raise CannotPublish(code)
        return {
            **key,
            "rationale": {lang: clean_html(getattr(self, f"rationale_{lang}")) for lang in LANGUAGES},
            "why": {
                str(option.id): {lang: option.value[f"why_{lang}"] for lang in LANGUAGES} for option in self.options
            },
        }

    def publish(self, revision, *args, **kwargs):
        """Publish and compile in one transaction: what is live is exactly what can be asked."""
        with transaction.atomic():
            published = super().publish(revision, *args, **kwargs)
            Question.objects.get(pk=self.pk).compile_version()
        return published

    def compile_version(self) -> None:
        """Store a new immutable version when the live question differs from the newest one."""
        if not self.live:
            return
        public, key = self.compiled_public(), self.compiled_key()
        newest = self.versions.filter(is_newest=True).first()
        now = (public, key, self.competency_id, self.angoff / 100)
        if newest and (newest.public, newest.key, newest.competency_id, newest.difficulty) == now:
            return
        self.versions.filter(is_newest=True).update(is_newest=False)
        self.versions.create(
            number=newest.number + 1 if newest else 1,
            item=self.item,
            kind=self.KIND,
            track=KINDS[self.KIND].TRACK,
            competency_id=self.competency_id,
            difficulty=self.angoff / 100,
            public=public,
            key=key,
            published_at=timezone.now(),
        )


class SingleChoiceQuestion(Question):
    KIND = "single_choice"

    options = StreamField([("option", ChoiceOptionBlock())], verbose_name=_("options"), min_num=2)
    panels = [*Question.common_panels, FieldPanel("options"), *Question.closing_panels]

    class Meta:
        verbose_name = _("single choice question")
        verbose_name_plural = _("single choice questions")

    def kind_key(self) -> dict:
        return {"correct": [str(option.id) for option in self.options if option.value["correct"]]}


class MultipleChoiceQuestion(Question):
    KIND = "multiple_choice"

    options = StreamField([("option", ChoiceOptionBlock())], verbose_name=_("options"), min_num=2)
    panels = [*Question.common_panels, FieldPanel("options"), *Question.closing_panels]

    class Meta:
        verbose_name = _("multiple choice question")
        verbose_name_plural = _("multiple choice questions")

    def kind_key(self) -> dict:
        correct = [str(option.id) for option in self.options if option.value["correct"]]
        return {"correct": correct, "options": len(self.options)}


class SituationalQuestion(Question):
    KIND = "situational"

    options = StreamField([("option", RatedOptionBlock())], verbose_name=_("options"), min_num=3)
    panels = [*Question.common_panels, FieldPanel("options"), *Question.closing_panels]

    class Meta:
        verbose_name = _("situational question")
        verbose_name_plural = _("situational questions")

    def kind_key(self) -> dict:
        return {"ratings": {str(option.id): list(option.value["ratings"]) for option in self.options}}
