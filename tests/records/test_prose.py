from uuid import UUID

import html5lib
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.records.prose import (
    ATTRIBUTES,
    TAGS,
    addresses_in,
    is_allowed,
    linked_uuids,
    plain,
    render,
    validate_prose,
)

UUID_A = UUID("6b1f4d0e-58a5-4a3b-9d57-0d4c1f0a2b3c")


def test_paragraphs_lists_links_and_emphasis_are_rendered():
    text = "One *two*.\n\n- first\n- second\n\n1. third\n\n[site](https://example.org/a)"

    assert render(text, "en") == (
        "<p>One <em>two</em>.</p>\n<ul>\n<li>first</li>\n<li>second</li>\n</ul>\n"
        "<ol>\n<li>third</li>\n</ol>\n"
        '<p><a href="https://example.org/a" rel="noopener noreferrer">site</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Heading",
        "`code`",
        "> quote",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "***",
        "| a | b |",
        "https://example.org",
        "~~gone~~",
    ],
)
def test_nothing_else_of_markdown_or_html_is(text):
    tags = {
        element.tag
        for element in html5lib.parse(render(text, "en"), namespaceHTMLElements=False).iter()
    }

    assert tags <= {"html", "head", "body", "p"}


def test_a_mark_after_a_link_finds_the_word_before_it():
    html = render("l'[OCAM](https://example.org/) ; *oui* !", "fr").replace("&nbsp;", "\u00a0")

    assert "l’<a" in html
    assert "</a>\u202f;" in html
    assert "</em>\u202f!" in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("staat '[bron](https://example.org/)'.", "staat ‘bron’."),
        ("staat ['bron'](https://example.org/).", "staat ‘bron’."),
        ("[Belgium](https://example.org/)'s plan", "Belgium’s plan"),
        ("*'mot'*", "‘mot’"),
        ("['s avonds](https://example.org/)", "’s avonds"),
    ],
)
def test_quotes_and_apostrophes_are_right_beside_a_link(text, words):
    document = html5lib.parse(render(text, "nl"), namespaceHTMLElements=False)

    assert "".join(document.itertext()).strip() == words


def test_a_picture_is_only_a_link_to_it():
    assert "<img" not in render("![plan](https://example.org/x.png)", "en")


def test_a_permanent_link_leads_to_the_readers_own_address():
    text = f"See [Plan R](/id/{UUID_A}/)."

    assert 'href="/fr/plans/plan-r/"' in render(text, "fr", {UUID_A: "/fr/plans/plan-r/"})
    assert linked_uuids(text) == {UUID_A}


def test_a_permanent_address_of_another_site_is_none_of_ours():
    assert linked_uuids(f"[x](https://example.org/id/{UUID_A}/)") == set()


def test_a_title_on_a_link_is_dropped():
    assert "title" not in render('[x](https://example.org/ "t")', "en")


def test_a_link_that_leads_nowhere_known_stays_permanent():
    assert f'href="/id/{UUID_A}/"' in render(f"[x](/id/{UUID_A}/)", "en")


def test_the_typography_of_the_language_is_applied_to_words_and_not_to_addresses():
    html = render("L'OCAM : « oui » ! [site](https://example.org/a?b=c)", "fr")

    assert "L’OCAM\u00a0: «\u00a0oui\u00a0»\u202f!" in html.replace("&nbsp;", "\u00a0")
    assert "https://example.org/a?b=c" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example",
        "https://user@evil.example",
        "http://example.org",
        "https:evil.example",
        "/admin/",
        "/\\evil.example",
        "https://evil.example\\@good.example",
        "data:text/html,x",
        "https://exa mple.org",
        "https://localhost/",
        "https://",
        "",
        "https://example.org:8080/",
        "HTTPS:\u2028//x.example",
        "https://[::1]/",
    ],
)
def test_an_address_that_a_page_may_not_link_to_is_refused_and_never_rendered(address):
    assert not is_allowed(address)
    html = render(f"[x](<{address}>)", "en")
    assert 'href="#"' in html or "href" not in html


def test_the_refusal_names_the_address():
    with pytest.raises(ValidationError) as refusal:
        validate_prose("fine [a](https://example.org/) not [b](http://example.org/)")

    assert "http://example.org/" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("Plain words.", "Plain words.", id="words"),
        pytest.param(
            "A *strong* and **stronger** word.", "A strong and stronger word.", id="marks"
        ),
        pytest.param("See [the *plan*](/id/x/).", "See the plan.", id="link"),
        pytest.param("One.\n\nTwo.", "One. Two.", id="paragraphs"),
        pytest.param("One\ntwo.", "One two.", id="line"),
        pytest.param("So:\n\n- one\n- two\n\n1. three", "So: one two three", id="lists"),
        pytest.param("2 \\* 3 &amp; 4", "2 * 3 & 4", id="escapes"),
        pytest.param("<b>1 < 2</b>", "<b>1 < 2</b>", id="markup-is-words"),
    ],
)
def test_the_words_of_a_prose_are_told_without_its_marks(text, words):
    assert plain(text) == words


@pytest.mark.proof
@given(st.text(max_size=200))
def test_the_plain_words_are_those_that_the_page_shows(text):
    document = html5lib.parse(render(text, None), namespaceHTMLElements=False)
    without = str.maketrans("", "", "\"“”'‘’\x00\x0c")  # what typesetting or a parser may change

    shown = "".join("".join(document.itertext()).split()).translate(without)
    assert "".join(plain(text).split()).translate(without) == shown


@pytest.mark.proof
@given(st.text(max_size=200))
def test_whatever_is_typed_only_the_few_tags_come_out(text):
    document = html5lib.parse(render(text, "nl"), namespaceHTMLElements=False)
    elements = list(document.find("body").iter())[1:]

    assert all(element.tag in TAGS for element in elements)
    assert all(
        set(element.attrib) <= ATTRIBUTES.get(element.tag, set()) | {"rel"} for element in elements
    )


# Whatever typography looks for, where an address may have it too.
WITHIN = st.text(st.sampled_from("aR0129'%€=&?;:,.!~-_«’*"), max_size=12)
ADDRESSES = WITHIN.map(lambda end: f"https://x.be/2019-2020/terrorismebestrijding?{end}x")


@pytest.mark.proof
@given(
    st.lists(st.tuples(st.text(max_size=6), ADDRESSES), max_size=3),
    st.sampled_from(["de", "en", "fr", "nl"]),
)
def test_an_address_is_kept_to_the_letter_as_a_link_and_as_words(pieces, lang):
    plain_words = "it's 'x' 5 % en 2019-2020 : "
    text = plain_words.join(f"{words} [Plan R]({to}) 'zie' {to} ; " for words, to in pieces)
    document = html5lib.parse(render(text, lang), namespaceHTMLElements=False)
    shown = "".join(document.itertext())

    assert [a.get("href") for a in document.iter("a")] == addresses_in(text)
    assert all(to in shown for _words, to in pieces if f" {to} " in plain(text))
