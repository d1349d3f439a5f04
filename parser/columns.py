"""Columns of strings in as little memory as their bytes take.

A Python string costs 50 to 80 bytes besides its letters, and four bytes a letter where one of
them is an emoji. A million comments with five strings each would be larger in memory than
their file. So strings are kept in UTF-8, some hundred at a time in one block, and made when
someone asks: a third of a microsecond each.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar, cast, overload

Text = TypeVar("Text", bound="str | None")

SHIFT = 9
BLOCK = 1 << SHIFT
"""How many strings stand in one block; a power of two."""
_PLACE = BLOCK - 1
_NOTHING = "\0"
"""Stands for ``None``: no cleaned text holds it."""


class Strings(Sequence[Text], Generic[Text]):
    """A list of strings (and ``None``, if the type allows it) that can only grow."""

    __slots__ = ("_blocks", "_ends", "_tail")

    def __init__(self, texts: Iterable[Text] = ()) -> None:
        self._blocks: list[bytes] = []
        self._ends: list[array[int]] = []
        self._tail: list[str | None] = []
        self.extend(texts)

    def extend(self, texts: "Iterable[Text]") -> None:
        """Appends strings. Lone surrogates survive."""
        self._tail.extend(texts)
        if len(self._tail) >= BLOCK:
            self._pack()

    def append(self, text: Text) -> None:
        self.extend((text,))

    def _pack(self) -> None:
        """Moves whole blocks out of the tail."""
        whole = len(self._tail) & ~_PLACE
        for start in range(0, whole, BLOCK):
            block, ends = _packed(self._tail[start : start + BLOCK])
            self._blocks.append(block)
            self._ends.append(ends)
        del self._tail[:whole]

    def __len__(self) -> int:
        return (len(self._blocks) << SHIFT) + len(self._tail)

    @overload
    def __getitem__(self, index: int) -> Text: ...
    @overload
    def __getitem__(self, index: slice) -> "list[Text]": ...
    def __getitem__(self, index: int | slice) -> "Text | list[Text]":
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        number = index >> SHIFT
        if 0 <= number < len(self._blocks):
            place, ends = index & _PLACE, self._ends[number]
            start = ends[place - 1] if place else 0
            packed = self._blocks[number][start : ends[place]]
            return cast("Text", _made(packed))
        if number < 0:
            raise IndexError(index)
        return cast("Text", self._tail[index - (len(self._blocks) << SHIFT)])

    def __iter__(self) -> Iterator[Text]:
        for block, ends in zip(self._blocks, self._ends, strict=True):
            start = 0
            for end in ends:
                yield cast("Text", _made(block[start:end]))
                start = end
        yield from cast("list[Text]", self._tail)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        others = cast("Sequence[object]", other)
        return len(self) == len(others) and all(
            mine == theirs for mine, theirs in zip(self, others, strict=True)
        )

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (it grows)

    def __repr__(self) -> str:
        return f"Strings({list(self)!r})"


def _packed(texts: list[str | None]) -> "tuple[bytes, array[int]]":
    """One block: the bytes of all, and where each ends."""
    try:
        known = cast("list[str]", texts)
        joined = "".join(known)
    except TypeError:
        if texts.count(None) == len(texts):
            return _EMPTY
        known = [_NOTHING if text is None else text for text in texts]
        joined = "".join(known)
    if joined.isascii():
        return joined.encode(), array("I", accumulate(map(len, known)))
    encoded = [text.encode("utf-8", "surrogatepass") for text in known]
    return b"".join(encoded), array("I", accumulate(map(len, encoded)))


_EMPTY = _NOTHING.encode() * BLOCK, array("I", range(1, BLOCK + 1))
"""A block without any text: one for all columns that the format does not fill."""


def _made(packed: bytes) -> str | None:
    text = packed.decode("utf-8", "surrogatepass")
    return None if text == _NOTHING else text
