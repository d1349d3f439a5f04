"""One trial: a hostile file through the real program, and what the judge says of it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.hostile import sinks
from tests.hostile.forms import FIELDS, FORMS, begin, written
from tests.hostile.judge import (
    PLAIN,
    Finding,
    judge_bytes,
    judge_calls,
    judge_end,
    judge_refusal,
    judge_restored,
    judge_values,
    shapes_of,
    text_of,
)
from tests.hostile.surroundings import COMMAND, Surroundings, surroundings
from tests.hostile.terminal import Ended, HangError, Terminal, run
from tests.hostile.texts import HARMLESS, Text

PAINT = "first paint"
PAINT_LIMIT = 2.0
"""Seconds that the first comments may take to be seen ..."""
PAINT_FACTOR = 5.0
"""... and how many times as long fails a full run: machines are busy with other things too."""
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}
"""Copies go to the terminal then, where the judge sees them."""
ROOM = {"age": 20, "channel": 20, "mention": 150}
"""Fields that stand behind others on a line, and the longest text beside which they are seen."""


@dataclass(frozen=True)
class Baseline:
    """What a harmless file of a format brings: shapes on the screen, and the fields seen.

    ``whole``: with all sinks, else with few of them.
    """

    whole: bool
    shapes: frozenset[str]
    seen: Mapping[str, frozenset[str]]


@dataclass
class Verdict:
    """What came of a trial. ``paint`` in seconds, ``peak`` in bytes; both 0 where unknown."""

    group: str
    name: str
    form: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])
    paint: float = 0.0
    peak: int = 0
    cpu: float = 0.0

    def add(self, where: str, found: Iterable[Finding]) -> None:
        self.findings += [Finding(f"{where}: {one.what}", one.offset, one.context) for one in found]


@dataclass(frozen=True)
class _Run:
    """What one way of showing a file gave."""

    ended: Ended
    fields: frozenset[str]


def baseline(form: str, whole: bool) -> Baseline:
    """How a harmless file of that format fares; AssertionError where even that goes wrong."""
    verdict = Verdict("harmless", HARMLESS.name, form)
    with surroundings() as around:
        runs = _all_ways(around, form, HARMLESS, verdict, whole)
        shapes = shapes_of(runs["screen"].ended.output)
        _judge_runs(runs, shapes, verdict, sinks.pressed(whole))
        _judge_around(around, verdict, sinks.pressed(whole))
    if verdict.findings:
        raise AssertionError("; ".join(map(str, verdict.findings)))
    return Baseline(whole, shapes, {way: done.fields for way, done in runs.items()})


def try_text(form: str, text: Text, base: Baseline, guards_off: str = "") -> Verdict:
    """A text in all fields of a format: on the screen, shown and exported."""
    verdict = Verdict("texts", text.name, form)
    with surroundings(guards_off) as around:
        runs = _all_ways(around, form, text, verdict, base.whole)
        _judge_runs(runs, base.shapes, verdict, sinks.pressed(base.whole))
        _judge_around(around, verdict, sinks.pressed(base.whole))
    for way, done in runs.items():
        lost = sorted(base.seen[way] - done.fields - _losable(form, text, way))
        if done.ended.hung or done.ended.code:
            continue
        if lost:
            verdict.add(way, [Finding(f"not seen: {', '.join(lost)}")])
        elif base.seen[way] and not done.fields:
            verdict.add(way, [Finding("nothing of the file is seen")])
    return verdict


def _all_ways(
    around: Surroundings, form: str, text: Text, verdict: Verdict, whole: bool
) -> dict[str, _Run]:
    """The file written, then brought to a terminal in every way there is."""
    path = around.work / f"talk{FORMS[form].ending}"
    path.write_bytes(written(FORMS[form], text))
    name = str(path)
    ended = {"screen": on_screen(around, whole=whole)}
    for one in sinks.PRINTINGS:
        if whole or one.always:
            command = (*COMMAND, *one.words, name)
            ended[one.name] = run(command, around.environment(), around.work)
    verdict.paint = ended["screen"].firsts.get(PAINT, 0.0)
    verdict.peak = max(one.peak for one in ended.values())
    verdict.cpu = sum(one.cpu for one in ended.values())
    return {way: _Run(one, _fields_in(one.output)) for way, one in ended.items()}


def _fields_in(output: bytes) -> frozenset[str]:
    shown = text_of(output)
    return frozenset(name for name in FIELDS if begin(name) in shown)


def on_screen(around: Surroundings, *, whole: bool) -> Ended:
    """From the start screen into the file, through the sinks, and out again."""
    command, env = (*COMMAND, str(around.work)), around.environment(**OVER_SSH)
    with Terminal(command, env, around.work) as terminal:
        try:
            terminal.wait_for(b"sample", "start screen")
            terminal.settle()
            press_all(terminal, sinks.START if whole else ())
            _open_first(terminal)
            press_all(terminal, sinks.READER if whole else sinks.SHORT)
            press_all(terminal, sinks.END)
            terminal.quit()
        except HangError as hang:
            return terminal.ended(str(hang))
        return terminal.ended()


def _open_first(terminal: Terminal) -> None:
    """The list may still be filled, or a filter be closed: then the key is pressed again."""
    for _ in range(3):
        terminal.send("1")
        if terminal.wait_for(begin("author").encode(), PAINT):
            break
    terminal.settle()


def press_all(terminal: Terminal, some: Sequence[sinks.Sink]) -> None:
    """Press the keys of these sinks, as long as the program lives."""
    for sink in some:
        for keys in sink.keys:
            if terminal.alive:
                terminal.press(keys)


def _judge_runs(
    runs: Mapping[str, _Run],
    shapes: Collection[str],
    verdict: Verdict,
    pressed: tuple[sinks.Sink, ...],
) -> None:
    copies = sinks.copies(pressed)
    verdict.add("screen", judge_run(runs["screen"].ended, shapes, copies=copies, codes=(0,)))
    for one in sinks.PRINTINGS:
        if one.name in runs:
            _judge_printed(runs[one.name].ended, one, verdict)


def _judge_printed(ended: Ended, one: sinks.Printing, verdict: Verdict) -> None:
    """Printed in order, or (a file without links has none to print) refused in one line."""
    found = judge_run(ended, PLAIN, codes=(0,) if one.always else (0, 2))
    if ended.code == 2:
        found += judge_refusal(ended.output)
    elif one.json and not ended.code:
        found += judge_export(ended.output)
    verdict.add(one.name, found)


def judge_run(
    ended: Ended, shapes: Collection[str], *, copies: int = 0, codes: Collection[int] = (0, 2)
) -> list[Finding]:
    """The bytes, the end and the state of the terminal of one run."""
    found = judge_bytes(ended.output, shapes, copies)
    found += judge_end(ended, codes)
    # One that was ended by force restores nothing.
    return found if ended.hung else [*found, *judge_restored(ended.output, ended.settings)]


def judge_export(output: bytes) -> list[Finding]:
    """An export that a terminal showed: JSON, all of whose texts are harmless."""
    try:
        document: object = json.loads(output)
    except ValueError as error:
        return [Finding(f"the export is no JSON: {error}")]
    return judge_values(document)


def _judge_around(around: Surroundings, verdict: Verdict, pressed: tuple[sinks.Sink, ...]) -> None:
    verdict.add("beside", judge_calls(around.called, sinks.opens(pressed)))
    verdict.add("beside", (Finding(str(deed)) for deed in around.deeds(programs=True)))
    verdict.add("beside", (Finding(f"left {name} behind") for name in around.left_behind()))


def _losable(form: str, text: Text, way: str) -> frozenset[str]:
    """Fields that need not be seen.

    All, where the text changes the file around itself; on the screen those that stand behind
    others on a line, which a long text leaves no room for.
    """
    if any(char in text.text for char in FORMS[form].loose):
        return frozenset(FIELDS)
    cut = FORMS[form].path if any(char in text.text for char in "/?#") else ()
    length = len(text.text) if way == "screen" else 0
    behind = {name for name, room in ROOM.items() if length > room}
    excerpts = (one.excerpts for one in sinks.PRINTINGS if one.name == way)
    return frozenset(cut).union(behind, *excerpts)
