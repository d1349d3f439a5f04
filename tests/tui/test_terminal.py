"""The program in a real terminal: tmux, as a reader has it over SSH."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.formats import info_json
from tui.paths import sample_path

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
PATIENCE_SECONDS = 60
OWN_SIZE = ("COLUMNS", "LINES")
SIZES = [(40, 10), (80, 24), (100, 28), (130, 36), (200, 50)]


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"

    def run(self, *words: str) -> str:
        # A test runner may have told its own size in these, and programs believe them.
        env = {name: value for name, value in os.environ.items() if name not in OWN_SIZE}
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", os.devnull, *words],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True, env=env,
        )  # fmt: skip
        return done.stdout

    def start(self, width: int, height: int, *command: str, shell: str = "") -> None:
        line = shell or " ".join(f"'{word}'" for word in command)
        line += "; echo left with $?; sleep 600"
        self.run("new-session", "-d", "-x", str(width), "-y", str(height), line)

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    @property
    def screen(self) -> list[str]:
        return self.run("capture-pane", "-p").split("\n")

    @property
    def cursor_row(self) -> int:
        return int(self.run("display-message", "-p", "#{cursor_y}"))

    def until(self, true: Callable[[list[str]], object]) -> list[str]:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            screen = self.screen
            if true(screen):
                return screen
            time.sleep(0.05)  # another program's screen sends no message to wait for
        raise AssertionError("it never came true; the screen:\n" + "\n".join(self.screen))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    subprocess.run(["tmux", "-S", str(tmp_path / "tmux"), "kill-server"], check=False,
                   capture_output=True)  # fmt: skip


COMMAND = (sys.executable, "-m", "tui")


def selected(screen: list[str]) -> int | None:
    rows = [y for y, line in enumerate(screen) if "▌" in line]
    return rows[0] if rows else None


def row_of_cursor(terminal: Terminal, screen: list[str]) -> str:
    row = terminal.cursor_row
    return screen[row] if row < len(screen) else ""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_terminals_cursor_stands_on_the_current_comment(
    terminal: Terminal, width: int, height: int
) -> None:
    terminal.start(width, height, *COMMAND, "--sample")
    terminal.until(lambda s: selected(s) is not None and "88 of" in s[0])
    for keys in (["j"], ["j", "j"], ["9", "G", "l", "j"], ["G"]):
        terminal.keys(*keys)
        terminal.until(lambda s: selected(s) == terminal.cursor_row)
    terminal.until(lambda s: "▌   harbour_" in row_of_cursor(terminal, s))


def test_copies_a_link_into_tmuxs_own_buffer(terminal: Terminal) -> None:
    terminal.start(100, 28, *COMMAND, "--sample", "--video", "tides-talk0")
    terminal.until(lambda s: "10:30" in "\n".join(s))
    terminal.keys("5", "y")
    terminal.until(lambda s: "copied https://youtu.be/tides-talk0?t=630 via tmux" in s[27])
    assert terminal.run("show-buffer") == "https://youtu.be/tides-talk0?t=630"


def test_reads_a_pipe_and_takes_keys_from_the_terminal(terminal: Terminal) -> None:
    python = f"'{sys.executable}' -m tui"
    terminal.start(100, 28, shell=f"cat '{sample_path()}' | {python} -")
    terminal.until(lambda s: "slackwater_sam" in "\n".join(s))
    terminal.keys("j")
    terminal.until(lambda s: (row := selected(s)) is not None and "widdershins" in s[row])
    terminal.keys("q")
    terminal.until(lambda s: "left with 0" in "\n".join(s))


def test_the_start_screen_and_back_to_the_shell(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "tides.txt").write_bytes(Path(sample_path()).read_bytes())
    terminal.start(100, 28, *COMMAND, str(tmp_path))
    terminal.until(lambda s: "How the Sea" in "\n".join(s))
    terminal.keys("Enter")
    terminal.until(lambda s: "slackwater_sam" in "\n".join(s))
    terminal.keys("q")
    terminal.until(lambda s: "Recent" in "\n".join(s))
    terminal.keys("q")
    screen = terminal.until(lambda s: "left with 0" in "\n".join(s))
    assert "How the Sea" not in "\n".join(screen)


@pytest.mark.parametrize(("name", "code"), [("TERM", 143), ("HUP", 129), ("INT", 130)])
def test_a_signal_ends_it_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path, name: str, code: int
) -> None:
    pid = tmp_path / "pid"
    program = f"echo $$ > '{pid}'; exec '{sys.executable}' -m tui --sample"
    terminal.start(100, 28, shell=f'sh -c "{program.replace("$", chr(92) + "$")}"')
    terminal.until(lambda s: "88 of" in s[0])
    subprocess.run(["kill", f"-{name}", pid.read_text().strip()], check=True)
    terminal.until(lambda s: f"left with {code}" in "\n".join(s))
    state = terminal.run(
        "display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"
    )
    assert state.split() == ["0", "0", "1"]


def test_resizing_keeps_the_current_comment_in_sight(terminal: Terminal) -> None:
    terminal.start(130, 36, *COMMAND, "--sample")
    terminal.until(lambda s: "88 of" in s[0])
    terminal.keys("G")
    terminal.until(lambda s: "88 of 88" in s[1])
    for width, height in [(40, 10), (200, 50), (80, 24), (60, 12)]:
        terminal.run("resize-window", "-x", str(width), "-y", str(height))
        terminal.until(lambda s: row_of_cursor(terminal, s).count("▌   ha"))


def test_what_cannot_be_read_never_draws_a_screen(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, eggs\n")
    terminal.start(100, 28, *COMMAND, str(tmp_path / "notes.txt"))
    screen = terminal.until(lambda s: "left with 2" in "\n".join(s))
    lines = [line for line in screen if line.strip()]
    assert "notes.txt" in lines[0]
    assert "left with 2" in lines[-1]
    assert len(" ".join(lines).split("commentree:")) == 2


SIZE = 3_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names there")
@pytest.mark.parametrize("stops", [False, True])
def test_a_pipe_that_stays_open_is_read_as_it_comes(
    terminal: Terminal, tmp_path: Path, stops: bool
) -> None:
    data = b"".join(info_json(SIZE))
    middle = len(data) // 2
    (tmp_path / "first").write_bytes(data[:middle])
    os.mkfifo(tmp_path / "pipe")
    writing = f"(cat first; exec sleep 600) > pipe & '{sys.executable}' -m tui - < pipe"
    terminal.start(100, 28, shell=f"cd '{tmp_path}'; {writing}")
    terminal.until(lambda s: selected(s) == 2)
    terminal.keys("j", "j")
    screen = terminal.until(lambda s: selected(s) == 4)
    assert f"{SIZE:,} comments" not in screen[0]
    if stops:
        terminal.keys("Escape")
        terminal.until(lambda s: "stopped; what came so far stays" in s[27])
    terminal.keys("q")
    terminal.until(lambda s: "left with 0" in "\n".join(s))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names there")
def test_the_rest_of_a_slow_pipe_comes_too(terminal: Terminal, tmp_path: Path) -> None:
    data = b"".join(info_json(SIZE))
    middle = len(data) // 2
    (tmp_path / "first").write_bytes(data[:middle])
    (tmp_path / "second").write_bytes(data[middle:])
    os.mkfifo(tmp_path / "gate")
    writing = "(cat first; cat gate second)"
    terminal.start(100, 28, shell=f"cd '{tmp_path}'; {writing} | '{sys.executable}' -m tui -")
    terminal.until(lambda s: selected(s) == 2)
    assert f"{SIZE:,} comments" not in terminal.screen[0]
    (tmp_path / "gate").write_bytes(b"")
    terminal.until(lambda s: f"{SIZE:,} comments" in s[0])
