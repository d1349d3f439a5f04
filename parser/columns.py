"""The strings of all comments, in as little memory as their bytes take.

A Python string costs 50 to 80 bytes besides its letters, and four bytes a letter where one of
them is an emoji: a million comments with five strings each would be larger in memory than
their file. So they are kept as msgpack, some at a time in a block, and made when someone asks.
That happens at the speed of C both ways, and rows that are shown together stand together.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, Generic, TypeVar, cast, overload

import msgspec

Row = tuple[str, str | None, str | None, str | None, str | None, str | None, str]
"""A comment's id, author, author's name, author's id, age, date and text."""
ID: Final = 0
AUTHOR: Final = 1
NAME: Final = 2
AUTHOR_ID: Final = 3
AGE: Final = 4
PUBLISHED: Final = 5
TEXT: Final = 6

Text = TypeVar("Text", bound="str | None")

_SHIFT = 5
BLOCK = 1 << _SHIFT
"""How many rows stand in one block; a power of two."""
_PLACE = BLOCK - 1
KEPT = 256
"""Blocks that are kept unpacked, those asked for last: enough for who answers whom in a thread
of thousands."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Row]).decode


class Rows:
    """A list of rows that can only grow."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._blocks: list[bytes] = []
        self._tail: list[Row] = []
        self._unpacked: dict[int, list[Row]] = {}
        self.extend(rows)

    def extend(self, rows: Iterable[Row]) -> None:
        """Appends rows of cleaned strings."""
        tail = self._tail
        tail.extend(rows)
        whole = len(tail) & ~_PLACE
        if whole:
            self._blocks += [
                _encode(tail[start : start + BLOCK]) for start in range(0, whole, BLOCK)
            ]
            self._tail = tail[whole:]

    def __len__(self) -> int:
        return (len(self._blocks) << _SHIFT) + len(self._tail)

    def __getitem__(self, index: int) -> Row:
        number = index >> _SHIFT
        block = self._unpacked.get(number)
        if block is None:
            if not 0 <= number < len(self._blocks):
                if index < 0:
                    raise IndexError(index)
                return self._tail[index - (len(self._blocks) << _SHIFT)]
            block = self._block(number)
        return block[index & _PLACE]

    def stretch(self, start: int, stop: int) -> list[Row]:
        """The rows from ``start`` up to ``stop`` or the end; far cheaper than one by one."""
        whole = len(self._blocks) << _SHIFT
        rows: list[Row] = []
        for number in range(start >> _SHIFT, min(-(-stop >> _SHIFT), len(self._blocks))):
            begin = number << _SHIFT
            block = self._block(number)
            if start > begin or stop < begin + BLOCK:
                block = block[max(0, start - begin) : stop - begin]
            rows += block
        if stop > whole:
            rows += self._tail[max(0, start - whole) : stop - whole]
        return rows

    def rename(self, names: Mapping[int, str]) -> Iterator[None]:
        """Gives rows, by their numbers, other ids; a block a step."""
        for number, indices in groupby(sorted(names), lambda index: index >> _SHIFT):
            is_whole = number < len(self._blocks)
            block = self._block(number) if is_whole else self._tail
            for index in indices:
                block[index & _PLACE] = (names[index], *block[index & _PLACE][1:])
            if is_whole:
                self._blocks[number] = _encode(block)
            yield

    def _block(self, number: int) -> list[Row]:
        block = self._unpacked.get(number)
        if block is None:
            block = _decode(self._blocks[number])
            if len(self._unpacked) >= KEPT:
                self._unpacked.pop(next(iter(self._unpacked)), None)
            self._unpacked[number] = block
        return block

    def __iter__(self) -> Iterator[Row]:
        for block in self._blocks:
            yield from _decode(block)
        yield from self._tail


class Arranged(Rows):
    """Rows in another order than the one in which they came, without a second copy of them.

    ``order`` has a number for each row: its place in ``rows``, or behind those in ``late``.
    """

    def __init__(self, rows: Rows, late: Rows, order: "array[int]") -> None:
        self._rows = rows
        self._late = late
        self._order = order
        super().__init__()

    def extend(self, rows: Iterable[Row]) -> None:
        begin = len(self._rows) + len(self._late)
        self._late.extend(rows)
        self._order.extend(range(begin, len(self._rows) + len(self._late)))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> Row:
        if index < 0:
            raise IndexError(index)
        place, first = self._order[index], len(self._rows)
        return self._rows[place] if place < first else self._late[place - first]

    def stretch(self, start: int, stop: int) -> list[Row]:
        rows: list[Row] = []
        for begin, end in _runs(self._order[start:stop]):
            rows += self._came_between(begin, end)
        return rows

    def _came_between(self, begin: int, end: int) -> list[Row]:
        first = len(self._rows)
        if end <= first:
            return self._rows.stretch(begin, end)
        late = self._late.stretch(max(0, begin - first), end - first)
        return late if begin >= first else self._rows.stretch(begin, first) + late

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), KEPT):
            yield from self.stretch(start, start + KEPT)

    def rename(self, names: Mapping[int, str]) -> Iterator[None]:
        first = len(self._rows)
        places = {self._order[index]: name for index, name in names.items()}
        yield from self._rows.rename({n: name for n, name in places.items() if n < first})
        yield from self._late.rename({n - first: name for n, name in places.items() if n >= first})


def _runs(places: "array[int]") -> Iterator[tuple[int, int]]:
    """Stretches of places that follow each other: where each begins, and where it has ended."""
    if not places:
        return
    begin = end = places[0]
    for place in places:
        if place != end:
            yield begin, end
            begin = place
        end = place + 1
    yield begin, end


class Column(Sequence[Text], Generic[Text]):
    """One string of each row, as a sequence."""

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (it grows)

    def __init__(self, rows: Rows, place: int) -> None:
        self._rows = rows
        self._place = place

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Text: ...
    @overload
    def __getitem__(self, index: slice) -> "list[Text]": ...
    def __getitem__(self, index: int | slice) -> "Text | list[Text]":
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        return cast("Text", self._rows[index][self._place])

    def __iter__(self) -> Iterator[Text]:
        return cast("Iterator[Text]", map(itemgetter(self._place), self._rows))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return list(self) == list(cast("Sequence[object]", other))

    def __repr__(self) -> str:
        return f"Column({list(self)!r})"
