"""A backup as one tar: the database, the files, and last what the whole must be."""

import hashlib
import io
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portal.keeping.manifest import Manifest, Refused, read

MANIFEST = "manifest.json"
FILES = "files/"


class Hashed:
    """A stream that knows the SHA-256 of what was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.sha256 = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.sha256.update(data)
        return data


def write(path: Path, manifest: Manifest, parts: dict[str, Path]) -> None:
    """Write these files under these names, and fill the manifest with what was really written.

    The manifest comes last, so that an archive that was cut short has none.
    """
    path.touch(mode=0o600, exist_ok=False)
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, source in parts.items():
            manifest.parts[name] = _add(tar, name, source)
        said = manifest.as_json()
        tar.addfile(_member(MANIFEST, len(said)), io.BytesIO(said))


def _add(tar: tarfile.TarFile, name: str, source: Path) -> str:
    with source.open("rb") as stream:
        hashed = Hashed(stream)
        tar.addfile(_member(name, source.stat().st_size), hashed)
    return hashed.sha256.hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(time.time())
    return member


class Archive:
    """A backup that is being read. Every name in it is looked up, none is unpacked by itself."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members = {member.name: member for member in tar.getmembers()}
        if MANIFEST not in self.members:
            raise Refused("This is no whole backup of the portal: its manifest is missing.")
        self.manifest = read(self.part(MANIFEST).read())

    def part(self, name: str) -> BinaryIO:
        member = self.members.get(name)
        if member is None or not member.isreg():
            raise Refused(f"The part {name} is missing. Take another backup.")
        return self.tar.extractfile(member)

    def check(self) -> None:
        """Raises Refused when a part is not what was written, or is one too many."""
        parts = self.manifest.parts
        odd = sorted({*self.members} - {MANIFEST, *parts})
        odd += [n for n, sha256 in parts.items() if sha256_of(self.part(n)) != sha256]
        if odd or len(self.members) != len(self.tar.getmembers()):
            raise Refused(
                f"This backup was changed or damaged ({', '.join(odd)}). Take another backup."
            )

    @property
    def files(self) -> dict[str, str]:
        """The SHA-256 of every uploaded file, by its name below the folder of files."""
        return {
            name.removeprefix(FILES): sha256
            for name, sha256 in self.manifest.parts.items()
            if name.startswith(FILES)
        }


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises Refused when the file is no archive, or is cut short."""
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    try:
        with tarfile.open(path, "r:") as tar:
            yield Archive(tar)
    except tarfile.TarError:
        raise Refused(f"{path} is no backup of the portal, or is cut short.") from None


def sha256_of(stream: BinaryIO) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()
