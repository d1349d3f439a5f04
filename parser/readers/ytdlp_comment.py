"""One comment of yt-dlp's: its fields, and how it is told from other programs'."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple

from parser.readers.json_walk import members

ROOT = "root"
"""The ``parent`` of a thread's first comment."""


class Raw(msgspec.Struct, gc=False):
    """The fields of one comment that are wanted, as they are written."""

    id: str | int | None = None
    parent: str | int | None = ROOT
    text: str | None = None
    html: str | None = None
    author: str | None = None
    author_id: str | int | None = None
    author_url: str | None = None
    author_is_uploader: bool | None = None
    author_is_verified: bool | None = None
    is_pinned: bool | None = None
    is_favorited: bool | None = None
    like_count: int | float | None = None
    timestamp: int | float | None = None
    time_text: str | None = None
    new_time_text: str | None = msgspec.field(default=None, name="_time_text")


MARKS = frozenset({"id", "text"})
"""Keys of which a damaged comment has at least one."""


class Fields(NamedTuple):
    """The fields of some comments, each as a column; the four flags of a comment together."""

    id: Sequence[str | int | None]
    parent: Sequence[str | int | None]
    text: Sequence[str | None]
    html: Sequence[str | None]
    author: Sequence[str | None]
    author_id: Sequence[str | int | None]
    author_url: Sequence[str | None]
    like_count: Sequence[int | float | None]
    timestamp: Sequence[int | float | None]
    time_text: Sequence[str | None]
    new_time_text: Sequence[str | None]
    flags: Iterable[tuple[bool | None, ...]]

    @classmethod
    def of(cls, elements: Sequence[Raw]) -> "Fields":
        """The columns of some comments, at least one; all in C."""
        columns: Any = list(zip(*map(astuple, elements), strict=True))
        return cls(*columns[:7], *columns[11:], flags=zip(*columns[7:11], strict=True))


def looks_like_comment(data: bytes) -> bool:
    """Whether an object, which may be cut, has what every comment has and little else has.

    Our own export's have all that too, and something besides.
    """
    keys = {key for key, _ in members(data)}
    if not {b'"id"', b'"parent"'} <= keys or b'"reply_certainty"' in keys:
        return False
    return not keys.isdisjoint({b'"text"', b'"html"'})
