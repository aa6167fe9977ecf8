"""What readers are told of a release: its act, whether it is major, and a note a language."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.languages.names import own_name
from portal.languages.texts import codes, columns
from portal.publishing.models import CHOSEN_ACTS, Act, Release
from portal.records.models import State

OVERTAKEN = _("Somebody else wrote meanwhile: “%(theirs)s”. Save again to put yours in its place.")


class NoteForm(forms.ModelForm):
    """It comes along with every button of a release, so it writes only what was really changed."""

    class Meta:
        model = Release
        fields = ["act", "major", *columns("note")]
        labels = {"act": _("Kind of publication")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act.value, capfirst(act.label)) for act in CHOSEN_ACTS]
        if not self.instance.is_of_drafts:
            del self.fields["act"]
        for code, name in zip(codes(), columns("note"), strict=True):
            self.fields[name].label = f"{_('Note for readers')} ({own_name(code)})"
            self.fields[name].required = False
            self.fields[name].widget.attrs |= {"lang": code}
        if self.instance.act == Act.WITHDRAWAL:
            self._ask_for_successor()
        for field in self.fields.values():
            field.show_hidden_initial = True  # what the page said when it was opened

    def _ask_for_successor(self) -> None:
        del self.fields["major"]
        items = list(self.instance.items.all())
        gone = [item.record_uuid for item in items]
        kinds = {item.kind for item in items}
        chosen = Q(state=State.PUBLISHED) | Q(pk=self.instance.successor)  # it may be gone since
        records = [each for k in kinds for each in k.objects.filter(chosen).exclude(pk__in=gone)]
        self.fields["successor"] = forms.ChoiceField(
            choices=[("", "–"), *((str(each.pk), str(each)) for each in records)],
            label=_("Page that stands in its place"),
            required=False,
            initial=str(self.instance.successor or ""),
        )

    def clean(self) -> dict:
        """Boxes that nobody touched say what stands there; of the others nobody's are lost."""
        said, self.data = super().clean(), self.data.copy()
        for name in [name for name in self.fields if name in said]:
            stands, opened = self._stands(name), self._opened(name)
            if _alike(said[name], opened):
                said[name] = stands
            elif not (_alike(opened, stands) or _alike(said[name], stands)):
                self.data[self.add_initial_prefix(name)] = "" if stands is None else str(stands)
                told = {"theirs": self._in_words(name, stands)}
                self.add_error(name, ValidationError(OVERTAKEN, params=told))
        return said

    def has_changed(self) -> bool:
        """Whether it says something else than stands there, whatever the page once said."""
        said = self.cleaned_data
        return any(not _alike(said[name], self._stands(name)) for name in self.fields)

    def _stands(self, name: str) -> str | bool | None:
        return self.get_initial_for_field(self.fields[name], name)

    def _opened(self, name: str) -> str | bool | None:
        """What the box said when the page was opened; without a word of that, what stands."""
        key = self.add_initial_prefix(name)
        return (
            self.fields[name].to_python(self.data[key]) if key in self.data else self._stands(name)
        )

    def _in_words(self, name: str, value: str | bool | None) -> str:
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value) or "–")

    def save(self, commit: bool = True) -> Release:
        self.instance.successor = self.cleaned_data.get("successor") or None
        return super().save(commit)


def _alike(one: str | bool | None, other: str | bool | None) -> bool:
    return (one or "") == (other or "")


def holds_note(posted: QueryDict) -> bool:
    return any(name in posted for name in [*columns("note"), "act", "successor"])
