"""A comment of megabytes: it opens at once, and nothing of it is out of reach."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.strip import Strip

from tests.tui.driving import Reader, reading
from tests.tui.sessions import LOOK, session, texts
from tui import layout, parts, reading_layout, render
from tui.laid import Part
from tui.layout import DetailLayout
from tui.parts import PART, PART_LINES, WHOLE, parts_of
from tui.passage import Passage
from tui.reading_layout import ReadingLayout
from tui.session import Session

LETTERS = 5_000_000
SCREENFUL = 2 * 36 * PART
"""Code points that may be wrapped for a key: at worst every line of two pictures is a part of its
own (blanks, letters with thousands of marks), and otherwise it is a few parts."""
PROSE = "The tide comes in, and the tide goes out again, twice a day. "
SHAPES = {
    "one line without a space": "x",
    "one line of words": PROSE,
    "many lines": PROSE[:-1] + "\n",
    "line breaks": "\n",
    "blanks": " ",
    "wide letters": "潮",
    "letters with thousands of marks": "a" + "\u0301" * 4000,
    "emoji families": "👩‍👩‍👧‍👦",
    "moments": "1:05 ",
    "links": "https://sea.example/c ",
    "citations": "[1] ",
    "mentions": "@name ",
    "brackets": "[",
    "references": "[1] Halloran, D. (1998). The Slow Sea.\n",
}


def repeated(one: str, letters: int) -> str:
    return one * (letters // len(one))


def saved(folder: Path, text: str) -> Path:
    """A file in which the second of three comments has this text."""
    said = [("a", "first, at 0:07"), ("b", text), ("c", "last, at 9:09")]
    comments = [
        {"id": name, "text": words, "author": f"@{name}", "parent": "root"} for name, words in said
    ]
    path = folder / "huge.info.json"
    path.write_text(json.dumps({"id": "abcdefghijk", "title": "Tides", "comments": comments}))
    return path


class Wrapped:
    """Counts what is given to be wrapped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.letters = 0

        def wrap(content: Content, width: int) -> list[Content]:
            self.letters += len(content.plain)
            return render.wrapped(content, width)

        for module in (layout, reading_layout):
            monkeypatch.setattr(module, "wrapped", wrap)

    def since(self) -> int:
        count, self.letters = self.letters, 0
        return count


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("one", SHAPES.values(), ids=SHAPES)
async def test_every_key_costs_a_screenful_and_not_the_text(
    one: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Wrapped(monkeypatch)
    text = "It begins. " + repeated(one, LETTERS) + " It ends."
    async with reading(saved(tmp_path, text)) as r:
        assert counted.since() < SCREENFUL
        keys = (
            *("j", "space", "space", "tab", "ctrl+d", "G", "g", "tab", "tab", "d", "d"),
            *("right_square_bracket", "left_square_bracket", "enter", "space", "J", "k", "k"),
            "escape",
        )
        for key in keys:
            await r.press(key)
            assert counted.since() < SCREENFUL, key
        await r.pilot.resize_terminal(90, 30)
        await r.settle()
        assert counted.since() < SCREENFUL


async def test_it_begins_at_once_and_its_end_is_a_jump_away(tmp_path: Path) -> None:
    text = "It begins. " + repeated(PROSE, LETTERS) + " It ends."
    async with reading(saved(tmp_path, text)) as r:
        await r.press("j")
        assert "It begins." in r.text
        assert f" of {len(text):,} letters" in r.text
        await r.press("tab", "G")
        assert "It ends." in r.text
        assert f"{len(text):,} of {len(text):,} letters" in r.text
        await r.press("g")
        assert "It begins." in r.text
        await r.press("enter")
        assert "It begins." in r.text
        await r.press("J")
        assert "last, at 9:09" in r.text
        await r.press("k", "k", "k")
        assert "It ends." in r.text


async def test_reading_on_goes_through_all_of_it_and_then_to_the_next(tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(6_000)]
    async with reading(saved(tmp_path, " ".join(words)), size=(200, 60)) as r:
        await r.press("j")
        seen: set[str] = set()
        for _ in range(200):
            seen.update(r.text.split())
            await r.pilot.press("space")
            if r.author != "@b":
                break
        assert seen.issuperset(words)
        assert r.author == "@c"


async def test_the_current_moment_is_shown_though_it_stands_megabytes_down(tmp_path: Path) -> None:
    text = f"at 0:10 it begins. {repeated(PROSE, 3_000_000)} see 1:23:45 there. {PROSE * 50}"
    async with reading(saved(tmp_path, text)) as r:
        await r.press("j", "right_square_bracket")
        assert "see 1:23:45" in detail_of(r)
        await r.press("left_square_bracket")
        assert "at 0:10 it begins." in detail_of(r)
        await r.press("enter", "right_square_bracket")
        assert "see 1:23:45" in r.text
        await r.press("right_square_bracket")
        assert r.author == "@c", "and on to the next comment's"


def detail_of(r: Reader) -> str:
    region = r.reader.detail.region
    rows = r.lines[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right].strip() for line in rows).split())


