"""People in the Wagtail admin: where they work, what they do, when they came and went.

Wagtail lets whoever may change people make anybody an administrator, or take over an administrator's account. Here only an
administrator can do either.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from training.models import Role, User

NOT_OURS = ("Moderators", "Editors")  # Wagtail brings these two groups; no role of ours rests on them
OWN_FIELDS = {"language", "team", "position", "joined_on", "left_on"}
DATES = {"joined_on": AdminDateInput, "left_on": AdminDateInput}


def role_name(group) -> str:
    """A group as people call it: our roles in the reader's language, any other as it was named."""
    return str(Role(group.name).label) if group.name in Role.values else group.name


class InWords(forms.ModelForm):
    """Roles and languages as people call them, not as they are stored."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["groups"].label_from_instance = role_name
        fields["groups"].queryset = Group.objects.exclude(name__in=NOT_OURS)
        fields["language"].choices = settings.LANGUAGES


class PersonCreationForm(InWords, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = UserCreationForm.Meta.fields | OWN_FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple, **DATES}


class PersonEditForm(InWords, UserEditForm):
    class Meta(UserEditForm.Meta):
        model = User
        fields = UserEditForm.Meta.fields | OWN_FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple, **DATES}


def with_locked_administrator_box(form: forms.ModelForm, user: User) -> forms.ModelForm:
    """The form, with the administrator box to be read, not changed, by everybody who is not one."""
    box = form.fields.get("is_superuser")  # nobody has one on their own form
    if box:
        box.disabled = not user.is_superuser  # what is sent for a disabled field is not read
    return form


class PersonCreateView(CreateView):
    def get_form(self, *args, **kwargs):
        return with_locked_administrator_box(super().get_form(*args, **kwargs), self.request.user)


class PersonEditView(EditView):
    def get_form(self, *args, **kwargs):
        return with_locked_administrator_box(super().get_form(*args, **kwargs), self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonViewSet(UserViewSet):
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    create_template_name = "training/admin/person_create.html"  # Wagtail asks the viewset, not the view
    edit_template_name = "training/admin/person_edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
