"""A parcel leaves the desk as a file, comes back, and says what became of it, on a phone too."""

import pytest
from django.urls import reverse

from policies.models import Plan
from tests.factories import published
from tests.publishing.review import person, writer
from tests.translation.drafts import FIRST, write
from tests.translation.parcels import translated

pytestmark = [
    pytest.mark.usefixtures("transactional_db"),
    pytest.mark.ignore_template_errors,
]


def test_a_parcel_goes_out_and_comes_back_without_a_barrier(signed_in_as, tmp_path):
    plan, author = published(Plan), writer()
    write(plan, author, title={FIRST: "Other"}, summary={FIRST: "Said anew."})
    tab = signed_in_as(person("translator", translates="nl"), width=360)
    page = tab.open(reverse("admin:translation-parcel"))
    barriers = tab.axe()
    with page.expect_download() as download:
        page.click("#content button.default")
    data = download.value.path().read_bytes()
    write(plan, author, title={"nl": "Met de hand, te lang: " + "w" * 90})
    back = tmp_path / "back.xlf"
    back.write_bytes(translated(data, title="Ander", summary="Anders."))

    tab.open(reverse("admin:translation-parcel-in"))
    page.set_input_files("#id_parcel", back)
    page.click("#content button.default")

    assert "1 text was taken in as a draft. 1 text was refused." in page.inner_text("#content")
    assert barriers + tab.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert (tab.complaints, tab.foreign) == ([], [])
