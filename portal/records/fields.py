"""Columns with a rule of the house: what may be linked to, and what a fact may hang on."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.records.prose import is_elsewhere


def validate_address(value: str) -> None:
    if not is_elsewhere(value):
        raise ValidationError(
            _("Write an address that begins with https:// and a plain host name."),
            code="address",
        )


class AddressField(models.CharField):
    """https with a plain host: what readers may be sent to."""

    default_validators = [validate_address]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"max_length": 300, "null": True, "blank": True, **kwargs})


class SmallNumber(models.PositiveSmallIntegerField):
    """0 to 32767 on every database; SQLite alone would take more."""

    default_validators = [MaxValueValidator(32767)]


class RecordKey(models.ForeignKey):
    """One fact hangs on another: never lost with it, and empty while a draft is incomplete."""

    def __init__(self, to, on_delete=models.PROTECT, **kwargs) -> None:
        super().__init__(to, on_delete, **{"null": True, "blank": True, **kwargs})


class RecordSet(models.ManyToManyField):
    """The facts that one fact names; the set may be empty."""

    def __init__(self, to, **kwargs) -> None:
        super().__init__(to, **{"blank": True, **kwargs})
