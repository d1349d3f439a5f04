"""The rows of the tree and of the chapter list, cell by cell."""

import pytest
from rich.cells import cell_len

from parser.model import Video
from tests.parser.helpers import Said
from tests.tui.sessions import CHAPTERS, LOOK, PLAIN, cells, look_of, session
from tui.look import ASCII
from tui.rows import MAX_LEVELS, ChapterRow, Columns, TreeRow
from tui.session import Session

WIDTHS = range(20, 201)
HOSTILE: tuple[Said, ...] = (
    ("@plain", "An ordinary remark about the sea"),
    ("@cjk", "潮汐は月と太陽の引力で起こる" * 20),
    ("@emoji", "👩‍👩‍👧‍👦 a family, 🇳🇿 a flag, ❤️ a heart, 👋🏽 a hand " * 8),
    ("@rtl", "המים עולים פעמיים ביום " * 20),
    ("@arabic", "المد والجزر 3:49 " * 20),
    ("@" + "long" * 60, "by someone with a very long name"),
    ("潮" * 60, "by someone with a long and wide name"),
    ("👨‍👩‍👧" * 30, "by a family"),
    (None, "by nobody at all"),
    (None, ""),
    ("@mark", "\u0301\u0301 begins with marks that combine"),
    ("@joiner", "\u200d\ufe0f\u200d"),
    ("@nothing", "\u200b" * 4000),
    ("@hindi", "ज्वार-भाटा समुद्र का पानी " * 20),
    ("@lines", "\n\n\n\tone\n\n\ttwo\r\n\n"),
    ("@much", "1:00 2:00 3:00 https://sea.example/a https://sea.example/b " * 30),
    ("@plain", "@emoji \ufe0f\u0301 after a mention"),
)


def row(
    session: Session, comment: int, width: int = 100, *, selected: bool = False, plain: bool = False
) -> str:
    """The line as it would stand in the terminal; it is always as wide as its pane."""
    strip = TreeRow(session, PLAIN if plain else LOOK, width).draw(
        comment, selected=selected, focused=selected
    )
    assert strip.cell_length == cells(strip) == width
    return strip.text


def thread(depth: int) -> Session:
    """A chain of replies, each to the one before."""
    said: list[Said] = [("@a0", "the first", None)]
    said += [(f"@a{n}", f"reply {n}", n - 1) for n in range(1, depth + 1)]
    made = session(*said)
    made.view.unfold_all()
    return made


# Width


@pytest.mark.parametrize("comment", range(len(HOSTILE)))
def test_a_row_is_exactly_as_wide_as_its_pane(comment: int) -> None:
    made = session(*HOSTILE, likes={comment: 10**15}, age_days={comment: 400})
    for width in WIDTHS:
        for selected in (False, True):
            for look in (LOOK, PLAIN):
                strip = TreeRow(made, look, width).draw(comment, selected=selected, focused=True)
                assert strip.cell_length == width
                assert cells(strip) == width, repr(strip.text)
                assert "\n" not in strip.text
                assert "\t" not in strip.text


@pytest.mark.parametrize("depth", [1, 5, 24, 25, 300])
def test_a_deep_row_is_exactly_as_wide_as_its_pane(depth: int) -> None:
    made = thread(depth)
    for width in WIDTHS:
        row(made, depth, width)
        row(made, depth, width, selected=True)


def test_a_hundred_thousand_deep_its_age_still_stands_at_the_edge() -> None:
    made = thread(100_000)
    last = len(made.discussion) - 1
    made.discussion.age_days[last] = 800
    for width in (40, 50, 80, 120):
        shown = row(made, last, width)
        assert shown.endswith("  2y ")
        assert " 100000 " in shown


# Columns


@pytest.mark.parametrize(
    ("width", "author", "likes", "age"),
    [(39, 10, 0, 0), (40, 10, 0, 5), (49, 10, 0, 5), (50, 12, 6, 5), (69, 12, 6, 5),
     (70, 16, 6, 5), (79, 16, 6, 5), (80, 18, 6, 5), (200, 18, 6, 5)],
)  # fmt: skip
def test_columns_by_the_panes_width(width: int, author: int, likes: int, age: int) -> None:
    columns = Columns.of(width)
    assert (columns.author, columns.likes, columns.age) == (author, likes, age)
    assert 1 <= columns.levels <= MAX_LEVELS


