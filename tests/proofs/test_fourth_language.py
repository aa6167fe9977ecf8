"""Every page of the founding content in a language that nobody wrote in."""

import pytest

from tests.fourth_language.steps import (
    load_founding_content,
    migrate,
    read_in_german,
    with_german,
)
from tests.own_database import own_database

pytestmark = [pytest.mark.proof, pytest.mark.own_process]


def test_every_page_of_the_site_is_honest_in_german(tmp_path):
    house = with_german(tmp_path / "house")
    with own_database(tmp_path) as database:
        migrate(database)
        load_founding_content(database)

        assert " passed" in read_in_german(house, database)
