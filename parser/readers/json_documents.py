"""JSON documents of which a file holds many: a line each, one behind the other, or in an array.

A program that appends a line for each comment, or someone who saved a site's answers one after
another, makes such files. Where each line is a document of its own, damage costs its line; else
a document ends where its brackets do, and behind damage the next begins at the start of a line.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from parser.readers.json_slices import UNDECODABLE, JsonSlices
from parser.readers.json_walk import BLANKS, value_end

Element = TypeVar("Element")

_NEXT = re.compile(rb"\n[ \t]*+\{")
"""Where behind damage a document may begin."""
_MOST = 1000
"""Documents in a piece: very short ones, and what is none, cost more than their bytes."""
_PIECE = 32 * 1024
"""Bytes of documents in a piece, about: so that the first comments are there at once."""
_BETWEEN = BLANKS + b"," + BOM_UTF8
"""What may stand between documents: files that were put together may each begin with a mark."""
_LOOKS = 16
"""Bytes that may be looked at in vain for a document's end, for each byte of the file."""
_LINE_START = re.compile(rb"[\r\n]")


class JsonDocuments(JsonSlices[Element]):
    """Hands over documents in pieces, as :class:`JsonSlices` does with an array's elements.

    ``decode_one`` makes an element of a document, given its place from 1; ``None`` when that
    is hopeless. ``decode`` does so for an array of documents, in which case they may be large:
    each is held whole.
    """

    def __init__(
        self,
        blocks: Iterator[bytes],
        *,
        decode: Callable[[bytes], list[Element]],
        decode_one: Callable[[bytes, int], Element | None],
        looks_right: Callable[[bytes], bool],
    ) -> None:
        super().__init__(
            blocks,
            "",
            decode=decode,
            decode_one=decode_one,
            looks_right=looks_right,
            wanted=lambda _key: False,
            member=lambda _key, _value: None,
        )

    def pieces(self) -> Iterator[Sequence[Element]]:
        """The documents; none for what was read besides."""
        opening = self._skip_space()
        if opening == b"[":
            yield from super().pieces()
            return
        self.found_array = self.inside = True
        is_by_line = self._is_by_line()
        while self._skip_space():
            yield from self._decoded(self._lines() if is_by_line else self._documents())
        self.inside = self.damage.cut

    def _is_by_line(self) -> bool:
        """Whether the first line is a document of its own, or as much as can be had of one."""
        while (found := _LINE_START.search(self._data, self._at)) is None:
            if not self._grow():
                return False
        line = self._data[self._at : found.start()]
        if _is_whole(line):
            return True
        end = value_end(line + b"\n", 0)
        return end is not None and bool(line[:end])

    def _lines(self) -> list[bytes]:
        """The next lines that were read to their ends, at the file's end the last one too."""
        last = self._data.rfind(b"\n", self._at)
        if last < 0:
            if self._grow():
                return []
            last = len(self._data)
        lines = self._data[self._at : last].split(b"\n", _MOST)
        if len(lines) > _MOST:
            last -= len(lines.pop())
        self._at = last
        if len(lines) < _MOST:
            self._fill()
        return [line for line in map(self._stripped, lines) if line]

    def _documents(self) -> list[bytes]:
        """The next documents, those that begin in what has been read."""
        documents: list[bytes] = []
        block, looked = self._block, self._looked
        while self._block == block and self._looked == looked and len(documents) < _MOST:
            if not self._skip_space():
                break
            documents.append(self._document())
        return [data for data in documents if data]

    def _document(self) -> bytes:
        """The document that begins here, or what there is of it."""
        end = self._document_end()
        data = self._stripped(self._data[self._at : end])
        self._at = max(end, self._at + 1)
        return data

    def _document_end(self) -> int:
        """Where the document ends; behind damage, where the next may begin.

        Looking for what has no end is bounded by the bytes read: behind too much of it a
        document does not reach beyond the next one's beginning.
        """
        is_bounded = self._looked > _LOOKS * self._read
        while True:
            stop = self._behind_damage() if is_bounded else len(self._data)
            end = value_end(self._data, self._at, stop)
            if end is not None or stop < len(self._data):
                return stop if end is None else end
            if not self._grow():
                self._looked += len(self._data) - self._at
                return self._behind_damage()

    def _stripped(self, data: bytes) -> bytes:
        return data.strip(_BETWEEN)

    def _behind_damage(self) -> int:
        found = _NEXT.search(self._data, self._at + 1)
        return len(self._data) if found is None else found.start()

    def _decoded(self, documents: list[bytes]) -> Iterator[Sequence[Element]]:
        """The elements of some documents; those in front of a damaged one are a piece."""
        elements: list[Element] = []
        length = 0
        for place, data in enumerate(documents, 1):
            if length > _PIECE:
                yield self._piece(elements)
                elements, length = [], 0
            one = self._decode_one(data, self.count + 1)
            if one is not None:
                self.count += 1
                elements.append(one)
                length += len(data)
                continue
            if elements:
                yield self._piece(elements)
                elements = []
            is_last = place == len(documents) and self._ended and self._at >= len(self._data)
            if is_last and value_end(data, 0) is None:
                self.damage.cut = True
            else:
                self.count += 1
                self._note_unreadable()
        yield self._piece(elements)

    def _piece(self, elements: list[Element]) -> list[Element]:
        self.first = self.count - len(elements) + 1
        return elements


def _is_whole(line: bytes) -> bool:
    """Whether a line is one document and well formed: found out ten times as fast as its end."""
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except UNDECODABLE:
        return False
    return True
