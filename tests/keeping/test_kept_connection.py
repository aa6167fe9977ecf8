"""A connection to SQLite outlives a request, and not the file that it reads."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from portal.keeping.sqlite3.base import DatabaseWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def a_file(path: Path, says: str) -> Path:
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE said (words TEXT)")
        made.execute("INSERT INTO said VALUES (?)", [says])
    return path


def kept(path: Path) -> DatabaseWrapper:
    own = {"ENGINE": "portal.keeping.sqlite3", "NAME": path, "OPTIONS": {}}
    known = {**connections.settings["default"], **own}
    return DatabaseWrapper({**known, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True})


def said(wrapper: DatabaseWrapper) -> str:
    wrapper.close_if_unusable_or_obsolete()  # as before each request
    with wrapper.cursor() as cursor:
        return cursor.execute("SELECT words FROM said").fetchone()[0]


def test_it_is_kept_while_its_file_stands_and_left_for_another_in_its_place(tmp_path):
    path = a_file(tmp_path / "portal.sqlite3", "before")
    wrapper = kept(path)
    with closing(wrapper):
        assert said(wrapper) == "before"
        first = wrapper.connection
        assert said(wrapper) == "before"
        assert wrapper.connection is first

        a_file(tmp_path / "restored", "after").replace(path)
        assert said(wrapper) == "after"


def test_a_question_asked_again_takes_what_it_is_given_each_time(tmp_path):
    with closing(kept(a_file(tmp_path / "portal.sqlite3", "100%"))) as wrapper:
        for sql in ("SELECT %s FROM said WHERE words LIKE '%%0%%'", "SELECT %(words)s FROM said"):
            for words in ("first", "second"):
                given = {"words": words} if "(words)" in sql else [words]
                with wrapper.cursor() as cursor:
                    assert cursor.execute(sql, given).fetchall() == [(words,)]
