"""Who does what: actor × role × subject, with one sentence in each language."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership, WorkingGroup
from policies.enums import Role
from portal.languages.texts import columns
from portal.pages.models import Page
from portal.records.fields import RecordKey
from portal.records.models import (
    UNSEEN,
    PageRecord,
    Record,
    RecordQuerySet,
    demanded,
    written_first,
)
from portal.records.references import link_columns

SUBJECTS = (
    "page",
    "objective",
    "plan",
    "package",
    "measure",
    "instrument",
    "membership",
    "working_group",
    "counterpart",
)
NAMED = ("actor", *SUBJECTS)
OF_ANY_RECORD = ("changed", "added_reference", "sources")


def exactly_one(names: tuple[str, ...]) -> Q:
    """True of a row in which one of these keys is set and the others are not."""
    return Q(
        *(Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names),
        _connector=Q.OR,
    )


class ResponsibilityQuerySet(RecordQuerySet):
    def for_list(self):
        return super().for_list().with_its_records(*self.own_columns)

    def with_its_records(self, *own: str):
        """These columns, and of the records that it names what is shown of them: they are ten,
        and to read all of each would take longer.
        """
        kinds = {name: self.model._meta.get_field(name).related_model for name in NAMED}
        linked = [column for name, kind in kinds.items() for column in shown_of(kind, f"{name}__")]
        return self.select_related(*NAMED).only(*own, *NAMED, *linked)


def shown_of(kind: type[PageRecord], prefix: str = "") -> list[str]:
    """What a row, a picture and a file show of a record."""
    short = columns(kind.short_form) if kind.short_form else []
    named = [kind.link_field] if kind.link_field else []
    own = ["level", "is_plural"] if kind is Actor else []
    return [f"{prefix}{name}" for name in [*link_columns(), *OF_ANY_RECORD, *short, *named, *own]]


class Responsibility(Record):
    """What one actor does for one subject. Shown on the pages of both."""

    headline = "sentence"
    search_rank = 8

    actor = RecordKey(Actor, related_name="roles", verbose_name=_("actor"))
    role = models.CharField(_("role"), max_length=40, choices=Role)
    sentence = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Goes on from the verb: “coordinates” – “the whole-of-government approach”."),
    )
    page = RecordKey(Page, related_name="responsibilities", verbose_name=_("page"))
    objective = RecordKey("Objective", related_name="responsibilities", verbose_name=_("purpose"))
    plan = RecordKey("Plan", related_name="responsibilities", verbose_name=_("plan"))
    package = RecordKey(
        "MeasurePackage", related_name="responsibilities", verbose_name=_("measure package")
    )
    measure = RecordKey("Measure", related_name="responsibilities", verbose_name=_("measure"))
    instrument = RecordKey(
        "Instrument", related_name="responsibilities", verbose_name=_("instrument")
    )
    membership = RecordKey(
        Membership, related_name="responsibilities", verbose_name=_("membership")
    )
    working_group = RecordKey(
        WorkingGroup, related_name="responsibilities", verbose_name=_("working group")
    )
    counterpart = RecordKey(Actor, related_name="responsibilities", verbose_name=_("another actor"))

    objects = ResponsibilityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            *Record.Meta.constraints,
            *demanded("actor"),
            *written_first("sentence"),
            CheckConstraint(
                condition=UNSEEN | exactly_one(SUBJECTS),
                name="a_responsibility_has_exactly_one_subject",
                violation_error_message=_("Choose exactly one subject."),
            ),
        ]

    @property
    def subject(self) -> PageRecord | None:
        """What the actor does this for."""
        return next((found for name in SUBJECTS if (found := getattr(self, name))), None)

    @property
    def verb(self) -> str:
        return Role(self.role).verb(plural=self.actor.is_plural)

    @property
    def shown_with(self) -> PageRecord:
        return self.subject

    def shown_at(self, lang: str) -> str:
        return self.subject.address(lang)
