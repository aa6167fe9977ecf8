"""The vocabulary of who: levels of government, kinds of body, ways of belonging."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Where a body stands; the order in which lists show them."""

    FEDERAL = "federal", _("Federal")
    REGIONS_AND_COMMUNITIES = "regions-and-communities", _("Regions and Communities")
    LOCAL = "local", _("Local")
    EUROPEAN = "european", _("European Union")
    INTERNATIONAL = "international", _("International")


class ActorKind(TextChoices):
    # Federal
    GOVERNMENT = "government", _("government")
    COUNCIL = "council", _("council")
    COORDINATION = "coordination", _("coordination body")
    FEDERAL_PUBLIC_SERVICE = "federal-public-service", _("federal public service")
    MINISTRY = "ministry", _("ministry")
    DIRECTORATE = "directorate", _("directorate-general")
    ARMED_FORCES = "armed-forces", _("armed forces")
    INTELLIGENCE = "intelligence", _("intelligence service")
    FINANCIAL_INTELLIGENCE = "financial-intelligence", _("financial intelligence unit")
    POLICE = "police", _("police")
    PROSECUTION = "prosecution", _("public prosecution")
    MISSIONS = "missions", _("missions abroad")
    TASK_FORCE = "task-force", _("consultation platform")
    # Regions, Communities, municipalities
    REGION = "region", _("Region")
    COMMUNITY = "community", _("Community")
    MUNICIPALITIES = "municipalities", _("municipalities")
    # Beyond Belgium
    ORGANISATION = "organisation", _("international organisation")
    COALITION = "coalition", _("international coalition")
    BODY = "body", _("body of an international organisation")


class Capacity(TextChoices):
    """As what Belgium takes part."""

    MEMBER_STATE = "member-state", _("member state")
    MEMBER = "member", _("member")
    NON_PERMANENT_MEMBER = "non-permanent-member", _("non-permanent member")