def test_likes_and_age_stand_at_the_right_edge_whatever_the_depth_and_the_text() -> None:
    said = (("@a", "short"), ("@b", "潮" * 200, 0), ("@c", "👩‍👩‍👧 1:00 " * 40, 1))
    likes, days = {0: 7, 1: 1926, 2: 10**6}, {0: 3, 1: 130, 2: 2000}
    made = session(*said, likes=likes, age_days=days)
    made.view.unfold_all()
    for width in (50, 64, 80, 131, 200):
        assert row(made, 0, width).endswith("      7   3d ")
        assert row(made, 1, width).endswith("  1.9k  4mo ")
        assert row(made, 2, width).endswith("  1.0M   5y ")
    for width in (40, 49):
        assert row(made, 0, width).endswith("   3d ")
        assert " 7 " not in row(made, 0, width)
    assert "3d" not in row(made, 0, 39)


def test_what_the_file_does_not_say_stays_blank() -> None:
    assert row(session(("@a", "words")), 0).endswith(" " * 12)
    assert row(session(("@a", "words"), likes={0: 0}, age_days={0: 0}), 0).endswith("  <1d ")


def test_texts_begin_in_one_column_until_the_guides_have_taken_their_cells() -> None:
    made = thread(8)
    starts = [row(made, n, 120).index(made.discussion.texts[n]) for n in range(9)]
    assert starts[:5] == [24] * 5, "18 cells of the author's, less 2 a level, down to 10"
    assert starts[5:] == [26, 28, 30, 32]


def test_an_author_is_shown_without_the_at_and_cut_with_a_mark() -> None:
    made = session(("@marina", "words"), ("@" + "x" * 40, "words"))
    assert row(made, 0)[4:24] == "marina".ljust(20)
    assert row(made, 1)[4:24] == "x" * 17 + "…  "
    assert row(made, 1, 45)[4:16] == "x" * 9 + "…  "
    assert row(made, 1, 45, plain=True)[4:16] == "x" * 9 + "~  "


def test_the_uploader_has_a_mark_that_is_never_cut() -> None:
    made = session(("@channel", "words"), ("@" + "x" * 40, "words"), is_uploader={0: True, 1: True})
    assert row(made, 0)[4:24] == "channel *".ljust(20)
    assert row(made, 1)[4:24] == "x" * 15 + "… *  "
    strip = TreeRow(made, LOOK, 100).draw(0, selected=False, focused=False)
    names = [segment.style for segment in strip if "channel" in segment.text]
    assert names == [LOOK.plain.uploader.rich_style]


def test_a_comment_without_an_author_keeps_the_column() -> None:
    made = session((None, "words"), author_name={})
    assert row(made, 0)[:30] == " " * 24 + "words "
    named = session((None, "words"), author_name={0: "Marina K"})
    assert "Marina K" in row(named, 0)


# Guides and folds


def test_guides_and_arms() -> None:
    made = session(
        ("@a", "first"),
        ("@b", "one", 0),
        ("@c", "below one", 1),
        ("@d", "two", 0),
        ("@e", "second"),
    )
    made.view.unfold_all()
    starts = [row(made, n)[:9] for n in range(5)]
    assert starts == ["  ▾ a    ", "  ├─▾ b  ", "  │ └── c", "  └── d  ", "    e    "]
    plain = [row(made, n, plain=True)[:9] for n in range(5)]
    assert plain == ["  - a    ", "  |-- b  ", "  | `-- c", "  `-- d  ", "    e    "]


def test_a_folded_row_says_how_many_replies_it_hides() -> None:
    said: list[Said] = [("@a", "first")]
    said += [("@b", "reply", 0)] * 37
    made = session(*said)
    assert row(made, 0).startswith("  ▸ a")
    assert " +37 " in row(made, 0)
    made.view.unfold(0)
    assert "+37" not in row(made, 0)
    assert row(made, 0).startswith("  ▾ a")


def test_among_a_chosen_few_nothing_folds() -> None:
    made = session(("@a", "first"), ("@b", "reply", 0))
    made.view.only([1, 0])
    assert row(made, 0).startswith("    a ")
    assert "+1" not in row(made, 0)
    assert row(made, 1).startswith("    b ")


def test_an_inferred_answer_has_a_dashed_arm_where_answers_are_shown() -> None:
    made = session(("@a", "first"), ("@b", "one", 0), ("@c", "@b I doubt it", 0), ("@d", "two", 0))
    made.view.unfold_all()
    assert row(made, 2).startswith("  ├── c"), "as saved: nothing is inferred"
    made.view.toggle_nesting(0)
    assert row(made, 2).startswith("  │ └┄─ c")
    assert row(made, 3).startswith("  └── d")
    assert row(made, 2, plain=True).startswith("  | `~- c")


