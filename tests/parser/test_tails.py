"""Texts of hundreds of thousands of letters, where no answer may take as long as they do."""

from itertools import pairwise

import pytest

from parser import tails
from parser.analysis import Analysis
from parser.tails import LONG, MOST, PIECE
from parser.text.links import find_links
from parser.text.timestamps import find_timestamps
from tests.parser.helpers import discussion

PROSE = (
    "I love how the tide comes in at 12:34 and goes again, see https://sea.example/a?b=c (or"
    " www.sea.example), as @marina said [3].\nFrom 1:20-1:31 it is lovely; at 3.49 not so much.\n"
)
FULL = {
    "moments": "1:05 ",
    "links": "https://sea.example/c ",
    "marks": "[1] ",
    "mentions": "@name, ",
    "moments left out": "https://youtu.be/abcdefghijk 1:05\n",
    "references": "[1] Halloran, D. (1998). The Slow Sea.\n",
}


def read(*texts: str) -> Analysis:
    """What is known once the scan went through."""
    analysis = Analysis(discussion(*texts), in_steps=True)
    for _ in analysis.scan():
        pass
    return analysis


def test_a_long_text_says_what_it_says_when_it_is_read_at_once() -> None:
    text = PROSE * 300
    assert len(text) > 3 * LONG
    stepwise, at_once = read(text), Analysis(discussion(text))
    links = find_links(text)
    assert stepwise.links(0) == links
    assert stepwise.timestamps(0) == find_timestamps(text, links)
    assert stepwise.mentions(0) == at_once.mentions(0)
    assert not stepwise.says_more(0)


def test_what_no_break_parts_is_never_half_a_mark() -> None:
    """Pieces that are cut between two letters: a mark that is cut is left out, not shortened."""
    glued = ("潮" * 997 + "https://sea.example/a/long/path?and=query潮1:23:45潮") * 60
    whole = set(find_links(glued))
    found = read(glued).links(0)
    assert 50 <= len(found) <= len(whole)
    assert set(found) <= whole
    assert {one.text for one in read(glued).timestamps(0)} == {"1:23:45"}


@pytest.mark.parametrize("text", [*(one * 8_000 for one in FULL.values()), PROSE * 500])
def test_every_mark_spells_its_text_and_none_overlaps_the_next(text: str) -> None:
    analysis = read(text)
    for marks in (analysis.timestamps(0), analysis.links(0)):
        for mark in marks:
            assert text[mark.start : mark.end] == mark.text
        for before, after in pairwise(marks):
            assert before.end <= after.start


@pytest.mark.parametrize("one", FULL.values())
def test_a_text_full_of_marks_is_read_up_to_so_many(one: str) -> None:
    analysis = read(one * 20_000)
    counts = [
        len(analysis.timestamps(0)),
        len(analysis.links(0)),
        len(analysis.mentions(0)),
        len(analysis.references_of(0)),
    ]
    assert max(counts) < MOST + 2 * PIECE // 4
    assert analysis.says_more(0)


def test_the_first_piece_speaks_at_once_and_the_rest_when_it_was_read() -> None:
    text = "at 0:10 it begins\n" + "no more of it\n" * 5_000 + "and at 1:00:00 it ends"
    analysis = Analysis(discussion(text), in_steps=True)
    assert [one.seconds for one in analysis.timestamps(0)] == [10]
    assert analysis.says_more(0)
    for _ in analysis.scan():
        pass
    assert [one.seconds for one in analysis.timestamps(0)] == [10, 3600]
    assert analysis.moments.comments_between(3600, 3601) == [0]
    assert not analysis.says_more(0)
    analysis.invalidate()
    assert [one.seconds for one in analysis.timestamps(0)] == [10]


@pytest.mark.parametrize("one", [*FULL.values(), PROSE, "x", " ", "\n", "a.b.c/", "[", "潮"])
def test_no_step_looks_at_more_than_a_piece(one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def find(text: str) -> object:
        looked_at.append(len(text))
        return find_links(text)

    monkeypatch.setattr("parser.tails.find_links", find)
    monkeypatch.setattr("parser.analysis.find_links", find)
    analysis = Analysis(discussion(one * (400_000 // len(one))), in_steps=True)
    steps = 0
    for steps, _ in enumerate(analysis.scan(), 1):  # noqa: B007  (counted)
        pass
    assert analysis.links(0) is not None
    assert max(looked_at, default=0) <= PIECE + 2 * 64
    assert steps >= 1


def test_of_many_long_texts_no_more_is_kept_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tails, "MOST_IN_ALL", 7_000)
    text = "x 1:05 " * 5_000
    analysis = read(text, text, text)
    counts = [len(analysis.timestamps(each)) for each in range(3)]
    assert counts[0] == 5_000
    assert counts[1] == counts[2] < 1_200
    assert [analysis.says_more(each) for each in range(3)] == [False, True, True]


def test_whoever_does_not_wait_reads_all_of_it() -> None:
    analysis = Analysis(discussion("1:05 " * 20_000))
    assert len(analysis.timestamps(0)) == 20_000
    assert not analysis.says_more(0)
