"""What each date of a kind says, as a sentence; ``when`` is “in 2015” or “on 12 February 2015”."""

from django.utils.translation import gettext_lazy as _

OF_PLANS = {
    "drawn_up": _("This plan was drawn up %(when)s."),
    "revised": _("It was revised %(when)s."),
    "replaced": _("It was replaced %(when)s."),
}
OF_PACKAGES = {
    "announced": _("These measures were announced %(when)s."),
    "taken": _("These measures were taken %(when)s."),
}
OF_INSTRUMENTS = {"adopted": _("This text was adopted %(when)s.")}
