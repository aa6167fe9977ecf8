"""A parcel as XLIFF 1.2 or 2.0. Texts are written as they are: no mark of theirs becomes a tag."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from portal.translation.parcels.parcel import Parcel, Sheet, Standing, Unit, key_of
from portal.translation.parcels.xliff import GLOSSARY, MATCHES, NAMESPACES, OURS, STATES, V1, V2

PRESERVE = {"xml:space": "preserve"}


def written(parcel: Parcel, version: str) -> bytes:
    """UTF-8, with its declaration."""
    root = {V1: _root_1, V2: _root_2}[version](parcel)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _root(version: str, **attributes: str) -> Element:
    names = {"xmlns": NAMESPACES[version], "xmlns:portal": OURS}
    return Element("xliff", {**names, "version": version, **attributes})


def _header(parcel: Parcel, sheet: Sheet) -> dict[str, str]:
    return {
        "portal:site": parcel.site,
        "portal:record": str(sheet.record),
        "portal:kind": sheet.kind,
        "portal:revision": str(sheet.revision),
        "portal:name": sheet.name,
    }


def _digests(unit: Unit) -> dict[str, str]:
    source, target = unit.digests
    return {"portal:source": source, "portal:target": target}


def _say(parent: Element, tag: str, words: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = words
    return element


# --- 1.2 ------------------------------------------------------------------------------------------


def _root_1(parcel: Parcel) -> Element:
    root = _root(V1)
    languages = {"source-language": parcel.source_language, "target-language": parcel.language}
    for sheet in parcel.sheets:
        about = {"original": str(sheet.record), "datatype": "plaintext", **languages}
        file = SubElement(root, "file", {**about, **_header(parcel, sheet)})
        header = SubElement(file, "header")
        _say(header, "note", f"{sheet.kind_label}: {sheet.name}", **{"from": "record"})
        _say(header, "note", sheet.preview, **{"from": "preview"})
        body = SubElement(file, "body")
        for unit in sheet.units:
            _unit_1(body, sheet, unit)
    return root


def _unit_1(body: Element, sheet: Sheet, unit: Unit) -> None:
    about = {"id": key_of(sheet.record, unit.field), "resname": unit.label, **PRESERVE}
    element = SubElement(body, "trans-unit", {**about, **_digests(unit)})
    _say(element, "source", unit.source)
    _say(element, "target", unit.target, **STATES[V1][unit.standing])
    for note in unit.notes:
        _say(element, "note", note, **{"from": "change", "xml:lang": note.lang})
    for name in unit.names:
        said = f"{name.source} = {name.target}"
        words = f"{said}: {name.meaning}" if name.meaning else said
        _say(element, "note", words, **{"from": "term"})
    if unit.followed is not None:
        earlier = SubElement(element, "alt-trans", {"alttranstype": "previous-version", **PRESERVE})
        _say(earlier, "source", unit.followed)
        _say(earlier, "target", unit.target)


# --- 2.0 ------------------------------------------------------------------------------------------


def _root_2(parcel: Parcel) -> Element:
    modules = {"xmlns:mtc": MATCHES, "xmlns:gls": GLOSSARY}
    languages = {"srcLang": parcel.source_language, "trgLang": parcel.language}
    root = _root(V2, **modules, **languages)
    for sheet in parcel.sheets:
        about = {"id": str(sheet.record), "original": str(sheet.record)}
        file = SubElement(root, "file", {**about, **_header(parcel, sheet)})
        notes = SubElement(file, "notes")
        _say(notes, "note", f"{sheet.kind_label}: {sheet.name}", category="record")
        _say(notes, "note", sheet.preview, category="preview")
        for unit in sheet.units:
            _unit_2(file, sheet, unit)
    return root


def _unit_2(file: Element, sheet: Sheet, unit: Unit) -> None:
    key = key_of(sheet.record, unit.field)
    about = {"id": key, "name": key, "canResegment": "no", **PRESERVE}
    element = SubElement(file, "unit", {**about, **_digests(unit)})
    if unit.followed is not None:
        _match(element, unit)
    if unit.names:
        _glossary(element, unit)
    notes = SubElement(element, "notes")
    _say(notes, "note", unit.label, category="field")
    for note in unit.notes:
        _say(notes, "note", note, category="change")
    segment = SubElement(element, "segment", {"id": "s1", **STATES[V2][unit.standing]})
    _say(segment, "source", unit.source)
    if unit.standing != Standing.MISSING:
        _say(segment, "target", unit.target)


def _match(element: Element, unit: Unit) -> None:
    matches = SubElement(element, "mtc:matches")
    about = {"id": "m1", "ref": "#s1", "type": "tm", "origin": "portal"}
    match = SubElement(matches, "mtc:match", about)
    _say(match, "source", unit.followed or "", **PRESERVE)
    _say(match, "target", unit.target, **PRESERVE)


def _glossary(element: Element, unit: Unit) -> None:
    glossary = SubElement(element, "gls:glossary")
    for name in unit.names:
        entry = SubElement(glossary, "gls:glossEntry")
        _say(entry, "gls:term", name.source)
        _say(entry, "gls:translation", name.target)
        if name.meaning:
            _say(entry, "gls:definition", name.meaning)
