"""What may happen to a text, done at the portal and told to the oracle, one act a function.

Each answers with "accepted", "refused" or "idle", and after a colon with what it was.
"""

from random import Random

from django.db import transaction

from portal.languages.texts import codes, in_language, set_texts, translated_names
from portal.publishing import going_public, review
from portal.publishing.content import lay
from portal.publishing.drafts import discard, draft_of, newest, public, restore, save_draft
from portal.publishing.models import Act, Release, Revision
from portal.publishing.publish import PublicationRefused, publish, withdraw
from portal.publishing.reading import content_in
from portal.publishing.removal import Order, remove
from portal.publishing.turns import Refused
from portal.translation.acts import Overtaken, confirm, translate
from portal.translation.parity import REQUIRED
from tests.proofs.freshness_questions import digests_of_removed_texts, standing_of
from tests.proofs.freshness_walk import Site, Watched, said_of
from tests.publishing.review import NOTES, approve_all

IDLE = "idle"


def edit(site: Site, each: Watched, random: Random) -> str:
    """The form: texts of any languages, now and then another source language."""
    if each.withdrawn:
        return IDLE
    draft = each.draft
    if random.random() < 0.1:
        draft.source_language = random.choice(codes())
    _write_anew(each, draft, random)
    if random.random() < 0.7:
        _complete(each, draft, random)
    each.story.save(said_of(draft))
    before = newest(each.record.pk).number
    save_draft(draft, site.author)
    return f"accepted: {before} -> {_told(draft)}"


def _write_anew(each: Watched, draft, random: Random) -> None:
    for code in random.sample(codes(), random.randint(0, len(codes()))):
        for name in _some(translated_names(each.kind), random):
            gone = random.random() < 0.08
            set_texts(draft, name, {code: None if gone else each.wording(random, name, code)})
    if random.random() < 0.06:
        name = random.choice(translated_names(each.kind))
        set_texts(draft, name, dict.fromkeys(codes()))
    if random.random() < 0.05:
        code = random.choice(codes())
        for name in translated_names(each.kind):
            set_texts(draft, name, {code: None})


def _some(names: list[str], random: Random) -> list[str]:
    return random.sample(names, random.randint(1, min(3, len(names))))


def _complete(each: Watched, draft, random: Random) -> None:
    """No language is half there, or none could be published."""
    spoken = {code for code in codes() if in_language(draft, each.kind.headline, code)}
    for name in each.story.must:
        if any(in_language(draft, name, code) for code in codes()):
            for code in spoken | {draft.source_language}:
                if not in_language(draft, name, code):
                    set_texts(draft, name, {code: each.wording(random, name, code)})


def _told(draft) -> str:
    said = said_of(draft)
    return f"{said.source} {sorted(said.texts.values())}"


def switch(site: Site, each: Watched, random: Random) -> str:
    """The record counts as written first in another language, whatever else changes."""
    if each.withdrawn:
        return IDLE
    draft = each.draft
    draft.source_language = random.choice(codes())
    if random.random() < 0.4:
        _write_anew(each, draft, random)
    _complete(each, draft, random)
    each.story.save(said_of(draft))
    save_draft(draft, site.author)
    return f"accepted: {_told(draft)}"


def translated(site: Site, each: Watched, random: Random) -> str:
    """On the translator's screen, sometimes opened long before."""
    seen, code = _opened(each, random), _target(each, random)
    names = _some(translated_names(each.kind), random)
    words = {name: each.wording(random, name, code) for name in names}
    if random.random() < 0.05:
        words[names[0]] = ""
    chosen = random.random()
    how = {"unfinished": names[:1]} if chosen < 0.25 else {}
    how |= {"machine": names[-1:]} if 0.15 < chosen < 0.4 and len(names) > 1 else {}
    what = f"{code} {words} seen={seen} {how}"
    begun, last = each.story.opened(seen), each.story.newest.said
    if each.withdrawn or begun is None or code in (last.source, begun.source):
        expected = "refused"
    else:
        expected = each.story.translate(code, words, seen, **how) or "accepted"
    try:
        translate(each.record.pk, code, words, site.translator, seen=seen, **how)
        found = "accepted"
    except Overtaken:
        found = "overtaken"
    except Refused:
        found = "refused"
    return f"{found}: {what}" if found == expected else f"wrong: {found} not {expected}, {what}"


def confirmed(site: Site, each: Watched, random: Random) -> str:
    seen, code = _opened(each, random), _target(each, random)
    if (begun := each.story.opened(seen)) and (due := each.story.behind(begun)):
        code = random.choice([code, *due])
    names = None
    if random.random() < 0.5:
        names = _some(each.story.followed, random)
    what = f"{code} {names} seen={seen}"
    closed = each.withdrawn or each.story.opened(seen) is None
    expected = 0 if closed else each.story.confirm(code, seen, names)
    try:
        found = confirm(each.record.pk, code, site.translator, seen=seen, names=names)
    except Refused:
        found = 0
    if found != expected:
        return f"wrong: {found} confirmed, not {expected}, {what}"
    return f"{'accepted' if found else 'refused'}: {what}"


