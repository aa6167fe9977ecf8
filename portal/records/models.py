"""The two abstract bases of every fact, and the ledger of their addresses."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models.constraints import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from portal.languages.alternates import Alternate, route_in
from portal.languages.texts import Text, active, codes, column, in_language, text
from portal.records.append_only import AppendOnly
from portal.records.belonging import Belonging
from portal.records.dates import Dated
from portal.records.order import NAME_KEY, NameKey, in_order
from portal.records.record import (
    NAMELESS,
    READABLE,
    UNSEEN,
    Record,
    RecordQuerySet,
    State,
    demanded,
    sourced,
    written_first,
)

__all__ = [
    "NAMELESS",
    "READABLE",
    "UNSEEN",
    "Address",
    "PageRecord",
    "Record",
    "RecordQuerySet",
    "State",
    "demanded",
    "sourced",
    "written_first",
]


class PageRecord(Record):
    """A record with a page: title, slug, summary, body, and one address in every language."""

    path_word: ClassVar[str]  # the first part of its address, lazily translated
    list_title: ClassVar[str]
    list_lead: ClassVar[str] = ""
    group_by: ClassVar[str | None] = None  # a choice or a key whose values divide the list
    filter_word: ClassVar[str | None] = None  # what the address calls the choice of a group
    group_titles: ClassVar[dict] = {}  # what a group is called where the choice is singular
    dates: ClassVar[tuple[str, ...]] = ()  # its dates as its life ran
    always_dated: ClassVar[bool] = True  # whether readers are told that the first is not known
    ended_by: ClassVar[str | None] = None  # the date after which it no longer stands
    belongs_with: ClassVar[str | None] = None  # the key to the record whose side is also its own
    in_timeline: ClassVar[bool] = True  # whether it is part of the framework, not a paper about it
    date_sentences: ClassVar[dict[str, str]] = {}  # what each date says, with ``%(when)s``
    stood: ClassVar[str | None] = None  # that it stood all through a ``%(year)s``
    added_dates: str | None = None  # a kind whose dates may come from elsewhere has a column
    link_field: ClassVar[str | None] = None  # a column that a link needs beside title and slug
    schema_type: ClassVar[str] = "WebPage"  # schema.org
    prose = ("body",)
    loose_texts = ("also",)

    title = models.CharField(_("title"), max_length=200, blank=True)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        db_index=False,
        help_text=_(
            "Part of the page's address. Changing it leaves a redirect for ever; the old one "
            "can never be given to another page."
        ),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("One to three sentences: what, who, since when, is it still so."),
    )
    body = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Paragraphs apart by an empty line; - for a list; *emphasis*; "
            "[words](https://address) or [words](/id/…/) for a link."
        ),
    )
    also = models.TextField(
        _("readers' words"),
        blank=True,
        help_text=_("One a line: words by which readers look for this and that its texts lack."),
    )

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            *(
                UniqueConstraint(
                    fields=[column("slug", code)],
                    name=f"%(app_label)s_%(class)s_slug_{code}_is_unique",
                    violation_error_code=column("slug", code),
                    violation_error_message=_("Another page has this address. Choose another."),
                )
                for code in codes()
            ),
            *written_first("title", "slug", "summary"),
        ]
        indexes = in_order()

    def get_absolute_url(self) -> str:
        return self.address()

    def slug_in(self, lang: str) -> str:
        """The record's slug in a language, or the one it borrows from its source language."""
        return in_language(self, "slug", lang) or in_language(self, "slug", self.source_language)

    def route(self, lang: str) -> tuple[str, dict]:
        return self.kind(), {"slug": self.slug_in(lang)}

    def address(self, lang: str | None = None) -> str:
        """Its one address in a language, whether or not there is a text in it."""
        lang = lang or active()
        name, kwargs = self.route(lang)
        return route_in(name, lang, **kwargs)

    def history_at(self, lang: str) -> str:
        return f"{self.address(lang)}versions/"

    def shown_at(self, lang: str) -> str:
        return self.address(lang)

    @cached_property
    def alternates(self) -> list[Alternate]:
        here = self.languages
        return [Alternate(code, self.address(code), code not in here) for code in codes()]

    @property
    def is_superseded(self) -> bool:
        """Whether something else stands in its place: no list may show it as if it still stood."""
        return False

    @property
    def successor(self) -> "PageRecord | None":
        """What came in its place."""
        return None

    @property
    def lasts(self) -> bool:
        """Whether it goes on after its first date, or happened then and no longer."""
        return True

    @property
    def belongs_to(self) -> Belonging:
        """To whom, by the record's own data; what does not say is Belgium's."""
        leader = getattr(self, self.belongs_with) if self.belongs_with else None
        return leader.belongs_to if leader else Belonging.BELGIUM

    @property
    def dated(self) -> list[Dated]:
        """Its dates, each with its label; an unknown one is told only where it is expected."""
        added = (self.added_dates or "").splitlines()
        return [
            Dated(
                name,
                label=self._meta.get_field(name).verbose_name,
                value=value,
                is_added=self.added_reference or name in added,
                is_end=name == self.ended_by,
            )
            for name in self.dates
            if (value := getattr(self, name)) or (self.always_dated and name == self.dates[0])
        ]

    def settle(self) -> None:
        """Dates from elsewhere are named in the order of the kind's dates, as ticked boxes are."""
        named = (self.added_dates or "").splitlines()
        if named and set(named) <= set(self.dates):
            self.added_dates = "\n".join(name for name in self.dates if name in named)

    @property
    def other_titles(self) -> list[Text]:
        """Its names in the site's other languages, where they differ from the one shown."""
        shown = text(self, "title")
        others = (text(self, "title", code) for code in self.languages if code != shown.lang)
        return [other for other in others if other != shown]


for code in codes():
    PageRecord.add_to_class(column(NAME_KEY, code), NameKey(code))


class Address(AppendOnly):
    """The ledger: every address that a record has or ever had. Rows are only added."""

    kind = models.CharField(max_length=50)
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=100, db_index=False)
    record = models.UUIDField(db_index=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["kind", "language", "slug"],
                name="an_address_leads_to_one_record_for_ever",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.kind}/{self.slug}"
