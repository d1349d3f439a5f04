"""A JSON document that is read block by block: what was read of it, and taking values from it."""

from codecs import BOM_UTF8
from collections.abc import Generator, Iterator, Sequence
from typing import Never

from parser.readers.json_walk import mark_end, space_end, string_end, value_end

LONGEST = 16 * 1024**2
"""Bytes after which a value without an end is passed over."""


class JsonBuffer:
    """What was read and not yet taken: ``_data`` from ``_at`` on.

    ``_block`` counts the blocks that were read, ``_read`` their bytes; ``_ended``: there are
    no more. What takes long yields now and then.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._data = b""
        self._at = 0
        self._block = 0
        self._read = 0
        self._ended = False

    def _fill(self) -> bool:
        """Reads one more block behind what is left; ``False`` at the end."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._data = self._data[self._at :] + block
        self._at = 0
        self._block += 1
        self._read += len(block)
        return True

    def _grow(self) -> bool:
        """Reads on until there is twice as much; ``False`` at the end, or at the limit."""
        length = len(self._data) - self._at
        if length > LONGEST or not self._fill():
            return False
        while len(self._data) < 2 * length and self._fill():
            pass
        return True

    def _skip_space(self) -> bytes:
        """The next byte that is no white space; empty at the end.

        Files that were put one behind the other may each begin with a mark.
        """
        while True:
            self._at = space_end(self._data, self._at)
            following = self._data[self._at : self._at + len(BOM_UTF8)]
            if following == BOM_UTF8:
                self._at += len(BOM_UTF8)
            elif not BOM_UTF8.startswith(following) or not self._fill():
                return following[:1]

    def _value(self) -> bytes | None:
        """The bytes of the value that begins here; ``None`` when it has no end, or is too long."""
        while (end := value_end(self._data, self._at)) is None:
            if not self._grow():
                return None
        value = self._data[self._at : end]
        self._at = end
        return value

    def _skip_value(self) -> Generator[Sequence[Never], None, bool]:
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
                yield ()
            self._at = end
        return False

    def _skip_string(self) -> Generator[Sequence[Never], None, bool]:
        while True:
            self._at = string_end(self._data, self._at)
            if self._data[self._at : self._at + 1] == b'"':
                self._at += 1
                return True
            if not self._fill():
                return False
            yield ()
