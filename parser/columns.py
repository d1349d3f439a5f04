"""The strings of all comments, in as little memory as their bytes take.

A Python string costs 50 to 80 bytes besides its letters, and four bytes a letter where one of
them is an emoji: a million comments with five strings each would be larger in memory than
their file. So they are kept as msgpack, some at a time in a block, and made when someone asks.
That happens at the speed of C both ways, and rows that are shown together stand together.
"""

from collections.abc import Iterable, Iterator, Sequence
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
