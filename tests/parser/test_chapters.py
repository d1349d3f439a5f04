"""Chapters from a text, their titles, and which list is the best."""

import time

import pytest

from parser.analysis import Analysis
from parser.chapters import Chapter, chapters_in, stated_lists
from parser.model import StatedChapter, Video
from parser.text.links import find_links
from parser.text.timestamps import find_timestamps
from parser.text.titles import title_after
from tests.parser.helpers import Said, discussion


def chapters(text: str, duration: int | None = None) -> tuple[Chapter, ...]:
    return chapters_in(text, find_timestamps(text, find_links(text), duration), (), duration)


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in chapters(text)]


def scanned(*said: Said, video: Video | None = None, **facts: object) -> Analysis:
    analysis = Analysis(discussion(*said, video=video, **facts))  # type: ignore[arg-type]
    for _ in analysis.scan():
        pass
    return analysis


LIST = "0:00 Hello\n1:00 Middle\n2:30 Bye"


def test_a_plain_list() -> None:
    assert chapters(LIST) == (
        Chapter(0, 60, "Hello"),
        Chapter(60, 150, "Middle"),
        Chapter(150, None, "Bye"),
    )


def test_the_last_chapter_ends_with_the_video() -> None:
    assert chapters(LIST, duration=300)[-1] == Chapter(150, 300, "Bye")


@pytest.mark.parametrize(
    "text",
    [
        "Chapters:\n0:00 Hello\n1:00 Middle\n2:30 Bye\nHave fun!",
        "\n\n0:00 Hello\n\n1:00 Middle\n\n2:30 Bye",
        "0:00 Hello\r\n1:00 Middle\r\n2:30 Bye\r\n",
        "0:00 - Hello\n1:00 - Middle\n2:30 - Bye",
        "0:00 – Hello\n1:00 – Middle\n2:30 – Bye",
        "0:00: Hello\n1:00: Middle\n2:30: Bye",
        "0:00 | Hello\n1:00 | Middle\n2:30 | Bye",
        "0:00-Hello\n1:00-Middle\n2:30-Bye",
        "[0:00] Hello\n[1:00] Middle\n[2:30] Bye",
        "(0:00) Hello\n(1:00) Middle\n(2:30) Bye",
        "• 0:00 Hello\n• 1:00 Middle\n• 2:30 Bye",
        "   > 0:00 Hello\n   > 1:00 Middle\n   > 2:30 Bye",
        "👉 0:00 Hello\n👉 1:00 Middle\n👉 2:30 Bye",
        "1. 0:00 Hello\n2. 1:00 Middle\n3. 2:30 Bye",
        "1) 0:00 Hello\n2) 1:00 Middle\n3) 2:30 Bye",
        "0:00 1. Hello\n1:00 2. Middle\n2:30 3. Bye",
        "0:00 #1 Hello\n1:00 #2 Middle\n2:30 #3 Bye",
        "0:00 1 - Hello\n1:00 2 - Middle\n2:30 3 - Bye",
        "Hello 0:00\nMiddle 1:00\nBye 2:30",
        "Hello - 0:00\nMiddle - 1:00\nBye - 2:30",
        "Hello: 0:00\nMiddle: 1:00\nBye: 2:30",
        "Hello (0:00)\nMiddle (1:00)\nBye (2:30)",
        "Hello ..... 0:00\nMiddle ... 1:00\nBye .......... 2:30",
        "- Hello [0:00]\n- Middle [1:00]\n- Bye [2:30]",
        "1. Hello 0:00\n2. Middle 1:00\n3. Bye 2:30",
        "*0:00* Hello\n*1:00* Middle\n*2:30* Bye",
        "0:00 *Hello*\n1:00 *Middle*\n2:30 *Bye*",
        "0:00\u200b Hello\n1:00\u200b Middle\n2:30\u200b Bye",
        "0：00 Hello\n1：00 Middle\n2：30 Bye",
        "00:00 Hello\n01:00 Middle\n02:30 Bye",
        "0:00:00 Hello\n0:01:00 Middle\n0:02:30 Bye",
        "0:00 ➜ Hello\n1:00 ➜ Middle\n2:30 ➜ Bye",
        "0:00\nHello\n1:00\nMiddle\n2:30\nBye",
        "0:00\nHello\n\n1:00\nMiddle\n\n2:30\nBye\n",
        "0:00 => Hello\n1:00 => Middle\n2:30 => Bye",
    ],
)
def test_ways_to_write_a_list(text: str) -> None:
    found = chapters(text)
    assert [chapter.start for chapter in found] == [0, 60, 150]
    assert [chapter.title for chapter in found] == ["Hello", "Middle", "Bye"]


