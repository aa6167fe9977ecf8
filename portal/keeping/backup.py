"""Writing a backup: everything of one moment, under its name only when it is whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from portal.keeping import archive
from portal.keeping.engines import engine
from portal.keeping.manifest import Manifest, awaits_migrate, facts_of_database, named_files
from portal.keeping.places import put_in_place, refuse_if_taken
from portal.publishing.verify import faults_in_history


def back_up(path: Path, tell: Callable[[str], None]) -> tuple[Manifest, list[str]]:
    """Write the backup; what does not prove itself in it comes back as sentences.

    A faulty history is kept all the same, since it is evidence. One that waits for ``migrate``
    is kept unproved. Raises Refused when nothing was written.
    """
    refuse_if_taken(path)
    with TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        database, whole = Path(folder, engine().PART), Path(folder, path.name)
        with engine().dumped(database, tell):
            tell("Proving the history")
            manifest = facts_of_database(datetime.now(UTC).isoformat(timespec="seconds"))
            ready = not awaits_migrate()
            faults = list(faults_in_history()) if ready else []
            manifest.proved = ready and not faults
            named = named_files() if ready else None
        tell("Copying the files")
        files = uploaded_files()
        if named is not None:
            manifest.lacking = sorted(named - {n.removeprefix(archive.FILES) for n in files})
        faults += [f"The file {name} is missing." for name in manifest.lacking or []]
        archive.write(whole, manifest, {database.name: database, **files})
        put_in_place(whole, path)
    return manifest, faults


def uploaded_files() -> dict[str, Path]:
    """Read after the database: whatever was added meanwhile is there; a removal by law is told."""
    root = Path(settings.MEDIA_ROOT)
    return {
        archive.FILES + path.relative_to(root).as_posix(): path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
