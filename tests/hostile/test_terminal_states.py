"""Whatever state a terminal is in, and however the program ends: it is given back as it was."""

import os
import random
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bench.formats import info_json
from tests.hostile import job_shell
from tests.hostile.judge import judge_restored, text_of
from tests.hostile.surroundings import COMMAND
from tests.hostile.terminal import HARD_LIMIT, Terminal
from tests.tui.fakes import make_program
from tui.crash import CRASHED, FILE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no terminals to be made here")

ROOT = Path(__file__).parents[2]
ALL_THERE = b"88 of"
"""The header's words once the sample is read."""
SAMPLE = (*COMMAND, "--sample")
CODES = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130}
SGR = re.compile(rb"\x1b\[([0-9;]*)m")
WITHOUT_COLOUR = {b"0", b"1", b"2", b"3", b"4", b"7", b"9", b"39", b"49"}
"""Bold and its like, and the terminal's own two colours."""
Changes = Mapping[str, str | None]
NO_CHANGES: Changes = {}
ATTACK = "\x1b]52;c;aGVsbG8=\x07\x1b[2J"
"""What a comment could hold: the clipboard's sequence, and one that wipes the screen."""


def environment(folder: Path, more: Changes = NO_CHANGES) -> dict[str, str]:
    """All that the program is told; ``None`` takes something away."""
    env: Mapping[str, str | None] = {
        "HOME": str(folder),
        "PATH": os.defpath,
        "COMMENTREE_STATE_DIR": str(folder / "state"),
        "COMMENTREE_CONFIG_DIR": str(folder / "config"),
        "COMMENTREE_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "ESCDELAY": "15",
        **more,
    }
    return {name: value for name, value in env.items() if value is not None}


def with_patch(patch: str, *arguments: str) -> tuple[str, ...]:
    """The program with a part of it replaced."""
    code = f"import sys\nfrom tui.__main__ import main\n{patch}\nsys.exit(main())"
    return (sys.executable, "-c", code, *arguments)


