"""The lines of a text, and which of them are items of a list of times.

A list item has its time first (``- 3. [1:20] Title``) or last (``Title … 1:20``) on the line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from parser.text.marks import Citation, Timestamp

Place = Literal["first", "last", "alone"]


class Line(msgspec.Struct, frozen=True, gc=False):
    """The span of one line without its line break and the white space around it."""

    start: int
    end: int


class ListItem(msgspec.Struct, frozen=True, gc=False):
    """A line with a time at its beginning or end (``alone``: with nothing else).

    ``line`` ends before the citations that end it, ``full_end`` is behind them.
    """

    line: Line
    time: Timestamp
    place: Place
    full_end: int


_LEAD = re.compile(r"[\W_]*(?:(?:\d{1,3}|[IVXivx]{1,5}(?=[.)]))(?!\d)[\W_]*)?")
"""Before a time that is first: bullets, emoji, brackets, and at most one number of the list."""
_TAIL = re.compile(r"[\W_]*")
_CITATION_JOINTS = frozenset(" \t\xa0,;[]［］【】")
_BEFORE_CITATION = frozenset(" \t\xa0,;[［【")


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


def list_items(
    text: str, times: Sequence[Timestamp], citations: Sequence[Citation] = ()
) -> tuple[ListItem, ...]:
    """Every line of a text that is a list item, in order.

    ``times`` and ``citations`` are the whole text's, in order.
    """
    if not times:
        return ()
    ends = {mark.end: mark for mark in citations}
    found: list[ListItem] = []
    place = 0
    for line in lines(text):
        begin = place
        while place < len(times) and times[place].end <= line.end:
            place += 1
        if place > begin:
            bare = Line(line.start, _without_citations(text, line, ends))
            item = _list_item(text, bare, times[begin:place], line.end)
            if item is not None:
                found.append(item)
    return tuple(found)


def _without_citations(text: str, line: Line, ends: dict[int, Citation]) -> int:
    """Where a line ends when the run of citations that ends it is left out."""
    end = line.end
    while ends:
        stop = end
        while stop > line.start and text[stop - 1] in _CITATION_JOINTS and stop not in ends:
            stop -= 1
        mark = ends.get(stop)
        if mark is None or mark.start < line.start:
            break
        end = mark.start
    while end > line.start and end < line.end and text[end - 1] in _BEFORE_CITATION:
        end -= 1
    return end


def _list_item(text: str, line: Line, times: Sequence[Timestamp], full_end: int) -> ListItem | None:
    """What a line is as an item of a list; ``times`` are those on this line, in order."""
    first, last = times[0], times[-1]
    leads = _LEAD.fullmatch(text, line.start, first.start) is not None
    ends = _TAIL.fullmatch(text, last.end, max(last.end, line.end)) is not None
    if leads:
        place: Place = "alone" if ends and first is last else "first"
        return ListItem(line, first, place, full_end)
    return ListItem(line, last, "last", full_end) if ends else None
