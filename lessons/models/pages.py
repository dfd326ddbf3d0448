"""Courses and lessons as ordinary Wagtail pages: Home → Learn → course → lesson, one tree per language, linked."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from lessons.blocks import LessonBody


class OneKindBelow(Page):
    """Routing with one query for each step down instead of two: below such a page stands one kind of page only."""

    class Meta:
        abstract = True

    def route(self, request, path_components):
        (kind,) = self.allowed_subpage_models()
        child = kind.objects.child_of(self).filter(slug=path_components[0]).first() if path_components else None
        if child is None:
            return super().route(request, path_components)
        child._cached_parent_obj = self  # as Wagtail does: nobody asks for the parent again
        return child.route(request, path_components[1:])


class HomePage(OneKindBelow):
    """The root of one language's tree. Its address is *Today*, which is not a page of the CMS."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["lessons.CourseIndexPage"]
    template = "lessons/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def serve(self, request, *args, **kwargs):
        return redirect("today")


class CourseIndexPage(OneKindBelow):
    """*Learn*: the courses of one language."""

    intro = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["lessons.HomePage"]
    subpage_types = ["lessons.CoursePage"]
    template = "lessons/course_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("course overview")

    @cached_property
    def courses(self):
        return CoursePage.objects.child_of(self).live()


class CoursePage(OneKindBelow):
    """A course: lessons in the order of the tree."""

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ["lessons.CourseIndexPage"]
    subpage_types = ["lessons.LessonPage"]
    template = "lessons/course_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("course")

    @cached_property
    def lessons(self):
        """The live lessons in order, without their bodies: an overview needs no text."""
        return list(LessonPage.objects.child_of(self).live().defer("body").order_by("path"))


class LessonPage(Page):
    """A lesson of five to eight minutes that changes one thing a person does tomorrow."""

    goal = models.TextField(_("learning goal"), help_text=_("The one thing a person does differently tomorrow."))
    lead = models.TextField(_("lead"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    competencies = ParentalManyToManyField("lessons.Competency", related_name="lessons", verbose_name=_("competencies"))
    body = StreamField(LessonBody(), verbose_name=_("body"))

    parent_page_types = ["lessons.CoursePage"]
    subpage_types: list[str] = []
    template = "lessons/lesson_page.html"
    content_panels = [
        FieldPanel("goal"),
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("competencies", widget=forms.CheckboxSelectMultiple)],
            heading=_("About this lesson"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def course(self):
        return self.get_parent().specific

    def get_context(self, request, *args, **kwargs):
        """Adds where the lesson stands in its course: ``lessons``, ``number``, ``previous``, ``next``, ``headings``."""
        lessons = self.course.lessons
        place = next((i for i, lesson in enumerate(lessons) if lesson.pk == self.pk), 0)
        return {
            **super().get_context(request, *args, **kwargs),
            "course": self.course,
            "lessons": lessons,
            "number": place + 1,
            "previous": lessons[place - 1] if place > 0 else None,
            "next": lessons[place + 1] if place + 1 < len(lessons) else None,
            "headings": [block for block in self.body if block.block_type == "heading"],
        }
