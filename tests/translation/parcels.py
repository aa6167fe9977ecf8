"""Parcels in the hands of a translator: made, worked on with another hand, handed in."""

from lxml import etree

from portal.records.models import Record
from portal.translation.parcels.arriving import Arrival
from portal.translation.parcels.packing import originals, packed
from portal.translation.parcels.writer import written
from portal.translation.parcels.xliff import NAMESPACES, OURS, V1, V2

VERSIONS = (V1, V2)
UNITS = {V1: "trans-unit", V2: "unit"}


def parcel_of(*records: Record, code: str = "nl", version: str = V2, whole: bool = False) -> bytes:
    keys = {record.pk for record in records}
    found = [each for each in originals(code) if each.row.pk in keys]
    assert len(found) == len(keys)
    return written(packed(found, whole=whole), version)


class Opened:
    """The file as lxml reads it, so that our own reader is not its own judge."""

    def __init__(self, data: bytes) -> None:
        self.root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        self.version = self.root.get("version")

    @property
    def data(self) -> bytes:
        return etree.tostring(self.root, encoding="utf-8", xml_declaration=True)

    def named(self, name: str) -> str:
        return f"{{{NAMESPACES[self.version]}}}{name}"

    @property
    def files(self) -> list:
        return self.root.findall(self.named("file"))

    @property
    def units(self) -> list:
        return list(self.root.iter(self.named(UNITS[self.version])))

    def unit(self, field: str):
        (found,) = [each for each in self.units if f".{each.get('id')}".endswith(f".{field}")]
        return found

    def segment(self, field: str):
        """What holds source and target."""
        unit = self.unit(field)
        return unit if self.version == V1 else unit.find(self.named("segment"))

    def target(self, field: str):
        segment = self.segment(field)
        found = segment.find(self.named("target"))
        return etree.SubElement(segment, self.named("target")) if found is None else found

    def stateful(self, field: str):
        return self.target(field) if self.version == V1 else self.segment(field)

    def translate(self, field: str, words: str, state: str | None = "final", **more: str) -> None:
        """``state`` None leaves it as it came."""
        self.target(field).text = words
        if state:
            element = self.stateful(field)
            element.attrib.pop("subState", None)
            element.attrib.pop("state-qualifier", None)
            element.set("state", state)
            for name, value in more.items():
                element.set(name.replace("_", "-") if self.version == V1 else name, value)

    def say(self, name: str, value: str) -> None:
        """Of every record: ``site``, ``record``, ``kind`` or ``revision``."""
        for file in self.files:
            file.set(f"{{{OURS}}}{name}", value)


def translated(data: bytes, state: str | None = "final", **texts: str) -> bytes:
    file = Opened(data)
    for field, words in texts.items():
        file.translate(field, words, state)
    return file.data


def fates(arrival: Arrival) -> dict[str, str]:
    """``{label: fate}``"""
    return {each.label: str(each.judgement.fate.value) for each in arrival.outcomes}


def why(arrival: Arrival, label: str) -> str:
    (found,) = [each.judgement for each in arrival.outcomes if each.label == label]
    return found.why


def shown(arrival: Arrival, label: str) -> list[tuple[str, str]]:
    (found,) = [each.judgement for each in arrival.outcomes if each.label == label]
    return [(each.language, each.words) for each in found.shown]
