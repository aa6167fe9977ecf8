"""Who translates what: taken, given, given back, and over by itself once the text is the same."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.drafts import newest
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused, one_act
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.staff.models import Account
from portal.translation.freshness import bases_of, freshness_in, must_be_translated
from portal.translation.models import Assignment
from portal.translation.translatable import closed, held, refuse_source

LEFT = gettext_lazy(
    "Translations that this account had taken wait for nobody: %(texts)s. Choose below to whom it "
    "hands over, or give them to somebody else."
)


@one_act
def assign(
    record: UUID, code: str, to: Account, by: Account, until: date | None = None
) -> Assignment:
    """Let somebody translate this record into a language: oneself, or another by who may give.

    Raises Refused where somebody else has it, for who may not, and for what is not to translate.
    """
    _refuse_what_is_not_to_translate(record, code)
    if to != by and not by.sets_facts:
        raise Refused(_("Your account gives translations to nobody else."))
    if code not in to.written_languages or not to.can_sign_in:
        raise Refused(
            _("%(who)s does not translate into %(language)s.")
            % {"who": to, "language": name_of(code)}
        )
    if until and until < timezone.localdate():
        raise Refused(_("This day is past. Choose a later one, or none."))
    taken = Assignment.objects.select_for_update().filter(record=record, language=code).first()
    if taken and taken.translator_id not in by.answers_for and not by.sets_facts:
        raise Refused(_("%(who)s translates this already.") % {"who": taken.translator})
    given = {"translator": to, "until": until}
    return Assignment.objects.update_or_create(record=record, language=code, defaults=given)[0]


@one_act
def give_back(record: UUID, code: str, by: Account) -> None:
    """By whoever has it, a successor, or who may give translations."""
    taken = Assignment.objects.select_for_update().filter(record=record, language=code).first()
    if taken is None:
        raise Refused(_("Nobody has taken this translation."))
    if taken.translator_id not in by.answers_for and not by.sets_facts:
        raise Refused(_("%(who)s translates this already.") % {"who": taken.translator})
    taken.delete()


def _refuse_what_is_not_to_translate(record: UUID, code: str) -> None:
    row, last = held(record)
    if not must_be_translated(type(row)) or code not in codes():
        raise closed()
    refuse_source(row, [last], code)


def left_by(account: Account, **_asked) -> list[str]:
    """What a closed account had taken and nobody takes over; received from ``left_undone``."""
    left = Assignment.objects.filter(translator__in=account.answers_for).count()
    return [LEFT % {"texts": left}] if left and account.taken_over_by is None else []


def end_what_is_done(sender, revisions: Sequence[Revision], **kwargs) -> None:
    """What is the same again waits for nobody; received from ``saved`` and ``restored``."""
    waiting = Assignment.objects.filter(record__in=[each.record for each in revisions])
    if not (taken := list(waiting)):
        return
    known = bases_of(each.record for each in taken)
    drafts = {each.record: each for each in revisions}
    done = [each.pk for each in taken if _is_done(each, drafts[each.record], known)]
    Assignment.objects.filter(pk__in=done).delete()


def _is_done(assignment: Assignment, draft: Revision, known: dict) -> bool:
    kind, content = kind_named(draft.kind), content_in(draft)
    return freshness_in(kind, content, known[draft.record], assignment.language).is_same


def end_what_was_carried(sender, versions: Sequence[Version], **kwargs) -> None:
    """A minor change made it the same; received from ``published``, after the memory."""
    minor = [version.record for version in versions if not version.major]
    taken = Assignment.objects.filter(record__in=minor).order_by().values_list("record", flat=True)
    if minor and (records := set(taken)):
        end_what_is_done(sender, [newest(record) for record in records])


def end_what_was_withdrawn(sender, records: Sequence[Record], **kwargs) -> None:
    """Nobody translates what no list shows any more; received from ``withdrawn``."""
    Assignment.objects.filter(record__in=[each.pk for each in records]).delete()


def end_what_was_removed(sender, record: Record, **kwargs) -> None:
    """Nobody translates what a law has removed; received from ``removed``."""
    if record.is_removed:
        Assignment.objects.filter(record=record.pk).delete()
