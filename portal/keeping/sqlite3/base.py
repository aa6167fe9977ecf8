"""SQLite as Django has it, with a connection that may be kept from one request to the next.

It is fit for use as long as its file stands in its place: who puts a backup there has another
one read from the next request on.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    opened: tuple[int, int] | None = None  # the file

    def get_new_connection(self, conn_params: dict) -> Any:
        self.opened = self._in_place()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        return self._in_place() == self.opened

    def _in_place(self) -> tuple[int, int] | None:
        """None of a file that is not there, and of a database that has none."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
