"""Who translates which text: somebody takes it, is given it, or gives it back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages.names import name_of
from portal.publishing.drafts import newest
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused, one_act
from portal.records.kinds import kind_named
from portal.staff.models import Account
from portal.translation.freshness import bases_of, freshness_of
from portal.translation.models import Assignment

LEFT = gettext_lazy(
    "Translations that this account had taken wait for nobody: %(texts)s. Choose below to whom it "
    "hands over, or give them to somebody else."
)


@one_act
def take(record: UUID, code: str, by: Account, until: date | None = None) -> Assignment:
    """Raises Refused for a language that the account does not write, for what nobody
    translates, for a day in the past, and for what somebody else has taken.
    """
    taken = Assignment.objects.filter(record=record, language=code).first()
    if taken and taken.translator_id not in by.answers_for:
        raise Refused(_("%(who)s has taken this already.") % {"who": taken.translator})
    return _assign(record, code, by, until)


@one_act
def give(
    record: UUID, code: str, to: Account, by: Account, until: date | None = None
) -> Assignment:
    """Raises Refused for whoever sets no facts, and otherwise as ``take``."""
    if not by.sets_facts:
        raise Refused(_("Your account gives no translations to others."))
    if not to.can_sign_in:
        raise Refused(_("This account is closed. Choose another."))
    return _assign(record, code, to, until)


@one_act
def give_back(record: UUID, code: str, by: Account) -> None:
    """Raises Refused for what is not in translation, and for that of somebody else."""
    taken = Assignment.objects.filter(record=record, language=code).first()
    if taken is None:
        raise Refused(_("Nobody has taken this translation."))
    if not (by.sets_facts or taken.translator_id in by.answers_for):
        raise Refused(_("%(who)s has taken this already.") % {"who": taken.translator})
    taken.delete()


def _assign(record: UUID, code: str, who: Account, until: date | None) -> Assignment:
    _refuse_text(record, code)
    if code not in who.written_languages:
        raise Refused(
            _("The account %(who)s does not translate into %(language)s.")
            % {"who": who, "language": name_of(code)}
        )
    if until and until < timezone.localdate():
        raise Refused(_("This day is past. Choose another."))
    assigned, _is_new = Assignment.objects.update_or_create(
        record=record, language=code, defaults={"translator": who, "until": until}
    )
    return assigned


def _refuse_text(record: UUID, code: str) -> None:
    last = newest(record)
    if last is None:
        raise Refused(_("This record does not exist."))
    row = kind_named(last.kind).objects.get(pk=record)
    if row.is_closed or not last.content:
        raise Refused(_("This text can no longer be translated. Open the record and look."))
    if code == content_in(last)["source_language"]:
        raise Refused(
            _("“%(record)s” is written first in %(language)s. Change it in its own form.")
            % {"record": row, "language": name_of(code)}
        )


def day_named(typed: str) -> date | None:
    """None for nothing typed. Raises Refused for what is no day."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Refused(_("Give a day as in 2031-05-06, or none.")) from error


def end_finished(sender, revisions: Sequence[Revision], **kwargs) -> None:
    """Whoever brought a text up to date has it no longer; received from ``saved``."""
    taken = Assignment.objects.filter(record__in={each.record for each in revisions})
    if taken := list(taken):
        newest_of = {each.record: each for each in revisions}
        known = bases_of(each.record for each in taken)
        for each in taken:
            if _is_done(newest_of[each.record], each.language, known[each.record]):
                each.delete()


def _is_done(revision: Revision, code: str, known) -> bool:
    kind, content = kind_named(revision.kind), content_in(revision)
    return any(f.is_same for f in freshness_of(kind, content, known) if f.language == code)


def left_by(account: Account, **_asked) -> list[str]:
    """What a closed account leaves to others; received from ``left_undone``."""
    left = Assignment.objects.filter(translator__in=account.answers_for).count()
    return [LEFT % {"texts": left}] if left and account.taken_over_by is None else []
