"""The sample, walked with the keyboard alone; what is checked is on the screen or was copied."""

from pathlib import Path

import pytest

from parser.loading import load
from parser.text.marks import VideoAddress
from tests.tui.driving import VIDEO, Reader, reading
from tests.tui.fakes import FakeBrowser, FakeClipboard, needs_false_programs
from tui.paths import sample_path
from tui.store import Store

needs_clipboard = pytest.mark.skipif(bool(needs_false_programs), reason=needs_false_programs)


@pytest.fixture(autouse=True)
def display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A display, so that there is a clipboard and a browser on Linux."""
    monkeypatch.setenv("DISPLAY", ":false")


# Where one is


async def test_opens_on_the_first_comment_with_everything_in_sight() -> None:
    async with reading() as r:
        assert "How the Sea Was Taught to Keep Time" in r.lines[0]
        assert "88 of 104 comments" in r.lines[0]
        assert "Chapters  by @slackwater_sam" in r.lines[1]
        assert "1 of 88" in r.lines[1]
        assert "slackwater_sam" in r.current
        assert "17 moments   14 references" in r.text
        assert "video not set (v)" in r.footer


async def test_down_and_up_with_letters_arrows_and_counts() -> None:
    async with reading() as r:
        await r.press("j", "down")
        assert "longshoretalks *" in r.current
        await r.press("k", "up")
        assert "slackwater_sam" in r.current
        await r.press("5", "j")
        assert "dovetail_dan" in r.current
        await r.press("3", "k")
        assert "longshoretalks *" in r.current


async def test_ends_pages_and_rows_by_number() -> None:
    async with reading() as r:
        await r.press("G")
        assert "harbour_master_42" in r.current
        assert "88 of 88" in r.lines[1]
        await r.press("g")
        assert "1 of 88" in r.lines[1]
        await r.press("9", "G")
        assert "fathom_line" in r.current
        before = r.reader.session.current
        await r.press("pagedown")
        assert r.reader.session.current > before
        await r.press("pageup")
        assert r.reader.session.current == before
        await r.press("ctrl+d")
        half = r.reader.session.current
        assert half > before
        await r.press("ctrl+u")
        assert r.reader.session.current == before


async def test_every_reply_can_be_reached_through_folds() -> None:
    async with reading() as r:
        await r.press("z", "R")
        reached = {r.reader.session.current}
        while True:
            before = r.reader.session.current
            await r.press("j")
            if r.reader.session.current == before:
                break
            reached.add(r.reader.session.current)
        assert reached == set(range(88))


# Folds


async def test_unfold_into_replies_and_back_to_the_parent() -> None:
    async with reading() as r:
        assert "+3" in r.current
        await r.press("l")
        assert "▾" in r.current
        assert "+3" not in r.current
        assert "petrel_and_co" in r.text
        await r.press("l")
        assert "Pinned in our hearts" in r.current
        await r.press("h")
        assert "0:00 A question" in r.current
        await r.press("h")
        assert "+3" in r.current
        assert "petrel_and_co" not in r.text


async def test_fold_keys_of_vim_and_the_whole_thread_from_any_depth() -> None:
    async with reading() as r:
        await r.press("z", "R")
        assert "▸" not in "".join(line[34:] for line in r.lines[2:13])
        await r.press("z", "M")
        assert "▾" not in r.text
        await r.press("z", "o")
        assert "▾" in r.current
        await r.press("z", "c")
        assert "▸" in r.current
        await r.press("z", "a", "j", "j")
        assert "petrel_and_co" in r.current
        await r.press("H")
        assert "slackwater_sam" in r.current
        assert "+3" in r.current


async def test_siblings_threads_parent_and_the_way_back() -> None:
    async with reading() as r:
        await r.press("9", "G", "l", "l")
        assert "quaywall" in r.current
        await r.press("J")
        assert "Good, but then" in r.current
        await r.press("J", "K", "K")
        assert "quaywall" in r.current
        await r.press("}")
        assert "caisson_kate" in r.current
        await r.press("{")
        assert "fathom_line" in r.current
        await r.press("n")
        assert "caisson_kate" in r.current
        await r.press("N", "l", "J", "J")
        assert "coasts" in r.current
        await r.press("p")
        assert "Good, but then" in r.current
        await r.press("ctrl+o")
        assert "coasts" in r.current


async def test_the_other_nesting_shows_who_answers_whom() -> None:
    async with reading() as r:
        await r.press("9", "G", "w")
        assert "who answers whom" in r.lines[1]
        rows = r.lines[2:13]
        assert any("└┄▾ marsh_samp" in row for row in rows), r.text
        await r.press("w")
        assert "as saved" in r.lines[1]
        assert not any("┄" in line for line in r.lines)


async def test_inferred_replies_say_why() -> None:
    async with reading() as r:
        await r.press("9", "G", "l", "l", "J")
        assert "answers @quaywall" in r.text
        assert "inferred (i)" in r.text
        await r.press("i")
        assert "Inferred" in r.text
        assert "@quaywall" in r.text
        await r.press("escape", "g", "j", "i")
        assert "nothing was inferred here" in r.footer


# Reading


async def read_all(r: Reader, shown: set[str]) -> None:
    for _ in range(400):
        shown.update(" ".join(line[34:].split()) for line in r.lines)
        await r.press("space")
        if "the end" in r.footer:
            return
    raise AssertionError("Space never came to the end")


def words_not_seen(shown: set[str]) -> list[str]:
    """The words of the sample's comments that no screen showed."""
    seen = " ".join(shown)
    discussion = load(sample_path())
    return [
        word for comment in discussion for word in comment.text.split()
        if word.isascii() and word.isalpha() and len(word) > 3 and word not in seen
    ]  # fmt: skip


