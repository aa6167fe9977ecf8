"""What is found of the founding content, and in which order."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.languages.texts import codes
from portal.search.find import find
from portal.search.models import IndexEntry
from tests.content.as_written import Files
from tests.search.indexed import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]

NAMES = {UUID(data["uuid"]): name for name, data in Files().data.items()}
CUTA, UN = "actor/cuta", "actor/united-nations"


def named(typed: str, lang: str) -> list[str]:
    return [NAMES[record] for record, _language in found(typed, lang)]


def test_an_abbreviation_of_any_language_finds_the_body_in_every_language():
    bodies = {
        **dict.fromkeys(["OCAM", "OCAD", "CUTA", "KOBA", "ocam", "O.C.A.M.", "l’OCAM"], CUTA),
        **dict.fromkeys(["VN", "ONU", "UN", "U.N."], UN),
    }
    asked = [(each, code) for each in bodies for code in codes()]
    first = {(each, code): found(each, code)[0] for each, code in asked}

    assert {key: (NAMES[record], language) for key, (record, language) in first.items()} == {
        (each, code): (bodies[each], code) for each, code in asked
    }


def test_an_article_that_looks_like_an_abbreviation_is_none():
    assert find("un", "fr").query.asks_nothing
    assert len(found("UN", "fr")) < 20


def test_citizens_words_find_what_no_text_says():
    wanted = {
        ("en", "army at stations"): "measure/november-2015-03",
        ("nl", "soldaten op straat"): "measure/november-2015-03",
        ("fr", "liste des djihadistes"): "term/common-database",
        ("nl", "radicalisering gevangenis"): "plan/plan-prisons",
        ("nl", "radikalisering gevangenis"): "plan/plan-prisons",
    }

    assert {(lang, typed): named(typed, lang)[0] for lang, typed in wanted} == wanted


def test_a_phrase_is_found_in_its_order_alone():
    assert named('"framework memorandum"', "en")[0] == "instrument/framework-memorandum"
    assert named('"memorandum framework"', "en") == []
    assert "instrument/framework-memorandum" in named("memorandum framework", "en")[:2]


def test_a_minus_leaves_out_and_nothing_else():
    every, less = named("prisons", "en"), named("prisons -plan", "en")

    assert less == [name for name in every if name in less]
    assert "plan/plan-prisons" in set(every) - set(less)
    assert less != []
    without = set(named("plan", "en")) - set(named('plan -"plan r"', "en"))
    assert "plan/plan-r" in without
    assert "plan/plan-canal" not in without


def test_what_a_minus_leaves_out_comes_back_in_no_other_language():
    assert "term/threat-level" in named('"threat level"', "en")
    assert named('"threat level" -cuta', "en") == []


def test_the_beginning_of_a_word_is_enough_where_no_text_has_it_as_a_word():
    answer = find("deradicalisa", "en")

    assert "term/deradicalisation" in [NAMES[entry.record] for entry in answer.entries]
    assert (answer.read_as, answer.unknown) == ({}, [])


def test_a_slip_of_the_keys_is_read_as_what_was_meant_and_said():
    for lang, typed, meant in (
        ("en", "terorism", "terrorism"),
        ("fr", "terorisme", "terrorisme"),
        ("nl", "radikalisering", "radicalisering"),
    ):
        answer = find(typed, lang)

        assert {word: read.casefold() for word, read in answer.read_as.items()} == {typed: meant}
        assert found(typed, lang) == found(meant, lang)
        assert len(answer.entries) > 5


def test_what_nothing_is_like_is_said_to_be_unknown():
    answer = find("xyzzyqq", "en")

    assert (answer.entries, answer.read_as, answer.unknown) == ([], {}, ["xyzzyqq"])


def test_a_year_is_never_read_as_another_year():
    answer = find("law 2003", "en")

    assert (answer.read_as, answer.unknown) == ({}, ["2003"])
    assert find("law 2005", "en").unknown == []


def test_a_slip_in_a_beginning_is_read_as_the_whole_word_that_begins_so():
    answer = find("dreigingsnivo", "nl")

    assert answer.read_as == {"dreigingsnivo": "dreigingsniveau"}
    assert NAMES[answer.entries[0].record] == "term/threat-level"


def test_it_is_said_where_no_text_has_all_the_words():
    asked = {words: find(words, "en") for words in ("brussels paris", "brussels plan", "xyzzyqq")}

    told = {words: answer.has_only_some for words, answer in asked.items()}
    assert told == {"brussels paris": True, "brussels plan": False, "xyzzyqq": False}


def test_a_compound_is_found_joined_and_apart():
    for typed in ("kanaalplan", "kanaal plan", "plan kanaal", "Kanaal-plan"):
        assert "plan/plan-canal" in named(typed, "nl")[:3], typed


def test_words_that_a_language_joins_are_found_in_what_it_joined():
    assert "plan/plan-prisons" in named("gevangenisplan", "nl")
    assert "term/counter-terrorism" in named("terrorisme bestrijding", "nl")[:3]


def test_titles_count_for_more_than_bodies_and_plans_for_more_than_terms():
    answer = find("radicalisation prisons", "en")

    assert NAMES[answer.entries[0].record] == "plan/plan-prisons"
    by_kind = dict(IndexEntry.objects.values_list("kind", "rank"))
    assert max(by_kind["plan"], by_kind["actor"]) < by_kind["term"]


def test_kinds_are_counted_over_all_that_was_found():
    answer = find("plan", "en")

    assert sum(answer.kinds.values()) == len(answer.entries)
    assert answer.kinds["plan"] == len([e for e in answer.entries if e.kind == "plan"]) > 3
    assert len(answer.kinds) > 4


SLIPS = {
    "en": "preskden instquct traikiqg gevangez diplomkt excjpkio invjskig strijdjj agenkkes",
    "fr": "oprichtjnz globjlis multijkt accompzg rehabzli uniforjj inljchti confkrmq buitezlk",
    "nl": "natioxalitx witwaskej miljoeqe intrekkxnx opvolgxx informqtionj verdragqk capacikq",
}
MOST_QUERIES = 60


@pytest.mark.parametrize("lang", codes())
def test_the_most_slips_that_are_looked_for_cost_no_more_queries_than_a_long_page(lang, framework):
    with CaptureQueriesContext(connection) as asked:
        answer = find(SLIPS[lang], lang)

    assert len(answer.read_as) + len(answer.unknown) == len(SLIPS[lang].split())
    assert len(answer.read_as) >= 8
    assert len(asked) <= MOST_QUERIES
