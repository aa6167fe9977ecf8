"""Every text of the founding content, in both directions that it can be translated into."""

import pytest

from portal.content.loading import load
from portal.languages.texts import codes
from tests.publishing.review import person
from tests.translation.there_and_back import HANDS, groups, travel

pytestmark = [pytest.mark.proof, pytest.mark.django_db]


def test_every_record_goes_out_and_comes_back_without_loss_in_both_formats():
    load()
    translator = person("translator", translates=" ".join(codes()))
    records, texts = 0, 0
    for code in codes():
        for found in groups(code):
            came = travel(found, code, translator)
            records += len(found)
            texts += sum(len(each.standings) for each in found)
            assert came == sum(len(each.standings) for each in found) * len(HANDS) * 2

    print(f"\nparcels there and back: {records} records, {texts} texts, four times each")
    assert records > 400
