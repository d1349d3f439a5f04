"""JSON cut where an element begins as the first one did.

Some sites nest objects that look like the elements that they stand in, so that the last place
where one object ends and another begins is hardly ever between two elements. But a program
writes all elements alike: the same key first, the same white space before it.
"""

import re
from typing import TypeVar

from parser.readers.json_slices import UNDECODABLE, JsonSlices
from parser.readers.json_walk import BLANKS

Element = TypeVar("Element")

OPENING = re.compile(rb'\{\s{0,64}"(?:kind"\s{0,9}:\s{0,9}"[^"\\]{1,64}|[^"\\]{1,64})"')
"""How an element begins: with its first key, and its kind where it tells that."""
_ENOUGH = 1 << 20
"""Bytes in which an element that begins as the first one is found, if there is any."""


class ByOpening(JsonSlices[Element]):
    """Cuts at elements that begin as the first one; where that is none, as its base does."""

    _opening: bytes | None = None
    """How elements begin; empty where it is not known, ``None`` before the first one."""

    def _by_guess(self) -> list[Element] | None:
        if self._opening is None:
            found = OPENING.match(self._data, self._at)
            self._opening = found[0] if found else b""
        if not self._opening:
            return super()._by_guess()
        stop = self._stop()
        place = self._data.rfind(self._opening, self._at + 1, stop)
        if place < 0:
            return [] if stop == len(self._data) and self._may_read_on() else None
        data = self._data[self._at : place].rstrip(BLANKS)
        if not data.endswith(b","):
            return None
        try:
            elements = self._decode(b"[%b]" % data[:-1])
        except UNDECODABLE:
            return None
        self._at = place
        self._taken(elements)
        return elements

    def _needs_more(self) -> bool:
        return self._stop() == len(self._data)

    def _stop(self) -> int:
        """Where the array has ended for certain."""
        return len(self._data)

    def _may_read_on(self) -> bool:
        """Whether the next element may stand in what has not been read yet."""
        return not self._ended and len(self._data) - self._at < _ENOUGH
