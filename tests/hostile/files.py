"""Trials of single files: on the screen, shown and exported, in order or refused in one line."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.hostile import sinks
from tests.hostile.judge import PLAIN, Finding, judge_refusal
from tests.hostile.surroundings import COMMAND, Surroundings, surroundings
from tests.hostile.terminal import Ended, HangError, Terminal, run
from tests.hostile.trials import (
    OVER_SSH,
    PAINT,
    Verdict,
    baseline,
    judge_export,
    judge_run,
    press_all,
)

SIGN = "Q7sees"
"""What a file that can be read says, and so what must be seen."""
_KEYS = (
    sinks.Sink("tree, detail", ("j", "j", "zR", "G", "k", "w", "zM")),
    sinks.Sink("reading view", ("g", sinks.ENTER, " ", "J", sinks.ESC)),
    sinks.Sink("moment copied", ("]", "y"), copies=1),
    sinks.Sink("chapters", ("c", "j", "c")),
    sinks.Sink("diagnostics", ("D", "j", sinks.ESC)),
)


@dataclass(frozen=True)
class FileCase:
    """A file: ``make`` writes it into a folder and says how it is to be named.

    ``opens``: it can be read, and ``SIGN`` is seen; ``False``: it is refused; ``None``: it may
    be either. ``ways``: how it is brought to a terminal. ``during`` does something to the file
    while it is on the screen.
    """

    make: Callable[[Path], str | bytes]
    opens: bool | None = None
    ways: Collection[str] = ("screen", "show", "export")
    options: tuple[str, ...] = ()
    during: Callable[[Path], object] | None = None


def data(content: bytes | str, ending: str = ".json") -> Callable[[Path], str]:
    """What writes these bytes into a file."""

    def make(folder: Path) -> str:
        path = folder / f"talk{ending}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return make


def made(content: Callable[[], bytes | str], ending: str = ".json") -> Callable[[Path], str]:
    """The same for what is too long to be kept."""
    return lambda folder: data(content(), ending)(folder)


@cache
def shapes() -> frozenset[str]:
    """What the program sends for a harmless file."""
    return baseline("yt-dlp", whole=False).shapes


def try_file(verdict: Verdict, case: FileCase) -> None:
    """Bring the file to a terminal in each way."""
    for way in case.ways:
        with surroundings() as around:
            name = case.make(around.work)
            if way == "screen":
                ended = _on_screen(around, name, case)
            else:
                command = (*COMMAND, way, *case.options, name)
                ended = run(command, around.environment(), around.work)
            _note(verdict, ended)
            verdict.add(way, _judge(ended, way, case))
            verdict.add(way, around_findings(around))


def _on_screen(around: Surroundings, name: str | bytes, case: FileCase) -> Ended:
    command, env = (*COMMAND, *case.options, name), around.environment(**OVER_SSH)
    with Terminal(command, env, around.work) as terminal:
        try:
            terminal.wait_for(SIGN.encode(), PAINT)
            if case.during:
                case.during(around.work)
            terminal.settle()
            press_all(terminal, _KEYS)
            terminal.quit()
        except HangError as hang:
            return terminal.ended(str(hang))
        return terminal.ended()


def _note(verdict: Verdict, ended: Ended) -> None:
    verdict.paint = max(verdict.paint, ended.firsts.get(PAINT, 0.0))
    verdict.peak = max(verdict.peak, ended.peak)
    verdict.cpu += ended.cpu


def _judge(ended: Ended, way: str, case: FileCase) -> list[Finding]:
    codes = {True: (0,), False: (2,), None: (0, 2)}[case.opens]
    on_a_screen = way == "screen"
    found = judge_run(
        ended,
        shapes() if on_a_screen else PLAIN,
        copies=sinks.copies(_KEYS) if on_a_screen else 0,
        codes=codes,
    )
    if ended.hung or found:
        return found
    if ended.code == 2:
        return judge_refusal(ended.output)
    if case.opens and SIGN.encode() not in ended.output:
        found.append(Finding("nothing of the file is seen"))
    if way == "export":
        found += judge_export(ended.output)
    return found


def around_findings(around: Surroundings, *, programs: bool = False) -> list[Finding]:
    """What was done beside the terminal."""
    return [
        *(Finding(f"started {call}") for call in around.called),
        *(Finding(str(deed)) for deed in around.deeds(programs=programs)),
        *(Finding(f"left {name} behind") for name in around.left_behind()),
    ]
