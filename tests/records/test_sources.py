import pytest
from django.core.exceptions import ValidationError

from portal.records.sources import Source, SourcesField


def test_a_source_line_is_read_in_four_parts():
    line = "La stratégie T.E.R. | https://ocam.belgium.be/x/ | fr | 2026-11-24"

    assert Source.parse(line) == Source(
        "La stratégie T.E.R.", "https://ocam.belgium.be/x/", "fr", "2026-11-24"
    )


def test_a_source_may_be_named_without_a_link():
    assert Source.parse("Council document 14469/4/05") == Source("Council document 14469/4/05")


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        pytest.param("| https://example.org", "title", id="no-title"),
        pytest.param("a | b | c | d | e", "title", id="too-many-parts"),
        pytest.param("a | http://example.org", "https://", id="not-https"),
        pytest.param("a | https://example.org | xx", "two-letter", id="no-language"),
        pytest.param("a | | fr | yesterday", "2026-11-24", id="no-day"),
    ],
)
def test_a_faulty_line_is_named_with_what_to_do(line, advice):
    field = SourcesField()
    field.set_attributes_from_name("sources")

    with pytest.raises(ValidationError) as refusal:
        field.clean(f"Fine\n{line}", None)

    assert refusal.value.messages[0].startswith("Line 2:")
    assert advice in refusal.value.messages[0]
