"""What was ever written and what was ever public. Rows are only added, in every table."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.constraints import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from portal.publishing.canonical import canonical, digest
from portal.records.append_only import AppendOnly, AppendOnlyQuerySet

SHA256 = {"max_length": 64, "editable": False}
START = "0" * 64  # what the first link of a chain holds on to


class NumberedQuerySet(AppendOnlyQuerySet):
    """Rows that are numbered within their record."""

    def newest(self) -> "NumberedQuerySet":
        """Of each record the last; asked of all rows, whatever these were narrowed to."""
        same = self.model.objects.filter(record=OuterRef("record"))
        return self.filter(~Exists(same.filter(number__gt=OuterRef("number"))))


class Revision(AppendOnly):
    """The whole content of a record as somebody saved it, and nothing but content."""

    removable = "content"

    kind = models.CharField(max_length=50)
    record = models.UUIDField()
    number = models.PositiveIntegerField()
    content = models.TextField(blank=True)  # canonical JSON; empty once removed by law
    digest = models.CharField(**SHA256)
    author = models.ForeignKey(  # none: the founding content
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="revisions"
    )
    saved = models.DateTimeField()

    objects = NumberedQuerySet.as_manager()

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            UniqueConstraint(
                fields=["record", "number"], name="a_record_has_one_revision_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} r{self.number}"


class Link(AppendOnly):
    """A row of a chain: its hash is taken over what it says and over the hash before it."""

    previous = models.CharField(**SHA256)
    sha256 = models.CharField(**SHA256)

    class Meta:
        abstract = True

    def sealed(self) -> dict[str, Any]:
        """What the hash of this link is taken over, apart from the one before."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """The very text that its hash is taken over."""
        return canonical({"previous": self.previous, **self.sealed()})

    @property
    def expected_sha256(self) -> str:
        return digest(self.words)

    def follow(self, before: "Link | None") -> None:
        """Take the place after ``before``; only then does the link have its number and hash."""
        self.number = before.number + 1 if before else 1
        self.previous = before.sha256 if before else START
        self.sha256 = self.expected_sha256


class Version(Link):
    """A revision that became public: numbered, dated, chained to the version before it."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="version")
    record = models.UUIDField()
    number = models.PositiveIntegerField()
    published = models.DateTimeField()
    major = models.BooleanField(default=True)

    objects = NumberedQuerySet.as_manager()

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            UniqueConstraint(
                fields=["record", "number"], name="a_record_has_one_version_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} v{self.number}"

    def sealed(self) -> dict[str, Any]:
        return {
            "record": str(self.record),
            "number": self.number,
            "published": moment(self.published),
            "major": self.major,
            "content": self.revision.digest,
        }


class Act(models.TextChoices):
    """What was done to the public text."""

    PUBLICATION = "publication", _("publication")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    RESTORATION = "restoration", _("restoration")
    REMOVAL = "removal", _("removal by law")


class Entry(Link):
    """One line of the public log: a single chain over the whole site."""

    removable = "notes"

    MAKES_A_VERSION: ClassVar[tuple[str, ...]] = (Act.PUBLICATION, Act.CORRECTION, Act.RESTORATION)

    number = models.PositiveIntegerField(unique=True)
    act = models.CharField(max_length=20, choices=Act)
    time = models.DateTimeField()
    kind = models.CharField(max_length=50)
    record = models.UUIDField(db_index=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="entry")
    successor = models.UUIDField(null=True)
    notes = models.TextField(blank=True)  # canonical JSON {language: note}; empty once removed
    notes_digest = models.CharField(**SHA256)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.record}"

    def sealed(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "act": self.act,
            "time": moment(self.time),
            "kind": self.kind,
            "record": str(self.record),
            "version": self.version.sha256 if self.version else None,
            "successor": str(self.successor) if self.successor else None,
            "notes": self.notes_digest,
        }


def moment(time: datetime) -> str:
    """UTC to the microsecond, so that both databases give back the same words."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")
