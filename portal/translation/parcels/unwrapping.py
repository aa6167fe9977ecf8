"""From bytes to XML, with suspicion: nothing is resolved, fetched or expanded."""

import re
from codecs import BOM_UTF8
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from portal.publishing.turns import Refused

LARGEST = 5 * 1024 * 1024  # bytes; all texts of the founding content take a fifth of it
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CUT_OFF = {
    errors.codes[each]
    for each in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
}


class BadParcel(Refused):
    """This file is no parcel that can be taken in; the message says why, and what to do."""


def unwrapped(data: bytes) -> Element:
    """The root element. Raises BadParcel."""
    if len(data) > LARGEST:
        raise BadParcel(_("The file is larger than 5 MB, and no parcel is. Make smaller parcels."))
    if not data.strip():
        raise BadParcel(_("The file is empty. Choose the parcel that was translated."))
    _refuse_what_is_no_xml(data)
    words = _words(data)
    _refuse_page(words)
    try:
        return fromstring(words, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise BadParcel(
            _("The file declares a document type or entities. No parcel does: make a new one.")
        ) from fault
    except ParseError as fault:
        raise BadParcel(_broken(fault)) from fault
    except ValueError as fault:
        raise BadParcel(_not_in_utf_8()) from fault


def _refuse_what_is_no_xml(data: bytes) -> None:
    """A document of an office, a picture: told for what it is, not for its encoding."""
    if not data.startswith(WIDE) and not data.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        raise BadParcel(_("This is no XLIFF file. Choose the parcel that was translated."))


def _words(data: bytes) -> str:
    """In one of the two encodings that every program reads, and declared as what it is."""
    encoding = "utf-16" if data.startswith(WIDE) else "utf-8-sig"
    try:
        words = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadParcel(_not_in_utf_8()) from fault
    declared = DECLARED.match(words)
    if declared and declared[1].lower() not in (encoding.removesuffix("-sig"), "us-ascii"):
        raise BadParcel(_not_in_utf_8())
    if found := NOT_XML.search(words):
        raise BadParcel(_unstorable(words.count("\n", 0, found.start()) + 1))
    return words


def _unstorable(line: int) -> str:
    said = _("Line %(line)s holds a character that cannot be stored. Remove it.")
    return said % {"line": line}


def _not_in_utf_8() -> str:
    return _("The file is not in UTF-8, or does not say so. Save it as UTF-8.")


def _refuse_page(words: str) -> None:
    if words.lstrip()[:14].lower().startswith(("<!doctype html", "<html")):
        raise BadParcel(
            _("This is a page, made to be read and printed. Hand in the XLIFF file instead.")
        )


def _broken(fault: ParseError) -> str:
    line, column = fault.position
    if fault.code in CUT_OFF:
        return _("The file is cut off: its end is missing. Save it again, or fetch it again.")
    if fault.code == errors.codes[errors.XML_ERROR_BAD_CHAR_REF]:
        return _unstorable(line)
    said = _("The markup is broken in line %(line)s, character %(column)s. Save the file again.")
    return said % {"line": line, "column": column + 1}
