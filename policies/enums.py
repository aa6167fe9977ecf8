"""The vocabulary of what: kinds of plan, instrument and document, and the roles of actors."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


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


class DocumentKind(TextChoices):
    SUMMARY = "summary", _("Summary")
    FULL_TEXT = "full-text", _("Full text")
    WEB_PAGE = "web-page", _("Web page")
    ANNOUNCEMENT = "announcement", _("Announcement")
    LEGAL_ACT = "legal-act", _("Legal act")


class EditionStatus(TextChoices):
    OFFICIAL = "official", _("official version")
    COURTESY = "courtesy", _("courtesy translation")
    UNKNOWN = "unknown", _("not stated whether official")


class Role(TextChoices):
    """What an actor does for a subject; a verb, so that a row reads as a sentence."""

    COORDINATES = "coordinates", _("coordinates")
    COORDINATES_WITH = "in-coordination-with", _("acts in coordination")
    DRAWS_UP = "draws-up", _("draws up")
    DEVELOPS = "develops", _("develops")
    SETS_PRIORITIES = "sets-priorities", _("sets priorities")
    TAKES_PART = "takes-part", _("takes part")
    IS_COMMITTED = "is-committed", _("is committed")
    MONITORS = "monitors", _("monitors")
    INFORMS = "informs", _("informs")
    REPORTS = "reports", _("reports")
    ENSURES_RESPECT = "ensures-respect", _("ensures respect")

    def verb(self, *, plural: bool) -> str:
        return str(VERBS[self] % (2 if plural else 1))


VERBS = {
    Role.COORDINATES: ngettext_lazy("coordinates", "coordinate"),
    Role.COORDINATES_WITH: ngettext_lazy("acts in coordination", "act in coordination"),
    Role.DRAWS_UP: ngettext_lazy("draws up", "draw up"),
    Role.DEVELOPS: ngettext_lazy("develops", "develop"),
    Role.SETS_PRIORITIES: ngettext_lazy("sets priorities", "set priorities"),
    Role.TAKES_PART: ngettext_lazy("takes part", "take part"),
    Role.IS_COMMITTED: ngettext_lazy("is committed", "are committed"),
    Role.MONITORS: ngettext_lazy("monitors", "monitor"),
    Role.INFORMS: ngettext_lazy("informs", "inform"),
    Role.REPORTS: ngettext_lazy("reports", "report"),
    Role.ENSURES_RESPECT: ngettext_lazy("ensures respect", "ensure respect"),
}
