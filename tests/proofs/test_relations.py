"""Whatever a record says of another one, the pages at both ends say it too."""

import pytest
from django.db.models import Field, ForeignKey

from policies.models import Edition
from policies.responsibilities import SUBJECTS
from portal.languages.texts import column
from portal.pages.models import LEGAL, SECTIONS, Page
from portal.publishing.content import content_fields, set_fields
from portal.publishing.faults import PublicationRefused
from portal.publishing.publish import publish
from portal.records.kinds import kinds
from portal.records.models import Record
from tests.delivery.front import Front
from tests.factories import NEEDS, draft, published

# the rules are the same for both databases; the walk goes through both
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

ASKED_BESIDE = {"succeeded_by": {"replaced": "2021"}}

RELATIONS = [
    (kind, field)
    for kind in kinds()
    for field in [
        *(each for each in content_fields(kind) if isinstance(each, ForeignKey)),
        *set_fields(kind),
    ]
]


class Watch:
    """Pages that were read, and which of them say something else meanwhile."""

    def __init__(self, front: Front, *addresses: str) -> None:
        self.front, self.addresses = front, sorted(set(addresses))
        self.changed()

    def changed(self) -> set[str]:
        """Raises where a page that is kept is not what Django would say."""
        found = {each: self.front.get(each).body for each in self.addresses}
        stale = [each for each in self.addresses if found[each] != self.front.alone(each).body]
        assert stale == []
        before, self.held = getattr(self, "held", found), found
        return {each for each in found if found[each] != before[each]}


def page_of(record: Record) -> str:
    return record.shown_at("en").partition("#")[0]


def point(record: Record, field: Field, targets: list[Record]) -> bool:
    """Publish it with these; False where it may not point there."""
    record = type(record).objects.get(pk=record.pk)
    if field.name in SUBJECTS:  # it has exactly one
        for name in SUBJECTS:
            setattr(record, name, None)
    for name, value in ASKED_BESIDE.get(field.name, {}).items():
        setattr(record, name, value)
    if isinstance(field, ForeignKey):
        setattr(record, field.name, targets[0] if targets else None)
    else:
        record.proposed_sets = {field.name: targets}
    try:
        return bool(publish([record], None, {}))
    except PublicationRefused:
        return False


def one_more(kind: type[Record]) -> Record:
    """Of what stands once, each time another one."""
    if kind is not Page:
        return published(kind)
    places = {*SECTIONS, *LEGAL} - {*Page.objects.values_list("place", flat=True)}
    return published(Page, place=min(places))


def alone(kind: type[Record], field: Field) -> Record:
    """A record of the kind that points as little as it may."""
    given = {field.name: None} if field.name in NEEDS[kind] else {}
    record = draft(kind, **given)
    try:
        publish([record], None, {})
    except PublicationRefused:
        record = published(kind)
    return kind.objects.get(pk=record.pk)


@pytest.mark.parametrize(
    ("kind", "field"), RELATIONS, ids=lambda each: getattr(each, "name", None) or each.__name__
)
def test_a_relation_that_comes_moves_and_goes_renews_the_pages_at_both_ends(front, kind, field):
    record = alone(kind, field)
    one, other = one_more(field.related_model), one_more(field.related_model)
    watch = Watch(front, *map(page_of, (record, one, other)))
    done, changed = [], set()
    for targets in ([one], [other], []):
        done.append(point(record, field, targets))
        changed |= watch.changed()

    assert done[:2] == [True, True]
    assert changed & {page_of(one), page_of(other), page_of(record)}


OF_ANOTHER = {Page: {"place": LEGAL[0]}, Edition: {"language": "fr"}}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_new_record_and_a_new_title_show_wherever_they_must(front, kind):
    """Its list and every overview, the pages of whatever it names, home, feed and sitemap."""
    needs = {f.name: published(f.related_model) for k, f in RELATIONS if k is kind and _needed(f)}
    first = published(kind, **needs)
    overviews = ["/en/", "/en/timeline/", "/en/who-does-what/", "/en/glossary/", "/en/changes/"]
    files = ["/sitemap.xml", "/en/changes/feed.atom", "/en/timeline/timeline.csv"]
    own = [page_of(first), *map(page_of, needs.values())]
    lists = [page_of(first).rpartition(page_of(first).split("/")[-2])[0]]
    watch = Watch(front, *overviews, *files, *own, *lists)

    published(kind, **needs, **OF_ANOTHER.get(kind, {}))
    assert {"/en/changes/", "/en/changes/feed.atom"} <= watch.changed()
    if first.headline:
        setattr(first, column(first.headline, "en"), "Called otherwise")
        assert publish([first], None, {}) == [first]
        assert page_of(first) in watch.changed()


def _needed(field: Field) -> bool:
    return field.name in NEEDS.get(field.model, {})