async def test_the_lists_below_it_are_within_reach(tmp_path: Path) -> None:
    text = repeated("At 1:05 it is lovely.\nhttps://sea.example/c is not.\n", 1_000_000)
    async with reading(saved(tmp_path, text), size=(130, 60)) as r:
        await r.press("j", "d")
        assert "+ moments" in r.text, "there are more than are known"
        await r.press("G")
        seen = r.text
        for _ in range(20):
            await r.press("ctrl+u")
            seen += r.text
        assert seen.index("─ the first 200 of ") < seen.index("─ 1-200 of "), "links, then moments"
        await r.press("escape", "Y")
        assert "the first 200 of " in r.text


async def test_the_guesses_about_it_are_a_list_of_a_bounded_length(tmp_path: Path) -> None:
    async with reading(saved(tmp_path, repeated("at 3.49 ", 500_000))) as r:
        await r.press("j", "i")
        assert "the first 200 of " in r.text
        assert "3.49 is likely a moment of the video" in r.text


# The parts


@given(st.lists(st.text(alphabet="ab 潮\t\u0301👩\u200d👧", max_size=30), max_size=60))
def test_lines_laid_out_part_by_part_are_those_laid_out_at_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    made = session("hello", text)
    for laying in (DetailLayout(made, LOOK, 60), ReadingLayout(made, LOOK, 60)):
        at_once = laying.lay_out(1).body
        with pytest.MonkeyPatch.context() as patch:
            for name in ("WHOLE", "PART"):
                patch.setattr(parts, name, 80)
            patch.setattr(parts, "_cut", parts._cut.__wrapped__)  # pyright: ignore[reportPrivateUsage]
            anew = type(laying)(made, LOOK, 60)
            assert len(anew.parts(1)) > 1 or len(text) <= 80
            assert anew.lay_out(1).body == at_once


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.sampled_from(list(SHAPES.values())),
    st.integers(0, 60_000),
)
def test_parts_leave_nothing_out_but_a_blank_between_two(start: str, one: str, more: int) -> None:
    text = start + repeated(one, more) + start
    found = parts_of(text, 0, len(text))
    assert found[0].start == 0
    end = 0
    for part in found:
        assert text[end : part.start] in ("", " ", "\n")
        end = part.end
        if len(found) > 1:
            assert end - part.start <= PART
            assert text.count("\n", part.start, end) <= PART_LINES
    assert text[end:] in ("", " ", "\n")


def test_a_cut_tears_no_letter_from_its_marks() -> None:
    for one in ("👩‍👩‍👧‍👦", "e\u0301\u0302", "👋🏽", "❤\ufe0f"):
        text = "x" + one * 20_000
        for part in parts_of(text, 0, len(text))[1:]:
            assert text[part.start :].startswith(one)


def test_an_ordinary_text_is_one_part() -> None:
    for one in (PROSE, "x", "潮", PROSE[:40] + "\n"):
        text = repeated(one, WHOLE)
        assert len(parts_of(text, 0, len(text))) == 1


# Going through them


def passage(made: Session, comment: int) -> tuple[Passage, list[Strip]]:
    """A comment's lines as a passage, and all at once."""
    laying = DetailLayout(made, LOOK, 80)
    found: list[Part] = laying.parts(comment)
    lines = Passage(len(found), lambda part: laying.lay_part(comment, found[part], below=part > 0))
    return lines, laying.lay_out(comment).body


@pytest.mark.parametrize("step", [1, 7, 19, 150])
def test_scrolling_passes_every_line_once_both_ways(step: int) -> None:
    made = session("hello", PROSE * 400 + "\nhttps://sea.example/a at 1:05")
    lines, whole = passage(made, 1)
    rows = 20
    assert lines.count > 4
    top = 0
    while True:
        shown = [lines.lines(part)[line] for part, line in lines.window(rows)]
        assert texts(shown) == texts(whole[top : top + rows])
        top = min(top + step, len(whole) - rows)
        if not lines.scroll(step, rows):
            break
    assert lines.window(rows)[-1] == lines.last
    while lines.scroll(-step, rows):
        top = max(0, top - step)
        shown = [lines.lines(part)[line] for part, line in lines.window(rows)]
        assert texts(shown) == texts(whole[top : top + rows])
    assert top == 0


@pytest.mark.parametrize("one", SHAPES.values(), ids=SHAPES)
def test_all_of_the_text_stands_in_the_lines(one: str) -> None:
    text = "It begins. " + repeated(one, 50_000) + " It ends."
    made = session("hello", text)
    shown = ReadingLayout(made, LOOK, 100).lay_out(1).body
    assert squeezed("".join(texts(shown)[1:])) == squeezed(text)
