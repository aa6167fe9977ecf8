"""To whom a record belongs: what the timeline is grouped by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Belonging(TextChoices):
    """In the order in which readers meet them.

    Beyond Belgium and the Union the framework knows one organisation, and coalitions. Another
    organisation needs a value of its own here before its records are public.
    """

    BELGIUM = "belgium", _("Belgium")
    EUROPEAN_UNION = "european-union", _("European Union")
    UNITED_NATIONS = "united-nations", _("United Nations")
    COALITION = "coalition", _("Coalition")
