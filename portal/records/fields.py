"""An address elsewhere, and the one rule for what a page may link to."""

from django.core.exceptions import ValidationError
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
