"""The shape of JSON text: where values begin and end, found without decoding them.

Only quotes, brackets and commas are looked at, a stretch between two of them at a time in one
match of a pattern that never looks back, so that the cost is linear in the text's length
whatever the text is.
"""

import re
import sys
from collections.abc import Iterator
from enum import Enum

BLANKS = b" \t\r\n"

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SPACE = re.compile(rb"[ \t\r\n]*+")
_WHOLE_STRING = re.compile(_STRING, re.DOTALL)
_REST_OF_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_WITHIN = re.compile(rb'[^"\[\]{}]*+(?:' + _STRING + rb'[^"\[\]{}]*+)*+', re.DOTALL)
"""All up to the next bracket, or to a string that does not end."""
_BETWEEN = re.compile(rb'[^"\[\]{},]*+(?:' + _STRING + rb'[^"\[\]{},]*+)*+', re.DOTALL)
"""The same, up to the next comma too."""
_OPENING = re.compile(rb"[\[{]*+")
_CLOSING = re.compile(rb"[\]}]*+")
_SCALAR_END = re.compile(rb"[,}\]\s]")
_TOKEN = re.compile(
    rb"[ \t\r\n]*+(?:(?P<string>" + _STRING + rb")|(?P<word>[\w.+'\-]++)|(?P<mark>\[++|[\]{},:]))",
    re.DOTALL,
)
"""Lists that begin in a row are one token: a file may be nothing else for megabytes."""


class End(Enum):
    """How a walk along an array ended."""

    OPEN = "the text ends within an element"
    CLOSED = "the array ends"
    BROKEN = "a bracket closes what was never opened"


def space_end(data: bytes, at: int) -> int:
    """Where the white space that may begin at ``at`` ends."""
    return _end(_SPACE, data, at)


def string_end(data: bytes, at: int) -> int:
    """From within a string to its closing quote, or else to where the text says no more."""
    return _end(_REST_OF_STRING, data, at)


def mark_end(data: bytes, at: int) -> int:
    """Where the next bracket stands, or a string that does not end, or else the text's end."""
    return _end(_WITHIN, data, at)


def value_end(data: bytes, at: int, stop: int | None = None) -> int | None:
    """Where the value that begins at ``at`` ends; ``None`` when the text ends within it.

    ``stop`` is where the text is taken to end.
    """
    stop = len(data) if stop is None else min(stop, len(data))
    first = data[at : at + 1]
    if first == b'"':
        string = _WHOLE_STRING.match(data, at, stop)
        return string.end() if string else None
    if first not in (b"[", b"{"):
        scalar = _SCALAR_END.search(data, at, stop)
        return scalar.start() if scalar else None
    return _close(data, at, 0, stop)


def walk(data: bytes, start: int, stop: int) -> tuple[list[tuple[int, int]], int, End]:
    """The spans of the elements of an array that end before ``stop``; one begins at ``start``.

    Also where the next one begins, or what comes behind the array, and how the walk ended.
    """
    spans: list[tuple[int, int]] = []
    begin = at = start
    while True:
        at = _end(_BETWEEN, data, at, stop)
        mark = data[at : at + 1] if at < stop else b""
        if mark in (b"[", b"{"):
            end = _close(data, at, 0, stop)
            if end is None:
                return spans, begin, End.OPEN
            at = end
        elif mark in (b",", b"]"):
            if data[begin:at].strip(BLANKS):
                spans.append((begin, at))
            begin = at = at + 1
            if mark == b"]":
                return spans, begin, End.CLOSED
        else:
            return spans, begin, End.BROKEN if mark == b"}" else End.OPEN


def _close(data: bytes, at: int, depth: int, stop: int) -> int | None:
    """Where the last open bracket is closed; brackets in a row are counted at once."""
    while True:
        at = _end(_WITHIN, data, at, stop)
        opened = _end(_OPENING, data, at, stop)
        if opened > at:
            depth, at = depth + opened - at, opened
            continue
        closed = _end(_CLOSING, data, at, stop)
        if closed == at:
            return None
        if closed - at >= depth:
            return at + depth
        depth, at = depth - (closed - at), closed


def members(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The keys (with their quotes) and values of an object, also of one that is cut.

    Takes what has the shape of a member, whatever the value is; the last one's may be cut.
    """
    at = data.find(b"{") + 1
    while True:
        key = _WHOLE_STRING.match(data, at := space_end(data, at))
        colon = space_end(data, key.end()) if key else at
        if key is None or data[colon : colon + 1] != b":":
            return
        start = space_end(data, colon + 1)
        end = value_end(data, start)
        if end is not None:
            following = _end(_BETWEEN, data, end)
            end = following if data[following : following + 1] in (b",", b"}") else end
        yield key[0], data[start:end].rstrip(BLANKS)
        if end is None or data[end : end + 1] != b",":
            return
        at = end + 1


def fault(data: bytes, at: int, stop: int) -> int | None:
    """Where what begins at ``at`` leaves the shape of one value, or of the beginning of one.

    That is the last thing that fitted, for a string whose quote is missing reaches into the
    next element, and only what stands behind it does not fit. ``None`` where all fits. Words
    (``NaN``) are not judged. ``stop`` is where the text is taken to end.
    """
    closers: list[bytes] = []
    fitted = at
    state: str = "value"
    while token := _TOKEN.match(data, at, stop):
        kind = b"string" if token["string"] else b"word" if token["word"] else token["mark"][:1]
        if kind not in _ALLOWED[state] or (kind in b"]}" and closers.pop() != kind):
            return fitted
        fitted = token.start(token.lastgroup or 0)
        at = token.end()
        if kind in _OPENED:
            closer, state = _OPENED[kind]
            if kind == b"[":
                closers.extend([closer] * (at - fitted))
                fitted = at - 1
            else:
                closers.append(closer)
        elif kind == b",":
            state = "key" if closers[-1] == b"}" else "element"
        elif kind == b":":
            state = "value"
        else:
            is_key = kind == b"string" and state == "key"
            state = "colon" if is_key else "behind"
        if state == "behind" and not closers:
            at = space_end(data, at)
            return None if at >= stop or data[at : at + 1] in (b",", b"]") else fitted
    at = space_end(data, at)
    is_open_string = data[at : at + 1] == b'"' and b"string" in _ALLOWED[state]
    return None if at >= stop or is_open_string else fitted


_OPENED = {b"{": (b"}", "key"), b"[": (b"]", "element")}
_ALLOWED = {
    "value": frozenset({b"string", b"word", b"[", b"{"}),
    "element": frozenset({b"string", b"word", b"[", b"{", b"]"}),
    "key": frozenset({b"string", b"}"}),
    "colon": frozenset({b":"}),
    "behind": frozenset({b",", b"]", b"}"}),
}
"""What may stand where. A comma before the end, which some programs write, does no harm."""


def _end(pattern: re.Pattern[bytes], data: bytes, at: int, stop: int = sys.maxsize) -> int:
    """Where a pattern that always fits ends."""
    found = pattern.match(data, at, stop)
    return found.end() if found else at
