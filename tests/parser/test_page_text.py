"""The page-text reader: structure, damage, ids, cost."""

import io
import time
from pathlib import Path

import pytest

from parser import Discussion, load
from parser.source import BLOCK
from tests.parser.pages import Said, page

FIXTURES = Path(__file__).parent / "fixtures" / "page_text"


def read(text: str) -> Discussion:
    return load("-", stream=io.BytesIO(text.encode()))


@pytest.mark.parametrize("language", ["english", "german", "ukrainian", "japanese"])
def test_a_page_reads_the_same_in_every_language(language: str) -> None:
    russian = load(str(FIXTURES / "russian" / "input.txt"))
    other = load(str(FIXTURES / language / "input.txt"))
    assert other.texts == russian.texts
    assert other.ids == russian.ids
    assert (other.parent, other.likes, other.age_days, other.flags) == (
        russian.parent,
        russian.likes,
        russian.age_days,
        russian.flags,
    )
    assert other.video == russian.video
    assert other.source.page_date == russian.source.page_date == "2024-09-12"


@pytest.mark.parametrize(
    ("labels", "claimed"),
    [
        (("Комментарии • 120",), 120),
        (("120 • Kommentare",), 120),
        (("Comments • 1.2K", "Sort by"), 1200),
        (("1,234 Comments",), 1234),
        (("Comments (87)",), 87),
        (("评论 1.2万",), 12000),
        (("댓글 87개",), 87),
        (("1,2 тыс. комментариев",), 1200),
        (("Views 44 000", "x", "y", "z"), None),
        (("Share", "HTML code"), None),
        (("Watch 3 of 4",), None),
        (("  • Published: 12 Sep 2024",), None),
        (("many • words",), None),
        ((), None),
    ],
)
def test_the_claimed_count(labels: tuple[str, ...], claimed: int | None) -> None:
    assert read(page(Said(), title="Talk 5 • 99", labels=labels)).video.comments_claimed == claimed


def test_a_page_may_lack_a_title() -> None:
    assert read(page(Said(), title="")).video.title is None
    labels = ("Share", "HTML code", "  • Published: 12 Sep 2024", "", "Comments • 9")
    made = read(page(Said(), title="", labels=labels))
    assert (made.video.title, made.video.comments_claimed) == (None, 9)
    assert made.source.page_date == "2024-09-12"
    only_count = read("Comments • 9\n" + page(Said(), title=""))
    assert (only_count.video.title, only_count.video.comments_claimed) == (None, 9)


def test_a_title_may_stand_right_above_the_date() -> None:
    made = read("A talk\n  • Published: 12 Sep 2024\n" + page(Said(), title=""))
    assert (made.video.title, made.source.page_date) == ("A talk", "2024-09-12")


@pytest.mark.parametrize("line", ["Publicado el 12 sep 2024", "12 Sep 2024", "Дата：12.09.2024"])
def test_a_date_with_and_without_a_colon(line: str) -> None:
    assert read(page(Said(), labels=(f"  • {line}",))).source.page_date == "2024-09-12"


def test_ids_survive_a_save_with_more_comments_and_other_likes() -> None:
    old = page(Said("@a", "one"), Said("@b", "yes", depth=1), Said("@b", "yes", depth=1))
    new = page(
        Said("@new", "first!"),
        Said("@a", "one", head="3 years ago +9"),
        Said("@b", "yes", depth=1),
        Said("@c", "no", depth=1),
        Said("@b", "yes", depth=1),
    )
    assert len(set(read(old).ids)) == 3
    assert set(read(old).ids) < set(read(new).ids)


def test_levels_follow_the_indent() -> None:
    discussion = read(page(*(Said(f"@{depth}", depth=depth) for depth in (0, 1, 2, 3, 1, 2, 0))))
    assert list(discussion.depth) == [0, 1, 2, 3, 1, 2, 0]
    assert list(discussion.parent) == [-1, 0, 1, 2, 0, 4, -1]


def test_a_reply_whose_thread_is_not_there_becomes_one() -> None:
    assert list(read(page(Said(depth=1), Said("@b"))).depth) == [0, 0]


