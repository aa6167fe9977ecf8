"""What readers are told of a text changes without the text, and its pages are renewed."""

from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction

from policies.models import Plan
from portal.delivery.changes import age_of_site
from portal.languages.alternates import route_in
from portal.languages.texts import codes, set_texts
from portal.pages.models import Term
from portal.publishing import going_public, review, signals
from portal.publishing.models import Release
from portal.publishing.publish import publish
from portal.publishing.removal import Order, remove
from portal.publishing.standing import Standing
from portal.translation.acts import confirm
from tests.delivery.front import Front
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approver,
    drafted,
    person,
    said_otherwise,
    submitted,
    writer,
)
from tests.translation.drafts import FIRST, OTHERS, go_public, seen, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan)


@pytest.fixture
def author(db):
    return writer()


def read(front: Front, plan: Plan, *more: str) -> dict[str, tuple[str, bytes]]:
    """How every page of it was answered, and what; it is what Django says."""
    addresses = [plan.address(code) + tail for code in codes() for tail in ("", "versions/")]
    answers = {each: front.get(each) for each in (*addresses, *more)}
    assert {k: a.body for k, a in answers.items()} == {k: front.alone(k).body for k in answers}
    return {address: (answer.how, answer.body) for address, answer in answers.items()}


def hows(front: Front, plan: Plan) -> dict[str, str]:
    return {address: how for address, (how, _body) in read(front, plan).items()}


def made_anew(plan: Plan) -> dict[str, str]:
    """Where it says how fresh it is, and nowhere else."""
    own = {plan.address(code) for code in codes()}
    past = {f"{address}versions/": "portal; hit" for address in own}
    return dict.fromkeys(own, "portal; fwd=miss; stored") | past


def changed(front: Front, plan: Plan, before: dict) -> bool:
    return any(body != before[each][1] for each, (_how, body) in read(front, plan).items())


def test_each_approval_after_an_urgent_publication_renews_the_page(front, plan, author):
    said_otherwise(plan, author)
    release = submitted(plan, author)
    going_public.publish_urgently(release, author, "It cannot wait.")
    other = approver()
    found = []
    for part in Standing(Release.objects.get(pk=release.pk)).parts:
        before = read(front, plan)
        review.approve(release, other, part.item.record_uuid, part.name)
        found.append(changed(front, plan, before))

    assert len(found) > 2
    assert all(found)


def test_a_translation_that_still_holds_renews_the_page(front, plan, author):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    translator = person("translator", translates=" ".join(OTHERS))
    for code in OTHERS:
        before = read(front, plan)
        confirm(plan.pk, code, translator, seen=seen(plan))
        assert changed(front, plan, before)
    assert len(OTHERS) > 1


def glossary(front: Front) -> tuple[str, bytes]:
    """A page that reads the whole of a kind, and tells of each of its rows how fresh it is."""
    address = route_in("glossary", OTHERS[0])
    kept, made = front.get(address), front.alone(address)
    assert (kept.status, kept.body) == (200, made.body)
    return kept.how, kept.body


def test_what_is_told_of_an_entry_again_renews_the_page_of_all_entries(front, author):
    term = published(Term)
    published(Term)
    drafted(term, author, meaning={code: f"Otherwise {code}" for code in codes()})
    release = submitted(term, author)
    going_public.publish_urgently(release, author, "It cannot wait.")
    other, before = approver(), glossary(front)
    for part in Standing(Release.objects.get(pk=release.pk)).parts:
        review.approve(release, other, part.item.record_uuid, part.name)
    approved = glossary(front)
    write(term, author, meaning={FIRST: "Second."})
    go_public(term, author)
    behind = glossary(front)
    confirm(term.pk, OTHERS[0], person("translator", translates=OTHERS[0]), seen=seen(term))

    pages = [body for _how, body in (before, approved, behind, glossary(front))]
    assert all(one != other for one, other in pairwise(pages))


def test_a_draft_that_makes_a_public_translation_fresh_again_renews_the_page(front, plan, author):
    """It goes back to the words that are public, now beside the new source."""
    code = OTHERS[0]
    public = getattr(plan, f"summary_{code}")
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    write(plan, author, summary={code: "Something else."})
    before = read(front, plan)
    write(plan, author, summary={code: public})

    assert changed(front, plan, before)


def test_a_minor_change_keeps_its_translations_fresh_on_every_page(front, plan, author):
    before = read(front, plan)
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author, major=False)

    assert changed(front, plan, before)


@pytest.mark.parametrize("versions", [frozenset([1]), frozenset()], ids=["some of it", "all of it"])
def test_what_a_law_removed_is_on_no_page_any_more(front, plan, author, versions):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    past = [f"{plan.history_at(FIRST)}{tail}" for tail in ("1/", "1.json", "1-2/")]
    more = [*past, f"/{FIRST}/", f"/{FIRST}/plans/", f"/{FIRST}/changes/"]
    before = read(front, plan, *more)
    remove(Order(plan.pk, versions), NOTES)
    after = {address: front.get(address) for address in before}

    assert {k: (a.status, a.body) for k, a in after.items()} == {
        k: (front.alone(k).status, front.alone(k).body) for k in after
    }
    assert {after[address].status for address in past} == {410}


def test_what_the_log_may_no_longer_say_is_on_no_page_of_another_record(front, plan):
    other, note = published(Plan), {code: f"Kanarie {code}" for code in codes()}
    for each in (plan, other):
        set_texts(each, "summary", dict.fromkeys(codes(), "Second."))
    publish([plan, other], None, note)
    set_texts(plan, "summary", dict.fromkeys(codes(), "Third."))
    publish([plan], None, NOTES)
    before = read(front, other)
    remove(Order(plan.pk, frozenset([2]), with_notes=True), NOTES)
    after = read(front, other)

    told = [any(b"Kanarie" in body for _how, body in each.values()) for each in (before, after)]
    assert told == [True, False]


def test_an_act_that_is_undone_leaves_nothing_to_tell(front, plan, author):
    age = age_of_site()
    with transaction.atomic():
        signals.retold.send(sender=None, uuids=[plan.pk])
        transaction.set_rollback(True)
    assert age_of_site() == age
    with transaction.atomic():
        signals.retold.send(sender=None, uuids=[plan.pk])
    assert age_of_site().number == age.number + 1


def test_what_nobody_lived_to_tell_is_told_by_whoever_follows_the_site(front, plan, monkeypatch):
    read(front, plan)
    with monkeypatch.context() as killed, transaction.atomic():
        killed.setattr(transaction, "on_commit", lambda act, **_how: None)  # the process ends
        signals.retold.send(sender=None, uuids=[plan.pk])
    age = age_of_site()

    assert {how for how, _body in read(front, plan).values()} == {"portal; hit"}
    for _look in range(2):
        call_command("keep_pages")
        assert age_of_site().number == age.number + 1
    assert hows(front, plan) == made_anew(plan)
