"""Breaks lines at a terminal's width, counting its cells and not characters."""

import unicodedata

_WIDE = frozenset("WF")
_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))
_TAB = 4
"""Cells that a tab is counted as."""


def cells(text: str) -> int:
    """How many cells the text takes: 2 for a wide character, 0 for a mark."""
    return len(text) if text.isascii() and "\t" not in text else sum(map(_cells_of, text))


def wrap(line: str, width: int) -> list[str]:
    """The line in pieces of at most ``width`` cells, broken at spaces.

    Its indentation stays on the first piece. Wide characters (CJK) may be parted anywhere;
    another word longer than the width, such as a link, stays whole, or it could not be
    copied. An empty line is one empty piece.
    """
    pieces: list[str] = []
    piece: list[str] = []
    used = 0
    for word in _words(line):
        space = cells(word)
        if used and used + space > width and not word.isspace():
            pieces.append("".join(piece).rstrip(" "))
            piece, used = [], 0
        if used or not pieces or not word.isspace():
            piece.append(word)
            used += space
    if piece or not pieces:
        last = "".join(piece)
        pieces.append(last if used <= width else last.rstrip(" "))
    return pieces


def _words(line: str) -> list[str]:
    """Runs of spaces, runs of narrow characters, and wide characters one by one."""
    words: list[str] = []
    start = 0
    kind = ""
    for at, char in enumerate(line):
        here = _kind(char)
        if at and (here != kind or here == "wide") and not _joins(char):
            words.append(line[start:at])
            start = at
        if not _joins(char):
            kind = here
    if start < len(line):
        words.append(line[start:])
    return words


def _kind(char: str) -> str:
    if char == " ":
        return "space"
    return "wide" if not char.isascii() and unicodedata.east_asian_width(char) in _WIDE else "word"


def _joins(char: str) -> bool:
    """Whether a character belongs to the one before it, as accents and joiners do."""
    return not char.isascii() and unicodedata.category(char) in _NO_WIDTH


def _cells_of(char: str) -> int:
    if char == "\t":
        return _TAB
    if _joins(char):
        return 0
    return 2 if _kind(char) == "wide" else 1
