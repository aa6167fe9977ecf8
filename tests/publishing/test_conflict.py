"""Two people on one record: the second sees what the first saved, and loses nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actors.models import Actor
from policies.models import Edition, Plan
from portal.languages.texts import column, in_language
from portal.publishing.content import members
from portal.publishing.drafts import with_draft
from portal.publishing.models import Release, Revision
from tests.factories import published
from tests.publishing.desk import address, posted
from tests.publishing.review import person
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, owners=[published(Actor)], drawn_up="2015")


@pytest.fixture
def anna(client, db):
    client.force_login(person("anna", writes=True))
    return client


def drafted(record):
    return with_draft(type(record).objects.get(pk=record.pk))


def save(browser, record, data):
    return browser.post(address(type(record), "change", record.pk), data)


def shown_again(answer) -> dict:
    """What the boxes of the form now say."""
    form = answer.context["adminform"].form
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, "", False)}


def test_the_second_sees_who_changed_what_with_both_texts_side_by_side(staff, anna, plan):
    title = column("title", "fr")
    second = posted(staff, plan, **{title: "Mine"})
    save(anna, plan, posted(anna, plan, **{title: "Theirs"}))

    refused = save(staff, plan, second)

    conflict = refused.context["adminform"].form.conflict
    assert str(conflict.theirs.author) == "anna"
    assert [(each.old, each.new) for each in conflict.side_by_side] == [("Theirs", "Mine")]
    assert [each.new for each in conflict.changes] == ["Theirs"]
    page = refused.content.decode()
    assert "Saved by anna while you wrote" in page
    assert "yours is not saved yet" in page
    assert shown_again(refused)[title] == "Mine"
    assert in_language(drafted(plan), "title", "fr") == "Theirs"


def test_what_the_second_did_not_touch_stands_as_the_first_saved_it(staff, anna, plan):
    actor = published(Actor)
    second = posted(staff, plan, **{column("title", "nl"): "Mijn titel"})
    theirs = {column("title", "fr"): "Leur titre", "drawn_up": "2016-02", "owners": [str(actor.pk)]}
    save(anna, plan, posted(anna, plan, added_reference="on", sources="a | https://a.be", **theirs))

    again = save(staff, plan, second)
    answer = save(staff, plan, shown_again(again))

    assert answer.status_code == 302
    draft = drafted(plan)
    assert [in_language(draft, "title", code) for code in ("fr", "nl")] == [
        "Leur titre",
        "Mijn titel",
    ]
    assert (draft.drawn_up, members(draft, "owners")) == ("2016-02", [actor])
    assert (draft.added_reference, draft.sources) == (True, "a | https://a.be")
    assert Revision.objects.filter(record=plan.pk).count() == 3


def test_a_mark_that_the_first_took_away_is_away(staff, anna):
    plan = published(Plan, added_reference=True, sources="a | https://a.be")
    second = posted(staff, plan, **{column("title", "nl"): "Mijn titel"})
    theirs = posted(anna, plan, sources="")
    del theirs["added_reference"]
    save(anna, plan, theirs)

    save(staff, plan, shown_again(save(staff, plan, second)))

    draft = drafted(plan)
    assert (draft.added_reference, draft.sources) == (False, None)
    assert in_language(draft, "title", "nl") == "Mijn titel"


def test_what_both_changed_alike_is_no_clash(staff, anna, plan):
    same = {column("title", "fr"): "Pareil"}
    second = posted(staff, plan, **same, **{column("title", "nl"): "Anders"})
    save(anna, plan, posted(anna, plan, **same))

    conflict = save(staff, plan, second).context["adminform"].form.conflict

    assert (conflict.side_by_side, conflict.taken) == ([], {})


def test_a_double_click_is_no_conflict_with_oneself(staff, plan):
    typed = posted(staff, plan, **{column("title", "fr"): "Une fois"})

    first, second = (save(staff, plan, typed | {"_submit": "1"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Release.objects.count() == 1
    assert Revision.objects.filter(record=plan.pk).count() == 2


def test_what_cannot_be_stored_is_put_right_first_and_the_conflict_told_again(staff, anna, plan):
    second = posted(staff, plan, drawn_up="around 2005")
    save(anna, plan, posted(anna, plan, drawn_up="2016"))

    wrong = save(staff, plan, second)
    right = save(staff, plan, shown_again(wrong) | {"drawn_up": "2005"})

    assert set(wrong.context["adminform"].form.errors) == {"drawn_up", "__all__"}
    (clash,) = right.context["adminform"].form.conflict.side_by_side
    assert (clash.old, clash.new) == ("2016", "2005")
    assert save(staff, plan, shown_again(right)).status_code == 302
    assert drafted(plan).drawn_up == "2005"


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "99999999999999999999", "9" * 5000, "0"])
def test_a_form_that_began_nowhere_is_told_too(staff, plan, seen):
    typed = posted(staff, plan, **{column("title", "fr"): "Autre"})

    answer = save(staff, plan, typed | {"seen": seen})

    assert answer.context["adminform"].form.conflict.before == {}
    assert Revision.objects.filter(record=plan.pk).count() == 1


def test_who_sends_a_file_is_told_to_choose_it_again(staff, anna):
    edition = published(Edition)
    second = posted(staff, edition, position="5")
    save(anna, edition, posted(anna, edition, position="4"))
    upload = SimpleUploadedFile("b.pdf", b"%PDF-1.7", "application/pdf")

    answer = save(staff, edition, second | {"file": upload})

    assert "Choose the file again" in answer.content.decode()


def test_the_form_without_a_conflict_speaks_of_none(staff, plan):
    page = read(staff, address(Plan, "change", plan.pk))

    assert "while you wrote" not in words(page)
