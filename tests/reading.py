"""A page as a reader or a program sees it."""

import html5lib

MARKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u2011": "-", "’": "'", "‘": "'"}
)


def read(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return parsed(answer.content)


def parsed(content: bytes):
    return html5lib.parse(content.decode(), namespaceHTMLElements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def links(document, **attributes) -> dict:
    wanted = [
        link
        for link in document.iter("link")
        if all(link.get(name) == value for name, value in attributes.items())
    ]
    return {link.get("hreflang", link.get("rel")): link.get("href") for link in wanted}


def as_typed(text: str) -> str:
    """Without the marks of typography, which rendering adds."""
    return text.translate(MARKS)


def in_one_line(text: str) -> str:
    """As it was typed, whatever the lines and spaces of the page."""
    return " ".join(as_typed(text).split())
