"""Standard input as bytes of a pipe, and as the terminal that keys come from."""

import os
import sys
from contextlib import suppress
from typing import BinaryIO, TextIO, cast

_TERMINAL = "CONIN$" if sys.platform == "win32" else "/dev/tty"
_DUMB = ("", "dumb", "unknown")
"""What terminals are called that can do no more than print."""


def is_interactive() -> bool:
    """Whether a screen can be shown: what is printed goes to a terminal that has one."""
    is_dumb = os.name != "nt" and os.environ.get("TERM", "") in _DUMB
    return not is_dumb and is_terminal(sys.stdout)


def open_what_is_closed() -> None:
    """Lets the standard streams that the process was started without lead to nowhere.

    To be called before anything is opened, which would be given their numbers: what is written
    to standard error would be written into it. Standard output stays known as closed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def say(line: str) -> None:
    """A line on standard error, which may be gone."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        lead_nowhere(sys.stderr)


def lead_nowhere(stream: TextIO) -> None:
    """What is written to it from now on, and what Python holds back of it, is dropped."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


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
    return is_terminal(sys.stdin)


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


def is_terminal(stream: object) -> bool:
    """Whether a stream is one; a closed one, or none at all (a windowed Python's), is not."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
