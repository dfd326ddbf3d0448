"""Questions and quizzes in the Wagtail admin: one menu entry, "add" asks for the kind, each kind has its own form.

The base listing shows every kind; whatever changes a question happens in the viewset of its own kind, because the form of
the base class would drop the kind's own fields.
"""

from __future__ import annotations

from django.contrib.admin.utils import quote, unquote
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSetGroup

from lessons.cms import CmsViewSet
from quizzes.models import MultipleChoiceQuestion, Question, Quiz, SingleChoiceQuestion, SituationalQuestion

KINDS = (SingleChoiceQuestion, MultipleChoiceQuestion, SituationalQuestion)


class AnyKindPolicy(ModelPermissionPolicy):
    """Rights on the list of all questions: what somebody may do to a question is asked of its own kind."""

    def user_has_permission(self, user, action):
        return any(policy_registry.get_by_type(kind).user_has_permission(user, action) for kind in KINDS)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        policy = policy_registry.get_by_type(instance.get_real_instance_class())
        return policy.user_has_permission_for_instance(user, action, instance)


# exact_class: a policy of the base would otherwise hold for every kind, and rights on one kind would open all.
register_permission_policy(Question, AnyKindPolicy(Question), exact_class=True)


class QuestionIndexView(IndexView):
    """All kinds in one list; every link leads to the question's own kind."""

    def _url(self, instance, name: str, action: str) -> str | None:
        kind = instance.get_real_instance_class()
        if not policy_registry.get_by_type(kind).user_has_permission(self.request.user, action):
            return None
        return reverse(kind.snippet_viewset.get_url_name(name), args=(quote(instance.pk),))

    def get_edit_url(self, instance):
        return self._url(instance, "edit", "change")

    def get_delete_url(self, instance):
        return self._url(instance, "delete", "delete")

    def get_copy_url(self, instance):
        return None

    def get_inspect_url(self, instance):
        return None


class ChooseKindView(CreateView):
    """*Add* asks for the kind first."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        kinds = [
            {
                "label": kind._meta.verbose_name,
                "help": kind.__doc__,
                "url": reverse(kind.snippet_viewset.get_url_name("add")),
            }
            for kind in KINDS
            if policy_registry.get_by_type(kind).user_has_permission(request.user, "add")
        ]
        return render(request, "quizzes/admin/choose_kind.html", {"kinds": kinds})


def to_own_kind(name: str) -> type[EditView]:
    """A view of the base that only leads to the same view of the question's own kind."""

    class ToOwnKind(EditView):
        def dispatch(self, request, *args, **kwargs):
            question = get_object_or_404(Question, pk=unquote(str(kwargs["pk"])))
            url = reverse(type(question).snippet_viewset.get_url_name(name), args=(quote(question.pk),))
            return redirect(url, preserve_request=True)

    return ToOwnKind


class AllQuestionsViewSet(CmsViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    index_view_class = QuestionIndexView
    add_view_class = ChooseKindView
    edit_view_class = to_own_kind("edit")
    delete_view_class = to_own_kind("delete")
    history_view_class = to_own_kind("history")
    usage_view_class = to_own_kind("usage")
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor=lambda q: q._meta.verbose_name),
        Column("competency", label=_("Competency"), accessor=lambda q: q.competency.code),
        Column("pool", label=_("Pool"), accessor=lambda q: q.get_pool_display()),
        Column("live", label=_("Published"), accessor=lambda q: _("yes") if q.live else _("draft")),
        UpdatedAtColumn(),
    ]
    list_filter = ["competency", "pool", "polymorphic_ctype", "live"]

    def get_queryset(self, request):
        return Question.objects.select_related("competency")


def viewset_of(kind: type[Question]) -> CmsViewSet:
    """The viewset of one kind: its own form, history, preview and publishing."""
    attributes = {
        "model": kind,
        "icon": "help",
        "add_to_admin_menu": False,
        "menu_hidden": True,
        "list_display": ["__str__", "competency", UpdatedAtColumn()],
    }
    return type(f"{kind.__name__}ViewSet", (CmsViewSet,), attributes)()


class QuizViewSet(CmsViewSet):
    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    list_display = ["__str__", "pool", "page_size"]
    panels = [
        FieldRowPanel([FieldPanel("title_de"), FieldPanel("title_en")]),
        FieldPanel("pool"),
        FieldPanel("lesson"),
        FieldRowPanel([FieldPanel("page_size"), FieldPanel("time_limit")]),
    ]


class KindViewSets(SnippetViewSetGroup):
    """Questions and quizzes under one heading; the kinds are reached through the list and *add*."""

    menu_label = _("Quiz")
    menu_icon = "help"
    menu_order = 210
    items = (AllQuestionsViewSet(), QuizViewSet())


for _kind in KINDS:
    register_snippet(viewset_of(_kind))
register_snippet(KindViewSets)


@hooks.register("construct_main_menu")
def leave_out_snippets(request, menu_items):
    """The kinds are reached through the list of all questions; Wagtail's own *Snippets* entry would only show them again."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]
