"""One comment of yt-dlp's: its fields, and what can be taken of one that does not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple, cast

import msgspec
from msgspec.structs import astuple

from parser.readers.json_lenient import MISFIT, decode_leniently
from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, fault, members

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


FLAGS = ("author_is_uploader", "author_is_verified", "is_pinned", "is_favorited")
_NAMES = frozenset({"id", "parent", "author_id"})
_NUMBERS = frozenset({"like_count", "timestamp"})
_FIELDS = dict(zip(Raw.__struct_encode_fields__, Raw.__struct_fields__, strict=True))

decode_all = msgspec.json.Decoder(list[Raw]).decode
_decode = msgspec.json.Decoder(Raw).decode


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be taken of a comment that :data:`decode_all` refused."""

    raw: Raw
    is_odd: bool = False
    """Some of its fields are of a wrong kind and were left out."""
    is_broken: bool = False
    """Some of its bytes are no text."""


def take(data: bytes) -> Taken | None:
    """A comment that holds something unexpected; ``None`` when it has nothing of a comment."""
    data = data.strip(BLANKS)
    try:
        text, is_broken = data.decode(), False
    except UnicodeDecodeError:
        text, is_broken = data.decode("utf-8", "replace"), True
    try:
        return Taken(_decode(text), is_broken=is_broken)
    except UNDECODABLE:
        pass
    found = decode_leniently(text)
    is_odd = False
    if found is MISFIT:
        found, is_odd = _by_members(data), True
    if not isinstance(found, dict):
        return None
    raw, fits = _fitting(cast("dict[str, object]", found))
    return Taken(raw, is_odd or not fits, is_broken)


def looks_like_comment(data: bytes) -> bool:
    """Whether an object, which may be cut, has what every comment has and little else has."""
    keys = {key for key, _ in members(data)}
    return {b'"id"', b'"parent"'} <= keys and not keys.isdisjoint({b'"text"', b'"html"'})


def _by_members(data: bytes) -> dict[str, object] | None:
    """The members one by one, where the whole cannot be decoded but has the right shape.

    Without it two damaged comments could pass for one, with those between them.
    """
    if not data.startswith(b"{") or fault(data, 0, len(data)) is not None:
        return None
    found: dict[str, object] = {}
    for key, value in members(data):
        name = key[1:-1].decode("utf-8", "replace")
        if name in _FIELDS:
            found[name] = decode_leniently(value.decode("utf-8", "replace"))
    return found if "id" in found or "text" in found else None


def _fitting(found: dict[str, object]) -> tuple[Raw, bool]:
    """The fields of the right kind, and whether all were."""
    raw, all_fit = Raw(), True
    for name, field in _FIELDS.items():
        value = found.get(name)
        if value is None:
            continue
        fitting = _fit(field, value)
        if fitting is None:
            all_fit = False
        else:
            setattr(raw, field, fitting)
    return raw, all_fit


def _fit(field: str, value: object) -> object:
    """A field's value; ``None`` when it is of a wrong kind."""
    if field in FLAGS:
        return value if isinstance(value, bool) else None
    if field in _NUMBERS:
        return _number(value)
    if isinstance(value, str):
        return value
    number = _number(value) if field in _NAMES else None
    if isinstance(number, float):
        return int(number) if number.is_integer() else str(number)
    return number


def _number(value: object) -> int | float | None:
    """A number, unless it is not finite. (Whole ones too long to write out do not decode.)"""
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
