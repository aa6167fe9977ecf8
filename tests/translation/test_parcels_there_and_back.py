"""A record of each kind goes out and comes back without loss; the whole site in tests/proofs."""

import pytest

from portal.records.kinds import kinds
from portal.translation.freshness import must_be_translated
from portal.translation.parcels.packing import originals
from tests.factories import NEEDS, published
from tests.publishing.review import person
from tests.translation.there_and_back import HANDS, groups, travel

pytestmark = pytest.mark.django_db
WITH_TEXTS = [kind for kind in kinds() if must_be_translated(kind)]


def test_a_record_of_each_kind_comes_back_as_it_was_translated():
    for kind in WITH_TEXTS:
        published(kind)
    (found,) = groups("nl")
    one_of_each = {type(each.row): each for each in found}

    came = travel(list(one_of_each.values()), "nl", person("translator", translates="nl"))

    assert set(one_of_each) == set(WITH_TEXTS) <= set(NEEDS)
    texts = sum(len(each.standings) for each in one_of_each.values())
    assert came == texts * len(HANDS) * 2
    assert len(originals("nl")) >= len(WITH_TEXTS) > 8
