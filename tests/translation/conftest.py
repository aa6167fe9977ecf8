"""People who write and translate."""

import pytest

from policies.models import Plan
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.review import person, writer
from tests.translation.drafts import OTHERS


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan)


@pytest.fixture
def author(db) -> Account:
    return writer()


@pytest.fixture
def translator(db) -> Account:
    return person("translator", translates=" ".join(OTHERS))
