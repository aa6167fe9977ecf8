import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.records.text import normalise


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param("e\u0301tat", "état", id="decomposed-accent"),
        pytest.param("one\r\n\r\ntwo\rthree", "one\n\ntwo\nthree", id="line-ends"),
        pytest.param("  spaces \n", "spaces", id="spaces-at-the-ends"),
        pytest.param("", None, id="empty"),
        pytest.param(" \r\n ", None, id="blank"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_text_has_one_form(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "typed", ["a\x00b", "a\x0bb", "\x1f", "a\ud800b", "\udfff", "\ufffe", "a\uffff"]
)
def test_what_cannot_be_stored_is_refused(typed):
    with pytest.raises(ValidationError):
        normalise(typed)


def test_a_letter_under_a_pile_of_marks_is_refused():
    many = "a" + "\u0301\u0327" * 15

    assert len(normalise(many)) == 30  # á is one
    for piled in (f"{many}\u0301", f"x{many}\u0301" * 2):
        with pytest.raises(ValidationError, match="more than 30 marks"):
            normalise(piled)


CONTROLS = "".join(chr(code) for code in range(32) if chr(code) not in "\t\n\r")


@pytest.mark.proof
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS)))
def test_normalising_twice_changes_nothing(typed):
    once = normalise(typed)

    assert normalise(once) == once
