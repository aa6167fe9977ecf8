"""A draft through a shared link: as readers would see it, for seven days, for nobody else."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.publishing import review, sharing
from portal.publishing.drafts import save_draft
from portal.publishing.models import Release
from portal.records.kinds import kinds
from tests.factories import published
from tests.publishing.review import NOTES, drafted, person, refusal, said_otherwise, writer
from tests.reading import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(db) -> tuple[Release, str, list]:
    """A release of a plan and a term, and the token of its link."""
    plan, term, one = published(Plan, owners=[published(Actor)]), published(Term), writer()
    said_otherwise(plan, one)
    drafted(term, one, meaning={code: f"Means more {code}" for code in codes()})
    release = review.submit([plan.pk, term.pk], one, NOTES)
    return release, sharing.share(release, one), [plan, term]


def address(token: str, code: str = "en", uuid=None) -> str:
    word = {"en": "preview", "fr": "apercu", "nl": "voorbeeld"}[code]
    return f"/{code}/{word}/{token}/" + (f"{uuid}/" if uuid else "")


@pytest.mark.parametrize("code", codes())
def test_the_link_shows_the_draft_in_each_language_and_says_that_it_is_one(client, shown, code):
    _release, token, (plan, _term) = shown
    document = read(client, address(token, code, plan.pk))
    main = next(document.iter("main"))
    banners = [e for e in main.iter() if e.get("data-notice") == "preview"]

    assert f"Other {code}" in words(main)
    assert len(banners) == 2
    assert f"Other {code}" not in words(read(client, plan.address(code)))


def test_it_leads_to_everything_that_is_published_together(client, shown):
    _release, token, (plan, term) = shown
    document = read(client, address(token, "fr", plan.pk))
    (banner, _second) = [e for e in document.iter() if e.get("data-notice") == "preview"]

    assert [a.get("href") for a in banner.iter("a")] == [address(token, "fr", term.pk)]
    assert "Means more fr" in words(read(client, address(token, "fr", term.pk)))
    switch = next(e for e in document.iter("nav") if e.get("data-languages") is not None)
    assert {a.get("href") for a in switch.iter("a")} == {
        address(token, code, plan.pk) for code in ("en", "nl")
    }


def test_nobody_keeps_it_and_no_search_engine_lists_it(client, shown):
    answer = client.get(address(shown[1]))

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()


def test_after_seven_days_and_once_it_is_stopped_or_replaced_there_is_nothing(
    client, shown, monkeypatch
):
    release, token, _records = shown
    assert client.get(address(token)).status_code == 200
    later = (timezone.now() + timedelta(days=7, minutes=1)).timestamp()
    with monkeypatch.context() as clock:
        clock.setattr(signing.time, "time", lambda: later)
        assert client.get(address(token)).status_code == 404

    again = sharing.share(release, release.submitted_by)
    assert client.get(address(token)).status_code == 404
    assert client.get(address(again)).status_code == 200
    sharing.stop_sharing(release, release.submitted_by)
    assert client.get(address(again)).status_code == 404


def test_a_closed_release_shows_no_drafts(client, shown):
    release, token, _records = shown
    review.take_back(release, release.submitted_by)

    assert client.get(address(token)).status_code == 404


@pytest.mark.parametrize("forged", ["x", "a:b:c", "%00", "..", "é"])
def test_a_made_up_link_is_the_page_of_an_unknown_one(client, shown, forged):
    other = published(Plan)

    assert client.get(f"/en/preview/{forged}/").status_code in (400, 404)
    assert client.get(address(shown[1], "en", other.pk)).status_code == 404
    assert client.get(address(shown[1][:-2] + "xx")).status_code == 404
    wrong = signing.dumps(["not-a-uuid", "x"], salt=sharing.SALT)
    assert client.get(address(wrong)).status_code == 404


def test_who_has_no_role_shares_nothing(shown):
    assert "shows drafts to nobody" in refusal(sharing.share, shown[0], person("reader"))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_an_empty_draft_of_any_kind_can_be_shown(client, administrator, kind):
    record = kind()
    save_draft(record, administrator)
    release = review.submit([record.pk], administrator, {})
    token = sharing.share(release, administrator)

    for code in codes():
        assert client.get(address(token, code)).status_code == 200


def test_the_desk_makes_the_link(client, shown):
    release, _token, _records = shown
    client.force_login(release.submitted_by)
    answer = client.post(
        reverse("admin:publishing_release_change", args=[release.pk]), {"do": "share"}, follow=True
    )
    (message,) = [str(each) for each in answer.context["messages"]]
    link = re.search(r'href="http://testserver([^"]+)"', message)[1]

    assert client.get(link).status_code == 200
