"""A comment in lines: the detail panel's and the reading view's."""

import pytest
from rich.segment import Segment
from textual.strip import Strip

from parser.model import Video
from tests.parser.helpers import Said
from tests.tui.sessions import CHAPTERS, LOOK, PLAIN, cells, session, texts
from tui.laid import Laid
from tui.layout import GUTTER, MAX_TEXT, DetailLayout
from tui.reading_layout import MARGIN, ReadingLayout
from tui.session import Session

LONG: tuple[str, ...] = (
    "The tide " + "rises and falls twice a day because the earth turns under two bulges " * 12,
    "潮汐は月と太陽の引力によって起こり、一日に二度満ちて二度引く。" * 9,
    "👩‍👩‍👧‍👦 🇳🇿 ❤️ 👋🏽 e\u0301 and more " * 20,
    "המים עולים ויורדים פעמיים ביום " * 12,
    "المد والجزر يحدثان مرتين في اليوم " * 12,
    "x" * 700,
    "https://sea.example/" + "a/very/long/path/" * 30 + " ends",
    "one\n\n\n  two, set in\n\tthree\tbehind tabs\n" + "four " * 40 + "\n\nfive",
    "\u200b" * 50 + "z",
    "ends in blanks   \n\n  ",
)
NARROW_TO_WIDE = (40, 59, 78, 96, 100, 120, 160, 200)


def detail(made: Session, comment: int, width: int = 80) -> Laid:
    """The comment in the detail panel, being the current one; every line fills the width."""
    made.go_to(comment)
    laid = DetailLayout(made, LOOK, width).lay_out(comment)
    for strip in (*laid.head, *laid.body):
        assert strip.cell_length == cells(strip) == width, repr(strip.text)
    return laid


def body(made: Session, comment: int, width: int = 80) -> list[str]:
    return texts(detail(made, comment, width).body)


def block(lines: list[str], name: str) -> list[str]:
    """The lines of the block with this title, up to the next blank line."""
    start = next(n for n, line in enumerate(lines) if line.startswith(f"    {name} ─"))
    stop = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
    return lines[start + 1 : stop]


def blocks(lines: list[str]) -> list[str]:
    """The titles of the blocks, in order."""
    return [line.split()[0] for line in lines if line.endswith("──") or "── " in line]


def squeezed(text: str) -> str:
    return "".join(text.split())


def acts(strip: Strip) -> list[tuple[str, int, str]]:
    """What a click on the line acts on: which kind, its number, the words."""
    found: list[tuple[str, int, str]] = []
    for segment in strip:
        meta = {} if segment.style is None else segment.style.meta
        found += [(name, int(value), segment.text) for name, value in meta.items()]
    return found


# The text


@pytest.mark.parametrize("width", NARROW_TO_WIDE)
@pytest.mark.parametrize("number", range(len(LONG)))
def test_the_whole_text_is_there_to_its_last_character(number: int, width: int) -> None:
    made = session("hello", LONG[number])
    lines = [line[GUTTER:] for line in body(made, 1, width)]
    end = next((n for n, line in enumerate(lines) if line.startswith("Links ─")), len(lines))
    assert squeezed("".join(lines[:end])) == squeezed(LONG[number])


@pytest.mark.parametrize("width", NARROW_TO_WIDE)
def test_text_is_wrapped_to_what_can_be_read(width: int) -> None:
    for text in LONG:
        for strip in detail(session("hello", text), 1, width).body:
            if "─" in strip.text:
                break
            shown = strip.text.rstrip()
            assert shown == "" or shown.startswith(" " * GUTTER)
            assert cells(Strip([Segment(shown)])) <= min(GUTTER + MAX_TEXT, width - 2)


def test_lines_and_empty_lines_stay_as_they_were_written() -> None:
    made = session("hello", "one\n\n  two\n\n\nthree\tfour")
    assert body(made, 1) == ["    one", "", "      two", "", "", "    three   four"]


def test_words_are_not_cut_where_they_fit() -> None:
    made = session("hello", "extraordinarily " * 30)
    for line in body(made, 1, 50):
        assert set(line.split()) <= {"extraordinarily"}


def test_a_comment_without_text_has_only_its_head() -> None:
    laid = detail(session("hello", ("@a", "")), 1)
    assert laid.body == []
    assert texts(laid.head)[0] == "    @a"


