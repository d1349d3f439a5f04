"""A part of ``python -m tests.hostile`` that the suite can bear.

Each class once and each format once: a format's file holds several classes in each of its
fields. Of the other groups some cases of each, those whose guards differ.
"""

import sys
from functools import cache

import pytest

from tests.hostile.files import around_findings
from tests.hostile.forms import FORMS
from tests.hostile.judge import PLAIN, judge_calls
from tests.hostile.surroundings import COMMAND, surroundings
from tests.hostile.terminal import run
from tests.hostile.texts import HARMLESS, TEXTS, Text
from tests.hostile.trials import Baseline, Verdict, baseline, judge_run, try_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no terminals to be made here")

EVERYWHERE = frozenset({"author", "text", "mention", "chapter title", "reference", "link"})
"""Fields that each format has and the screen shows."""
SHARES = len(FORMS)
CLASSES = [text for text in TEXTS if not text.huge]
SOME = (
    ("structures", "arrays, deep, in a comment"),
    ("structures", "arrays without end"),
    ("structures", "cycles"),
    ("structures", "wrong types"),
    ("structures", "numbers, huge"),
    ("structures", "spans of nowhere"),
    ("structures", "tags, deep"),
    ("encodings", "no UTF-8, in a text"),
    ("encodings", "UTF-16, lone surrogates"),
    ("packings", "truncated"),
    ("packings", "nested"),
    ("packings", "garbage behind"),
    ("names", "a clipboard sequence"),
    ("names", "bytes that are no UTF-8"),
    ("devices", "/dev/zero"),
    ("devices", "a pipe without a writer"),
    ("devices", "a loop of links"),
    ("devices", "a file that vanishes"),
    ("devices", "a pipe of sequences"),
    ("devices", "an export to nowhere/out.json"),
)
UNCLEANED = """
import parser.text.clean as clean
clean.clean = clean.clean_line = lambda text: text
"""
UNGUARDED = """
import tui.opening
tui.opening.guarded = lambda run: run()
"""
NOT_GIVEN_BACK = """
from textual.drivers.linux_driver import LinuxDriver
LinuxDriver.stop_application_mode = lambda self: None
"""
MISDEEDS = """
import os, pathlib, socket, subprocess
pathlib.Path(os.environ["HOME"], "left").write_text("x")
socket.socket().connect_ex(("127.0.0.1", 9))
subprocess.run(["xclip", "stolen"])
"""


@cache
def harmless() -> Baseline:
    """What a harmless file brings; every format's must show these fields."""
    base = baseline("yt-dlp", False)
    return Baseline(False, base.shapes, dict.fromkeys(base.seen, EVERYWHERE))


@pytest.mark.parametrize(("number", "form"), enumerate(FORMS))
def test_no_text_acts_on_the_terminal(number: int, form: str) -> None:
    some = CLASSES[number::SHARES]
    together = Text(", ".join(text.name for text in some), " ".join(text.text for text in some))
    assert try_text(form, together, harmless()).findings == []


def test_every_class_is_in_one_of_them() -> None:
    tried = {text.name for number in range(SHARES) for text in CLASSES[number::SHARES]}
    assert tried == {text.name for text in CLASSES}


@pytest.mark.parametrize(("group", "name"), SOME)
def test_no_file_hangs_it_or_leaves_a_trace(group: str, name: str) -> None:
    from tests.hostile.cases import try_case  # not everywhere: makes sockets and pipes

    assert try_case(group, name).findings == []


def test_a_megabyte_in_every_field() -> None:
    (text,) = (text for text in TEXTS if text.name == "a line of a megabyte")
    assert try_text("ycd", text, harmless()).findings == []


def test_cleaning_that_is_gone_is_seen() -> None:
    text = Text("sequences", "\x1b]52;c;c3RvbGVu\x07\x1b[31m\u202e")
    found = _found(try_text("yt-dlp", text, harmless(), UNCLEANED))
    for way in ("screen", "show"):
        assert f"{way}: U+202E in the text" in found
        assert any(one.startswith(f"{way}: CSI m") or "OSC 52" in one for one in found)
    assert any(one.startswith("export: U+001B in") for one in found)


def test_a_terminal_that_is_not_given_back_is_seen() -> None:
    found = _found(try_text("yt-dlp", HARMLESS, harmless(), NOT_GIVEN_BACK))
    assert "screen: the alternate screen is not left" in found
    assert "screen: the terminal's settings are not as before" in found


def test_a_traceback_is_seen() -> None:
    with surroundings(UNGUARDED) as around:
        ended = run((*COMMAND, "show", "nowhere.json"), around.environment(), around.work)
    found = {finding.what for finding in judge_run(ended, PLAIN, codes=(2,))}
    assert {"exit code 1", "a traceback"} <= found


def test_what_is_done_beside_the_screen_is_seen() -> None:
    with surroundings(MISDEEDS) as around:
        run((*COMMAND, "formats"), around.environment(), around.work)
        found = [*around_findings(around), *judge_calls(around.called, 1)]
    words = "\n".join(map(str, found))
    for deed in ("home/left", "socket.connect", "subprocess.Popen", "started xclip stolen"):
        assert deed in words


def _found(verdict: Verdict) -> set[str]:
    return {finding.what for finding in verdict.findings}
