"""The tree's rows: what each operation does by example, and what it costs at any size."""

from collections.abc import Callable
from time import perf_counter

import pytest

from parser.model import Discussion, Record, Source
from parser.threads import Builder
from tui.view import View

MANY = 100_000
PATIENCE = 5.0
"""Seconds; what is linear takes a small part of it, what is quadratic many times as much."""


def a_view(*parents: int | None, answers: dict[int, int] | None = None) -> View:
    """A view of comments with these parents."""
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    builder.add(
        [
            Record(id=str(n), text=f"comment {n}", parent=None if above is None else str(above))
            for n, above in enumerate(parents)
        ]
    )
    builder.finish()
    return View(discussion, (answers or {}).get)


def rows(view: View) -> list[int]:
    return [view.comment_at(row) for row in range(len(view))]


TALK = (None, 0, 1, 0, None, 4, 4)
"""Two threads: 0 with 1 (with 2) and 3; 4 with 5 and 6."""


def test_at_first_only_the_threads_are_shown() -> None:
    view = a_view(*TALK)
    assert rows(view) == [0, 4]
    assert view.hidden(0) == 3
    assert view.hidden(4) == 2


def test_unfolding_shows_one_level_and_folding_hides_all() -> None:
    view = a_view(*TALK)
    assert view.unfold(0)
    assert rows(view) == [0, 1, 3, 4]
    assert view.unfold(1)
    assert rows(view) == [0, 1, 2, 3, 4]
    assert view.fold(0)
    assert rows(view) == [0, 4]


def test_a_fold_remembers_what_was_unfolded_in_it() -> None:
    view = a_view(*TALK)
    view.unfold(0)
    view.unfold(1)
    view.fold(0)
    view.unfold(0)
    assert rows(view) == [0, 1, 2, 3, 4]


def test_folding_a_thread_from_any_depth_forgets_what_was_unfolded() -> None:
    view = a_view(*TALK)
    view.unfold_all()
    view.fold_below(view.thread(2))
    view.unfold(0)
    assert rows(view) == [0, 1, 3, 4, 5, 6]


def test_what_cannot_be_folded_says_so() -> None:
    view = a_view(*TALK)
    assert not view.unfold(2), "it has no replies"
    assert not view.fold(0), "it is folded"
    view.unfold(0)
    assert not view.unfold(0), "it is unfolded"


def test_a_comment_that_is_folded_away_is_revealed_with_all_above_it() -> None:
    view = a_view(*TALK)
    assert view.row_of(2) is None
    assert view.nearest_row(2) == 0
    assert view.reveal(2)
    assert rows(view) == [0, 1, 2, 3, 4]
    assert not view.reveal(2), "it is in sight"


def test_guides_tell_where_lines_run_on() -> None:
    view = a_view(*TALK)
    assert view.guides(2, 9) == [True, False], "3 follows 1; nothing follows 2 under 1"
    assert view.guides(3, 9) == [False]
    assert view.guides(2, 1) == [False]
    assert view.guides(0, 9) == []


def test_who_answers_whom_rearranges_one_thread_and_no_other() -> None:
    view = a_view(None, 0, 0, 0, None, 4, answers={1: 0, 2: 0, 3: 1})
    assert view.toggle_nesting(2)
    assert rows(view) == [0, 1, 3, 2, 4]
    assert [view.depth(c) for c in rows(view)] == [0, 1, 2, 1, 0]
    assert view.parent(3) == 1
    assert view.shows_answers(3)
    assert not view.shows_answers(5)
    assert not view.toggle_nesting(3)
    assert rows(view) == [0, 1, 2, 3, 4]


def test_answers_to_what_is_later_or_elsewhere_stand_under_the_threads_first() -> None:
    view = a_view(None, 0, 0, None, 3, answers={1: 2, 2: 2, 4: 1})
    view.toggle_nesting(0)
    view.toggle_nesting(4)
    view.unfold_all()
    assert rows(view) == [0, 1, 2, 3, 4]
    assert [view.parent(c) for c in range(5)] == [None, 0, 0, None, 3]


