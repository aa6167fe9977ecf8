"""Copies of the equal page by the thousand, as if each had been made and published."""

import uuid
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from modelsearch.backends import get_search_backend
from wagtail.models import Page, ReferenceIndex, Revision

from benchmarks.peer.models import PlanPage, Responsibility, Source

A_TIME = 500
SETS = ("owners", "objectives", "coordinated_with", "terms")
CHILDREN = (Responsibility, Source)


def multiply(pages: dict[str, PlanPage], copies: int) -> None:
    """In every language: rows, relations, a revision, references and search entries of each."""
    for plan in pages.values():
        parent = plan.get_parent()
        taken = int(parent.get_last_child().path[-Page.steplen :], 36)
        for start in range(0, copies, A_TIME):
            _copy(plan, parent, taken, range(start + 1, min(start + A_TIME, copies) + 1))
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + copies)


def _copy(plan: PlanPage, parent: Page, taken: int, numbers: Sequence[int]) -> None:
    bases = [_base(plan, parent, taken, number) for number in numbers]
    Page.objects.bulk_create(bases)
    keys = [base.pk for base in bases]
    fields = PlanPage._meta.local_concrete_fields
    rows = [PlanPage(page_ptr_id=key, **_values(plan, fields, "page_ptr")) for key in keys]
    PlanPage._base_manager._insert(rows, fields=fields, using=plan._state.db)
    for name in SETS:
        _relate(plan, keys, name)
    for kind in CHILDREN:
        _repeat(kind, kind.objects.filter(plan=plan), "plan", keys)
    _repeat(ReferenceIndex, _references(plan), "object", keys)
    _revise(plan, bases)
    get_search_backend().add_bulk(PlanPage, list(PlanPage.objects.filter(pk__in=keys)))


def _base(plan: PlanPage, parent: Page, taken: int, number: int) -> Page:
    base = Page.objects.get(pk=plan.pk)
    base.pk = base.id = None
    base.path = Page._get_path(parent.path, parent.depth + 1, taken + number)
    base.slug = f"copy-{number}"
    base.url_path = f"{parent.url_path}{base.slug}/"
    base.translation_key = uuid.UUID(int=number)  # that of its translations
    return base


def _values(row: Model, fields: Sequence, *without: str) -> dict:
    return {f.attname: getattr(row, f.attname) for f in fields if f.name not in (*without, "id")}


def _relate(plan: PlanPage, keys: list[int], name: str) -> None:
    field = PlanPage._meta.get_field(name)
    rows = field.remote_field.through.objects.filter(**{field.m2m_field_name(): plan.pk})
    _repeat(field.remote_field.through, rows, field.m2m_field_name(), keys)


def _repeat(kind: type[Model], rows, owner: str, keys: list[int]) -> None:
    """The rows of the model page once more for each of its copies."""
    name = "object_id" if owner == "object" else f"{owner}_id"
    fields = kind._meta.concrete_fields
    values = [_values(row, fields) for row in rows]
    kind.objects.bulk_create(
        kind(**each | {name: str(key) if owner == "object" else key})
        for key in keys
        for each in values
    )


def _references(plan: PlanPage):
    own = ContentType.objects.get_for_model(PlanPage)
    return ReferenceIndex.objects.filter(content_type=own, object_id=str(plan.pk))


def _revise(plan: PlanPage, bases: list[Page]) -> None:
    fields = Revision._meta.concrete_fields
    model = plan.latest_revision
    made = Revision.objects.bulk_create(
        Revision(**_values(model, fields) | {"object_id": str(base.pk)}) for base in bases
    )
    for base, revision in zip(bases, made, strict=True):
        base.latest_revision = base.live_revision = revision
    Page.objects.bulk_update(bases, ["latest_revision", "live_revision"])
