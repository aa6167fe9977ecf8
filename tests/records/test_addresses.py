import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Document, Edition, Plan, Responsibility
from portal.languages.texts import column, set_texts
from portal.pages.models import Term
from portal.publishing.faults import PublicationRefused
from portal.publishing.publish import publish
from portal.records.models import Address
from tests.factories import draft, published, unpublished, withdrawn

pytestmark = pytest.mark.django_db


def rename(record, **slugs):
    set_texts(record, "slug", slugs)
    publish([record], by=None, notes={})


def test_a_record_has_one_address_in_every_language_whether_or_not_it_has_a_text():
    plan = published(Plan, languages=["fr"], slug={"fr": "plan-radicalisme"})

    assert [plan.address(code) for code in ("en", "fr", "nl")] == [
        "/en/plans/plan-radicalisme/",
        "/fr/plans/plan-radicalisme/",
        "/nl/plannen/plan-radicalisme/",
    ]


@pytest.mark.parametrize(
    ("language", "word"), [("en", "plans"), ("fr", "plans"), ("nl", "plannen")]
)
def test_a_changed_slug_redirects_in_one_step_in_each_language(client, language, word):
    plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})
    rename(plan, **{language: "second"})
    rename(plan, **{language: "third"})
    first = {"en": "one", "fr": "un", "nl": "een"}[language]

    for former in (first, "second"):
        answer = client.get(f"/{language}/{word}/{former}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{word}/third/")


def test_a_former_address_is_never_given_to_something_else():
    plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})
    rename(plan, en="two")
    thief = draft(Plan, slug={"en": "one", "fr": "autre", "nl": "ander"})

    with pytest.raises(PublicationRefused) as refused:
        publish([thief], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == [column("slug", "en")]
    assert not Plan.objects.filter(pk=thief.pk).exists()


def test_a_borrowed_address_is_not_given_away_either():
    published(Plan, languages=["fr"], slug={"fr": "emprunt"})
    thief = draft(Plan, slug={"en": "a", "fr": "b", "nl": "emprunt"})

    with pytest.raises(PublicationRefused) as refused:
        publish([thief], by=None, notes={})

    assert [fault.field for fault in refused.value.faults] == [column("slug", "nl")]


def test_a_record_may_go_back_to_its_own_former_address(client):
    plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})
    rename(plan, en="two")
    rename(plan, en="one")

    assert client.get("/en/plans/two/")["Location"] == "/en/plans/one/"
    assert Address.objects.filter(record=plan.pk).count() == 4


def test_a_slug_that_comes_later_takes_over_from_the_borrowed_one(client):
    plan = published(Plan, languages=["fr"], slug={"fr": "plan-fr"})
    for name in ("title", "summary", "slug", "body", "purpose"):
        set_texts(plan, name, {"nl": "plan-nl"})
    publish([plan], by=None, notes={})

    answer = client.get("/nl/plannen/plan-fr/")

    assert (answer.status_code, answer["Location"]) == (301, "/nl/plannen/plan-nl/")


def test_two_records_of_one_publication_cannot_claim_the_same_address():
    same = {"en": "same", "fr": "meme", "nl": "zelfde"}

    with pytest.raises(PublicationRefused):
        publish([draft(Plan, slug=same), draft(Plan, slug=same)], by=None, notes={})

    assert (Plan.objects.count(), Address.objects.count()) == (0, 0)


def test_claiming_costs_two_queries_however_many_records():
    with CaptureQueriesContext(connection) as one:
        publish([draft(Plan)], by=None, notes={})
    with CaptureQueriesContext(connection) as three:
        publish([draft(Plan) for _ in range(3)], by=None, notes={})

    ledger = [
        [q for q in queries if 'records_address"' in q["sql"] and "INSERT" in q["sql"]]
        for queries in (one, three)
    ]
    assert [len(inserts) for inserts in ledger] == [1, 1]


class TestThePermanentAddress:
    def ask(self, client, record, accept="", query=""):
        headers = {"Accept-Language": accept} if accept else {}
        return client.get(f"/id/{record.pk}/{query}", headers=headers)

    @pytest.mark.parametrize(
        ("accept", "leads_to"),
        [
            pytest.param("nl-BE,nl;q=0.9", "/nl/plannen/een/", id="asked"),
            pytest.param("de,fr;q=0.5", "/fr/plans/un/", id="second-choice"),
            pytest.param("ja", "/en/plans/one/", id="none-of-ours"),
            pytest.param("", "/en/plans/one/", id="nothing-asked"),
        ],
    )
    def test_it_leads_to_the_readers_language(self, client, accept, leads_to):
        plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})

        answer = self.ask(client, plan, accept)

        assert (answer.status_code, answer["Location"]) == (302, leads_to)
        assert (answer["Vary"], answer["Cache-Control"]) == ("Accept-Language", "no-store")

    @pytest.mark.parametrize(
        ("accept", "language"),
        [
            pytest.param("fr, nl;q=0.8", "nl", id="the-second-wish-exists"),
            pytest.param("ja", "nl", id="no-wish-exists-so-the-source"),
            pytest.param("en;q=0.2, nl-BE;q=0.9", "nl", id="by-weight"),
            pytest.param("*", "nl", id="any"),
        ],
    )
    def test_it_knows_the_languages_of_the_record_and_not_those_of_the_site(
        self, client, accept, language
    ):
        plan = published(Plan, languages=["nl", "en"])

        assert self.ask(client, plan, accept)["Location"] == plan.address(language)

    def test_an_edition_is_shown_in_a_language_of_its_document(self, client):
        document = published(Document, languages=["fr"])
        edition = published(Edition, document=document)

        assert self.ask(client, edition, "nl")["Location"] == document.address("fr")

    def test_a_language_can_be_forced_and_a_wrong_one_is_a_bad_request(self, client):
        plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})

        assert self.ask(client, plan, "en", "?lang=nl")["Location"] == "/nl/plannen/een/"
        assert self.ask(client, plan, "en", "?lang=de").status_code == 400

    def test_unknown_and_unpublished_records_answer_alike(self, client):
        hidden = unpublished(Plan)
        unknown = draft(Plan)

        answers = [self.ask(client, record) for record in (hidden, unknown)]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content

    def test_a_withdrawn_record_still_answers(self, client):
        plan = withdrawn(Plan, slug={"en": "one", "fr": "un", "nl": "een"})

        assert self.ask(client, plan)["Location"] == "/en/plans/one/"

    def test_records_without_a_page_lead_to_where_they_are_shown(self, client):
        edition, responsibility, term = (
            published(Edition),
            published(Responsibility),
            published(Term),
        )

        assert self.ask(client, edition)["Location"] == edition.document.address("en")
        assert self.ask(client, responsibility)["Location"] == responsibility.plan.address("en")
        assert self.ask(client, term)["Location"] == f"/en/glossary/#term-{term.pk.hex[:8]}"
