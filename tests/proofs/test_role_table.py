"""The table of roles says what happens: every act was tried by every role, on every kind."""

import os
from pathlib import Path

import pytest

from tests.staff import roles

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"
HEAD = "| Act |"


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # it takes its time, and the desk allows the same on both
def test_the_table_of_roles_says_what_the_desk_really_does():
    words, _head, _old = PAGE.read_text("utf-8").partition(HEAD)
    page = words + roles.table()
    if os.environ.get("ROLES") == "write":  # make roles
        PAGE.write_text(page, "utf-8")

    assert PAGE.read_text("utf-8") == page, "Somebody may do more or less. If so be it: make roles"