async def test_space_alone_reads_the_whole_page() -> None:
    async with reading() as r:
        shown: set[str] = set()
        await read_all(r, shown)
        assert r.author == "@harbour_master_42"
        assert words_not_seen(shown) == []


async def test_space_alone_reads_the_whole_page_one_pane_at_a_time() -> None:
    async with reading(size=(60, 20)) as r:
        shown: set[str] = set()
        for _ in range(600):
            shown.update(r.lines)
            await r.press("space")
            if "the end" in r.footer:
                break
        assert r.author == "@harbour_master_42"
        assert words_not_seen(shown) == []


async def test_the_reading_view_shows_the_whole_page_and_returns_to_the_tree() -> None:
    async with reading() as r:
        await r.press("enter")
        assert "Reading  thread 1 of 44" in r.lines[1]
        shown: set[str] = set()
        for _ in range(400):
            shown.update(r.lines)
            await r.press("space")
            if "the end" in r.footer:
                break
        assert words_not_seen(shown) == []
        await r.press("q")
        assert "Comments" in r.lines[1]
        assert "harbour_master_42" in r.current


async def test_the_reading_view_goes_by_line_and_by_comment() -> None:
    async with reading() as r:
        await r.press("9", "G", "enter")
        assert "thread 4 of 44" in r.lines[1]
        assert "@fathom_line" in r.lines[2]
        await r.press("J")
        assert "reply 1 of 14" in r.lines[1]
        assert "@quaywall" in r.lines[2]
        await r.press("K", "j")
        assert "@fathom_line" not in r.lines[2]
        await r.press("k")
        assert "@fathom_line" in r.lines[2]
        widths = [len(line.rstrip()) for line in r.lines[2:-1]]
        assert max(widths) <= 3 + 80
        await r.press("J", "J", "escape")
        assert "Good, but then" in r.current


async def test_detail_scrolls_in_its_pane_and_at_full_width() -> None:
    async with reading() as r:
        await r.press("tab")
        assert "lines 1-" in r.text
        await r.press("j", "j")
        assert "lines 3-" in r.text
        await r.press("G")
        assert "of 48" in r.text
        assert "www.psmsl.org" in r.text
        await r.press("d")
        assert not any("│" in line for line in r.lines)
        await r.press("d")
        assert "Chapters" in r.lines[1]


# Moments


async def test_moments_one_after_another_inside_a_comment_and_on() -> None:
    async with reading(video=VIDEO) as r:
        await r.press("]")
        assert "1:40▸" in r.text
        await r.press("1", "5", "]")
        assert "1:02:18▸" in r.text
        await r.press("]")
        assert "fathom_line" in r.current
        await r.press("[")
        assert "slackwater_sam" in r.current
        assert "1:02:18▸" in r.text


