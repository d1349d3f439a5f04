"""What the program does with something to read: shows it on the screen, or prints it.

No command line here: naming one file, which is nearly all that is ever asked for, needs none.
"""

import gc
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from parser.loading import Loading, load, open_discussion
from parser.model import ParseError
from parser.source import STANDARD_INPUT
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from tui import terminal
from tui.paths import sample_path

FAILED = 2
INTERRUPTED = 130
SWITCH = 0.001
"""Seconds after which the thread that hears the keys is let in while a file is being read."""
PIPE_CLOSED = 141
"""What a shell says of a program that its reader left, as `head` does."""


class RefusedError(Exception):
    """What was asked for cannot be done. ``str()`` of it says why, in one line for people."""


def read(path: str | None, *, video: VideoAddress | None = None, sample: bool = False) -> int:
    """Opens a discussion on the screen, or prints it where there is none; the exit code.

    ``path``: a file, a folder, ``-`` for a pipe, or ``None`` to choose one on the screen.
    """
    if terminal.is_interactive():
        return _launch(path, video, sample)
    if path is None and not sample:
        raise RefusedError("name a file, or - for a pipe: there is no screen to choose on")
    return print_text(sample_path() if path is None else path, video, None)


def print_text(path: str, video: VideoAddress | None, width: int | None) -> int:
    """Prints a discussion as plain text, wrapped at ``width`` columns if one is given."""
    gc.enable()
    from parser.writers.text import write_text  # only here: the screen needs no writer

    discussion = load(path, video=video)
    if not sys.stdout.isatty():
        cast("io.TextIOWrapper", sys.stdout).reconfigure(encoding="utf-8", errors="replace")
    return to_standard_output(lambda: write_text(discussion, sys.stdout, width))


def to_standard_output(write: Callable[[], None]) -> int:
    """Writes, and is quiet where the reader of a pipe leaves it."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends; what is left goes nowhere.
        _drop_output()
        return PIPE_CLOSED
    except OSError:
        _drop_output()
        raise
    return 0


def guarded(run: Callable[[], int]) -> int:
    """Runs, and makes one line on standard error and an exit code of every trouble."""
    if sys.stdout is None or sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        return FAILED if sys.stderr is None else fail("standard output is closed")  # pyright: ignore[reportUnnecessaryComparison]
    try:
        return run()
    except (ParseError, RefusedError) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        sys.stderr.write("\n")  # behind the ^C that the terminal shows
        return INTERRUPTED
    except OSError as error:
        return fail(f"the output cannot be written: {error.strerror or error}")


def fail(message: str) -> int:
    """One line for people; names in it come from files and arguments, so it is cleaned."""
    sys.stderr.write(f"commentree: {clean_line(message)}\n")
    return FAILED


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _launch(path: str | None, video: VideoAddress | None, sample: bool) -> int:
    """Shows the screen. What cannot be read is refused before it is drawn."""
    folder = Path(path) if path is not None and Path(path).is_dir() else None
    loading: Loading | None = None
    if sample:
        loading = open_discussion(sample_path())
    elif path is not None and folder is None:
        stream = _piped() if path == STANDARD_INPUT else None
        loading = open_discussion(path, stream=stream)
        if stream is not None:
            loading.read_ahead()
    if not terminal.has_keys() and not terminal.take_keys_from_terminal():
        raise RefusedError("there is no terminal for the keys; use: commentree show FILE")
    # Here and not above: Textual takes most of a start, and help, show and export need none.
    from tui.app import CommentreeApp
    from tui.store import Store

    sys.setswitchinterval(SWITCH)
    again = None if sample or path == STANDARD_INPUT else path
    with Store() as store:
        app = CommentreeApp(store, loading=loading, path=again, folder=folder, video=video)
        result = app.run()
    return app.return_code or result or 0


def _piped() -> BinaryIO:
    if terminal.has_keys():
        raise RefusedError("- reads a pipe, and nothing is piped in")
    stream = terminal.take_pipe()
    if stream is None:
        raise RefusedError("standard input is closed; name a file")
    return stream
