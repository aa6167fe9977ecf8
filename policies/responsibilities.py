"""Who does what: actor × role × subject, with one sentence in each language."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership, WorkingGroup
from policies.enums import Role
from portal.pages.models import Page
from portal.records.models import PageRecord, Record, RecordQuerySet, State, demanded

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


def exactly_one(names: tuple[str, ...]) -> Q:
    """True of a row in which one of these keys is set and the others are not."""
    return Q(
        *(Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names),
        _connector=Q.OR,
    )


class ResponsibilityQuerySet(RecordQuerySet):
    def for_list(self):
        return super().for_list().select_related("actor", *SUBJECTS)


def subject_key(to: type[models.Model] | str, label) -> models.ForeignKey:
    return models.ForeignKey(
        to,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=label,
    )


class Responsibility(Record):
    """What one actor does for one subject. Shown on the pages of both."""

    headline = "sentence"

    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("actor"),
    )
    role = models.CharField(_("role"), max_length=40, choices=Role)
    sentence = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Goes on from the verb: “coordinates” – “the whole-of-government approach”."),
    )
    page = subject_key(Page, _("page"))
    objective = subject_key("Objective", _("purpose"))
    plan = subject_key("Plan", _("plan"))
    package = subject_key("MeasurePackage", _("measure package"))
    measure = subject_key("Measure", _("measure"))
    instrument = subject_key("Instrument", _("instrument"))
    membership = subject_key(Membership, _("membership"))
    working_group = subject_key(WorkingGroup, _("working group"))
    counterpart = subject_key(Actor, _("another actor"))

    objects = ResponsibilityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            *Record.Meta.constraints,
            *demanded("actor"),
            CheckConstraint(
                condition=Q(state=State.UNPUBLISHED) | exactly_one(SUBJECTS),
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

    def shown_at(self, lang: str) -> str:
        return self.subject.address(lang)
