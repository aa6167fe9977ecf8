"""Choosing a record by typing its name, deaf to keys that cannot be one."""

from uuid import UUID

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


class OnlyKeys:
    """Django's own widget asks the database for whatever came in, and fails on a wrong key."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if _is_key(key)], attrs)


class RecordSelect(OnlyKeys, AutocompleteSelect):
    pass


class RecordSelectMultiple(OnlyKeys, AutocompleteSelectMultiple):
    pass


def _is_key(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
