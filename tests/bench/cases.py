"""What is measured: each function runs one program once, and hands back its figures.

Seconds and bytes throughout. Names of figures are those of the JSON file.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

from tests.bench import data
from tests.bench.apps import READY
from tests.bench.formats import made
from tests.bench.processes import EVERY, MemoryWatch
from tests.bench.terminal import Terminal

PATIENCE = 900.0
"""The longest that a file is waited for, in seconds."""
FIRST_SIGN = data.UPLOADER.lstrip("@")
"""Who wrote the first comment: where that stands on the screen, comments do."""
COMPLETE = r"\A[^\n]*\d comments\s*(\n|\Z)"
"""The program's first line once all comments have come; before, it says `N of M`."""
PLACE = re.compile(r"Comments .*?([\d,]+) of [\d,]+\s*$")
"""The title of the tree, with the place of the comment on which one stands."""
STEP = "j"
KEYS: tuple[tuple[str, int], ...] = (
    (STEP, 20), ("\x04", 3), ("\x15", 3), ("}", 15), ("k", 20), ("G", 1), ("g", 1), ("G", 1),
    ("g", 1),
)  # fmt: skip
"""Keys pressed once all is there, and how often; they work at any size."""
NAMES = {"\x04": "ctrl+d", "\x15": "ctrl+u"}
FOLDS = 3
_APPS = Path(__file__).with_name("apps.py")
_NOT_OURS = (
    "COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "SSH_TTY",
    "SSH_CONNECTION", "STY", "TMUX", "WAYLAND_DISPLAY", "DISPLAY",
)  # fmt: skip


@dataclass(slots=True)
class Figures:
    """What one run gave: single figures, and series such as one time a key."""

    single: dict[str, float] = field(default_factory=dict[str, float])
    series: dict[str, list[float]] = field(default_factory=dict[str, list[float]])


class WrongResultError(Exception):
    """A program did not do what was being measured."""


def environment(folder: Path) -> dict[str, str]:
    """Variables for every program: nothing of the user's is read or changed.

    Compiled modules are kept in the folder: a program that is installed has them, one that
    runs from its sources under ``PYTHONDONTWRITEBYTECODE`` would be compiled at each start.
    """
    return {
        **{name: value for name, value in os.environ.items() if name not in _NOT_OURS},
        "COLORTERM": "truecolor",
        "COMMENTREE_CONFIG_DIR": str(folder / "config"),
        "COMMENTREE_STATE_DIR": str(folder / "state"),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "TERM": "xterm-256color",
    }


def program() -> list[str]:
    """The command that starts this program."""
    script = Path(sys.executable).with_name("commentree")
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui"]


def first_frame(command: Sequence[str], env: dict[str, str], pattern: str, sign: str) -> Figures:
    """From start to the first frame that matches; and the memory until a little later."""
    with Terminal(command, env) as terminal, MemoryWatch(terminal.pid) as watch:
        shown = _shown(terminal, pattern, sign)
        terminal.read_for(0.2)
    figures = Figures({"first_byte": terminal.chunks[0].at - terminal.started, "frame": shown})
    figures.single |= {"anon": watch.peak.anon, "file": watch.peak.file}
    return figures


def bare(env: dict[str, str]) -> Figures:
    """A bare Textual app."""
    return first_frame([sys.executable, str(_APPS), "bare"], env, READY, READY)


def opened_only(path: Path, env: dict[str, str]) -> Figures:
    """The program, to its first frame with comments."""
    return first_frame([*program(), str(path)], env, FIRST_SIGN, FIRST_SIGN)


def opened(path: Path, size: int, env: dict[str, str]) -> Figures:
    """The program from start to complete, then key by key, then folding and unfolding all."""
    figures = Figures()
    with Terminal([*program(), str(path)], env) as terminal, MemoryWatch(terminal.pid) as watch:
        figures.single["frame"] = _shown(terminal, FIRST_SIGN, FIRST_SIGN)
        figures.single["complete"] = _complete(terminal, size) - terminal.started
        figures.single["idle"] = terminal.wait_idle(PATIENCE) - terminal.started
        for key, count in KEYS:
            _press(terminal, key, count, NAMES.get(key, key), figures)
        for _ in range(FOLDS):
            _press(terminal, "zR", 1, "unfold_all", figures)
            _press(terminal, "zM", 1, "fold_all", figures)
    figures.single |= {"anon": watch.peak.anon, "file": watch.peak.file}
    return figures


def read_whole(path: Path, size: int, env: dict[str, str]) -> Figures:
    """The program from start to complete."""
    figures = Figures()
    with Terminal([*program(), str(path)], env) as terminal, MemoryWatch(terminal.pid) as watch:
        figures.single["complete"] = _complete(terminal, size) - terminal.started
    figures.single |= {"anon": watch.peak.anon, "file": watch.peak.file}
    return figures


def keys_while_loading(path: Path, size: int, env: dict[str, str]) -> Figures:
    """How long a step down takes while the file is being read.

    The counts are repainted meanwhile, so a key's time is told by what the screen shows: from
    the key to the last change of anything but those, once the place it leads to is reached.
    """
    sent: list[float] = []
    with Terminal([*program(), str(path)], env) as terminal:
        _shown(terminal, FIRST_SIGN, FIRST_SIGN)
        began = perf_counter()
        done, looked = False, 0
        while terminal.alive and not done and perf_counter() - began < PATIENCE:
            sent.append(terminal.send(STEP))
            terminal.read_until_quiet(0.025, 0.25)
            came = b"".join(chunk.data for chunk in terminal.chunks[max(0, looked - 1) :])
            done, looked = b" comments" in came, len(terminal.chunks)
        complete = _complete(terminal, size)
        terminal.read_for(0.3)
    sent = [at for at in sent if at < complete]
    times = _step_times(terminal, sent, places_of_threads(size))
    figures = Figures(series={"keys": [each for each in times if each is not None]})
    figures.single["unanswered"] = float(times.count(None))
    return figures


