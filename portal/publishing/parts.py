"""What of a record one person can answer for: its texts in one language, or its facts.

Approval is given part by part, by somebody who knows the language and wrote none of the part
since the last public version.
"""

from collections.abc import Iterable
from typing import Any

from portal.languages.texts import codes, language_columns
from portal.publishing.canonical import canonical, digest
from portal.publishing.content import differences
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.records.kinds import kind_named
from portal.records.models import Record

FACTS = "facts"  # dates, relations, files: whatever is not in a language
WHOLE = "whole"  # of a release that changes no content: the act itself


def part_of(kind: type[Record], name: str) -> str:
    """The language of a column, or FACTS."""
    translated = language_columns(kind)
    return translated[name][1] if name in translated else FACTS


def in_order(parts: Iterable[str]) -> list[str]:
    found = set(parts)
    return [part for part in (*codes(), FACTS, WHOLE) if part in found]


def changed_parts(
    kind: type[Record], old: dict[str, Any], new: dict[str, Any]
) -> dict[str, list[str]]:
    """``{part: the columns and sets that say something else}``; of a new record, all it says."""
    parts: dict[str, list[str]] = {}
    for name in differences(old, new):
        if old or new[name] not in (None, [], False, 0):
            parts.setdefault(part_of(kind, name), []).append(name)
    return {part: parts[part] for part in in_order(parts)}


def digest_of_part(kind: type[Record], content: dict[str, Any], part: str) -> str:
    """What an approval is bound to: it holds exactly as long as this part says the same."""
    said = {name: value for name, value in content.items() if part_of(kind, name) == part}
    return digest(canonical(said))


def writers(revisions: Iterable[Revision], before: dict[str, Any]) -> dict[str, set[int]]:
    """``{part: the accounts that changed it}`` in these successive revisions.

    ``before`` is what the first of them began from. The founding content has no account.
    """
    found: dict[str, set[int]] = {}
    for revision in revisions:
        after = content_in(revision)
        for part in changed_parts(kind_named(revision.kind), before, after):
            found.setdefault(part, set()).update(filter(None, [revision.author_id]))
        before = after
    return found
