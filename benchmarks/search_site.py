"""A site of a given size that answers searches, in a process of its own.

python -m benchmarks.search_site 3000, on the database of DATABASE_URL. Says in one line of JSON
what making the index took; then, for each line with the number of a question, how many seconds
our search took for it and how many a bare SELECT that asks the same index for the same words.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils.translation import override  # noqa: E402

from benchmarks.questions import QUESTIONS  # noqa: E402
from benchmarks.recombined import fill  # noqa: E402
from policies.models import Plan  # noqa: E402
from portal.search import index  # noqa: E402
from portal.search.engines import INDEX, TABLE  # noqa: E402
from portal.search.find import Answer  # noqa: E402
from portal.search.models import ZONES  # noqa: E402
from portal.search.shown import answer_to  # noqa: E402
from portal.views.search import RESULTS_A_PAGE, hits  # noqa: E402

SHOWN = "e.record, e.kind, e.known, e.names, e.text"
BARE = {
    "sqlite": (
        f"{INDEX} CROSS JOIN {TABLE} e ON e.id = {INDEX}.rowid WHERE {INDEX} MATCH %s",
        f"bm25({INDEX})",
    ),
    "postgresql": (
        f"{TABLE} e, to_tsquery('simple', %s) asked WHERE e.vector @@ asked",
        "ts_rank(e.vector, asked) DESC",
    ),
}


def peak_kilobytes() -> int:
    """The most memory since ``forget_peak``, on Linux; 0 elsewhere."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def forget_peak() -> None:
    if Path("/proc/self/clear_refs").exists():
        Path("/proc/self/clear_refs").write_text("5")


def seconds(act: Callable, *given: Any) -> float:
    began = time.perf_counter()
    act(*given)
    return time.perf_counter() - began


def prepare(size: int) -> dict:
    call_command("migrate", verbosity=0)
    records = fill(size)
    forget_peak()
    before = peak_kilobytes()
    took = seconds(index.rebuild)
    grown = (peak_kilobytes() - before) / 1024
    analyse()
    return {"records": records, "rebuilt": took, "grown": grown, "queries": queries_of_one()}


def queries_of_one() -> int:
    """What publishing a record adds."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        index.take_in(None, [Plan.objects.published().order_by("pk").first()])
    return len(asked)


def analyse() -> None:
    """As the server does by itself, a while after a table grew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")


def ours(lang: str, words: str) -> Answer:
    """As the page does it: everything found, and of the first what is shown of its text."""
    with override(lang):
        answer = answer_to(words, lang)
        shown = hits(answer.entries[:RESULTS_A_PAGE], answer)
        assert len(shown) == min(RESULTS_A_PAGE, len(answer.entries)) > 0
        assert all(hit.pieces and hit.title for hit in shown)
    return answer


def match(answer: Answer, lang: str) -> str:
    """The words that were found, as the index is asked for them: all, or any where few hold all."""
    needs = [getattr(need, f"on_{connection.vendor}")(ZONES) for need in answer.needs[lang]]
    any_of, all_of = {"sqlite": (" OR ", " AND "), "postgresql": (" | ", " & ")}[connection.vendor]
    return (any_of if any(map(answer.lacking, answer.entries)) else all_of).join(
        f"({need})" for need in needs
    )


def bare(lang: str, words: str) -> None:
    """The first twenty by the rank of the database, and how many there are."""
    source, rank = BARE[connection.vendor]
    source += " AND e.language = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {source}", [words, lang])
        cursor.fetchall()
        cursor.execute(f"SELECT {SHOWN} FROM {source} ORDER BY {rank} LIMIT 20", [words, lang])
        cursor.fetchall()


def main(size: int) -> None:
    print(json.dumps(prepare(size)), flush=True)
    for line in sys.stdin:
        lang, words = QUESTIONS[int(line)]
        asked = match(ours(lang, words), lang)
        took = seconds(ours, lang, words), seconds(bare, lang, asked)
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
