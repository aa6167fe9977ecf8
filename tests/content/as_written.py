"""What the content files say of languages and addresses, worked out without the portal's code."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portal.content.files import FRAMEWORK

LANGUAGES = ("en", "fr", "nl")
HEADLINES = {"term": "term", "responsibility": "sentence"}  # of all others the title
SECTIONS = ("approach", "national-policy", "international-cooperation")
# Of what has no page of its own, the keys that may name where it is read.
READ_ON = {
    "edition": ["document"],
    "responsibility": [
        *("page", "objective", "plan", "package", "measure"),
        *("instrument", "membership", "working_group", "counterpart"),
    ],
}
# docs/reference/addresses.md
PATHS = {
    "page": ("legal", "mentions", "juridisch"),
    "actor": ("actors", "acteurs", "actoren"),
    "objective": ("purposes", "objectifs", "doelstellingen"),
    "plan": ("plans", "plans", "plannen"),
    "measure-package": ("measure-packages", "trains-de-mesures", "maatregelenpakketten"),
    "measure": ("measures", "mesures", "maatregelen"),
    "instrument": ("instruments", "instruments", "instrumenten"),
    "membership": ("memberships", "adhesions", "lidmaatschappen"),
    "working-group": ("working-groups", "groupes-de-travail", "werkgroepen"),
    "document": ("documents", "documents", "documenten"),
    "term": ("glossary", "glossaire", "woordenlijst"),
    "changes": ("changes", "modifications", "wijzigingen"),
    "who-does-what": ("who-does-what", "qui-fait-quoi", "wie-doet-wat"),
    "exercise": ("exercises", "exercises", "exercises"),  # a kind that only the suite knows
}
IN_TIME = ("timeline", "chronologie", "tijdlijn")
YEARS = range(2005, 2022)  # from the first dated record to the last


@dataclass(frozen=True)
class Readable:
    """What has an address in every language, and a text of its own in some.

    A list has no ``uuid``; what is read on another record's page has its address and languages.
    """

    addresses: dict[str, str]
    languages: tuple[str, ...] = LANGUAGES
    source: str = LANGUAGES[0]
    kind: str = ""
    uuid: str = ""

    @property
    def there(self) -> dict[str, str]:
        return {code: at for code, at in self.addresses.items() if code in self.languages}

    @property
    def missing(self) -> dict[str, str]:
        return {code: at for code, at in self.addresses.items() if code not in self.languages}

    @property
    def original(self) -> str:
        return self.addresses[self.source]


@dataclass(frozen=True)
class Files:
    """The content files below ``root``, each by its name: ``plan/plan-r``."""

    root: Path = FRAMEWORK

    @cached_property
    def data(self) -> dict[str, dict]:
        return {
            f"{path.parent.name}/{path.stem}": tomllib.loads(path.read_text("utf-8"))
            for path in sorted(self.root.glob("*/*.toml"))
        }

    @cached_property
    def records(self) -> dict[str, Readable]:
        return {name: self._record(name, data) for name, data in self.data.items()}

    @property
    def pages(self) -> list[Readable]:
        """Every record with a page of its own."""
        return [each for each in self.records.values() if each.kind not in {*READ_ON, "term"}]

    def _record(self, name: str, data: dict) -> Readable:
        kind = name.partition("/")[0]
        read_on = next((data[key] for key in READ_ON.get(kind, []) if key in data), name)
        where = read_on if "/" in read_on else name
        languages, source = self.languages_of(where), self.data[where].get("source_language", "en")
        addresses = {code: self._address(where, code) for code in LANGUAGES}
        return Readable(addresses, languages, source, kind, data["uuid"])

    def languages_of(self, name: str) -> tuple[str, ...]:
        """In which the record itself says something; KeyError for one without a text."""
        headline = HEADLINES.get(name.partition("/")[0], "title")
        return tuple(code for code in LANGUAGES if code in self.data[name][headline])

    def _address(self, name: str, code: str) -> str:
        kind, data = name.partition("/")[0], self.data[name]
        word = PATHS[kind][LANGUAGES.index(code)]
        if kind == "term":
            return f"/{code}/{word}/#term-{data['uuid'][:8]}"
        if data.get("place") == "home":
            return f"/{code}/"
        slug = data["slug"].get(code) or data["slug"][data.get("source_language", "en")]
        return f"/{code}/{slug}/" if data.get("place") in SECTIONS else f"/{code}/{word}/{slug}/"


def lists() -> list[Readable]:
    """The pages that exist by themselves, in every language."""
    below = [[f"{word}/{year}" for word in IN_TIME] for year in YEARS]
    return [
        Readable({code: f"/{code}/{word}/" for code, word in zip(LANGUAGES, words, strict=True)})
        for words in [*PATHS.values(), IN_TIME, *below]
    ]
