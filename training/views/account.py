"""One's own account: name, team, language, password, sign out."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.forms import LanguageForm
from training.models import Role

ADMIN_ROLES = {Role.TRAINER, Role.HR, Role.ADMINISTRATOR}


@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """The account page; a chosen language is kept and speaks at once."""
    form = LanguageForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        language = form.save().language
        with translation.override(language):
            messages.success(request, _("Your language is saved."))
        return redirect(translate_url(reverse("account"), language))
    context = {
        "form": form,
        "roles": [label for value, label in Role.choices if value in request.user.roles],
        "to_admin": bool(ADMIN_ROLES & request.user.roles),
    }
    return render(request, "training/account.html", context, status=422 if form.errors else 200)
