"""The program in a real terminal: a file on the screen, and a pipe with keys from the terminal."""

import os
import select
import struct
import sys
import time
from pathlib import Path

import pytest

from tests.parser.pages import Said, page

pty = pytest.importorskip("pty", reason="no terminals to be made here")

TITLE = "The harbour bell"
DEADLINE = 60.0


@pytest.mark.parametrize("how", ["file", "pipe", "nothing piped"])
def test_q_leaves_the_screen(tmp_path: Path, how: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(Said(), title=TITLE), encoding="utf-8")
    program = f"'{sys.executable}' -m tui"
    command = {
        "file": f"{program} '{file}'",
        "pipe": f"cat '{file}' | {program} -",
        "nothing piped": f"{program} '{file}' < /dev/null",
    }[how]
    code, shown = _in_terminal(command, until=TITLE.encode(), then=b"q")
    assert code == 0
    assert TITLE.encode() in shown
    assert b"Traceback" not in shown


def test_a_bad_file_draws_no_screen(tmp_path: Path) -> None:
    code, shown = _in_terminal(f"'{sys.executable}' -m tui '{tmp_path}/none'", until=b"", then=b"")
    assert code == 2
    assert shown.replace(b"\r\n", b"\n") == (
        f"commentree: {tmp_path}/none: there is no such file\n".encode()
    )


def _in_terminal(command: str, *, until: bytes, then: bytes) -> tuple[int, bytes]:
    """Runs a shell command in a terminal of its own; presses keys once something is shown."""
    import fcntl
    import termios

    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp("sh", ["sh", "-c", command])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 28, 100, 0, 0))
    shown, pressed = b"", not then
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        if ready:
            try:
                more = os.read(terminal, 65536)
            except OSError:  # so Linux says that the child has closed the terminal
                break
            if not more:
                break
            shown += more
        if not pressed and until in shown:
            os.write(terminal, then)
            pressed = True
    else:
        os.kill(child, 9)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown
