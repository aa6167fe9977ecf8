"""Columns that hold languages of the site."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from portal.languages.names import site_languages
from portal.languages.texts import codes


class LanguagesField(models.CharField):
    """Some of the site's languages, as their codes in the order of the site: ``fr nl``."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"max_length": 60, "blank": True, "default": "", **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return Languages(
            choices=site_languages,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
        )


class Languages(forms.MultipleChoiceField):
    """Boxes to tick, one a language."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        return " ".join(code for code in codes() if code in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
