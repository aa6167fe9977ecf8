"""Addresses to which nothing leads any more: the mirror says where they lead now, or that the text
was removed by law."""

import pytest
from django.core.management import call_command

from policies.models import Plan
from portal.delivery.mirroring import mend
from portal.languages.texts import codes
from tests.delivery.mirrored import NEW, Mirrored, as_listed, rewritten, slug_changed

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def led(mirror: Mirrored) -> dict[str, str]:
    """Where each former address leads, in the copy."""
    root = mirror.copy.root.resolve()
    links = [path for path in (root / "former").rglob("*") if path.is_symlink()]
    return {
        f"/{link.relative_to(root / 'former').parent}/": str(link.resolve().relative_to(root))
        for link in links
    }


def removed(record, **options) -> None:
    call_command("remove_by_law", str(record.pk), yes=True, **options)


def test_a_former_address_leads_to_the_present_one_until_a_page_takes_it_back(mirror, site):
    plan = site["plan"]
    own = {code: plan.slug_in(code) for code in codes()}
    first = [plan.address(code) for code in codes()]
    slug_changed(plan)
    mirror.kept()
    second = [Plan.objects.get(pk=plan.pk).address(code) for code in codes()]

    assert led(mirror) == {was: f"pages{now[:-1]}" for was, now in zip(first, second, strict=True)}
    line = mirror.lines[first[0]]
    assert (line["status"], dict(line["headers"])["Location"]) == (301, second[0])
    assert (line["file"], as_listed(mirror)) == (f"former{first[0]}index.html", [])

    slug_changed(plan, own)
    mirror.kept()
    assert led(mirror) == {was: f"pages{now[:-1]}" for was, now in zip(second, first, strict=True)}
    assert [mirror.lines[each]["status"] for each in first] == [200] * len(codes())


def test_what_was_removed_by_law_is_marked_so_and_a_damaged_link_is_mended(mirror, site):
    plan, document = site["plan"], site["edition"].document
    rewritten(plan, "body", NEW)
    removed(plan, versions=[1])
    removed(site["edition"])
    removed(document)
    gone = {f"{plan.history_at(code)}1/" for code in codes()}
    gone |= {site["edition"].history_at(code) for code in codes()}
    gone |= {document.address(code) for code in codes()}
    mirror.kept()

    assert led(mirror) == dict.fromkeys(gone, "errors")
    assert {mirror.lines[address]["status"] for address in gone} == {410}

    link = mirror.copy.root / mirror.lines[gone.pop()]["file"]
    link.unlink()
    link.symlink_to("elsewhere")
    assert mend(mirror.copy) == 1
    mirror.kept()
    assert (len(led(mirror)), {*led(mirror).values()}) == (3 * len(codes()), {"errors"})
    assert as_listed(mirror) == []
