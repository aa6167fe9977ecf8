"""Stands where the translator's screen will: to be replaced by it."""

from uuid import UUID

from django.http import Http404, HttpRequest


def screen(request: HttpRequest, record: UUID, language: str):
    raise Http404
