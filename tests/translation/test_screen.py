"""The translator's screen: the source beside the text, and one language alone can be written."""

import pytest
from django.urls import reverse

from policies.models import Edition, Plan
from portal.languages.texts import codes, column, in_language
from portal.pages.models import Term
from portal.translation.assigning import assign
from portal.translation.models import Assignment
from tests.factories import published, withdrawn
from tests.publishing.desk import address
from tests.publishing.review import drafted as said
from tests.publishing.review import person
from tests.reading import read, words
from tests.translation.drafts import FIRST, due, go_public, seen, write
from tests.translation.screen import drafted, opened, screen, sent, states

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_it_shows_old_and_new_source_the_difference_and_what_is_to_do(dutch, plan, author):
    write(plan, author, summary={FIRST: "Summary that is new"})
    write(plan, author, summary={FIRST: "Summary that is newer"})

    answer = dutch.get(screen(plan))

    line = next(each for each in answer.context["sheet"].lines if each.name == "summary")
    before = in_language(plan, "summary", FIRST)
    assert (line.source.old, line.source.new) == (before, "Summary that is newer")
    assert states(answer) == {
        "title": "same",
        "summary": "due",
        "body": "same",
        "purpose": "same",
        "slug": "free",
        "short_title": "empty",
        "also": "empty",
    }
    page = answer.content.decode()
    assert '<del class="diff__removed"><span class="visually-hidden">removed:' in page
    assert page.count(f'name="{column("summary", "nl")}"') == 1


def test_what_is_public_is_shown_where_it_differs(dutch, plan, author):
    public = drafted(plan, "summary")
    write(plan, author, summary={"nl": "Nog niet openbaar."})

    lines = dutch.get(screen(plan)).context["sheet"].lines

    assert {line.name: line.public for line in lines if line.public is not None} == {
        "summary": public
    }


def test_a_missing_text_and_a_lost_source_are_told_plainly(dutch, author):
    plan = published(Plan, languages=["en", "fr"])

    page = words(read(dutch, screen(plan)))

    assert page.count("To do: missing in this language") == 5
    assert "A new text: there is no earlier one to compare with." in page
    sent(dutch, plan, opened(dutch, plan), title="Half", unfinished=["title"])
    assert states(dutch.get(screen(plan)))["title"] == "lost"
    assert "compare all of it" in words(read(dutch, screen(plan)))


def test_a_source_in_any_language_can_be_translated(client, author):
    plan = published(Plan, languages=["nl", "fr"])
    client.force_login(person("english", translates=FIRST))

    sent(client, plan, opened(client, plan, FIRST), FIRST, title="An English title")

    assert drafted(plan, "title", FIRST) == "An English title"
    assert "written first in Dutch" in words(read(client, screen(plan, "nl")))


def test_who_may_not_write_reads_and_a_competent_approver_confirms(client, plan, author):
    write(plan, author, summary={FIRST: "Anew."})
    client.force_login(person("french", approves="fr"))
    page = client.get(screen(plan)).content.decode()
    assert "Your account does not translate into Dutch." in page
    assert "<textarea" not in page
    assert client.post(screen(plan), {"seen": seen(plan)}).status_code == 403

    client.force_login(person("approver", approves="nl"))
    assert "<textarea" not in client.get(screen(plan)).content.decode()
    typed = {column("summary", "nl"): "Van de nalezer."}
    client.post(screen(plan), {"seen": seen(plan), "valid": ["summary"], **typed})
    assert list(due(plan)) == ["fr"]
    assert drafted(plan, "summary") != "Van de nalezer."


