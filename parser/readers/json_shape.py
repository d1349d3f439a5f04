"""What the beginning of a JSON text is made of, to know its format by."""

from functools import lru_cache

import msgspec

from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, members

Members = dict[str, bytes]
"""An object's members by key: each value's bytes, of which the last may be cut."""


@lru_cache(maxsize=1)
def first_object(head: str) -> Members:
    """The members of the first object, which may stand in an array; none where there is none."""
    return object_in(head.encode("utf-8", "replace"))


def object_in(value: bytes) -> Members:
    """The members of an object, or of the first one of an array; either may be cut."""
    value = value.lstrip(BLANKS + b"[")
    if not value.startswith(b"{"):
        return {}
    return {_key(key): found for key, found in members(value)}


def text_of(value: bytes | None) -> str | None:
    """A member's value, where it is a string."""
    try:
        return msgspec.json.decode(value or b"", type=str)
    except UNDECODABLE:
        return None


def _key(quoted: bytes) -> str:
    return text_of(quoted) or quoted[1:-1].decode("utf-8", "replace")