def test_only_the_uploader_has_the_badge() -> None:
    discussion = read(page(Said("@a"), Said("@a b", uploader=True), Said("@c", uploader=False)))
    assert [comment.is_uploader for comment in discussion] == [False, True, False]
    assert discussion.authors[1] == "@a b"
    assert [comment.edited for comment in discussion] == [None] * 3


@pytest.mark.parametrize(
    ("head", "age", "likes"),
    [
        ("5 лет назад +173", "5 лет назад", 173),
        ("Год назад", "Год назад", None),
        ("2 days ago +1.2K", "2 days ago", 1200),
        ("2 days ago\u00a0+1,2\u00a0тыс.", "2 days ago", 1200),
        ("2 days ago +3 (edited)", "2 days ago", 3),
        ("2 days ago (edited) +3", "2 days ago", 3),
        ("2 days ago +many", "2 days ago +many", None),
        ("2 days+3", "2 days+3", None),
        ("2 days ago + 3", "2 days ago", 3),
        ("2 days ago +1.2 zillion", "2 days ago", None),
        ("a while ago", "a while ago", None),
    ],
)
def test_ages_and_likes(head: str, age: str, likes: int | None) -> None:
    comment = read(page(Said(head=head)))[0]
    assert (comment.age, comment.likes) == (age, likes)


def test_a_lone_carriage_return_is_a_break_in_the_text() -> None:
    assert read(page(Said(text="one\rtwo\n\nthree"))).texts == ["one\ntwo\n\nthree"]


def test_a_page_with_old_macintosh_line_ends() -> None:
    discussion = read(page(Said(text="one\n\ntwo"), Said("@b", depth=1)).replace("\n", "\r"))
    assert discussion.texts == ["one\n\ntwo", "a text"]


def test_empty_lines_at_the_end_are_the_pages() -> None:
    assert read(page(Said(text="one"), Said(text="two")) + "\n\n\n").texts == ["one", "two"]


def test_some_missing_comments_are_no_damage() -> None:
    said = [Said(f"@{at}", f"text {at}, and no stop") for at in range(90)]
    discussion = read(page(*said, labels=("Comments • 100",)))
    assert discussion.source.complete
    assert not discussion.diagnostics


@pytest.mark.parametrize(("end", "complete"), [("finished.", True), ("and then", False)])
def test_many_missing_comments_are_told(end: str, complete: bool) -> None:
    discussion = read(page(Said(text=end), labels=("Comments • 100",)))
    assert discussion.source.complete is complete
    assert discussion.diagnostics[0].message.startswith("The page claims 100 comments and holds 1")


def test_comments_come_slice_by_slice_however_the_slices_fall() -> None:
    said = [Said(f"@{at}", f"text {at} " + "é" * (at % 700)) for at in range(3000)]
    text = page(*said)
    assert len(text) > 3 * BLOCK
    assert read(text).texts == [one.text for one in said]


@pytest.mark.parametrize(
    "body",
    [
        "x" * 1_000_000,
        "• @a " * 200_000,
        "\n".join(["• @a"] * 100_000),
        " " * 1_000_000 + "x",
        "\r" * 500_000,
        "+" * 1_000_000,
        "(" * 1_000_000,
    ],
    ids=["a word", "a line of bullets", "bullets", "spaces", "returns", "pluses", "brackets"],
)
def test_hostile_bodies_cost_linear_time(body: str) -> None:
    start = time.perf_counter()
    discussion = read(page(Said(text=body), Said("@after", depth=1)))
    assert time.perf_counter() - start < 10
    assert discussion.authors == ["@somebody", "@after"]
    if "\r" not in body:
        assert discussion.texts[0] == body


@pytest.mark.parametrize(
    "head",
    ["1 day ago +" + "9" * 500_000, "(" * 500_000 + ")", "+" * 500_000],
    ids=["digits", "brackets", "pluses"],
)
def test_hostile_headers_cost_linear_time(head: str) -> None:
    start = time.perf_counter()
    assert read(page(Said(head=head))).likes[0] == -1
    assert time.perf_counter() - start < 5
