"""Files that are whole or absent under their name."""

import os
from pathlib import Path

from portal.keeping.manifest import Refused


def refuse_if_taken(path: Path) -> None:
    if path.exists():
        raise Refused(f"{path} exists already, and nothing is overwritten. Give another name.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it, or give another name.")


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, once its bytes are on the disk."""
    with temporary.open("rb") as stream:
        os.fsync(stream.fileno())
    refuse_if_taken(path)
    temporary.rename(path)
