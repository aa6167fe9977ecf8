"""One plan whose page is kept, said otherwise and read again."""

from policies.models import Plan
from portal.languages.texts import set_texts
from portal.publishing.publish import publish
from tests.delivery.front import Front

HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
ADDRESS, OTHER = "/en/plans/slug-kept/", "/en/glossary/"


def say(plan: Plan, words: str) -> None:
    set_texts(plan, "summary", {"en": words})
    assert publish([plan], None, {}) == [plan]


def told(front: Front, **headers) -> str:
    """How it was answered; it is what Django says."""
    answer = front.get(ADDRESS, **headers)
    assert (answer.status, answer.body) == (200, front.alone(ADDRESS).body)
    return answer.how
