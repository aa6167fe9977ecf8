"""Each rule by which a change finds its pages is needed: without it, a reader gets an old page."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from actors.models import Actor
from policies import facts
from policies.models import Objective, Plan, Responsibility
from portal.delivery import changes, everywhere
from portal.languages.texts import codes, set_texts
from portal.pages import glossary, reach
from portal.pages.models import Page, Place, Term
from portal.publishing import signals
from portal.publishing.drafts import save_draft
from portal.publishing.models import Act
from portal.publishing.publish import publish, withdraw
from portal.records import reads, record, references
from tests.delivery.front import Front
from tests.factories import published, unpublished

# the rules are the same for both databases; the walk goes through both
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


class Case(NamedTuple):
    """Where something is read, and what then changes it there."""

    addresses: list[str]
    act: Callable[[], object]


def say(row, **texts: str) -> None:
    row = type(row).objects.get(pk=row.pk)
    for name, words in texts.items():
        set_texts(row, name, dict.fromkeys(codes(), words))
    assert publish([row], None, {}) == [row]


def point(row, **given) -> None:
    row = type(row).objects.get(pk=row.pk)
    row.proposed_sets = given
    assert publish([row], None, {}) == [row]


def a_title_on_another_page() -> Case:
    owner = published(Actor)
    plan = published(Plan, owners=[owner])
    return Case([plan.address("en")], lambda: say(owner, title="Called otherwise"))


def a_successor_that_is_not_there_yet() -> Case:
    later, plan, _another = unpublished(Plan), published(Plan), published(Plan)
    withdraw([plan], None, {}, successor=later.pk)
    return Case([plan.address("en")], lambda: publish([later], None, {}))


def a_new_record_in_its_list() -> Case:
    published(Plan)
    return Case(["/en/plans/", "/sitemap.xml", "/en/timeline/"], lambda: published(Plan))


def what_became_public_in_the_log() -> Case:
    published(Plan)
    return Case(["/en/changes/", "/en/changes/feed.atom", "/en/"], lambda: published(Plan))


def what_a_page_is_pointed_at_by() -> Case:
    plan, purpose = published(Plan), published(Objective)
    return Case([purpose.address("en")], lambda: point(plan, objectives=[purpose]))


def a_meaning_below_a_text() -> Case:
    term = published(Term, term=dict.fromkeys(codes(), "zugzwang"))
    plan = published(Plan, body=dict.fromkeys(codes(), "It is zugzwang."))
    return Case([plan.address("en")], lambda: say(term, meaning="It means something else."))


def a_new_term_in_a_text() -> Case:
    plan = published(Plan, body=dict.fromkeys(codes(), "It is zugzwang."))
    published(Term)
    words = dict.fromkeys(codes(), "zugzwang")
    return Case([plan.address("en")], lambda: published(Term, term=words))


def another_form_of_a_term() -> Case:
    term = published(Term)
    plan = published(Plan, body=dict.fromkeys(codes(), "It is zugzwang."))
    return Case([plan.address("en")], lambda: say(term, forms="zugzwang"))


def a_term_that_goes() -> Case:
    published(Term)
    term = published(Term, term=dict.fromkeys(codes(), "zugzwang"))
    plan = published(Plan, body=dict.fromkeys(codes(), "It is zugzwang."))
    return Case([plan.address("en")], lambda: withdraw([term], None, {}))


def a_title_that_hides_a_term() -> Case:
    published(Term, term=dict.fromkeys(codes(), "zugzwang"))
    plan = published(Plan, body=dict.fromkeys(codes(), "It is Great zugzwang."))
    published(Actor)
    title = dict.fromkeys(codes(), "Great zugzwang")
    return Case([plan.address("en")], lambda: published(Actor, title=title))


def a_title_that_hides_a_term_no_more() -> Case:
    published(Term, term=dict.fromkeys(codes(), "zugzwang"))
    plan = published(Plan, body=dict.fromkeys(codes(), "It is Great zugzwang."))
    actor = published(Actor, title=dict.fromkeys(codes(), "Great zugzwang"))
    return Case([plan.address("en")], lambda: say(actor, title="Small"))


def a_word_of_the_frame() -> Case:
    page = published(Page, place=Place.APPROACH)
    return Case(["/en/plans/", "/en/", "/en/changes/"], lambda: say(page, title="Called otherwise"))


def a_kind_that_was_empty() -> Case:
    published(Actor)
    return Case(["/en/", "/en/actors/"], lambda: published(Plan))


def a_year_before_all_others() -> Case:
    plan = published(Plan, drawn_up="2010", revised="2015")
    return Case([plan.address("en")], lambda: published(Plan, drawn_up="1999"))


def brought_back(row) -> None:
    assert publish([type(row).objects.get(pk=row.pk)], None, {}, act=Act.RESTORATION)


def who_comes_back_and_does_something() -> Case:
    """Nothing of the actor was read meanwhile: the table left out all that it does."""
    actor, _another = published(Actor), published(Actor)
    published(Responsibility, actor=actor, plan=published(Plan))
    withdraw([actor], None, {})
    return Case(["/en/who-does-what/who-does-what.csv"], lambda: brought_back(actor))


def who_comes_back_and_is_named() -> Case:
    actor, _another = published(Actor), published(Actor)
    published(Plan, owners=[actor])
    withdraw([actor], None, {})
    return Case(["/en/who-does-what/who-does-what.csv"], lambda: brought_back(actor))


def who_comes_back_into_a_set() -> Case:
    owner, _another = published(Actor), published(Actor)
    plan = published(Plan, owners=[owner])
    withdraw([owner], None, {})
    return Case([plan.address("en")], lambda: brought_back(owner))


def nothing(*_args, **_kwargs) -> frozenset:
    return frozenset()


def never(*_args, **_kwargs) -> str:
    return "never"


def no_answers(*_args, **_kwargs) -> list:
    return []


# the rule that is taken away, and what then goes wrong
ROWS = (record, "note_rows", nothing)
IDENTITIES = ((reads, "_identities", nothing), (references, "note", nothing))
KINDS = (changes, "key_of_kind", never)
LOG = (changes, "LOG", "never")
NAMED = (changes, "_named_in", nothing)
MET = (glossary, "_met", nothing)
REACHES = (signals.reaches, "send", no_answers)
TERMS = (reach, "terms_within", nothing)
FRAME = (reach, "_is_on_every_page", nothing)
SHARED = (everywhere, "shown", never)
HOLDERS = (changes, "_holders_of", nothing)
BESIDE = (reads, "_asked_beside", nothing)
CASES = [
    (a_title_on_another_page, ROWS),
    (a_successor_that_is_not_there_yet, IDENTITIES),
    (a_new_record_in_its_list, KINDS),
    (what_became_public_in_the_log, LOG),
    (what_a_page_is_pointed_at_by, NAMED),
    (a_meaning_below_a_text, MET),
    (a_new_term_in_a_text, FRAME),
    (another_form_of_a_term, FRAME),
    (a_title_that_hides_a_term, TERMS),
    (a_title_that_hides_a_term_no_more, TERMS),
    (a_word_of_the_frame, FRAME),
    (a_word_of_the_frame, REACHES),
    (who_comes_back_and_does_something, (BESIDE, (facts, "note", nothing))),
    (who_comes_back_into_a_set, HOLDERS),
    (a_kind_that_was_empty, SHARED),
    (a_year_before_all_others, SHARED),
]
OTHERS = [a_term_that_goes, who_comes_back_and_is_named]


def stale_after(front: Front, case: Case) -> tuple[list[str], list[str]]:
    """The pages that the act changed, and those of them that still say what they said."""
    before = {address: front.get(address).body for address in case.addresses}
    assert [front.get(address).how for address in before] == ["portal; hit"] * len(before)
    case.act()
    now = {address: front.alone(address).body for address in before}
    changed = [each for each in now if now[each] != before[each]]
    return changed, [each for each in changed if front.get(each).body != now[each]]


@pytest.mark.parametrize(("make", "rule"), CASES, ids=lambda each: getattr(each, "__name__", None))
def test_what_changes_elsewhere_is_renewed_and_would_not_be_without_the_rule(
    front, monkeypatch, make, rule
):
    for each in rule if isinstance(rule[0], tuple) else [rule]:
        monkeypatch.setattr(*each)
    case = make()
    changed, stale = stale_after(front, case)

    assert changed == case.addresses
    assert stale != []


@pytest.mark.parametrize("make", [*dict(CASES), *OTHERS], ids=lambda each: each.__name__)
def test_what_changes_elsewhere_is_renewed(front, make):
    case = make()

    assert stale_after(front, case) == (case.addresses, [])


@pytest.mark.django_db(transaction=True)
def test_a_draft_and_an_unseen_row_renew_at_most_the_page_that_tells_how_fresh_it_is(front):
    plan = published(Plan)
    addresses = ["/en/", "/en/plans/", "/en/changes/", plan.history_at("en")]
    before = {address: front.get(address).body for address in [*addresses, plan.address("en")]}
    unpublished(Plan)
    draft = Plan.objects.get(pk=plan.pk)
    set_texts(draft, "title", dict.fromkeys(codes(), "A draft"))
    save_draft(draft, None)

    assert [front.get(address).how for address in addresses] == ["portal; hit"] * 4
    assert publish([Plan.objects.get(pk=plan.pk)], None, {}) == []
    assert [front.get(address).how for address in addresses] == ["portal; hit"] * 4
    assert {address: front.get(address).body for address in before} == before