def end_of(pid: int) -> int:
    """The exit code of a child that ends by itself; one that hangs is ended by force."""
    end = time.monotonic() + HARD_LIMIT
    while time.monotonic() < end:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class StateTerminal(Terminal):
    """A terminal whose size and settings change."""

    def __enter__(self) -> "StateTerminal":
        return self

    def resize(self, columns: int, rows: int) -> None:
        import fcntl
        import termios

        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send_bytes(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def glance(self) -> None:
        """Read a little of what there is."""
        self._read(0.01)

    @property
    def is_raw(self) -> bool:
        import termios

        return termios.tcgetattr(self._inner) != self._settings

    def end_unread(self) -> None:
        """Wait for the program's end without reading what it says."""
        self._status = end_of(self.pid), 0.0, 0


def started(
    folder: Path, *command: str, size: tuple[int, int] = (100, 30), env: Changes = NO_CHANGES
) -> StateTerminal:
    return StateTerminal(
        command or SAMPLE, environment(folder, env), folder, columns=size[0], rows=size[1]
    )


def until_read(terminal: Terminal) -> None:
    assert terminal.wait_for(ALL_THERE, "all there"), text_of(bytes(terminal.output))
    terminal.settle()


def is_given_back(terminal: Terminal, code: int) -> bytes:
    """What was said, of a program that has ended in order."""
    terminal.run_out()
    ended = terminal.ended()
    assert judge_restored(ended.output, ended.settings) == []
    assert ended.code == code
    assert "Traceback" not in text_of(ended.output)
    return ended.output


def shown_again(terminal: Terminal, keys: str) -> None:
    """Types, and waits until all is drawn anew; keys that come before that may get lost."""
    again = len(terminal.output)
    terminal.send(keys)
    if not terminal.wait_for(b"\x1b[?1049h", "screen"):
        raise AssertionError("the screen is not set up again")
    at = terminal.output.index(b"\x1b[?1049h", again)
    if ALL_THERE not in terminal.output[at:]:
        assert terminal.wait_for(ALL_THERE, "all there again")


def test_bytes_that_are_no_utf_8_are_no_keys(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        until_read(terminal)
        terminal.send_bytes(b"\xe9\x1b[M \xf0\xf0")  # a letter of Latin-1, an old mouse report
        terminal.settle()
        before = len(terminal.output)
        terminal.press("?")
        assert "next comment" in text_of(bytes(terminal.output[before:]))
        terminal.quit()
        is_given_back(terminal, 0)


# Signals


@pytest.mark.parametrize("name", ["SIGTSTP", "SIGCONT"])
def test_a_signal_after_the_screen_is_no_crash(tmp_path: Path, name: str) -> None:
    patch = f"""
import os, signal
from tui.app import CommentreeApp
run = CommentreeApp.run
def run_and_hear(app):
    code = run(app)
    os.kill(os.getpid(), signal.{name})
    return code
CommentreeApp.run = run_and_hear
"""
    with started(tmp_path, *with_patch(patch, "--sample")) as terminal:
        until_read(terminal)
        terminal.quit()
        is_given_back(terminal, 0)


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("stage", ["the first byte", "a dialog"])
def test_a_signal_gives_the_terminal_back(tmp_path: Path, name: str, stage: str) -> None:
    with started(tmp_path) as terminal:
        if stage == "a dialog":
            until_read(terminal)
            terminal.press("?")
        else:
            terminal.wait_for(b"\x1b[?1049h", "screen")
        os.kill(terminal.pid, getattr(signal, name))
        is_given_back(terminal, CODES[name])


def test_a_signal_while_a_large_file_is_read(tmp_path: Path) -> None:
    big = tmp_path / "big.info.json"
    with big.open("wb") as file:
        file.writelines(info_json(30_000))
    with started(tmp_path, *COMMAND, str(big)) as terminal:
        terminal.wait_for(b"\x1b[?2004h", "screen")
        os.kill(terminal.pid, signal.SIGTERM)
        is_given_back(terminal, 143)


def test_a_terminal_that_takes_nothing_any_more_holds_nobody(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        until_read(terminal)
        for number in range(60):  # nobody reads the pictures, until no more go in
            terminal.resize(200 - number, 60)
            time.sleep(0.01)  # or the system makes one signal of several
        assert terminal.is_raw
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.end_unread()
        assert terminal.ended().code == 143
        assert terminal.ended().settings


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", -15), ("SIGHUP", -1), ("SIGINT", 130)])
def test_an_export_that_is_broken_off_leaves_nothing(tmp_path: Path, name: str, code: int) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old.json").write_text("as it was")
    slow = """
import time
import parser.writers.json as writers
def write(discussion, file):
    file.write(b"half")
    file.flush()
    print("half", flush=True)
    time.sleep(600)
writers.write_json = write
"""
    talk = str(ROOT / "tui" / "sample" / "talk.txt")
    command = with_patch(slow, "export", talk, "-o", str(folder / "old.json"))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        assert len(list(folder.iterdir())) == 2
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert said.strip() == b""
    assert [path.name for path in folder.iterdir()] == ["old.json"]
    assert (folder / "old.json").read_text() == "as it was"


def test_two_quick_ctrl_c_are_one(tmp_path: Path) -> None:
    waits = """
import time
import tui.opening
def load(*names, **how):
    print("waiting", flush=True)
    time.sleep(600)
tui.opening.load = load
"""
    with subprocess.Popen(
        with_patch(waits, "show", "talk.txt"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    assert said.strip() == b""


def test_two_quick_ctrl_c_on_the_screen_say_how_to_quit(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        until_read(terminal)
        terminal.press("\x03\x03")
        assert terminal.alive
        assert "quit" in text_of(bytes(terminal.output))
        terminal.send("q")
        is_given_back(terminal, 0)


# Crashes


RAISES = f"raise ValueError({ATTACK!r})"
CRASHES = {
    "a key": "import tui.screens.reader_moves as m\n"
    f"def fail(*_):\n  {RAISES}\nm.MoveCommands.do_down = fail",
    "the beginning": "import tui.screens.reader as m\n"
    f"def fail(*_):\n  {RAISES}\nm.ReaderScreen.on_mount = fail",
    "the first picture": "import tui.widgets.comment_tree as m\n"
    f"def fail(*_):\n  {RAISES}\nm.CommentTree.render_line = fail",
    "the thread of the keys": "import textual._xterm_parser as m\nfeed = m.XTermParser.feed\n"
    f"def fail(self, keys):\n  if 'j' in keys:\n    {RAISES}\n  return feed(self, keys)\n"
    "m.XTermParser.feed = fail",
}
WITH_A_KEY = ("a key", "the thread of the keys")


@pytest.mark.parametrize("where", CRASHES)
def test_a_crash_is_one_line_and_a_file(tmp_path: Path, where: str) -> None:
    with started(tmp_path, *with_patch(CRASHES[where], "--sample")) as terminal:
        if where in WITH_A_KEY:
            until_read(terminal)
            terminal.send("j")
        said = is_given_back(terminal, CRASHED)
    assert b"\x1b]52" not in said
    assert "aGVsbG8" not in text_of(said)
    last = text_of(said.rpartition(b"\x1b")[2]).split("commentree: ")[1]
    assert "crashed (ValueError" in last
    told = tmp_path / "state" / FILE
    assert str(told) in last.replace("\r\n", "")
    assert told.stat().st_mode & 0o777 == 0o600
    assert "ValueError: ␛]52;c;aGVsbG8=␇␛[2J" in told.read_text(encoding="utf-8")


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_crash_without_a_screen_is_told_too(tmp_path: Path, has_folder: bool) -> None:
    patch = f"import tui.opening as m\ndef fail(*_, **more):\n  {RAISES}\nm.load = fail"
    if not has_folder:
        (tmp_path / "state").write_text("no folder")
    done = subprocess.run(
        with_patch(patch, "show", "talk.txt"),
        capture_output=True, env=environment(tmp_path, {"TERM": ATTACK}), timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == CRASHED
    assert b"\x1b" not in done.stderr
    assert done.stderr.startswith(b"commentree: crashed (ValueError")
    assert done.stderr.count(b"\n") == 1 or not has_folder
    assert ("ValueError: ␛]52" in done.stderr.decode()) is not has_folder


# Sizes


def test_a_storm_of_sizes_ends_with_all_in_sight(tmp_path: Path) -> None:
    rnd = random.Random(5)
    with started(tmp_path) as terminal:
        until_read(terminal)
        for keys in ("j", "?", "\x1b", "\r", "\x1b", "Y", "\x1b", "v", "\x1b", "D", "\x1b", "\x10"):
            terminal.press(keys)
            some = [(rnd.randint(1, 200), rnd.randint(1, 60)) for _ in range(3)]
            for size in [(1, 1), (2, 2), (10, 3), *some, (1, 60), (200, 1), (40, 10)]:
                terminal.resize(*size)
                terminal.glance()
            terminal.settle()
        terminal.press("\x1b")
        before = len(terminal.output)
        terminal.resize(110, 30)
        terminal.settle()
        shown = text_of(bytes(terminal.output[before:]))
        for words in ("How the Sea Was Taught", "Chapters", "Comments", "88 of", "video not set"):
            assert words in shown
        terminal.send("q")
        is_given_back(terminal, 0)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (10, 3), (40, 10)])
def test_a_tiny_terminal_that_grows_shows_all(tmp_path: Path, size: tuple[int, int]) -> None:
    with started(tmp_path, size=size) as terminal:
        terminal.wait_for(b"\x1b[?2004h", "screen")
        terminal.settle()
        terminal.resize(110, 30)
        until_read(terminal)
        assert "@slackwater_sam" in text_of(bytes(terminal.output))
        terminal.send("q")
        is_given_back(terminal, 0)


def test_a_terminal_that_tells_no_size_gets_a_screen_that_can_be_left(tmp_path: Path) -> None:
    # Libraries differ in what they take it for then, and screens went to and fro between those.
    with started(tmp_path, size=(0, 0)) as terminal:
        until_read(terminal)
        terminal.send("q")
        is_given_back(terminal, 0)


# What the terminal is, and what is said of it


@pytest.mark.parametrize("term", ["dumb", "unknown", "", None])
def test_a_terminal_that_only_prints_gets_text(tmp_path: Path, term: str | None) -> None:
    with started(tmp_path, size=(60, 24), env={"TERM": term}) as terminal:
        said = is_given_back(terminal, 0).decode()
    assert "\x1b" not in said
    assert "As a harbour master: he is right to ask." in said
    prose = [line for line in said.split("\r\n") if "example.org/" not in line]
    assert max(map(len, prose)) <= 60


def test_any_other_terminal_gets_the_screen(tmp_path: Path) -> None:
    with started(tmp_path, env={"TERM": "nobody-knows-it"}) as terminal:
        until_read(terminal)
        terminal.send("q")
        assert b"\x1b[?1049h" in is_given_back(terminal, 0)


def test_no_color_means_none(tmp_path: Path) -> None:
    with started(tmp_path, env={"NO_COLOR": "1"}) as terminal:
        until_read(terminal)
        terminal.press("j")
        terminal.send("q")
        said = is_given_back(terminal, 0)
    used = {number for found in SGR.findall(said) for number in found.split(b";")}
    assert used - WITHOUT_COLOUR == set()


STARS = "★" * 3 + "文字"
"""Of two letters more than of cells."""


def _starred(folder: Path) -> str:
    path = folder / "talk.jsonl"
    comment = (
        '{"cid": "1", "text": "before %s after", "time": "1 day ago", "author": "@anna", '
        '"channel": "UC1", "votes": "0", "replies": 0, "photo": "", "heart": false, '
        '"reply": false}\n'
    )
    path.write_text(comment % STARS, encoding="utf-8")
    return str(path)


PLAIN_LOCALES: tuple[Changes, ...] = (
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "LANG": None, "PYTHONUTF8": "0"},
    {"LC_ALL": None, "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
)


@pytest.mark.parametrize("env", PLAIN_LOCALES)
@pytest.mark.parametrize("how", ["screen", "show"])
def test_what_a_locale_has_no_letters_for_takes_as_many_cells(
    tmp_path: Path, env: Changes, how: str
) -> None:
    words = (*COMMAND, _starred(tmp_path)) if how == "screen" else (*COMMAND, "show", "talk.jsonl")
    _starred(tmp_path)
    with started(tmp_path, *words, env=env) as terminal:
        if how == "screen":
            terminal.wait_for(b"@anna", "comment")
            terminal.settle()
            terminal.send("q")
        said = is_given_back(terminal, 0)
    assert said.isascii()
    # On the screen a letter of two cells is two signs, or what is behind it would slip.
    signs = "?" * (3 + 4 if how == "screen" else 5)
    assert f"before {signs} after" in text_of(said)


@pytest.mark.parametrize("env", PLAIN_LOCALES[:1])
def test_a_plain_locale_gets_letters_where_python_may_say_so(tmp_path: Path, env: Changes) -> None:
    with started(
        tmp_path, *COMMAND, _starred(tmp_path), env={**env, "PYTHONUTF8": None}
    ) as terminal:
        terminal.wait_for(b"@anna", "comment")
        terminal.settle()
        terminal.send("q")
        assert STARS in text_of(is_given_back(terminal, 0))


def test_modes_that_only_some_terminals_have_are_taken_back(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for(b"\x1b[?2048$p", "question")
        terminal.send("\x1b[?2048;2$y\x1b[48;30;100;600;1000t")
        until_read(terminal)
        terminal.send("q")
        said = is_given_back(terminal, 0)
    assert b"\x1b[?2048h" in said
    assert b"\x1b[?1016h" in said


@pytest.mark.parametrize("tools", ["none", "failing"])
def test_a_display_that_is_gone_does_not_reach_the_screen(tmp_path: Path, tools: str) -> None:
    for name in ("wl-copy", "wl-paste", "xclip", "xsel") if tools == "failing" else ():
        make_program(tmp_path / "bin", name, "echo 'cannot open display' >&2; exit 1")
    stale = {"DISPLAY": ":99", "WAYLAND_DISPLAY": "wayland-9", "PATH": str(tmp_path / "bin")}
    with started(tmp_path, env=stale) as terminal:
        until_read(terminal)
        terminal.send("y")
        assert terminal.wait_for(b"sent to the terminal", "message")
        terminal.settle()
        terminal.send("q")
        said = is_given_back(terminal, 0)
    assert said.count(b"\x1b]52;") == 1
    assert b"cannot open display" not in said


# Streams that are closed, or lead elsewhere


@pytest.mark.parametrize("streams", ["<&-", "</dev/null", "2>&-", "2>told", "<&- 2>&-"])
def test_the_screen_needs_standard_output_only(tmp_path: Path, streams: str) -> None:
    talk = ROOT / "tui" / "sample" / "talk.txt"
    line = f"exec '{sys.executable}' -m tui '{talk}' {streams}"
    with started(tmp_path, "/bin/sh", "-c", line) as terminal:
        until_read(terminal)
        terminal.press("j")
        terminal.send("q")
        assert b"\x1b[?1049h" in is_given_back(terminal, 0)
    assert not (tmp_path / "told").exists() or (tmp_path / "told").read_bytes() == b""


@pytest.mark.parametrize(
    ("streams", "code", "said"), [(">told", 0, ""), (">&-", 2, "standard output is closed")]
)
def test_without_standard_output_there_is_no_screen(
    tmp_path: Path, streams: str, code: int, said: str
) -> None:
    talk = ROOT / "tui" / "sample" / "talk.txt"
    line = f"exec '{sys.executable}' -m tui '{talk}' {streams}"
    with started(tmp_path, "/bin/sh", "-c", line) as terminal:
        output = is_given_back(terminal, code).decode()
    assert output == (f"commentree: {said}\r\n" if said else "")
    if streams == ">told":
        assert "As a harbour master" in (tmp_path / "told").read_text(encoding="utf-8")


# Stopping and going on


@pytest.mark.parametrize("how", ["ctrl+z", "TSTP", "ctrl+z, behind another program"])
def test_stopped_it_leaves_the_shell_its_terminal_and_comes_back(tmp_path: Path, how: str) -> None:
    program = " ".join(f"'{word}'" for word in SAMPLE)
    told = f"echo $$ > pid; exec {program}"
    line = f"{program}; exit $?" if "behind" in how else told
    shell = (sys.executable, "-m", "tests.hostile.job_shell", "/bin/sh", "-c", line)
    with started(tmp_path, *shell) as terminal:
        assert terminal.wait_for(ALL_THERE, "all there")
        if how == "TSTP":
            os.kill(int((tmp_path / "pid").read_text()), signal.SIGTSTP)
        else:
            terminal.send("\x1a")
        assert terminal.wait_for(job_shell.STOPPED.encode(), "shell")
        terminal.wait_for(b"\n", "rest of the line")
        said = bytes(terminal.output)
        assert judge_restored(said) == []
        assert job_shell.KEPT in text_of(said)
        shown_again(terminal, "\n")
        terminal.send("q")
        is_given_back(terminal, 0)


def test_stopped_without_a_word_it_restores_what_was_there_at_first(tmp_path: Path) -> None:
    line = f"echo $$ > pid; exec {' '.join(f'{word}' for word in SAMPLE)}"
    shell = (sys.executable, "-m", "tests.hostile.job_shell", "/bin/sh", "-c", line)
    with started(tmp_path, *shell) as terminal:
        assert terminal.wait_for(ALL_THERE, "all there")
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGSTOP)
        assert terminal.wait_for(job_shell.STOPPED.encode(), "shell")
        shown_again(terminal, "\n")
        terminal.send("q")
        is_given_back(terminal, 0)


def test_told_to_go_on_while_it_does_it_keeps_the_settings(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        until_read(terminal)
        os.kill(terminal.pid, signal.SIGCONT)
        shown_again(terminal, "")
        terminal.settle()
        terminal.send("q")
        is_given_back(terminal, 0)


def test_without_a_shell_nothing_is_stopped(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        until_read(terminal)
        shown_again(terminal, "\x1a")
        terminal.settle()
        terminal.send("q")
        is_given_back(terminal, 0)


# A terminal that is gone

STAGES = {"idle": "", "a dialog": "?"}


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize("stage", [*STAGES, "start", "reading"])
def test_a_lost_terminal_ends_it(tmp_path: Path, stage: str, is_told: bool) -> None:
    """``is_told``: whether the system sends HUP, as it does to who leads a session."""
    end, inner = os.openpty()
    arguments = ["--sample"]
    if stage == "reading":
        with (tmp_path / "big.info.json").open("wb") as file:
            file.writelines(info_json(30_000))
        arguments = ["big.info.json"]
    pid = os.fork()
    if not pid:
        _be_in(inner, is_told, [*COMMAND, *arguments], tmp_path)
    os.close(inner)
    said = b""
    while (ALL_THERE if stage in STAGES else b"\x1b[?2004h") not in said:
        said += os.read(end, 1 << 16)
    os.write(end, STAGES.get(stage, "").encode())
    os.close(end)
    assert end_of(pid) == 129


def _be_in(inner: int, is_told: bool, command: list[str], folder: Path) -> None:
    try:
        if is_told:
            os.login_tty(inner)
        else:
            os.setsid()
            for number in range(3):
                os.dup2(inner, number)
        os.chdir(folder)
        os.execve(command[0], command, environment(folder))
    finally:
        os._exit(127)


def test_a_lost_terminal_ends_a_stopped_one(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    shell = (sys.executable, "-m", "tests.hostile.job_shell", *SAMPLE)
    terminal = started(tmp_path, *shell)
    os.close(writer)
    assert terminal.wait_for(ALL_THERE, "all there")
    terminal.send("\x1a")
    assert terminal.wait_for(job_shell.STOPPED.encode(), "shell")
    terminal.__exit__()
    # Its end comes once nobody holds the other side any more: the shell, and the program.
    assert select.select([reader], [], [], HARD_LIMIT)[0], "it is still there"
    assert os.read(reader, 1) == b""
    os.close(reader)
