"""The sample, walked with the mouse alone."""

import pytest
from textual.events import MouseScrollDown

from tests.tui.driving import VIDEO, reading
from tests.tui.fakes import FakeBrowser, FakeClipboard, needs_false_programs

needs_clipboard = pytest.mark.skipif(bool(needs_false_programs), reason=needs_false_programs)


@pytest.fixture(autouse=True)
def display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":false")


async def test_a_click_chooses_a_comment() -> None:
    async with reading() as r:
        await r.click_words("caisson_kate", pane="comments")
        assert "caisson_kate" in r.current
        assert "@caisson_kate" in r.text


async def test_a_click_on_the_fold_mark_folds_and_unfolds() -> None:
    async with reading() as r:
        await r.click_words("▸ fathom_line", pane="comments")
        assert "▾ fathom_line" in r.current
        assert "quaywall" in r.text
        await r.click_words("Because the bulge", pane="comments")
        assert "quaywall" in r.current
        await r.click_words("▾ fathom_line", pane="comments")
        assert "+14" in r.current


async def test_a_double_click_opens_the_reading_view() -> None:
    async with reading() as r:
        await r.click_words("dovetail_dan", pane="comments", times=2)
        assert "Reading" in r.lines[1]
        assert "@dovetail_dan" in r.lines[2]
        await r.click_words("@Nine_Elms_Nell", pane="reading")
        await r.click_words("back to the tree")
        assert "Nine_Elms_Nell" in r.current


async def test_the_wheel_scrolls_the_pane_below_it() -> None:
    async with reading() as r:
        for pane in (r.reader.comments, r.reader.detail):
            y, columns = pane.region.y + 8, slice(pane.region.x, pane.region.right)
            before = [line[columns] for line in r.lines]
            assert before[y] != before[y + 3]
            pane.post_message(MouseScrollDown(pane, 1, 1, 0, 1, 0, False, False, False))
            await r.settle()
            assert r.lines[y][columns] == before[y + 3]
        assert "1 of 88" in r.lines[1]


async def test_the_whole_page_can_be_reached_by_wheel_and_click() -> None:
    async with reading() as r:
        pane = r.reader.comments
        for _ in range(60):
            pane.wheel(3)
        await r.settle()
        await r.click_words("harbour_master_42", pane="comments")
        assert "harbour_master_42" in r.current


@needs_clipboard
async def test_a_click_on_a_moment_copies_its_link(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.click_words("7:02", pane="detail")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=422"
        assert "7:02▸" in r.text


@needs_clipboard
async def test_a_click_on_a_moment_below_the_text_copies_too(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.click_words("caisson_kate", pane="comments")
        await r.click_words(" 7:13  ", pane="detail")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=433"


@needs_clipboard
async def test_a_chapters_link_is_copied_from_the_footer(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.click_words("18:20", pane="chapters")
        await r.click_words("copy")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=1100"


async def test_a_double_click_on_a_chapter_shows_the_comments_about_it() -> None:
    async with reading() as r:
        await r.click_words("7:02", pane="chapters", times=2)
        assert "about 7:02 The monk" in r.lines[1]


@needs_clipboard
async def test_a_click_on_a_link_opens_it(browser: FakeBrowser) -> None:
    async with reading() as r:
        for _ in range(7):
            r.reader.comments.wheel(3)
        await r.settle()
        await r.click_words("podcast_pigeon", pane="comments")
        link = r.reader.session.analysis.links(r.reader.session.current)[0]
        await r.click_words(link.text, pane="detail")
        assert browser.opened() == [link.url]


async def test_a_click_on_whom_a_reply_answers_goes_there() -> None:
    async with reading() as r:
        await r.click_words("▸ fathom_line", pane="comments")
        await r.click_words("Because the bulge", pane="comments")
        await r.click_words("@fathom_line", pane="detail")
        assert "I teach this" in r.current


async def test_a_click_on_a_citation_says_what_it_points_to() -> None:
    async with reading() as r:
        await r.click_words("[2]", pane="detail")
        assert "[2] Galilei" in r.footer


@needs_clipboard
async def test_the_copy_menu_is_clickable(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.click_words("widdershins_tide", pane="comments")
        await r.click_words("copy")
        await r.click_words("the author")
        assert clipboard.read() == "@widdershins_tide"
