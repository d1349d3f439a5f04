"""Comments out of JSON: at the speed of C where they are as they should be, else what fits.

A format declares a struct of the fields that it wants, with ``None`` for what is not there:
``str | None`` a text, ``str | int | None`` an id, ``int | float | None`` a number,
``bool | None`` a yes or no, ``object`` anything. A field of a wrong kind counts as not there.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from math import isfinite
from typing import Any, Generic, TypeVar, cast, get_args

import msgspec

from parser.model import Diagnostic
from parser.readers.json_lenient import MISFIT, decode_leniently, mended
from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, fault, members, value_end
from parser.readers.troubles import Tally, told_of_comments

Raw = TypeVar("Raw", bound=msgspec.Struct)


class _Kind(Enum):
    """What a field may be."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    FLAG = "flag"
    ANY = "any"


class Elements(Generic[Raw]):
    """Makes comments (``kind``) of a format's JSON, and counts those in which something is odd.

    ``marks``: keys of which a damaged one must have at least one to be taken for a comment.
    """

    def __init__(self, kind: type[Raw], marks: frozenset[str]) -> None:
        self.odd = Tally()
        """Comments with fields of a wrong kind, which were left out."""
        self.broken = Tally()
        """Comments with bytes that are no text."""
        self.decode_all: Callable[[bytes], list[Raw]] = msgspec.json.Decoder(
            cast("type[list[Raw]]", list.__class_getitem__(kind))
        ).decode
        """The comments of an array; raises what msgspec raises if anything in it is odd."""
        self._decode = msgspec.json.Decoder(kind).decode
        self._kind = kind
        self._marks = marks

    @cached_property
    def _fields(self) -> dict[str, tuple[str, _Kind]]:
        """By key: the field's name, and what it may be."""
        fields = msgspec.structs.fields(self._kind)
        return {field.encode_name: (field.name, _kind_of(field.type)) for field in fields}

    def decode_one(self, data: bytes, record: int) -> Raw | None:
        """A comment that may hold something unexpected: what fits of it is taken.

        ``None`` when it has nothing of a comment. ``record`` is its place in the file, from 1.
        """
        data = data.strip(BLANKS)
        try:
            text, is_broken = data.decode(), False
        except UnicodeDecodeError:
            text, is_broken = data.decode("utf-8", "replace"), True
        try:
            raw, fits = self._decode(text), True
        except UNDECODABLE:
            if (whole := mended(text)) != text:
                text, data, is_broken = whole, whole.encode("utf-8", "surrogatepass"), True
            raw, fits = self._taken(data, text)
        if raw is not None and not fits:
            self.odd.add(record)
        if raw is not None and is_broken:
            self.broken.add(record)
        return raw

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd."""
        yield from told_of_comments(self.broken, self.odd)

    def _taken(self, data: bytes, text: str) -> tuple[Raw | None, bool]:
        """What can be taken of a comment that is not as it should be, and whether all could."""
        found = decode_leniently(text)
        is_whole = found is not MISFIT
        if not is_whole:
            found = self._by_members(data)
        if not isinstance(found, dict):
            return None, False
        raw, all_fit = self._fitting(cast("dict[str, object]", found))
        return raw, is_whole and all_fit

    def _by_members(self, data: bytes) -> dict[str, object] | None:
        """The members one by one, where the whole cannot be decoded but has the right shape.

        Without it two damaged comments could pass for one, with those between them, or the
        half of one for the whole.
        """
        if not data.startswith(b"{") or fault(data, 0, len(data)) is not None:
            return None
        if value_end(data, 0) is None:
            return None
        found: dict[str, object] = {}
        for key, value in members(data):
            name = key[1:-1].decode("utf-8", "replace")
            if name in self._fields:
                found[name] = decode_leniently(value.decode("utf-8", "replace"))
        return None if self._marks.isdisjoint(found) else found

    def _fitting(self, found: dict[str, object]) -> tuple[Raw, bool]:
        """The fields of the right kind, and whether all were."""
        raw, all_fit = self._kind(), True
        for key, (name, kind) in self._fields.items():
            value = found.get(key)
            if value is None:
                continue
            fitting = _fit(kind, value)
            if fitting is None:
                all_fit = False
            else:
                setattr(raw, name, fitting)
        return raw, all_fit


def has_keys(data: bytes, needed: frozenset[str], one_of: frozenset[str]) -> bool:
    """Whether an object, which may be cut, has all of some keys, and one of some others."""
    keys = {key[1:-1].decode("utf-8", "replace") for key, _ in members(data)}
    return needed <= keys and not keys.isdisjoint(one_of)


def _kind_of(annotation: Any) -> _Kind:
    types = set(get_args(annotation))
    if not types:
        return _Kind.ANY
    if bool in types:
        return _Kind.FLAG
    if float in types:
        return _Kind.NUMBER
    return _Kind.NAME if int in types else _Kind.TEXT


def _fit(kind: _Kind, value: object) -> object:
    """A field's value; ``None`` when it is of a wrong kind."""
    if kind is _Kind.ANY:
        return None if value is MISFIT else value
    if kind is _Kind.FLAG:
        return value if isinstance(value, bool) else None
    if kind is _Kind.NUMBER:
        return _number(value)
    if isinstance(value, str):
        return value
    number = _number(value) if kind is _Kind.NAME else None
    if isinstance(number, float):
        return int(number) if number.is_integer() else str(number)
    return number


def _number(value: object) -> int | float | None:
    """A number, unless it is not finite. (Whole ones too long to write out do not decode.)"""
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
