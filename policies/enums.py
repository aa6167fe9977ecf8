"""The vocabulary of what: kinds of plan, instrument and document, and the roles of actors."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy


class PlanKind(TextChoices):
    NATIONAL = "national", _("National plan")
    REGIONAL = "regional", _("Plan of a Region or Community")
    THEMATIC = "thematic", _("Plan on one subject")
    LOCAL = "local", _("Plan for one area")


class InstrumentKind(TextChoices):
    FRAMEWORK = "framework", _("Framework document")
    STRATEGY = "strategy", _("Strategy")
    DECLARATION = "declaration", _("Declaration")
    RESOLUTIONS = "resolutions", _("Resolutions")
    CONVENTIONS = "conventions", _("Conventions")
    INITIATIVE = "initiative", _("United Nations initiative")


# What the United Nations adopt, where no record says who did.
OF_THE_UN = (InstrumentKind.RESOLUTIONS, InstrumentKind.CONVENTIONS, InstrumentKind.INITIATIVE)


class DocumentKind(TextChoices):
    SUMMARY = "summary", _("Summary")
    FULL_TEXT = "full-text", _("Full text")
    WEB_PAGE = "web-page", _("Web page")
    ANNOUNCEMENT = "announcement", _("Announcement")
    LEGAL_ACT = "legal-act", _("Legal act")


# What a list calls each group: the choices above name one of its members.
PLANS = {
    PlanKind.NATIONAL: _("National plans"),
    PlanKind.REGIONAL: _("Plans of the Regions and Communities"),
    PlanKind.THEMATIC: _("Plans on one subject"),
    PlanKind.LOCAL: _("Plans for one area"),
}
INSTRUMENTS = {
    InstrumentKind.FRAMEWORK: _("Framework documents"),
    InstrumentKind.STRATEGY: _("Strategies"),
    InstrumentKind.DECLARATION: _("Declarations"),
    InstrumentKind.INITIATIVE: _("United Nations initiatives"),
}
DOCUMENTS = {
    DocumentKind.SUMMARY: _("Summaries"),
    DocumentKind.FULL_TEXT: _("Full texts"),
    DocumentKind.WEB_PAGE: _("Web pages"),
    DocumentKind.ANNOUNCEMENT: _("Announcements"),
    DocumentKind.LEGAL_ACT: _("Legal acts"),
}


class EditionStatus(TextChoices):
    OFFICIAL = "official", _("official version")
    COURTESY = "courtesy", _("courtesy translation")
    UNKNOWN = "unknown", _("official status not stated")


class Role(TextChoices):
    """What an actor does for a subject; a verb, so that a row reads as a sentence."""

    COORDINATES = "coordinates", pgettext_lazy("role", "coordinates")
    COORDINATES_WITH = "in-coordination-with", pgettext_lazy("role", "acts in coordination")
    DRAWS_UP = "draws-up", pgettext_lazy("role", "draws up")
    DEVELOPS = "develops", pgettext_lazy("role", "develops")
    SETS = "sets", pgettext_lazy("role", "sets")
    TAKES_PART = "takes-part", pgettext_lazy("role", "takes part")
    IS_COMMITTED = "is-committed", pgettext_lazy("role", "is committed")
    MONITORS = "monitors", pgettext_lazy("role", "monitors")
    INFORMS = "informs", pgettext_lazy("role", "supplies information")
    REPORTS = "reports", pgettext_lazy("role", "reports")
    ENSURES_RESPECT = "ensures-respect", pgettext_lazy("role", "ensures compliance")

    def verb(self, *, plural: bool) -> str:
        return str(VERBS[self] % (2 if plural else 1))


class Decision(TextChoices):
    """What a key of a record says that an actor did: nobody records it a second time."""

    ADOPTED = "adopted", pgettext_lazy("role", "adopted")
    ANNOUNCED = "announced", pgettext_lazy("role", "announced")

    def verb(self, *, plural: bool) -> str:
        return str(VERBS[self] % (2 if plural else 1))


VERBS = {
    Role.COORDINATES: ngettext_lazy("coordinates", "coordinate"),
    Role.COORDINATES_WITH: ngettext_lazy("acts in coordination", "act in coordination"),
    Role.DRAWS_UP: ngettext_lazy("draws up", "draw up"),
    Role.DEVELOPS: ngettext_lazy("develops", "develop"),
    Role.SETS: ngettext_lazy("sets", "set"),
    Role.TAKES_PART: ngettext_lazy("takes part", "take part"),
    Role.IS_COMMITTED: ngettext_lazy("is committed", "are committed"),
    Role.MONITORS: ngettext_lazy("monitors", "monitor"),
    Role.INFORMS: ngettext_lazy("supplies information", "supply information"),
    Role.REPORTS: ngettext_lazy("reports", "report"),
    Role.ENSURES_RESPECT: ngettext_lazy("ensures compliance", "ensure compliance"),
    Decision.ADOPTED: npgettext_lazy("verb", "adopted", "adopted"),
    Decision.ANNOUNCED: npgettext_lazy("verb", "announced", "announced"),
}
