"""The translator's screen: one language of one record at a time, beside its source."""

from uuid import UUID

from django.urls import reverse


def screen_address(record: UUID, code: str) -> str:
    return reverse("admin:translation-screen", args=[record, code])