def test_what_looks_like_markup_is_text() -> None:
    odd = "[bold]not bold[/bold] [link=x] [@click=quit] \\[ $x [[ ]] [/]"
    assert body(session("hello", odd), 1) == ["    " + odd]


# The line that says who


def test_who_and_what_is_known() -> None:
    made = session(
        ("@marina", "at 1:00 and https://sea.example/a"),
        ("@b", "reply", 0),
        likes={0: 1926},
        age_days={0: 800},
        is_pinned={0: True},
        is_hearted={0: True},
        edited={0: True},
    )
    who = texts(detail(made, 0, 200).head)[0]
    assert who == (
        "    @marina   about 2 years ago   1,926 likes   pinned   hearted   edited"
        "   1 moment   1 link   1 reply"
    )


def test_a_date_is_shown_rather_than_an_age() -> None:
    made = session(("@a", "words"), age_days={0: 800}, published={0: "2024-03-01"})
    assert texts(detail(made, 0).head)[0] == "    @a   2024-03-01"
    made = session(("@a", "words"), age={0: "vor 2 Jahren"})
    assert texts(detail(made, 0).head)[0] == "    @a   vor 2 Jahren"


def test_the_uploader_is_marked_and_said() -> None:
    made = session(("@channel", "words"), is_uploader={0: True})
    assert texts(detail(made, 0).head)[0] == "    @channel *   uploader"


def test_the_line_that_says_who_never_wraps_and_loses_from_the_right() -> None:
    made = session(
        ("@marina", "at 1:00 and https://sea.example/a"), likes={0: 1926}, age_days={0: 800}
    )
    full = texts(detail(made, 0, 200).head)[0]
    for width in range(52, 120):
        head = texts(detail(made, 0, width).head)
        assert len(head) == 2, "the line and the blank one below"
        assert full.startswith(head[0])
        assert full == head[0] or full[len(head[0]) :].startswith("   "), "only whole facts"


def test_age_and_likes_are_short_in_a_narrow_pane() -> None:
    made = session(("@marina", "words"), likes={0: 1926}, age_days={0: 800})
    assert texts(detail(made, 0, 40).head)[0] == "    @marina   2y   1.9k likes"


@pytest.mark.parametrize("author", ["@" + "long" * 80, "潮" * 80, "👨‍👩‍👧" * 40, None])
def test_any_name_fits(author: str | None) -> None:
    for width in NARROW_TO_WIDE:
        made = session((author, "words"), ("@b", "reply", 0), is_uploader={0: True})
        assert " *" in detail(made, 0, width).head[0].text
        assert "answers" in detail(made, 1, width).head[1].text
    assert "(no name)" in detail(session((None, "words")), 0).head[0].text


# Whom it answers


def test_a_reply_says_whom_it_answers_and_how_that_begins() -> None:
    made = session(("@a", "Why are there two tides a day"), ("@b", "good question", 0))
    head = detail(made, 1).head
    assert texts(head)[1] == "    answers @a  Why are there two tides a day"
    assert {act[:2] for act in acts(head[1])} == {("comment", 0)}


def test_an_inferred_answer_says_so_at_its_end() -> None:
    made = session(("@a", "first"), ("@b", "I say the moon does it", 0), ("@c", "@b so do I", 0))
    assert texts(detail(made, 2).head)[1] == (
        "    answers @b  I say the moon does it  inferred (i)"
    )
    made = session(("@a", "first"), ("@b", "words " * 80, 0), ("@c", "@b so do I", 0))
    for width in (60, 80, 140):
        line = texts(detail(made, 2, width).head)[1]
        assert line.endswith("…  inferred (i)")
        assert len(line) <= min(width - 2, MAX_TEXT + 2 * GUTTER)


def test_a_mention_that_the_line_above_says_is_not_said_again() -> None:
    made = session(("@a", "first"), ("@b", "one", 0), ("@c", "@b, so do I", 0))
    assert body(made, 2) == ["    so do I"]


def test_a_mention_of_another_stays() -> None:
    made = session(("@a", "first"), ("@c", "@nobody so do I", 0))
    assert body(made, 1) == ["    @nobody so do I"]


def test_a_threads_first_answers_nobody() -> None:
    assert len(detail(session(("@a", "first")), 0).head) == 2


# Moments


def test_moments_are_numbered_in_the_gutter_where_they_begin() -> None:
    made = session("hello", "intro\nat 1:00 the moon\nand nothing\nat 2:00 and 3:00 the sun")
    lines = body(made, 1)
    assert [line[:GUTTER] for line in lines[:4]] == ["    ", "  1 ", "    ", "  2 "]
    assert detail(made, 1).moment_lines == {0: 1, 1: 3, 2: 3}


