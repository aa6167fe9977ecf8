"""Whatever is typed: a page, and no error of the database."""

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from portal.languages.texts import codes
from portal.search.find import find
from tests.content.as_written import Files
from tests.search.test_page import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIGNS = ['"', "-", '-"', "“", "”", "«", "»", "*", "(", ")", ":", "^", "&", "|", "!", "<->", "\\"]
SIGNS += ["'", "{", "}", "NEAR(", "AND", "OR", "NOT", "\x00", "\u00ad", "\u200b", "%", "_", "🙂"]
SAID = sorted({word for data in Files().data.values() for word in str(data).split()})
PARTS = st.lists(st.sampled_from(SAID) | st.sampled_from(SIGNS) | ANY, max_size=14)
LONG = st.builds(lambda part, times: (part * times)[:10_000], ANY, st.integers(1, 2_000))
TYPED = st.builds(str.join, st.sampled_from(["", " ", "-", '"']), PARTS) | ANY | LONG


@pytest.mark.proof
@given(TYPED, st.sampled_from(codes()))
@example('"' * 999, "en")
@example('"a b" ' * 400, "fr")
@example("-plan " * 400, "nl")
@example(f'"{"plan " * 1_990}"', "en")
@example(" ".join(SAID[:400]), "nl")
@example("radikalisering" * 700, "nl")
@example("a b c d e f g h i j k l m n o p", "en")
@example("plan\x00r", "en")
def test_no_question_is_an_error(typed, lang):
    answer = find(typed, lang)

    assert not (answer.query.asks_nothing and answer.entries)
    assert all(each.language in answer.needs for each in answer.entries)


@pytest.mark.proof
@given(TYPED, st.sampled_from(codes()))
@example("plan", "en")
@example("<script>", "fr")
@example("plan " * 400, "nl")
@example("ﹰ", "en")
def test_no_question_makes_a_page_fail(typed, lang):
    answer = Client().get(asked(lang, q=typed))

    assert answer.status_code in (200, 400)
    assert (answer.status_code == 400) == _is_malformed(asked(lang, q=typed))


def _is_malformed(address: str) -> bool:
    """More than any page is asked, or a NUL: told on a page that says so."""
    query = address.partition("?")[2]
    return len(query) > 512 or "%00" in query
