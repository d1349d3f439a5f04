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
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

from parser.readers.json_buffer import JsonBuffer
from parser.readers.json_damage import Damage
from parser.readers.json_walk import (
    BLANKS,
    End,
    fault,
    space_end,
    value_end,
    walk,
)

Element = TypeVar("Element")
Span = tuple[int, int]

UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for what it cannot decode."""

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


class JsonSlices(JsonBuffer, Generic[Element]):
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
        super().__init__(blocks)
        self._key = key
        self._decode = decode
        self._decode_one = decode_one
        self._looks_right = looks_right
        self._wanted = wanted
        self._member = member
        self._style, self._gap = b'},{"', 1
        self._reach = _CALM
        self._looked = 0
        self._open = False
        self.count: int = 0
        self.first = 1
        self.damage = Damage()
        self.found_array = False
        self.inside = False

    def pieces(self) -> Iterator[Sequence[Element]]:
        """The array's elements; none for what was read besides."""
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

    def _behind(self) -> Iterator[Sequence[Element]]:
        """Reads to the end, so that what is wrong with the file's packing is met."""
        while not self.damage.cut and self._skip_space():
            self.damage.more = not self.damage.broken
            self._at = len(self._data)
            yield ()

    # The top level

    def _object(self) -> Iterator[Sequence[Element]]:
        self._at += 1
        while (token := self._skip_space()) != b"}":
            blocks = self._block
            if token == b",":
                self._at += 1
            elif not (yield from self._take_member(token)):
                return
            if self._block > blocks:
                yield ()
        self._at += 1

    def _take_member(self, token: bytes) -> Generator[Sequence[Element], None, bool]:
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

    def _array_behind_damage(self) -> Iterator[Sequence[Element]]:
        """Looks for the array, behind something that is no member."""
        self.damage.broken = True
        if self.found_array:
            return
        opening = re.compile(b'"' + re.escape(self._key.encode()) + rb'"\s{0,9}:\s{0,9}\[')
        while (found := opening.search(self._data, self._at)) is None:
            self._at = max(self._at, len(self._data) - _MARGIN)
            if not self._fill():
                return
            yield ()
        self._at = found.end() - 1
        yield from self._array()

    # The array

    def _array(self) -> Iterator[Sequence[Element]]:
        self.found_array = self._open = self.inside = True
        self._at += 1
        while self._open:
            token = self._skip_space()
            if token == b"]":
                self._at += 1
                self._close_array()
                continue
            if not token:
                self.damage.cut = True
                return
            if token == b"[":
                self._look_ahead()
            if token == b"," or self._is_stray(self._at):
                self._at += 1
                continue
            elements = self._by_guess() if self._reach >= _CALM else None
            if elements is None:
                yield from self._by_walking()
                continue
            if elements:
                yield elements
            if self._needs_more():
                self._fill()  # behind what was found: of a slow pipe that may be long in coming

    def _needs_more(self) -> bool:
        """Whether, behind what was found, there is too little to find more in."""
        return True

    def _is_stray(self, place: int) -> bool:
        """Whether a bracket at ``place`` opens nothing: elements stand behind it."""
        if self._data[place : place + 1] != b"[":
            return False
        if not self._starts_element(space_end(self._data, place + 1)):
            return False
        self.damage.stray = True
        return True

    def _look_ahead(self) -> None:
        """Sees to it that as much is read as an element may be long."""
        while len(self._data) - self._at < _WINDOW and self._fill():
            pass

    def _close_array(self) -> None:
        """Takes the array for ended, unless elements follow: then a bracket was wrong."""
        self._look_ahead()
        start = self._element_behind(space_end(self._data, self._at))
        if start is None:
            self._open = self.inside = False
        else:
            self.damage.stray, self._at = True, start

    def _element_behind(self, place: int) -> int | None:
        """Where an element begins behind a bracket that seems to close the array."""
        following = self._data[place : place + 1]
        start = space_end(self._data, place + 1) if following == b"," else place
        if following == b'"' and (found := _START.search(self._data, place)) is not None:
            start = self._data.index(b"{", found.start() + 1)
        return start if self._starts_element(start) else None

    def _by_guess(self) -> list[Element] | None:
        """The elements up to the last place that looks like a cut, if it is one."""
        place = self._data.rfind(self._style, self._at)
        if place < 0 and (place := self._other_style()) < 0:
            return None
        try:
            elements = self._decode(b"[%b]" % memoryview(self._data)[self._at : place + 1])
        except UNDECODABLE:
            return None
        self._at = place + 1 + self._gap
        self._taken(elements)
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

    def _by_walking(self) -> Iterator[Sequence[Element]]:
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
            if end is End.CLOSED:
                self._close_array()
            elif stop == len(self._data):
                self._fill()

    def _decode_spans(self, spans: list[Span]) -> Generator[Sequence[Element], None, bool]:
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

    def _one_by_one(self, spans: list[Span]) -> Generator[Sequence[Element], None, bool]:
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
            inside = space_end(self._data, start)
            if self._is_stray(inside):
                self._at = inside + 1
                return False
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

    def _without_end(self, stop: int) -> Iterator[Sequence[Element]]:
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

    def _take_last(self) -> Iterator[Sequence[Element]]:
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
            self._look_ahead()
            found = _START.search(self._data, self._at)
            if found is not None:
                self._at = self._data.index(b"{", found.start() + 1)
                self._look_ahead()
                if self._starts_element(self._at):
                    return
            elif self._ended:
                self._open, self.damage.broken = False, True
                self._at = len(self._data)
                return
            else:
                self._at = max(self._at, len(self._data) - _MARGIN)

    def _starts_element(self, place: int) -> bool:
        """Whether a whole element begins at ``place``, as far as may still be looked."""
        if self._looked > _TRIES * self._read + _WINDOW:
            return False
        if self._data[place : place + 1] != b"{":
            return False
        stop = min(len(self._data), place + _WINDOW)
        end = value_end(self._data, place, stop)
        self._looked += (stop if end is None else end) - place
        return end is not None and self._looks_right(self._data[place:end])


def _text(key: bytes) -> str:
    try:
        return msgspec.json.decode(key, type=str)
    except UNDECODABLE:
        return key.decode("utf-8", "replace")