def places_of_threads(size: int) -> Iterator[int]:
    """Where threads begin, counted from 1."""
    return (n for n, remark in enumerate(data.remarks(size), 1) if not remark.is_reply)


def decoded(path: Path, library: str, env: dict[str, str]) -> Figures:
    """Raw decoding of the mapped file."""
    command = [sys.executable, str(_APPS), "decode", library, str(path)]
    with (
        subprocess.Popen(
            command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child,
        MemoryWatch(child.pid) as watch,
    ):
        assert child.stdout is not None
        said = json.loads(child.stdout.readline() or "{}")
        sleep(3 * EVERY)
        child.communicate()
    if not said:
        raise WrongResultError(f"{library} did not decode {path}")
    return Figures({**said, "anon": watch.peak.anon, "file": watch.peak.file})


def exported(path: Path, env: dict[str, str]) -> Figures:
    """``export --format jsonl`` of the whole file, with all analysis, to nowhere."""
    command = [*program(), "export", str(path), "--format", "jsonl"]
    started = perf_counter()
    with (
        subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as child,
        MemoryWatch(child.pid) as watch,
    ):
        code = child.wait()
        seconds = perf_counter() - started
    if code:
        raise WrongResultError(f"export of {path} left with {code}")
    return Figures({"seconds": seconds, "anon": watch.peak.anon, "file": watch.peak.file})


def textual_tree(path: Path, size: int, env: dict[str, str]) -> Figures:
    """Textual's own tree of the same comments; unfolding and folding all of it."""
    figures = Figures()
    command = [sys.executable, str(_APPS), "tree", str(path)]
    with Terminal(command, env) as terminal, MemoryWatch(terminal.pid) as watch:
        figures.single["frame"] = _shown(terminal, FIRST_SIGN, FIRST_SIGN)
        terminal.wait_idle(PATIENCE)
        _press(terminal, "\x1b[B", min(20, size), "down", figures)
        _press(terminal, "e", 1, "unfold_all", figures)
        _press(terminal, "c", 1, "fold_all", figures)
    figures.single |= {"anon": watch.peak.anon, "file": watch.peak.file}
    return figures


def others(folder: Path) -> dict[str, Callable[[int, dict[str, str]], Figures]]:
    """Other programs that are installed, each with the same discussion in its own format."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    settings = folder / "muttrc"
    settings.write_text(f"set sort=threads\nset move=no\nset folder='{folder}'\n")
    first = FIRST_SIGN
    forms: dict[str, tuple[list[str], str, str]] = {
        "mutt": (["-n", "-F", str(settings), "-R", "-f"], "mbox", r"Msgs:\d"),
        "vd": ([], "jsonl", first),
        "less": ([], "txt", first),
    }
    found: dict[str, Callable[[int, dict[str, str]], Figures]] = {}
    for name, (options, form, pattern) in forms.items():
        if (where := shutil.which(name, path=beside)) is not None:
            found[name] = _other([where, *options], folder, form, pattern)
    return found


def _other(
    command: list[str], folder: Path, form: str, pattern: str
) -> Callable[[int, dict[str, str]], Figures]:
    def run(size: int, env: dict[str, str]) -> Figures:
        return first_frame([*command, str(made(folder, size, form))], env, pattern, "")

    return run


def _shown(terminal: Terminal, pattern: str, sign: str) -> float:
    """Seconds from the start to the frame that shows this."""
    at = terminal.wait_for(pattern, PATIENCE, sign.encode())
    if at is None:
        raise WrongResultError(
            f"{pattern!r} never came; the screen:\n" + "\n".join(terminal.screen)
        )
    return at - terminal.started


def _complete(terminal: Terminal, size: int) -> float:
    """When the program said that all comments had come; they are counted."""
    at = terminal.wait_for(COMPLETE, PATIENCE, b" comments")
    if at is None or f" {size:,} comments" not in terminal.screen[0]:
        raise WrongResultError(f"not {size:,} comments; the screen:\n" + "\n".join(terminal.screen))
    return at


def _press(terminal: Terminal, keys: str, count: int, name: str, figures: Figures) -> None:
    series = figures.series.setdefault(name, [])
    for _ in range(count):
        seconds = terminal.press(keys)
        if seconds is None:
            raise WrongResultError(f"{name} did nothing:\n" + "\n".join(terminal.screen))
        series.append(seconds)


def _step_times(terminal: Terminal, sent: list[float], places: Iterator[int]) -> list[float | None]:
    """Seconds from each step down to its settled frame; ``None``: it was never seen."""
    if not sent:
        return []
    seen: list[tuple[float, int]] = []  # when what is shown changed, and where one stood
    before: list[str] = []
    for at, lines in terminal.frames(sent[0]):
        place = next((int(m[1].replace(",", "")) for x in lines if (m := PLACE.search(x))), 0)
        shown = [re.sub(r" of [\d,]+", "", line) for line in lines[1:]]
        if shown != before:
            seen.append((at, place))
            before = shown
    next(places, None)  # where one stands at first
    return [
        _settled(seen, at, next(places), until)
        for at, until in zip(sent, [*sent[1:], sent[-1] + 0.3], strict=True)
    ]


def _settled(seen: list[tuple[float, int]], sent: float, place: int, until: float) -> float | None:
    reached = next((at for at, where in seen if at > sent and where >= place), None)
    if reached is None:
        return None
    return max([reached, *(at for at, _ in seen if reached < at < until)]) - sent
