"""The form of a record: it says everything that publishing would refuse, at its field."""

from django import forms

from portal.publishing.content import set_fields
from portal.publishing.faults import faults_in
from portal.records.models import State


class RecordForm(forms.ModelForm):
    """Saving publishes, so the form validates what publishing validates."""

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.proposed_sets = {
            field.name: list(self.cleaned_data.get(field.name) or [])
            for field in set_fields(type(self.instance))
            if field.name in self.fields
        }
        if not self.instance.is_withdrawn:
            self.instance.state = State.PUBLISHED
        said = set(self.errors)
        for fault in self._faults():
            if fault.field not in said:
                self.add_error(fault.field if fault.field in self.fields else None, fault.message)

    def _faults(self) -> list:
        self.instance.normalise_texts()
        if not self.errors:
            self.instance.settle()
        return faults_in(self.instance)

    def validate_unique(self) -> None:
        """Part of ``faults_in``; here it would say the same twice."""

    def validate_constraints(self) -> None:
        """Part of ``faults_in``; here it would say the same twice."""

    def _save_m2m(self) -> None:
        """Sets are written by ``publish`` alone."""
