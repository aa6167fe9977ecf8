"""Words that a reader takes for the same meet in a form, and no letter is beyond the index."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.languages.texts import codes
from portal.search.analysis import MOST_LETTERS, bag, forms, token, tokens

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
MEET = [
    ("nl", "maatregel", "maatregelen"),
    ("nl", "gevangenis", "gevangenissen"),
    ("nl", "plan", "plannen"),
    ("nl", "terroristen", "terroristische"),
    ("nl", "radicaliseert", "radicalisering"),
    ("nl", "lokale", "lokaal"),
    ("nl", "financiën", "financien"),
    ("en", "radicalization", "radicalisation"),
    ("en", "prisons", "prison"),
    ("en", "T.E.R.", "TER"),
    ("fr", "détenu", "détenus"),
    ("fr", "détenu", "detenu"),
    ("fr", "détenus", "detenus"),
    ("fr", "œuvre", "oeuvre"),
    ("fr", "djihadistes", "djihadiste"),
]
IN_A_TEXT = [
    ("fr", "l’OCAM", "OCAM"),
    ("fr", "l'OCAM", "OCAM"),
    ("en", "Belgium’s", "Belgium"),
    ("en", "counter-terrorism", "counterterrorism"),
    ("en", "counter-terrorism", "counter"),
    ("en", "Strategy T.E.R.", "TER"),
    ("nl", "Kanaalplan/Plan Kanaal", "Kanaal"),
]
APART = [
    ("en", "police", "policy"),
    ("en", "plan", "planet"),
    ("fr", "prison", "prise"),
    ("nl", "plan", "plaats"),
    ("nl", "politie", "politiek"),
    ("en", "attack", "attach"),
]


@pytest.mark.parametrize(("lang", "one", "other"), MEET)
def test_two_forms_of_a_word_meet(lang, one, other):
    assert forms(one, lang) & forms(other, lang)


@pytest.mark.parametrize(("lang", "text", "word"), IN_A_TEXT)
def test_a_word_is_found_in_what_it_is_written_into(lang, text, word):
    assert forms(word, lang) & bag(text, lang)


@pytest.mark.parametrize(("lang", "one", "other"), APART)
def test_two_words_that_only_look_alike_do_not_meet(lang, one, other):
    assert forms(one, lang) & forms(other, lang) == set()


def test_a_phrase_keeps_its_order_and_its_words():
    assert tokens("Le plan d’action « T.E.R. » de l’Œuvre") == [
        *("le", "plan", "d", "action", "ter", "de", "l", "oeuvre")
    ]


@pytest.mark.proof
@given(ANY)
@example("ǅ")
@example("İ")
@example("ﬁ\u0301")
@example("5" * 200)
@example("中文")
def test_whatever_the_letters_a_token_is_one_that_both_databases_take(word):
    made = token(word)

    assert re.fullmatch("([a-z][a-z0-9]*)?", made)
    assert len(made) <= MOST_LETTERS
    assert token(made) == made


@pytest.mark.proof
@given(ANY, st.sampled_from([*codes(), "de", "xx"]))
def test_whatever_the_word_its_forms_are_tokens_and_its_own_is_among_them(word, lang):
    found = forms(word, lang)

    assert {token(form) for form in found} == found
    assert found >= {token(word)} - {""}


def test_threads_that_ask_at_once_find_the_forms_that_one_finds():
    words = [
        "".join(parts) for parts in product("bcdgl", "aiou", ("tion", "ement", "istes", "eux"))
    ]
    alone = [forms(word, "fr") for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda word: forms.__wrapped__(word, "fr"), words * 4))
    finally:
        sys.setswitchinterval(before)

    assert together == alone * 4
