"""What every translation was made or confirmed against, and who works on which."""

from django.conf import settings
from django.db import models
from django.db.models.constraints import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.history import SHA256


class How(models.TextChoices):
    """How it is known that a translation says what its source says."""

    MADE = "made", _("written")
    CARRIED = "carried", _("carried along by a minor change")
    CONFIRMED = "confirmed", _("confirmed")
    MACHINE = "machine", _("made by a machine")


class Basis(models.Model):
    """This text of a language says what that source text says: their digests, not their words.

    True of the two texts for ever, whatever else is written meanwhile; so nothing here is ever
    switched over, and a text that comes back finds its basis again.
    """

    record = models.UUIDField()
    field = models.CharField(max_length=50)
    language = models.CharField(max_length=10)
    text = models.CharField(**SHA256)
    source = models.CharField(**SHA256)
    how = models.CharField(max_length=10, choices=How, default=How.MADE)
    by = models.ForeignKey(  # who confirmed it; of other rows the revision names its author
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="confirmations"
    )
    given = models.DateTimeField(null=True)  # when it was confirmed, for the desk to tell

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "bases"
        constraints = [
            UniqueConstraint(
                fields=["record", "field", "language", "text", "source"],
                name="a_translation_is_bound_to_a_source_text_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.field} {self.language} {self.how}"


class Assignment(models.Model):
    """Somebody translates a record into a language, until a day if one is named."""

    record = models.UUIDField()
    language = models.CharField(max_length=10)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("translator"),
    )
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            UniqueConstraint(
                fields=["record", "language"], name="one_person_translates_a_text_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.language}"