def test_what_cannot_be_shown_is_answered_and_nothing_breaks(dutch, client, plan):
    edition = published(Edition)
    gone = published(Plan)
    Plan.objects.filter(pk=gone.pk).update(state="removed")
    unknown = "00000000-0000-4000-8000-000000000000"
    answers = {
        screen(plan, "xx"): 404,
        screen(plan, "NL"): 404,
        screen(plan).replace(str(plan.pk), unknown): 404,
        screen(edition): 404,
        screen(gone): 200,
        screen(withdrawn(Plan)): 200,
        screen(plan, FIRST): 200,
    }

    assert {each: dutch.get(each).status_code for each in answers} == answers
    assert "removed by law" in dutch.get(screen(gone)).content.decode()
    assert {dutch.post(each, {"seen": "1"}).status_code for each in answers} == {200, 403, 404}
    client.force_login(person("nobody"))
    assert client.get(screen(plan)).status_code == 403
    client.logout()
    assert client.get(screen(plan)).status_code == 302


def test_agreed_names_stand_beside_the_text_and_it_is_told_what_it_does_not_use(
    dutch, plan, author
):
    published(Term, languages=["en", "nl"], term={"en": "Threat level", "nl": "Dreigingsniveau"})
    write(plan, author, summary={FIRST: "About the threat level."})

    lines = dutch.get(screen(plan)).context["sheet"].lines

    found = {line.name: [each.target for each in line.agreed] for line in lines if line.agreed}
    assert found == {"summary": ["Dreigingsniveau"]}
    assert {line.name: [each.named for each in line.misuses] for line in lines if line.misuses} == {
        "summary": ["threat level"]
    }


def test_the_page_that_the_texts_make_can_be_seen_before_they_are_saved(staff, plan):
    typed = opened(staff, plan) | {column("summary", "nl"): "Nog niet bewaard."}
    preview = staff.get(screen(plan)).context["preview"]

    page = staff.post(f"{preview}?language=nl", typed).content.decode()

    assert "Nog niet bewaard." in page
    assert drafted(plan, "title") in page
    assert "data-refused" not in page
    assert drafted(plan, "summary") != "Nog niet bewaard."


def test_the_form_of_a_record_leads_to_each_language_with_its_state(dutch, plan, author):
    write(plan, author, summary={FIRST: "Anew."}, title={FIRST: "Other"})

    document = read(dutch, address(Plan, "change", plan.pk))

    lines = {a.get("href"): words(li) for li in document.iter("li") for a in li.iter("a")}
    assert {code: lines.get(screen(plan, code)) for code in codes()} == {
        FIRST: None,
        "fr": "Français: 2 texts to do",
        "nl": "Nederlands: 2 texts to do",
    }


@pytest.mark.parametrize("kind", [Plan, Term])
def test_many_texts_cost_no_more_queries_than_few(dutch, author, kind, django_assert_num_queries):
    record = published(kind)
    said(record, author, **{record.headline: {FIRST: "Other"}})
    dutch.get(screen(record))

    with django_assert_num_queries(13):
        assert dutch.get(screen(record)).status_code == 200


def test_every_language_of_every_text_is_reached(plan, author, staff):
    write(plan, author, title={FIRST: "Other"})
    go_public(plan, author)

    reached = [code for code in codes() if staff.get(screen(plan, code)).context["sheet"]]

    assert reached == codes()


def test_the_way_leads_on_to_the_next_record_with_something_to_do(dutch, plan, author):
    others = [published(Term), published(Plan), withdrawn(Plan)]
    write(plan, author, title={FIRST: "Other"})

    def onward(record) -> str:
        return dutch.get(reverse("admin:translation-next", args=["nl", record.pk]))["Location"]

    assert [onward(each) for each in others] == [screen(plan)] * 3
    assert onward(plan) == address(Assignment, "changelist")
    untranslated = published(Term, languages=[FIRST])
    assert (onward(plan), onward(untranslated)) == (screen(untranslated), screen(plan))
    assign(untranslated.pk, "nl", person("colleague", translates="nl"), author)
    assert [onward(each) for each in others] == [screen(plan)] * 3
    assert onward(plan) == screen(untranslated)
    assert dutch.get(reverse("admin:translation-next", args=["xx", plan.pk])).status_code == 404
