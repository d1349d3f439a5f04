"""The pages of an answer of many: in each an array of elements, which is read as it comes.

A page may be as long as all of a discussion, so none is held whole.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from parser.readers.json_openings import OPENING, ByOpening

Element = TypeVar("Element")


class JsonPages(ByOpening[Element]):
    """Hands over the elements of all pages, which stand one behind the other or in an array."""

    _page = b""
    """How the page begins that is being read."""

    def pieces(self) -> Iterator[Sequence[Element]]:
        """The elements; none for what was read besides."""
        is_broken = False
        opened = 0
        while not self.damage.cut and (token := self._skip_space()):
            # A page is read as if there had been no damage before it.
            self.damage.broken = self.found_array = False
            self._opening = None
            if token == b"{":
                begins = OPENING.match(self._data, self._at)
                self._page = begins[0] if begins else b""
                yield from self._object()
            elif token in b"[],}":
                opened += {b"[": 1, b"]": -1}.get(token, 0)
                self._at += 1
            else:
                yield from self._pass_damage()
            is_broken = is_broken or self.damage.broken
        self.damage.broken = is_broken
        self.damage.cut = self.damage.cut or (opened > 0 and not is_broken)

    def _stop(self) -> int:
        """Where the next page begins, if it begins as this one."""
        place = self._data.find(self._page, self._at) if self._page else -1
        return len(self._data) if place < 0 else place

    def _pass_damage(self) -> Iterator[Sequence[Element]]:
        """Behind something that is no page: the next array of elements."""
        yield from self._array_behind_damage()
        if not self.found_array:
            self._at = len(self._data)