def test_beyond_the_deepest_guide_the_depth_is_a_number() -> None:
    made = thread(30)
    levels = Columns.of(100).levels
    assert levels < 30
    shown = row(made, 30)
    assert shown[: 2 + 2 * levels].strip() == "└─"
    assert shown[2 + 2 * levels :].startswith("─ 30 a30 ")
    assert row(made, levels)[2 + 2 * levels :].startswith("▾ a")


def test_the_fold_mark_is_where_the_mouse_looks_for_it() -> None:
    made = thread(30)
    for width in (45, 100, 180):
        drawer = TreeRow(made, LOOK, width)
        for comment in (0, 1, 3, 12, 29):
            shown = drawer.draw(comment, selected=False, focused=False).text
            assert shown[drawer.fold_column(comment)] == "▾"


# Text and marks


def test_the_text_begins_after_a_leading_mention_and_stays_on_one_line() -> None:
    made = session(("@a", "first"), ("@b", "@a \n\n  well,\n\n\tyes", 0))
    made.view.unfold_all()
    assert row(made, 1).split() == ["└──", "b", "well,", "yes"]


def test_a_text_that_does_not_fit_is_cut_with_a_mark() -> None:
    assert "word word wor…  " in row(session(("@a", "word " * 100)), 0)
    assert " word…  " in row(session(("@a", "four word " * 100)), 0, 61), "no blank before it"
    assert "…" not in row(session(("@a", "word " * 5)), 0)


def test_marks_for_what_a_comment_holds() -> None:
    made = session(
        ("@a", "at 7:13 it turns"),
        ("@b", "0:10 and 0:20, later 0:30"),
        ("@c", "at 1:00, see https://sea.example/a or https://sea.example/b"),
        ("@d", "nothing here"),
    )
    ends = [row(made, n).rstrip() for n in range(4)]
    assert ends[0].endswith(" 7:13")
    assert ends[1].endswith(" 0:10+2")
    assert ends[2].endswith(" 1:00 2»")
    assert ends[3].endswith("nothing here")
    assert row(made, 2, plain=True).rstrip().endswith(" 1:00 2^")


def test_a_likely_moment_has_a_question_mark() -> None:
    made = session(("@a", "my favourite part @ 3.49"))
    assert [t.certainty for t in made.analysis.timestamps(0)] == ["likely"]
    assert row(made, 0).rstrip().endswith(" 3:49?")


def test_references_are_counted_once_all_was_read() -> None:
    made = session(("@a", CHAPTERS), analysed=False)
    assert "[2]" not in row(made, 0, 120).split("0:00+3")[-1]
    assert row(session(("@a", CHAPTERS)), 0, 120).rstrip().endswith(" 0:00+3 [2]")


def test_marks_give_way_to_the_text_the_last_ones_first() -> None:
    made = session(("@a", "0:10 0:20 and https://sea.example/a are worth it"))
    kept = [row(made, 0, width) for width in range(20, 40)]
    with_moment = [" 0:10+1" in shown for shown in kept]
    with_link = [" 1»" in shown for shown in kept]
    assert with_moment == sorted(with_moment), "once there is room it stays"
    assert with_link == sorted(with_link)
    assert sum(with_moment) > sum(with_link) > 0


# Colour


def test_the_selected_row_has_its_bar_and_ground() -> None:
    made = session(("@a", "words"))
    drawer = TreeRow(made, LOOK, 60)
    selected = drawer.draw(0, selected=True, focused=True)
    assert selected.text[0] == "▌"
    ground = LOOK.selected.text.rich_style.bgcolor
    assert all(s.style is not None and s.style.bgcolor == ground for s in selected)
    elsewhere = drawer.draw(0, selected=True, focused=False)
    assert elsewhere.text == selected.text
    ground = LOOK.unfocused.text.rich_style.bgcolor
    assert all(s.style is not None and s.style.bgcolor == ground for s in elsewhere)
    assert drawer.draw(0, selected=False, focused=True).text[0] == " "


def test_likes_in_the_top_tenth_are_plain_and_the_others_dim() -> None:
    likes = dict(enumerate(range(1, 41)))
    made = session(*[("@a", "words")] * 40, likes=likes)
    drawer = TreeRow(made, LOOK, 80)

    def ink(comment: int) -> object:
        strip = drawer.draw(comment, selected=False, focused=False)
        return [s.style for s in strip if s.text.strip() == str(likes[comment])]

    assert ink(39) == [LOOK.plain.text.rich_style]
    assert ink(0) == ink(20) == [LOOK.plain.dim.rich_style]


