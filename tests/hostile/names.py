"""Hostile file names and arguments, in messages and on the start screen."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.hostile import sinks
from tests.hostile.files import (
    SIGN,
    FileCase,
    around_findings,
    data,
    shapes,
    try_file,
)
from tests.hostile.judge import PLAIN, Finding, judge_refusal
from tests.hostile.packings import GOOD
from tests.hostile.surroundings import COMMAND, surroundings
from tests.hostile.terminal import HangError, Terminal, run
from tests.hostile.texts import TEXTS
from tests.hostile.trials import OVER_SSH, PAINT, Verdict, judge_run, press_all

LONGEST = 255
"""Bytes of a name."""

NAMES: dict[str, str | bytes] = {
    "line breaks": "talk\nof\r\ntides.json",
    "a clipboard sequence": "talk\x1b]52;c;c3RvbGVu\x07.json",
    "a title sequence": "talk\x1b]0;stolen\x07\x9b2J.json",
    "bidi": "talk\u202enosj.txt",
    "separators": "talk\u2028of\u2029tides.json",
    "a leading dash": "-talk.json",
    "an option": "--video=abc.json",
    "markup": "[bold red]talk[@click=app.quit].json",
    "bytes that are no UTF-8": b"talk\xff\xfe\x80.json",
    "a surrogate in bytes": b"talk\xed\xa0\x80.json",
    "255 bytes": "t" * 250 + ".json",
    "255 bytes of combining marks": "t" + "\u0301" * 124 + ".json",
    "spaces": "  talk  .json",
    "a command": "export",
    "a link": "https:talk.json",
    "quotes and dollars": "'\"$(id)`id`;&.json",
    "a star": "*?[a].json",
}
"""Names that files on the disk have."""


def _named(name: str | bytes, folder: Path) -> bytes:
    path = os.fsencode(folder) + b"/" + os.fsencode(name)
    Path(os.fsdecode(path)).write_text(GOOD, encoding="utf-8")
    return path


def _bare(name: str | bytes, folder: Path) -> bytes:
    """Named as it lies in the folder one is in, from behind a ``--`` where it needs that."""
    _named(name, folder)
    return b"./" + os.fsencode(name)


def _on_the_start_screen(name: str | bytes, verdict: Verdict) -> None:
    """Offered, opened, and offered again as lately read, though its file is gone."""
    with surroundings() as around:
        _named(name, around.work)
        env = around.environment(**OVER_SSH)
        with Terminal((*COMMAND, str(around.work)), env, around.work) as terminal:
            hung = ""
            try:
                terminal.wait_for(SIGN.encode(), PAINT)
                terminal.settle()
                press_all(
                    terminal, (sinks.Sink("open", ("1", "j", "D", sinks.ESC, "v", sinks.ESC)),)
                )
                Path(os.fsdecode(_named(name, around.work))).unlink()
                press_all(terminal, (sinks.Sink("gone", ("q", "r", "1", "j")),))
                terminal.quit()
            except HangError as hang:
                hung = str(hang)
            ended = terminal.ended(hung)
        verdict.add("start screen", judge_run(ended, shapes(), codes=(0,)))
        if SIGN.encode() not in ended.output:
            verdict.add("start screen", [Finding("the file is not offered")])
        verdict.add("start screen", around_findings(around))


def _try_name(name: str | bytes, verdict: Verdict) -> None:
    try_file(verdict, FileCase(partial(_named, name), opens=True))
    try_file(verdict, FileCase(partial(_bare, name), opens=True, ways=("screen", "show")))
    if os.fsencode(name).endswith((b".json", b".txt")):  # what the start screen looks for
        _on_the_start_screen(name, verdict)


def _title_of_the_folder(verdict: Verdict) -> None:
    """A folder whose name is hostile: the start screen's heading, and messages."""
    with surroundings() as around:
        folder = around.work / "a\x1b]52;c;AAAA\x07\u202e\nb"
        folder.mkdir()
        data(GOOD)(folder)
        (folder / "broken.json").write_text("{}", encoding="utf-8")
        env = around.environment(**OVER_SSH)
        with Terminal((*COMMAND, str(folder)), env, folder) as terminal:
            terminal.wait_for(SIGN.encode(), PAINT)
            press_all(terminal, (sinks.Sink("all", ("j", "2", "1", "q", "p", sinks.ESC, "r")),))
            terminal.quit()
            verdict.add("screen", judge_run(terminal.ended(), shapes(), codes=(0,)))
        ended = run((*COMMAND, "show", str(folder)), around.environment(), folder)
        verdict.add("show", [*judge_run(ended, PLAIN, codes=(2,)), *judge_refusal(ended.output)])


def _argument(text: str) -> bytes:
    """A class's text as an argument: without NUL, no longer than a name may be, some left."""
    cleaned = text.replace("\0", "").replace("/", "").encode("utf-8", "surrogateescape" if
              all(0xDC80 <= ord(c) <= 0xDCFF or not 0xD800 <= ord(c) <= 0xDFFF for c in text)
              else "surrogatepass")  # fmt: skip
    return b"Q7" + cleaned[: LONGEST - 2]


def _try_arguments(text: str, verdict: Verdict) -> None:
    """In each place of the command line where a text of the reader's may stand."""
    hostile = _argument(text)
    with surroundings() as around:
        good = data(GOOD)(around.work)
        env = around.environment()
        for words in (
            (hostile,),
            ("show", hostile),
            ("export", good, "-o", b"none/" + hostile),
            ("show", "--video", hostile, good),
            ("show", "--format", hostile, good),
            ("export", "--format", hostile, good),
            ("show", "--width", hostile, good),
            ("show", b"--" + hostile, good),
        ):
            _refused(words, verdict, env, around.work)
        # Tried, for all that: an export is written beside the place that was named for it.
        named = "work/none/"
        found = [one for one in around_findings(around) if named not in one.what]
        verdict.add("beside", found)


def _refused(
    words: Sequence[str | bytes], verdict: Verdict, env: dict[str, str], folder: Path
) -> None:
    ended = run((*COMMAND, *words), env, folder)
    where = " ".join(word if isinstance(word, str) else "HOSTILE" for word in words[:2])
    found = judge_run(ended, PLAIN, codes=(2,))
    verdict.add(where, found or judge_refusal(ended.output))
    verdict.peak = max(verdict.peak, ended.peak)
    verdict.cpu += ended.cpu


NAME_CASES = {
    **{name: partial(_try_name, one) for name, one in NAMES.items()},
    "a folder's name": _title_of_the_folder,
}
ARGUMENT_CASES = {text.name: partial(_try_arguments, text.text[:LONGEST]) for text in TEXTS}
