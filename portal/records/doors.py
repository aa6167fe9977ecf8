"""Two public doors to every kind, and no third: what is published, and what is readable."""

from typing import NoReturn

from django.db import models
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from portal.records.reads import NotingQuery


class State(models.TextChoices):
    UNPUBLISHED = "unpublished", _("unpublished")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REMOVED = "removed", _("removed by law")  # it says nothing any more, and so do its addresses


READABLE = (State.PUBLISHED, State.WITHDRAWN)
UNSEEN = Q(state__in=(State.UNPUBLISHED, State.REMOVED))  # they may hang on nothing


def refuse_to_delete(rows) -> NoReturn:
    raise ProtectedError("What was published is withdrawn, never deleted.", set(rows))


class RecordQuerySet(models.QuerySet):
    """Two public doors, and no third."""

    def __init__(self, model=None, query=None, using=None, hints=None) -> None:
        super().__init__(model, query or NotingQuery(model), using, hints)

    def delete(self):
        """Raises ProtectedError unless all of it was never published."""
        if once_public := list(self.exclude(state=State.UNPUBLISHED)):
            refuse_to_delete(once_public)
        return super().delete()

    delete.queryset_only = delete.alters_data = True

    def published(self):
        """What lists, feeds, the sitemap and relations show."""
        return self.filter(state=State.PUBLISHED)

    def readable(self):
        """What answers at its address: published, and withdrawn with its notice."""
        return self.filter(state__in=READABLE)

    @property
    def own_columns(self) -> list[str]:
        """For ``only()``, where of the records beside them less is to be read than all."""
        return [field.name for field in self.model._meta.concrete_fields]

    def for_page(self):
        """With what the record's own page shows; a kind adds its relations."""
        return self

    def for_list(self):
        """In editorial order, with what one line of a list shows."""
        return self.order_by("position", "pk")
