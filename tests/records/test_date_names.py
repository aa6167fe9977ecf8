"""Which dates of a record come from elsewhere: named by ticking, never by typing."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from policies.models import Instrument, Plan
from portal.content.loading import ContentRefused, load
from portal.languages.texts import codes
from portal.publishing.drafts import with_draft
from portal.publishing.faults import PublicationRefused
from portal.records.dates import DateNamesField
from portal.records.kinds import page_kinds
from tests.content.example import ACTOR, PLAN
from tests.factories import published
from tests.publishing.desk import address, posted
from tests.reading import read, words

pytestmark = pytest.mark.django_db

SOURCE = {"sources": "Example | https://example.org/ | en"}
COLUMNS = [
    kind._meta.get_field("added_dates") for kind in page_kinds() if kind.added_dates is not None
]


def dated(**facts) -> Plan:
    return published(Plan, **SOURCE, drawn_up="2005", revised="2015-02-12", **facts)


def fill_in(staff, plan: Plan, *ticked: str, **changes):
    form = posted(staff, plan, **changes) | {"added_dates": list(ticked)}
    return staff.post(address(Plan, "change", plan.pk), form, follow=True)


def boxes(staff, kind, *args) -> dict[str, bool]:
    """``{name: ticked}`` of what the desk offers, in its order."""
    action = "change" if args else "add"
    document = read(staff, address(kind, action, *args))
    found = [e for e in document.iter("input") if e.get("name") == "added_dates"]
    assert {box.get("type") for box in found} == {"checkbox"}
    return {box.get("value"): box.get("checked") is not None for box in found}


def test_only_the_records_own_dates_may_be_named():
    for field in COLUMNS:
        field.clean("\n".join(field.model.dates), None)
        with pytest.raises(ValidationError) as refusal:
            field.clean(f"{field.model.dates[0]}\nestablished", None)
        known = ", ".join(field.model.dates)
        assert refusal.value.messages == [
            f"“established” is no date of this record. Known: {known}."
        ]

    assert {field.model for field in COLUMNS} == {Plan, Instrument}
    assert all(isinstance(field, DateNamesField) for field in COLUMNS)


@pytest.mark.parametrize("name", ["title", "Revised", "drawn_up_from", "drawn_up,"])
def test_what_is_no_date_of_the_record_is_not_published(name):
    with pytest.raises(PublicationRefused) as refused:
        dated(added_dates=f"revised\n{name}")

    assert [fault.field for fault in refused.value.faults] == ["added_dates"]
    assert f"“{name}”" in refused.value.faults[0].message


@pytest.mark.parametrize("kind", [Plan, Instrument])
def test_a_date_from_elsewhere_names_a_source_and_without_one_is_not_published(kind):
    first = kind.dates[0]
    with pytest.raises(PublicationRefused) as refused:
        published(kind, **{first: "2005"}, added_dates=first)

    assert [fault.field for fault in refused.value.faults] == ["sources"]
    assert published(kind, **SOURCE, **{first: "2005"}, added_dates=first).is_readable


@pytest.mark.ignore_template_errors
class TestAtTheDesk:
    @pytest.mark.parametrize("kind", [Plan, Instrument])
    def test_each_date_of_the_kind_is_a_box(self, staff, kind):
        assert boxes(staff, kind) == dict.fromkeys(kind.dates, False)

    def test_the_boxes_of_dates_from_elsewhere_are_ticked(self, staff):
        plan = dated(added_dates="revised")

        ticked = boxes(staff, Plan, plan.pk)

        assert [name for name, is_ticked in ticked.items() if is_ticked] == ["revised"]

    @pytest.mark.parametrize("code", codes())
    def test_the_boxes_are_labelled_as_the_dates_are(self, staff, administrator, code):
        administrator.language = code
        administrator.save()
        document = read(staff, address(Plan, "add"))
        labels = [
            words(label)
            for label in document.iter("label")
            if (label.get("for") or "").startswith("id_added_dates_")
        ]

        with translation.override(code):
            names = [Plan._meta.get_field(name).verbose_name for name in Plan.dates]
            assert labels == [" ".join(str(name).split()) for name in names]

    def test_a_box_carries_no_attribute_of_a_text_box_and_the_row_a_label_like_the_others(
        self, staff
    ):
        document = read(staff, address(Plan, "add"))
        found = [e for e in document.iter("input") if e.get("name") == "added_dates"]
        labels = [words(label) for label in document.iter("label")]

        assert {name for box in found for name in box.attrib} == {"type", "name", "value", "id"}
        assert "Dates from outside the founding document:" in labels
        assert "Drawn up:" in labels

    def test_saving_without_a_change_is_no_change(self, staff):
        plan = dated(added_dates="drawn_up\nrevised")

        answer = fill_in(staff, plan, "drawn_up", "revised", _continue="1")

        said = [str(message) for message in answer.context["messages"]]
        assert said == ["Nothing was changed."]
        assert Plan.objects.get(pk=plan.pk).changed == plan.changed

    def test_in_whatever_order_they_were_named_saving_is_no_change(self, staff):
        plan = dated(added_dates="revised\ndrawn_up\nrevised")

        fill_in(staff, plan, "drawn_up", "revised")

        assert plan.added_dates == "drawn_up\nrevised"
        assert Plan.objects.get(pk=plan.pk).changed == plan.changed

    def test_ticking_and_clearing_boxes_is_kept_and_told_in_the_history(self, staff):
        plan = dated(added_dates="revised")

        fill_in(staff, plan, "drawn_up", "revised")
        both = with_draft(Plan.objects.get(pk=plan.pk)).added_dates
        fill_in(staff, plan)

        assert both == "drawn_up\nrevised"
        assert with_draft(Plan.objects.get(pk=plan.pk)).added_dates is None

    def test_a_date_of_another_kind_is_refused_at_the_boxes(self, staff):
        plan = dated(added_dates="revised")

        answer = fill_in(staff, plan, "adopted")

        assert set(answer.context["adminform"].form.errors) == {"added_dates"}
        assert with_draft(Plan.objects.get(pk=plan.pk)).added_dates == "revised"


class TestInAContentFile:
    def write(self, root, line: str):
        for name, text in {"actor/council": ACTOR, "plan/plan-r": PLAN}.items():
            file = root / f"{name}.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text.replace('drawn_up = "2005"\n', f'drawn_up = "2005"\n{line}'))
        return root

    def test_a_list_of_names_is_read(self, tmp_path):
        line = 'sources = ["Example | | en"]\nadded_dates = ["revised", "drawn_up"]\n'

        load(self.write(tmp_path, line))

        assert Plan.objects.get().added_dates == "drawn_up\nrevised"

    @pytest.mark.parametrize("value", ['"drawn_up"', "[1]", "true"])
    def test_anything_but_a_list_of_names_is_refused(self, tmp_path, value):
        with pytest.raises(ContentRefused) as refused:
            load(self.write(tmp_path, f"added_dates = {value}\n"))

        assert [fault.key for fault in refused.value.faults] == ["added_dates"]

    def test_an_unknown_name_is_refused_with_its_sentence(self, tmp_path):
        with pytest.raises(ContentRefused) as refused:
            load(self.write(tmp_path, 'added_dates = ["drawn_up", "draw_up"]\n'))

        (fault,) = refused.value.faults
        known = ", ".join(Plan.dates)
        assert fault.key == "added_dates"
        assert fault.sentence == f"“draw_up” is no date of this record. Known: {known}."


@pytest.mark.parametrize(
    ("code", "mark"),
    [("en", "Added reference"), ("fr", "Référence ajoutée"), ("nl", "Toegevoegde bron")],
)
def test_the_mark_stands_beside_the_date_from_elsewhere_and_no_other(client, code, mark):
    document = read(client, dated(added_dates="revised").address(code))
    (table,) = [each for each in document.iter("dl") if each.get("class") == "dates"]
    marked = [mark in words(row) for row in table]

    assert marked == [False, True]


def test_a_record_from_elsewhere_says_so_once_and_not_at_each_date(client):
    document = read(client, dated(added_reference=True, added_dates="revised").address("en"))
    (table,) = [each for each in document.iter("dl") if each.get("class") == "dates"]

    assert "Added reference" not in words(table)
    assert words(document).count("Added reference") == 1


def test_a_date_that_is_named_and_not_known_is_not_marked(client):
    plan = published(Plan, **SOURCE, revised="2015", added_dates="drawn_up")
    (table,) = [
        each for each in read(client, plan.address("en")).iter("dl") if each.get("class") == "dates"
    ]

    assert [words(row) for row in table] == [
        "Drawn up Not stated in the founding document",
        "Revised 2015",
    ]
