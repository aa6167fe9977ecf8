"""One form of every text: normalised before it is stored, compared or hashed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REFUSED = re.compile("[\x00\ud800-\udfff]")


def normalise(value: str | None) -> str | None:
    """NFC, line ends as LF, no space at the ends, empty as None.

    Raises ValidationError for a NUL or half a surrogate pair: PostgreSQL cannot store the
    one, UTF-8 the other.
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
