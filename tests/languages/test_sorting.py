import ast
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from hypothesis import given
from hypothesis import strategies as st

from portal.languages.names import known_languages
from portal.languages.sorting import by_name, initial, sort_bytes, sort_key
from tests.test_architecture import SOURCES

NAMES = st.text(st.sampled_from("aAbeEéÉe\u0301ïœŒæßĳ 0129-\u2011\u00ad'’.(\u00a0øÅ²"), max_size=8)


@pytest.mark.parametrize(
    "in_order",
    [
        pytest.param(
            ["actor", "Émigré", "rehabilitatie", "re-integratie", "re\u2011integratie B", "zeal"],
            id="accents-capitals-and-hyphens-do-not-count",
        ),
        pytest.param(["Œuvre A", "oeuvre B", "œuvre C"], id="oe-is-oe"),
        pytest.param(["Strase", "Straße", "Strasse b"], id="sharp-s-is-ss"),
        pytest.param(["ijl", "IJsland", "ĳver", "ik", "yzer"], id="ij-stands-under-i"),
        pytest.param(["Commission 2", "Commission 10", "Commission 010 b"], id="numbers-by-value"),
        pytest.param(["l'Organe", "lorgnette", "Organe"], id="articles-count-apostrophes-do-not"),
        pytest.param(["Plan", "Plan (2005)", "Plan 2015", "Planning"], id="word-by-word"),
        pytest.param(["T.E.R.", "TER B", "terme"], id="dots-do-not-count"),
    ],
)
def test_names_stand_where_a_reader_looks_for_them(in_order):
    assert by_name(reversed(in_order)) == in_order


def test_names_that_differ_in_a_mark_alone_still_have_one_order():
    assert by_name(["été", "ete"]) == by_name(["ete", "été"]) == ["ete", "été"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Œuvre", "O"), ("été", "E"), ("« Plan »", "P"), ("11 September", "0-9"), ("", "")],
)
def test_a_name_stands_under_the_letter_that_it_is_sorted_by(name, letter):
    assert initial(name) == letter


@pytest.mark.proof
@given(st.lists(st.one_of(NAMES, st.text()), max_size=6), st.randoms())
def test_the_order_is_one_whatever_the_order_was_before(names, chance):
    shuffled = chance.sample(names, len(names))
    ordered = by_name(names)

    assert list(map(sort_key, ordered)) == list(map(sort_key, by_name(shuffled)))
    assert all(sort_key(a) <= sort_key(b) for a, b in pairwise(ordered))


@pytest.mark.proof
@given(st.lists(NAMES, max_size=6))
def test_what_has_the_same_name_keeps_its_order(names):
    numbered = list(enumerate([*names, *names]))
    ordered = by_name(numbered, lambda item: item[1])

    assert sorted(ordered) == numbered
    same = [(a, b) for a, b in pairwise(ordered) if sort_key(a[1]) == sort_key(b[1])]
    assert [(a, b) for a, b in same if a[0] > b[0]] == []


@pytest.mark.proof
@given(st.one_of(NAMES, st.text()))
def test_a_name_sorts_alike_however_its_accents_are_stored(name):
    composed, apart = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))

    assert sort_key(composed) == sort_key(apart)


@pytest.mark.proof
@given(NAMES, NAMES)
def test_accents_and_capitals_decide_between_equals_alone(one, other):
    def bare(name: str) -> str:
        letters = unicodedata.normalize("NFD", name)
        return "".join(c for c in letters if not unicodedata.combining(c)).casefold()

    (first, _name), (second, _other) = sort_key(one), sort_key(other)

    assert (sort_key(bare(one))[0], sort_key(bare(other))[0]) == (first, second)


@pytest.mark.proof
@given(st.one_of(NAMES, st.text()), st.one_of(NAMES, st.text()))
def test_bytes_have_the_order_of_the_names(one, other):
    bytewise, by_key = ([key(one), key(other)] for key in (sort_bytes, sort_key))

    assert (bytewise[0] < bytewise[1]) == (by_key[0] < by_key[1])
    assert (bytewise[0] == bytewise[1]) == (by_key[0] == by_key[1])


def test_what_databases_hold_to_sort_by_is_what_would_be_written_today():
    """Whoever changes it also empties ``name_key`` of every kind by a migration: then all of them
    are written anew.
    """
    kept = {
        "Été 2015": b"ete 00042015\x00\xc3\x89t\xc3\xa9 2015",
        "l\u2019Œuvre (b)": b"loeuvre b\x00l\xe2\x80\x99\xc5\x92uvre (b)",
        "": b"\x00",
    }

    assert {name: sort_bytes(name) for name in kept} == kept


def test_languages_are_listed_by_their_names():
    listed = [name for _code, name in known_languages()]

    assert len(listed) > 50
    assert listed == by_name(listed)


# --- No list is ordered by a text in the database, where every server has rules of its own --------

IS_NO_NAME = {
    "language": "a code of two letters",
    "record": "an identity",
    "group": "the place of a group among others",
    "name_key": "bytes, which compare alike everywhere",
    "start": "the name of a column of dates",
}


def ordered_by(source: str) -> Iterator[str]:
    """What ``order_by`` and ``ordering`` name: the last column of each path."""
    for node in ast.walk(ast.parse(source)):
        found = []
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
            found = node.args
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ordering":
            found = getattr(node.value, "elts", [node.value])
        for each in found:
            named = each.value if isinstance(each, ast.Constant) else ast.unparse(each)
            yield str(named).lstrip("-").rpartition("__")[2]


def texts() -> set[str]:
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    return {
        field.name
        for field in fields
        if isinstance(field, CharField | TextField) and not field.name.endswith(("_from", "_until"))
    }


def by_a_text(source: str) -> list[str]:
    known = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    safe = (known - texts()) | {"pk"} | IS_NO_NAME.keys()
    return [name for name in ordered_by(source) if name not in safe]


def test_no_list_is_ordered_by_a_text_in_the_database():
    found = {path.name: names for path in SOURCES if (names := by_a_text(_read(path)))}

    assert sum(len(list(ordered_by(_read(path)))) for path in SOURCES) > 30
    assert found == {}


def _read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    "planted",
    [
        "Plan.objects.order_by('position', 'title')",
        "rows.order_by('-account__username')",
        "class Meta:\n    ordering = ['position', 'term']",
        "rows.order_by(column('title', code))",
        "rows.order_by(F('title').asc())",
    ],
)
def test_a_list_that_is_ordered_by_a_text_is_found(planted):
    assert len(by_a_text(planted)) == 1
