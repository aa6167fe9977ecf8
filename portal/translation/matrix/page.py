"""What one person sees of the matrix: what the address asks for, page by page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from portal.languages.sorting import by_name, sort_key
from portal.languages.texts import codes
from portal.staff.models import Account
from portal.translation.matrix.cells import MOST_URGENT, Cell, Matrix, Row, Standing

PER_PAGE = 100


class Which(NamedTuple):
    """A choice of what the list shows: its name, and the cells that it is about."""

    label: str
    holds: Callable[[Cell, Account], bool]


WHICH = {
    "todo": Which(gettext_lazy("to do"), lambda cell, _me: cell.is_to_do),
    "due": Which(gettext_lazy("due"), lambda cell, _me: cell.standing == Standing.DUE),
    "stale": Which(gettext_lazy("not up to date for readers"), lambda cell, _me: cell.is_stale),
    "missing": Which(gettext_lazy("missing"), lambda cell, _me: cell.standing == Standing.MISSING),
    "machine": Which(
        gettext_lazy("made by a machine"),
        lambda cell, _me: cell.standing == Standing.MACHINE,
    ),
    "taken": Which(
        gettext_lazy("in translation"),
        lambda cell, _me: bool(cell.assignment and cell.is_to_do),
    ),
    "mine": Which(
        gettext_lazy("for me to translate"),
        lambda cell, me: bool(cell.assignment) and cell.assignment.translator_id == me.pk,
    ),
    "all": Which(gettext_lazy("all"), lambda _cell, _me: True),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; whatever makes no sense asks for nothing."""

    languages: list[str]
    which: str
    kind: str
    words: str

    @classmethod
    def of(cls, query: QueryDict, account: Account) -> "Asked":
        languages = [code for code in query.getlist("language") if code in codes()]
        return cls(
            languages=languages or own_languages(account),
            which=query.get("which") if query.get("which") in WHICH else "todo",
            kind=query.get("kind", ""),
            words=query.get("words", "").strip()[:100],
        )

    def fits(self, row: Row, account: Account) -> bool:
        return (
            self.kind in ("", row.kind.kind())
            and sort_key(self.words)[0] in sort_key(row.name)[0]
            and any(self.fits_cell(row.in_language(code), account) for code in self.languages)
        )

    def fits_cell(self, cell: Cell, account: Account) -> bool:
        return WHICH[self.which].holds(cell, account)

    @property
    def as_query(self) -> str:
        others = {"which": self.which, "kind": self.kind, "words": self.words}
        return urlencode({"language": self.languages, **others}, doseq=True)


def own_languages(account: Account) -> list[str]:
    """Those that the account translates into or approves; of whoever writes, every language."""
    return [code for code in codes() if code in account.competent_in] or codes()


class MatrixPage:
    """What one person sees of the matrix for what was asked."""

    def __init__(self, request: HttpRequest) -> None:
        self.account, self.asked = request.user, Asked.of(request.GET, request.user)
        self.matrix = Matrix()
        pages = Paginator(self.rows, PER_PAGE)
        self.page = pages.get_page(request.GET.get("page"))
        self.matrix.count_changes(cell for row in self.page for cell in self.cells_of(row))

    @cached_property
    def rows(self) -> list[Row]:
        """What readers see first, then what is due, missing and unchecked."""
        found = [row for row in self.matrix.rows if self.asked.fits(row, self.account)]
        return sorted(found, key=self._urgency)  # a sort keeps the order of kinds and names

    def cells_of(self, row: Row) -> list[Cell]:
        return [row.in_language(code) for code in self.asked.languages]

    def _urgency(self, row: Row) -> tuple[bool, int]:
        cells = self.cells_of(row)
        return not any(c.is_stale for c in cells), min(MOST_URGENT.index(c.standing) for c in cells)

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, bool]]]]:
        """Each row with its cells, and whether this person may take or give that translation."""
        mine = self.account.written_languages
        return [
            (row, [(cell, cell.is_to_do and cell.language in mine) for cell in self.cells_of(row)])
            for row in self.page
        ]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        kinds = {row.draft.kind: row.kind_label for row in self.matrix.rows}
        return sorted(kinds.items(), key=lambda kind: sort_key(kind[1]))

    @property
    def translators(self) -> list[Account]:
        """To whom this person may give a translation."""
        if not self.account.sets_facts:
            return []
        active = Account.objects.filter(is_active=True, is_staff=True)
        return by_name(each for each in active if each.is_editor)


def numbers(
    cells: Iterable[Cell], languages: Iterable[str], me: Account
) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """``[(language, [(which, its name, how many)])]``, without what is none."""
    cells, counted = list(cells), ("mine", "stale", "due", "missing", "machine")
    found = []
    for code in languages:
        own = [cell for cell in cells if cell.language == code]
        counts = [
            (w, str(WHICH[w].label), sum(WHICH[w].holds(c, me) for c in own)) for w in counted
        ]
        found.append((code, [each for each in counts if each[2]]))
    return found
