"""People in the Wagtail admin: where they work, what they do, when they came and went.

Wagtail lets whoever may change people make anybody an administrator, or take over an administrator's account. Here only an
administrator can do either.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from training.models import User

OWN_FIELDS = {"language", "team", "position", "joined_on", "left_on"}
DATES = {"joined_on": AdminDateInput, "left_on": AdminDateInput}


class PersonCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = UserCreationForm.Meta.fields | OWN_FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple, **DATES}


class PersonEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        model = User
        fields = UserEditForm.Meta.fields | OWN_FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple, **DATES}


def without_administrator_box(form: forms.ModelForm, user: User) -> forms.ModelForm:
    """The form, less the administrator box for everybody who is not one."""
    if not user.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class PersonCreateView(CreateView):
    template_name = "training/admin/person_create.html"

    def get_form(self, *args, **kwargs):
        return without_administrator_box(super().get_form(*args, **kwargs), self.request.user)


class PersonEditView(EditView):
    template_name = "training/admin/person_edit.html"

    def get_form(self, *args, **kwargs):
        return without_administrator_box(super().get_form(*args, **kwargs), self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonViewSet(UserViewSet):
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
