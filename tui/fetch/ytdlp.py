"""yt-dlp at work in a process of its own: what it is asked, and what it says meanwhile.

A process and no import: it can be interrupted, and what it does to itself, to the terminal or
to the memory stays there. Of its lines on standard output those are read that tell how many
comments have come (yt_dlp/extractor/youtube/_video.py, ``_comment_entries``; common.py,
``extract_comments``, which is also where an interrupt is taken as "no more of them").
"""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from tui.fetch.interrupts import Interrupts
from tui.fetch.link import Link, Wishes

LIST = "list.info.json"
"""What yt-dlp writes, in our naming, where the link leads to several videos."""
_LOOK_EVERY = 0.1
"""Seconds between two looks whether ctrl+c was pressed."""
_LINE = 64 * 1024
_KEPT = 100
_COUNT = re.compile(r"\(([0-9]{1,12})/~([0-9]{1,12}|None)\)$")
_TOTAL = re.compile(r"\[[^\[\]]{1,80}\] Downloading ~([0-9]{1,12}) comments$")
_ALL = re.compile(r"\[[^\[\]]{1,80}\] Extracted ([0-9]{1,12}) comments$")
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}m")
_ARGUMENTS = "--extractor-args"
_YOUTUBE = "youtube:"


class Progress(msgspec.Struct):
    """How far it is: comments fetched, about how many there are, and whether they are all in."""

    comments: int | None = None
    total: int | None = None
    is_writing: bool = False


class Outcome(msgspec.Struct):
    """How it ended: the exit code, and what it said on the way."""

    code: int = 0
    progress: Progress = msgspec.field(default_factory=Progress)
    errors: list[str] = msgspec.field(default_factory=list[str])
    warnings: list[str] = msgspec.field(default_factory=list[str])
    last: str = ""
    last_error: str = ""


def command(link: Link, wishes: Wishes, folder: Path) -> list[str]:
    """What makes yt-dlp write one ``.info.json`` with comments into a folder.

    Its configuration files are left out, for they may ask for anything; options passed on stand
    before those that must hold. The first of these is one that may be eaten by an option that
    was passed on without its value.
    """
    passed_on, arguments = _split_arguments(wishes)
    return [
        # -P: else a yt_dlp.py in the present folder would be run.
        *(sys.executable, "-P", "-m", "yt_dlp"),
        # A break in the middle keeps what came; comments are wanted of videos that can't be played.
        *("--ignore-config", "--ignore-errors", "--ignore-no-formats-error"),
        # A list of videos is not gone through; two tell that it is one.
        *("--no-playlist", "--flat-playlist", "--playlist-items", "1:2"),
        *passed_on,
        *("--no-simulate", "--skip-download", "--write-comments", "--write-info-json"),
        "--write-playlist-metafiles",
        *((_ARGUMENTS, _YOUTUBE + arguments) if arguments else ()),
        # Names of ours: an id may be anything.
        *("--paths", f"home:{folder}", "-o", "%(autonumber)s.%(ext)s"),
        *("-o", f"pl_infojson:{LIST.removesuffix('.info.json')}.%(ext)s"),
        *("--", link.url),
    ]


def _split_arguments(wishes: Wishes) -> tuple[list[str], str]:
    """What is passed on, and the arguments for YouTube: of several sets yt-dlp heeds one only."""
    passed_on: list[str] = []
    arguments: list[str] = []
    rest = iter(wishes.passed_on)
    for option in rest:
        value = option.removeprefix(f"{_ARGUMENTS}=") if option != _ARGUMENTS else next(rest, "")
        if value == option:
            passed_on.append(option)
        elif value.lower().startswith(_YOUTUBE):
            arguments = [value[len(_YOUTUBE) :]]
        else:
            passed_on += [_ARGUMENTS, value]
    arguments += [f"comment_sort={wishes.sort}"] if wishes.sort else []
    arguments += [f"max_comments={wishes.most}"] if wishes.most else []
    return passed_on, ";".join(arguments)


def run(arguments: list[str], interrupts: Interrupts, tell: Callable[[Progress], None]) -> Outcome:
    """Runs it to its end; ``tell`` hears of every step.

    The first ctrl+c is handed on, and makes it write what it has; at the second, when it has not
    said anything yet, or when the process is to end, it is killed and
    :class:`KeyboardInterrupt` raised.
    """
    outcome = Outcome()
    child = subprocess.Popen(  # noqa: S603 - no shell, and the link stands behind a --
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
        # So that the terminal's ctrl+c comes to us alone, and no question is asked there. Has no
        # effect on Windows, where ctrl+c comes to both.
        start_new_session=True,
    )
    try:
        _listen(child, interrupts, outcome, tell)
        outcome.code = child.wait()
    finally:
        _kill(child)
    return outcome


def _listen(
    child: "subprocess.Popen[bytes]",
    interrupts: Interrupts,
    outcome: Outcome,
    tell: Callable[[Progress], None],
) -> None:
    """Reads what it says until there is no more, and passes ctrl+c on."""
    lines = _lines_of(child)
    open_pipes, handed_on, had_ended = 2, False, False
    tell(outcome.progress)
    while open_pipes:
        try:
            is_error, line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            if had_ended:  # something that it started holds the pipe
                return
            had_ended = child.poll() is not None
        else:
            if line is None:
                open_pipes -= 1
            else:
                _take(outcome, line, is_error=is_error)
                tell(outcome.progress)
        # Before its first word nothing can have come, and Python may lose an interrupt meanwhile.
        if interrupts.count > (1 if outcome.last else 0) or interrupts.leaving:
            raise KeyboardInterrupt
        if interrupts.count and not handed_on:
            handed_on = True
            tell(outcome.progress)
            # Once all is in, the writing is not to be broken off.
            if not outcome.progress.is_writing and sys.platform != "win32":
                child.send_signal(signal.SIGINT)


def _lines_of(
    child: "subprocess.Popen[bytes]",
) -> "queue.SimpleQueue[tuple[bool, str | None]]":
    """Its lines as they come, each with whether it is of standard error; ``None`` at the end."""
    lines: queue.SimpleQueue[tuple[bool, str | None]] = queue.SimpleQueue()

    def read(pipe: BinaryIO, is_error: bool) -> None:
        while line := pipe.readline(_LINE):
            text = line.decode("utf-8", "replace").rstrip()
            lines.put((is_error, _COLOURS.sub("", text)))
        lines.put((is_error, None))

    for pipe, is_error in ((child.stdout, False), (child.stderr, True)):
        if pipe is not None:
            # A daemon: what the child started may hold the pipe open longer than anyone waits.
            threading.Thread(target=read, args=(pipe, is_error), daemon=True).start()
    return lines


def _take(outcome: Outcome, line: str, *, is_error: bool) -> None:
    if not line:
        return
    if is_error:
        outcome.last_error = line
        for level, kept in (("ERROR:", outcome.errors), ("WARNING:", outcome.warnings)):
            if line.startswith(level):
                kept.append(line)
                del kept[:-_KEPT]
        return
    outcome.last = line
    progress = outcome.progress
    if found := _ALL.match(line):
        progress.comments, progress.is_writing = int(found[1]), True
    elif found := _TOTAL.match(line):
        progress.comments, progress.total = progress.comments or 0, int(found[1])
    elif found := _COUNT.search(line):
        progress.comments = int(found[1])
        progress.total = progress.total if found[2] == "None" else int(found[2])


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """Ends it and what it started, if that has not ended by itself."""
    if child.poll() is None:
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
