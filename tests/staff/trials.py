"""Acts of the desk, tried as somebody: what the desk answers, and what has changed since."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from portal.languages.texts import codes, column, language_columns, set_texts, translated_names
from portal.publishing import review
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Approval, Entry, Item, Release, Revision
from portal.publishing.parts import FACTS, changed_parts
from portal.publishing.reading import content_in
from portal.publishing.standing import Standing
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.staff.models import Account
from portal.translation.freshness import followed_texts
from portal.translation.models import Assignment, Basis, How
from tests.factories import published
from tests.publishing.desk import address
from tests.translation.screen import screen

Answer = bool | set[str] | None  # None: there is nothing of the sort to try
REMINDER = "2031-05-06"


@dataclass
class Scene:
    """One record at one stage of its life, and what a browser would send there."""

    stage: str
    record: Record
    one: Account  # who has every right, and wrote what there is
    release: Release | None = None
    before: list = field(default_factory=list)
    form: dict = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = traces(self.kind)
        self.form = whole_form(self.record)
        is_open = self.release and self.release.is_open
        self.parts = parts_of(self.release) if is_open else []

    @property
    def kind(self) -> type[Record]:
        return type(self.record)

    def page(self, action: str) -> str:
        return address(self.kind, action, self.record.pk)

    @property
    def release_page(self) -> str:
        return address(Release, "change", self.release.pk)


def traces(kind: type[Record] | None = None) -> list:
    """All that an act could have changed, read without the models: a thousand times it counts."""
    models = [Release, Item, Approval, Account, Revision, Entry, *([kind] if kind else [])]
    with connection.cursor() as cursor:
        return [_rows(cursor, model._meta.db_table) for model in models]


def _rows(cursor, table: str) -> list[tuple]:
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    return cursor.fetchall()


def whole_form(record: Record) -> dict:
    """What a browser sends for the form of whoever may change all of it."""
    draft = with_draft(type(record).objects.get(pk=record.pk))
    names = {"position", "source_language", *language_columns(type(record))}
    said = {name: getattr(draft, name) for name in names if getattr(draft, name) is not None}
    return said | {"seen": newest(draft.pk).number}


def parts_of(release: Release) -> list[str]:
    """What the buttons to approve send."""
    return [
        f"approve:{part.item.record_uuid}:{part.name}:{part.digest}"
        for part in Standing(release).parts
    ]


def say_otherwise(record: Record, by: Account, words: str = "other") -> None:
    """A draft that changes a fact and, where there are texts, one in every language."""
    draft = with_draft(type(record).objects.get(pk=record.pk))
    for name in translated_names(type(record))[:1]:
        set_texts(draft, name, {code: f"{words} {code}" for code in codes()})
    draft.position += 1
    assert save_draft(draft, by)


def ask(account: Any, page: str, data: dict | None = None) -> HttpResponse | None:
    """What the desk answers, not rendered; None where it refuses."""
    factory = RequestFactory()
    request = factory.get(page) if data is None else factory.post(page, data)
    request.user, request.session = account, SessionStore()
    request._dont_enforce_csrf_checks = True
    request._messages = CookieStorage(request)
    request.resolver_match = found = resolve(page.partition("?")[0])
    try:
        answer = found.func(request, *found.args, **found.kwargs)
    except PermissionDenied:
        return None
    to_sign_in = answer.headers.get("Location", "").startswith(reverse("admin:login"))
    return None if to_sign_in or answer.status_code >= 400 else answer


Attempt = Callable[[Scene, Any], Any]


def changes(scene: Scene, account: Any, page: str, data: dict | None = None) -> bool:
    ask(account, page, data or {})
    return traces(scene.kind) != scene.before


def sees(action: str) -> Attempt:
    return lambda scene, account: ask(account, scene.page(action)) is not None


def sees_list(scene: Scene, account: Any) -> bool:
    return ask(account, address(scene.kind, "changelist")) is not None


def sees_release(scene: Scene, account: Any) -> bool:
    return ask(account, scene.release_page) is not None


def finds(scene: Scene, account: Any) -> Answer:
    """By its name, in a choice of another form."""
    keys = [key for kind in kinds() for key in kind._meta.fields if key.is_relation]
    for key in (key for key in keys if key.related_model is scene.kind):
        of = key.model._meta
        asked = f"?app_label={of.app_label}&model_name={of.model_name}&field_name={key.name}"
        return ask(account, reverse("admin:autocomplete") + asked) is not None
    return None


def posts(action: str, **data: str) -> Attempt:
    """A button of the form of a record."""
    return lambda scene, account: changes(scene, account, scene.page(action), data)


def does(act: str, /, **typed: str) -> Attempt:
    """A button of the page of a release."""
    asked = {"do": act, **typed}
    return lambda scene, account: changes(scene, account, scene.release_page, asked)


def adds(scene: Scene, account: Any) -> bool:
    data = {"source_language": codes()[0], "position": "0", "seen": "0"}
    return changes(scene, account, address(scene.kind, "add"), data)


def changes_everything(scene: Scene, account: Any) -> tuple[Answer, ...]:
    """Every box is sent: texts longer, facts other or empty. What does the draft say new?"""
    texts = scene.form.keys() & language_columns(scene.kind).keys()
    data = scene.form | {name: f"{scene.form[name]}-x" for name in texts}
    data |= {"position": scene.record.position + 7, "review_by": REMINDER}
    before = newest(scene.record.pk)
    ask(account, scene.page("change"), data)
    after = newest(scene.record.pk)
    parts = set(changed_parts(scene.kind, content_in(before), content_in(after)))
    reminder = scene.kind.objects.get(pk=scene.record.pk).review_by
    return _in_languages(scene, parts), FACTS in parts, str(reminder) == REMINDER


def changes_anything(scene: Scene, account: Any) -> bool:
    return any(changes_everything(scene, account))


def _in_languages(scene: Scene, parts: set[str]) -> Answer:
    return parts & set(codes()) if translated_names(scene.kind) else None


def takes_up(scene: Scene, account: Any) -> bool:
    """The text from before the draft."""
    page = address(scene.kind, "restore", scene.record.pk, 1)
    return changes(scene, account, page)


def previews(scene: Scene, account: Any) -> bool:
    given = [codes()[0], scene.kind.kind(), scene.record.pk]
    return ask(account, reverse("preview-at-the-desk", args=given), scene.form) is not None


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


def submits(scene: Scene, account: Any) -> bool:
    ask(account, scene.page("change"), scene.form | {"_submit": "1"})
    return Release.objects.exists()


def approved(scene: Scene, account: Any) -> set[str]:
    for asked in scene.parts:
        ask(account, scene.release_page, {"do": asked})
    return set(scene.release.approvals.values_list("part", flat=True))


def approves(scene: Scene, account: Any) -> tuple[Answer, ...]:
    parts = approved(scene, account)
    return _in_languages(scene, parts), FACTS in parts


def approves_any(scene: Scene, account: Any) -> bool:
    return bool(approved(scene, account))


def approves_its_own(scene: Scene, account: Any) -> bool:
    if not account.is_authenticated:
        return False
    say_otherwise(scene.record, account, "mine")
    release = review.renew(scene.release, scene.one)
    return approves_any(replace(scene, release=release), account)


def renews(scene: Scene, account: Any) -> bool:
    say_otherwise(scene.record, scene.one, "newer")
    return does("renew")(replace(scene), account)


def recomposes(scene: Scene, account: Any) -> tuple[bool, bool]:
    """One more draft in, and out again."""
    other = published(scene.kind)
    say_otherwise(other, scene.one)
    asked = {"record": str(other.pk)}
    tried = replace(scene)
    came_in = does("include", **asked)(tried, account)
    if not came_in:
        review.include(scene.release, scene.one, other.pk)
    return came_in, does(f"leave_out:{other.pk}")(replace(scene), account)


def takes_back_its_own(scene: Scene, account: Any) -> bool:
    if not account.is_authenticated:
        return False
    Release.objects.update(submitted_by=account)
    return does("take_back")(replace(scene), account)


def takes_back_what_was_handed_over(scene: Scene, account: Any) -> bool:
    if not account.is_authenticated:
        return False
    Account.objects.filter(pk=scene.one.pk).update(is_active=False, hands_over_to=account)
    return does("take_back")(replace(scene), account)


def stops_sharing(scene: Scene, account: Any) -> bool:
    Release.objects.update(preview_key="a" * 32)
    return does("stop_sharing")(replace(scene), account)


def deletes_release(scene: Scene, account: Any) -> bool:
    return changes(scene, account, address(Release, "delete", scene.release.pk), {"post": "yes"})
