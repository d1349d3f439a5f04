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
        """The screen's lines, without the blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]
