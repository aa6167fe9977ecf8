"""Processes that share nothing but the database."""

import os
import traceback
from collections.abc import Callable

from django.db import connections

Tell = Callable[[bytes], None]


def in_a_child(act: Callable[[Tell], None]) -> tuple[int, int]:
    """Fork; the child does it, telling its marks. Returns its pid and where to read them."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        act(lambda mark: os.write(writing, mark))
        connections.close_all()
        os._exit(0)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(1)