@needs_clipboard
async def test_copies_the_moments_link(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("y")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=0"
        assert "copied https://youtu.be/tides-talk0?t=0" in r.footer
        await r.press("3", "y")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=255"
        await r.press("]", "y")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=422"


@needs_clipboard
async def test_a_message_stays_until_the_next_key(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("y")
        assert "copied" in r.footer
        await r.press("j")
        assert "copied" not in r.footer


@needs_clipboard
async def test_copies_a_chapters_link(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("c", "j", "j", "j", "y")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=422"
        await r.press("1", "7", "y")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=3738"
        await r.press("c", "j")
        assert "widdershins_tide" in r.current


@needs_clipboard
async def test_without_a_video_the_plain_time_then_the_link_once_it_is_set(
    clipboard: FakeClipboard,
) -> None:
    async with reading() as r:
        await r.press("5", "y")
        assert clipboard.read() == "10:30"
        assert "video not set" in r.footer
        await r.press("v")
        await r.type("https://www.youtube.com/watch?v=tides-talk0&t=5s")
        await r.press("enter")
        assert clipboard.read() == "https://youtu.be/tides-talk0?t=630"
        assert "copied https://youtu.be/tides-talk0?t=630" in r.footer


@needs_clipboard
async def test_where_there_is_no_moment_the_copy_menu_opens(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("j", "y")
        assert "Copy ─" in r.text
        await r.press("t")
        assert clipboard.read() == "I came for a nap and left with strong opinions about brass."
        await r.press("y", "escape")
        assert "Copy ─" not in r.text


@needs_clipboard
async def test_the_copy_menu_offers_links_and_lists(clipboard: FakeClipboard) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("Y", "m")
        copied = clipboard.read() or ""
        assert copied.splitlines()[1] == "1:40 https://youtu.be/tides-talk0?t=100"
        assert len(copied.splitlines()) == 17
        await r.press("Y", "2")
        assert clipboard.read() == "https://www.youtube.com/watch?v=spUNpyF58BY"
        await r.press("Y", "j", "j", "j", "enter")
        assert clipboard.read() == "@slackwater_sam"


async def test_a_number_without_such_a_moment_is_refused() -> None:
    async with reading(video=VIDEO) as r:
        await r.press("9", "9", "y")
        assert "no moment 99: this comment has 17 moments" in r.footer


async def test_a_typed_count_shows_with_the_keys_that_take_it() -> None:
    async with reading() as r:
        await r.press("3")
        assert r.footer.startswith(" 3 ")
        assert "copy moment" in r.footer
        assert "open link" in r.footer
        await r.press("escape")
        assert "read on" in r.footer


# Links


@needs_clipboard
async def test_opens_the_moment_the_reference_and_the_link(browser: FakeBrowser) -> None:
    async with reading(video=VIDEO) as r:
        await r.press("]", "o")
        assert browser.opened() == ["https://youtu.be/tides-talk0?t=100"]
        await r.press("6", "o")
        assert browser.opened()[-1] == "https://www.youtube.com/watch?v=spUNpyF58BY"
        await r.press("3", "3", "o")
        assert "no reference [33]" in r.footer


@needs_clipboard
async def test_where_there_is_no_browser_the_link_is_copied(
    clipboard: FakeClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    monkeypatch.delenv("BROWSER")
    async with reading(video=VIDEO) as r:
        await r.press("o")
        assert "https://youtu.be/tides-talk0?t=0" in r.footer
        assert "no browser here" in r.footer


# The video


@pytest.mark.parametrize("typed", ["tides-talk0", "https://youtu.be/tides-talk0",
                                   "m.youtube.com/watch?v=tides-talk0",
                                   "https://www.youtube.com/shorts/tides-talk0",
                                   "https://www.youtube-nocookie.com/embed/tides-talk0",
                                   "ruclips.net/video/tides-talk0/видео.html"])  # fmt: skip
async def test_takes_the_video_in_any_form(typed: str) -> None:
    async with reading() as r:
        await r.press("v")
        await r.pilot.pause()
        r.app.screen.query_one("#line").value = typed  # pyright: ignore[reportAttributeAccessIssue]
        await r.press("enter")
        assert "video set: https://youtu.be/tides-talk0?t=0" in r.footer
        assert r.reader.session.video == VideoAddress("youtube", "tides-talk0")


async def test_what_is_no_video_is_refused_and_one_that_a_comment_links_to_is_warned_of() -> None:
    async with reading() as r:
        await r.press("v")
        await r.type("no video")
        await r.press("enter")
        assert "is no video's address or id" in r.text
        for _ in range(8):
            await r.press("backspace")
        await r.type("spUNpyF58BY")
        await r.press("enter")
        assert "likely another video" in r.text
        assert r.reader.session.video is None
        await r.press("enter")
        assert "video set" in r.footer


async def test_an_id_in_the_files_name_is_offered_and_never_taken(tmp_path: Path) -> None:
    page = tmp_path / "Tides [tides-talk0].txt"
    page.write_bytes(Path(sample_path()).read_bytes())
    async with reading(page) as r:
        assert r.reader.session.video is None
        await r.press("v")
        assert "tides-talk0" in r.text
        await r.press("ctrl+n", "enter")
        assert r.reader.session.video == VIDEO


async def test_the_video_is_remembered_for_this_discussion(tmp_path: Path) -> None:
    async with reading() as r:
        await r.press("v")
        await r.type("tides-talk0")
        await r.press("enter")
    async with reading() as r:
        assert r.reader.session.video == VIDEO
        assert "video not set" not in r.footer
    other = tmp_path / "other.txt"
    other.write_text("Another talk\n\n  • @a\n    @a\u00a01 year ago\n\n    0:10 hm\n", "utf-8")
    async with reading(other) as r:
        assert r.reader.session.video is None


# Panes and chapters


async def test_chapters_lead_to_the_comments_about_them_and_back() -> None:
    async with reading() as r:
        await r.press("c", "j", "j", "j")
        assert "4 of 17" in r.lines[1]
        await r.press("enter")
        assert "about 7:02 The monk" in r.lines[1]
        assert "1 of 5" in r.lines[1]
        authors = ["dovetail_dan", "caisson_kate", "Nine_Elms_Nell"]
        rows = [r.row(author) for author in authors]
        assert rows == sorted(rows)
        await r.press("j", "escape")
        assert "as saved" in r.lines[1]
        assert "2 of 5" not in r.lines[1]


async def test_another_chapter_source_can_be_chosen() -> None:
    async with reading() as r:
        await r.press("c", "s")
        assert "Chapters from" in r.text
        await r.press("2")
        assert "by @slackwater_sam" not in r.lines[1]
        assert "Chapters  by @" in r.lines[1]


async def test_chapters_can_be_hidden_and_stay_so() -> None:
    async with reading() as r:
        await r.press("C")
        assert "Chapters" not in r.lines[1]
    async with reading() as r:
        assert "Chapters" not in r.lines[1]
        await r.press("c")
        assert "Chapters" in r.lines[1]


async def test_tab_goes_round_the_panes() -> None:
    async with reading() as r:
        places = [r.reader.place]
        for _ in range(3):
            await r.press("tab")
            places.append(r.reader.place)
        assert places == ["comments", "detail", "chapters", "comments"]
        await r.press("shift+tab")
        assert r.reader.place == "chapters"


# Help, diagnostics, leaving


async def test_the_help_names_every_key() -> None:
    async with reading(size=(100, 90)) as r:
        await r.press("?")
        for words in ("unfold all", "copy the link to the moment", "suspend", "zR", "ctrl+o"):
            assert words in r.text
        await r.press("q")
        assert "Keys ─" not in r.text


async def test_diagnostics_are_listed(tmp_path: Path) -> None:
    async with reading() as r:
        await r.press("D")
        assert "nothing odd about this file" in r.footer
    page = tmp_path / "cut.txt"
    page.write_bytes(Path(sample_path()).read_bytes()[:6000])
    async with reading(page) as r:
        await r.press("D")
        assert "Diagnostics" in r.text
        assert str(page.name) in r.text


async def test_q_closes_one_thing_after_another_and_then_quits() -> None:
    async with reading() as r:
        await r.press("enter", "q")
        assert "Comments" in r.lines[1]
        await r.press("c", "q")
        assert r.reader.place == "comments"
        await r.press("ctrl+c")
        assert "press q to quit" in r.footer
        await r.press("q")
        assert r.app.return_value == 0


async def test_letters_work_by_their_place_in_a_cyrillic_layout() -> None:
    async with reading() as r:
        await r.press("о", "о")
        assert "longshoretalks *" in r.current
        await r.press("л")
        assert "widdershins_tide" in r.current


async def test_unknown_keys_do_nothing() -> None:
    async with reading() as r:
        before = r.text
        await r.press("!", "X", "f9", "z", "X")
        assert r.text == before


@needs_clipboard
async def test_what_cannot_be_copied_is_shown_to_copy_by_hand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    page = tmp_path / "long.txt"
    body = "word " * 30_000
    page.write_text(f"A talk\n\n  • @a\n    @a\u00a01 year ago\n\n    {body}\n", "utf-8")
    async with reading(page) as r:
        await r.press("Y", "t")
        assert "To copy by hand" in r.text
        assert "word word" in r.text


async def test_a_store_that_cannot_be_used_is_said_and_reading_goes_on(home: Path) -> None:
    (home / "state").write_text("no folder")
    async with reading() as r:
        assert r.footer.rstrip()
        assert "slackwater_sam" in r.current
        await r.press("j")
        assert "widdershins_tide" in r.current
    with Store() as store:
        assert store.recent(1) == []
