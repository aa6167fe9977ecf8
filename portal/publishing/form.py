"""The form of a record: it keeps whatever is well formed, and publishing asks for the rest."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.conflict import Conflict, conflict, number_of
from portal.publishing.content import set_fields

OVERTAKEN = gettext_lazy(
    "Somebody saved this record after you opened it, so yours is not saved yet. What they wrote "
    "stands above, what you typed stands in the form. Save again to put yours on top."
)


class RecordForm(forms.ModelForm):
    """Saving keeps a draft, which may be incomplete; a value that is no value is refused."""

    conflict: Conflict | None = None
    # the number of the revision from which it began
    seen = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = number_of(self.instance)
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
        """Whoever saves second waits here until the first has saved, and then is told."""
        rows = type(self.instance).objects.select_for_update()
        rows.filter(pk=self.instance.pk).exists()
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
        self._meet_the_other()

    def _meet_the_other(self) -> None:
        """Nobody's work is replaced unseen: whoever saves second is told, and decides."""
        self.conflict = conflict(self.instance, self.cleaned_data.get("seen", ""), self.errors)
        if self.conflict is None:
            return
        self.data = self.data.copy()
        for name, value in self.conflict.taken.items():
            self._fill_in(name, value)
        if not self.errors:  # else it is told again, once what cannot be stored was put right
            self._fill_in("seen", number_of(self.instance))
        self.add_error(None, OVERTAKEN)
        if self.files:
            self.add_error(None, _("Choose the file again: a browser forgets it."))

    def _fill_in(self, name: str, value: str | list | bool | None) -> None:
        """What the box shows from now on; an upload has no box to be filled in."""
        field = self.fields.get(name)
        if field is None or isinstance(field, forms.FileField):
            return
        said = field.prepare_value(value)
        key = self.add_prefix(name)
        self.data.setlist(key, said if isinstance(said, list) else [said or ""])
        if said is False:
            del self.data[key]

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


def _unix(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
