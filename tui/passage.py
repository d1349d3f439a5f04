"""A passage of lines in parts, of which only those in sight are laid out.

The place is a part and a line in it, not a line's number in the whole: that would take all that
stands before it to be laid out. So the beginning, the end and any moment in a text of megabytes
are equally near.
"""

from collections.abc import Callable

from textual.strip import Strip

from tui.laid import Laid

Place = tuple[int, int]
"""A part and a line in it, both from 0."""

KEPT = 64
"""Parts whose lines are kept; the oldest is laid out anew when it is needed again."""
MOST_PASSED = 8
"""Parts that one step goes over at most, however many lines it is asked to go: half a second's
work at worst, and thousands of lines."""


class Passage:
    """``count`` parts, of which ``lay`` makes the lines; ``place`` is the first line in sight."""

    def __init__(self, count: int, lay: Callable[[int], Laid], place: Place = (0, 0)) -> None:
        self.count = count
        self._lay = lay
        self._kept: dict[int, Laid] = {}
        self._window: tuple[Place, int, list[Place]] | None = None
        self.place = self._nearest(place)

    def laid(self, part: int) -> Laid:
        """The lines of a part."""
        if (laid := self._kept.get(part)) is None:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            laid = self._kept[part] = self._lay(part)
        return laid

    def lines(self, part: int) -> list[Strip]:
        return self.laid(part).body

    # Going about

    def walk(self, place: Place, lines: int) -> Place:
        """The place so many lines on (back, if negative), or the nearest that there is."""
        part, line = place
        line += lines
        for _ in range(MOST_PASSED):
            if line < 0:
                if part == 0:
                    return self._nearest((0, 0))
                part -= 1
                line += len(self.lines(part))
            elif line >= (size := len(self.lines(part))):
                if part + 1 >= self.count:
                    return self.last
                part += 1
                line -= size
            else:
                return part, line
        return self._nearest((part, 0))

    def scroll(self, lines: int, rows: int) -> bool:
        """Move on by lines while ``rows`` are in sight; whether that moved anything."""
        return self.put(self.walk(self.place, lines), rows)

    def put(self, place: Place, rows: int) -> bool:
        """Make a place the first in sight, or the nearest that leaves no rows empty."""
        place = self._nearest(place)
        if len(self.window(rows, place)) < rows:
            place = self.walk(self.last, 1 - rows)
        moved, self.place = place != self.place, place
        return moved

    def bring_into_sight(self, place: Place, rows: int) -> bool:
        """Scroll as little as shows a place; whether that moved anything."""
        if place in self.window(rows):
            return False
        return self.put(place if place < self.place else self.walk(place, 1 - rows), rows)

    @property
    def last(self) -> Place:
        """The last line of all."""
        part = self.count - 1
        while part > 0 and not self.lines(part):
            part -= 1
        return max(0, part), max(0, len(self.lines(part)) - 1) if self.count else 0

    def window(self, rows: int, place: Place | None = None) -> list[Place]:
        """Where the lines stand that are in sight, from a place on."""
        begin = part, line = self.place if place is None else place
        if self._window is not None and self._window[:2] == (begin, rows):
            return self._window[2]
        found: list[Place] = []
        while part < self.count and len(found) < rows:
            stop = min(len(self.lines(part)), line + rows - len(found))
            found.extend((part, each) for each in range(line, stop))
            part, line = part + 1, 0
        self._window = begin, rows, found
        return found

    def line_number(self, place: Place) -> int:
        """Which line of the whole a place is, from 0: lays out all parts before it."""
        part, line = place
        return sum(len(self.lines(each)) for each in range(part)) + line

    def _nearest(self, place: Place) -> Place:
        """The place, or the last line before it where it is none, or else the first."""
        part, line = place
        if part >= self.count:
            return self.last
        while part > 0 and not self.lines(part):
            part, line = part - 1, len(self.lines(part - 1))
        if self.count and not self.lines(part):
            part = next((each for each in range(self.count) if self.lines(each)), 0)
            return part, 0
        return part, max(0, min(line, len(self.lines(part)) - 1)) if self.count else 0
