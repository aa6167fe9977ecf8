"""What was decided: purposes, plans, announced measures and instruments."""

from typing import NamedTuple

from django.db import models
from django.db.models import CheckConstraint, F, Prefetch, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from policies.date_sentences import OF_PACKAGES, OF_PLANS
from policies.documents import Document, Edition
from policies.enums import PLANS, PlanKind
from policies.instruments import Instrument
from policies.responsibilities import Responsibility
from portal.records.dates import DateNamesField, PartialDateField
from portal.records.fields import RecordKey, RecordSet, SmallNumber
from portal.records.models import UNSEEN, PageRecord, RecordQuerySet, demanded, sourced
from portal.records.order import in_order
from portal.records.references import link_columns

__all__ = [
    "Document",
    "Edition",
    "Instrument",
    "Measure",
    "MeasurePackage",
    "Objective",
    "Plan",
    "Responsibility",
]


class Objective(PageRecord):
    """One of the purposes that all partners share."""

    path_word = pgettext_lazy("address", "purposes")
    list_title = _("Shared purposes")
    list_lead = _("The purposes that all the institutions involved have in common.")
    search_rank = 2

    class Meta(PageRecord.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")


class PlanQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("succeeded_by")


class Plan(PageRecord):
    """An action plan or strategy: what for, by whom, since when, and whether it still stands."""

    path_word = pgettext_lazy("address", "plans")
    list_title = _("Plans")
    list_lead = _(
        "National plans, plans of Regions and Communities, and plans for one subject or area."
    )
    group_by = "plan_kind"
    group_titles = PLANS
    filter_word = "kind"
    short_form = "short_title"
    loose_texts = (*PageRecord.loose_texts, "short_title")
    dates = ("drawn_up", "revised", "replaced")
    ended_by = "replaced"
    date_sentences = OF_PLANS
    stood = _("This plan therefore stood all through %(year)s.")
    link_field = "replaced"
    search_rank = 1

    plan_kind = models.CharField(_("kind of plan"), max_length=40, choices=PlanKind)
    short_title = models.CharField(
        _("short title"), max_length=60, blank=True, help_text=_("Such as Plan R.")
    )
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("One sentence."))
    drawn_up = PartialDateField(_("drawn up"))
    revised = PartialDateField(_("revised"))
    replaced = PartialDateField(_("replaced"))
    added_dates = DateNamesField(_("dates from outside the founding document"))
    succeeded_by = RecordKey("self", related_name="predecessors", verbose_name=_("succeeded by"))
    owners = RecordSet(Actor, related_name="plans", verbose_name=_("drawn up by"))
    coordinated_with = RecordSet(
        "self",
        symmetrical=False,
        related_name="coordinates",
        verbose_name=_("carried out in coordination with"),
    )
    objectives = RecordSet(Objective, related_name="plans", verbose_name=_("purposes"))

    objects = PlanQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        indexes = in_order("plan_kind")
        constraints = [
            *PageRecord.Meta.constraints,
            sourced("added_dates"),
            CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("uuid")),
                name="a_plan_does_not_succeed_itself",
                violation_error_code="succeeded_by",
                violation_error_message=_("A plan cannot be its own successor."),
            ),
            CheckConstraint(
                condition=Q(replaced__isnull=True)
                | Q(drawn_up__isnull=True)
                | Q(replaced_until__gte=F("drawn_up_from")),
                name="a_plan_is_replaced_after_it_was_drawn_up",
                violation_error_code="replaced",
                violation_error_message=_("The plan was replaced before it was drawn up."),
            ),
            CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | Q(replaced__isnull=False),
                name="a_plan_with_a_successor_says_when_it_was_replaced",
                violation_error_code="replaced",
                violation_error_message=_("Say when the plan was replaced."),
            ),
        ]

    @property
    def is_superseded(self) -> bool:
        return bool(self.replaced)

    @property
    def successor(self) -> "Plan | None":
        return self.succeeded_by


class MeasurePackageQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("announced_by")


class MeasurePackage(PageRecord):
    """Measures announced together, or taken; the record claims no more than its source does."""

    path_word = pgettext_lazy("address", "measure-packages")
    list_title = _("Measure packages")
    list_lead = _("Security measures that were announced or taken together.")
    dates = ("announced", "taken")
    always_dated = False
    lasts = False
    search_rank = 2
    belongs_with = "announced_by"
    date_sentences = OF_PACKAGES

    announced = PartialDateField(_("announced"))
    taken = PartialDateField(
        _("taken"), help_text=_("Only where a source says that the measures were taken.")
    )
    announced_by = RecordKey(Actor, related_name="packages", verbose_name=_("announced by"))
    size = SmallNumber(
        _("number of measures"),
        null=True,
        blank=True,
        help_text=_("As announced, whether or not each is listed here."),
    )

    objects = MeasurePackageQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("measure package")
        verbose_name_plural = _("measure packages")
        constraints = [
            *PageRecord.Meta.constraints,
            CheckConstraint(
                condition=UNSEEN | Q(announced__isnull=False) | Q(taken__isnull=False),
                name="a_published_package_says_when_it_was_announced_or_taken",
                violation_error_code="announced",
                violation_error_message=_("Say when the measures were announced or taken."),
            ),
        ]


def _to_link(name: str, kind: type[PageRecord], public: str) -> Prefetch:
    return Prefetch(name, kind.objects.published().only(*link_columns()), to_attr=public)


class MeasureQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("package")

    def for_list(self):
        shown = (
            "package",  # of few, so that each is read once
            _to_link("led_to_plans", Plan, "public_plans"),
            _to_link("led_to_actors", Actor, "public_actors"),
        )
        ordered = self.order_by("package__position", "package", "position", "pk")
        return ordered.prefetch_related(*shown)


class Measure(PageRecord):
    """One announced measure of a package."""

    path_word = pgettext_lazy("address", "measures")
    list_title = _("Measures")
    list_lead = _(
        "Individual measures, as they were announced. "
        "The page of each package says whether its list is complete."
    )
    group_by = "package"
    search_rank = 3

    package = RecordKey(MeasurePackage, related_name="measures", verbose_name=_("package"))
    number = SmallNumber(
        _("number"),
        null=True,
        blank=True,
        help_text=_("Only where a source confirms it."),
    )
    led_to_plans = RecordSet(
        Plan, related_name="prepared_by", verbose_name=_("plans on the same subject")
    )
    led_to_actors = RecordSet(
        Actor, related_name="prepared_by", verbose_name=_("bodies that it is about")
    )

    objects = MeasureQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = in_order("package")
        constraints = [
            *PageRecord.Meta.constraints,
            *demanded("package"),
            UniqueConstraint(
                fields=["package", "number"],
                name="a_package_uses_a_number_once",
                violation_error_code="number",
                violation_error_message=_("Another measure of this package has this number."),
            ),
        ]

    @property
    def neighbours(self) -> "Neighbours":
        """The published measures just before and just after it in its package."""
        row, here = self.package.measures.published().only("package", *link_columns()), _place(self)
        return Neighbours(
            max((each for each in row if _place(each) < here), key=_place, default=None),
            min((each for each in row if _place(each) > here), key=_place, default=None),
        )


class Neighbours(NamedTuple):
    previous: Measure | None
    next: Measure | None


def _place(measure: Measure) -> tuple:
    return measure.position, measure.pk
