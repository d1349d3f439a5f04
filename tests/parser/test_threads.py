"""Records become whole threads, in whatever order a file has them."""

import sys
import time
from collections.abc import Callable
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest

from parser.model import NO_PARENT, UNKNOWN, Discussion, Record, Source
from parser.threads import Builder


def build(*slices: list[Record]) -> Discussion:
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    for records in slices:
        builder.add(records)
    builder.finish()
    check_tree(discussion)
    return discussion


def record(name: str, parent: str | None = None, text: str | None = None) -> Record:
    return Record(id=name, parent=parent, text=text or f"text of {name}")


def records(*names: str) -> list[Record]:
    """``"b<a"``: a reply with the id b to a."""
    return [record(*name.split("<")) for name in names]


def shape(discussion: Discussion) -> str:
    """Ids with one dot for each level, in order."""
    return " ".join("." * comment.depth + comment.id for comment in discussion)


def check_tree(discussion: Discussion) -> None:
    """Parents, depths and sizes are those of one pre-order."""
    path: list[int] = []
    sizes = [1] * len(discussion)
    for index in range(len(discussion)):
        del path[discussion.depth[index] :]
        assert len(path) == discussion.depth[index]
        assert discussion.parent[index] == (path[-1] if path else NO_PARENT)
        path.append(index)
    for index in range(len(discussion) - 1, -1, -1):
        if discussion.parent[index] != NO_PARENT:
            sizes[discussion.parent[index]] += sizes[index]
    assert list(discussion.size) == sizes
    columns = (discussion.ids, discussion.likes, discussion.flags, discussion.age_days)
    assert {len(column) for column in columns} == {len(discussion)}


def messages(discussion: Discussion) -> list[str]:
    return [said.message for said in discussion.diagnostics]


def test_replies_in_order_are_appended_at_once() -> None:
    discussion = build(records("a", "b<a", "c<b", "d<a", "e"), records("f<e"))
    assert shape(discussion) == "a .b ..c .d e .f"
    assert discussion.reordered == 0
    assert not discussion.diagnostics


def test_a_growing_discussion_is_a_whole_tree_after_each_slice() -> None:
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    for name in ("a", "b<a", "c<b", "d<a", "e", "f<e"):
        builder.add(records(name))
        check_tree(discussion)
    assert len(discussion) == 6


def test_a_late_reply_goes_under_its_parent() -> None:
    discussion = build(records("a", "b<a", "c", "d<a", "e<b", "f<d"))
    assert shape(discussion) == "a .b ..e .d ..f c"
    assert discussion.reordered == 1
    assert discussion.texts[2] == "text of e"
    assert not discussion.diagnostics


def test_replies_before_their_parent_come_behind_it_in_the_files_order() -> None:
    discussion = build(records("r2<r1", "r1<a", "b", "a", "r3<a"))
    assert shape(discussion) == "b a .r1 ..r2 .r3"
    assert not discussion.diagnostics


def test_replies_without_a_parent_become_threads_where_the_file_has_them() -> None:
    discussion = build(records("a", "b<gone", "c<b", "d", "e<gone"))
    assert shape(discussion) == "a b .c d e"
    assert messages(discussion) == ["2 replies whose parent is missing became threads of their own"]


def test_circles_are_cut_at_their_first_comment() -> None:
    discussion = build(records("x", "a<c", "b<a", "c<b", "s<s", "t<a"))
    assert shape(discussion) == "x a .b ..c .t s"
    assert messages(discussion) == [
        "2 chains of replies that answer each other in a circle were cut at their first comments"
    ]


def test_a_comment_that_stands_twice_is_taken_once() -> None:
    discussion = build(records("a", "b<a", "a", "b<a", "c<zz", "c<zz", "d<a"))
    assert shape(discussion) == "a .b .d c"
    assert "3 comments that stand in the file again were left out" in messages(discussion)


def test_another_comment_with_a_known_id_is_kept_under_a_changed_one() -> None:
    again = [record("a", text="other"), record("a", text="third"), record("a~2", text="fourth")]
    discussion = build([*records("a", "b<a"), *again])
    assert discussion.ids == ["a", "b", "a~3", "a~4", "a~2"]
    assert discussion.texts[2:] == ["other", "third", "fourth"]
    assert messages(discussion) == [
        "2 comments with the id of another one were kept under changed ids"
    ]