def test_folding_among_answers_folds_what_stands_below_there() -> None:
    view = a_view(None, 0, 0, 0, 0, answers={1: 0, 2: 0, 3: 1, 4: 3})
    view.toggle_nesting(0)
    assert rows(view) == [0, 1, 3, 4, 2]
    view.fold_below(1)
    assert rows(view) == [0, 1, 2]
    assert not view.is_unfolded(3)
    assert view.is_unfolded(2), "it stands elsewhere, though between them in the file"
    view.unfold(1)
    assert rows(view) == [0, 1, 3, 2]


def test_switching_the_nesting_unfolds_the_thread() -> None:
    view = a_view(*TALK)
    view.toggle_nesting(0)
    assert sorted(rows(view)) == [0, 1, 2, 3, 4]


def test_going_about_stops_at_the_outermost() -> None:
    view = a_view(*TALK)
    assert view.sibling(5, 1) == 6
    assert view.sibling(5, 99) == 6
    assert view.sibling(6, 99) is None
    assert view.sibling(0, 1) == 4
    assert view.next_thread(2, 1) == 4
    assert view.next_thread(2, -1) == 0, "back to this thread's first"
    assert view.next_thread(0, -1) is None
    assert view.next_thread(6, 10**9) == 4
    assert view.following(6) is None
    assert view.first_reply(4) == 5
    assert view.first_reply(6) is None


def test_a_chosen_few_stand_alone_in_their_own_order() -> None:
    view = a_view(*TALK)
    view.only([5, 2, 5, 0])
    assert rows(view) == [5, 2, 0], "each once"
    assert view.depth(5) == 0
    assert view.hidden(0) == 0
    assert not view.unfold(0)
    assert view.following(5) == 2
    assert view.sibling(5, 9) == 0
    assert view.next_thread(0, -9) == 5
    assert view.at_place(1) == 2
    assert view.at_place(3) is None
    view.everything()
    assert rows(view) == [0, 4]


def test_revealing_what_is_not_among_the_few_shows_everything_again() -> None:
    view = a_view(*TALK)
    view.only([5])
    assert not view.reveal(5)
    assert view.is_only
    assert view.reveal(2)
    assert not view.is_only
    assert rows(view) == [0, 1, 2, 3, 4]


def test_few_can_be_none() -> None:
    view = a_view(*TALK)
    view.only([])
    assert rows(view) == []
    assert view.following(0) is None
    assert view.sibling(0, 1) is None
    assert view.next_thread(0, -1) is None
    assert view.nearest_row(3) == 0


def test_an_empty_discussion_has_no_rows() -> None:
    view = a_view()
    assert rows(view) == []
    assert view.threads == 0
    assert view.at_place(0) is None
    view.unfold_all()
    view.fold_all()
    assert rows(view) == []


class Growing:
    """A discussion that is read in slices, and a view of it."""

    def __init__(self) -> None:
        self.discussion = Discussion(Source("test", "test"))
        self.builder = Builder(self.discussion)
        self.answers: dict[int, int] = {}
        self.view = View(self.discussion, self.answers.get)

    def read(self, *parents: int | None, grow: bool = True) -> None:
        before = len(self.discussion)
        self.builder.add(
            [
                Record(id=str(n), text="words", parent=None if above is None else str(above))
                for n, above in enumerate(parents, before)
            ]
        )
        if grow:
            self.view.grow()


def test_replies_that_come_for_an_unfolded_thread_are_shown() -> None:
    growing = Growing()
    growing.read(None, 0)
    growing.view.unfold(0)
    growing.read(0, 2, None)
    assert rows(growing.view) == [0, 1, 2, 4], "3 is folded away under 2"


def test_replies_that_come_for_a_folded_thread_stay_hidden() -> None:
    growing = Growing()
    growing.read(None, 0)
    growing.read(0, 0, None)
    assert rows(growing.view) == [0, 4]
    assert growing.view.hidden(0) == 3