def test_a_lone_moment_has_no_number() -> None:
    assert body(session("hello", "at 1:00 the moon"), 1)[0] == "    at 1:00 the moon"


def test_a_likely_moment_is_marked_in_the_gutter_and_called_likely() -> None:
    lines = body(session("hello", "my favourite part @ 3.49"), 1)
    assert lines[0] == "  ? my favourite part @ 3.49"
    assert block(lines, "Moments") == ["     3:49  likely"]
    lines = body(session("hello", "my favourite part @ 3.49, then 4:10"), 1)
    assert lines[0].startswith(" 1? ")


def test_moments_say_in_which_chapter_they_lie() -> None:
    made = session("hello", ("@a", CHAPTERS), ("@b", "at 2:30, 5:31 and 9:59"))
    laid = detail(made, 2)
    lines = texts(laid.body)
    assert next(line for line in lines if "Moments" in line).endswith("── in chapter")
    assert block(lines, "Moments") == [
        "     2:30  What a tide is",
        "     5:31  Why there are two a day",
        "     9:59  Questions",
    ]
    row = lines.index("     5:31  Why there are two a day")
    assert [act[:2] for act in acts(laid.body[row])] == [("moment", 1), ("chapter", 2)]


def test_moments_of_no_chapter_and_spans() -> None:
    lines = body(session("hello", "watch 1:20-1:31 and 1:02:03"), 1)
    assert block(lines, "Moments") == ["    1:20-1:31", "      1:02:03"]
    assert "in chapter" not in "".join(lines)


def test_a_list_of_times_is_not_repeated_below() -> None:
    made = session("hello", ("@a", CHAPTERS))
    assert blocks(body(made, 1)) == ["References"]


def test_the_current_moment_is_marked_in_the_text_the_gutter_and_the_list() -> None:
    made = session("hello", "at 1:00 the moon\nat 2:00 the sun")
    made.go_to(1)
    made.moment = 1
    laid = DetailLayout(made, LOOK, 80).lay_out(1)
    strong = LOOK.plain.time_strong.rich_style
    assert next(s.style for s in laid.body[1]) == strong
    assert next(s.style for s in laid.body[0]) != strong
    in_text = next(s.style for s in laid.body[1] if s.text == "2:00")
    assert in_text is not None
    assert in_text.reverse
    assert not any(s.style and s.style.reverse for s in laid.body[0])
    listed = [s.style for s in laid.body[-1] if s.text.strip() == "2:00"]
    assert listed[0] is not None
    assert listed[0].bold


def test_every_moment_has_a_line_even_within_references() -> None:
    text = "Two sources.\n\nReferences:\n[1] A talk, see 3:49 (1998).\n[2] The end, 4:50 (2003)."
    laid = detail(session("hello", text), 1)
    lines = texts(laid.body)
    assert [lines[laid.moment_lines[n]].strip() for n in (0, 1)] == ["3:49", "4:50"]


def test_a_click_on_what_is_marked_acts_on_it() -> None:
    made = session(
        ("@a", "first"), ("@b", "2:00 by @a: https://sea.example/a and https://sea.example/b", 0)
    )
    line = detail(made, 1, 100).body[0]
    assert acts(line) == [
        ("moment", 0, "2:00"),
        ("comment", 0, "@a"),
        ("link", 1, "https://sea.example/a"),
        ("link", 2, "https://sea.example/b"),
    ]


def test_marks_keep_their_words_across_wrapping_and_tabs() -> None:
    text = "\tafter\ttabs 1:00\t" + "many words " * 12 + "2:00\t潮汐潮汐\t3:00 👩‍👩‍👧 4:00"
    for width in NARROW_TO_WIDE:
        laid = detail(session("hello", text), 1, width)
        found = [
            act for n, line in enumerate(laid.body) for act in acts(line)
            if act[0] == "moment" and n <= max(laid.moment_lines.values())
        ]  # fmt: skip
        assert [(n, words) for _, n, words in found][:4] == [
            (0, "1:00"), (1, "2:00"), (2, "3:00"), (3, "4:00")
        ]  # fmt: skip


# References

REFERENCES = "[1] Halloran, D. (1998). The Slow Sea.\n[2] Ito, K. (2003). Two bulges."


