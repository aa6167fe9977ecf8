"""A record with a past, for the tests that look at it."""

from policies.models import Plan
from portal.languages.texts import codes, set_texts
from portal.publishing.publish import publish
from tests.factories import published

NOTES = {"en": "The summary is clearer.", "fr": "Le résumé est plus clair.", "nl": "Klaarder."}


def twice(plan: Plan, **texts) -> Plan:
    """Publish it again with other words."""
    given = texts or {"summary": {code: f"A plan said better {code}" for code in codes()}}
    for name, values in given.items():
        set_texts(plan, name, values)
    publish([plan], by=None, notes=NOTES)
    return Plan.objects.get(pk=plan.pk)


def plan_with_a_past() -> Plan:
    """Two versions: “badly said” became “said better”."""
    return twice(
        published(
            Plan,
            title={code: f"Plan Zeal {code}" for code in codes()},
            summary={code: f"A plan badly said {code}" for code in codes()},
        )
    )
