"""Both databases answer every question alike, and none takes much longer than the others."""

import secrets
from random import Random
from statistics import median, quantiles
from time import perf_counter

import pytest
from django.core.management import call_command
from django.db import connection

from portal.content.loading import load
from portal.search.find import find
from portal.search.models import IndexEntry
from tests.proofs.searching import questions
from tests.search.conftest import Indexed
from tests.search.elsewhere import on_sqlite
from tests.search.indexed import found, rows
from tests.search.judging import every_judged

pytestmark = [pytest.mark.proof, pytest.mark.django_db]

GENERATED = 2_000
MOST_TIMES = 5  # the slowest of a hundred, of the one in the middle


@pytest.fixture
def seed(capsys) -> int:
    number = secrets.randbelow(10**6)
    with capsys.disabled():
        print(f"\nsearch on {connection.vendor}, seed {number}:")
    return number


@pytest.fixture
def asked(framework, seed) -> list[tuple[str, str]]:
    known = [(each.words, each.language) for each in every_judged()]
    return known + list(questions(GENERATED, Random(seed)))


@pytest.mark.only_on("postgresql")
def test_both_databases_answer_alike(asked, indexed, capsys):
    here = {each: found(*each) for each in asked}
    with on_sqlite(indexed):
        there = {each: found(*each) for each in asked}

    with capsys.disabled():
        print(f"  {len(here)} questions, {sum(map(bool, here.values()))} with an answer")
    assert [each for each in here if here[each] != there[each]] == []
    assert sum(map(bool, here.values())) > GENERATED / 2


@pytest.mark.only_on("postgresql")
def test_both_databases_index_the_content_alike(db):
    load()
    here = rows()

    with on_sqlite(Indexed([], {})):
        call_command("migrate", run_syncdb=True, verbosity=0)
        load()
        there = rows()

    assert len(here["IndexEntry"]) > 600
    assert here == there


def test_no_question_takes_much_longer_than_the_others(asked, capsys):
    find("warm", "en")
    taken = []
    for typed, lang in asked:
        begun = perf_counter()
        answer = find(typed, lang)
        if not answer.query.asks_nothing:
            taken.append((perf_counter() - begun, typed))
    middle = median(seconds for seconds, _typed in taken)
    slow = quantiles([seconds for seconds, _typed in taken], n=100)[98]

    with capsys.disabled():
        print(f"  {len(taken)} reach the index: median {1000 * middle:.1f} ms, ", end="")
        print(f"p99 {1000 * slow:.1f} ms, {slow / middle:.1f} times as long")
    assert IndexEntry.objects.count() > 600
    assert slow <= MOST_TIMES * middle, sorted(taken)[-5:]