def test_a_point_below_a_chapter_at_the_same_time_is_no_chapter() -> None:
    text = "0:00 Hello\n  • 0:00 Greeting\n1:00 Middle\n2:30 Bye"
    assert titles(text) == ["Hello", "Middle", "Bye"]


def test_a_time_in_a_reference_is_no_chapter() -> None:
    text = (
        "Ducks 0:00\nGeese 1:00 [1]\nOwls 2:00\n\nSources:\n1. A talk. 1990, 0:45\n2. Other. 1991."
    )
    analysis = scanned(text)
    (found,) = analysis.chapter_lists
    assert [one.title for one in found.chapters] == ["Ducks", "Geese", "Owls"]
    assert [one.label for one in analysis.references] == ["1", "2"]


def test_ranges_give_ends() -> None:
    found = chapters("0:00 - 0:50 Hello\n1:00 - 2:30 Middle\n2:30 - 4:00 Bye")
    assert [(one.start, one.end, one.title) for one in found] == [
        (0, 50, "Hello"),
        (60, 150, "Middle"),
        (150, 240, "Bye"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "C++ and C#",
        "What is it?",
        "Wow!",
        "(live) the song",
        "The song (live)",
        "-5 degrees",
        "1984, a book",
        "3 ideas",
        "2.0 is out",
        "“Quoted”",
        "🎸 Solo",
        "Solo 🎸",
        "A - B",
        "Part 1: the start",
        "Q&A",
        "#hashtag",
        "@guest speaks",
        "See 5:00 as well",
        "Über Größe",
        "المقدمة",
        "第1章 序",
        "And so on...",
        "[Music]",
        "etc.",
    ],
)
def test_a_titles_own_signs_stay(title: str) -> None:
    assert titles(f"0:00 {title}\n1:00 Middle\n2:30 Bye")[0] == title


def test_a_title_may_begin_with_a_number_behind_the_lists() -> None:
    assert titles("1) Intro 0:00\n2) The well 1:00\n3) 12 ropes 2:30")[2] == "12 ropes"
    assert titles("1. 0:00 Intro\n2. 1:00 The well\n3. 2:30 12 ropes")[2] == "12 ropes"
    assert titles("0:00 1.5 m\n1:00 2.5 m\n2:30 3.5 m") == ["1.5 m", "2.5 m", "3.5 m"]


def test_a_number_that_does_not_count_stays() -> None:
    assert titles("0:00 5. Sinfonie\n1:00 Pause\n2:30 9. Sinfonie")[0] == "5. Sinfonie"


