"""Whatever was published, a mirror that is kept is what a new copy would be."""

import pytest

from portal.delivery import page
from tests.delivery.mirrored import ACTS, Mirrored, as_listed, small_site

pytestmark = [pytest.mark.proof, pytest.mark.django_db]

ALONE = ("a text", "another file")  # of the others some change every page


def test_after_every_sort_of_change_it_is_what_a_new_copy_would_be(tmp_path, settings, monkeypatch):
    monkeypatch.setattr("portal.delivery.store.IN_TIME", page.AT_ONCE)  # every copy alike
    settings.STORE_DIR, folder = tmp_path / "store", tmp_path / "mirror"
    settings.PORTAL_MIRRORS = [str(folder)]
    site, mirror = small_site(), Mirrored(folder).made()

    for acts in ALONE, [name for name in ACTS if name not in ALONE]:
        for act in acts:
            ACTS[act](site)
        assert mirror.copy.missing() != []
        assert mirror.kept()["pages mirrored"] > 0
        assert mirror.copy.missing() == []

    assert mirror.kept(thorough=True)["left out of mirrors"] == 3  # the table of nobody's duties

    fresh = Mirrored(tmp_path / "fresh").made()
    assert as_listed(mirror) == []
    assert mirror.lines == fresh.lines
    assert mirror.files() == fresh.files()
