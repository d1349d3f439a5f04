"""What was fetched from a link, on the screen: what is new, and how old it is."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from parser.loading import open_discussion
from tests.links import SITE, TALK, age, data_folder, fake
from tests.tui.driving import Reader, reading, starting
from tui.app import CommentreeApp
from tui.arrival import Fetched
from tui.fetch.fetching import fetch
from tui.fetch.link import Wishes
from tui.screens.reader import ReaderScreen
from tui.screens.start import StartScreen
from tui.store import Store

REFRESH = Wishes(refresh=True)


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own site is known to yt-dlp; it has twenty comments."""
    monkeypatch.setenv("PYTHONPATH", str(SITE))
    monkeypatch.setenv("TALKS_COMMENTS", "20")


@asynccontextmanager
async def arrived(fetched: Fetched, *, size: tuple[int, int] = (130, 36)) -> AsyncGenerator[Reader]:
    """The program with what was fetched on its screen, as the command line opens it."""
    with Store() as store:
        loading = open_discussion(*fetched.paths)
        app = CommentreeApp(store, loading=loading, path=fetched.paths[-1], arrival=fetched.arrival)
        async with app.run_test(size=size) as pilot:
            driven = Reader(app, pilot)
            await driven.until(lambda: isinstance(app.screen, ReaderScreen))
            await driven.until(lambda: driven.reader.session.analysed)
            await driven.settle()
            yield driven


async def test_what_came_since_is_marked_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "23")
    async with arrived(fetch(TALK, REFRESH), size=(130, 60)) as r:
        assert "3 new" in r.footer
        assert "--refresh" not in r.footer
        rows = {who: r.lines[r.row(f"viewer{who} ")] for who in (22, 21, 20, 19, 18)}
        assert [who for who, row in rows.items() if " new " in row] == [22, 21, 20]
        assert "@viewer22   new   about 2 days ago" in r.text
        await r.press("j", "j", "j")
        assert "@viewer19   about 2 days ago" in r.text
        assert "3 new" not in r.footer


async def test_a_narrow_row_keeps_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "21")
    async with arrived(fetch(TALK, REFRESH), size=(60, 20)) as r:
        row = r.lines[r.row("viewer20")]
        assert " new " in row
        assert " new " not in r.lines[r.row("viewer19")]


async def test_the_reading_view_says_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "21")
    async with arrived(fetch(TALK, REFRESH)) as r:
        await r.press("enter")
        assert "@viewer20  new" in r.text
        assert "@viewer19  new" not in r.text


async def test_nothing_new_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(TALK, Wishes())
    async with arrived(fetch(TALK, REFRESH)) as r:
        assert "nothing new" in r.footer
        assert " new " not in r.text.replace("nothing new", "")


async def test_a_first_fetch_needs_no_words() -> None:
    async with arrived(fetch(TALK, Wishes())) as r:
        assert "new" not in r.text
        assert "fetch" not in r.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "just now"), (-3, "just now"), (90 / 86_400, "1 minute ago"), (0.5, "12 hours ago"),
        (1.5, "1 day ago"), (3, "3 days ago"), (2000, "2,000 days ago"),
    ],
)  # fmt: skip
async def test_a_stored_one_says_how_old_it_is(days: float, words: str) -> None:
    fetch(TALK, Wishes())
    age(days)
    async with arrived(fetch(TALK, Wishes())) as r:
        assert f"fetched {words}; --refresh fetches it anew" in r.footer
        await r.press("j")
        assert "fetched" not in r.footer


async def test_what_was_new_is_still_marked_later(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "21")
    fetch(TALK, REFRESH)
    age(3)
    async with arrived(fetch(TALK, Wishes())) as r:
        assert "1 new, fetched 3 days ago; --refresh fetches it anew" in r.footer
        assert " new " in r.lines[r.row("viewer20 ")]


async def test_a_partial_one_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_COMMENTS", "60")
    link = "https://talks.test/break/abc"
    async with arrived(fetch(link, Wishes()), size=(200, 40)) as r:
        assert "stopped at 40 comments (cannot be reached" in r.footer
    async with arrived(fetch(link, Wishes())) as r:
        assert "stopped at 40 comments, fetched just now; --refresh fetches the rest" in r.footer


async def test_a_limited_one_says_so() -> None:
    fetch(TALK, Wishes(most="5"))
    async with arrived(fetch(TALK, Wishes())) as r:
        assert "at most 5 comments, fetched just now" in r.footer


async def test_an_old_one_is_opened_with_what_a_stopped_refresh_brought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "60")
    monkeypatch.setenv("TALKS_ID", "abc")
    got = fetch("https://talks.test/break/abc", REFRESH)
    async with arrived(got, size=(200, 50)) as r:
        # The forty newest of sixty, and the twenty there were.
        assert len(r.reader.session.discussion) == 60
        assert "40 new, stopped at 40 comments" in r.footer


# The start screen


async def test_a_link_that_was_fetched_opens_from_the_start_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(TALK, Wishes())
    age(3)
    monkeypatch.setenv("PYTHONPATH", str(fake(tmp_path, "raise SystemExit('not to be run')")))
    async with starting(tmp_path) as r:
        await r.press("p")
        r.app.screen.query_one("#line").value = TALK  # pyright: ignore[reportAttributeAccessIssue]
        await r.press("enter")
        await r.until(lambda: isinstance(r.app.screen, ReaderScreen))
        await r.until(lambda: r.reader.session.analysed)
        await r.settle()
        assert "A talk of plain" in r.lines[0]
        assert "fetched 3 days ago" in r.footer


async def test_where_the_terminal_cannot_be_lent_the_way_by_the_shell_is_said(
    tmp_path: Path,
) -> None:
    async with starting(tmp_path, size=(130, 28)) as r:
        await r.press("p")
        r.app.screen.query_one("#line").value = TALK  # pyright: ignore[reportAttributeAccessIssue]
        await r.press("enter")
        assert isinstance(r.app.screen, StartScreen)
        assert f"open it from the shell: commentree {TALK}" in r.footer
        await r.press("q")
    assert not data_folder().exists()


async def test_recent_ones_are_opened_with_their_age_and_all_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(TALK, Wishes())
    monkeypatch.setenv("TALKS_COMMENTS", "60")
    async with arrived(fetch("https://talks.test/break/abc", REFRESH)):
        pass
    async with starting(tmp_path) as r:
        await r.press("1")
        await r.until(lambda: isinstance(r.app.screen, ReaderScreen))
        await r.until(lambda: r.reader.session.analysed)
        await r.settle()
        assert "60 " in r.lines[0]
        assert "fetched just now" in r.footer


async def test_a_file_beside_a_record_that_is_not_ours_says_nothing(tmp_path: Path) -> None:
    talk = {"id": "x", "parent": "root", "text": "hm", "author": "@a"}
    info = {"id": "abc", "extractor": "talks", "title": "Mine", "comments": [talk]}
    (tmp_path / "abc.info.json").write_text(json.dumps(info))
    (tmp_path / "abc.fetched.json").write_text(json.dumps({"id": "abc", "fetched_at": 0}))
    async with starting(tmp_path) as r:
        await r.press("1")
        await r.until(lambda: isinstance(r.app.screen, ReaderScreen))
        await r.settle()
        assert "fetched" not in r.footer
    async with reading(tmp_path / "abc.info.json") as r:
        assert "fetched" not in r.footer
