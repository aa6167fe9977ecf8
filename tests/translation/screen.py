"""The translator's screen as a browser uses it."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.languages.texts import column
from portal.publishing.drafts import newest
from portal.publishing.reading import content_in
from portal.records.models import Record


def screen(record: Record, code: str = "nl") -> str:
    return reverse("admin:translation-screen", args=[record.pk, code])


def opened(browser: Client, record: Record, code: str = "nl") -> dict:
    """What the boxes hold, as a browser sends them for an unchanged form."""
    form = browser.get(screen(record, code)).context["form"]
    texts = {line.column: line.text for line, *_rest in form.rows}
    return {"seen": str(form.sheet.number), **texts}


def sent(browser: Client, record: Record, data: dict, code: str = "nl", **changes) -> HttpResponse:
    """``sent(…, summary="Nieuw.")``; marks and buttons by their own names."""
    texts = {column(name, code) for name in changes} & data.keys()
    named = {
        column(name, code) if column(name, code) in texts else name: words
        for name, words in changes.items()
    }
    return browser.post(screen(record, code), {"do": "save", **data, **named})


def drafted(record: Record, name: str, code: str = "nl") -> str | None:
    return content_in(newest(record.pk)).get(column(name, code))


def boxes(answer: HttpResponse) -> dict:
    """What the boxes of a form that came back say."""
    return {line.name: box.value() for line, box, *_rest in answer.context["form"].rows}


def states(answer: HttpResponse) -> dict[str, str]:
    return {line.name: line.state.value for line in answer.context["sheet"].lines}
