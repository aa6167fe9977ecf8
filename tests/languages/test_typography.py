import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.languages.typography import SOFT_HYPHEN, typeset

NB, NNB = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "lang", "read"),
    [
        ("terrorisme : une approche", "fr", f"terrorisme{NB}: une approche"),
        ("« Plan d'action »", "fr", f"«{NB}Plan d’action{NB}»"),
        ("vrai ? faux ! ou ; non", "fr", f"vrai{NNB}? faux{NNB}! ou{NNB}; non"),
        ("1 066 places", "fr", f"1{NNB}066 places"),
        ("1 234 567 euros", "fr", f"1{NNB}234{NNB}567 euros"),
        ("en 2015 100 agents", "fr", "en 2015 100 agents"),
        ("de jaren '90", "nl", "de jaren ’90"),
        ("le 1er septembre 2021", "fr", f"le 1er{NB}septembre{NB}2021"),
        ("on 12 February 2015", "en", f"on 12{NB}February{NB}2015"),
        ("in januari 2015", "nl", f"in januari{NB}2015"),
        ("the Plan R of 2005", "en", f"the Plan{NB}R of 2005"),
        ("Belgium's framework", "en", "Belgium’s framework"),
        ("the prosecutors' offices", "en", "the prosecutors’ offices"),
        ("the 'whole of government' approach", "en", "the ‘whole of government’ approach"),
        ("'s avonds in 't huis", "nl", "’s avonds in ’t huis"),
        ("https://example.org/?a=b", "fr", "https://example.org/?a=b"),
        ("terrorism: an approach", "en", "terrorism: an approach"),
    ],
)
def test_each_language_gets_its_own_marks(typed, lang, read):
    assert typeset(typed, lang) == read


def test_long_dutch_words_get_their_seams_and_keep_their_capitals():
    read = typeset("Terrorismebestrijdingsstrategie", "nl", soft_hyphens=True)

    assert read == f"Terrorisme{SOFT_HYPHEN}bestrijdings{SOFT_HYPHEN}strategie"


def test_the_hyphen_of_a_dutch_prefix_does_not_break():
    assert typeset("re-integreren", "nl", soft_hyphens=True) == "re\u2011integreren"


def test_no_other_language_gets_soft_hyphens():
    assert SOFT_HYPHEN not in typeset("Terrorismebestrijdingsstrategie", "fr", soft_hyphens=True)


@pytest.mark.proof
@given(st.text(), st.sampled_from(["en", "fr", "nl"]))
def test_typesetting_twice_changes_nothing_more(typed, lang):
    once = typeset(typed, lang, soft_hyphens=True)

    assert typeset(once, lang, soft_hyphens=True) == once
