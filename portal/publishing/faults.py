"""What stands between a record and the public: found in full, each at its field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import (
    codes,
    column,
    in_language,
    language_columns,
    languages_with,
    translated_names,
)
from portal.publishing import signals
from portal.publishing.content import members, set_fields
from portal.publishing.reading import label_of
from portal.records.addresses import conflicts, hidden
from portal.records.models import PageRecord, Record, State
from portal.records.prose import linked_uuids, validate_prose
from portal.records.references import addresses_of


@dataclass(frozen=True)
class Fault:
    """One thing to put right: where, and what to do."""

    record: Record
    field: str | None  # a column or set; None where the fault is not at one place
    message: str

    @property
    def label(self) -> str:
        return label_of(type(self.record), self.field)

    def __str__(self) -> str:
        place = f"{self.field}: " if self.field else ""
        return f"{self.record.kind()} “{self.record}”: {place}{self.message}"


class Objection(str):
    """A sentence that says what stands in the way of a release; ``address``: where it is mended."""

    address: str

    def __new__(cls, sentence: str, address: str) -> "Objection":
        objection = super().__new__(cls, sentence)
        objection.address = address
        return objection


class PublicationRefused(Exception):
    """Nothing was published; ``faults`` says everything that has to be put right first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def faults_in(record: Record, together: Iterable[Record] = ()) -> list[Fault]:
    """Everything that keeps ``record`` from being published with the others in ``together``."""
    together = {other.pk for other in together} | {record.pk}
    rules = (
        _incomplete,
        _half_translated,
        _bad_prose,
        lambda record: _dangling(record, together),
        lambda record: taken_addresses([record]),
    )
    found: list[Fault] = []
    for rule in rules:
        said = {fault.field for fault in found}
        found += [fault for fault in rule(record) if fault.field not in said]
    return found


def remarks_on(records: list[Record]) -> list[Fault]:
    """What others have to say about these texts, and what keeps none of them back."""
    answers = signals.looked_at.send(sender=Record, records=records)
    return [remark for _receiver, found in answers for remark in found]


def removed(record: Record) -> list[Fault]:
    if record.is_removed:
        return [Fault(record, None, _("This record was removed by law; it can no longer change."))]
    return []


def withdrawn(record: Record) -> list[Fault]:
    if record.is_withdrawn:
        return [Fault(record, None, _("This record was withdrawn; it can no longer change."))]
    return []


def _incomplete(record: Record) -> list[Fault]:
    """What fields and constraints say. Base columns are never asked: they follow the reader."""
    base = translated_names(record)
    state, record.state = record.state, State.PUBLISHED  # what is asked is: may it be public?
    keys = [field.name for field in record._meta.fields if field.is_relation]  # see _dangling
    steps = (
        lambda failed: record.clean_fields(exclude=[*base, *keys]),
        lambda failed: record.clean(),
        lambda failed: record.validate_unique(exclude=[*base, *failed]),
        lambda failed: _validate_constraints(record, base, failed),
    )
    found: list[Fault] = []
    for step in steps:
        found += _faults_of_step(record, partial(step, {fault.field for fault in found}))
    record.state = state
    return found


def _validate_constraints(record: Record, base: Iterable[str], failed: set[str]) -> None:
    """Each by itself, for each has its sentence; but first all together, which costs one query."""
    if failed or not _all_hold(record):
        record.validate_constraints(exclude=[*base, *failed])


def _all_hold(record: Record) -> bool:
    kind = type(record)
    together, not_asked = _together(kind)
    others = [each for each in kind._meta.constraints if not isinstance(each, CheckConstraint)]
    try:
        together.validate(kind, record, exclude=not_asked)
        for each in others:
            each.validate(kind, record)
    except ValidationError:
        return False
    return True


@cache
def _together(kind: type[Record]) -> tuple[CheckConstraint, set[str]]:
    """All that rows of a kind are checked for, and the columns of which none of it speaks: to ask
    with all of them takes twice as long.
    """
    checks = [each for each in kind._meta.constraints if isinstance(each, CheckConstraint)]
    condition = Q(*(each.condition for each in checks))
    columns = {field.name for field in kind._meta.concrete_fields}
    together = CheckConstraint(condition=condition, name="together")
    return together, columns - condition.referenced_base_fields


