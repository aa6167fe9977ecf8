"""The acts of a translator, tried as the others are."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.languages.texts import codes, column, set_texts
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.staff.models import Account
from portal.translation.freshness import followed_texts
from portal.translation.models import Assignment, Basis, How
from tests.staff.trials import Answer, Scene, ask
from tests.translation.screen import screen


def translates(scene: Scene, account: Any) -> Answer:
    """The first text, on the screen of each language that has a source to follow."""
    return _on_screens(scene, lambda code: _wrote(scene, account, code))


def _wrote(scene: Scene, account: Any, code: str) -> bool:
    last = newest(scene.record.pk)
    name = column(followed_texts(scene.kind)[0], code)
    ask(account, screen(scene.record, code), {"seen": last.number, name: f"{code} anew"})
    return newest(scene.record.pk) != last


def confirms(scene: Scene, account: Any) -> Answer:
    """What the source has left behind."""
    if followed_texts(scene.kind):
        first = scene.record.source_language
        draft = with_draft(scene.kind.objects.get(pk=scene.record.pk))
        set_texts(draft, followed_texts(scene.kind)[0], {first: "Said anew."})
        assert save_draft(draft, scene.one)
    return _on_screens(scene, lambda code: _confirmed(scene, account, code))


def _confirmed(scene: Scene, account: Any, code: str) -> bool:
    asked = {"seen": newest(scene.record.pk).number, "do": "confirm"}
    ask(account, screen(scene.record, code), asked)
    return Basis.objects.filter(how=How.CONFIRMED, language=code).exists()


def takes(scene: Scene, account: Any) -> Answer:
    return _on_screens(scene, lambda code: _assigned(scene, account, code, do="take"))


def gives(scene: Scene, account: Any) -> Answer:
    """To somebody who translates into every language."""
    to = Account.objects.create_user("colleague", is_staff=True, translates=" ".join(codes()))
    return _on_screens(scene, lambda code: _assigned(scene, account, code, do="give", to=to))


def _assigned(scene: Scene, account: Any, code: str, **asked: Any) -> bool:
    cell = f"{scene.record.pk}:{code}"
    ask(account, reverse("admin:translation_assignment_changelist"), {"cell": cell, **asked})
    return Assignment.objects.filter(record=scene.record.pk, language=code).exists()


def _on_screens(scene: Scene, act: Callable[[str], bool]) -> Answer:
    if not followed_texts(scene.kind):
        return None
    others = [code for code in codes() if code != scene.record.source_language]
    done = {code for code in others if act(code)}
    return True if len(done) == len(others) else done
