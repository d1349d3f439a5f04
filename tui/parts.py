"""Cutting a very long text into parts that are laid out one at a time.

A comment of a few thousand letters is one part. One of megabytes is cut into parts of a few
dozen to some hundred lines, without regard to any width, so that each can be laid out alone:
whoever scrolls, jumps to the end or to a moment lays out the parts in sight and no others. A
part ends with a line of the text, else with a word, else between two letters; there one line
on the screen is shorter than it might be.
"""

from functools import lru_cache
from unicodedata import category

import msgspec

WHOLE = 16_384
"""Code points up to which a text is laid out in one part (no site allows so many) ..."""
WHOLE_LINES = 1024
"""... unless it has more line breaks than this."""
PART = 4096
"""Code points of a part; with all marks that fit in them, laying it out takes some 30 ms."""
PART_LINES = 512
_JOINERS = frozenset("\u200c\u200d")
_MOST_BACK = 64
"""Code points that a cut is moved back by so that no letter is torn from its marks."""


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A part of a text, in code points; what stands between two parts is white space."""

    start: int
    end: int


def parts_of(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The parts of ``text[start:end]``, in order; at least one."""
    if end - start <= WHOLE and text.count("\n", start, end) <= WHOLE_LINES:
        return (Stretch(start, end),)
    return _cut(text, start, end)


@lru_cache(maxsize=2)
def _cut(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    while start < end:
        stop, following = _part_end(text, start, end)
        found.append(Stretch(start, stop))
        start = following
    return tuple(found)


def _part_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the part ends that begins at ``start``, and where the next one begins."""
    stop = start + PART
    if text.count("\n", start, stop) > PART_LINES:
        stop = start + PART_LINES
    if stop >= end:
        return end, end
    for sign in ("\n", " "):
        found = text.rfind(sign, start + (stop - start) // 2, stop)
        if found >= 0:
            return found, found + 1
    stop = _between_letters(text, stop)
    return stop, stop


def _between_letters(text: str, place: int) -> int:
    """The place, or one shortly before it at which no letter loses its marks."""
    for back in range(place, place - _MOST_BACK, -1):
        if not _belongs_to_last(text[back]) and text[back - 1] not in _JOINERS:
            return back
    return place


def _belongs_to_last(character: str) -> bool:
    """Whether a character is drawn on or with the one before it."""
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U0001f1e6" <= character <= "\U0001f1ff":
        return True
    return character in _JOINERS or category(character) in ("Mn", "Me", "Mc")
