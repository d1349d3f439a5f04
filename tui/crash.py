"""What becomes of an error that nobody foresaw: one line, and a file that tells the rest.

A traceback quotes what a file says, in messages and in values, so it never goes to the
terminal as it is.
"""

import os
import platform
import traceback
from pathlib import Path

from parser.text.clean import clean, clean_line
from tui.paths import ensure, state_dir
from tui.terminal import say

CRASHED = 70
"""The exit code; so the sysexits of BSD call an error inside a program."""
FILE = "crash.txt"
_MOST_LINES, _LONGEST_LINE = 1_000, 500
_PROGRAM = Path(__file__).parents[1]


def report(error: BaseException) -> int:
    """One line on standard error that says where it is told what happened; the exit code."""
    told = _told(error)
    try:
        where = str(_keep(told))
    except OSError:
        where = ""
    line = f"crashed ({type(error).__name__}{_place(error)}), which is a fault of the program; "
    line += f"what happened is written in {where}" if where else "what happened:"
    say(f"commentree: {clean_line(line)}")
    if not where:
        say(told.rstrip("\n"))
    return CRASHED


def _keep(told: str) -> Path:
    """Writes it to the state folder, for its owner alone, over what was there."""
    path = ensure(state_dir()) / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(told)
    return path


def _told(error: BaseException) -> str:
    """The traceback, harmless for a terminal, with what the program runs on.

    Its messages may quote a file; the values of variables are not in it.
    """
    pieces = [
        f"Python {platform.python_version()} on {platform.platform()}",
        f"TERM={os.environ.get('TERM', '')} LANG={os.environ.get('LANG', '')}",
        *traceback.format_exception(error),
    ]
    lines = [line for piece in pieces for line in clean(piece).split("\n")]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES // 2 : -_MOST_LINES // 2] = ["…"]
    return "".join(
        f"{line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + '…'}\n"
        for line in lines
        if line
    )


def _place(error: BaseException) -> str:
    """The innermost line of this program that the error came through."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_PROGRAM / "tui") or path.is_relative_to(_PROGRAM / "parser"):
            place = f" in {path.relative_to(_PROGRAM).as_posix()}, line {line}"
    return place
