"""What people send to the pages of training."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from training.models import User
from training.schedule import add_months


class LanguageForm(forms.ModelForm):
    """The language in which a person is addressed. Each language is named in itself."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["language"]


class DayInput(forms.DateInput):
    """The browser's own calendar, which reads and sends ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class WordsField(forms.CharField):
    """A few sentences. Line ends are read as they are kept, so that an untouched text counts as untouched."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class TalkForm(forms.Form):
    """The day of an appraisal talk, within a year of today in either direction."""

    talk_on = forms.DateField(label=_("Day of the talk"), widget=DayInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_talk_on(self):
        day = self.cleaned_data["talk_on"]
        if not add_months(self.today, -12) <= day <= add_months(self.today, 12):
            raise forms.ValidationError(_("Please choose a day within a year of today."))
        return day


class ManagerWordsForm(TalkForm):
    """The manager's side of a sheet before the card stands beside it: their own view, in sentences."""

    manager_words = WordsField(
        label=_("The manager’s view"),
        min_length=20,
        max_length=800,
        help_text=_("What have you seen and heard yourself? Up to 800 characters."),
        error_messages={"min_length": _("Please write at least one sentence of your own.")},
    )


class ManagerSideForm(ManagerWordsForm):
    """The manager's side once the card stands beside it: their view, and what both agreed."""

    agreed = WordsField(
        label=_("Agreed"),
        required=False,
        max_length=500,
        help_text=_("What both will do until when. Up to 500 characters."),
    )


class EmployeeSideForm(forms.Form):
    """The employee's side of a sheet."""

    employee_words = WordsField(
        label=_("Own view"),
        required=False,
        max_length=800,
        help_text=_("What went well, what is hard, what would you like to learn? Up to 800 characters."),
    )


class FreezeForm(forms.Form):
    """The day whose scorecard is frozen: today, or an earlier day of the past year."""

    as_of = forms.DateField(label=_("Scorecard as of"), widget=DayInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(_("A scorecard can only be frozen for today or an earlier day."))
        if day < add_months(self.today, -12):
            raise forms.ValidationError(_("Please choose a day within the past year."))
        return day
