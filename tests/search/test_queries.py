"""Whatever is typed says words, phrases and what to leave out, or nothing; and it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import MOST_LETTERS
from portal.search.queries import MOST_ASKED, MOST_IN_A_PHRASE, Query, read

TYPED = {
    "plan prison": Query(words=("plan", "prison")),
    "plan plan": Query(words=("plan",)),
    "the plan of prisons": Query(words=("plan", "prisons")),
    '"action plan"': Query(phrases=(("action", "plan"),)),
    "“action plan”": Query(phrases=(("action", "plan"),)),
    "„action plan“": Query(phrases=(("action", "plan"),)),
    "« action plan »": Query(phrases=(("action", "plan"),)),
    '"plan of action"': Query(phrases=(("plan", "of", "action"),)),
    '"action"': Query(words=("action",)),
    '"action plan': Query(words=("action", "plan")),
    'action" plan': Query(words=("action", "plan")),
    'prison "action plan" "': Query(words=("prison",), phrases=(("action", "plan"),)),
    "plan -prison": Query(words=("plan",), without=("prison",)),
    'plan -"action plan"': Query(words=("plan",), without_phrases=(("action", "plan"),)),
    "plan -counter-terrorism": Query(words=("plan",), without_phrases=(("counter", "terrorism"),)),
    "counter-terrorism": Query(words=("counter", "terrorism")),
    "plan - prison": Query(words=("plan", "prison")),
    "l’OCAM": Query(words=("l", "OCAM")),
    "T.E.R.": Query(words=("T.E.R.",)),
    "radi\u00adcali\u200bsation\x00": Query(words=("radicalisation",)),
    "AND OR NOT NEAR": Query(words=("NEAR",)),
    "plan AND prison": Query(words=("plan", "prison")),
    "IS": Query(words=("IS",)),
    "fighters of IS": Query(words=("fighters", "IS")),
    "WHAT IS A PLAN": Query(words=("PLAN",)),
}
NOTHING = [
    "",
    "   ",
    '"',
    '"" ""',
    "-",
    "- -- ---",
    "*",
    "* ( ) : ^ & | ! <-> ' \\",
    "\x00",
    "the of",
    "😀 …",
    "ﹰ",
    '"ﹰ ﹰ" -ﹰ',
]


@pytest.mark.parametrize("typed", TYPED)
def test_a_question_is_read_as_it_was_meant(typed):
    assert read(typed, "en") == TYPED[typed]


@pytest.mark.parametrize("typed", NOTHING)
def test_what_says_nothing_asks_nothing(typed):
    query = read(typed, "en")

    assert (query, query.asks_nothing) == (Query(), True)


def test_only_to_leave_something_out_asks_nothing():
    assert read("-plan", "en").asks_nothing


def test_words_that_say_something_together_alone_are_looked_for_in_their_order():
    assert read("who does what", "en") == Query(phrases=(("who", "does", "what"),))
    assert read("qui fait quoi", "fr") == Query(phrases=(("qui", "fait", "quoi"),))
    assert read("who does what for plans", "en") == Query(words=("plans",))


def test_stop_words_are_those_of_the_language():
    assert read("les plans", "fr") == Query(words=("plans",))
    assert read("les plans", "en") == Query(words=("les", "plans"))


@pytest.mark.parametrize(
    ("lang", "typed", "words"),
    [
        ("nl", "de-radicalisering", ("deradicalisering",)),
        ("fr", "dé-radicalisation", ("déradicalisation",)),
        ("fr", "peut-il", ()),
        ("fr", "est-ce un plan", ("plan",)),
        ("en", "counter-terrorism", ("counter", "terrorism")),
    ],
)
def test_a_hyphen_after_a_word_that_says_nothing_joins_it_to_what_follows(lang, typed, words):
    assert read(typed, lang).words == words


def test_in_quotes_of_its_language_an_apostrophe_opens_nothing():
    assert read("l'OCAM et l'\"action commune\"", "fr").phrases == (("action", "commune"),)


@pytest.mark.parametrize("typed", ["word" * 2_500, " ".join(f"w{n}" for n in range(400))])
def test_of_much_a_little_is_asked(typed):
    query = read(typed, "en")

    assert 0 < len(query.words) <= MOST_ASKED
    assert max(map(len, query.words)) <= MOST_LETTERS
    assert len((read(f'"{typed}"', "en").phrases or [()])[0]) in (0, MOST_IN_A_PHRASE)


@pytest.mark.proof
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('-" “”«»'), max_size=200))
def test_no_question_is_too_strange_to_be_read(typed):
    query = read(typed, "en")

    every = [query.words, query.phrases, query.without, query.without_phrases]
    assert max(map(len, every)) <= MOST_ASKED
    assert query.asks_nothing is not bool(query.words or query.phrases)
