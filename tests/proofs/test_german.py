"""Another language is a setting, a catalogue and migrations: what tests/fourth_language reads.

Here on SQLite and one record of every kind; make prove reads every page, on both databases.
"""

import pytest
from django.db import connection

from tests.fourth_language.steps import load_founding_content, read_in_german, with_german

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]


def test_the_site_has_german_after_the_steps_of_the_how_to(tmp_path):
    with connection.cursor() as cursor:  # the tables of this run: migrating takes longer
        cursor.execute("VACUUM INTO %s", [f"{tmp_path}/before.sqlite3"])
    database = f"sqlite:///{tmp_path}/before.sqlite3"
    load_founding_content(database)

    said = read_in_german(with_german(tmp_path / "house"), database, "-m", "not proof")

    assert " passed" in said
