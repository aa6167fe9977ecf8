"""The documents behind the policy, and the languages in which each of them exists."""

import hashlib
from pathlib import PurePath

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor, Membership
from policies.enums import DOCUMENTS, DocumentKind, EditionStatus
from portal.languages.names import known_languages
from portal.pages.models import Page
from portal.records.dates import PartialDateField
from portal.records.fields import AddressField, RecordKey, RecordSet, SmallNumber
from portal.records.models import NAMELESS, PageRecord, Record, RecordQuerySet, demanded
from portal.records.order import in_order
from portal.records.references import link_columns


class DocumentQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("publisher")

    def for_list(self):
        publisher = [f"publisher__{name}" for name in link_columns()]
        editions = models.Prefetch("editions", Edition.objects.published().order_by("language"))
        named = super().for_list().select_related("publisher").prefetch_related(editions)
        return named.only(*self.own_columns, *publisher)


class Document(PageRecord):
    """One document about one or more records. One whose file is not known is a record too."""

    path_word = pgettext_lazy("address", "documents")
    list_title = _("Documents")
    list_lead = _("Documents about the policy, with the languages listed for each.")
    group_by = "document_kind"
    group_titles = DOCUMENTS
    filter_word = "kind"
    schema_type = "DigitalDocument"
    dates = ("date",)
    lasts = False
    in_timeline = False

    document_kind = models.CharField(_("kind of document"), max_length=40, choices=DocumentKind)
    publisher = RecordKey(Actor, related_name="documents_published", verbose_name=_("publisher"))
    date = PartialDateField(_("date of the document"))
    plans = RecordSet("Plan", related_name="documents", verbose_name=_("about plans"))
    packages = RecordSet(
        "MeasurePackage", related_name="documents", verbose_name=_("about packages")
    )
    instruments = RecordSet(
        "Instrument", related_name="documents", verbose_name=_("about instruments")
    )
    memberships = RecordSet(
        Membership, related_name="documents", verbose_name=_("about memberships")
    )
    actors = RecordSet(Actor, related_name="documents", verbose_name=_("about actors"))
    pages = RecordSet(Page, related_name="documents", verbose_name=_("about pages"))

    objects = DocumentQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = in_order("document_kind")


def stored_name(edition: "Edition", filename: str) -> str:
    """``<edition>/<clean name>``: nothing of an uploaded name but letters, digits and hyphens."""
    path = PurePath(filename)
    stem = slugify(path.stem)[:80] or "document"
    return f"{edition.uuid}/{stem}{path.suffix.lower()}"


class EditionQuerySet(RecordQuerySet):
    def for_list(self):
        return super().for_list().select_related("document")


class Edition(Record):
    """A document in one language, the site's or any other. Which exist is data, never an error."""

    headline = None

    document = RecordKey(Document, related_name="editions", verbose_name=_("document"))
    language = models.CharField(_("language"), max_length=10, choices=known_languages)
    status = models.CharField(
        _("status"), max_length=20, choices=EditionStatus, default=EditionStatus.UNKNOWN
    )
    file = models.FileField(
        _("file"),
        upload_to=stored_name,
        max_length=200,
        blank=True,
        validators=[FileExtensionValidator(["pdf"])],
        help_text=_("A PDF that we may publish. Leave empty where we only know an address."),
    )
    address = AddressField(
        _("address"), help_text=_("Where the publisher offers it, beginning with https://.")
    )
    pages = SmallNumber(_("number of pages"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            *Record.Meta.constraints,
            *demanded("document"),
            CheckConstraint(
                condition=Q(file="") | Q(address__isnull=True),
                name="an_edition_has_not_both_file_and_address",
                violation_error_code="address",
                violation_error_message=_("Give a file or an address, not both."),
            ),
            UniqueConstraint(
                fields=["document", "language"],
                name="a_document_has_one_edition_in_a_language",
                violation_error_code="language",
                violation_error_message=_("This document already has an edition in this language."),
            ),
        ]

    def __str__(self) -> str:
        if self.is_removed:
            return super().__str__()
        return f"{self.document or NAMELESS} ({self.get_language_display() or '–'})"

    @property
    def file_name(self) -> str:
        return PurePath(self.file.name).name if self.file else ""

    @property
    def href(self) -> str | None:
        """Where a reader gets it: our own copy, the publisher's, or nowhere known."""
        if self.file:
            return reverse("file", args=[self.uuid, self.file_name])
        return self.address

    def settle(self) -> None:
        """Size and checksum are read from a new file, never typed; the same bytes are no news."""
        if not self.file:
            self.size = self.sha256 = None
        elif not self.file._committed:
            digest = hashlib.sha256()
            for chunk in self.file.chunks():
                digest.update(chunk)
            self.sha256, self.size = digest.hexdigest(), self.file.size
            if same := Edition.objects.filter(pk=self.pk, sha256=self.sha256).first():
                self.file = same.file.name

    @property
    def shown_with(self) -> Document:
        return self.document

    def shown_at(self, lang: str) -> str:
        return self.document.address(lang)
