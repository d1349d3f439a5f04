"""A path or a pipe opened as text, in slices and within bounds.

Nothing here waits for a device, a named pipe or a terminal, and nothing reads the network.
Damage in the middle (a broken archive, bytes that are no text) is told in ``diagnostics``;
only what cannot be read at all is a :class:`~parser.model.ParseError`.
"""

import codecs
import os
import re
import stat
import sys
from collections.abc import Iterator
from typing import BinaryIO

from parser.encodings import Encoding, guess_encoding
from parser.model import Diagnostic, ParseError
from parser.packed import Bytes
from parser.text.clean import clean_line

FIRST_BLOCK = 64 * 1024
"""Bytes read before the first comments are shown, and looked at to recognise a format."""
LONGEST_HEAD = 4 * 1024**2
"""Letters of the beginning that are looked at to find out what a file is."""
BLOCK = 256 * 1024
"""Bytes of every further slice."""
STANDARD_INPUT = "-"
"""The path that stands for what is piped in."""

_KINDS = (
    (stat.S_ISDIR, "is a folder; name a file in it"),
    (stat.S_ISFIFO, "is a named pipe; read it with: commentree - < PIPE"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)
_BROKEN = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as the decoder hands them over; ``clean`` makes them U+FFFD."""


class Input:
    """A file opened for reading as text: ``head`` at once, the rest as :meth:`blocks` asks.

    ``name`` is the path made harmless, for messages; ``size`` counts the stored bytes,
    ``None`` for a pipe. ``most`` bytes are read: see :class:`~parser.packed.Bytes`.
    ``complete`` turns false and ``diagnostics`` grow where damage is met.
    """

    def __init__(
        self, name: str, file: BinaryIO, size: int | None, most: int | None = None
    ) -> None:
        self.name = name
        self.size = size
        self.complete = True
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._line = 1
        self._broken = 0
        self._broken_line: int | None = None
        self._bytes = Bytes(name, file, most)
        head = self._bytes.read(FIRST_BLOCK)
        if not head:
            raise ParseError(f"{name}: {self._bytes.trouble or 'is empty; save the page again'}")
        encoding = guess_encoding(head)
        if encoding is None:
            raise ParseError(f"{name}: {_refusal(head)}")
        self._note(encoding)
        self._is_utf_8 = encoding.codec == "utf-8"
        self._first = head[encoding.skip :] if self._is_utf_8 else b""
        errors = "surrogateescape" if self._is_utf_8 else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding.codec)(errors)
        self.head = self._decode(head[encoding.skip :])

    def look_further(self) -> bool:
        """Makes ``head`` four times as long; ``False`` at the end, or where it is long enough.

        For a file whose beginning does not show what it is: a video's subtitles in all
        languages may stand before its comments.
        """
        if self._bytes.ended or len(self.head) >= LONGEST_HEAD:
            return False
        more = self._bytes.read(3 * max(FIRST_BLOCK, len(self.head)))
        if self._is_utf_8:
            self._first += more
        self.head += self._decode(more)
        return True

    @property
    def bytes_read(self) -> int:
        """How many stored bytes have been taken so far."""
        return self._bytes.stored_count

    def blocks(self) -> Iterator[str]:
        """The text from its beginning, in blocks that may end within a line."""
        yield self.head
        while not self._bytes.ended:
            yield self._decode(self._bytes.read_ready(BLOCK))
        self._tell_damage(self._line)

    def byte_blocks(self) -> Iterator[bytes]:
        """The same as UTF-8, for decoders that want bytes; a block may end in a character.

        What is UTF-8 already is handed on as it is, broken places and all.
        """
        if not self._is_utf_8:
            for text in self.blocks():
                yield text.encode("utf-8", "surrogatepass")
            return
        # Broken characters are the decoder's to tell, who knows whether they matter.
        self._broken = 0
        yield self._first
        self._first = b""
        while not self._bytes.ended:
            yield self._bytes.read_ready(BLOCK)
        self._tell_damage(None)

    def close(self) -> None:
        """Gives the file back; reading on is not possible then."""
        self._file.close()

    def _note(self, encoding: Encoding) -> None:
        if encoding.guessed:
            message = f"The file does not name its encoding; it was read as {encoding.guessed}"
            self.diagnostics.append(Diagnostic("warning", message))

    def _decode(self, data: bytes) -> str:
        text = self._decoder.decode(data)
        if self._bytes.ended:
            text += self._last_character()
        broken = len(_BROKEN.findall(text)) if self._is_utf_8 else text.count("\ufffd")
        if broken and not self._broken:
            place = _BROKEN.search(text)
            ahead = place.start() if place else text.find("\ufffd")
            self._broken_line = self._line + text.count("\n", 0, ahead)
        self._broken += broken
        self._line += text.count("\n")
        return text

    def _last_character(self) -> str:
        """What the decoder still holds at the end: nothing, or a character cut in two."""
        pending, _ = self._decoder.getstate()
        if pending:
            self.complete = False
            message = "The file ends in the middle of a character: it was cut, save it again"
            self.diagnostics.append(Diagnostic("error", message, self._line))
        self._decoder.reset()
        return ""

    def _tell_damage(self, line: int | None) -> None:
        if self._broken:
            self.complete = False
            are = "1 character is" if self._broken == 1 else f"{self._broken} characters are"
            message = f"{are} broken in the file and shown as \ufffd"
            self.diagnostics.append(Diagnostic("warning", message, self._broken_line))
        if self._bytes.trouble:
            self.complete = False
            message = f"The file was not read to its end: {self._bytes.trouble}"
            self.diagnostics.append(Diagnostic("error", message, line))


def open_input(path: str, stream: BinaryIO | None = None, most: int | None = None) -> Input:
    """Opens what a path names: a regular file, or with ``-`` what is piped in.

    ``stream`` takes the place of standard input; ``most`` bytes are read, after unpacking.
    Raises :class:`ParseError` for whatever is no readable text.
    """
    if path == STANDARD_INPUT:
        return _closing_on_error("standard input", stream or _standard_input(), None, most)
    name = clean_line(path) or "''"
    try:
        _refuse_other_kinds(name, os.stat(path).st_mode)  # noqa: PTH116 - NUL and "" are errors here
        # Without waiting, should a pipe have taken the file's place just now.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise ParseError(f"{name}: {_why_not_opened(error)}") from None
    file = os.fdopen(descriptor, "rb")
    status = os.fstat(descriptor)
    try:
        _refuse_other_kinds(name, status.st_mode)
    except ParseError:
        file.close()
        raise
    return _closing_on_error(name, file, status.st_size, most)


def _closing_on_error(name: str, file: BinaryIO, size: int | None, most: int | None) -> Input:
    try:
        return Input(name, file, size, most)
    except ParseError:
        file.close()
        raise


def _standard_input() -> BinaryIO:
    # Without a terminal or a pipe (a windowed Python) there is no standard input at all.
    if not sys.stdin or sys.stdin.closed:
        raise ParseError("standard input: is closed; name a file")
    if sys.stdin.isatty():
        raise ParseError("standard input: is a terminal; pipe a file in, or name one")
    return sys.stdin.buffer


def _refuse_other_kinds(name: str, mode: int) -> None:
    for is_kind, message in _KINDS:
        if is_kind(mode):
            raise ParseError(f"{name}: {message}")


def _why_not_opened(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be opened: {clean_line(reason or 'its name is not possible')}"


def _refusal(head: bytes) -> str:
    if b"\0" in head:
        return (
            "is binary data, not a saved discussion; what is read is text: yt-dlp's .info.json, "
            "other programs' JSON, saved pages"
        )
    return "is in an encoding that could not be recognised; convert it to UTF-8"