def _faults_of_step(record: Record, step: Callable[[], None]) -> list[Fault]:
    try:
        step()
    except ValidationError as errors:
        return [
            Fault(record, _place(record, name, error), message)
            for name, found in errors.update_error_dict({}).items()
            for error in found
            for message in _messages(error)
        ]
    return []


def _messages(error: ValidationError) -> list[str]:
    """Django tells of columns (“cannot be null”), which says nothing to a writer."""
    return [_("Fill this in.")] if error.code in ("null", "blank") else error.messages


def _place(record: Record, name: str, error: ValidationError) -> str | None:
    """Constraints of ours carry the field they speak of as their code."""
    if name != NON_FIELD_ERRORS:
        return name
    names = {field.name for field in record._meta.get_fields()}
    return error.code if error.code in names else None


def _half_translated(record: Record) -> list[Fault]:
    """A language is whole or absent: no page changes its language halfway down."""
    names = [name for name in translated_names(record) if name not in record.loose_texts]
    in_use = [name for name in names if languages_with(record, name)]
    message = _("Missing in %(language)s, where other texts of this record exist.")
    return [
        Fault(record, column(name, code), message % {"language": name_of(code)})
        for code in codes()
        if any(in_language(record, name, code) for name in translated_names(record))
        for name in in_use
        if not in_language(record, name, code)
    ]


def _bad_prose(record: Record) -> list[Fault]:
    faults = []
    for field, (name, _code) in language_columns(type(record)).items():
        if name in record.prose:
            try:
                validate_prose(getattr(record, field) or "")
            except ValidationError as error:
                faults += [Fault(record, field, message) for message in error.messages]
    return faults


def _dangling(record: Record, together: set) -> list[Fault]:
    """A public page leads to public pages only."""
    return [
        Fault(record, name, message)
        for name, target in _targets(record)
        if (message := _objection_to(target, record, together))
    ] + _dangling_links(record, together)


def _objection_to(target: Record, record: Record, together: set) -> str:
    if target.pk == record.pk:
        return _("A record cannot name itself here.")
    if target.is_withdrawn:
        return _("“%(name)s” was withdrawn. Take it out, or choose what replaces it.") % {
            "name": target
        }
    if target.is_removed:
        return _("“%(name)s” was removed by law. Take it out.") % {"name": target}
    if target.pk in together or target.is_readable:
        return ""
    return _("“%(name)s” is not published. Publish it first, or together with this record.") % {
        "name": target
    }


def _targets(record: Record) -> list[tuple[str, Record]]:
    keys = [field.name for field in record._meta.fields if field.is_relation]
    targets = [(name, target) for name in keys if (target := getattr(record, name))]
    return targets + [
        (field.name, target)
        for field in set_fields(type(record))
        for target in members(record, field.name)
    ]


def _dangling_links(record: Record, together: set) -> list[Fault]:
    linked = {
        (field, uuid)
        for field, (name, _code) in language_columns(type(record)).items()
        if name in record.prose
        for uuid in linked_uuids(getattr(record, field))
        if uuid not in together
    }
    known = (
        addresses_of({uuid for _field, uuid in linked}, record.source_language) if linked else {}
    )
    message = _("The link to /id/%(uuid)s/ leads to no published record.")
    return [
        Fault(record, field, message % {"uuid": uuid})
        for field, uuid in sorted(linked, key=str)
        if uuid not in known
    ]


def taken_addresses(records: Iterable[Record]) -> list[Fault]:
    """Addresses that belong to another record, a list, or two of these records at once."""
    pages = [
        record
        for record in records
        if isinstance(record, PageRecord) and record.slug_in(record.source_language)
    ]
    message = _("This address belongs, or once belonged, to another page. Choose another.")
    taken = [*conflicts(pages), *((record, code) for record in pages for code in hidden(record))]
    places = dict.fromkeys((record, _slug_column(record, code)) for record, code in taken)
    return [Fault(record, place, message) for record, place in places]


def _slug_column(record: PageRecord, code: str) -> str:
    return column("slug", code if in_language(record, "slug", code) else record.source_language)
