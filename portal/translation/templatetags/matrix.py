"""What there is to translate, for the first page of the desk."""

from django import template

from portal.staff.models import Account
from portal.translation.asked import LABELS, languages_of
from portal.translation.matrix import Matrix

register = template.Library()


@register.simple_tag
def translations_to_do(account: Account) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Of each language of the account, without those in which nothing is to be done."""
    if not (account.is_editor or account.is_approver):
        return []
    counts = Matrix().counts(languages_of(account))
    found = {
        code: [(state, LABELS[state], number) for state, number in numbers.items() if number]
        for code, numbers in counts.items()
    }
    return [(code, numbers) for code, numbers in found.items() if numbers]
