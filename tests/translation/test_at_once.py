"""Two who translate, confirm or write at one moment: no work is lost, nothing untrue is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from portal.languages.texts import in_language
from portal.publishing.drafts import with_draft
from portal.publishing.turns import Refused
from portal.translation.acts import Overtaken, confirm, translate
from portal.translation.assigning import assign, give_back
from portal.translation.models import Assignment
from tests.locks import somebody_waits
from tests.publishing.review import person
from tests.translation.drafts import FIRST, OTHERS, due, seen, write

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite lets one write at a time
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable) -> list:
    """What each answers; an exception is an answer too."""

    def done(act: Callable) -> object:
        try:
            return act()
        except Overtaken as overtaken:
            return overtaken
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_of_two_who_translate_the_same_text_at_once_one_is_told(plan, translator):
    open_at = seen(plan)

    answers = at_once(
        *(
            lambda words=words: translate(
                plan.pk, "nl", {"summary": words}, translator, seen=open_at
            )
            for words in ("Een.", "Twee.")
        )
    )

    assert [isinstance(each, Overtaken) for each in answers].count(True) == 1
    assert in_language(with_draft(plan), "summary", "nl") in ("Een.", "Twee.")


def test_two_languages_translated_at_once_are_both_kept(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    open_at = seen(plan)

    at_once(
        *(
            lambda code=code: translate(
                plan.pk, code, {"summary": f"Anew {code}"}, translator, seen=open_at
            )
            for code in OTHERS
        )
    )

    draft = with_draft(plan)
    assert [in_language(draft, "summary", code) for code in OTHERS] == [
        f"Anew {code}" for code in OTHERS
    ]
    assert due(plan) == {}


def test_what_is_confirmed_while_its_source_changes_is_due_again(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    open_at = seen(plan)

    at_once(
        lambda: confirm(plan.pk, "nl", translator, seen=open_at),
        lambda: write(plan, author, summary={FIRST: "Third."}),
    )

    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))
    write(plan, author, summary={FIRST: "Second."})
    assert due(plan) == {"fr": ("summary",)}


def test_nobody_gives_back_what_was_given_to_somebody_else_at_that_moment(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    assign(plan.pk, "nl", translator, translator)
    other = person("other", translates="nl")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        assign(plan.pk, "nl", other, author)
        given_back = pool.submit(at_once, lambda: give_back(plan.pk, "nl", translator))
        while not somebody_waits():
            assert not given_back.done()

    assert isinstance(given_back.exception(), Refused)
    assert Assignment.objects.get().translator == other