@pytest.mark.parametrize(
    "text",
    [
        "0:00 Hello\n1:00 Bye",
        "0:05 Hello\n1:00 Middle\n2:30 Bye",
        "0:00 Hello\n2:30 Middle\n1:00 Bye",
        "0:00 Hello\n1:00 Middle\n1:00 Bye",
        "0:00\n1:00\n2:30",
        "at 0:00 he says and at 1:00 too, and 2:30",
        "I laughed at 0:00 so hard\nand at 1:00 again, yes\nand at 2:30 once more",
        "",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert chapters(text) == ()


def test_one_slip_in_a_long_list_is_passed_over() -> None:
    good = [f"{minute}:00 Part {minute}" for minute in range(8)]
    text = "\n".join([*good[:4], "2:10 slip", *good[4:]])
    assert [chapter.start for chapter in chapters(text)] == [60 * minute for minute in range(8)]


def test_prose_that_ends_in_a_time_is_no_item_of_a_list_with_times_first() -> None:
    assert len(chapters(LIST + "\nmy favourite is at 5:00")) == 3


def test_citations_on_a_line_and_at_its_end() -> None:
    text = (
        "0:00 Ducks [1][2]\n1:00 Geese (see [2]) and swans\n2:30 Owls [1, 3]\n4:00 Cats [live]\n"
        "References:\n[1] A book. 1990.\n[2] example.com/b\n[3] A third. 1991."
    )
    (found,) = scanned(text).chapter_lists
    assert [(one.title, one.citations) for one in found.chapters] == [
        ("Ducks", ("1", "2")),
        ("Geese (see [2]) and swans", ("2",)),
        ("Owls", ("1", "3")),
        ("Cats [live]", ()),
    ]


def test_citations_behind_a_time_that_is_last() -> None:
    text = "Ducks 0:00 [1]\nGeese 1:00\nOwls 2:00 [2]\n\n[1] A book. 1990.\n[2] Another. 1991."
    (found,) = scanned(text).chapter_lists
    assert [(one.title, one.citations) for one in found.chapters] == [
        ("Ducks", ("1",)),
        ("Geese", ()),
        ("Owls", ("2",)),
    ]


def test_a_mark_without_a_reference_stays_in_the_title() -> None:
    (found,) = scanned("0:00 Ducks [1]\n1:00 Geese\n2:00 Owls").chapter_lists
    assert found.chapters[0] == Chapter(0, 60, "Ducks [1]")


def test_the_best_of_several_comments() -> None:
    longer = "\n".join(f"{minute}:00 Part {minute}" for minute in range(12))
    analysis = scanned("first", LIST, longer)
    assert [found.comment for found in analysis.chapter_lists] == [2, 1]
    liked = scanned("first", LIST, longer, likes={1: 500})
    assert [found.comment for found in liked.chapter_lists] == [1, 2]
    pinned = scanned("first", LIST, longer, is_pinned={1: True})
    assert [found.comment for found in pinned.chapter_lists] == [1, 2]
    uploader = scanned("first", LIST, longer, is_uploader={1: True})
    assert [found.comment for found in uploader.chapter_lists] == [1, 2]


def test_equal_lists_keep_the_files_order() -> None:
    assert [found.comment for found in scanned(LIST, LIST).chapter_lists] == [0, 1]


def test_what_the_video_states_comes_before_comments_and_machines_work_last() -> None:
    video = Video(
        duration=600,
        description=LIST,
        chapters=(
            StatedChapter(0, "A", 100),
            StatedChapter(100, "B"),
            StatedChapter(0, "auto", machine=True),
        ),
    )
    found = scanned(LIST, video=video).chapter_lists
    assert [(one.origin, one.machine, one.comment) for one in found] == [
        ("video", False, None),
        ("description", False, None),
        ("comment", False, 0),
        ("video", True, None),
    ]
    assert found[0].chapters == (Chapter(0, 100, "A"), Chapter(100, 600, "B"))
    assert found[1].chapters[-1] == Chapter(150, 600, "Bye")


def test_a_list_of_another_video_is_cut_by_the_known_end() -> None:
    assert [one.start for one in chapters(LIST + "\n9:00 Too late", duration=200)] == [0, 60, 150]


def test_stated_chapters_behind_the_end_of_the_video_are_left_out() -> None:
    stated = (StatedChapter(0, "One"), StatedChapter(50, "Two"), StatedChapter(100, "Behind"))
    video = Video(duration=100, chapters=stated)
    assert [one.title for one in next(stated_lists(video)).chapters] == ["One", "Two"]
    endless = Video(chapters=stated)
    assert [one.title for one in next(stated_lists(endless)).chapters] == ["One", "Two", "Behind"]


@pytest.mark.parametrize("title", ["One\ttwo", "\u2002One two\xa0\u200b\u3000", "*One two\u200b*"])
def test_a_title_is_one_line_without_blanks_of_any_kind(title: str) -> None:
    assert titles(f"0:00 {title}\n1:00 Middle\n2:30 Bye")[0].split() == ["One", "two"]
    assert titles(f"0:00 {title}\n1:00 Middle\n2:30 Bye")[0] == "One two"


def test_signs_that_end_a_title_take_as_long_as_there_are_of_them() -> None:
    def seconds(count: int) -> float:
        text = "One" + "," * count
        begin = time.process_time()
        assert title_after(text, 0, len(text)) == "One"
        return time.process_time() - begin

    few, many = (min(seconds(count) for _ in range(3)) for count in (100_000, 800_000))
    assert many < 24 * few
