"""The index follows what is public within the same transaction, and nothing else."""

from itertools import islice, product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from policies.models import Instrument, Plan
from portal.languages.texts import codes, set_texts, translated_names
from portal.pages.models import Term
from portal.publishing import going_public, signals
from portal.publishing.drafts import save_draft
from portal.publishing.models import Act
from portal.publishing.publish import publish, withdraw
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.search import index
from portal.search.engines import INDEX
from portal.search.models import IndexEntry, Word
from tests.factories import draft, published
from tests.past import NOTES, twice
from tests.publishing.removals import remove
from tests.publishing.review import approver, drafted, ready, writer
from tests.search.indexed import found, rows, stored

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6  # that the index adds to a publication
CANARY = "Qwxcanary"


def named(**words: str) -> Plan:
    return published(Plan, languages=list(words), title=words)


def everywhere(record: Record) -> list:
    return [(record.pk, code) for code in codes()]


def test_a_record_is_found_in_each_of_its_languages_and_in_no_other():
    whole = named(en="Seagull", fr="Mouette", nl="Meeuw")
    dutch = published(Plan, languages=["nl"], title={"nl": "Reiger"})

    assert [found("mouette", code) for code in codes()] == [[each] for each in everywhere(whole)]
    assert [found("reiger", code) for code in codes()] == [[(dutch.pk, "nl")]] * len(codes())
    assert set(IndexEntry.objects.values_list("record", "language")) == {
        *everywhere(whole),
        (dutch.pk, "nl"),
    }


def canaries(kind: type[Record]) -> dict[str, dict[str, str]]:
    """A word of its own for every text, in every language: none of them begins another."""
    names = [name for name in translated_names(kind) if name not in ("slug", "website")]
    return {
        name: {code: f"{code}{name.replace('_', '')}{CANARY}" for code in codes()} for name in names
    }


SPEAKING = [kind for kind in kinds() if canaries(kind)]


@pytest.mark.parametrize("kind", SPEAKING)
def test_every_text_of_every_kind_is_found(kind):
    texts = canaries(kind)
    record = published(kind, **texts)

    wanted = {(word, code) for words in texts.values() for code, word in words.items()}
    assert {(w, c): found(w, c) for w, c in wanted} == {(w, c): [(record.pk, c)] for w, c in wanted}
    assert len(wanted) >= 3


@pytest.mark.parametrize("kind", SPEAKING)
def test_no_text_of_a_draft_is_in_the_index(kind):
    texts, author = canaries(kind), writer()
    record, new = published(kind), draft(kind, **texts)
    before = stored()

    drafted(record, author, **texts)
    save_draft(new, author)

    assert kind.objects.filter(pk__in=[record.pk, new.pk]).count() == 2
    assert (stored(), "canary" in before.lower()) == (before, False)


def test_a_withdrawn_record_leaves_at_once_and_comes_back_when_that_is_undone():
    plan = named(**dict.fromkeys(codes(), CANARY))
    assert found(CANARY, "fr") == [(plan.pk, "fr")]
    before = rows()

    with transaction.atomic():
        withdraw([plan], by=None, notes=NOTES)
        assert [found(CANARY, code) for code in codes()] == [[], [], []]
        transaction.set_rollback(True)
    assert rows() == before

    withdraw([plan], by=None, notes=NOTES)
    assert (CANARY.lower() in stored().lower(), IndexEntry.objects.count()) == (False, 0)

    publish([Plan.objects.get(pk=plan.pk)], by=None, notes=NOTES, act=Act.RESTORATION)
    assert rows() == before


def test_a_publication_that_fails_changes_nothing_of_the_index():
    named(**dict.fromkeys(codes(), "Heron"))
    before = rows()

    with transaction.atomic():
        named(**dict.fromkeys(codes(), CANARY))
        assert len(found(CANARY, "en")) == 1
        transaction.set_rollback(True)

    assert rows() == before


def test_a_new_title_drops_the_words_of_the_old_one_that_nothing_else_uses():
    plan, other = named(en=f"{CANARY} heron"), named(en="Heron")

    twice(plan, title={"en": "Seagull"})

    assert (found(CANARY, "en"), found("seagull", "en")) == ([], [(plan.pk, "en")])
    assert found("heron", "en") == [(other.pk, "en")]
    written = Word.objects.filter(token__in=["heron", "seagull", CANARY.lower()])
    assert sorted(written.values_list("token", flat=True)) == ["heron", "seagull"]


def test_words_that_say_nothing_are_not_offered_for_a_slip():
    named(en="The heron of the UN", fr="Un héron de l’ONU")

    known = set(Word.objects.values_list("language", "token"))
    assert {("en", "heron"), ("en", "un"), ("fr", "heron"), ("fr", "onu")} <= known
    assert known & {("en", "the"), ("en", "of"), ("fr", "un"), ("fr", "de"), ("fr", "l")} == set()


