"""Teams, positions, check plans and pauses in the Wagtail admin, for HR."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from lessons.cms import CmsViewSet
from training.models import CheckPlan, Pause, Position, TargetLevel, Team


class TeamForm(WagtailAdminModelForm):
    """A team's name, leaders and place in the tree."""

    instance: Team
    parent = forms.ModelChoiceField(Team.objects.all(), required=False, label=_("Belongs to"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            below = Team.objects.filter(path__startswith=self.instance.path)
            self.fields["parent"].queryset = Team.objects.exclude(pk__in=below)
            self.fields["parent"].initial = self.instance.get_parent()

    def save(self, commit=True):
        """treebeard keeps the tree: a team is added below its parent, or moved there with all below it."""
        parent = self.cleaned_data["parent"]
        if not self.instance.pk:
            self.instance = (
                parent.add_child(instance=self.instance) if parent else Team.add_root(instance=self.instance)
            )
        else:
            self.instance.save()
            if parent != self.instance.get_parent():
                self.instance.move(parent or Team.get_first_root_node(), "sorted-child" if parent else "sorted-sibling")
                self.instance.refresh_from_db()
        self._save_m2m()
        return self.instance


class TeamViewSet(CmsViewSet):
    model = Team
    icon = "group"
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("parent"), FieldPanel("leaders")], base_form_class=TeamForm
    )


class PositionViewSet(CmsViewSet):
    model = Position
    icon = "user"
    panels = [FieldRowPanel([FieldPanel("name_de"), FieldPanel("name_en")])]


class TargetLevelViewSet(CmsViewSet):
    model = TargetLevel
    icon = "order-up"
    list_display = ["position", "competency", "level"]
    list_filter = ["position", "competency"]
    panels = [FieldPanel("position"), FieldPanel("competency"), FieldPanel("level")]


class CheckPlanViewSet(CmsViewSet):
    model = CheckPlan
    icon = "date"
    list_display = ["__str__", "starts_on", "interval_months", "window_days", "active"]
    panels = [
        FieldRowPanel([FieldPanel("name_de"), FieldPanel("name_en")]),
        FieldPanel("quiz"),
        FieldPanel("teams"),
        FieldPanel("competencies"),
        FieldRowPanel([FieldPanel("knowledge_questions"), FieldPanel("judgement_questions")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("interval_months"), FieldPanel("window_days")]),
        FieldPanel("active"),
    ]


class PauseViewSet(CmsViewSet):
    model = Pause
    icon = "time"
    list_display = ["user", "starts_on", "ends_on"]
    panels = [FieldPanel("user"), FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("reason")]


class CompanyViewSets(SnippetViewSetGroup):
    menu_label = _("Company")
    menu_icon = "group"
    menu_order = 220
    items = (TeamViewSet(), PositionViewSet(), TargetLevelViewSet(), CheckPlanViewSet(), PauseViewSet())


register_snippet(CompanyViewSets)
