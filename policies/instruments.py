"""The texts that guide the policy, adopted in Belgium and beyond."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from policies.date_sentences import OF_INSTRUMENTS
from policies.enums import INSTRUMENTS, OF_THE_UN, InstrumentKind
from portal.records.belonging import Belonging
from portal.records.dates import DateNamesField, PartialDateField
from portal.records.fields import RecordKey
from portal.records.models import PageRecord, RecordQuerySet, sourced
from portal.records.order import in_order


class InstrumentQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("adopted_by")


class Instrument(PageRecord):
    """A text that guides the policy: a framework document, strategy, declaration, convention."""

    path_word = pgettext_lazy("address", "instruments")
    list_title = _("Instruments")
    list_lead = _(
        "Framework documents, strategies, declarations, resolutions, conventions and initiatives."
    )
    group_by = "instrument_kind"
    group_titles = INSTRUMENTS
    filter_word = "kind"
    short_form = "abbreviation"
    loose_texts = (*PageRecord.loose_texts, "abbreviation")
    dates = ("adopted",)
    belongs_with = "adopted_by"
    date_sentences = OF_INSTRUMENTS
    prose = ("body", "chapters")
    search_rank = 2

    instrument_kind = models.CharField(
        _("kind of instrument"), max_length=40, choices=InstrumentKind
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    adopted = PartialDateField(_("adopted"))
    added_dates = DateNamesField(_("dates from outside the founding document"))
    adopted_by = RecordKey(Actor, related_name="adopted_instruments", verbose_name=_("adopted by"))
    relation = models.TextField(_("Belgium's link to it"), blank=True, help_text=_("One sentence."))
    chapters = models.TextField(
        _("chapters"), blank=True, help_text=_("A numbered list: 1. … 2. …")
    )

    objects = InstrumentQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        indexes = in_order("instrument_kind")
        constraints = [*PageRecord.Meta.constraints, sourced("added_dates")]

    @property
    def lasts(self) -> bool:
        """A declaration is made on one day; a strategy or a convention goes on."""
        return self.instrument_kind != InstrumentKind.DECLARATION

    @property
    def belongs_to(self) -> Belonging:
        """Where nobody is recorded to have adopted it, its kind says who adopts such texts."""
        is_theirs = not self.adopted_by and self.instrument_kind in OF_THE_UN
        return Belonging.UNITED_NATIONS if is_theirs else super().belongs_to
