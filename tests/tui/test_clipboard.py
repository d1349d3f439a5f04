"""Copying, each way: real helpers run, and the text is read back from where it went."""

import os
import shutil
import subprocess
import time
import uuid
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import tui.clipboard as module
from tests.tui.fakes import FakeClipboard, make_program, needs_false_programs
from tui.clipboard import CopyResult, copy, harmless

pytestmark = pytest.mark.skipif(bool(needs_false_programs), reason=needs_false_programs or "-")

LINK = "https://youtu.be/abcdefghijk?t=0"
MANY_SCRIPTS = "приём 潮汐 الجزر\n\tzwei 👩🏽‍🔬"


class Terminal:
    """What was written to the terminal."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, sequence: str) -> None:
        self.written.append(sequence)

    def clipboard(self) -> str:
        """What a terminal that understands OSC 52 would now hold."""
        (sequence,) = self.written
        assert sequence.startswith("\x1b]52;c;")
        assert sequence.endswith("\x07")
        return b64decode(sequence[7:-1], validate=True).decode()


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def nothing_here() -> dict[str, str]:
    """An environment without display, in which no clipboard program is reachable."""
    return {**os.environ, "PATH": "/nonexistent"}


class TestLocal:
    @pytest.mark.parametrize("text", [LINK, MANY_SCRIPTS, "ends in a line break\n"])
    def test_the_machines_clipboard_holds_the_text(
        self, clipboard: FakeClipboard, terminal: Terminal, text: str
    ) -> None:
        result = copy(text, env=clipboard.env(), write_terminal=terminal.write)

        assert result == CopyResult("clipboard", True, "to the clipboard", verified=True)
        assert clipboard.read() == text
        assert terminal.written == []

    def test_a_clipboard_that_takes_the_text_and_loses_it_is_found_out(
        self, clipboard: FakeClipboard, terminal: Terminal
    ) -> None:
        forget = 'case "$*" in *-o*) echo something else ;; *) cat > /dev/null ;; esac'
        for name in ("xclip", "xsel", "pbcopy", "pbpaste"):
            make_program(clipboard.programs, name, forget)

        result = copy(LINK, env=clipboard.env(), write_terminal=terminal.write)

        assert (result.way, result.verified) == ("terminal", False)
        assert terminal.clipboard() == LINK

    def test_a_clipboard_that_cannot_be_read_is_not_called_verified(
        self, clipboard: FakeClipboard, terminal: Terminal
    ) -> None:
        # pyperclip takes what a failing program printed for the content, so the reading
        # itself must hang to be impossible.
        once = clipboard.programs / "used"
        deaf = f'case "$*" in *-o*) kill -9 $PPID ;; *) cat > "{once}" ;; esac'
        for name in ("xclip", "xsel", "pbcopy", "pbpaste"):
            make_program(clipboard.programs, name, deaf)

        result = copy(LINK, env=clipboard.env(), write_terminal=terminal.write)

        assert result == CopyResult("clipboard", True, "to the clipboard", verified=False)
        assert once.read_text() == LINK

    def test_a_program_that_stays_behind_to_serve_the_text_is_not_waited_for(
        self, clipboard: FakeClipboard, terminal: Terminal
    ) -> None:
        # As xclip and wl-copy do: the copier forks and keeps its output open.
        file, pid = clipboard.programs / "text", clipboard.programs / "pid"
        serve = (
            f'case "$*" in *-o*) cat "{file}" ;;'
            f' *) cat > "{file}"; sleep 30 & echo $! > "{pid}" ;; esac'
        )
        for name in ("xclip", "xsel"):
            make_program(clipboard.programs, name, serve)
        began = time.monotonic()
        try:
            result = copy(LINK, env=clipboard.env(), write_terminal=terminal.write)
        finally:
            if pid.exists():
                os.kill(int(pid.read_text()), 9)

        assert result.verified
        assert time.monotonic() - began < module.TIMEOUT_SECONDS

    def test_a_helper_that_hangs_is_given_up(
        self, clipboard: FakeClipboard, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "TIMEOUT_SECONDS", 1.0)
        for name in ("xclip", "xsel", "pbcopy", "pbpaste"):
            make_program(clipboard.programs, name, "exec sleep 60")

        result = copy(LINK, env=clipboard.env(), write_terminal=terminal.write)

        assert result.way == "terminal"
        assert terminal.clipboard() == LINK

    def test_helpers_keep_their_complaints_off_the_screen(
        self, clipboard: FakeClipboard, terminal: Terminal, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for name in ("xclip", "xsel", "pbcopy", "pbpaste"):
            make_program(clipboard.programs, name, "echo noise; echo noise >&2; exit 1")

        copy(LINK, env=clipboard.env(), write_terminal=terminal.write)

        assert capfd.readouterr() == ("", "")

    def test_a_module_in_the_current_folder_is_not_run(
        self,
        clipboard: FakeClipboard,
        terminal: Terminal,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        trap = tmp_path / "sprung"
        (tmp_path / "pyperclip.py").write_text(f"open({str(trap)!r}, 'w')", encoding="utf-8")
        monkeypatch.chdir(tmp_path)

        copy(LINK, env=clipboard.env(), write_terminal=terminal.write)

        assert not trap.exists()
        assert clipboard.read() == LINK

    def test_two_at_once_from_threads_both_end_well(
        self, clipboard: FakeClipboard, terminal: Terminal
    ) -> None:
        with ThreadPoolExecutor(2) as pool:
            tasks = [
                pool.submit(copy, LINK, env=clipboard.env(), write_terminal=terminal.write)
                for _ in range(2)
            ]
            assert all(task.result().ok for task in tasks)
        assert clipboard.read() == LINK


class TestTerminal:
    @pytest.mark.parametrize("mark", ["SSH_TTY", "SSH_CONNECTION"])
    def test_over_ssh_the_users_terminal_gets_it_and_the_far_clipboard_does_not(
        self, clipboard: FakeClipboard, terminal: Terminal, mark: str
    ) -> None:
        env = clipboard.env(**{mark: "somewhere"})

        result = copy(MANY_SCRIPTS, env=env, write_terminal=terminal.write)

        assert result == CopyResult("terminal", True, "sent to the terminal", verified=False)
        assert terminal.clipboard() == MANY_SCRIPTS
        assert clipboard.read() is None

    def test_without_any_clipboard_the_terminal_is_tried(
        self, nothing_here: dict[str, str], terminal: Terminal
    ) -> None:
        if os.uname().sysname == "Darwin":
            pytest.skip("macOS always has a clipboard")
        result = copy(LINK, env=nothing_here, write_terminal=terminal.write)

        assert result.way == "terminal"
        assert terminal.clipboard() == LINK

    @pytest.mark.parametrize("kind", ["dumb", "linux"])
    def test_a_terminal_without_clipboard_is_not_said_to_have_got_it(
        self, terminal: Terminal, kind: str
    ) -> None:
        env = {"SSH_TTY": "x", "TERM": kind}

        result = copy(LINK, env=env, write_terminal=terminal.write)

        assert (result.way, result.ok) == ("none", False)
        assert terminal.written == []

    def test_nowhere_at_all(self) -> None:
        result = copy(LINK, env={"SSH_TTY": "x"}, write_terminal=None)

        assert (result.way, result.ok) == ("none", False)
        assert result.message

    @pytest.mark.parametrize(("bytes_", "sent"), [(55_500, True), (55_501, False)])
    def test_what_terminals_would_drop_is_not_sent_and_not_cut(
        self, terminal: Terminal, bytes_: int, sent: bool
    ) -> None:
        text = "x" * bytes_

        result = copy(text, env={"SSH_TTY": "x"}, write_terminal=terminal.write)

        assert result.ok is sent
        if sent:
            assert terminal.clipboard() == text
        else:
            assert "too long" in result.message
            assert terminal.written == []

    def test_a_terminal_that_is_gone(self) -> None:
        def write(sequence: str) -> None:
            raise BrokenPipeError(32, "Broken pipe")

        result = copy(LINK, env={"SSH_TTY": "x"}, write_terminal=write)

        assert not result.ok
        assert "Broken pipe" in result.message

    def test_gnu_screen_passes_it_on_in_pieces_that_it_takes(self, terminal: Terminal) -> None:
        env = {"SSH_TTY": "x", "STY": "1.pts"}
        text = "tide " * 400

        copy(text, env=env, write_terminal=terminal.write)

        (sequence,) = terminal.written
        pieces = sequence.split("\x1b\\")
        assert pieces.pop() == ""
        assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
        inner = "".join(piece.removeprefix("\x1bP") for piece in pieces)
        assert b64decode(inner.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == text


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A tmux server of its own: its socket's name, and TMUX as a program inside it sees it."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    name = f"commentree-test-{uuid.uuid4().hex[:12]}"
    base = ["tmux", "-L", name, "-f", os.devnull]
    subprocess.run([*base, "new-session", "-d", "-x", "80", "-y", "24", "cat"], check=True)
    try:
        shown = [*base, "display-message", "-p", "#{socket_path},#{pid},0"]
        inside = subprocess.run(shown, check=True, capture_output=True, text=True).stdout.strip()
        yield name, inside
    finally:
        subprocess.run([*base, "kill-server"], check=False)


class TestTmux:
    @pytest.mark.parametrize(
        "text", [LINK, MANY_SCRIPTS, "long " * 40_000], ids=["link", "scripts", "long"]
    )
    @pytest.mark.parametrize("remote", [{}, {"SSH_TTY": "x"}])
    def test_a_real_server_holds_the_text(
        self, tmux: tuple[str, str], terminal: Terminal, text: str, remote: dict[str, str]
    ) -> None:
        name, inside = tmux

        result = copy(
            text, env={**os.environ, "TMUX": inside, **remote}, write_terminal=terminal.write
        )

        assert result == CopyResult("tmux", True, "via tmux", verified=True)
        shown = subprocess.run(
            ["tmux", "-L", name, "show-buffer"], check=True, capture_output=True, timeout=10
        )
        assert shown.stdout.decode() == text
        assert terminal.written == []

    def test_a_tmux_that_is_gone_leaves_the_other_ways(
        self, clipboard: FakeClipboard, terminal: Terminal, tmp_path: Path
    ) -> None:
        env = clipboard.env(TMUX=f"{tmp_path / 'no-socket'},1,0")

        result = copy(LINK, env=env, write_terminal=terminal.write)

        assert result.way == "clipboard"
        assert clipboard.read() == LINK

    def test_an_old_tmux_that_knows_no_w_still_gets_the_text(
        self, clipboard: FakeClipboard, terminal: Terminal
    ) -> None:
        buffer = clipboard.programs / "buffer"
        make_program(
            clipboard.programs,
            "tmux",
            f'case "$*" in "load-buffer -") cat > "{buffer}" ;;'
            f' show-buffer) cat "{buffer}" ;; *) exit 1 ;; esac',
        )

        result = copy(LINK, env=clipboard.env(TMUX="x,1,0"), write_terminal=terminal.write)

        assert (result.way, result.verified) == ("tmux", True)
        assert buffer.read_text() == LINK


class TestHarmless:
    def test_no_control_character_is_copied_but_line_breaks_and_tabs(self) -> None:
        controls = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))

        assert harmless(f"a{controls}b") == "a\t\nb"

    def test_what_utf8_cannot_hold_is_replaced(self) -> None:
        assert harmless("a\ud800b") == "a?b"

    def test_nothing_is_not_copied(self, terminal: Terminal) -> None:
        result = copy("\x1b\r", env={"SSH_TTY": "x"}, write_terminal=terminal.write)

        assert not result.ok
        assert terminal.written == []
