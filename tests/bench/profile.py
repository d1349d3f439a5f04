"""One stage of the program under cProfile, in a terminal like the benchmark's."""

import pstats
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import cases
from tests.bench.terminal import Terminal

LINES = 45
"""Functions in each of the two lists that are printed."""
QUITS, WRITING = 3, 5.0
"""Times that ``q`` is pressed (the first may close something else), and seconds for each."""


def profile(stage: str, path: Path, size: int, env: dict[str, str], folder: Path) -> None:
    """Prints what took the time; ``stage`` is one of `STAGES`.

    The start is in all of them. The figures are larger than without the profiler, by a
    factor of two or so: look at the shares. Raises
    :class:`~tests.bench.cases.WrongResultError` when the program fails.
    """
    out = folder / f"{stage}-{size}.prof"
    out.unlink(missing_ok=True)
    STAGES[stage](path, size, env, out)
    if not out.exists():
        raise cases.WrongResultError(f"the program left no profile in {out}")
    shown = pstats.Stats(str(out))
    shown.sort_stats("tottime").print_stats(LINES)
    shown.sort_stats("cumulative").print_stats(LINES)


def _first_frame(path: Path, size: int, env: dict[str, str], out: Path) -> None:
    del size
    with _start(path, env, out) as terminal:
        terminal.wait_for(cases.FIRST_SIGN, cases.PATIENCE, cases.FIRST_SIGN.encode())
        _quit(terminal)


def _load(path: Path, size: int, env: dict[str, str], out: Path) -> None:
    del size
    with _start(path, env, out) as terminal:
        terminal.wait_for(cases.COMPLETE, cases.PATIENCE, b" comments")
        _quit(terminal)


def _keys(path: Path, size: int, env: dict[str, str], out: Path) -> None:
    del size
    with _start(path, env, out) as terminal:
        terminal.wait_for(cases.COMPLETE, cases.PATIENCE, b" comments")
        terminal.wait_idle(cases.PATIENCE)
        for _ in range(5):
            for key, count in cases.KEYS:
                for _ in range(count):
                    terminal.press(key)
            terminal.press("zR")
            terminal.press("zM")
        _quit(terminal)


def _export(path: Path, size: int, env: dict[str, str], out: Path) -> None:
    del size
    command = [*_profiled(out), "export", str(path), "--format", "jsonl"]
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)


STAGES: dict[str, Callable[[Path, int, dict[str, str], Path], None]] = {
    "first-frame": _first_frame,
    "load": _load,
    "keys": _keys,
    "export": _export,
}


def _profiled(out: Path) -> list[str]:
    return [sys.executable, "-m", "cProfile", "-o", str(out), "-m", "tui"]


def _start(path: Path, env: dict[str, str], out: Path) -> Terminal:
    return Terminal([*_profiled(out), str(path)], env)


def _quit(terminal: Terminal) -> None:
    """Leave as a reader does, and wait until the profile is written."""
    for _ in range(QUITS):
        terminal.send("q")
        terminal.read_for(WRITING)
        if not terminal.alive:
            return
    raise cases.WrongResultError("it does not quit; the screen:\n" + "\n".join(terminal.screen))
