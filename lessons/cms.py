"""What every list of ours in the Wagtail admin has in common."""

from __future__ import annotations

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CopyView, DeleteView, SnippetViewSet


class ReadOnlyCopyView(CopyView):
    """Wagtail 8.0 would take a POST here for a change of the original, without the right to change it."""

    http_method_names = ["get", "head", "options"]


class ProtectedDeleteView(DeleteView):
    """Says why something cannot be deleted, instead of failing."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, _("This cannot be deleted: it was used, and what was used stays."))
            return redirect(self.get_success_url())


class CmsViewSet(SnippetViewSet):
    """A snippet viewset without Wagtail's two sharp edges."""

    copy_view_class = ReadOnlyCopyView
    delete_view_class = ProtectedDeleteView
