"""Numbers in addresses: one form each, so that nothing has two addresses."""

from django.urls import register_converter


class Ordinal:
    regex = "[1-9][0-9]{0,4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Ordinal, "ordinal")
