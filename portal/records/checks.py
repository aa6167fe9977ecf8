"""A kind that was forgotten somewhere is found before a reader finds it."""

from django.core.checks import Error, register
from modeltranslation.translator import NotRegistered, translator

from portal.records.kinds import kinds
from portal.records.models import PageRecord, Record


@register()
def kinds_are_registered_for_translation(app_configs, **kwargs) -> list[Error]:
    return [
        Error(
            f"{kind.__name__} is not registered for translation.",
            hint="Add a translation options class with @register to the app's translation.py.",
            obj=kind,
            id="records.E001",
        )
        for kind in kinds()
        if not _is_registered(kind)
    ]


def _is_registered(kind: type[Record]) -> bool:
    try:
        return translator.get_options_for_model(kind).registered
    except NotRegistered:
        return False


@register()
def kinds_keep_the_constraints_of_their_base(app_configs, **kwargs) -> list[Error]:
    """``class Meta:`` without a base silently loses them."""
    return [
        Error(
            f"{kind.__name__} has lost the constraint “{name}”.",
            hint="Write class Meta(PageRecord.Meta) and [*PageRecord.Meta.constraints, …].",
            obj=kind,
            id="records.E002",
        )
        for kind in kinds()
        for name in sorted(_constraints_due(kind) - {c.name for c in kind._meta.constraints})
    ]


def _constraints_due(kind: type[Record]) -> set[str]:
    base = PageRecord if issubclass(kind, PageRecord) else Record
    naming = {"app_label": kind._meta.app_label.lower(), "class": kind.__name__.lower()}
    return {constraint.name % naming for constraint in base.Meta.constraints}
