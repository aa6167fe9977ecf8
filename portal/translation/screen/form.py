"""The form of one language of a record: nothing else can be written in it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portal.publishing.models import Revision
from portal.publishing.turns import one_act
from portal.staff.models import Account
from portal.translation.acts import changed, confirm, translate
from portal.translation.screen.sheet import Line, Sheet

MARKS = ("valid", "unfinished", "machine")  # what is ticked beside a text


class TranslationForm(forms.Form):
    """A box for each text of the sheet, called after its column, and the marks beside it."""

    # the number of the revision from which it began
    seen = forms.IntegerField(required=False, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, sheet: Sheet, by: Account, data: Mapping[str, Any] | None = None) -> None:
        self.sheet, self.by = sheet, by
        texts = {line.column: line.text for line in sheet.lines}
        super().__init__(data, initial={"seen": sheet.number, **texts})
        if self.may_write:
            self.fields |= {line.column: _box(sheet, line) for line in sheet.lines}
        names = [(line.name, line.name) for line in sheet.lines]
        for mark in MARKS:
            self.fields[mark] = forms.MultipleChoiceField(choices=names, required=False)

    @property
    def may_write(self) -> bool:
        return self.sheet.code in self.by.written_languages

    @property
    def may_confirm(self) -> bool:
        return self.sheet.code in self.by.competent_in

    @property
    def rows(self) -> list[tuple[Line, Any, dict[str, bool], Line | None]]:
        """Each text with its box, if there is one, what is ticked, and the next one to do."""
        ticked = {mark: self[mark].value() or [] for mark in MARKS}
        return [
            (
                line,
                self[line.column] if self.may_write else None,
                {mark: line.name in names for mark, names in ticked.items()},
                self.sheet.next_to_do(line) if line.is_to_do else None,
            )
            for line in self.sheet.lines
        ]

    def clean(self) -> None:
        said = self.cleaned_data
        doubted = {*said.get("unfinished", ()), *said.get("machine", ())}
        for line in self.sheet.lines:
            if line.name in doubted and line.name in said.get("valid", ()):
                self.add_error(
                    line.column if self.may_write else None,
                    _("Choose: a text that is still valid is neither unfinished nor unchecked."),
                )

    @property
    def _texts(self) -> dict[str, str]:
        """What was sent; a box that was not is none that was emptied."""
        return {
            line.name: self.data[line.column]
            for line in self.sheet.lines
            if line.column in self.data
        }

    @one_act
    def keep(self, *, all_valid: bool) -> tuple[Revision | None, int]:
        """What was saved, and how many texts were confirmed. Raises what the two acts raise.

        One transaction: where one of the acts is refused, the form holds all that was typed.
        """
        said, which = self.cleaned_data, (self.sheet.record.pk, self.sheet.code)
        seen = said["seen"] or 0
        saved, touched = None, {}
        if self.may_write:
            touched = changed(self.sheet.content, self.sheet.code, self._texts)
            marks = {mark: said[mark] for mark in ("unfinished", "machine")}
            saved = translate(*which, self._texts, self.by, seen=seen, **marks)
        left = {*touched, *said["unfinished"], *said["machine"]}
        asked = [line.name for line in self.sheet.lines] if all_valid else said["valid"]
        held = [name for name in self.sheet.confirmable(asked) if name not in left]
        return saved, confirm(*which, self.by, seen=seen, names=held) if held else 0

    def begun_anew(self, sheet: Sheet) -> "TranslationForm":
        """The same, on what there is meanwhile: what was not touched is as others saved it."""
        touched = changed(self.sheet.content, self.sheet.code, self._texts)
        data = self.data.copy()
        data["seen"] = str(sheet.number)
        for line in sheet.lines:
            if line.name not in touched:
                data[line.column] = line.text
        return TranslationForm(sheet, self.by, data)


def _box(sheet: Sheet, line: Line) -> forms.Field:
    box = sheet.kind._meta.get_field(line.column).formfield(required=False)
    box.label, box.widget.attrs["lang"] = line.label, sheet.code
    if isinstance(box.widget, forms.Textarea):
        box.widget.attrs |= {"rows": 14 if line.name in sheet.kind.prose else 5, "cols": None}
    return box
