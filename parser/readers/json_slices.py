"""A large JSON document in slices: the members of its top level, and one array piece by piece.

A decoder written in C is ten times faster than any loop over tokens, but holds everything up
while it runs, so it must not get the whole. The array is cut where one object seems to end and
another to begin (``}`` ``,`` ``{"``, the last place in what has been read). That can be wrong:
inside a nested list, or where a string happens to look so. But a wrong cut always leaves a
bracket or a quote open, and then the piece does not decode; only then is it walked token by
token to find where its elements really end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

import msgspec

Element = TypeVar("Element")

LONGEST_ELEMENT = 16 * 1024**2
"""Bytes after which an element without an end is given up, and the next one looked for."""
MOST_TRIES = 50
"""Places where the next element may begin that are tried behind a broken one."""

_SPACE = b" \t\r\n"
_CUT = re.compile(rb"\}\s*,\s*\{\s*\"")
_TAIL = 64 * 1024
"""How far from its end a piece is searched for a cut with unusual white space in it."""
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)
_SCALAR_END = re.compile(rb"[,}\]\s]")


@dataclass(slots=True)
class Damage:
    """What was wrong with a document: elements that could not be read, and a missing end."""

    unreadable: int = 0
    first_unreadable: int | None = None
    """The place of the first such element in the array, from 1."""
    cut: bool = False
    """The document ends before it is complete."""


class JsonSlices(Generic[Element]):
    """Walks one document.

    ``key`` names the member of the top-level object whose array is handed over in pieces; a
    document that is an array is itself handed over so. ``decode`` makes a list of elements
    from a piece that is an array of whole ones, and raises what msgspec raises;
    ``decode_one`` makes an element of one that ``decode`` refused, ``None`` where that is
    hopeless. ``member`` gets every other member's key and value.
    """

    def __init__(
        self,
        blocks: Iterator[bytes],
        key: str,
        *,
        decode: Callable[[bytes], list[Element]],
        decode_one: Callable[[bytes], Element | None],
        member: Callable[[str, bytes], None],
    ) -> None:
        self._blocks = blocks
        self._key = key
        self._decode = decode
        self._decode_one = decode_one
        self._member = member
        self._data = b""
        self._at = 0
        self._ended = False
        self._count = 0
        self._style = b'},{"'
        self.damage = Damage()
        self.found_array = False

    def pieces(self) -> Iterator[list[Element]]:
        """The array's elements; an empty list for what was read besides."""
        opening = self._skip_space()
        if opening == b"[":
            self._at += 1
            yield from self._array()
        elif opening == b"{":
            self._at += 1
            yield from self._object()
        else:
            self.damage.cut = True

    # Reading on

    def _fill(self) -> bool:
        """Reads one more block behind what is left; ``False`` at the end."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._data = self._data[self._at :] + block
        self._at = 0
        return True

    def _grow(self) -> bool:
        """Reads on until there is twice as much; ``False`` at the end, or at the limit."""
        length = len(self._data) - self._at
        if length > LONGEST_ELEMENT or not self._fill():
            return False
        while len(self._data) < 2 * length and self._fill():
            pass
        return True

    def _skip_space(self) -> bytes:
        """The next byte that is no white space; empty at the end."""
        while True:
            data, at = self._data, self._at
            while at < len(data) and data[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(data):
                return data[at : at + 1]
            if not self._fill():
                return b""

    # The top level

    def _object(self) -> Iterator[list[Element]]:
        while True:
            token = self._skip_space()
            if token == b"}":
                return
            if token == b",":
                self._at += 1
                continue
            key = self._value() if token == b'"' else None
            if key is None or self._skip_space() != b":":
                self.damage.cut = True
                return
            self._at += 1
            name = _text(key)
            if self._skip_space() == b"[" and name == self._key:
                self._at += 1
                yield from self._array()
                if self.damage.cut:
                    return
                continue
            value = self._value()
            if value is None:
                self.damage.cut = True
                return
            self._member(name, value)
            yield []

    def _value(self) -> bytes | None:
        """The bytes of the value that begins here; ``None`` when the document ends within it."""
        if self._skip_space() in b'"[{' and self._data[self._at : self._at + 1]:
            return self._compound()
        while (end := _SCALAR_END.search(self._data, self._at)) is None:
            if not self._fill():
                return None
        return self._taken(end.start())

    def _compound(self) -> bytes | None:
        depth, scan = 0, self._at
        while True:
            found = _TOKEN.search(self._data, scan)
            if found is None or found[0] == b'"':
                # What was walked need not be walked again, but for a string that is open.
                done = (found.start() if found else len(self._data)) - self._at
                if not self._fill():
                    return None
                scan = self._at + done
                continue
            scan = found.end()
            depth += _DEPTH.get(found[0], 0)
            if depth == 0 and found[0] != b",":
                return self._taken(scan)

    def _taken(self, end: int) -> bytes:
        value = self._data[self._at : end]
        self._at = end
        return value

    # The array

    def _array(self) -> Iterator[list[Element]]:
        self.found_array = True
        while True:
            if self._skip_space() == b"]":
                self._at += 1
                return
            elements = self._by_guess()
            closed = False
            if elements is None:
                elements, closed = self._by_walking()
            if elements is None and not self._grow():
                elements, closed = self._salvage()
            if elements is not None:
                yield elements
                if closed or (self._ended and self.damage.cut):
                    return
                self._fill()

    def _by_guess(self) -> list[Element] | None:
        """The elements up to the last place that looks like a cut, if it is one."""
        end = self._data.rfind(self._style, self._at) + 1
        following = end + len(self._style) - 3
        if not end:
            cut = _last_cut(self._data, self._at)
            if cut is None:
                return None
            end, following = cut
            self._style = self._data[end - 1 : following] + b'{"'
        try:
            elements = self._decode(b"[" + self._data[self._at : end] + b"]")
        except (msgspec.DecodeError, RecursionError):
            return None
        self._at = following
        self._count += len(elements)
        return elements

    def _by_walking(self) -> tuple[list[Element] | None, bool]:
        """The elements that end in what was read, and whether the array ends behind them.

        ``None`` when not even one ends there.
        """
        spans, following, closed = _elements(self._data, self._at)
        if not spans and not closed:
            return None, False
        elements = self._decode_spans(spans)
        self._at = following
        return elements, closed

    def _decode_spans(self, spans: list[tuple[int, int]]) -> list[Element]:
        if not spans:
            return []
        try:
            elements = self._decode(b"[" + self._data[spans[0][0] : spans[-1][1]] + b"]")
        except (msgspec.DecodeError, RecursionError):
            return [one for span in spans if (one := self._one(*span)) is not None]
        self._count += len(elements)
        return elements

    def _one(self, start: int, end: int) -> Element | None:
        data = self._data[start:end]
        self._count += 1
        element = self._decode_one(data)
        if element is None and data.strip(_SPACE) not in (b"", b"null"):
            self.damage.unreadable += 1
            self.damage.first_unreadable = self.damage.first_unreadable or self._count
        return element

    def _salvage(self) -> tuple[list[Element], bool]:
        """What can be had behind an element that has no end; and whether the array ends there.

        A quote too many turns all that follows inside out, so the walk finds no end; the
        elements behind the broken one are found by their looks.
        """
        self.damage.cut = self._ended
        if self._data[self._at :].strip(_SPACE):
            self._count += 1
            self.damage.unreadable += 1
            self.damage.first_unreadable = self.damage.first_unreadable or self._count
        for found in islice(_CUT.finditer(self._data, self._at), MOST_TRIES):
            self._at = self._data.index(b"{", found.start() + 1)
            spans, following, closed = _elements(self._data, self._at)
            if spans or closed:
                elements = self._decode_spans(spans)
                self._at = following
                self.damage.cut = self._ended and not closed
                return elements, closed
        self._at = len(self._data)
        return [], False


_DEPTH = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


def _last_cut(data: bytes, start: int) -> tuple[int, int] | None:
    """Where the last object before the last cut ends, and where the next begins."""
    tail = max(start, len(data) - _TAIL)
    cuts = [found.start() for found in _CUT.finditer(data, tail)]
    return (cuts[-1] + 1, data.index(b"{", cuts[-1] + 1)) if cuts else None


def _elements(data: bytes, start: int) -> tuple[list[tuple[int, int]], int, bool]:
    """The spans of the whole elements that begin at ``start``, by walking all tokens.

    Also where the next one begins, and whether the array was closed.
    """
    spans: list[tuple[int, int]] = []
    depth, begin = 0, start
    for found in _TOKEN.finditer(data, start):
        token = found[0]
        if token == b'"':
            break
        if depth == 0 and token in (b",", b"]"):
            if data[begin : found.start()].strip(_SPACE):
                spans.append((begin, found.start()))
            begin = found.end()
            if token == b"]":
                return spans, begin, True
        else:
            depth += _DEPTH.get(token, 0)
    return spans, begin, False


def _text(key: bytes) -> str:
    try:
        return msgspec.json.decode(key, type=str)
    except msgspec.DecodeError:
        return key.decode("utf-8", "replace")
