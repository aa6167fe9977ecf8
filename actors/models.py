"""Who: the bodies that act, and where Belgium takes part."""

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.enums import ActorKind, Capacity, Level
from actors.names import NamesField
from portal.records.belonging import Belonging
from portal.records.dates import PartialDateField
from portal.records.fields import AddressField, RecordKey, SmallNumber
from portal.records.models import PageRecord, RecordQuerySet, demanded
from portal.records.order import in_order


class ActorQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("parent")


class Actor(PageRecord):
    """A body with a part in the framework: a service, a council, a level, an organisation."""

    path_word = pgettext_lazy("address", "actors")
    list_title = _("Actors")
    list_lead = _("Who is responsible, at every level, in Belgium and beyond.")
    group_by = "level"
    filter_word = "level"
    link_field = "level"
    schema_type = "GovernmentOrganization"
    short_form = "abbreviation"
    loose_texts = (*PageRecord.loose_texts, "abbreviation", "forms", "website")
    is_agreed = True
    other_forms = "forms"
    explained_in = "summary"
    dates = ("established",)
    always_dated = False
    search_rank = 1
    date_sentences = {"established": _("This body was established %(when)s.")}

    body_kind = models.CharField(_("kind of body"), max_length=40, choices=ActorKind)
    level = models.CharField(_("level"), max_length=40, choices=Level)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_("One a line: other forms of this name that texts use, such as a short one."),
    )
    is_plural = models.BooleanField(
        _("name is plural"),
        default=False,
        help_text=_("Tick for “local task forces”: the page then writes “develop”."),
    )
    further_names = NamesField(
        _("names in further languages"),
        help_text=_("One a line: language | name | abbreviation, such as de | … | KOBA."),
    )
    website = AddressField(_("website"))
    parent = RecordKey("self", related_name="parts", verbose_name=_("part of"))
    established = PartialDateField(_("established"))

    objects = ActorQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        indexes = in_order("level")
        constraints = [
            *PageRecord.Meta.constraints,
            CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("uuid")),
                name="an_actor_is_not_part_of_itself",
                violation_error_code="parent",
                violation_error_message=_("A body cannot be part of itself."),
            ),
        ]

    @property
    def belongs_to(self) -> Belonging:
        if self.level == Level.EUROPEAN:
            return Belonging.EUROPEAN_UNION
        if self.level != Level.INTERNATIONAL:
            return Belonging.BELGIUM
        is_coalition = self.body_kind == ActorKind.COALITION
        return Belonging.COALITION if is_coalition else Belonging.UNITED_NATIONS

    @property
    def names_elsewhere(self) -> list:
        return NamesField.items(self.further_names)


class MembershipQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("organisation", "coordinator")

    def for_list(self):
        return super().for_list().select_related("organisation")


class Membership(PageRecord):
    """Where Belgium takes part, as what, and what it does there."""

    path_word = pgettext_lazy("address", "memberships")
    list_title = _("Memberships")
    list_lead = _("The organisations and coalitions in which Belgium takes part or took part.")
    dates = ("since", "until")
    ended_by = "until"
    search_rank = 2
    belongs_with = "organisation"
    date_sentences = {
        "since": _("Belgium's participation began %(when)s."),
        "until": _("Its participation ended %(when)s."),
    }
    stood = _("Belgium therefore took part all through %(year)s.")

    organisation = RecordKey(Actor, related_name="memberships", verbose_name=_("organisation"))
    capacity = models.CharField(_("capacity"), max_length=40, choices=Capacity)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))
    coordinator = RecordKey(
        Actor, related_name="coordinated_memberships", verbose_name=_("coordinated by")
    )
    working_group_count = SmallNumber(
        _("number of working groups"),
        null=True,
        blank=True,
        help_text=_("As the source counts them, whether or not each is named here."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *PageRecord.Meta.constraints,
            *demanded("organisation"),
            CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until_until__gte=F("since_from")),
                name="a_membership_ends_after_it_starts",
                violation_error_code="until",
                violation_error_message=_("The end comes before the start."),
            ),
        ]


class WorkingGroupQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("membership__organisation")

    def for_list(self):
        return super().for_list().select_related("membership")


class WorkingGroup(PageRecord):
    """A working group within a membership, and Belgium's contribution to it."""

    path_word = pgettext_lazy("address", "working-groups")
    list_title = _("Working groups")
    list_lead = _(
        "The working groups of international coalitions in which Belgium is or was engaged."
    )
    search_rank = 4

    membership = RecordKey(Membership, related_name="working_groups", verbose_name=_("membership"))

    objects = WorkingGroupQuerySet.as_manager()

    class Meta(PageRecord.Meta):
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        constraints = [*PageRecord.Meta.constraints, *demanded("membership")]
