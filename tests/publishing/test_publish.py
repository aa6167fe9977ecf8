import pytest
from django.db import connection
from django.utils import timezone, translation

from actors.models import Actor
from policies.models import Edition, Plan, Responsibility
from portal.languages.texts import codes, column, columns, set_texts
from portal.pages.models import Page, Term
from portal.publishing import signals
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import Version
from portal.publishing.publish import publish
from portal.records.kinds import kinds
from portal.records.models import Address, State
from tests.factories import draft, published, unpublished

pytestmark = pytest.mark.django_db


MOST_QUERIES = 60  # with every listener


@pytest.fixture
def heard():
    """What the listeners of a publication were told."""
    said = []

    def listen(sender, **told):
        said.append(told)

    signals.published.connect(listen)
    yield said
    signals.published.disconnect(listen)


def test_publishing_writes_the_row_the_sets_and_the_addresses_at_one_time(heard):
    before = timezone.now()
    actor = draft(Actor)
    plan = draft(Plan, owners=[actor])

    changed = publish([plan, actor], by=None, notes={"en": "First version."})

    row = Plan.objects.get(pk=plan.pk)
    assert changed == [plan, actor]
    assert (row.state, list(row.owners.all())) == (State.PUBLISHED, [actor])
    assert before <= row.changed == Actor.objects.get(pk=actor.pk).changed
    assert Address.objects.filter(record=plan.pk).count() == 3
    assert heard == [
        {
            "signal": signals.published,
            "records": [plan, actor],
            "by": None,
            "notes": {"en": "First version."},
            "versions": list(Version.objects.order_by("pk")),
            "appeared": {plan.pk, actor.pk},
        }
    ]


def test_a_listener_that_fails_undoes_everything():
    def fail(sender, **told):
        raise RuntimeError("the index is full")

    signals.published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            publish([draft(Plan)], by=None, notes={})
    finally:
        signals.published.disconnect(fail)

    assert (Plan.objects.count(), Address.objects.count()) == (0, 0)


def test_publishing_the_same_again_changes_nothing_and_tells_nobody(heard):
    plan = published(Plan, owners=[published(Actor)])
    heard.clear()
    same = Plan.objects.get(pk=plan.pk)

    assert publish([same], by=None, notes={}) == []
    assert heard == []
    assert Plan.objects.get(pk=plan.pk).changed == plan.changed


def test_the_same_text_typed_in_another_way_is_the_same():
    plan = published(Plan, body={"en": "un été\n\ndeux", "fr": "x", "nl": "y"})
    set_texts(plan, "body", {"en": "un e\u0301te\u0301\r\n\r\ndeux "})

    assert publish([plan], by=None, notes={}) == []


def test_a_set_alone_is_a_change():
    plan = published(Plan)
    plan.proposed_sets = {"owners": [published(Actor)]}

    assert publish([plan], by=None, notes={}) == [plan]
    assert plan.owners.count() == 1


def test_every_fault_of_every_record_is_told_at_its_field_and_nothing_is_written():
    hidden = unpublished(Actor)
    plan = draft(Plan, owners=[hidden], title={"en": "A", "fr": "B"}, plan_kind="no such kind")
    actor = draft(Actor, body={"en": "[x](http://example.org/)", "fr": "y", "nl": "z"})

    with pytest.raises(PublicationRefused) as refused:
        publish([plan, actor], by=None, notes={})

    assert {(fault.record, fault.field) for fault in refused.value.faults} == {
        (plan, "plan_kind"),
        (plan, "owners"),
        (plan, column("title", "nl")),
        (actor, column("body", "en")),
    }
    assert not Plan.objects.filter(pk=plan.pk).exists()
    assert not Actor.objects.filter(pk=actor.pk).exists()


