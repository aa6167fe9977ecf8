"""What freshness must be, told a second time: it keeps whole texts and knows of no digest.

Written from the rule as it is explained, not from the code. One Story is one record.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

PERSON, MACHINE = "person", "machine"


@dataclass(frozen=True)
class Said:
    """What a revision says: ``{(name, language): text}``, without those that are empty."""

    source: str
    texts: dict[tuple[str, str], str]

    def text(self, name: str, code: str) -> str:
        return self.texts.get((name, code), "")

    def source_of(self, name: str) -> str:
        return self.text(name, self.source)


@dataclass
class Kept:
    """A revision; ``said`` is None once a law has had it emptied."""

    number: int
    said: Said | None
    version: int | None = None
    major: bool = False


@dataclass
class Story:
    """All that was ever said of a record, and which text says what which source text says."""

    codes: list[str]
    must: list[str]  # what a language has if another has it
    followed: list[str]  # what a translation can be behind in
    headline: str
    revisions: list[Kept] = field(default_factory=list)
    says: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    # --- what there is -----------------------------------------------------------------------

    @property
    def kept(self) -> list[Kept]:
        return [each for each in self.revisions if each.said]

    @property
    def newest(self) -> Kept:
        return self.revisions[-1]

    @property
    def public(self) -> Kept | None:
        versions = [each for each in self.revisions if each.version]
        return versions[-1] if versions else None

    def opened(self, number: int) -> Said:
        return self.revisions[number - 1].said

    # --- acts --------------------------------------------------------------------------------

    def save(self, said: Said, against: dict[str, str] | None = None) -> None:
        """In the form: what was written there was written beside the source saved with it."""
        before = self.newest.said if self.revisions else Said(said.source, {})
        if self.revisions and before == said:
            return
        self._append(said)
        written = {key for key, text in said.texts.items() if before.text(*key) != text}
        for name, code in written:
            if name in self.followed and code != said.source:
                self._know(name, code, said.text(name, code), said.source_of(name))
        if before.source != said.source:
            self._turn(before, said)

    def translate(
        self,
        code: str,
        texts: dict[str, str],
        seen: int,
        unfinished: Collection[str] = (),
        machine: Collection[str] = (),
    ) -> str:
        """Answers with "overtaken" where somebody else changed the same text."""
        begun, last = self.opened(seen), self.newest.said
        typed = {n: words for n, words in texts.items() if words != begun.text(n, code)}
        if any(last.text(n, code) not in (begun.text(n, code), typed[n]) for n in typed):
            return "overtaken"
        for name in typed.keys() & {*self.followed}:
            if name in unfinished:
                self._go_on(name, code, typed[name], begun)
            elif typed[name]:
                how = MACHINE if name in machine else PERSON
                self._know(name, code, typed[name], begun.source_of(name), how)
        new = {**last.texts, **{(name, code): words for name, words in typed.items()}}
        said = Said(last.source, {key: words for key, words in new.items() if words})
        if said != last:
            self._append(said)
        return ""

    def confirm(self, code: str, seen: int, names: Collection[str] | None = None) -> int:
        """How many texts it helped; 0 where there was nothing to confirm."""
        begun = self.opened(seen)
        if code == begun.source:
            return 0
        helped = 0
        for name in self.followed if names is None else names:
            key = (name, code, begun.text(name, code), begun.source_of(name))
            if begun.text(name, code) and self.says.get(key) != PERSON:
                self.says[key] = PERSON
                helped += 1
        return helped

    def restore(self, number: int) -> None:
        self._append(self.opened(number))

    def discard(self) -> None:
        self._append(self.public.said)

    def publish(self, major: bool) -> None:
        """The newest revision."""
        if not major:
            self.says |= self.carried()
        number = self.public.version + 1 if self.public else 1
        self.newest.version, self.newest.major = number, major

    def remove(self, numbers: Iterable[int]) -> None:
        """By law. What no kept revision says is known of no more."""
        for number in numbers:
            self.revisions[number - 1].said = None
        self.says = {
            key: how
            for key, how in self.says.items()
            if self._is_said(key[0], [key[1]], key[2]) and self._is_said(key[0], None, key[3])
        }

    # --- what follows what -------------------------------------------------------------------

    def how(self, name: str, code: str, text: str, said: Said) -> str | None:
        """How ``text`` is known to say what the source of ``said`` says; itself it always says."""
        if code == said.source and text == said.source_of(name):
            return PERSON
        return self.says.get((name, code, text, said.source_of(name)))

    def carried(self) -> dict[tuple, str]:
        """What publishing the newest revision as a minor change would make known."""
        said, before = self.newest.said, self.public
        if before is None:
            return {}
        since = [k for k in self.kept if k.number >= before.number]
        found = {}
        for name, code, text in self._translations(said):
            key = (name, code, text, said.source_of(name))
            if key in self.says or not _changed(before.said, said, name):
                continue
            counted = [k.said for k in since if not self._is_replaced(k, name)]
            hows = {self.how(name, code, text, each) for each in counted}
            if hows & {PERSON, MACHINE}:
                found[key] = PERSON if PERSON in hows else MACHINE
        return found

    def _is_replaced(self, kept: Kept, name: str) -> bool:
        """Whether its source text stood before the public one, which says something else."""
        if kept.said.source_of(name) == self.public.said.source_of(name):
            return False
        old = [each.said.source_of(name) for each in self.kept if each.number < self.public.number]
        return kept.said.source_of(name) in old

    def _know(self, name: str, code: str, text: str, source: str, how: str = PERSON) -> None:
        """Who made it first counts, until a person confirms."""
        self.says.setdefault((name, code, text, source), how)

    def _go_on(self, name: str, code: str, text: str, begun: Said) -> None:
        """Unfinished: it follows what the text before it followed, unless that was up to date."""
        old = begun.text(name, code)
        if not (text and old) or self.how(name, code, old, begun):
            return
        for (n, c, t, source), how in list(self.says.items()):
            if (n, c, t) == (name, code, old):
                self._know(name, code, text, source, how)

    def _turn(self, before: Said, said: Said) -> None:
        """Another language is the source now: what said the same as it, still does."""
        for name, code, text in self._translations(said):
            source = said.source_of(name)
            same = before.text(name, code) == text and before.source_of
            if not source or not same or before.text(name, said.source) != source:
                continue
            hows = {self.how(name, c, said.text(name, c), before) for c in (code, said.source)}
            if None not in hows:
                self._know(name, code, text, source, MACHINE if MACHINE in hows else PERSON)

    def _translations(self, said: Said) -> Iterator[tuple[str, str, str]]:
        for name in self.followed:
            for code in self.codes:
                if code != said.source and (text := said.text(name, code)):
                    yield name, code, text

    def _append(self, said: Said) -> None:
        self.revisions.append(Kept(len(self.revisions) + 1, said))

    def _is_said(self, name: str, codes: list[str] | None, text: str) -> bool:
        return any(
            each.said.text(name, c) == text for each in self.kept for c in codes or self.codes
        )

    # --- what is asked -----------------------------------------------------------------------

    def behind(self, said: Said, says: dict | None = None) -> dict[str, list[str]]:
        """Of a revision: per language the texts that do not follow the source beside them."""
        return self._by_language(said, None, self.says if says is None else says)

    def machine(self, said: Said, says: dict | None = None) -> dict[str, list[str]]:
        return self._by_language(said, MACHINE, self.says if says is None else says)

    def _by_language(self, said: Said, how: str | None, says: dict) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, code, text in self._translations(said):
            if says.get((name, code, text, said.source_of(name))) == how:
                found.setdefault(code, []).append(name)
        return found

    def missing(self, said: Said) -> dict[str, list[str]]:
        """Where one language has a text, every language has it."""
        in_use = [n for n in self.must if any(said.text(n, code) for code in self.codes)]
        lacks = {c: [n for n in in_use if not said.text(n, c)] for c in self.codes}
        return {code: names for code, names in lacks.items() if names}

    def absent(self, said: Said) -> list[str]:
        return [code for code in self.codes if not said.text(self.headline, code)]

    def missed(self, code: str) -> list[int]:
        """The major versions of which readers of this language are not told yet."""
        names = self.behind(self.public.said).get(code, [])
        return sorted({number for name in names for number in self._missed(name, code)})

    def follows(self, missed: list[int]) -> int | None:
        """The version before the first that is missed, if it can still be read."""
        versions = {each.version for each in self.kept if each.version}
        return missed[0] - 1 if missed and missed[0] - 1 in versions else None

    def _missed(self, name: str, code: str) -> Iterator[int]:
        text = self.public.said.text(name, code)
        upto = [each for each in self.kept if each.number <= self.public.number]
        last = max((k.number for k in upto if self.how(name, code, text, k.said)), default=0)
        before = None
        for each in upto:
            if each.version:
                changes = _changed(before, each.said, name) if before else each.said.source_of(name)
                if each.major and each.number > last and changes:
                    yield each.version
                before = each.said

    def objections(self, major: bool, required: Collection[str]) -> set[tuple[str, str]]:
        """Why the newest revision may not go out after review: ``{(language, what)}``."""
        said, says = self.newest.said, self.says if major else self.says | self.carried()
        behind, machine = self.behind(said, says), self.machine(said, says)
        found = {(code, "lacks") for code in self.missing(said)}
        found |= {(code, "behind") for code in behind}
        found |= {(code, "unchecked") for code in machine.keys() - behind.keys()}
        return {each for each in found if each[0] in required}


def _changed(before: Said, after: Said, name: str) -> bool:
    """Whether the text of the language that is now the source said something else before."""
    return before.text(name, after.source) != after.source_of(name)
