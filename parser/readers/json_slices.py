"""A large JSON document in slices: the members of its top level, and one array piece by piece.

A decoder written in C is ten times faster than any loop over tokens, but holds everything up
while it runs, so it must not get the whole. The array is cut where one object seems to end and
another to begin (``}`` ``,`` ``{"``, the last place in what has been read). That can be wrong:
inside a nested list, or where a string happens to look so. But a wrong cut always leaves a
bracket or a quote open, and then the piece does not decode; only then is it walked bracket by
bracket to find where its elements really end. Where the brackets do not fit either, the file
is damaged, and the next element is looked for by its looks.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from parser.readers.json_walk import (
    BLANKS,
    End,
    fault,
    mark_end,
    space_end,
    string_end,
    value_end,
    walk,
)

Element = TypeVar("Element")
Span = tuple[int, int]

UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for what it cannot decode."""
LONGEST_ELEMENT = 16 * 1024**2
"""Bytes after which an element or member without an end is passed over."""

_CUT = re.compile(rb"\}\s*,\s*\{\s*\"")
_START = re.compile(rb"[,}]\s*\{\s*\"")
"""Where behind damage an element may begin."""
_TAIL = 64 * 1024
"""How far from its end a piece is searched for a cut with unusual white space in it."""
_WINDOW = 64 * 1024
"""How long an element behind a damaged one may be to be known by its looks."""
_CALM = 256 * 1024
_NEAR = 1024
"""Behind damage a walk goes along this many bytes, then twice as many, and so on: much damage
costs no more than little. From ``_CALM`` on it goes along all that was read."""
_MARGIN = 64
"""Bytes that a place to be found may be long."""
_TRIES = 3
"""Bytes that may be looked at to find out where damage ends, for each byte of the file."""
_JUDGED = 256 * 1024
"""A longer element is looked through for faults only when there is nothing more to read."""


@dataclass(slots=True)
class Damage:
    """What was wrong with a document."""

    unreadable: int = 0
    """Elements that could not be read."""
    first_unreadable: int | None = None
    """The place of the first such element in the array, from 1."""
    cut: bool = False
    """The document ends before it is complete."""
    broken: bool = False
    """Something that is no JSON stands in it, and what stands behind was not all read."""
    more: bool = False
    """Something stands behind the document's end."""