def test_replies_that_come_for_a_thread_of_answers_stand_under_what_they_answer() -> None:
    growing = Growing()
    growing.answers.update({1: 0, 2: 0, 3: 1, 4: 2})
    growing.read(None, 0, 0)
    growing.view.toggle_nesting(0)
    growing.read(0, 0, None)
    assert rows(growing.view) == [0, 1, 3, 2, 4, 5]
    assert growing.view.parent(3) == 1


@pytest.mark.parametrize("key", ["unfold", "unfold all", "reveal", "nesting"])
def test_a_key_between_two_slices_meets_no_comment_that_is_not_there_yet(key: str) -> None:
    """The columns grow while the file is read; the rows only when they are told."""
    growing = Growing()
    growing.answers.update({1: 0, 2: 0, 3: 2, 4: 0})
    view = growing.view
    growing.read(None, 0)
    growing.read(0, 2, 0, grow=False)
    acts: dict[str, Callable[[], object]] = {
        "unfold": lambda: view.unfold(0),
        "unfold all": view.unfold_all,
        "reveal": lambda: view.reveal(1),
        "nesting": lambda: view.toggle_nesting(1),
    }
    acts[key]()
    assert rows(view) == [0, 1]
    assert view.below(0) == 1
    assert view.sibling(1, 1) is None
    assert view.guides(1, 1) == [False]
    view.grow()
    assert rows(view) == [0, 1, 2, 4], "3 is folded away under 2"


def test_numbers_that_changed_are_told_and_begin_anew() -> None:
    growing = Growing()
    growing.read(None, None, 0)
    growing.view.unfold_all()
    version = growing.view.version
    growing.builder.finish()
    assert growing.view.grow(), "the late reply stands behind its parent now"
    assert rows(growing.view) == [0, 2]
    assert growing.view.version > version
    assert not growing.view.grow()


# Size


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


CHAIN = (None, *range(MANY - 1))
STAR = (None, *(0 for _ in range(MANY - 1)))
THREADS = tuple(None for _ in range(MANY))


@pytest.mark.parametrize("shape", [CHAIN, STAR, THREADS], ids=["chain", "star", "threads"])
def test_any_shape_of_a_hundred_thousand_comments_is_quick(shape: tuple[int | None, ...]) -> None:
    view = a_view(*shape, answers={n: n - 1 for n in range(1, MANY)})
    last = MANY - 1

    def everything() -> None:
        view.reveal(last)
        assert view.row_of(last) == last
        assert view.thread(last) == view.comment_at(view.nearest_row(view.thread(last)))
        view.fold_all()
        assert view.row_of(last) == (None if view.parent(last) is not None else last)
        view.unfold_all()
        assert len(view) == MANY
        view.guides(last, 24)
        view.fold_below(0)
        assert view.is_unfolded(last) == (view.parent(last) is None)
        view.toggle_nesting(last)
        view.unfold_all()
        assert view.depth(last) == (0 if shape is THREADS else last)
        view.fold(view.thread(last))
        view.toggle_nesting(last)
        view.sibling(last, -(10**9))
        view.sibling(0, 10**9)
        assert view.row_of(last) == last

    assert timed(everything) < PATIENCE


def test_a_key_in_a_thread_of_a_hundred_thousand_does_not_count_them_all() -> None:
    view = a_view(*STAR)
    view.unfold_all()

    def keys() -> None:
        comment = 1
        for _ in range(2000):
            comment = view.following(comment) or 1
            view.row_of(comment)
            view.guides(comment, 24)
            view.thread_number(comment)
            view.hidden(comment)
            view.next_thread(comment, 1)

    assert timed(keys) < PATIENCE / 10


def test_a_long_thread_that_comes_in_many_slices_is_quick() -> None:
    growing = Growing()
    growing.read(None)
    growing.view.unfold_all()

    def read() -> None:
        for _ in range(200):
            growing.read(*[0] * (MANY // 200))

    assert timed(read) < PATIENCE
    assert len(growing.view) == len(growing.discussion) == MANY + 1
