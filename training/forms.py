"""What people send to the pages of training."""

from __future__ import annotations

from django import forms
from django.conf import settings

from training.models import User


class LanguageForm(forms.ModelForm):
    """The language in which a person is addressed. Each language is named in itself."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["language"]
