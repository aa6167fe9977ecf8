"""One form of every text: normalised before it is stored, compared or hashed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_MARKS = 30  # on one letter, the bound of https://www.unicode.org/reports/tr15/#Stream_Safe
MARKS = "".join(mark for mark in map(chr, range(0x300, 0x20000)) if unicodedata.combining(mark))
PILED_UP = re.compile(f"[{MARKS}]{{{MOST_MARKS + 1}}}")
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def normalise(value: str | None) -> str | None:
    """NFC, line ends as LF, no space at the ends, empty as None.

    Raises ValidationError for a control character, which XML cannot hold and PostgreSQL in part
    cannot store, for U+FFFE and U+FFFF, which XML cannot either, and for half a surrogate pair,
    which UTF-8 cannot. And for a letter under a pile of marks, which no language writes: their
    sorting takes hours where there are many.
    """
    if value is None:
        return None
    if REFUSED.search(value):
        raise ValidationError(
            _("This text holds a character that cannot be stored. Type the text again."),
            code="unstorable",
        )
    if PILED_UP.search(value):
        raise ValidationError(
            _("A letter of this text bears more than %(most)s marks. Type the text again."),
            params={"most": MOST_MARKS},
            code="piled-up",
        )
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", value).strip() or None
