"""The form of a record: it says everything that publishing would refuse, at its field."""

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from portal.publishing.content import set_fields
from portal.publishing.faults import faults_in
from portal.records.models import Record


class RecordForm(forms.ModelForm):
    """Saving publishes, so the form validates what publishing validates."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the change it began from

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = _moment(self.instance)

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
        stored = rows.filter(pk=self.instance.pk).first()
        if stored and self.cleaned_data["seen"] != _moment(stored):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = _moment(stored)
            self.add_error(
                None,
                _(
                    "This record was changed after you opened it. Your version stands below; "
                    "saving again replaces what is on the page now."
                ),
            )
        return self.cleaned_data["seen"]

    def _post_clean(self) -> None:
        """Publishing's own validation stands in for Django's: each fault once, at its field."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        self.instance.proposed_sets = {
            field.name: list(self.cleaned_data.get(field.name) or [])
            for field in set_fields(type(self.instance))
            if field.name in self.fields
        }
        said = set(self.errors)
        for fault in self._faults():
            if fault.field not in said:
                self.add_error(fault.field if fault.field in self.fields else None, fault.message)

    def _faults(self) -> list:
        self.instance.normalise_texts()
        if not self.errors:
            self.instance.settle()
        return faults_in(self.instance)

    def _save_m2m(self) -> None:
        """Sets are written by ``publish`` alone."""


def _moment(record: Record) -> str:
    return record.changed.isoformat() if record.changed else ""


def _unix(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
