"""SQLite as Django has it, with a connection that may be kept from one request to the next.

It is fit for use as long as its file stands in its place: who puts a backup there has another
one read from the next request on. A question that is asked again is not written again.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


@lru_cache(maxsize=128)  # a page asks questions of thousands of letters
def _with_question_marks(query: str) -> str:
    return base.SQLiteCursorWrapper.convert_query(None, query)


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    opened: tuple[int, int] | None = None  # the file

    def get_new_connection(self, conn_params: dict) -> Any:
        self.opened = self._in_place()
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)

    def is_usable(self) -> bool:
        return self._in_place() == self.opened

    def _in_place(self) -> tuple[int, int] | None:
        """None of a file that is not there, and of a database that has none."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