def _opened(each: Watched, random: Random) -> int:
    last = each.story.newest.number
    return random.randint(max(1, last - 4), last) if random.random() < 0.35 else last


def _target(each: Watched, random: Random) -> str:
    """A language to translate into; seldom the source, which is refused."""
    others = [code for code in codes() if code != each.story.newest.said.source]
    return random.choice(codes() if random.random() < 0.1 else others)


def discarded(site: Site, each: Watched, random: Random) -> str:
    if each.withdrawn or not draft_of(each.record.pk) or not each.story.public:
        return IDLE
    discard(each.record.pk, site.author)
    each.story.discard()
    return "accepted"


def restored(site: Site, each: Watched, random: Random) -> str:
    number = random.choice(each.story.kept).number
    if each.withdrawn:
        return IDLE
    restore(Revision.objects.get(record=each.record.pk, number=number), site.author)
    each.story.restore(number)
    return f"accepted: {number}"


def _go_public(each: Watched, by, major: bool, act: Act = Act.PUBLICATION) -> str:
    draft = newest(each.record.pk)
    record = lay(content_in(draft), each.row)
    try:
        if not publish([record], by, NOTES, act=act, major=major, drafts=[draft]):
            return IDLE
    except PublicationRefused as refused:
        return f"refused: {refused}"
    each.story.publish(major)
    return f"accepted: revision {draft.number} as version {each.story.public.version}"


def published_major(site: Site, each: Watched, random: Random) -> str:
    return IDLE if each.withdrawn else _go_public(each, site.author, major=True)


def published_minor(site: Site, each: Watched, random: Random) -> str:
    return IDLE if each.withdrawn else _go_public(each, site.author, major=False)


def released(site: Site, each: Watched, random: Random) -> str:
    """After review: what parity says is what the oracle says."""
    major = random.random() < 0.6
    expected = each.story.objections(major, REQUIRED)
    return _release(site, each, major, bool(expected), _after_review)


def _after_review(site: Site, release: Release) -> None:
    approve_all(release, site.approver)
    going_public.publish_release(release, site.approver)


def urgent(site: Site, each: Watched, random: Random) -> str:
    """Nobody asks for parity."""
    return _release(site, each, random.random() < 0.6, False, _urgently)


def _urgently(site: Site, release: Release) -> None:
    going_public.publish_urgently(release, site.author, "It cannot wait.")


def _release(site: Site, each: Watched, major: bool, objected: bool, act) -> str:
    if each.withdrawn or not draft_of(each.record.pk):
        return IDLE
    try:
        with transaction.atomic():
            release = review.submit([each.record.pk], site.author, NOTES, major=major)
            act(site, release)
    except PublicationRefused as refused:
        return f"refused: {refused}"
    except Refused as refused:
        return f"refused: {refused}" if objected else f"wrong: refused, {refused}"
    if objected:
        return "wrong: nothing was said against it"
    each.story.publish(major)
    return f"accepted: major={major} as version {each.story.public.version}"


def withdrawn(site: Site, each: Watched, random: Random) -> str:
    if each.withdrawn or not each.story.public or random.random() < 0.5:
        return IDLE
    withdraw([each.row], site.author, NOTES)
    each.withdrawn = True
    return "accepted"


def brought_back(site: Site, each: Watched, random: Random) -> str:
    if not each.withdrawn:
        return IDLE
    restore(public(each.record.pk), site.author)
    each.story.discard()
    answer = _go_public(each, site.author, random.random() < 0.5, Act.RESTORATION)
    each.withdrawn = not answer.startswith("accepted")
    return answer


def removed(site: Site, each: Watched, random: Random) -> str:
    """An old version, by law; what stands is as fresh as before."""
    old = [each.version for each in each.story.kept if each.version][:-1]
    if not old:
        return IDLE
    order = Order(
        each.record.pk, frozenset([random.choice(old)]), with_drafts=random.random() < 0.5
    )
    before = standing_of(each)
    try:
        with transaction.atomic():
            remove(order, NOTES)
    except Refused as refused:
        return f"refused: {refused}"
    empty = Revision.objects.filter(record=each.record.pk, content="")
    each.story.remove(empty.values_list("number", flat=True))
    if standing_of(each) != before:
        return f"wrong: what stands was {before}"
    if left := digests_of_removed_texts(each):
        return f"wrong: digests of removed texts stay: {left}"
    return f"accepted: {sorted(order.versions)}"


ACTS = {
    "edit": edit,
    "switch": switch,
    "translate": translated,
    "confirm": confirmed,
    "discard": discarded,
    "restore": restored,
    "major": published_major,
    "minor": published_minor,
    "release": released,
    "urgent": urgent,
    "withdraw": withdrawn,
    "bring back": brought_back,
    "remove": removed,
}
OFTEN = {"edit": 6, "translate": 6, "confirm": 3, "release": 3, "bring back": 3}
OFTEN |= {"major": 2, "minor": 3, "remove": 2}
