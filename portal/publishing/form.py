"""The form of a record: it keeps whatever is well formed, and publishing asks for the rest."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from portal.publishing.content import set_fields
from portal.publishing.drafts import newest
from portal.records.models import Record


class RecordForm(forms.ModelForm):
    """Saving keeps a draft, which may be incomplete; a value that is no value is refused."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the revision it began from

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = _number(self.instance)
        for field in self.fields.values():
            field.required = False
        for name in {"source_language", "position"} & self.fields.keys():
            self.fields[name].required = True

    @property
    def changed_data(self) -> list[str]:
        """What the history tells; line ends that a browser typed are no change."""
        return [
            name
            for name in super().changed_data
            if name != "seen" and _unix(self.initial.get(name)) != _unix(self[name].value())
        ]

    def clean_seen(self) -> str:
        """Nobody's work is replaced unseen: whoever saves second is told, and decides."""
        rows = type(self.instance).objects.select_for_update()
        if rows.filter(pk=self.instance.pk).exists():
            stored = _number(self.instance)
            if self.cleaned_data["seen"] != stored:
                self.data = self.data.copy()
                self.data[self.add_prefix("seen")] = stored
                self.add_error(
                    None,
                    _(
                        "Somebody saved this record after you opened it. Your version stands "
                        "below, theirs is in the history; saving again puts yours on top."
                    ),
                )
        return self.cleaned_data["seen"]

    def _post_clean(self) -> None:
        """Only what cannot be stored is a fault here; see ``faults`` for what may be public."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        self.instance.proposed_sets = self.instance.proposed_sets | {
            field.name: list(self.cleaned_data.get(field.name) or [])
            for field in set_fields(type(self.instance))
            if field.name in self.fields
        }
        try:
            self.instance.normalise_texts()
            self.instance.clean_fields(exclude=self._unasked())
        except ValidationError as errors:
            self._update_errors(errors)
        if not self.errors:
            self.instance.settle()

    def _unasked(self) -> set[str]:
        """What is empty may stay so; keys were found by their own form fields."""
        model = type(self.instance)
        return {
            field.name
            for field in model._meta.fields
            if field.is_relation
            or field.name not in self.fields
            or getattr(self.instance, field.attname) in (None, "")
        }

    def _save_m2m(self) -> None:
        """Sets are kept in the draft, and written when it is published."""


def _number(record: Record) -> str:
    last = newest(record.pk)
    return str(last.number if last else 0)


def _unix(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
