import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.languages.typography import SEAM, SOFT_HYPHEN, typeset

NB, NNB = "\u00a0", "\u202f"
LANGUAGES = ["de", "en", "fr", "nl"]


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
        ('the "Plan" of 2005', "en", "the “Plan” of 2005"),
        ('het "Plan" van 2005', "nl", "het “Plan” van 2005"),
        ('le "Plan" de 2005', "fr", f"le «{NB}Plan{NB}» de 2005"),
        ('der "Plan" von 2005', "de", "der „Plan“ von 2005"),
        ("der 'Plan' geht's an", "de", "der ‚Plan‘ geht’s an"),
        ("die \"sogenannte 'Kadernota'\"", "de", "die „sogenannte ‚Kadernota‘“"),
        ('x "a "b" c"', "en", "x “a “b” c”"),
        ('a plate of 5" and more', "en", 'a plate of 5" and more'),
        ("am 12. Februar 2015", "de", f"am 12.{NB}Februar{NB}2015"),
        ("5 % et 400 €", "fr", f"5{NB}% et 400{NB}€"),
        ("voor € 400 of EUR 5", "nl", f"voor €{NB}400 of EUR{NB}5"),
        ("in 2019-2020", "en", "in 2019–2020"),
        ("in 2019-2020", "de", "in 2019–2020"),
        ("en 2019-2020", "fr", "en 2019-2020"),
        ("in 2019-2020", "nl", "in 2019-2020"),
        ("no. 2020-2019, 2015-2016-01", "en", "no. 2020-2019, 2015-2016-01"),
        (f"[vraiment ?{SEAM} dit-il", "fr", f"[vraiment{NNB}?{SEAM} dit-il"),
        ("voir https://x.be/a?b:c : là", "fr", f"voir https://x.be/a?b:c{NB}: là"),
        ("zie 'https://x.be/it's'.", "nl", "zie ‘https://x.be/it's’."),
        ("mail o'brien@x.be's desk", "en", "mail o’brien@x.be’s desk"),
        ("<cite class='x'>l'avis</cite> ; fin", "fr", f"<cite class='x'>l’avis</cite>{NNB}; fin"),
    ],
)
def test_each_language_gets_its_own_marks(typed, lang, read):
    assert typeset(typed, lang) == read


def test_long_dutch_words_get_their_seams_and_keep_their_capitals():
    read = typeset("Terrorismebestrijdingsstrategie", "nl", soft_hyphens=True)

    assert read == f"Terrorisme{SOFT_HYPHEN}bestrijdings{SOFT_HYPHEN}strategie"


def test_the_hyphen_of_a_dutch_prefix_does_not_break():
    assert typeset("re-integreren", "nl", soft_hyphens=True) == "re\u2011integreren"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.be/terrorismebestrijding?x='veiligheidsraad'&y=2019-2020",
        "www.terrorismebestrijding.be/veiligheidsplan",
        "veiligheidsraad.be",
        "dreigingsanalyse@terrorismebestrijding.be",
        "terrorismebestrijding-2019-2020.pdf",
        "`Plan R 'x' 5 %`",
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_a_file_and_code_can_be_copied_as_they_were_typed(address, lang):
    assert address in typeset(f"Zie {address} : 'daar'.", lang, soft_hyphens=True)


def test_no_other_language_gets_soft_hyphens():
    assert SOFT_HYPHEN not in typeset("Terrorismebestrijdingsstrategie", "fr", soft_hyphens=True)


# Words, marks and whatever the rules look at, so that they meet each other.
PIECES = [
    *("l", "R", "Plan R", "veiligheidsraad", "re-integratie", "1", "12", "066", "2019", "2020"),
    *("février", "Februar", "May", "1er", "EUR", "€", "%", "'", '"', "’", "«", "»", "“", "-", "–"),
    *(" ", NB, NNB, "\n", ":", ";", "?", "!", ".", ",", "(", ")", "<", ">", "`", "@", "/", SEAM),
    *("https://x.be/a", "x.pdf", "<b>", "</b>", "s", "t", "é", "\u0301", "\ue001", "\ue002"),
]
TYPED = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
MARKS = str.maketrans(
    {NB: " ", NNB: " ", SOFT_HYPHEN: None, "\u2011": "-", "–": "-"} | dict.fromkeys("’‘‚'", "'")
)
DOUBLE = re.compile(f"«[ {NB}]|[ {NB}]»|[«»“”„]")


def letters(text: str) -> str:
    """Without what typesetting is about: every mark as it would have been typed."""
    return DOUBLE.sub('"', text.translate(MARKS).replace("’", "'"))


@pytest.mark.proof
@given(TYPED, st.sampled_from(LANGUAGES))
def test_typesetting_twice_changes_nothing_more(typed, lang):
    once = typeset(typed, lang, soft_hyphens=True)

    assert typeset(once, lang, soft_hyphens=True) == once


@pytest.mark.proof
@given(TYPED, st.sampled_from(LANGUAGES))
def test_nothing_changes_but_the_marks(typed, lang):
    assert letters(typeset(typed, lang, soft_hyphens=True)) == letters(typed)


@pytest.mark.proof
@given(TYPED, st.sampled_from([*LANGUAGES, "it", None]))
def test_whatever_began_or_ended_in_a_line_still_does(typed, lang):
    assert typeset(typed, lang, soft_hyphens=True).count(SEAM) == typed.count(SEAM)
