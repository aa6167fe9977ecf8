"""From content files to proposed records: every name resolved, every fault told."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, Field, FileField, IntegerField

from portal.content.files import Entry, unwrap
from portal.languages.texts import codes, set_texts, translated_names
from portal.publishing.content import content_fields, set_fields
from portal.records.kinds import kind_named, kinds
from portal.records.lines import LinesField
from portal.records.models import Record
from portal.records.text import normalise


class Framework:
    """The founding content as records that are proposed, none of them saved."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.records: dict[str, Record] = {}
        self._open_all()
        for entry in self.entries:
            if entry.name in self.records:
                self._fill(entry, self.records[entry.name])

    @property
    def faults(self) -> list:
        return [fault for entry in self.entries for fault in entry.faults]

    def entry_of(self, record: Record) -> Entry:
        return next(entry for entry in self.entries if entry.uuid == record.pk)

    def _open_all(self) -> None:
        """Give every file its empty record first, so that files may refer to each other."""
        known = {kind.kind() for kind in kinds()}
        uses = Counter(entry.uuid for entry in self.entries)
        for entry in self.entries:
            if entry.faults:
                continue
            if entry.kind not in known:
                entry.fault("", f"There is no kind “{entry.kind}”: move the file.")
            elif entry.uuid is None:
                entry.fault("uuid", "Every file needs a uuid of its own: make one (uuid4).")
            elif uses[entry.uuid] > 1:
                entry.fault("uuid", "Another file has this uuid. Give this one its own.")
            else:
                self.records[entry.name] = kind_named(entry.kind)(pk=entry.uuid)

    def _fill(self, entry: Entry, record: Record) -> None:
        columns = {field.name: field for field in content_fields(type(record))}
        sets = {field.name: field for field in set_fields(type(record))}
        texts = set(translated_names(record))
        record.proposed_sets = {name: [] for name in sets}
        for key, value in entry.data.items():
            if key in texts:
                self._text(entry, record, key, value)
            elif key in sets:
                record.proposed_sets[key] = self._references(entry, sets[key], value)
            elif key in columns:
                self._fact(entry, record, columns[key], value)
            elif key != "uuid":
                entry.fault(key, f"A {entry.kind} has no such key. Check its spelling.")

    def _text(self, entry: Entry, record: Record, name: str, value: Any) -> None:
        if not isinstance(value, dict):
            entry.fault(name, f"A text is a table: [{name}] with one line a language below it.")
            return
        for code, words in value.items():
            if code in codes():
                self._words_in(entry, record, name, code, words)
            else:
                sentence = f"“{code}” is no language of the site. Facts stand above all tables."
                entry.fault(f"{name}.{code}", sentence)

    def _words_in(self, entry: Entry, record: Record, name: str, code: str, words: Any) -> None:
        try:
            text = normalise(_words(words))
        except ValidationError as error:
            entry.fault(f"{name}.{code}", " ".join(error.messages))
        else:
            set_texts(record, name, {code: text})
            if text is None:
                entry.fault(f"{name}.{code}", "Write a text, or leave the line out.")

    def _fact(self, entry: Entry, record: Record, field: Field, value: Any) -> None:
        is_list = isinstance(field, LinesField)
        if field.is_relation:
            found = self._references(entry, field, [value])
            setattr(record, field.name, found[0] if found else None)
        elif isinstance(field, FileField):
            entry.fault(field.name, "Files are added at the desk, not in a content file.")
        elif isinstance(value, list) != is_list or (is_list and not _all_text(value)):
            entry.fault(field.name, "Write a list of lines here, and a single value elsewhere.")
        else:
            self._value(entry, record, field, "\n".join(value) if is_list else value)

    def _value(self, entry: Entry, record: Record, field: Field, value: Any) -> None:
        if _is_another_kind(field, value):
            entry.fault(field.name, "This is not a value of its kind: a text stands in quotes.")
            return
        try:
            plain = normalise(value) if isinstance(value, str) else value
            setattr(record, field.name, field.to_python(plain))
        except ValidationError as error:
            entry.fault(field.name, " ".join(error.messages))

    def _references(self, entry: Entry, field: Field, names: Any) -> list[Record]:
        if not isinstance(names, list) or not _all_text(names):
            entry.fault(field.name, 'Write a name, or a list of names, such as ["actor/cuta"].')
            return []
        found = []
        for name in names:
            target = self.records.get(name)
            if target is None:
                entry.fault(field.name, f"There is no file “{name}.toml” without a fault.")
            elif not isinstance(target, field.related_model):
                kind = field.related_model.kind()
                entry.fault(field.name, f"“{name}” is of another kind: name a {kind}.")
            else:
                found.append(target)
        return found


def _is_another_kind(field: Field, value: Any) -> bool:
    """TOML knows kinds of value that Django would bend into shape in silence."""
    if isinstance(field, BooleanField):
        return not isinstance(value, bool)
    if isinstance(field, IntegerField):
        return type(value) is not int
    if isinstance(field, DateField):
        return type(value) is not date
    return not isinstance(value, str)


def _all_text(values: list) -> bool:
    return all(isinstance(value, str) for value in values)


def _words(value: Any) -> str | None:
    """A text in paragraphs, or a list of short lines."""
    if isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return unwrap(value) if isinstance(value, str) else None
