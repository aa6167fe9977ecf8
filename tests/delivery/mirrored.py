"""A small site in a mirror, and all that a mirror holds."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from actors.models import Actor
from policies.models import Document, Edition, Plan, Responsibility
from portal.delivery.exporting import export
from portal.delivery.manifest import MirrorManifest
from portal.delivery.mirror import Mirror
from portal.delivery.mirroring import keep_whole
from portal.delivery.whole import Whole
from portal.languages.texts import codes, set_texts
from portal.pages.models import Page, Place, Term
from portal.publishing.publish import publish, withdraw
from tests.factories import published
from tests.pages_of_the_site import change

NOTES = {code: f"Why {code}" for code in codes()}
NEW = "Words that are said instead"


def small_site() -> dict:
    """Every sort of page that a mirror treats by itself, and few of them."""
    approach = published(Page, place=Place.APPROACH)
    actor, plan = published(Actor), published(Plan)
    published(Responsibility, actor=actor, plan=plan)
    document = published(Document, plans=[plan], publisher=actor)
    edition = published(Edition, document=document, file=pdf(b"%PDF-1.7 first"))
    change(plan)
    return {
        "approach": approach,
        "plan": Plan.objects.get(pk=plan.pk),
        "edition": edition,
        "term": published(Term),
    }


def pdf(content: bytes, name: str = "plan.pdf") -> ContentFile:
    return ContentFile(content, name=name)


@contextmanager
def made_once(folder: Path, blocker) -> Iterator[dict]:
    """The small site in the database, and in ``folder / "mirror"``, for the tests of a module."""
    files = override_settings(MEDIA_ROOT=folder / "files")
    with blocker.unblock(), translation.override("en"), files, transaction.atomic():
        site = small_site()
        Mirrored(folder / "mirror").made()
        yield site
        transaction.set_rollback(True)


class Mirrored:
    """The folder, and what is served from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self) -> "Mirrored":
        export(self.folder)
        return self

    def kept(self, *, thorough: bool = False) -> dict[str, int]:
        return {name: count for name, count in self.keep(thorough).items() if count}

    def keep(self, thorough: bool):
        return keep_whole(self.folder, thorough=thorough)

    @property
    def copy(self) -> Whole:
        return Mirror(self.folder).current

    @property
    def lines(self) -> dict[str, dict]:
        return MirrorManifest(self.copy).read()

    def files(self) -> dict[str, bytes]:
        """What a server may send, by its place in the copy."""
        return {
            path.relative_to(self.copy.root).as_posix(): content_of(path)
            for folder in ("pages", "files", "errors", "former", "static")
            for path in (self.copy.root / folder).rglob("*")
            if path.is_symlink() or path.is_file()
        }

    def said(self) -> dict[Path, str]:
        """Everything that stands anywhere in the folder, of whatever generation, as text."""
        return {path: text(path) for path in self.folder.rglob("*") if path.is_file()}

    def with_words(self, words: str) -> list[Path]:
        return [path for path, said in self.said().items() if words in said]


def content_of(path: Path) -> bytes:
    """Of a link where it leads."""
    return bytes(path.readlink()) if path.is_symlink() else path.read_bytes()


def text(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".br":
        content = brotli.decompress(content)
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode(errors="replace")


CODED = {"identity": "", "br": ".br", "gzip": ".gz"}


def as_listed(mirrored: Mirrored) -> list[str]:
    """The files that are not what the list says of them."""
    files, wrong = mirrored.files(), []
    for line in mirrored.lines.values():
        for coding, ending in CODED.items():
            said = line if coding == "identity" else line.get(coding)
            body = files.get(f"{line['file']}{ending}")
            if said and (len(body), hashlib.sha256(body).hexdigest()) != (
                said["size"],
                said["sha256"],
            ):
                wrong.append(f"{line['file']}{ending}")
    return wrong


def raw_lines(mirrored: Mirrored) -> list[dict]:
    path = mirrored.copy.root / "manifest.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


# --- what is published ---------------------------------------------------------------------------


def rewritten(record, name: str, words: str) -> None:
    record = type(record).objects.get(pk=record.pk)
    set_texts(record, name, {code: f"{words} {code}" for code in codes()})
    publish([record], None, NOTES)


def replaced(edition: Edition) -> None:
    edition = Edition.objects.get(pk=edition.pk)
    edition.file = pdf(b"%PDF-1.7 second", "other.pdf")
    publish([edition], None, NOTES)


def slug_changed(record, slugs: dict[str, str] | None = None) -> None:
    record = type(record).objects.get(pk=record.pk)
    set_texts(record, "slug", slugs or {code: f"moved-{code}" for code in codes()})
    publish([record], None, NOTES)


ACTS = {
    "a text": lambda site: rewritten(site["plan"], "body", NEW),
    "a new record": lambda site: published(Plan),
    "another address": lambda site: slug_changed(site["plan"]),
    "another file": lambda site: replaced(site["edition"]),
    "a section": lambda site: rewritten(site["approach"], "title", "Our way"),
    "a term": lambda site: rewritten(site["term"], "term", "Deradicalisation"),
    "a removal": lambda site: call_command("remove_by_law", str(site["edition"].pk), yes=True),
    "a withdrawal": lambda site: withdraw([Plan.objects.get(pk=site["plan"].pk)], None, NOTES),
}
