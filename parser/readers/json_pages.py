"""A site's answers saved one after another, or in an array: each an object with one array in it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from parser.readers.json_shape import object_in
from parser.readers.json_slices import JsonSlices

Element = TypeVar("Element")


class JsonPages(JsonSlices[Element]):
    """Hands over the elements of all documents' arrays as if they were one.

    A document may be as large as :class:`JsonSlices` reads them. An array of elements without
    a document around it is read too.
    """

    def pieces(self) -> Iterator[Sequence[Element]]:
        """The arrays' elements; none for what was read besides."""
        if self._skip_space() == b"[" and not self._holds_pages():
            yield from super().pieces()
            return
        open_lists, documents = 0, 0
        while (token := self._skip_space()) and not self.damage.cut:
            if token == b"{":
                self.found_array = False  # behind damage this one's is looked for
                yield from self._object()
                documents += 1
                is_other = not (self.found_array or self.damage.cut or self.damage.broken)
                self.damage.more = self.damage.more or (is_other and documents > 1)
            elif token in b"[,]":
                self._at += 1
                open_lists += (token == b"[") - (token == b"]")
            else:
                self.damage.broken = True
            if self.damage.broken:
                yield from self._arrays_behind_damage()
                return
        self.damage.cut = self.damage.cut or open_lists > 0

    def _holds_pages(self) -> bool:
        """Whether the first thing in the array that begins here has an array of its own."""
        self._look_ahead()
        return self._key in object_in(self.rest)

    def _arrays_behind_damage(self) -> Iterator[Sequence[Element]]:
        """Where damage hides which brackets belong together, the arrays are found by their key."""
        self.found_array = False
        yield from self._array_behind_damage()
        while self.found_array and not self.damage.cut:
            self.found_array = False
            yield from self._array_behind_damage()
