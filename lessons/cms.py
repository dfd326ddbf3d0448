"""What every list of ours in the Wagtail admin has in common."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.admin import messages
from wagtail.images.forms import BaseImageForm
from wagtail.snippets.views.snippets import CopyView, CreateView, DeleteView, SnippetViewSet


class OnceCreateView(CreateView):
    """Wagtail 8 saves a new draft by itself: when that meets *Publish*, both insert. The later one is told and does not fail."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            self.produced_error_code = "validation_error"
            self.produced_error_message = _(
                "This has just been saved as a draft. Please open it in the list and go on there."
            )
            return self.form_invalid(form)


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
    """A snippet viewset without Wagtail's three sharp edges."""

    add_view_class = OnceCreateView
    copy_view_class = ReadOnlyCopyView
    delete_view_class = ProtectedDeleteView


def _readable(check: Callable) -> Callable:
    """Wagtail's check of a picture, and then its last pixel: what cannot be read would break the page that shows it."""

    def checked(file, refusal: str) -> None:
        try:
            check(file)
            file.seek(0)
            Image.open(file).load()
            file.seek(0)
        except ValidationError:
            raise
        except Exception as error:  # a broken file fails in as many ways as there are formats
            raise ValidationError(refusal, code="invalid_image") from error

    return checked


class PictureForm(BaseImageForm):
    """Refuses a broken picture with a sentence; Wagtail 8.0 answers 500 where the beginning of a file looks right."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            check, refusal = _readable(field.check_image_pixel_size), field.error_messages["invalid_image"]
            field.check_image_pixel_size = lambda file: check(file, refusal)
