"""Standard input as bytes of a pipe, and as the terminal that keys come from."""

import os
import sys
import tempfile
from typing import BinaryIO, cast

_IN_MEMORY = 16 * 1024**2
_BLOCK = 1024**2
_TERMINAL = "CONIN$" if sys.platform == "win32" else "/dev/tty"


def is_interactive() -> bool:
    """Whether a screen can be shown: what is printed goes to a terminal, all of it."""
    return _is_terminal(sys.stdout) and _is_terminal(sys.stderr)


def read_pipe(limit: int) -> BinaryIO:
    """What is piped into standard input, up to ``limit`` bytes, in a file without a name.

    A large one is kept on the disk, not in memory. Raises ``OSError`` when there is no room.
    """
    kept = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    source = None if sys.stdin is None else sys.stdin.buffer
    while source is not None and limit > 0 and (block := source.read(min(limit, _BLOCK))):
        kept.write(block)
        limit -= len(block)
    kept.seek(0)
    return kept


def has_keys() -> bool:
    """Whether standard input is the terminal that keys come from."""
    return _is_terminal(sys.stdin)


def take_keys_from_terminal() -> bool:
    """Puts the terminal in standard input's place; false where the process has none.

    Programs that read keys read them from the descriptor, so the descriptor is replaced.
    """
    try:
        descriptor = os.open(_TERMINAL, os.O_RDWR)
    except OSError:
        return False
    try:
        os.dup2(descriptor, 0)
    finally:
        os.close(descriptor)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.__stdin__ = sys.stdin
    return True


def _is_terminal(stream: object) -> bool:
    """A windowed Python has no streams at all."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
