"""The moments at which others may act, in the order in which they happen.

Sent inside the transaction: a listener that fails undoes the publication. What lies outside
the database belongs into ``transaction.on_commit`` within the listener; but what readers must no
longer be given goes before (ADR 39).
"""

from django.dispatch import Signal

# revisions: what was just written by somebody, content and all; remembered: the names of the
# fields of which whoever saves remembers by itself what their texts were translated from
saved = Signal()

# revisions: what was taken up again, as it once stood, as the newest of its record
restored = Signal()

# records: what became public, by: the account or None for the founding content,
# notes: {language: note}, versions: of the records, in their order, appeared: the identities of
# those that were not public just before, new or withdrawn
published = Signal()

# records: what was withdrawn, by, notes: as above
withdrawn = Signal()

# record: the row whose texts, or some of them, a law has had emptied
removed = Signal()

# uuids: of records whose pages say something else now, though their texts do not
retold = Signal()

# moved: of every record of one publication what it said and what it says, as a ``Moved``. Each
# listener answers with keys (portal.records.reads) of whatever else readers see in another way
reaches = Signal()

# Whoever gives readers what is public answers why some of it may still be from before a publication
# that was reported; with an empty text where it is not. Sent outside of any transaction
still_given = Signal()

# release, standing: what somebody asks to publish after review. Each listener answers with
# objections, sentences that say what stands in the way; none, and it may go out.
about_to_publish = Signal()

# records: drafts as their writers or reviewers look at them. Each listener answers with faults
# that keep nothing from being published and are worth a look.
looked_at = Signal()