def test_a_required_key_is_told_at_its_field():
    with pytest.raises(PublicationRefused) as refused:
        publish([draft(Responsibility, actor=None)], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == ["actor"]


@pytest.mark.parametrize("spoken", ["en", "fr", "nl"])
@pytest.mark.parametrize("languages", [["nl"], ["fr"], ["fr", "nl"], ["nl", "en"]])
def test_which_language_is_active_makes_no_difference(spoken, languages):
    with translation.override(spoken):
        plan = published(Plan, languages=languages)

    assert plan.languages == sorted(languages)
    found = {
        code for code, name in zip(codes(), columns("body"), strict=True) if getattr(plan, name)
    }
    assert found == set(languages)


def test_a_language_is_whole_or_absent():
    plan = draft(Plan, body={"en": "Text"})

    with pytest.raises(PublicationRefused) as refused:
        publish([plan], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == columns("body")[1:]


@pytest.mark.parametrize("texts", [{"nl": "Alleen in het Nederlands"}, {"en": "x", "nl": "y"}])
def test_a_text_in_use_is_due_in_every_language_of_the_record(texts):
    with pytest.raises(PublicationRefused) as refused:
        publish([draft(Plan, body=texts)], by=None, notes={})

    missing = [code for code in codes() if code not in texts]
    assert [fault.field for fault in refused.value.faults] == [
        column("body", code) for code in missing
    ]


def test_a_language_with_nothing_but_a_text_is_not_half_there():
    with pytest.raises(PublicationRefused) as refused:
        publish([draft(Plan, languages=["fr"], body={"fr": "x", "nl": "y"})], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == [
        column(name, "nl") for name in ("title", "slug", "summary", "purpose")
    ]


def test_a_link_to_an_unpublished_record_is_refused_and_one_to_its_companion_is_not():
    target = draft(Plan)
    plan = draft(Plan, body=dict.fromkeys(("en", "fr", "nl"), f"[x]({target.permanent})"))

    with pytest.raises(PublicationRefused):
        publish([plan], by=None, notes={})

    assert publish([plan, target], by=None, notes={}) == [plan, target]


def test_a_text_may_link_to_a_term_of_the_glossary():
    term = published(Term)
    body = dict.fromkeys(codes(), f"[x]({term.permanent})")

    assert publish([draft(Plan, body=body)], by=None, notes={}) != []


def test_a_withdrawn_record_does_not_come_back_not_even_from_an_old_instance():
    from_before = published(Plan)
    Plan.objects.filter(pk=from_before.pk).update(state=State.WITHDRAWN)
    set_texts(from_before, "title", {"en": "Again"})

    with pytest.raises(PublicationRefused):
        publish([from_before], by=None, notes={})

    assert Plan.objects.get(pk=from_before.pk).state == State.WITHDRAWN


def test_two_records_of_one_publication_do_not_share_a_borrowed_address():
    own = draft(Plan, slug={"en": "a", "fr": "b", "nl": "same"})
    borrowing = draft(Plan, languages=["fr"], slug={"fr": "same"})

    with pytest.raises(PublicationRefused):
        publish([own, borrowing], by=None, notes={})

    assert Plan.objects.count() == 0


def test_nothing_names_itself():
    plan = draft(Plan)
    plan.proposed_sets = {"coordinated_with": [plan]}

    with pytest.raises(PublicationRefused) as refused:
        publish([plan], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == ["coordinated_with"]


@pytest.mark.parametrize("written", ["[x]( {} )", "[x](\n{})", "[x](<{}>)", "[x](&#47;{})"])
def test_a_link_to_a_draft_is_found_however_it_is_written(written):
    hidden = unpublished(Plan).permanent
    link = written.format(hidden.removeprefix("/") if "&#47;" in written else hidden)

    with pytest.raises(PublicationRefused):
        publish([draft(Plan, body=dict.fromkeys(codes(), link))], by=None, notes={})


def test_a_section_does_not_take_the_address_of_a_list():
    with pytest.raises(PublicationRefused) as refused:
        published(Page, place="approach", slug={"en": "plans", "fr": "approche", "nl": "aanpak"})

    assert [fault.field for fault in refused.value.faults] == [column("slug", "en")]


def test_a_second_edition_in_a_language_is_refused():
    edition = published(Edition)

    with pytest.raises(PublicationRefused):
        publish([draft(Edition, document=edition.document)], by=None, notes={})


def test_the_driver_of_postgresql_is_psycopg2():
    assert connection.Database.__name__ in ("psycopg2", "sqlite3.dbapi2")


@pytest.mark.parametrize("kind", kinds())
def test_publishing_one_record_takes_sixty_queries_at_most(kind, django_assert_max_num_queries):
    record = draft(kind)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert publish([record], by=None, notes={}) == [record]


@pytest.mark.parametrize("kind", kinds())
def test_an_empty_record_of_any_kind_is_told_what_to_fill_in_and_nothing_of_columns(kind):
    with pytest.raises(PublicationRefused) as refused:
        publish([kind()], by=None, notes={})

    said = {fault.message for fault in refused.value.faults}
    assert said
    assert not any("null" in sentence or "blank" in sentence for sentence in said)
