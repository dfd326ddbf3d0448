"""Principles and competencies in the Wagtail admin, and recordings that a phone can play."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from lessons.cms import CmsViewSet
from lessons.language import LANGUAGES
from lessons.models import Competency, Principle
from lessons.views.recordings import part_of

LEVERS = [
    (1, _("Personal contact with customers")),
    (2, _("Getting to know customers")),
    (3, _("Checking their satisfaction")),
    (4, _("Offering solutions")),
    (5, _("An organisation that fits the customer")),
    (6, _("People who are good with customers")),
]


def both(name: str) -> FieldRowPanel:
    """German and English of a text, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_{language}") for language in LANGUAGES])


def example(kind: str, heading: Promise, help_text: Promise) -> Panel:
    """A small scene: the situation, what the customer says, what we say."""
    names = [f"{kind}_{part}" for part in ("situation", "customer", "us")]
    return MultiFieldPanel([both(name) for name in names], heading=heading, help_text=help_text)


def publication(principle: Principle) -> str:
    """What people see of a principle."""
    if not principle.live:
        return gettext("draft")
    return gettext("published, with a draft") if principle.has_unpublished_changes else gettext("published")


class PrincipleViewSet(CmsViewSet):
    """The guiding principles: draft, preview, publish. A changed sentence asks everybody again."""

    model = Principle
    icon = "openquote"
    list_display = [
        "__str__",
        Column("state", label=_("State"), accessor=publication),
        UpdatedAtColumn(),
    ]
    list_filter = ["competencies", "live"]
    list_per_page = 50
    search_fields = [f"{name}_{language}" for name in ("sentence", "why") for language in LANGUAGES]
    search_backend_name = None
    panels = [
        FieldPanel("number"),
        MultiFieldPanel(
            [both("sentence")],
            heading=_("The sentence"),
            help_text=_(
                "What we do, in which situation, and what we give up for it. It must be possible to break it on Monday "
                "morning. When you publish a changed sentence, in either language, everybody is asked to acknowledge it again."
            ),
        ),
        MultiFieldPanel([both("why")], heading=_("Why"), help_text=_("Two lines. What goes wrong without it?")),
        example("kept", _("Kept"), _("One time it was kept. A line of conversation each, without quotation marks.")),
        example("broken", _("Broken"), _("One time it was broken, as a decent person under pressure really speaks.")),
        MultiFieldPanel(
            [FieldPanel("competencies", widget=forms.CheckboxSelectMultiple)], heading=_("Competencies it serves")
        ),
    ]


class CompetencyForm(WagtailAdminModelForm):
    """The six levers of customer orientation as boxes to tick."""

    levers = forms.TypedMultipleChoiceField(
        choices=LEVERS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("levers"),
        help_text=_("Which of the six levers of customer orientation it belongs to."),
    )


class CompetencyViewSet(CmsViewSet):
    """The competency framework. Its four levels are described by behaviour."""

    model = Competency
    icon = "list-ol"
    list_display = [
        "__str__",
        Column("core", label=_("Communicative core"), accessor=lambda c: _("yes") if c.core else "–"),
    ]
    search_fields = ["code", "name_de", "name_en", "definition_de", "definition_en"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
            FieldPanel("core", help_text=_("Hearing, asking, speaking, staying calm: what every conversation needs.")),
            MultiFieldPanel(
                [both("name"), both("short"), both("definition")],
                heading=_("What it is"),
                help_text=_("The definition says what a person does, not what they are like."),
            ),
            MultiFieldPanel([FieldPanel("frame"), FieldPanel("levers")], heading=_("Where it comes from")),
            InlinePanel(
                "levels",
                [FieldPanel("level"), both("behaviour")],
                heading=_("Levels"),
                label=_("Level"),
                min_num=4,
                max_num=4,
                help_text=_("What a person at this level does that one could watch."),
            ),
        ],
        base_form_class=CompetencyForm,
    )


class LeitlinieViewSets(SnippetViewSetGroup):
    """What a company wants to be held to."""

    menu_label = "Leitlinie"
    menu_icon = "openquote"
    menu_order = 200
    items = (PrincipleViewSet(), CompetencyViewSet())


register_snippet(LeitlinieViewSets)


@hooks.register("before_serve_document", order=100)  # after Wagtail has asked whether the person may have it
def serve_part(document, request):
    return part_of(document, request)
