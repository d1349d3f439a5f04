"""The start screen: recent discussions, a folder's files, the sample."""

from pathlib import Path

import pytest

from tests.tui.driving import Reader, reading, starting
from tui.paths import sample_path
from tui.screens.reader import ReaderScreen
from tui.screens.start import StartScreen


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A folder with two discussions and things that are none."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "tides.txt").write_bytes(Path(sample_path()).read_bytes())
    page = "A talk about bridges\n\nComments • 3\n\n  • @a\n    @a\u00a01 year ago\n\n    0:10 hm\n"
    (folder / "bridges.txt").write_text(page, encoding="utf-8")
    (folder / "notes.txt").write_text("milk, eggs\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    return folder


async def read(r: Reader) -> ReaderScreen:
    await r.until(lambda: isinstance(r.app.screen, ReaderScreen))
    await r.until(lambda: r.reader.session.analysed)
    await r.settle()
    return r.reader


async def test_offers_the_folders_discussions_and_nothing_else(talks: Path) -> None:
    async with starting(talks) as r:
        assert "A talk about bridges" in r.text
        assert "1 comment" in r.text
        assert "How the Sea Was Taught" in r.text
        assert "88 comments" in r.text, r.text
        assert "2025-03-14" in r.text
        for other in ("notes.txt", "empty.txt", "picture.png", "milk"):
            assert other not in r.text


async def test_enter_opens_and_q_returns_and_quits(talks: Path) -> None:
    async with starting(talks) as r:
        await r.press("j", "k", "enter")
        await read(r)
        assert "Comments" in r.text
        await r.press("q")
        assert isinstance(r.app.screen, StartScreen)
        assert "Recent" in r.text
        await r.press("q")
        assert r.app.return_value == 0


async def test_a_number_opens_that_one(talks: Path) -> None:
    async with starting(talks) as r:
        line = r.lines[r.row("A talk about bridges")]
        number = line.strip()[0] if "▌" not in line else line.replace("▌", "").strip()[0]
        await r.press(number)
        await read(r)
        assert "A talk about bridges" in r.lines[0]


async def test_filter_narrows_and_escape_shows_all_again(talks: Path) -> None:
    async with starting(talks) as r:
        await r.press("/")
        await r.type("bridge")
        assert "How the Sea" not in r.text
        await r.press("enter", "enter")
        await read(r)
        assert "A talk about bridges" in r.lines[0]
        await r.press("q", "/", "escape")
        assert "How the Sea" in r.text


async def test_s_opens_the_sample(tmp_path: Path) -> None:
    async with starting(tmp_path) as r:
        assert "no discussion" in r.text
        await r.press("s")
        await read(r)
        assert "How the Sea" in r.lines[0]


async def test_a_path_can_be_typed(talks: Path, tmp_path: Path) -> None:
    async with starting(tmp_path) as r:
        await r.press("p")
        await r.type("nowhere")
        await r.press("enter")
        assert "no such file" in r.text
        await r.press("escape", "p")
        r.app.screen.query_one("#line").value = str(talks / "bridges.txt")  # pyright: ignore[reportAttributeAccessIssue]
        await r.press("enter")
        await read(r)
        assert "A talk about bridges" in r.lines[0]


async def test_what_cannot_be_read_is_said_in_one_line(talks: Path) -> None:
    async with starting(talks) as r:
        await r.press("p")
        r.app.screen.query_one("#line").value = str(talks / "notes.txt")  # pyright: ignore[reportAttributeAccessIssue]
        await r.press("enter")
        assert isinstance(r.app.screen, StartScreen)
        assert "notes.txt" in r.footer


async def test_recent_discussions_come_first(talks: Path, tmp_path: Path) -> None:
    async with reading(talks / "bridges.txt"):
        pass
    async with starting(tmp_path) as r:
        assert r.row("Recent") < r.row("A talk about bridges")
        await r.press("1")
        await read(r)
        assert "A talk about bridges" in r.lines[0]


async def test_mouse_opens_with_a_double_click(talks: Path) -> None:
    async with starting(talks) as r:
        await r.click_words("A talk about bridges", times=2)
        await read(r)
        assert "A talk about bridges" in r.lines[0]


async def test_markup_and_escapes_in_titles_are_shown_as_they_are(tmp_path: Path) -> None:
    title, body = "[bold]A[/] \x1b]0;x\x07 talk", "[@click=app.quit]x[/]"
    page = f"{title}\n\n  • @a\n    @a\u00a01 year ago\n\n    {body}\n"
    (tmp_path / "x.txt").write_text(page, encoding="utf-8")
    async with starting(tmp_path) as r:
        assert "[bold]A[/]" in r.text
        assert "\x1b" not in r.text
        await r.press("1")
        await read(r)
        assert "[bold]A[/]" in r.lines[0]
        assert "[@click=app.quit]x[/]" in r.text


async def test_files_of_several_videos_are_offered_as_they_were_named(talks: Path) -> None:
    paths = (talks / "tides.txt", talks / "bridges.txt")
    async with starting(paths) as r:
        assert "Named" in r.text
        assert "as they were named" in r.text
        assert r.row("How the Sea Was Taught") < r.row("A talk about bridges")
        await r.press("j", "enter")
        screen = await read(r)
        assert screen.session.discussion.video.title == "A talk about bridges"
