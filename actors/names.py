"""Names in languages that the site does not speak: data of the record, one a line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.languages.names import CODES_KNOWN
from portal.records.lines import LinesField, cells


@dataclass(frozen=True)
class FurtherName:
    language: str
    name: str
    abbreviation: str = ""

    @classmethod
    def parse(cls, line: str) -> "FurtherName":
        """Raises ValueError with a sentence that says what is wrong with the line."""
        parts = cells(line)
        if len(parts) not in (2, 3) or not any(parts[1:]):
            raise ValueError(_("Write: language | name | abbreviation."))
        if parts[0] not in CODES_KNOWN:
            raise ValueError(_("The language is a two-letter code, such as fr."))
        return cls(*parts)


class NamesField(LinesField):
    description = "Names in further languages, one a line"
    item = FurtherName
