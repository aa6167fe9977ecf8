"""What readers are told of a release: its act, whether it is major, and a note a language."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.languages.names import own_name
from portal.languages.texts import codes, columns
from portal.publishing.models import CHOSEN_ACTS, Act, Release

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
        records = [each for kind in kinds for each in kind.objects.published().exclude(pk__in=gone)]
        self.fields["successor"] = forms.ChoiceField(
            choices=[("", "–"), *((str(each.pk), str(each)) for each in records)],
            label=_("Page that stands in its place"),
            required=False,
            initial=str(self.instance.successor or ""),
        )

    def clean(self) -> dict:
        """Boxes that nobody touched say what stands there; of the others nobody's are lost."""
        said, self.data = super().clean(), self.data.copy()
        for name, field in self.fields.items():
            stands = self.get_initial_for_field(field, name)
            if name not in self.changed_data:
                said[name] = stands
            elif self._was_overtaken(name, stands):
                self.data[self.add_initial_prefix(name)] = stands or ""
                self.add_error(name, ValidationError(OVERTAKEN, params={"theirs": stands}))
        return said

    def _was_overtaken(self, name: str, stands: str | bool | None) -> bool:
        opened = self.data.get(self.add_initial_prefix(name))
        return opened is not None and opened != str(stands or "") and self[name].value() != stands

    def save(self, commit: bool = True) -> Release:
        self.instance.successor = self.cleaned_data.get("successor") or None
        return super().save(commit)


def holds_note(posted: QueryDict) -> bool:
    return any(name in posted for name in [*columns("note"), "act", "successor"])
