"""Fetching in a real terminal: the line that tells how far it is, ctrl+c, the screen afterwards."""

import os
import select
import signal
import struct
import sys
import time
from pathlib import Path
from typing import Self

import pytest

from tests.links import TALK, commentree, env_with, exported, fake, left_over, stored

pty = pytest.importorskip("pty", reason="no terminals to be made here")

SLOW = "https://talks.test/slow/abc"
"""Stops behind forty of sixty comments."""
DEADLINE = 60.0
STUBBORN = """
import os, pathlib, signal, time
signal.signal(signal.SIGINT, lambda *_: print("[x] Extracting on"))
pathlib.Path(os.environ["PID"]).write_text(str(os.getpid()))
print("[x] Downloading comment API JSON page 1 (7/~9)")
while True:
    time.sleep(0.05)
"""
"""A yt-dlp that does not stop when it is asked to."""


class Terminal:
    """The program in a terminal of its own. Use it in a ``with``: that ends the program."""

    def __init__(self, *arguments: str, env: dict[str, str], columns: int = 100) -> None:
        import fcntl
        import termios

        self.shown = b""
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", 28, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            command = [sys.executable, "-m", "tui", *arguments]
            os.execvpe(command[0], command, {**env, "TERM": "xterm-256color"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._end)

    def until(self, words: str) -> None:
        """Read until these words came, from here on."""
        begun = len(self.shown)
        end = time.monotonic() + DEADLINE
        while words.encode() not in self.shown[max(0, begun - len(words)) :]:
            assert time.monotonic() < end, self.shown[-2000:]
            assert self._read(0.2), (words, self.shown[-2000:])

    def press(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def left_with(self) -> int:
        """Read to the end of the program; its exit code."""
        end = time.monotonic() + DEADLINE
        while self._read(0.2):
            assert time.monotonic() < end, self.shown[-2000:]
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _read(self, seconds: float) -> bool:
        """Whether the program still has the terminal."""
        if not select.select([self._end], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._end, 65536)
        except OSError:  # so Linux says that all have closed it
            return False
        self.shown += data
        return bool(data)


def gone(pid: int) -> bool:
    """Whether a process has ended; it may need a moment to."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and b") Z" in Path(f"/proc/{pid}/stat").read_bytes():
            return True
        time.sleep(0.02)  # another's process sends no message to wait for
    return False


def test_a_line_tells_how_far_it_is_and_goes(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with Terminal("show", SLOW, env=env_with(TALKS_GATE=str(gate))) as terminal:
        terminal.until("fetching: looking at the video   ctrl+c stops")
        terminal.until("fetching: 40 of about 60 comments   ctrl+c stops and keeps them")
        gate.touch()
        terminal.until("writing 60 comments")
        assert terminal.left_with() == 0
    before, _, after = terminal.shown.partition(b"writing 60 comments")
    assert before.count(b"\n") == 0  # one line, written anew in its place
    assert after.lstrip(b"\r ").startswith(b"A talk of slow")
    assert left_over() == []


def test_printing_says_how_old_the_stored_one_is() -> None:
    exported(TALK)
    with Terminal("show", TALK, env=env_with()) as terminal:
        assert terminal.left_with() == 0
    assert terminal.shown.startswith(b"commentree: fetched just now; --refresh fetches it anew\r\n")


def test_a_narrow_terminal_cuts_the_line() -> None:
    with Terminal("show", TALK, env=env_with(), columns=30) as terminal:
        assert terminal.left_with() == 0
    fetching = terminal.shown.partition(b"A talk")[0]
    assert b"fetching: looking" in fetching
    assert max(len(part) for part in fetching.split(b"\r")) < 30


def test_without_a_terminal_it_is_quiet() -> None:
    assert commentree("show", TALK).stderr == ""


def test_ctrl_c_stops_and_keeps_what_came() -> None:
    with Terminal(SLOW, env=env_with()) as terminal:
        terminal.until("40 of about 60 comments")
        terminal.press("\x03")
        terminal.until("stopped at 40 comments; --refresh fetches the rest")
        terminal.press("q")
        assert terminal.left_with() == 0
    assert b"Traceback" not in terminal.shown
    found = exported(SLOW)  # what is stored, for fetching would not end
    assert len(found["comments"]) == 40
    assert left_over() == []


def test_ctrl_c_in_a_refresh_keeps_the_old_and_what_came() -> None:
    exported("https://talks.test/plain/abc")
    with Terminal(SLOW, "--refresh", env=env_with(TALKS_COMMENTS="70")) as terminal:
        terminal.until("40 of about 70 comments")
        terminal.press("\x03")
        terminal.until("10 new, stopped at 40 comments")
        terminal.press("q")
        assert terminal.left_with() == 0
    assert len(exported(SLOW)["comments"]) == 70


def test_ctrl_c_before_anything_came_leaves_nothing() -> None:
    with Terminal("https://talks.test/wait/abc", env=env_with()) as terminal:
        terminal.until("looking at the video")
        terminal.press("\x03")
        assert terminal.left_with() == 130
    assert b"Traceback" not in terminal.shown
    assert stored() == []
    assert left_over() == []


def test_a_second_ctrl_c_drops_what_came(tmp_path: Path) -> None:
    env = env_with(fake(tmp_path, STUBBORN), PID=str(tmp_path / "pid"))
    with Terminal(TALK, env=env) as terminal:
        terminal.until("7 of about 9 comments")
        terminal.press("\x03")
        terminal.until("stopping; what came is kept   ctrl+c again drops it")
        terminal.press("\x03")
        assert terminal.left_with() == 130
    assert stored() == []
    assert left_over() == []
    assert gone(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_ends_with_all_that_it_began(
    tmp_path: Path, number: signal.Signals
) -> None:
    env = env_with(fake(tmp_path, STUBBORN), PID=str(tmp_path / "pid"))
    with Terminal(TALK, env=env) as terminal:
        terminal.until("7 of about 9 comments")
        os.kill(terminal.pid, number)
        assert terminal.left_with() == -number
    assert left_over() == []
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_link_on_the_start_screen_is_fetched_in_the_shell(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with Terminal(str(tmp_path), env=env_with(TALKS_GATE=str(gate))) as terminal:
        terminal.until("look around in the sample")
        terminal.press("p")
        terminal.until("Type or paste a link")
        terminal.press(f"{SLOW}\r")
        terminal.until("fetching: 40 of about 60 comments")
        gate.touch()
        terminal.until("A talk of slow")
        terminal.press("q")
        terminal.until("Recent")
        terminal.press("q")
        assert terminal.left_with() == 0
    assert b"Traceback" not in terminal.shown


def test_ctrl_c_there_keeps_what_came_and_the_program_goes_on(tmp_path: Path) -> None:
    with Terminal(str(tmp_path), env=env_with()) as terminal:
        terminal.until("look around in the sample")
        terminal.press("p")
        terminal.until("Type or paste a link")
        terminal.press(f"{SLOW}\r")
        terminal.until("fetching: 40 of about 60 comments")
        terminal.press("\x03")
        terminal.until("stopped at 40 comments")
        terminal.press("q")
        terminal.until("Recent")
        terminal.press("q")
        assert terminal.left_with() == 0


def test_a_trouble_there_is_said_in_the_footer(tmp_path: Path) -> None:
    with Terminal(str(tmp_path), env=env_with(), columns=160) as terminal:
        terminal.until("look around in the sample")
        terminal.press("p")
        terminal.until("Type or paste a link")
        terminal.press("https://talks.test/off/abc\r")
        terminal.until("Comments are turned off")
        terminal.press("q")
        assert terminal.left_with() == 0
