"""The lines of a text, and which of them are items of a list of times.

A list item has its time first (``- 3. [1:20] Title``) or last (``Title … 1:20``) on the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parser.text.marks import Timestamp

Place = Literal["first", "last", "alone"]


@dataclass(frozen=True, slots=True)
class Line:
    """The span of one line without its line break and the white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line with a time at its beginning or end (``alone``: with nothing else)."""

    line: Line
    time: Timestamp
    place: Place


_LEAD = re.compile(r"[\W_]*(?:(?:\d{1,3}|[IVXivx]{1,5}(?=[.)]))(?!\d)[\W_]*)?")
"""Before a time that is first: bullets, emoji, brackets, and at most one number of the list."""
_TAIL = re.compile(r"[\W_]*")


def lines(text: str) -> Iterator[Line]:
    """Every line of a text, empty ones too."""
    start = 0
    while True:
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop
        first, last = start, end
        while last > first and text[last - 1].isspace():
            last -= 1
        while first < last and text[first].isspace():
            first += 1
        yield Line(first, last)
        if stop < 0:
            return
        start = stop + 1


def list_item(text: str, line: Line, times: Sequence[Timestamp]) -> ListItem | None:
    """What a line is as an item of a list; ``times`` are those on this line, in order."""
    if not times:
        return None
    first, last = times[0], times[-1]
    leads = _LEAD.fullmatch(text, line.start, first.start) is not None
    if leads and first is last and _TAIL.fullmatch(text, last.end, line.end):
        return ListItem(line, first, "alone")
    if leads:
        return ListItem(line, first, "first")
    if _TAIL.fullmatch(text, last.end, line.end):
        return ListItem(line, last, "last")
    return None


def list_items(text: str, times: Sequence[Timestamp]) -> tuple[ListItem, ...]:
    """Every line of a text that is a list item, in order; ``times`` are the whole text's."""
    if not times:
        return ()
    found: list[ListItem] = []
    place = 0
    for line in lines(text):
        begin = place
        while place < len(times) and times[place].end <= line.end:
            place += 1
        item = list_item(text, line, times[begin:place])
        if item is not None:
            found.append(item)
    return tuple(found)