def test_a_changed_id_is_nobody_elses_not_even_of_one_that_comes_late() -> None:
    again = [record("a", text="other"), record("a~2", "late"), record("late")]
    discussion = build([*records("a", "b<a"), *again])
    assert discussion.ids == ["a", "b", "a~3", "late", "a~2"]


@pytest.mark.parametrize(("line", "place"), [(12, None), (None, 3)])
def test_a_diagnostic_names_the_first_place(line: int | None, place: int | None) -> None:
    lost = Record(id="a", text="", parent="gone", line=line, record=place)
    discussion = build([lost, record("b", "gone")])
    assert (discussion.diagnostics[0].line, discussion.diagnostics[0].record) == (line, place)


def test_late_rows_read_the_same_alone_in_stretches_and_in_a_row() -> None:
    parents = [record(f"t{n}") for n in range(100)]
    late = [record(f"t{n}.{reply}", f"t{n}") for n in range(99, -1, -3) for reply in range(40)]
    again = [record("t5", text="of another"), record("t6.0", "t6", "of another")]
    rows = build(parents, late, again).rows
    whole = [rows[index] for index in range(len(rows))]
    assert [*rows] == whole
    assert rows.stretch(37, 900) == whole[37:900]
    assert [row[0] for row in whole if row[6] == "of another"] == ["t6.0~2", "t5~2"]
    with pytest.raises(IndexError):
        rows[-1]


def test_numbers_out_of_range_are_unknown() -> None:
    wild = Record(id="a", text="", likes=10**30, age_days=10**12)
    negative = Record(id="b", text="", likes=-5, age_days=-1)
    discussion = build([wild, negative])
    assert list(discussion.likes) == list(discussion.age_days) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("order", ["in order", "backwards"])
def test_any_depth_takes_linear_time(order: str) -> None:
    def seconds(depth: int) -> float:
        chain = [record(str(at), str(at - 1) if at else None) for at in range(depth)]
        if order == "backwards":
            chain.reverse()
        slices = [chain[start : start + 1000] for start in range(0, depth, 1000)]
        start = time.perf_counter()
        discussion = Discussion(Source("test", "test"))
        builder = Builder(discussion)
        for part in slices:
            builder.add(part)
        builder.finish()
        taken = time.perf_counter() - start
        assert discussion.size[0] == depth
        assert discussion.depth[depth - 1] == depth - 1
        assert all(one + 1 == two for one, two in pairwise(discussion.parent))
        return taken

    quarter = min(seconds(25_000) for _ in range(3))
    # Four times the depth: four times the work, and a wide margin for a busy machine.
    assert min(seconds(100_000) for _ in range(2)) < 12 * quarter + 0.2


def _longest_step(count: int) -> int:
    """Lines of Python that the longest step of a sorting-in runs."""
    threads = [record(f"t{at}") for at in range(count)]
    replies = [record(f"r{at}", f"t{at}") for at in range(count)]
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    many = [*threads, *replies, record("t0", text="another")]
    for start in range(0, len(many), 1000):
        builder.add(many[start : start + 1000])
    lines = longest = 0

    def trace(_frame: FrameType, event: str, _of: object) -> "Callable[..., Any]":
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in builder.finishing():
            longest, lines = max(longest, lines), 0
    finally:
        sys.settrace(before)
    return max(longest, lines)


def test_late_replies_that_come_at_once_cost_no_more_each() -> None:
    def seconds(count: int) -> float:
        threads = [record(f"t{at}") for at in range(count)]
        replies = [record(f"r{at}", f"t{at}") for at in range(count)]
        builder = Builder(Discussion(Source("test", "test")))
        start = time.process_time()
        builder.add([*threads, *replies])
        return time.process_time() - start

    few = min(seconds(1_500) for _ in range(3))
    # Eight times as many: with the square it would be 64 times the time.
    assert min(seconds(12_000) for _ in range(2)) < 24 * few


def test_no_step_of_the_sorting_in_grows_with_the_file() -> None:
    assert _longest_step(75_000) < 1.3 * _longest_step(25_000)


def test_the_sorting_in_gives_way_often_and_changes_nothing_before_its_last_step() -> None:
    many = [record("a"), *(record(f"t{at}") for at in range(50_000)), record("late", "a")]
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    builder.add(many)
    before = list(discussion.ids)
    steps = 0
    for _ in builder.finishing():
        steps += 1
        assert discussion.ids == before or discussion.reordered == 1
    assert steps > 10
    assert discussion.ids[:2] == ["a", "late"]
    check_tree(discussion)
