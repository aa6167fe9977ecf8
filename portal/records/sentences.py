"""The dates of a record as sentences, at the recorded precision and no finer."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.records.dates import Dated, PartialDate
from portal.records.timeline import ARRIVAL
from portal.records.years import Account, Silence, Standing

NO_FINER = {
    "year": gettext_lazy("Only the year is known."),
    "month": gettext_lazy("Only the month is known."),
}
SILENCES = {
    Silence.STILL: gettext_lazy(
        "No end is recorded: the sources on record do not say whether it still stood in %(year)s."
    ),
    Silence.ALREADY: gettext_lazy(
        "No beginning is recorded: the sources on record do not say whether it already stood in "
        "%(year)s."
    ),
    Silence.WHICH_YEAR: gettext_lazy("The sources on record do not say in which year."),
    Silence.UNTIL: gettext_lazy("No end is recorded."),
}


def when(value: PartialDate) -> str:
    """“in 2015”, “on 12 February 2015”: what the sentence about a date leaves open."""
    words = {"date": value.in_words}
    if value.precision == "day":
        return pgettext("on a day", "on %(date)s") % words
    if value.precision == "period":
        return pgettext("in a period", "in the period %(date)s") % words
    return pgettext("in a month or year", "in %(date)s") % words


def told(account: Account, dated: Dated) -> str:
    """What one date says, and how exactly it is known."""
    is_marked = dated.is_added and not account.row.added_reference  # that is said of it as a whole
    mark = f" ({_('added reference')})" if is_marked else ""
    sentence = _sentence(account, dated) % {"when": when(dated.value) + mark}
    return " ".join(filter(None, [sentence, str(NO_FINER.get(dated.value.precision, ""))]))


def sentences(account: Account, year: int) -> list[str]:
    """Everything that one record says of a year, in the reader's language."""
    dates = [told(account, each) for each in account.dates]
    stood = account.row.record.stood if account.standing is Standing.STOOD else None
    follows = filter(None, [stood, SILENCES.get(account.silence)])
    return [*dates, *(str(sentence) % {"year": str(year)} for sentence in follows)]


def _sentence(account: Account, dated: Dated) -> str:
    """What the kind says of this date; else its label before it."""
    if dated.name == ARRIVAL:
        return _("Its predecessor was replaced %(when)s.")
    if sentence := account.row.record.date_sentences.get(dated.name):
        return str(sentence)
    return f"{capfirst(dated.label)} %(when)s."
