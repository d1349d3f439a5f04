"""Writes the web addresses that a discussion names, each once, in the order in which they came."""

from collections.abc import Callable, Iterator
from typing import Literal, TextIO

import msgspec

from parser.columns import AUTHOR, ID, NAME, TEXT
from parser.model import Discussion
from parser.text.gates import Gates
from parser.text.links import find_links
from parser.text.marks import Link
from parser.writers.schema import LinkVideo

LinkForm = Literal["text", "json"]

_BATCH = 256
"""Comments whose texts pass the gates at a time."""


class Namer(msgspec.Struct, frozen=True):
    """A comment that names an address: its id, whose it is, and what it writes for it."""

    comment: str
    author: str | None
    text: str


class Address(msgspec.Struct, frozen=True):
    """A web address; ``video`` where it leads to one. Each comment counts once."""

    url: str
    video: LinkVideo | None
    comments: tuple[Namer, ...]


def addresses(discussion: Discussion) -> list[Address]:
    """The addresses of all comments and who names them, by their first mention."""
    found: dict[str, tuple[Link, dict[str, Namer]]] = {}
    for comment, author, links in _comments(discussion):
        for link in links:
            _, namers = found.setdefault(link.url, (link, {}))
            namers.setdefault(comment, Namer(comment, author, link.text))
    return [
        Address(
            url,
            link.video and LinkVideo(link.video.id, link.video.seconds),
            tuple(namers.values()),
        )
        for url, (link, namers) in found.items()
    ]


def write_links(some: list[Address], form: LinkForm, file: TextIO) -> None:
    """Writes addresses: a line each, or a JSON list."""
    for piece in _FORMS[form](some):
        file.write(piece)


def _comments(discussion: Discussion) -> Iterator[tuple[str, str | None, tuple[Link, ...]]]:
    """The id, the author and the links of each comment that has some."""
    for start in range(0, len(discussion), _BATCH):
        rows = discussion.rows.stretch(start, start + _BATCH)
        for place in Gates([row[TEXT] for row in rows]).links():
            row = rows[place]
            yield row[ID], row[AUTHOR] or row[NAME], find_links(row[TEXT])


def _text(some: list[Address]) -> Iterator[str]:
    return (f"{one.url}\n" for one in some)


def _json(some: list[Address]) -> Iterator[str]:
    encode = msgspec.json.Encoder().encode
    yield "[\n" + ",\n".join(encode(one).decode() for one in some) + "\n]\n"


_FORMS: dict[LinkForm, Callable[[list[Address]], Iterator[str]]] = {"text": _text, "json": _json}