def test_a_text_that_ends_in_its_references_shows_them_in_their_place() -> None:
    made = session("hello", "Read these.\n\n" + REFERENCES)
    assert body(made, 1) == [
        "    Read these.",
        "",
        "    References " + "─" * 55 + " cited at",
        "    [1] Halloran, D. (1998). The Slow Sea.",
        "    [2] Ito, K. (2003). Two bulges.",
    ]


def test_a_heading_of_one_word_gives_way_to_the_blocks() -> None:
    for heading in ("References:", "Sources: ", "参考文献："):
        lines = body(session("hello", f"Read these.\n\n{heading}\n{REFERENCES}"), 1)
        assert lines[:2] == ["    Read these.", ""]
        assert blocks(lines) == ["References"]


@pytest.mark.parametrize(
    "heading", ["Sources that I used at 3:49:", "Books I liked as a child:", "Sources"]
)
def test_a_heading_that_says_more_stays(heading: str) -> None:
    lines = body(session("hello", f"Read these.\n\n{heading}\n{REFERENCES}"), 1)
    assert lines[2].strip() == heading or lines[2].endswith(heading)


@pytest.mark.parametrize(
    "text",
    [
        "Read these.\n\n" + REFERENCES,
        "References:\n" + REFERENCES,
        "Sources and further reading: " + REFERENCES,
        "References:\n[1] Halloran (1998).\n[2]\n[3] Ito (2003).",
        REFERENCES + "\n\nThanks for reading",
        "Words [1] and [2].\n" + REFERENCES.replace("\n", "\n\nbetween them\n\n"),
        "Literature:\n1. Halloran (1998). The Sea\n   goes on, p. 3\n2) Ito (2003).",
        "Sources\n- https://sea.example/a\n* A book on tides, 1999",
        CHAPTERS,
        "Sources used at 0:30:\n" + REFERENCES + "\n[3] " + "a very long title indeed " * 20,
    ],
)
@pytest.mark.parametrize("width", [40, 80, 140])
def test_nothing_is_left_out_where_there_are_references(text: str, width: int) -> None:
    made = session("hello", text)
    assert made.analysis.references_of(1), "the case is about references"
    shown = squeezed("".join(line[GUTTER:] for line in body(made, 1, width)))
    said = text.removeprefix("References:").removeprefix("Literature:")
    for word in said.split():
        if not word.strip("-*.)123456789"):
            continue  # a bullet or a number, which the block writes its own way
        assert squeezed(word) in shown, word


def test_references_say_when_they_are_cited() -> None:
    made = session("hello", ("@a", CHAPTERS))
    lines = block(body(made, 1), "References")
    assert lines[0].startswith("    [1] Halloran, D. (1998). The Slow Sea.")
    assert lines[0].endswith("  2:00 5:30")
    assert lines[1].endswith("  5:30")
    assert len(lines[0]) == len(lines[1]) == 78, "they stand at the right edge"


def test_a_references_lines_act_on_it() -> None:
    made = session("hello", "Sources:\n[1] https://sea.example/a\n[2] " + "Ito (2003) " * 20)
    laid = detail(made, 1)
    found = [act[:2] for line in laid.body for act in acts(line)]
    assert found[0] == ("reference", 0)
    assert set(found[1:]) == {("reference", 1)}
    assert len(found) > 3, "a long one takes several lines"


def test_references_wait_until_everything_was_read() -> None:
    made = session("hello", "Read these.\n\n" + REFERENCES, analysed=False)
    lines = body(made, 1)
    assert blocks(lines) == []
    assert lines[2:] == ["    " + line for line in REFERENCES.split("\n")]


# Links


def test_links_are_shown_by_the_address_that_opens() -> None:
    made = session("hello", "see www.sea.example/x and ruclips.net/video/abcdefghijk/video.html")
    links = [link.url for link in made.analysis.links(1)]
    assert links[1] == "https://www.youtube.com/watch?v=abcdefghijk"
    laid = detail(made, 1, 100)
    lines = texts(laid.body)
    assert block(lines, "Links") == [f"    {n}  {url}" for n, url in enumerate(links, 1)]
    assert acts(laid.body[-1]) == [("link", 2, links[1])]


def test_links_within_references_are_not_listed_again() -> None:
    text = (
        "https://sea.example/intro first.\n\nSources:\n[1] https://sea.example/a\n[2] Ito (2003)."
    )
    assert block(body(session("hello", text), 1), "Links") == ["    1  https://sea.example/intro"]


