"""Where a fact comes from: one source a line, in a form that people and programs read.

``Title | https://address | language | checked on`` – the address may be empty where only the
name may be published; language and day may be left out.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from portal.languages.names import CODES_KNOWN
from portal.records.dates import PartialDate
from portal.records.lines import LinesField, cells
from portal.records.prose import is_elsewhere


@dataclass(frozen=True)
class Source:
    title: str
    address: str = ""
    language: str = ""
    checked: PartialDate | None = None

    @classmethod
    @lru_cache(maxsize=512)  # many records come from the same few places
    def parse(cls, line: str) -> "Source":
        """Raises ValueError with a sentence that says what is wrong with the line."""
        parts = cells(line)
        if not parts[0] or len(parts) > 4:
            raise ValueError(_("Write: title | address | language | day checked."))
        title, address, language, checked = (*parts, "", "", "")[:4]
        if address and not is_elsewhere(address):
            raise ValueError(_("The address must begin with https:// and a plain host name."))
        if language and language not in CODES_KNOWN:
            raise ValueError(_("The language is a two-letter code, such as fr."))
        return cls(title, address, language, _day(checked) if checked else None)


def _day(text: str) -> PartialDate:
    try:
        date.fromisoformat(text)
        return PartialDate(text)
    except ValueError as error:
        raise ValueError(_("The day checked is written 2026-11-24.")) from error


class SourcesField(LinesField):
    description = "Sources, one a line"
    item = Source
