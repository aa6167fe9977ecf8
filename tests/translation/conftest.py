"""People who write and translate."""

import pytest
from django.test import Client

from policies.models import Plan
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.review import person, writer
from tests.translation.drafts import FIRST, OTHERS, write


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan)


@pytest.fixture
def author(db) -> Account:
    return writer()


@pytest.fixture
def translator(db) -> Account:
    return person("translator", translates=" ".join(OTHERS))


@pytest.fixture
def behind(plan, author) -> Plan:
    """Title and summary are due."""
    write(plan, author, title={FIRST: "Other"}, summary={FIRST: "Said anew."})
    return plan


@pytest.fixture
def dutch(client, db) -> Client:
    """The browser of somebody who translates into Dutch alone."""
    client.force_login(person("dutch", translates="nl"))
    return client