def test_a_long_address_is_cut_with_a_mark() -> None:
    lines = body(session("hello", "https://sea.example/" + "x" * 300), 1)
    assert block(lines, "Links")[0].endswith("x…")


# Nearby


def test_what_else_is_said_near_the_current_moment() -> None:
    made = session(
        ("@a", "at 2:00"),
        ("@beatrice", "2:29 is lovely"),
        ("@c", "2:31 is too late"),
        ("@d", "@a 1:30, sorry, 1:31", 0)[:2],
        ("@e", "0:00 Start\n1:58 Middle\n4:00 End"),
    )
    laid = detail(made, 0)
    lines = texts(laid.body)
    assert next(line for line in lines if "Nearby" in line).endswith("── within 30 seconds")
    near = block(lines, "Nearby")
    assert near[0].split() == ["1:30", "d", "1:30,", "sorry,", "1:31"], "without its mention"
    assert near[-1] == "     2:29  beatrice          2:29 is lovely"
    assert not [line for line in near if "late" in line or "Middle" in line]
    assert ("comment", 1) in {act[:2] for act in acts(laid.body[-1])}


def test_of_thousands_nearby_the_nearest_are_listed() -> None:
    others = [(f"@o{n}", f"2:{n % 60:02} and 9:59") for n in range(600)]
    made = session(("@a", "at 2:00, and 2:10"), *others)
    lines = texts(detail(made, 0).body)
    assert lines[-21].endswith("── the nearest of 310 within 30 seconds")
    assert [line.split()[0] for line in (lines[-20], lines[-1])] == ["2:00", "2:01"]


def test_nearby_follows_the_current_moment() -> None:
    made = session(("@a", "at 2:00 and 9:00"), ("@b", "see 9:10"))
    assert "Nearby" not in "".join(body(made, 0))
    made.moment = 1
    assert "Nearby" in "".join(texts(DetailLayout(made, LOOK, 80).lay_out(0).body))


def test_blocks_in_order_with_a_blank_line_before_each() -> None:
    made = session(
        ("@a", "at 2:00 https://sea.example/x and these:\n\n" + REFERENCES), ("@b", "2:05 too")
    )
    lines = body(made, 0)
    assert blocks(lines) == ["References", "Moments", "Links", "Nearby"]
    for number, line in enumerate(lines):
        if "──" in line:
            assert lines[number - 1] == ""
            assert lines[number - 2] != ""


def test_the_plain_signs_take_the_same_cells() -> None:
    made = session("hello", ("@a", CHAPTERS), ("@b", "2:30 " + LONG[0]))
    for comment in (1, 2):
        made.go_to(comment)
        fine = DetailLayout(made, LOOK, 70).lay_out(comment)
        plain = DetailLayout(made, PLAIN, 70).lay_out(comment)
        assert [len(s.text) for s in plain.body] == [len(s.text) for s in fine.body]
        assert all(strip.text.isascii() for strip in plain.body)


# The reading view


def reading(made: Session, comment: int, width: int = 100) -> Laid:
    laid = ReadingLayout(made, LOOK, width).lay_out(comment)
    for strip in laid.body:
        assert strip.cell_length == cells(strip) == width, repr(strip.text)
    return laid


def chain(depth: int, text: str = "words") -> Session:
    said: list[Said] = [("@a0", text)]
    said += [(f"@a{n}", text, n - 1) for n in range(1, depth + 1)]
    return session(*said)


@pytest.mark.parametrize("width", NARROW_TO_WIDE)
@pytest.mark.parametrize("number", range(len(LONG)))
def test_reading_shows_the_whole_text_in_at_most_eighty_cells(number: int, width: int) -> None:
    made = session("hello", ("@a", LONG[number]))
    lines = texts(reading(made, 1, width).body)
    assert squeezed("".join(lines[1:])) == squeezed(LONG[number])
    for line in lines:
        assert cells(Strip([Segment(line)])) <= min(80 + MARGIN, width - 2)


def test_a_header_the_text_and_a_blank_line() -> None:
    made = session(
        "hello",
        ("@marina", "one\n\ntwo"),
        likes={1: 1926},
        age_days={1: 800},
        is_uploader={1: True},
    )
    lines = texts(reading(made, 1).body)
    assert lines[0].startswith("   @marina *   ")
    assert lines[0].endswith("  1,926 likes   about 2 years ago")
    assert len(lines[0]) == 80 + MARGIN
    assert lines[1:] == ["   one", "", "   two", ""]