class JsonSlices(Generic[Element]):
    """Walks one document.

    ``key`` names the member of the top-level object whose array is handed over in pieces; a
    document that is an array is itself handed over so. ``decode`` makes a list of elements
    from a piece that is an array of whole ones, and raises what msgspec raises;
    ``decode_one`` makes an element of one that ``decode`` refused, given its place too,
    ``None`` where that is hopeless. ``looks_right`` tells an element from what stands nested
    in one, behind damage. ``wanted`` hears every other member's key and says whether
    ``member`` gets its value.

    ``count`` is how many elements were met, ``first`` the place, from 1, of the first one in
    the last piece. ``inside``: the reading is within the array, or ended there.
    """

    def __init__(
        self,
        blocks: Iterator[bytes],
        key: str,
        *,
        decode: Callable[[bytes], list[Element]],
        decode_one: Callable[[bytes, int], Element | None],
        looks_right: Callable[[bytes], bool],
        wanted: Callable[[str], bool],
        member: Callable[[str, bytes], None],
    ) -> None:
        self._blocks = blocks
        self._key = key
        self._decode = decode
        self._decode_one = decode_one
        self._looks_right = looks_right
        self._wanted = wanted
        self._member = member
        self._data = b""
        self._at = 0
        self._block = 0
        self._ended = False
        self._style, self._gap = b'},{"', 1
        self._reach = _CALM
        self._tries = _WINDOW
        self._open = False
        self.count = 0
        self.first = 1
        self.damage = Damage()
        self.found_array = False
        self.inside = False

    def pieces(self) -> Iterator[list[Element]]:
        """The array's elements; an empty list for what was read besides."""
        opening = self._skip_space()
        if opening == b"[":
            yield from self._array()
        elif opening == b"{":
            yield from self._object()
        else:
            self.damage.broken = True
        yield from self._behind()

    @property
    def rest(self) -> bytes:
        """What was read and not taken: behind a cut, the element that was cut."""
        return self._data[self._at :]

    # Reading on

    def _fill(self) -> bool:
        """Reads one more block behind what is left; ``False`` at the end."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._data = self._data[self._at :] + block
        self._at = 0
        self._block += 1
        self._tries += _TRIES * len(block)
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
            self._at = space_end(self._data, self._at)
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._fill():
                return b""

    def _behind(self) -> Iterator[list[Element]]:
        """Reads to the end, so that what is wrong with the file's packing is met."""
        while not self.damage.cut and self._skip_space():
            self.damage.more = not self.damage.broken
            self._at = len(self._data)
            yield []

    # The top level

    def _object(self) -> Iterator[list[Element]]:
        self._at += 1
        while (token := self._skip_space()) != b"}":
            blocks = self._block
            if token == b",":
                self._at += 1
            elif not (yield from self._take_member(token)):
                return
            if self._block > blocks:
                yield []
        self._at += 1

    def _take_member(self, token: bytes) -> Generator[list[Element], None, bool]:
        """Takes a key and its value; ``False`` when that was the last that can be taken."""
        key, behind = None, token
        if token == b'"':
            key = self._value()
            behind = b"" if key is None else self._skip_space()
        if key is None or behind != b":":
            if behind:
                yield from self._array_behind_damage()
            else:
                self.damage.cut = True
            return False
        self._at += 1
        name, opening = _text(key), self._skip_space()
        if name == self._key and opening == b"[":
            yield from self._array()
            return not (self.damage.cut or self.damage.broken)
        value = self._value() if self._wanted(name) else None
        if value is not None:
            self._member(name, value)
        elif not (yield from self._skip_value()):
            self.damage.cut = True
            return False
        return True

    def _value(self) -> bytes | None:
        """The bytes of the value that begins here; ``None`` when it has no end, or is too long."""
        while (end := value_end(self._data, self._at)) is None:
            if not self._grow():
                return None
        value = self._data[self._at : end]
        self._at = end
        return value

    def _skip_value(self) -> Generator[list[Element], None, bool]:
        """Passes over a value without holding it; ``False`` when the document ends within it."""
        depth = 0
        while opening := self._data[self._at : self._at + 1] or self._skip_space():
            if opening == b'"':
                self._at += 1
                if not (yield from self._skip_string()):
                    return False
            elif opening in b"[{":
                depth, self._at = depth + 1, self._at + 1
            elif depth:
                depth, self._at = depth - 1, self._at + 1
            elif self._value() is None:
                return False
            if depth == 0:
                return True
            while (end := mark_end(self._data, self._at)) == len(self._data):
                self._at = end
                if not self._fill():
                    return False
                yield []
            self._at = end
        return False

    def _skip_string(self) -> Generator[list[Element], None, bool]:
        while True:
            self._at = string_end(self._data, self._at)
            if self._data[self._at : self._at + 1] == b'"':
                self._at += 1
                return True
            if not self._fill():
                return False
            yield []

    def _array_behind_damage(self) -> Iterator[list[Element]]:
        """Looks for the array, behind something that is no member."""
        self.damage.broken = True
        if self.found_array:
            return
        opening = re.compile(b'"' + re.escape(self._key.encode()) + rb'"\s{0,9}:\s{0,9}\[')
        while (found := opening.search(self._data, self._at)) is None:
            self._at = max(self._at, len(self._data) - _MARGIN)
            if not self._fill():
                return
            yield []
        self._at = found.end() - 1
        yield from self._array()

    # The array

    def _array(self) -> Iterator[list[Element]]:
        self.found_array = self._open = self.inside = True
        self._at += 1
        while self._open:
            token = self._skip_space()
            if token == b"]":
                self._at += 1
                self.inside = False
                return
            if not token:
                self.damage.cut = True
                return
            if token == b",":
                self._at += 1
                continue
            elements = self._by_guess() if self._reach >= _CALM else None
            if elements is None:
                yield from self._by_walking()
            elif elements:
                yield elements

    def _by_guess(self) -> list[Element] | None:
        """The elements up to the last place that looks like a cut, if it is one."""
        place = self._data.rfind(self._style, self._at)
        if place < 0 and (place := self._other_style()) < 0:
            return None
        try:
            elements = self._decode(b"[" + self._data[self._at : place + 1] + b"]")
        except UNDECODABLE:
            return None
        self._at = place + 1 + self._gap
        self._taken(elements)
        self._fill()
        return elements

    def _other_style(self) -> int:
        """The last cut with other white space in it, which is then the usual one; or -1."""
        tail = max(self._at, len(self._data) - _TAIL)
        last = None
        for found in _CUT.finditer(self._data, tail):
            last = found
        if last is None:
            return -1
        self._style, self._gap = last[0], last[0].index(b"{") - 1
        return last.start()

    def _taken(self, elements: list[Element]) -> None:
        self.first = self.count + 1
        self.count += len(elements)

    def _by_walking(self) -> Iterator[list[Element]]:
        """The elements that end in what was read; none where it must first be read on."""
        stop = len(self._data)
        if self._reach < _CALM:
            stop = min(stop, self._at + self._reach)
        spans, following, end = walk(self._data, self._at, stop)
        if not spans and end is not End.CLOSED:
            yield from self._without_end(stop)
            return
        if (yield from self._decode_spans(spans)):
            self._at, self._reach = following, min(2 * self._reach, _CALM)
            self._open = self.inside = end is not End.CLOSED
            if self._open and stop == len(self._data):
                self._fill()

    def _decode_spans(self, spans: list[Span]) -> Generator[list[Element], None, bool]:
        """The spans' elements; ``False`` when damage was met, and passed over."""
        if len(spans) > 1:
            try:
                elements = self._decode(b"[" + self._data[spans[0][0] : spans[-1][1]] + b"]")
            except UNDECODABLE:
                pass
            else:
                self._taken(elements)
                yield elements
                return True
        return (yield from self._one_by_one(spans))

    def _one_by_one(self, spans: list[Span]) -> Generator[list[Element], None, bool]:
        elements: list[Element] = []
        for start, end in spans:
            data = self._data[start:end]
            one = self._decode_one(data, self.count + len(elements) + 1)
            if one is not None:
                elements.append(one)
                continue
            if elements:
                self._taken(elements)
                yield elements
                elements = []
            self.count += 1
            if data.strip(BLANKS) == b"null":
                continue
            self._note_unreadable()
            place = fault(data, space_end(data, 0), len(data))
            if place is not None:
                self._find_next(start + place)
                return False
        if elements:
            self._taken(elements)
            yield elements
        return True

    def _note_unreadable(self) -> None:
        self.damage.unreadable += 1
        self.damage.first_unreadable = self.damage.first_unreadable or self.count

    def _without_end(self, stop: int) -> Iterator[list[Element]]:
        """Reads on where an element has no end before ``stop``; or passes over it."""
        length = stop - self._at
        place = fault(self._data, self._at, stop) if length <= _JUDGED else None
        if place is None and stop < len(self._data):
            self._reach = min(8 * self._reach, _CALM)
            return
        if place is None and self._grow():
            return
        if place is None and length > _JUDGED:
            place = fault(self._data, self._at, len(self._data))
        if place is None and self._ended:
            yield from self._take_last()
            return
        self.count += 1
        self._note_unreadable()
        if place is not None:
            self._find_next(place)
        elif not (yield from self._skip_value()):
            self._open, self.damage.cut = False, True

    def _take_last(self) -> Iterator[list[Element]]:
        """At a cut: the last element, if it is whole and only what follows it is missing."""
        self._open, self.damage.cut = False, True
        end = value_end(self._data, self._at)
        if end is not None and (yield from self._one_by_one([(self._at, end)])):
            self._at = end

    def _find_next(self, place: int) -> None:
        """Goes to the next element behind a damaged one: what looks like one, and is one.

        Looking for it in a file that is made to deceive is bounded by the bytes read.
        """
        self._reach, self._at = _NEAR, place
        while True:
            while len(self._data) - self._at < _WINDOW and self._fill():
                pass
            found = _START.search(self._data, self._at)
            if found is not None:
                self._at = self._data.index(b"{", found.start() + 1)
                while len(self._data) - self._at < _WINDOW and self._fill():
                    pass
                if self._starts_element():
                    return
            elif self._ended:
                self._open, self.damage.broken = False, True
                self._at = len(self._data)
                return
            else:
                self._at = max(self._at, len(self._data) - _MARGIN)

    def _starts_element(self) -> bool:
        """Whether a whole element begins here, as far as may still be looked."""
        if self._tries <= 0:
            self._at = len(self._data)
            return False
        stop = min(len(self._data), self._at + _WINDOW)
        end = value_end(self._data, self._at, stop)
        self._tries -= (stop if end is None else end) - self._at
        return end is not None and self._looks_right(self._data[self._at : end])


def _text(key: bytes) -> str:
    try:
        return msgspec.json.decode(key, type=str)
    except UNDECODABLE:
        return key.decode("utf-8", "replace")
