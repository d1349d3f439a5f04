"""The program in a pseudo-terminal, driven by what it answers; every byte of it is kept.

POSIX only, but nothing of that is imported before a terminal is made.
"""

import contextlib
import os
import re
import select
import signal
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

COLUMNS, ROWS = 110, 32
_TELLS_WORK = Path("/proc/self/task").exists()
"""Elsewhere than on Linux nothing but the output tells whether a program works."""
QUIET = 0.02 if _TELLS_WORK else 0.15
"""Seconds without output and without work after which a key counts as answered."""
ESCAPE_LEAST, ESCAPE_LIMIT = 0.08, 0.5
"""Seconds that the answer to a lone escape is waited for; there may be nothing to close."""
IDLE = 0.0015
"""Seconds of processor time within ``QUIET`` that count as no work: threads look for keys."""
STILL = 1.5 if _TELLS_WORK else 10.0
"""Seconds of little work after which nothing more is to come."""
MOST_CLOSINGS = 6
"""How often ``q``, and then Esc, is pressed until a program must have ended."""
HARD_LIMIT = 40.0
"""Seconds after which a program that was given nothing more to do counts as hanging."""
_PIECE = 1 << 18
_ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
)
"""What the program asks terminals, and what one says."""


class HangError(Exception):
    """The program neither ended nor answered within the hard limit."""


@dataclass
class Ended:
    """What a program left: its bytes, exit code, and what it used.

    ``code`` is negative for a signal. ``peak`` in bytes; ``cpu`` in seconds; ``settings``:
    whether the terminal's own settings are as they were before. ``firsts`` are the seconds
    to what was waited for.
    """

    output: bytes
    code: int
    peak: int
    cpu: float
    settings: bool
    hung: str = ""
    firsts: dict[str, float] = field(default_factory=dict[str, float])


class Terminal:
    """One program in a terminal of its own. Use it in a ``with``: that ends the program."""

    def __init__(
        self,
        command: Sequence[str | bytes],
        env: Mapping[str, str],
        folder: Path,
        *,
        columns: int = COLUMNS,
        rows: int = ROWS,
        limit: float = HARD_LIMIT,
        piped: int | None = None,
    ) -> None:
        """``piped``: a descriptor that is standard input in the terminal's place."""
        import fcntl
        import termios

        self.output = bytearray()
        self.firsts: dict[str, float] = {}
        self._limit = limit
        self._status: tuple[int, float, int] | None = None
        self._end, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._inner = os.dup(inner)
        self._settings = termios.tcgetattr(inner)
        self.started = monotonic()
        self.pid = os.fork()
        if not self.pid:
            _become(command, env, folder, inner, piped)
        os.close(inner)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._end)
        os.close(self._inner)

    @property
    def alive(self) -> bool:
        """Whether the program still runs; what it said last is read before that is said."""
        if self._status is None:
            pid, status, used = os.wait4(self.pid, os.WNOHANG)
            if pid:
                while self._read(0):
                    pass
                # The kernel counts in KB, macOS in bytes.
                peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
                code = os.waitstatus_to_exitcode(status)
                self._status = code, used.ru_utime + used.ru_stime, peak
        return self._status is None

    def send(self, keys: str) -> None:
        """Type these at once."""
        with contextlib.suppress(OSError):
            os.write(self._end, keys.encode())

    def press(self, keys: str) -> None:
        """Type, and read until the program has answered."""
        before = len(self.output)
        self.send(keys)
        if keys.endswith("\x1b"):
            # Known as a key only by what does not follow it: the answer comes late.
            sent = monotonic()
            while self.alive and (waited := monotonic() - sent) < ESCAPE_LIMIT:
                self._read(QUIET)
                if waited > ESCAPE_LEAST and len(self.output) > before:
                    break
        self.settle()

    def settle(self) -> None:
        """Read until there is neither output nor work for ``QUIET`` seconds."""
        end = monotonic() + self._limit
        used = _work(self.pid)
        while self.alive:
            came = self._read(QUIET)
            before, used = used, _work(self.pid)
            if not came and used - before < IDLE and not _has_children(self.pid):
                return
            if monotonic() > end:
                raise HangError(f"busy {self._limit:.0f} s after a key")

    def wait_for(self, sign: bytes, name: str) -> bool:
        """Read until ``sign`` is in what is said from now on; whether it came.

        It comes no more once the program has worked for less than a quarter of ``STILL``
        seconds. The time since now is kept under ``name``.
        """
        begun = looked = monotonic()
        since, used = len(self.output), _work(self.pid)
        while self.alive and sign not in self.output[since:]:
            self._read(QUIET)
            now = monotonic()
            if now - looked > STILL:
                before, used, looked = used, _work(self.pid), now
                if used - before < STILL / 4:
                    return False
            if now - begun > self._limit:
                raise HangError(f"busy {self._limit:.0f} s without showing {sign!r}")
        self.firsts[name] = monotonic() - begun
        return sign in self.output[since:]

    def quit(self) -> None:
        """Close what is open until the program has ended."""
        for keys in ("q", "\x1b") * MOST_CLOSINGS:
            if self.alive:
                self.press(keys)
        self.run_out()

    def run_out(self) -> None:
        """Read until the program ends by itself."""
        end = monotonic() + self._limit
        while self.alive:
            self._read(QUIET)
            if monotonic() > end:
                raise HangError(f"not at its end after {self._limit:.0f} s")

    def ended(self, hung: str = "") -> Ended:
        """What it left; one that still runs is ended by force."""
        import termios

        if self.alive:
            os.kill(self.pid, signal.SIGKILL)
            while self.alive:
                self._read(0.01)
        code, cpu, peak = self._status or (0, 0.0, 0)
        same = termios.tcgetattr(self._inner) == self._settings
        return Ended(bytes(self.output), code, peak, cpu, same, hung, self.firsts)

    def _read(self, timeout: float) -> bool:
        """Read what there is; whether there was anything."""
        if not select.select([self._end], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._end, _PIECE)
        except OSError:  # the other side is closed
            return False
        self.output += data
        if b"\x1b" in data:
            for question, answer in _ANSWERS:
                for _ in question.findall(data):
                    self.send(answer.decode())
        return bool(data)


def run(
    command: Sequence[str | bytes],
    env: Mapping[str, str],
    folder: Path,
    *,
    limit: float = HARD_LIMIT,
    piped: int | None = None,
) -> Ended:
    """Run to the end without a key."""
    with Terminal(command, env, folder, limit=limit, piped=piped) as terminal:
        try:
            terminal.run_out()
        except HangError as hang:
            return terminal.ended(str(hang))
        return terminal.ended()


def _become(
    command: Sequence[str | bytes],
    env: Mapping[str, str],
    folder: Path,
    inner: int,
    piped: int | None,
) -> None:
    """Be the program; never returns."""
    try:
        os.login_tty(inner)
        if piped is not None:
            os.dup2(piped, 0)
        os.chdir(folder)
        os.execve(command[0], list(command), dict(env))
    finally:
        os._exit(127)


def _work(pid: int) -> float:
    """Seconds that a program's threads have worked, or waited for a processor that was busy.

    0 where that cannot be told.
    """
    total = 0
    with contextlib.suppress(OSError):
        for task in os.scandir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                worked, waited = Path(task.path, "schedstat").read_bytes().split()[:2]
                total += int(worked) + int(waited)
    return total / 1e9


def _has_children(pid: int) -> bool:
    with contextlib.suppress(OSError):
        for task in os.scandir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError):
                if Path(task.path, "children").read_bytes():
                    return True
    return False
