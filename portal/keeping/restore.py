"""Restoring a backup: everything that it says is proved before anything takes its place."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from django.db import connection
from django.utils._os import safe_join

from portal.keeping import archive
from portal.keeping.archive import Archive
from portal.keeping.engines import engine
from portal.keeping.manifest import (
    Manifest,
    Refused,
    counts,
    named_files,
    unknown_migrations,
)
from portal.publishing.verify import faults_in_history, head_of_log
from portal.search import index
from portal.translation.memory import remember_what_stands


def restore(path: Path, tell: Callable[[str], None], head: str | None = None) -> Manifest:
    """Restore into an empty database, and prove it; raises Refused, and then nothing is changed.

    ``head`` is a head of the public log that was kept elsewhere: the backup must hold it.
    """
    with archive.opened(path) as backup:
        manifest = backup.manifest
        _refuse_what_does_not_fit(manifest)
        engine().refuse_unless_empty()
        tell("Checking the backup")
        backup.check()
        with _files_put(backup), engine().restored(backup.part(engine().PART), tell):
            tell("Proving what was restored")
            _prove(manifest, head)
            _refuse_lost_files(backup)
    return manifest


def _refuse_what_does_not_fit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise Refused(
            f"This backup is of {manifest.vendor}, and DATABASE_URL names {connection.vendor}. "
            f"Name an empty database of {manifest.vendor} in it."
        )
    if unknown := unknown_migrations(manifest.migrations):
        raise Refused(
            f"A newer portal wrote this backup ({', '.join(unknown)} is not known here). "
            "Restore it with that version."
        )


@contextmanager
def _files_put(backup: Archive) -> Iterator[None]:
    """The files in their places; those that were added are taken away if anything fails."""
    places = {name: _place_of(name) for name in backup.files}
    _refuse_other_files(backup, places)
    added = []
    try:
        for name, place in places.items():
            if not place.exists():
                added.append(place)
                _put(backup, name, place)
        yield
    except BaseException:
        for place in added:
            _take_away(place)
        raise


def _place_of(name: str) -> Path:
    try:
        return Path(safe_join(settings.MEDIA_ROOT, name))
    except (SuspiciousFileOperation, ValueError):
        raise Refused(f"This backup names a file outside of its folder: {name!r}.") from None


def _refuse_other_files(backup: Archive, places: dict[str, Path]) -> None:
    other = [
        str(place)
        for name, place in places.items()
        if place.exists() and sha256_of_file(place) != backup.files[name]
    ]
    if other:
        raise Refused(
            f"Other files stand where the backup has its own: {', '.join(other)}. Nothing is "
            "overwritten: move them away, or name an empty folder in PORTAL_VAR."
        )


def sha256_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return archive.sha256_of(stream)


def _put(backup: Archive, name: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as copy:
        shutil.copyfileobj(backup.part(archive.FILES + name), copy)
    place.chmod(settings.FILE_UPLOAD_PERMISSIONS)


def _take_away(place: Path) -> None:
    place.unlink(missing_ok=True)
    with suppress(OSError):  # the folder of its edition, unless something else is in it
        place.parent.rmdir()


def _refuse_lost_files(backup: Archive) -> None:
    """What was lost before the backup was made is told with it, and does not keep the rest away."""
    known = backup.manifest.lacking
    lost = named_files() - backup.files.keys() - set(known or [])
    if lost and known is not None:
        raise Refused(f"These files did not come back: {', '.join(sorted(lost))}.")


def _prove(manifest: Manifest, head: str | None) -> None:
    """Count before migrate, which may add rows; it also puts the guards of the tables back.

    A backup from before the memory of translations: readers must not find all of them stale. One
    from before the search: they must find what is public.
    """
    now = counts()
    differing = [t for t in {*now, *manifest.counts} if now.get(t) != manifest.counts.get(t)]
    if differing:
        raise Refused(f"Not every row came back: {', '.join(sorted(differing))}.")
    call_command("migrate", interactive=False, verbosity=0)
    remember_what_stands()
    index.begin()
    faults = [*faults_in_history(head)]
    if head_of_log() != manifest.head:
        faults.append(f"The head of the log is not {manifest.head}.")
    if faults:
        raise Refused("\n".join(["The history does not prove itself:", *faults]))
