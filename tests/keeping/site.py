"""A small site with everything that a backup must bring back, and ways to spoil its backup."""

import io
import json
import tarfile
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile

from policies.models import Document, Edition
from portal.keeping.archive import MANIFEST
from tests.factories import published
from tests.past import plan_with_a_past
from tests.publishing.review import said_otherwise, submitted, writer


def small_site() -> None:
    """A past, a draft, a release in review, a file, and somebody who is signed in."""
    plan, author = plan_with_a_past(), writer()
    said_otherwise(plan, author, "A draft of")
    submitted(plan, author)
    published(
        Edition,
        document=published(Document),
        file=ContentFile(b"%PDF-1.7 kept", name="kept.pdf"),
    )
    SessionStore().save(must_create=True)


def manifest_of(path: Path) -> dict:
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile(MANIFEST))


def spoilt(path: Path, content: dict[str, bytes | None] | None = None, **said) -> Path:
    """A copy with other bytes for these parts (none: left out), and other words in the manifest."""
    with tarfile.open(path) as tar:
        held = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}
    held |= {MANIFEST: json.dumps(json.loads(held[MANIFEST]) | said).encode()} | (content or {})
    other = path.with_name("spoilt.tar")
    with tarfile.open(other, "w") as tar:
        for name, stored in held.items():
            if stored is not None:
                member = tarfile.TarInfo(name)
                member.size = len(stored)
                tar.addfile(member, io.BytesIO(stored))
    return other
