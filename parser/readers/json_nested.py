"""Structs out of JSON that nests them: what fits is taken, where anything in it does not.

A format declares structs whose fields are optional all (``None`` for what is not there) and
may be structs, or lists of structs, themselves. A field of a wrong kind counts as not there,
and costs no other one.
"""

from functools import lru_cache
from typing import Any, Generic, TypeVar, cast, get_args, get_origin

import msgspec

from parser.readers.json_lenient import MISFIT, decode_leniently
from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, fault, members, value_end

Kind = TypeVar("Kind", bound=msgspec.Struct)

_MISFITS = (*UNDECODABLE, ValueError)
_DEEPEST = 6
"""Objects within objects that are looked at member by member."""


class Part(msgspec.Struct, rename="camel", gc=False):
    """A part of a site's JSON, with its fields named as there, in camel case."""


class Taken(msgspec.Struct, Generic[Kind]):
    """What could be taken of an object.

    ``odd``: something in it is of a wrong kind, and was left out; ``broken``: some of its
    bytes are no text.
    """

    value: Kind
    odd: bool = False
    broken: bool = False


class Nested(Generic[Kind]):
    """Makes structs of one ``kind``: at the speed of C where all is as it should be."""

    def __init__(self, kind: type[Kind]) -> None:
        self._kind = kind
        self._decode = msgspec.json.Decoder(kind).decode

    def take(self, data: bytes) -> Taken[Kind] | None:
        """The struct of an object's bytes; ``None`` when they are no object."""
        if not data:
            return None
        try:
            return Taken(self._decode(data))
        except UNDECODABLE:
            pass
        data = data.strip(BLANKS)
        try:
            text, is_broken = data.decode(), False
        except UnicodeDecodeError:
            text, is_broken = data.decode("utf-8", "replace"), True
        value = decode_leniently(text)
        is_damaged = value is MISFIT
        taken = self.take_value(_by_members(data, _DEEPEST) if is_damaged else value)
        if taken is not None:
            taken.odd, taken.broken = taken.odd or is_damaged, is_broken
        return taken

    def take_value(self, value: object) -> Taken[Kind] | None:
        """The same of a value that was decoded already."""
        if not isinstance(value, dict):
            return None
        try:
            return Taken(msgspec.convert(value, self._kind))
        except _MISFITS:
            fitting, all_fit = _fitting(cast("dict[str, object]", value), self._kind)
            return Taken(fitting, odd=not all_fit)


def _by_members(data: bytes, depth: int) -> object:
    """An object's members one by one, where the whole cannot be decoded but has the right shape.

    Without it two damaged objects could pass for one, or the half of one for the whole.
    """
    if depth == 0 or not data.startswith(b"{") or fault(data, 0, len(data)) is not None:
        return MISFIT
    if value_end(data, 0) is None:
        return MISFIT
    found: dict[str, object] = {}
    for key, value in members(data):
        read = decode_leniently(value.decode("utf-8", "replace"))
        if read is MISFIT:
            read = _by_members(value, depth - 1)
        found[key[1:-1].decode("utf-8", "replace")] = read
    return found


def _fitting(found: dict[str, object], kind: type[Kind]) -> tuple[Kind, bool]:
    """The fields of the right kind, and whether all were."""
    made, all_fit = kind(), True
    for key, name, wanted in _fields(kind):
        value = found.get(key)
        if value is None:
            continue
        part, fits = _part(value, wanted)
        all_fit = all_fit and fits
        if part is not None:
            setattr(made, name, part)
    return made, all_fit


def _part(value: object, wanted: Any) -> tuple[object, bool]:
    """What fits of a value, ``None`` if nothing does, and whether all does."""
    try:
        return msgspec.convert(value, wanted), True
    except _MISFITS:
        pass
    for kind in get_args(wanted) or (wanted,):
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
            return _fitting(cast("dict[str, object]", value), kind)
        if get_origin(kind) is list and isinstance(value, list):
            parts = [_part(one, get_args(kind)[0]) for one in cast("list[object]", value)]
            return [part for part, _ in parts if part is not None], False
    return None, False


@lru_cache(maxsize=128)
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Any], ...]:
    """The key, the name and the type of each field."""
    fields = msgspec.structs.fields(kind)
    return tuple((field.encode_name, field.name, field.type) for field in fields)
