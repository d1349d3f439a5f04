"""The marks by which a text cites: ``[1]``, ``[2, 3]``, ``[4-6]``, ``[Smith20]``.

Whether a mark cites anything depends on the lists that a discussion holds; these are candidates.
"""

import re
from collections.abc import Iterator

from parser.text.marks import Citation

LABEL = r"(?:\d{1,3}|[A-Za-z]{1,16}\d{1,4}[a-z]?|[A-Za-z]|\*{1,3}|†)"
"""What a label looks like, as a regular expression without groups."""

_MARK = re.compile(rf"[\[［【]\s?({LABEL}(?:\s?[,;–-]\s?{LABEL}){{0,20}})\s?[\]］】]")
_PIECE = re.compile(rf"({LABEL})(?:\s?[–-]\s?({LABEL}))?")
_MOST_IN_RANGE = 30
BRACKETS = ("[", "［", "【")
"""What a mark begins with."""


def may_hold_marks(text: str) -> bool:
    """A cheap look: whether reading the text's marks can find any."""
    return any(bracket in text for bracket in BRACKETS)


def find_marks(text: str) -> tuple[Citation, ...]:
    """Every mark that may cite, in order; one for each label of ``[1, 2]``.

    A mark of its own spans its brackets, one of several only its label, and those that a range
    stands for all span the range.
    """
    if not may_hold_marks(text):
        return ()
    return tuple(mark for match in _MARK.finditer(text) for mark in _labels(match))


def _labels(match: re.Match[str]) -> Iterator[Citation]:
    inside = match[1]
    pieces = list(_PIECE.finditer(inside))
    alone = len(pieces) == 1
    for piece in pieces:
        span = (
            match.span()
            if alone
            else (match.start(1) + piece.start(), match.start(1) + piece.end())
        )
        for label in _expanded(piece[1], piece[2]):
            yield Citation(*span, label)


def _expanded(first: str, last: str | None) -> list[str]:
    """The labels that ``1-3`` stands for; a range of anything but ascending numbers is its ends."""
    if last is None:
        return [first]
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MOST_IN_RANGE:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [first, last]
