"""A terminal for a program to run in, and a stopwatch for what it shows.

The program gets a pseudo-terminal and believable answers to what terminals are asked. Every
chunk of output is stamped as it is read; screens are drawn from the chunks afterwards, so
that nothing slow is on the clock. Times are seconds of :func:`time.perf_counter`.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter, sleep

from tests.bench.processes import cpu_seconds
from tests.bench.screen import Screen

COLUMNS, ROWS = 120, 40
ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>1;10;0c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[5n"), b"\x1b[0n"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),  # synchronised output: known
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
)
"""Questions to a terminal, and what it says: a program that waits for one would seem slow."""
QUIET = 0.06
"""Seconds of silence that end the answer to a key; they are never counted."""
DEAF = 0.4
"""Seconds without output or work after which a key counts as one that does nothing."""
KEY_LIMIT = 30.0
"""The longest that anything is waited for after a key, in seconds."""
_LOOK_EVERY = 0.25


@dataclass(frozen=True, slots=True)
class Chunk:
    """What was read at once, and when."""

    at: float
    data: bytes


class Terminal:
    """One program in a pseudo-terminal. Use it in a ``with``: that ends the program."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        columns: int = COLUMNS,
        rows: int = ROWS,
    ) -> None:
        self.chunks: list[Chunk] = []
        self.alive = True
        self.columns, self.rows = columns, rows
        self._screen: Screen | None = None
        self._drawn = 0
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.started = perf_counter()
        self.pid, self._end = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            try:
                os.execvpe(command[0], list(command), dict(env))
            finally:
                os._exit(127)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, size)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Talking to the program

    def send(self, keys: str) -> float:
        """Type these keys at once; the time at which that was done."""
        at = perf_counter()
        os.write(self._end, keys.encode())
        return at

    def press(self, keys: str) -> float | None:
        """Type, and the seconds to the last output before silence; ``None``: nothing came."""
        sent = self.send(keys)
        last = self.settle(KEY_LIMIT)
        return None if last is None else last - sent

    def settle(self, limit: float) -> float | None:
        """Read until it is silent, at most ``limit`` seconds; the time of the last output.

        A program that works without a word is waited for; one that neither works nor
        answers has nothing to say.
        """
        end = perf_counter() + limit
        last: float | None = None
        used, busy = cpu_seconds(self.pid), perf_counter()
        while self.alive and perf_counter() < end:
            at = self._read(QUIET if last is not None else DEAF / 4)
            if at is not None:
                last = at
            elif last is not None:
                break
            elif (now_used := cpu_seconds(self.pid)) > used:
                used, busy = now_used, perf_counter()
            elif perf_counter() - busy > DEAF:
                break
        return last

    def read_for(self, seconds: float) -> None:
        """Read whatever comes for so long."""
        end = perf_counter() + seconds
        while self.alive and (left := end - perf_counter()) > 0:
            self._read(left)

    def read_until_quiet(self, quiet: float, limit: float) -> float | None:
        """Read until ``quiet`` seconds of silence behind something; the last output's time.

        Unlike :meth:`settle` it does not ask what the program does: for use while it works.
        """
        end, last = perf_counter() + limit, None
        while self.alive and (left := end - perf_counter()) > 0:
            at = self._read(min(left, quiet if last is not None else left))
            if at is None and last is not None:
                break
            last = at or last
        return last

    def wait_idle(self, limit: float, quiet: float = 0.5) -> float:
        """Read until the program has done nothing for ``quiet`` seconds; when it began to."""
        end = perf_counter() + limit
        used, since = cpu_seconds(self.pid), perf_counter()
        while self.alive and perf_counter() < end and perf_counter() - since < quiet:
            at = self._read(0.05)
            now_used = cpu_seconds(self.pid)
            if at is not None or now_used > used:
                used, since = now_used, perf_counter()
        return since

    # Reading its screen

    def wait_for(self, pattern: str, limit: float, sign: bytes = b"") -> float | None:
        """Read until the screen matches; when the chunk came that made it so.

        Drawing screens takes the processor away, so it waits for ``sign`` in the output, and
        where there is none draws a few times a second.
        """
        wanted, end = re.compile(pattern), perf_counter() + limit
        seen = max(0, self._drawn - 1)
        while self.alive and perf_counter() < end:
            if not sign:
                self.read_for(_LOOK_EVERY)
            elif not self._has(sign, seen):
                seen = max(seen, len(self.chunks) - 1)
                self._read(min(_LOOK_EVERY, end - perf_counter()))
                continue
            else:
                seen = len(self.chunks)
                self.read_until_quiet(0.02, 0.1)
            if (at := self._first_match(wanted)) is not None:
                return at
        return self._first_match(wanted)

    def _has(self, sign: bytes, since: int) -> bool:
        """Whether the chunks from that number on hold these bytes."""
        return sign in b"".join(chunk.data for chunk in self.chunks[since:])

    @property
    def screen(self) -> list[str]:
        """The lines of the screen as it is now."""
        return self._draw().lines

    def frames(self, since: float) -> Iterator[tuple[float, list[str]]]:
        """Every chunk after a time, and the screen's lines with it."""
        screen = Screen(self.columns, self.rows)
        for chunk in self.chunks:
            screen.feed(chunk.data)
            if chunk.at >= since:
                yield chunk.at, screen.lines

    def _first_match(self, wanted: "re.Pattern[str]") -> float | None:
        """Draw what came, chunk by chunk, until the screen matches."""
        screen = self._screen = self._screen or Screen(self.columns, self.rows)
        if self._drawn and wanted.search("\n".join(screen.lines)):
            return self.chunks[self._drawn - 1].at
        while self._drawn < len(self.chunks):
            chunk = self.chunks[self._drawn]
            self._drawn += 1
            screen.feed(chunk.data)
            if wanted.search("\n".join(screen.lines)):
                return chunk.at
        return None

    def _draw(self) -> Screen:
        self._first_match(re.compile(r"(?!)"))
        return self._screen or Screen(self.columns, self.rows)

    def _read(self, timeout: float) -> float | None:
        """Read one chunk; its time, or ``None`` on silence or at the end."""
        if not select.select([self._end], [], [], max(0.0, timeout))[0]:
            return None
        try:
            data = os.read(self._end, 1 << 18)
        except OSError:  # Linux says so where the program has ended
            data = b""
        if not data:
            self.alive = False
            return None
        at = perf_counter()
        self.chunks.append(Chunk(at, data))
        if b"\x1b" in data:
            for question, answer in ANSWERS:
                for _ in question.findall(data):
                    os.write(self._end, answer)
        return at

    def close(self) -> None:
        """End the program, by force if it must be."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._left_after(number):
                break
        os.close(self._end)

    def _left_after(self, number: signal.Signals) -> bool:
        try:
            os.kill(self.pid, number)
            for _ in range(100):
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return True
                if self.alive:
                    self._read(0.01)
                sleep(0.01)
        except (ProcessLookupError, ChildProcessError):
            return True
        return False
