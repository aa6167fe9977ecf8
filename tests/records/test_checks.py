from django.db import models
from django.test.utils import isolate_apps

from portal.records import checks, kinds
from portal.records.models import PageRecord


def test_the_kinds_that_stand_have_no_fault():
    assert checks.kinds_are_registered_for_translation(None) == []
    assert checks.kinds_keep_the_constraints_of_their_base(None) == []


def test_the_planted_kind_is_found_for_both_faults(monkeypatch):
    with isolate_apps("tests.kinds"):

        class Forgotten(PageRecord):
            path_word = list_title = "forgotten"

            class Meta:
                constraints = [models.CheckConstraint(condition=models.Q(), name="own")]
                app_label = "kinds"

        monkeypatch.setattr(checks, "kinds", lambda: [Forgotten])
        lost = checks.kinds_keep_the_constraints_of_their_base(None)
        unregistered = checks.kinds_are_registered_for_translation(None)

    assert [fault.id for fault in unregistered] == ["records.E001"]
    assert {fault.id for fault in lost} == {"records.E002"}
    assert any("slug_nl_is_unique" in fault.msg for fault in lost)


def test_kinds_are_the_installed_models_and_no_abstract_one():
    names = [kind.kind() for kind in kinds.kinds()]

    assert "exercise" in names
    assert "measure-package" in names
    assert "page-record" not in names
    assert len(names) == len(set(names))
