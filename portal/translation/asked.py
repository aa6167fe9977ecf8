"""What somebody asks the matrix for, read from an address; what is not known is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.staff.models import Account
from portal.translation.matrix import DUE, MACHINE, MISSING, STALE, Cell, Row, translated_kinds

TO_DO, TAKEN, MINE, ALL = "to-do", "in-translation", "mine", "all"
LABELS = {
    TO_DO: _("To do"),
    STALE: _("Stale for readers"),
    DUE: _("Due"),
    MISSING: _("Missing"),
    MACHINE: _("Made by a machine"),
    TAKEN: _("In translation"),
    MINE: _("In translation by me"),
    ALL: _("All"),
}


@dataclass
class Asked:
    account: Account
    languages: list[str]
    state: str = TO_DO
    kind: str = ""
    words: str = ""
    unknown: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, typed: Mapping[str, str], account: Account) -> "Asked":
        asked = cls(account, languages_of(account), words=typed.get("q", "").strip()[:200])
        asked.languages = asked._one_of("language", typed, {c: [c] for c in codes()}) or (
            asked.languages
        )
        asked.state = asked._one_of("state", typed, dict(zip(LABELS, LABELS, strict=True))) or TO_DO
        known = {kind.kind(): kind.kind() for kind in translated_kinds()}
        asked.kind = asked._one_of("kind", typed, known) or ""
        return asked

    def _one_of(self, name: str, typed: Mapping[str, str], known: Mapping):
        value = typed.get(name, "")
        if value and value not in known:
            self.unknown.append(value[:50])
        return known.get(value)

    def wants(self, row: Row) -> bool:
        return (
            (not self.kind or row.kind.kind() == self.kind)
            and any(self.words.casefold() in name.casefold() for name in [*row.names, ""])
            and any(self._wants(cell) for cell in row.cells if cell.language in self.languages)
        )

    def _wants(self, cell: Cell) -> bool:
        match self.state:
            case "to-do":
                return bool(cell.states)
            case "in-translation":
                return cell.is_taken
            case "mine":
                return cell.is_taken and cell.translator.pk == self.account.pk
            case "all":
                return True
        return self.state in cell.states

    @property
    def address(self) -> str:
        """Without the page."""
        one = self.languages[0] if len(self.languages) == 1 else ""
        said = {"language": one, "state": self.state, "kind": self.kind, "q": self.words}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def choices(self) -> dict[str, list[tuple[str, str, bool]]]:
        """What each box offers: value, label, whether it is chosen."""
        one = self.languages[0] if len(self.languages) == 1 else ""
        kinds = [(k.kind(), k._meta.verbose_name) for k in translated_kinds()]
        every = {
            "language": [("", _("all")), *((code, name_of(code)) for code in codes())],
            "state": list(LABELS.items()),
            "kind": [("", _("all")), *kinds],
        }
        chosen = {"language": one, "state": self.state, "kind": self.kind}
        return {
            name: [(value, label, value == chosen[name]) for value, label in pairs]
            for name, pairs in every.items()
        }


def languages_of(account: Account) -> list[str]:
    """What the account translates or approves; all for whoever does neither of one alone."""
    mine = {*account.translates.split(), *account.approves.split()}
    return [code for code in codes() if code in mine or not mine]
