"""One form of every text: normalised before it is stored, compared or hashed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def normalise(value: str | None) -> str | None:
    """NFC, line ends as LF, no space at the ends, empty as None.

    Raises ValidationError for a control character, which XML cannot hold and PostgreSQL in part
    cannot store, and for half a surrogate pair, which UTF-8 cannot.
    """
    if value is None:
        return None
    if REFUSED.search(value):
        raise ValidationError(
            _("This text holds a character that cannot be stored. Type the text again."),
            code="unstorable",
        )
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", value).strip() or None
