"""Search: what was asked, what was understood, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.text import capfirst

from portal.languages.alternates import Alternate, alternates_of_route
from portal.languages.texts import Text, active, in_language
from portal.publishing.changes import last_change
from portal.records.kinds import kind_named, kinds
from portal.records.models import Record
from portal.search.extracts import Piece, extract
from portal.search.find import Answer
from portal.search.models import IndexEntry
from portal.search.shown import answer_to, records_of
from portal.views.lists import chosen_of, page_of
from portal.views.public import PublicView

RESULTS_A_PAGE = 20


@dataclass(frozen=True)
class Hit:
    """One result, as the page shows it."""

    record: Record
    entry: IndexEntry
    text: str
    answer: Answer

    @property
    def lang(self) -> str:
        return self.entry.language

    @property
    def title(self) -> Text:
        return Text(in_language(self.record, self.record.headline, self.lang), self.lang)

    @property
    def address(self) -> str:
        return self.record.shown_at(active())

    @property
    def pieces(self) -> list[Piece]:
        return extract(self.text, self.answer.needs[self.lang], self.lang)

    @property
    def lacks(self) -> list[str]:
        """What was asked for and is not in it."""
        return self.answer.lacking(self.entry)

    @property
    def is_elsewhere(self) -> bool:
        """Found in another language than the reader's."""
        return self.lang != active()

    @property
    def kind(self) -> str:
        return self.record._meta.verbose_name

    @property
    def is_dated(self) -> bool:
        return any(each.value for each in getattr(self.record, "dated", ()))

    @property
    def is_superseded(self) -> bool:
        return getattr(self.record, "is_superseded", False)

    @property
    def heading(self) -> list[str]:
        """How a kind heads its result; by its name, unless it has something better."""
        meta = self.record._meta
        return [f"{meta.app_label}/_{meta.model_name}_result.html", "includes/_result_name.html"]


class SearchPage(PublicView):
    """Never kept, neither here nor on the way: what somebody looks for is theirs."""

    template_name = "pages/search.html"
    is_kept = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.asked:
            patch_cache_control(response, no_store=True)
        return response

    @property
    def asked(self) -> str:
        return " ".join(self.request.GET.get("q", "").split())

    @cached_property
    def answer(self) -> Answer:
        return answer_to(self.asked, active())

    def get_context_data(self, **context: Any) -> dict:
        # a kind of which nothing was found is no mistake
        chosen = chosen_of(self.request, "kind", [kind.kind() for kind in kinds()])
        counts = self.answer.kinds
        if chosen:
            counts.setdefault(chosen, 0)
        entries = [e for e in self.answer.entries if not chosen or e.kind == chosen]
        page = page_of(self.request, entries, RESULTS_A_PAGE)
        kept = _question(self.asked, chosen)
        return super().get_context_data(
            asked=self.asked,
            as_of=last_change() if self.asked else None,
            answer=self.answer,
            page=page,
            hits=hits(page.object_list, self.answer),
            kinds=[(name, _plural(name), count) for name, count in counts.most_common()],
            every_kind=_question(self.asked),
            total=len(self.answer.entries),
            chosen=chosen,
            shown=len(entries),
            kept=kept,
            printed=f"?{kept}" if self.asked else "",
            **context,
        )

    def get_alternates(self) -> list[Alternate]:
        """The same question in another language, where its kind might find nothing."""
        query = f"?{urlencode({'q': self.asked})}" if self.asked else ""
        return alternates_of_route("search", query=query)


def hits(entries: Sequence[IndexEntry], answer: Answer) -> list[Hit]:
    shown = IndexEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    whole = {each.pk: each for each in shown.only("record", "kind", "known", "text")}
    records = records_of(whole.values())
    return [
        Hit(records[entry.record], entry, whole[entry.pk].text, answer)
        for entry in entries  # unless it was withdrawn meanwhile
        if entry.pk in whole and entry.record in records
    ]


def _plural(name: str) -> str:
    return capfirst(kind_named(name)._meta.verbose_name_plural)


def _question(asked: str, chosen: str = "") -> str:
    """What was asked, as it stands in an address."""
    return urlencode({"q": asked, **({"kind": chosen} if chosen else {})})