def test_a_release_of_a_draft_brings_its_words_and_not_before():
    plan, one = named(**{code: f"Heron {code}" for code in codes()}), writer()
    release = ready(plan, one, approver(), CANARY)
    assert [found(CANARY, code) for code in codes()] == [[], [], []]

    going_public.publish_release(release, one)

    assert [found(CANARY, code) for code in codes()] == [[each] for each in everywhere(plan)]


def test_what_a_law_has_removed_is_nowhere_in_the_index():
    plan = published(Plan, title=dict.fromkeys(codes(), CANARY))
    assert CANARY.lower() in stored().lower()

    remove(plan)

    assert CANARY.lower() not in stored().lower()
    assert (IndexEntry.objects.count(), Word.objects.count()) == (0, 0)


def test_of_a_record_that_goes_on_the_index_keeps_what_still_stands():
    plan = twice(named(**dict.fromkeys(codes(), "Heron")), body=dict.fromkeys(codes(), "Seagull."))
    before = rows()

    remove(plan, 1)

    assert rows() == before
    assert found("seagull", "nl") == [(plan.pk, "nl")]


@pytest.fixture
def merging_nothing(transactional_db):
    """SQLite's index forgets a row by writing that it is gone, and clears that up when it likes.

    It merges its sixteenth part whatever it was told, so what earlier tests left becomes one part.
    """
    tell = f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('automerge', %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")
        cursor.execute(tell, [0])
        yield
        cursor.execute(tell, [4])


@pytest.mark.only_on("sqlite")
def test_no_part_of_the_database_keeps_a_word_that_a_law_has_removed(merging_nothing):
    plan = published(Plan, title=dict.fromkeys(codes(), CANARY))
    named(en="Heron")
    twice(plan, title=dict.fromkeys(codes(), "Seagull"))
    assert "wxcanar" in stored().lower()

    remove(plan, 1)

    assert "wxcanar" not in stored().lower()
    assert found("seagull", "en") == [(plan.pk, "en")]


def test_a_text_of_thousands_of_words_comes_and_goes():
    plan = published(Plan, body={code: " ".join(f"w{n}" for n in range(3_000)) for code in codes()})
    assert found("w2999", "en") == [(plan.pk, "en")]

    twice(plan, body=dict.fromkeys(codes(), "Short."))

    assert found("w2999", "en") == []
    assert not Word.objects.filter(token="w2999").exists()


def test_of_texts_that_no_index_can_hold_the_beginning_is_found():
    words = ["".join(letters) for letters in islice(product("bcdfghj", repeat=6), 60_000)]
    texts = {name: {"nl": " ".join(words)} for name in ("body", "chapters")}
    text = published(Instrument, languages=["nl"], **texts)

    assert found(words[5_000], "nl") == [(text.pk, "nl")]
    assert found(f'"{words[-2]} {words[-1]}"', "nl") == []


@pytest.mark.parametrize("most", [1, 2])
def test_words_are_forgotten_a_few_at_a_time(monkeypatch, most):
    monkeypatch.setattr(index, "WORDS_A_TIME", most)
    plan = named(en="Heron seagull", nl="Reiger")
    twice(plan, title={"en": "Cormorant", "nl": "Aalscholver"})

    words = ["aalscholver", "cormorant", "heron", "reiger", "seagull"]
    left = Word.objects.filter(token__in=words).values_list("language", "token")
    assert sorted(left) == [(c, w) for c in ("en", "nl") for w in ("aalscholver", "cormorant")]


@pytest.fixture
def without_index():
    """What publishing asks when no index listens."""
    assert signals.published.disconnect(dispatch_uid="search")
    yield
    signals.published.connect(index.take_in, dispatch_uid="search")


def queries_of(records: list[Record]) -> int:
    for record in records:
        set_texts(record, record.headline, {code: f"Anew {record.pk} {code}" for code in codes()})
    with CaptureQueriesContext(connection) as queries:
        publish(records, by=None, notes=NOTES)
    return len(queries)


@pytest.mark.parametrize("number", [1, 10])
@pytest.mark.parametrize("kind", [Plan, Term])
def test_a_publication_asks_a_few_more_times_however_many_it_is_of(kind, number, request):
    ones, others = ([published(kind) for _ in range(number)] for _ in range(2))
    queries_of([published(kind)])  # what is asked once a process
    with_index = queries_of(ones)

    request.getfixturevalue("without_index")

    assert 0 < with_index - queries_of(others) <= MOST_QUERIES