# Chapters


def chapters(number: int, width: int = 33, *, made: Session | None = None, **state: bool) -> str:
    made = made or session("hello", ("@a", CHAPTERS), ("@b", "at 2:10 and 2:20"), ("@c", "6:00"))
    shown = {"selected": False, "focused": True} | state
    strip = ChapterRow(made, LOOK, width).draw(number, **shown)
    assert strip.cell_length == cells(strip) == width
    return strip.text


def test_a_chapter_row() -> None:
    assert chapters(0) == "  0:00 Opening words             "
    assert chapters(1) == "  2:00 What a tide is   [1]    1 "
    assert chapters(2) == "  5:30 Why there are… [1-2]    1 "
    assert chapters(3, selected=True) == "▌ 9:10 Questions                 "


def test_narrow_chapter_rows_go_without_citations_of_their_own() -> None:
    assert chapters(2, 27) == "  5:30 Why there are…    1 "
    assert chapters(1, 23) == "  2:00 What a tid…   1 "


def test_the_current_chapter_is_marked() -> None:
    made = session("hello", ("@a", CHAPTERS), ("@b", "at 2:10"))
    made.go_to(2)
    assert chapters(0, made=made).startswith("  0:00 Opening")
    assert chapters(1, made=made).startswith("  2:00▸What a tide")
    strip = ChapterRow(made, LOOK, 33).draw(1, selected=False, focused=True)
    assert list(strip)[1].style == LOOK.plain.time_strong.rich_style


def test_hours_have_a_wider_column() -> None:
    for end in ("1:30:00", "10:30:00"):
        made = session("hello", f"0:00 Start of it\n59:00 Middle of it\n{end} End of it")
        assert chapters(0, made=made).startswith("     0:00 Start of it")
        assert chapters(2, made=made)[1:].startswith(f"{end.rjust(8)} End of it")


def test_chapter_rows_are_exactly_as_wide_as_the_pane() -> None:
    text = "\n".join(
        [
            "0:00 " + "潮汐" * 30,
            "1:00 " + "👩‍👩‍👧‍👦" * 30,
            "2:00 " + "x" * 200,
            "3:00 " + "שלום " * 20,
            "1:00:00 e\u0301\u0301\u0301 end",
        ]
    )
    made = session(("@a", text), *[("@b", "at 0:10")] * 30)
    assert made.chapters is not None
    for width in range(16, 81):
        for number in range(len(made.chapters.chapters)):
            for look in (LOOK, PLAIN):
                for selected in (False, True):
                    strip = ChapterRow(made, look, width).draw(
                        number, selected=selected, focused=True
                    )
                    assert strip.cell_length == cells(strip) == width


def test_numbers_are_the_louder_the_busier_a_chapter_is() -> None:
    said: list[Said] = [("@a", CHAPTERS)]
    said += [("@b", "at 0:30")] * 8 + [("@c", "at 2:30")] * 4 + [("@d", "at 9:30")]
    made = session(*said)
    assert made.chapter_counts == [8, 4, 0, 1]
    drawer = ChapterRow(made, LOOK, 33)

    def ground(number: int) -> object:
        strip = drawer.draw(number, selected=False, focused=False)
        return list(strip)[-1].style

    assert ground(0) == LOOK.loud[4].rich_style
    assert ground(1) == LOOK.loud[2].rich_style
    assert ground(2) == LOOK.plain.text.rich_style
    assert ground(3) == LOOK.loud[1].rich_style


def test_no_chapters_draw_an_empty_row() -> None:
    assert ChapterRow(session("words"), LOOK, 30).draw(0, selected=False, focused=False).text == (
        " " * 30
    )


def test_stated_chapters_need_no_comment() -> None:
    described = "0:00 Before\n4:00 During\n8:00 After"
    made = session(("@a", "at 4:30"), video=Video(description=described))
    assert chapters(1, made=made) == "  4:00▸During                  1 "


@pytest.mark.parametrize("theme", ["textual-light", "nord", "ansi-dark"])
def test_the_words_do_not_hang_on_the_theme(theme: str) -> None:
    made = session(*HOSTILE)
    for comment in range(len(HOSTILE)):
        one = TreeRow(made, LOOK, 90).draw(comment, selected=True, focused=True)
        other = TreeRow(made, look_of(theme), 90).draw(comment, selected=True, focused=True)
        assert one.text == other.text
    plain = TreeRow(made, look_of(theme, ASCII), 90).draw(2, selected=True, focused=True)
    assert cell_len(plain.text) == 90
