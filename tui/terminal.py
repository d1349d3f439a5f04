"""Standard input as bytes of a pipe, and as the terminal that keys come from."""

import os
import sys
from typing import BinaryIO, cast

_TERMINAL = "CONIN$" if sys.platform == "win32" else "/dev/tty"


def is_interactive() -> bool:
    """Whether a screen can be shown: what is printed goes to a terminal, all of it."""
    return _is_terminal(sys.stdout) and _is_terminal(sys.stderr)


def take_pipe() -> BinaryIO | None:
    """What is piped into standard input, as it comes; ``None`` where that is closed.

    It has a descriptor of its own, since standard input's is needed for the keys.
    """
    if sys.stdin is None or sys.stdin.closed:  # pyright: ignore[reportUnnecessaryComparison]
        return None
    # Without a buffer: a read then gives what is there, and waits for no more than that.
    return cast("BinaryIO", os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0))


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
