"""What a terminal would show, drawn from a program's output."""

import re

import pyte

_UNKNOWN = re.compile(rb"\x1b\[[<=>?][0-9;]*u")
"""The kitty keyboard's modes, which the library would print."""


class Screen:
    """A terminal's screen without a terminal."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        """Take in what the program wrote."""
        self._stream.feed(_UNKNOWN.sub(b"", data))

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without the blanks at their ends.

        A wide letter's second cell is empty, also where a narrow one was written over its
        first: the library's own ``display`` stumbles over that.
        """
        rows, columns = range(self._screen.lines), range(self._screen.columns)
        buffer = self._screen.buffer
        return ["".join([buffer[y][x].data for x in columns]).rstrip() for y in rows]
