"""A release: drafts of one or several records that become public together, and their review."""

import uuid as uuids

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.constraints import UniqueConstraint
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publishing.models.history import Act, Entry, Revision
from portal.records.kinds import kind_named
from portal.records.models import Record


class Stage(models.TextChoices):
    """Where a release stands. Approved is not a stage: whether all of it is, is computed."""

    REVIEW = "review", _("in review")
    SCHEDULED = "scheduled", pgettext_lazy("release", "scheduled")
    PUBLISHED = "published", pgettext_lazy("release", "published")
    FAILED = "failed", pgettext_lazy("release", "not published when due")
    REJECTED = "rejected", pgettext_lazy("release", "sent back")
    TAKEN_BACK = "taken-back", pgettext_lazy("release", "taken back")


CHOSEN_ACTS = (Act.PUBLICATION, Act.CORRECTION)  # the others have releases of their own making
OPEN = (Stage.REVIEW, Stage.SCHEDULED, Stage.FAILED)


class Release(models.Model):
    """Published in one transaction, at one time, with one note a language."""

    uuid = models.UUIDField(primary_key=True, default=uuids.uuid4, editable=False)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.REVIEW)
    act = models.CharField(_("act"), max_length=20, choices=Act, default=Act.PUBLICATION)
    major = models.BooleanField(
        _("major change"),
        default=True,
        help_text=_("Readers are told what changed, and translations have to follow."),
    )
    note = models.CharField(
        _("note for readers"),
        max_length=300,
        blank=True,
        help_text=_("What changed and why, in one sentence."),
    )
    note_writers = models.ManyToManyField(  # whoever ever wrote of it: a public text like any
        settings.AUTH_USER_MODEL, related_name="noted_releases"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="releases",
        verbose_name=_("submitted by"),
    )
    submitted = models.DateTimeField(_("submitted"))
    due = models.DateTimeField(_("to be published"), null=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="scheduled_releases",
        verbose_name=_("scheduled by"),
    )
    failure = models.TextField(_("failure"), blank=True)  # why it was not published when due
    urgent = models.TextField(_("reason for the urgency"), blank=True)
    is_unreviewed = models.BooleanField(_("unreviewed"), default=False)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("undoes")
    )
    successor = models.UUIDField(null=True)  # of what is withdrawn
    preview_key = models.CharField(max_length=32, blank=True)  # empty: no link works
    remark = models.TextField(_("remark"), blank=True)  # why it was rejected
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="closed_releases",
        verbose_name=_("closed by"),
    )
    closed = models.DateTimeField(_("closed"), null=True)

    class Meta:
        ordering = ["-submitted"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    @property
    def title(self) -> str:
        """With what is done to them, where that is more than a new text."""
        return str(self) if self.is_of_drafts else f"{capfirst(self.get_act_display())}: {self}"

    @cached_property
    def name(self) -> str:
        """What its records are called; ``naming`` knows it of many at once."""
        return ", ".join(str(item.record) for item in self.items.all())

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def is_of_drafts(self) -> bool:
        """Its drafts were chosen, so one more may come in and one be left out."""
        return self.act in CHOSEN_ACTS

    @property
    def can_be_undone(self) -> bool:
        return self.stage == Stage.PUBLISHED and self.act in Entry.MAKES_A_VERSION

    @property
    def awaits_review(self) -> bool:
        """Also after an urgent publication, until a second person has closed it."""
        return self.is_open or self.is_unreviewed


class Item(models.Model):
    """One draft of a release. A record is in one open release at most."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="items")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="items")
    record_uuid = models.UUIDField()
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["record_uuid"],
                condition=Q(is_open=True),
                name="a_record_is_in_one_open_release_at_most",
            )
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def kind(self) -> type[Record]:
        return kind_named(self.revision.kind)

    @property
    def kind_label(self) -> str:
        return str(self.kind._meta.verbose_name)

    @cached_property
    def record(self) -> Record:
        """The row, as it stands."""
        return self.kind.objects.get(pk=self.record_uuid)


class Approval(models.Model):
    """Somebody vouches for a part of a draft; bound to what that part said."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="approvals")
    record_uuid = models.UUIDField()
    part = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    given = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_uuid} {self.part}"


class Run(models.Model):
    """When something that has to happen again and again last happened."""

    SCHEDULE = "schedule"

    name = models.CharField(max_length=20, primary_key=True)
    time = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.time}"
