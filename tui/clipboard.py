"""Copying to wherever the user will paste from, and saying which way it went.

The order, and why: inside tmux its own buffer (it drops what programs send to the
terminal's clipboard); over SSH the terminal's clipboard (OSC 52), since the machine's own
is not the user's; else the machine's clipboard, read back to be sure; else OSC 52 again. What
only the terminal got cannot be verified, and the message says "sent", not "copied".

Every helper runs as a child process with a time-out and its output kept off the screen: a
clipboard program may hang on a display that is gone, and some print.
"""

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from signal import Signals
from typing import Literal

import msgspec

TIMEOUT_SECONDS = 5.0
"""How long one helper may take."""

TERMINAL_LIMIT = 74_000
"""Characters of base64 in one OSC 52; terminals drop longer ones without a word."""

SCREEN_PIECE = 700
"""GNU screen passes strings on to the terminal, but not longer ones than about this."""

Way = Literal["tmux", "terminal", "clipboard", "none"]

_DROPPED = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}

_COPY = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode())"
# Reading back happens in a child of its own: a clipboard that lived only as long as the
# child that filled it would be found out. 3: it holds something else. 1: it can't be read.
_READ_BACK = """
import sys, pyperclip
want, got = sys.stdin.buffer.read().decode(), pyperclip.paste()
sys.exit(0 if got.replace("\\r\\n", "\\n") == want else 3)
"""
_DIFFERS = 3


class CopyResult(msgspec.Struct, frozen=True):
    """What became of a copy.

    ``message`` goes behind "copied …": the way it went, or why it went none. ``verified``:
    the text was read back from where it was put, and was the same.
    """

    way: Way
    ok: bool
    message: str
    verified: bool = False


def copy(
    text: str, *, env: Mapping[str, str], write_terminal: Callable[[str], None] | None
) -> CopyResult:
    """Put ``text`` where the user can paste it from; nothing is raised.

    ``env`` is the environment to judge by and to run helpers in. ``write_terminal`` writes
    to the terminal itself (from any thread), ``None`` where there is none. Takes up to some
    seconds when a helper hangs, so it belongs in a thread; several calls at once are safe.
    """
    text = harmless(text)
    if not text:
        return CopyResult("none", False, "there is nothing to copy")
    if env.get("TMUX") and (result := _to_tmux(text, env)):
        return result
    if is_remote(env):
        return _to_terminal(text, env, write_terminal)
    return _to_clipboard(text, env) or _to_terminal(text, env, write_terminal)


def harmless(text: str) -> str:
    """``text`` without control characters but line breaks and tabs, and storable as UTF-8.

    What is pasted may land in a shell, where an escape sequence or a carriage return acts.
    """
    return text.translate(_DROPPED).encode("utf-8", "replace").decode()


def is_remote(env: Mapping[str, str]) -> bool:
    """Whether the user sits at another machine."""
    return bool(env.get("SSH_TTY") or env.get("SSH_CONNECTION"))


def _to_tmux(text: str, env: Mapping[str, str]) -> CopyResult | None:
    tmux = shutil.which("tmux", path=env.get("PATH"))
    if tmux is None:
        return None
    data = text.encode()
    # -w hands the text on to the terminal's clipboard too; tmux before 3.2 does not know it.
    loaded = any(_run([tmux, "load-buffer", *flag, "-"], data, env) == 0 for flag in (["-w"], []))
    if not loaded:
        return None
    return CopyResult(
        "tmux", True, "via tmux", verified=_output([tmux, "show-buffer"], env) == data
    )


def _to_clipboard(text: str, env: Mapping[str, str]) -> CopyResult | None:
    """The machine's own clipboard; ``None`` where it took nothing or something else."""
    data, env = text.encode(), _with_utf8(env)
    python = [sys.executable, "-P", "-c"]  # -P: no module of the current folder is imported
    if _run([*python, _COPY], data, env) != 0:
        return None
    read = _run([*python, _READ_BACK], data, env)
    if read == _DIFFERS:
        return None
    return CopyResult("clipboard", True, "to the clipboard", verified=read == 0)


def _to_terminal(
    text: str, env: Mapping[str, str], write_terminal: Callable[[str], None] | None
) -> CopyResult:
    if write_terminal is None or env.get("TERM") in ("dumb", "linux"):
        return CopyResult("none", False, "no clipboard can be reached from here")
    code = b64encode(text.encode()).decode()
    if len(code) > TERMINAL_LIMIT:
        # Not sent at all: half a text on the clipboard looks like a whole one.
        most = TERMINAL_LIMIT // 4 * 3 // 1000
        size = len(text.encode()) // 1000
        return CopyResult(
            "none", False, f"too long for the terminal's clipboard ({size} KB, it takes {most})"
        )
    try:
        write_terminal(_through_screen(f"\x1b]52;c;{code}\x07", env))
    except OSError as error:
        return CopyResult("none", False, f"the terminal took nothing: {error.strerror or error}")
    return CopyResult("terminal", True, "sent to the terminal")


def _through_screen(sequence: str, env: Mapping[str, str]) -> str:
    """Wrap a sequence for GNU screen, which keeps to itself what it does not know."""
    if not env.get("STY") or env.get("TMUX"):
        return sequence
    pieces = (sequence[at : at + SCREEN_PIECE] for at in range(0, len(sequence), SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _with_utf8(env: Mapping[str, str]) -> Mapping[str, str]:
    """macOS's pbcopy takes text for MacRoman unless the locale says UTF-8."""
    if sys.platform != "darwin" or any("UTF-8" in env.get(name, "") for name in ("LC_ALL", "LANG")):
        return env
    return {**env, "LC_CTYPE": "UTF-8"}


def _run(command: list[str], data: bytes, env: Mapping[str, str]) -> int | None:
    """The exit status of a helper that was fed ``data``; ``None`` when it did not end in time.

    Its output goes nowhere rather than through a pipe: clipboard programs stay behind to
    serve the text, and whoever waits for the end of their output waits for ever.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  (fixed programs, no shell)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(env),
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        process.communicate(data, timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)
        return None
    except OSError:  # it ended without reading all
        process.wait()
    return process.returncode


def _output(command: list[str], env: Mapping[str, str]) -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603  (fixed programs, no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(env),
            timeout=TIMEOUT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a helper that hangs, with what it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, Signals.SIGKILL)
    process.wait()
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
