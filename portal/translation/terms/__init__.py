"""Whether texts use the agreed names of bodies and concepts, and which ones they use.

Names are found as the entries of the glossary are found on a page: whole words, in their own
letters, the longest first; the title of a record is a name in which no other is looked for. The
rules, and why they are these: ``docs/explanation/terms-in-place.md``.
"""

from portal.translation.terms.misuse import Misuse
from portal.translation.terms.vocabulary import Agreed, Vocabulary

__all__ = ["Agreed", "Misuse", "Vocabulary"]
