"""What every fact has in common: identity, state, language, dates and sources."""

import re
import uuid as uuids
from functools import cache
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint, CheckConstraint
from django.urls import reverse
from django.utils import translation
from django.utils.choices import CallableChoiceIterator
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.languages.alternates import route_in
from portal.languages.names import site_languages
from portal.languages.texts import (
    active,
    codes,
    column,
    language_columns,
    languages_with,
    text,
    translated_names,
)
from portal.records.doors import READABLE, UNSEEN, RecordQuerySet, State
from portal.records.fields import SmallNumber
from portal.records.reads import note_rows
from portal.records.sources import Source, SourcesField
from portal.records.text import normalise

NAMELESS = _("(no title yet)")


def demanded(*names: str) -> list[BaseConstraint]:
    """A public row has these; a draft may lack them. The error is shown at the field."""
    return [
        CheckConstraint(
            condition=UNSEEN | Q(**{f"{name}__isnull": False}),
            name=f"%(app_label)s_%(class)s_published_has_{name}",
            violation_error_code=name,
            violation_error_message=_("Fill this in: a published record must have it."),
        )
        for name in names
    ]


def written_first(*names: str) -> list[BaseConstraint]:
    """A public row has these texts in its source language; one removed by law has none."""
    return [
        CheckConstraint(
            condition=Q(state=State.UNPUBLISHED)
            | ~Q(source_language=code)
            | Q(**{f"{column(name, code)}__isnull": False}),
            name=f"%(app_label)s_%(class)s_published_from_{code}_has_{name}",
            violation_error_code=column(name, code),
            violation_error_message=_(
                "Fill this in: it is the language in which this record is written first."
            ),
        )
        for code in codes()
        for name in names
    ]


def sourced(name: str) -> BaseConstraint:
    """A public row that takes something from elsewhere names its source, to which readers go."""
    return CheckConstraint(
        condition=Q(state=State.UNPUBLISHED)
        | Q(**{f"{name}__isnull": True})
        | Q(sources__isnull=False),
        name=f"%(app_label)s_%(class)s_with_{name}_names_its_source",
        violation_error_code="sources",
        violation_error_message=_("An added reference names at least one source."),
    )


@cache
def _labels(field: models.Field) -> dict:
    return dict(field.flatchoices)


class Record(models.Model):
    """A fact of the framework. Flat: columns, foreign keys, many-to-many sets, no children.

    The row is what the public sees. It is written by ``portal.publishing.publish`` alone.
    """

    headline: ClassVar[str | None] = "title"  # the text that makes a language exist
    short_form: ClassVar[str | None] = None  # the text that abbreviates the headline
    prose: ClassVar[tuple[str, ...]] = ()  # the translated fields that hold Markdown
    loose_texts: ClassVar[tuple[str, ...]] = ()  # each language has its own, or none
    is_agreed: ClassVar[bool] = False  # its headline is what every text calls this thing
    other_forms: ClassVar[str | None] = None  # the text with its inflections, one a line
    avoided_forms: ClassVar[str | None] = None  # the text with what no text calls it, one a line
    explained_in: ClassVar[str | None] = None  # the text that says what it is
    search_rank: ClassVar[int] = 5  # of what search finds alike the lowest comes first
    names_elsewhere: ClassVar[list] = []  # what it is called in languages that the site has not
    always_stands: ClassVar[bool] = False  # the site lacks something without it
    proposed_sets: ClassVar[dict] = {}  # many-to-many sets on their way through publish()

    uuid = models.UUIDField(primary_key=True, default=uuids.uuid4, editable=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=State,
        default=State.UNPUBLISHED,
        editable=False,
        db_index=True,
    )
    source_language = models.CharField(
        _("source language"),
        max_length=10,
        choices=site_languages,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which this text is written first; the others follow it."),
    )
    position = SmallNumber(
        _("position"),
        default=0,
        help_text=_("Lists show low numbers first."),
    )
    added_reference = models.BooleanField(
        _("added reference"),
        default=False,
        help_text=_(
            "Tick when this does not come from the founding document. Readers see the mark, "
            "and at least one source is required."
        ),
    )
    sources = SourcesField(
        _("sources"),
        help_text=_(
            "One a line: title | https://address | language | day checked. Leave the address "
            "empty to name a source without a link."
        ),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("Staff only: the day by which someone checks that this still holds."),
    )
    changed = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True, editable=False)

    unreviewed = models.BooleanField(  # published urgently; readers are told in one line
        _("unreviewed"), default=False, editable=False
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(state=State.UNPUBLISHED)
                | Q(added_reference=False)
                | Q(sources__isnull=False),
                name="%(app_label)s_%(class)s_added_reference_names_its_source",
                violation_error_code="sources",
                violation_error_message=_("An added reference names at least one source."),
            ),
        ]

    def __str__(self) -> str:
        """Never empty: what has no name yet, or none any more, says so."""
        if self.is_removed:
            return gettext("(removed by law)")
        return str(text(self, self.headline) or NAMELESS) if self.headline else str(self.uuid)

    def save(self, *args, **kwargs) -> None:
        """Normalise every text; leave the suffixless columns in the default language.

        modeltranslation fills those from whatever language is active, so that without this
        the same save would store something else under another reader.
        """
        self.normalise_texts()
        with translation.override(settings.LANGUAGE_CODE):
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises ProtectedError for a record that was ever public, whatever this instance says."""
        return type(self).objects.filter(pk=self.pk).delete()

    def normalise_texts(self) -> None:
        """Raises ValidationError for a character that cannot be stored.

        The suffixless columns are let alone: whoever sets one writes into the active language.
        """
        suffixless, translated = translated_names(type(self)), language_columns(type(self))
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)  # generated columns are not loaded yet
            if field.name in suffixless or type(value) is not str:
                continue
            if field.name in translated or field.null:
                setattr(self, field.attname, normalise(value))

    @classmethod
    def from_db(cls, db, field_names, values) -> "Record":
        loaded = super().from_db(db, field_names, values)
        note_rows(cls, loaded.pk)
        return loaded

    def _get_FIELD_display(self, field: models.Field) -> str | None:  # noqa: N802 - Django's name
        """Django makes the table of a field's choices anew whenever one of them is shown."""
        if isinstance(field.choices, CallableChoiceIterator):  # they may say something else
            return super()._get_FIELD_display(field)
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)

    @classmethod
    def kind(cls) -> str:
        """``measure-package``: the kind's name in data, hooks and the ledger of addresses."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    def languages(self) -> list[str]:
        return languages_with(self, self.headline) if self.headline else []

    @property
    def is_missing_here(self) -> bool:
        return bool(self.headline) and active() not in self.languages

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED

    @property
    def is_closed(self) -> bool:
        """Whether nobody writes it any further, unless it comes back first."""
        return self.is_withdrawn or self.is_removed

    @property
    def permanent(self) -> str:
        """The address that outlives every title and language."""
        return reverse("permanent", args=[self.uuid])

    @property
    def source_list(self) -> list[Source]:
        return SourcesField.items(self.sources)

    def settle(self) -> None:
        """Compute what follows from the content, just before it is validated and published."""

    @property
    def shown_with(self) -> "Record":
        """The record on whose page this one is read."""
        return self

    def history_at(self, lang: str) -> str:
        """Where a reader of ``lang`` finds what this record said before."""
        return route_in("entry-versions", lang, uuid=self.uuid)

    @property
    def history(self) -> str:
        return self.history_at(active())

    def shown_at(self, lang: str) -> str:
        """Where a reader of ``lang`` finds this record."""
        raise NotImplementedError(f"{type(self).__name__} says where it is shown.")
