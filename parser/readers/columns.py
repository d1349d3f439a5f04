"""Fields of comments as columns, cleaned: each column at once where it is clean already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, cast
from urllib.parse import unquote

from parser.columns import Row
from parser.flags import pack_flags
from parser.model import MOST_DAYS, MOST_LIKES, UNKNOWN
from parser.text.clean import clean, clean_line

_LONGEST_HANDLE = 100
_SOLID = bytes(range(ord("!"), ord("~") + 1))
"""The visible characters of ASCII."""
_PLAIN = _SOLID + b" \t\n"


_FACTS = (None, False, True)
_PACKED = {four: pack_flags(four) for four in product(_FACTS, repeat=4)}
"""What the first four facts come to in ``Discussion.flags``, for all that they can be."""
EDITED = {fact: pack_flags((None, None, None, None, fact)) for fact in _FACTS}
"""What the last fact, whether a comment was edited, comes to in ``Discussion.flags``."""


def pack(four: Iterable[tuple[bool | None, ...]], edited: Iterable[int]) -> list[int]:
    """The flags of comments: uploader, verified, pinned and hearted; and those of ``EDITED``."""
    return [
        packed | edit for packed, edit in zip(map(_PACKED.__getitem__, four), edited, strict=True)
    ]


def as_rows(
    *columns: Sequence[str | None],
) -> list[Row]:
    """The strings of comments, given as columns in the order of :data:`~parser.columns.Row`."""
    return cast("list[Row]", list(zip(*columns, strict=True)))


def are_clean(column: Sequence[Any]) -> bool:
    """Whether all are strings, with nothing in or around them that would need cleaning.

    Looked at all at once. Where a bar or a space makes it doubtful they are not taken for it.
    """
    try:
        joined = "|".join(column)
    except TypeError:
        return False
    if joined.isascii() and not joined.encode().translate(None, _SOLID) and all(column):
        return True
    joined = f"|{joined}|"
    return joined.isprintable() and not ("||" in joined or " |" in joined or "| " in joined)


def texts(plain: Sequence[str | None], htmls: Sequence[str | None]) -> list[str]:
    """The texts, cleaned; HTML counts where there is no plain one.

    What is ASCII is looked at all at once, six times quicker.
    """
    joined = "".join([text for text in plain if text and text.isascii()])
    if joined.encode().translate(None, _PLAIN):
        return list(map(_text, plain, htmls))
    return [
        text if text and (text.isascii() or text.isprintable()) else _text(text, html)
        for text, html in zip(plain, htmls, strict=True)
    ]


def _text(text: str | None, html: str | None) -> str:
    if text and text.replace("\n", "").isprintable():
        return text  # quicker than to look for what there might be to clean
    if text or html is None:
        return clean(text or "")
    from parser.text.html_text import html_to_text  # only here: it knows all entities of HTML

    return clean(html_to_text(html))


def lines(column: Sequence[Any]) -> list[str | None]:
    """Strings on one line each, ``None`` for those that are empty."""
    if are_clean(column):
        return list(column)
    return [None if text is None else clean_line(text) or None for text in column]


def names(column: Sequence[Any]) -> list[str | None]:
    """Ids, of which some programs make numbers."""
    return list(column) if are_clean(column) else list(map(_name, column))


def parents(column: Sequence[Any], root: str) -> list[str | None]:
    """The parents' ids; for a thread's first there is ``root``, or nothing, or 0."""
    found = list(column) if are_clean(column) else [_name(one or None) for one in column]
    return [None if name == root else name for name in found]


def parents_in_ids(ids: Sequence[str]) -> list[str | None]:
    """YouTube's reply has its parent's id before the dot in its own."""
    if "." not in "".join(ids):
        return [None] * len(ids)
    return [name.partition(".")[0] or None if "." in name else None for name in ids]


def _name(name: str | int | None) -> str | None:
    return None if name is None else clean_line(str(name)) or None


def likes(column: Sequence[float | None]) -> list[int]:
    """Counts of likes; ``UNKNOWN`` for what can be none."""
    return _numbers(column, MOST_LIKES)


def days(column: Sequence[float | None]) -> list[int]:
    """Ages in days; ``UNKNOWN`` for what can be none."""
    return _numbers(column, MOST_DAYS)


def _numbers(column: Sequence[float | None], most: int) -> list[int]:
    return [
        number if type(number) is int and 0 <= number <= most else _number(number, most)
        for number in column
    ]


def _number(number: float | None, most: int) -> int:
    if number is None or not 0 <= number <= most:
        return UNKNOWN
    return int(number)


def people(
    authors: list[str | None], urls: Sequence[str | None]
) -> tuple[list[str | None], list[str | None]]:
    """The handles of authors and, where those are no handles themselves, their names.

    Older files give the handle in the address of the author only.
    """
    if all(author is not None and author[:1] == "@" for author in authors):
        return authors, [None] * len(authors)
    handles = list(map(_handle, authors, urls))
    return handles, [None if author and author[:1] == "@" else author for author in authors]


def _handle(author: str | None, url: str | None) -> str | None:
    if (author and author[:1] == "@") or not url:
        return author
    last = url.rstrip("/").rpartition("/")[2].partition("?")[0]
    handle = clean_line(unquote(last[:_LONGEST_HANDLE]))
    is_handle = handle[:1] == "@" and len(handle) > 1 and " " not in handle
    return handle if is_handle else author


class Ids:
    """The ids of comments: the file's own, else made of what the comment says.

    The latter as for pages without ids, with its place among equal ones, so that they survive
    a new download.
    """

    def __init__(self) -> None:
        self._equal: Counter[bytes] = Counter()

    def of(
        self, ids: Sequence[str | int | None], said: Iterator[tuple[object, object]]
    ) -> list[str]:
        """The ids; ``said``: each comment's author and text as they stand in the file."""
        if are_clean(ids):
            return cast("list[str]", list(ids))
        return [
            name or self._from_content(author, text)
            for name, (author, text) in zip(map(_name, ids), said, strict=True)
        ]

    def _from_content(self, author: object, text: object) -> str:
        from hashlib import blake2b  # only here: most files name their comments' ids

        digest = blake2b(f"{author}\n{text}".encode("utf-8", "surrogatepass"), digest_size=8)
        self._equal[digest.digest()] += 1
        place = self._equal[digest.digest()]
        return digest.hexdigest() if place == 1 else f"{digest.hexdigest()}-{place}"
