"""A small list kept as text, one item a line: one form for the form, the file and the data."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


class LinesField(models.TextField):
    """Each line is one item; ``item.parse(line)`` raises ValueError saying what is wrong."""

    item: ClassVar[Any]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def validate(self, value, instance) -> None:
        super().validate(value, instance)
        for number, line in enumerate((value or "").splitlines(), start=1):
            try:
                self.item.parse(line)
            except ValueError as fault:
                params = {"number": number, "fault": fault}
                raise ValidationError(
                    _("Line %(number)s: %(fault)s"), params=params, code="line"
                ) from fault

    @classmethod
    def items(cls, value: str | None) -> list:
        return [cls.item.parse(line) for line in (value or "").splitlines()]
