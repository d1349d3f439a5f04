"""One line on standard error that says how far the fetching is.

Where standard error is no terminal nothing is said.
"""

import os
import sys
from typing import TextIO

_COLUMNS = 80


class LiveLine:
    """A line that is written anew in its place, and gone once it is cleared."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._is_terminal = self._stream.isatty()
        self._shown = ""

    def show(self, text: str) -> None:
        """Shows as much of the text as fits; it is to be of one-cell characters."""
        if not self._is_terminal:
            return
        text = text[: self._columns() - 1]
        if text != self._shown:
            # Blanks and no escape sequence: Windows' old consoles know none.
            self._stream.write("\r" + text.ljust(len(self._shown)))
            self._stream.flush()
            self._shown = text

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            self._stream.write("\r" + " " * len(self._shown) + "\r")
            self._stream.flush()
            self._shown = ""

    def _columns(self) -> int:
        try:
            return max(2, os.get_terminal_size(self._stream.fileno()).columns or _COLUMNS)
        except (OSError, ValueError):
            return _COLUMNS
