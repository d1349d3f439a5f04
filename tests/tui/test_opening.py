"""A start imports and does no more than its first picture needs; the rest follows at once."""

import gc
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import tui.screens.reader_loading
from parser.loading import open_discussion
from tests.bench.formats import info_json
from tests.tui.driving import Reader
from tests.tui.sessions import LOOK, session, texts
from tui.__main__ import only_name
from tui.app import CommentreeApp
from tui.cli import program
from tui.layout import DetailLayout
from tui.paths import sample_path
from tui.rows import TreeRow
from tui.screens.reader import ReaderScreen
from tui.store import Store

NOT_AT_FIRST = {
    "click", "hashlib", "html.entities", "importlib.resources", "parser.analysis",
    "parser.readers.page_text", "parser.text.links", "parser.text.timestamps",
    "parser.writers.json", "parser.writers.text", "pyperclip", "tui.cli", "tui.clipboard",
    "tui.fetch", "tui.opener", "tui.screens.ask_video", "tui.screens.sheet", "tui.screens.start",
}  # fmt: skip
"""Modules that take long to import, and that no first picture of a file's comments needs."""
TEXT = "at 1:05 it begins, https://example.com/a says"


# The command line


def test_a_lone_name_needs_no_command_line() -> None:
    for name in ("talk.txt", "-", "a folder", "show.txt", "read", "", "@odd"):
        assert only_name([name], "linux") == name
    for arguments in ([], ["--sample"], ["-h"], ["-x"], ["--", "-x"], ["a", "b"], ["a", "-h"]):
        assert only_name(arguments, "linux") is None
    assert only_name(["*.txt"], "win32") is None


def test_every_command_goes_to_the_command_line() -> None:
    commands = [name for name, command in program.commands.items() if not command.hidden]
    assert commands
    assert [name for name in commands if only_name([name], "linux") is not None] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there all goes by the command line")
def test_both_ways_say_and_do_the_same(tmp_path: Path) -> None:
    odd = tmp_path / "odd\x1b.txt"
    odd.write_text("milk, eggs\n", encoding="utf-8")
    for name in (sample_path(), str(odd), str(tmp_path), str(tmp_path / "none")):
        alone, with_command_line = (_run(name), _run("--", name))
        assert alone == with_command_line
        assert alone[0] in (0, 2)
        assert alone[1] or alone[2]


def _run(*arguments: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments], capture_output=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


# What a start imports


@pytest.mark.skipif(sys.platform == "win32", reason="there all goes by the command line")
def test_the_first_picture_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "talk.info.json"
    path.write_bytes(b"".join(info_json(50)))
    # Up to the first picture: the program ends where it would go on to import the rest.
    code = f"""
import os, sys
import tui.__main__, tui.opening, tui.later
tui.opening.terminal.is_interactive = tui.opening.terminal.has_keys = lambda: True
def end():
    os.write(1, " ".join(sys.modules).encode())
    os._exit(0)
import tui.screens.reader_loading
tui.screens.reader_loading.import_the_rest = end
os.environ["TEXTUAL_DRIVER"] = "textual.drivers.headless_driver:HeadlessDriver"
sys.argv = ["commentree", {str(path)!r}]
sys.exit(tui.__main__.main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    modules = set(done.stdout.decode().split())
    assert {"tui.screens.reader", "parser.readers.ytdlp"} <= modules
    assert modules & NOT_AT_FIRST == set()


# The first picture


def test_a_text_is_shown_before_what_is_found_in_it() -> None:
    made = session(("@anna", TEXT), analysed=False)
    made.skims = True
    row = TreeRow(made, LOOK, 110)
    skimmed = row.draw(0, selected=False, focused=True).text
    body = texts(DetailLayout(made, LOOK, 110).lay_out(0).body)
    assert TEXT in skimmed
    assert body == ["    " + TEXT]
    assert "analysis" not in vars(made), "the texts were read closely all the same"
    made.skims = False
    whole = row.draw(0, selected=False, focused=True).text
    assert "1:05" in whole.replace(TEXT, "")
    assert whole.index(TEXT) == skimmed.index(TEXT)
    assert "    Moments" in "\n".join(texts(DetailLayout(made, LOOK, 110).lay_out(0).body))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Lets the program go on behind its first picture once it is set."""
    opened = threading.Event()
    monkeypatch.setattr(
        tui.screens.reader_loading, "import_the_rest", lambda: opened.wait(timeout=60)
    )
    yield opened
    opened.set()


@asynccontextmanager
async def first_picture() -> AsyncGenerator[Reader]:
    with Store() as store:
        app = CommentreeApp(store, loading=open_discussion(sample_path()))
        async with app.run_test(size=(130, 36)) as pilot:
            driven = Reader(app, pilot)
            await driven.until(lambda: isinstance(app.screen, ReaderScreen))
            await driven.until(lambda: "slackwater_sam" in driven.text)
            yield driven


def is_marked(reader: Reader) -> bool:
    """Whether moments are counted in the detail, and shown in the rows."""
    return "17 moments" in reader.text and "0:00+16" in reader.text


async def test_what_is_found_follows_by_itself(gate: threading.Event) -> None:
    async with first_picture() as r:
        assert "A question from a harbour master" in r.text
        assert not is_marked(r)
        gate.set()
        await r.until(lambda: is_marked(r))


async def test_a_key_does_not_have_to_wait_for_what_is_found(gate: threading.Event) -> None:
    async with first_picture() as r:
        assert not is_marked(r)
        await r.pilot.press("]")
        await r.until(lambda: r.reader.session.moment == 1)
        assert is_marked(r)
        gate.set()  # or leaving would wait for it


async def test_the_collector_runs_again_behind_the_first_picture() -> None:
    gc.disable()
    try:
        async with first_picture() as r:
            await r.until(gc.isenabled)
    finally:
        gc.enable()
        gc.unfreeze()
