"""Keys while a long file is being read: reading on, stopping it, leaving."""

import re
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

import tui.app
import tui.screens.reader_panes
from parser.loading import Loading, Progress, open_discussion
from tests.bench.formats import info_json
from tests.tui.driving import Reader, reading, starting
from tui.app import CommentreeApp
from tui.screens.reader import ReaderScreen
from tui.screens.start import StartScreen
from tui.store import Store

SIZE = 5_000


class Held(Loading):
    """Reads a good part, and the rest when it is let go."""

    held = True

    def steps(self) -> Generator[Progress]:
        for progress in super().steps():
            yield progress
            while self.held and progress.comments > SIZE // 4:
                yield progress


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.info.json"
    path.write_bytes(b"".join(info_json(SIZE)))
    return path


def open_held(path: str) -> Held:
    loading = open_discussion(path)
    loading.__class__ = Held
    return cast("Held", loading)


@asynccontextmanager
async def opening(path: Path, store: Store) -> AsyncGenerator[tuple[Reader, Held]]:
    """A reader that is still reading its file."""
    loading = open_held(str(path))
    app = CommentreeApp(store, loading=loading, path=str(path))
    async with app.run_test(size=(100, 28)) as pilot:
        driven = Reader(app, pilot)
        await driven.until(lambda: isinstance(app.screen, ReaderScreen))
        yield driven, loading


async def test_keys_work_while_the_file_is_read(long_file: Path) -> None:
    with Store() as store:
        async with opening(long_file, store) as (r, loading):
            await r.pilot.press("j", "j")
            await r.until(lambda: r.reader.comments.cursor == 2)
            done, read, text = r.lines[0].rsplit("  ", 2)
            assert "━" in done
            assert re.fullmatch(r"\d\.\d of \d\.\d MB", read)
            assert 0 < int(text.replace(",", "")) < SIZE
            await r.until(lambda: "esc stop reading" in r.footer)
            loading.held = False
            await r.until(lambda: f"{SIZE:,} comments" in r.lines[0])
            assert "stop reading" not in r.footer
            assert r.reader.comments.cursor == 2


async def test_escape_stops_and_keeps_what_came(long_file: Path) -> None:
    with Store() as store:
        async with opening(long_file, store) as (r, _):
            await r.pilot.press("escape")
            await r.until(lambda: "stopped" in r.footer)
            await r.until(lambda: r.reader.session.analysed)
            assert 0 < len(r.reader.session.discussion) < SIZE
            assert "comments (part)" in r.lines[0]
            await r.press("G", "k")
            assert r.current


async def test_what_came_is_sorted_in_between_the_keys(long_file: Path) -> None:
    with Store() as store:
        async with opening(long_file, store) as (r, loading):
            assert r.reader.stop_loading()
            assert not loading.has_ended  # the key has been answered already
            await r.until(lambda: loading.has_ended)
            await r.until(lambda: "comments (part)" in r.lines[0])


async def test_q_leaves_while_the_file_is_read_and_it_is_remembered(long_file: Path) -> None:
    with Store() as store:
        async with opening(long_file, store) as (r, _):
            await r.pilot.press("q")
            await r.until(lambda: r.app.return_value == 0)
        assert [one.path for one in store.recent(5)] == [long_file]


async def test_leaving_at_once_leads_back_to_a_list_that_knows_of_it(
    long_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tui.app, "open_discussion", open_held)
    async with starting(long_file.parent) as r:
        await r.pilot.press("enter")
        await r.until(lambda: isinstance(r.app.screen, ReaderScreen))
        await r.pilot.press("q")
        await r.until(lambda: isinstance(r.app.screen, StartScreen))
        assert "Recent" in r.text


async def test_a_long_threads_nesting_is_found_out_beside_the_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with reading() as r:
        await r.press("w")
        at_once = [r.reader.session.view.comment_at(row) for row in range(40)]
        await r.press("w")
        monkeypatch.setattr(tui.screens.reader_panes, "SWITCHED_AT_ONCE", 0)
        r.reader.session.view.toggle_nesting(0)
        r.reader.session.view.toggle_nesting(0)
        await r.press("w")
        await r.until(lambda: "who answers whom" in r.lines[1])
        assert [r.reader.session.view.comment_at(row) for row in range(40)] == at_once
        assert "this thread: who answers whom" in r.footer


async def test_escape_cancels_the_finding_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as r:
        monkeypatch.setattr(tui.screens.reader_panes, "SWITCHED_AT_ONCE", 0)

        def endless(_: int) -> Generator[None, None, bool]:
            while True:
                yield

        monkeypatch.setattr(r.reader.session.view, "switching", endless)
        await r.pilot.press("w")
        await r.until(lambda: "finding out who answers whom" in r.footer)
        await r.pilot.press("j")
        await r.until(lambda: r.reader.comments.cursor > 0)
        await r.pilot.press("escape")
        await r.until(lambda: "cancelled" in r.footer)
        assert "as saved" in r.lines[1]
