"""XLIFF 1.2 and 2.0 as we wrote it, or as a tool saved it: what it says, and nothing believed."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from portal.languages.texts import codes
from portal.translation.parcels.parcel import ArrivedSheet, ArrivedUnit
from portal.translation.parcels.unwrapping import BadParcel, unwrapped
from portal.translation.parcels.xliff import (
    MATCHES,
    NAMESPACES,
    OF_MACHINES,
    OURS,
    READABLE,
    V1,
    V2,
    XML,
    is_done_in_1,
    is_done_in_2,
    is_of_machine,
)

LANG = f"{{{XML}}}lang"
ANNOTATIONS = ("mrk", "sm", "em")  # they say something of words, and are none


def read(data: bytes) -> list[ArrivedSheet]:
    """Raises BadParcel for what is no XLIFF of a parcel, and for one without a text."""
    root = unwrapped(data)
    version = _version_of(root)
    files = root.iterfind(_named("file", version))
    sheets = [_sheet(file, root, version) for file in files]
    if not any(sheet.units for sheet in sheets):
        raise BadParcel(_("There is no text in this file. Choose the parcel that was translated."))
    return sheets


def _version_of(root: Element) -> str:
    space, _brace, name = root.tag.removeprefix("{").rpartition("}")
    if name != "xliff":
        raise BadParcel(
            _("This is XML, but no XLIFF: it begins with “%(name)s”. Choose the parcel.")
            % {"name": name[:50]}
        )
    said = root.get("version", "")
    for version, namespace in NAMESPACES.items():
        if space == namespace and said in READABLE[version]:
            return version
    raise BadParcel(
        _("This is XLIFF “%(version)s”. The portal reads 1.2 and 2.0: save it as one of these.")
        % {"version": said[:20]}
    )


def _sheet(file: Element, root: Element, version: str) -> ArrivedSheet:
    unit, name, holder, source, target = {
        V1: (_unit_1, "trans-unit", file, "source-language", "target-language"),
        V2: (_unit_2, "unit", root, "srcLang", "trgLang"),
    }[version]
    return ArrivedSheet(
        **{name: _ours(file, name) for name in ("site", "record", "kind", "revision")},
        source_language=_language(holder.get(source, "")),
        language=_language(holder.get(target, "")),
        units=tuple(unit(element) for element in file.iter(_named(name, version))),
    )


def _language(said: str) -> str:
    """As the site writes it: many a tool knows Dutch only as that of a country, “nl-BE”."""
    code = said.lower()
    return next((each for each in (code, code.partition("-")[0]) if each in codes()), said)


def _named(name: str, version: str) -> str:
    return f"{{{NAMESPACES[version]}}}{name}"


def _ours(element: Element, name: str) -> str:
    return element.get(f"{{{OURS}}}{name}", "")


def _about(element: Element) -> dict:
    digests = (_ours(element, "source"), _ours(element, "target"))
    return {"key": element.get("id", ""), "digests": digests}


def _unit_1(element: Element) -> ArrivedUnit:
    sources = element.findall(_named("source", V1))
    targets = element.findall(_named("target", V1))
    target = targets[0] if targets else Element("target")
    approved = element.get("approved") == "yes"
    return ArrivedUnit(
        **_about(element),
        source=_words(sources),
        target=_words(targets),
        is_done=approved or is_done_in_1(target.get("state", "")),
        is_machine=target.get("state-qualifier") in OF_MACHINES,
        has_marks=len(targets) > 1 or _has_marks(targets, V1),
        language=_language(target.get(LANG, "")),
    )


def _unit_2(element: Element) -> ArrivedUnit:
    """A tool may have cut the text into segments, with what stands between them beside.

    Where one of them has no translation, the text has none: half of it would stand for all.
    """
    parts = [
        each for each in element if each.tag in (_named("segment", V2), _named("ignorable", V2))
    ]
    segments = [each for each in parts if each.tag == _named("segment", V2)]
    sources = [each for part in parts for each in part.findall(_named("source", V2))]
    targets = [target for part in parts for target in _targets(part)]
    is_whole = segments and all(each.findall(_named("target", V2)) for each in segments)
    words = _words(targets) if is_whole else ""
    return ArrivedUnit(
        **_about(element),
        source=_words(sources),
        target=words,
        is_done=all(is_done_in_2(each.get("state", "")) for each in segments),
        is_machine=any(is_of_machine(each.get("subState", "")) for each in segments)
        or words in _suggestions(element),
        has_marks=_has_marks(targets, V2) or any(each.get("order") for each in targets),
        language=next((_language(said) for each in targets if (said := each.get(LANG))), ""),
    )


def _targets(part: Element) -> list[Element]:
    """What stands between segments need not be said again."""
    targets = part.findall(_named("target", V2))
    is_between = part.tag == _named("ignorable", V2)
    return part.findall(_named("source", V2)) if is_between and not targets else targets


def _suggestions(unit: Element) -> list[str]:
    """What a machine proposed; a translation is its work if it says just that."""
    matches = unit.iter(f"{{{MATCHES}}}match")
    made = [each for each in matches if each.get("type") == "mt"]
    return [_words(each.findall(_named("target", V2))) for each in made]


def _words(elements: Iterable[Element]) -> str:
    return "".join(words for each in elements for words in each.itertext())


def _has_marks(elements: Iterable[Element], version: str) -> bool:
    harmless = {_named(name, version) for name in ANNOTATIONS}
    return any(
        inner.tag not in harmless for each in elements for inner in each.iter() if inner is not each
    )