def test_replies_are_set_in_behind_the_lines_of_those_above() -> None:
    made = chain(3)
    assert texts(reading(made, 2).body) == ["   │  │  @a2", "   │  │  words", "   │  │"]
    assert texts(reading(made, 3).body)[-1] == "", "nothing follows"


def test_the_line_between_two_comments_belongs_to_what_both_stand_under() -> None:
    made = session(("@a", "x"), ("@b", "x", 0), ("@c", "x", 1), ("@d", "x", 0), ("@e", "x"))
    ends = [texts(reading(made, n).body)[-1] for n in range(5)]
    assert ends == ["", "   │", "   │", "", ""]


@pytest.mark.parametrize("width", NARROW_TO_WIDE)
def test_deep_replies_keep_room_for_their_text(width: int) -> None:
    made = chain(60, LONG[0])
    laid = reading(made, 60, width)
    texts_only = [line.replace("│", " ") for line in texts(laid.body)[1:-1]]
    assert squeezed("".join(texts_only)) == squeezed(LONG[0])
    assert max(len(line.strip()) for line in texts_only) > 24


def test_a_leading_mention_stands_in_the_header() -> None:
    made = session(("@a", "first"), ("@b", "one", 0), ("@c", "@b so do I", 0))
    laid = reading(made, 2)
    assert texts(laid.body)[:2] == ["   │  @c  to @b", "   │  so do I"]
    assert ("comment", 1) in {act[:2] for act in acts(laid.body[0])}
    made = session(("@a", "first"), ("@b", "@a so do I", 0))
    assert ("comment", 0) in {act[:2] for act in acts(reading(made, 1).body[0])}


def test_the_bar_runs_down_the_current_comment_only() -> None:
    made = session(("@a", "one\ntwo"), ("@b", "three"))
    made.go_to(0)
    assert [s.text[0] for s in reading(made, 0).body] == ["▌", "▌", "▌", " "]
    assert [s.text[0] for s in reading(made, 1).body] == [" ", " ", " "]


def test_reading_knows_the_lines_of_moments() -> None:
    made = session("hello", ("@a", "intro\nat 1:00 the moon\n\nat 2:00 and 3:00 the sun"))
    assert reading(made, 1).moment_lines == {0: 2, 1: 4, 2: 4}


def test_reading_in_the_order_of_answers() -> None:
    made = session(("@a", "x"), ("@b", "x", 0), ("@c", "@b x", 0), ("@d", "@c x", 0))
    made.view.toggle_nesting(0)
    assert [ReadingLayout(made, LOOK, 100).indent(n) for n in range(4)] == [0, 1, 2, 3]
    made.view.toggle_nesting(0)
    assert [ReadingLayout(made, LOOK, 100).indent(n) for n in range(4)] == [0, 1, 1, 1]


@pytest.mark.parametrize("author", ["@" + "long" * 80, "潮" * 80, "👨‍👩‍👧" * 40, None])
def test_any_name_fits_the_header(author: str | None) -> None:
    made = session((author, "words"), ("@b", "reply", 0), likes={0: 10**9}, age_days={0: 4000})
    for width in range(40, 130, 7):
        reading(made, 0, width)
        reading(made, 1, width)


def test_a_video_that_states_its_chapters_names_them_below_moments() -> None:
    video = Video(description="0:00 Before\n4:00 During\n8:00 After")
    made = session(("@a", "at 4:30"), video=video)
    assert block(body(made, 0), "Moments") == ["     4:30  During"]


def test_of_thousands_of_moments_and_links_some_are_listed_the_current_one_among_them() -> None:
    times = "\n".join(f"{n // 60}:{n % 60:02} is lovely" for n in range(1, 3000))
    words = f"{times}\n\n" + "\n".join(f"https://sea.example/{n}" for n in range(1, 3000))
    made = session(("@a", words))
    made.moment = 2500
    lines = texts(detail(made, 0).body)
    assert next(line for line in lines if "Moments" in line).endswith("── 2,401-2,600 of 2,999")
    listed = block(lines, "Moments")
    assert (len(listed), listed[100].split()[0]) == (200, "41:41")
    assert next(line for line in lines if "Links" in line).endswith("── the first 200 of 2,999")
    assert len(block(lines, "Links")) == 200
