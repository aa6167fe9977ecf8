"""What records and releases are called at the desk, public or not; many of them at once."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import prefetch_related_objects

from portal.publishing.models import Release
from portal.records.kinds import kinds_without_page, page_kinds
from portal.records.references import references


def names_at_the_desk(uuids: Iterable[UUID]) -> dict[UUID, str]:
    """For staff alone: no public door is asked."""
    if not (wanted := set(uuids)):
        return {}
    pages = references(("", kind.objects.filter(pk__in=wanted)) for kind in page_kinds())
    found = {relation.record.pk: str(relation.record) for relation in pages}
    for kind in kinds_without_page():
        if left := wanted - found.keys():
            found |= {each.pk: str(each) for each in kind.objects.filter(pk__in=left).for_list()}
    return found


def named(releases: Iterable[Release]) -> list[Release]:
    """The same releases, each knowing what it is called without asking for every record."""
    every = list(releases)
    prefetch_related_objects(every, "items")
    names = names_at_the_desk(i.record_uuid for release in every for i in release.items.all())
    for release in every:
        release.name = ", ".join(names[item.record_uuid] for item in release.items.all())
    return every
