"""The tree's rows against a naive model: any forest, any sequence of what a reader can do.

The model keeps sets and lists and works everything out anew each time; the view keeps flat
arrays and changes them in place. Both must always show the same.
"""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from parser.model import Discussion, Record, Source
from parser.threads import Builder
from tui.view import View

ACTIONS = 30
Answers = dict[int, int | None]


@dataclass
class Model:
    """What should be shown of ``parents`` (a pre-order; ``None`` for a thread's first)."""

    answers: Answers
    parents: list[int | None] = field(default_factory=list[int | None])
    unfolded: set[int] = field(default_factory=set[int])
    answering: set[int] = field(default_factory=set[int])
    few: list[int] | None = None

    @property
    def threads(self) -> list[int]:
        return [c for c, parent in enumerate(self.parents) if parent is None]

    def thread(self, comment: int) -> int:
        while (parent := self.parents[comment]) is not None:
            comment = parent
        return comment

    def parent(self, comment: int) -> int | None:
        """The comment above in the nesting that is shown."""
        stated = self.parents[comment]
        root = self.thread(comment)
        if stated is None or root not in self.answering:
            return stated
        to = self.answers.get(comment)
        return to if to is not None and root <= to < comment else root

    def children(self, comment: int) -> list[int]:
        return [c for c in range(len(self.parents)) if self.parent(c) == comment]

    def above(self, comment: int) -> list[int]:
        """The comments above, from the nearest to the thread's first."""
        found: list[int] = []
        parent = self.parent(comment)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return found

    def below(self, comment: int) -> list[int]:
        found: list[int] = []
        for child in self.children(comment):
            found += [child, *self.below(child)]
        return found

    @property
    def order(self) -> list[int]:
        """All comments in the reading order."""
        return [each for root in self.threads for each in [root, *self.below(root)]]

    @property
    def rows(self) -> list[int]:
        if self.few is not None:
            return self.few
        return [c for c in self.order if self.unfolded.issuperset(self.above(c))]

    def siblings(self, comment: int) -> list[int]:
        parent = self.parent(comment)
        return self.threads if parent is None else self.children(parent)


def stepped(among: list[int], start: int, step: int, unlike: int) -> int | None:
    """``step`` on from an index, or the outermost; ``None`` where that is where one is."""
    found = among[max(0, min(len(among) - 1, start + step))]
    return None if found == unlike else found


def check(view: View, model: Model) -> None:
    """Everything that a view says is what the model says."""
    rows, order = model.rows, model.order
    assert [view.comment_at(row) for row in range(len(view))] == rows
    assert view.is_only == (model.few is not None)
    assert view.threads == len(model.threads)
    for comment in range(len(model.parents)):
        row = rows.index(comment) if comment in rows else None
        assert view.row_of(comment) == row
        assert view.parent(comment) == model.parent(comment)
        assert view.is_unfolded(comment) == (comment in model.unfolded)
        assert view.below(comment) == len(model.below(comment))
        assert view.thread(comment) == model.thread(comment)
        assert view.thread_number(comment) == model.threads.index(model.thread(comment))
        assert view.shows_answers(comment) == (model.thread(comment) in model.answering)
        assert view.first_reply(comment) == next(iter(model.children(comment)), None)
        assert view.place_of(comment) == order.index(comment)
        if model.few is None:
            check_in_tree(view, model, comment, rows, order)
        else:
            check_among_few(view, model.few, comment)


def check_in_tree(
    view: View, model: Model, comment: int, rows: list[int], order: list[int]
) -> None:
    above = model.above(comment)
    assert view.depth(comment) == len(above)
    hidden = 0 if comment in model.unfolded else len(model.below(comment))
    assert view.hidden(comment) == hidden
    shown = [c for c in rows if comment in model.above(c)] if comment in rows else []
    assert view.shown_below(comment) == len(shown)
    nearest = next(c for c in [comment, *above] if c in rows)
    assert view.nearest_row(comment) == rows.index(nearest)
    lines = [each != model.siblings(each)[-1] for each in reversed([comment, *above[:-1]])]
    lines = lines if above else []
    assert view.guides(comment, len(above) + 1) == lines
    assert view.guides(comment, 1) == lines[-1:]
    place = order.index(comment)
    assert view.at_place(place) == comment
    for step in (-2, -1, 1, 2, len(order)):
        on = place + step
        assert view.following(comment, step) == (order[on] if 0 <= on < len(order) else None)
        siblings = model.siblings(comment)
        assert view.sibling(comment, step) == stepped(
            siblings, siblings.index(comment), step, comment
        )
        root = model.thread(comment)
        start = model.threads.index(root) + (step < 0 and comment != root)
        assert view.next_thread(comment, step) == stepped(model.threads, start, step, comment)


def check_among_few(view: View, few: list[int], comment: int) -> None:
    assert view.depth(comment) == 0
    assert view.hidden(comment) == 0
    assert view.shown_below(comment) == 0
    assert view.guides(comment, 5) == []
    if comment not in few:
        assert view.nearest_row(comment) == 0
        return
    row = few.index(comment)
    assert view.nearest_row(comment) == row
    assert view.at_place(row) == comment
    for step in (-2, -1, 1, 2):
        on = row + step
        assert view.following(comment, step) == (few[on] if 0 <= on < len(few) else None)
        assert view.sibling(comment, step) == stepped(few, row, step, comment)
        assert view.next_thread(comment, step) == stepped(few, row, step, comment)


@st.composite
def forests(draw: st.DrawFn, most: int = 14) -> list[int | None]:
    """The parents of comments in pre-order, of any shape."""
    parents: list[int | None] = []
    open_ones: list[int] = []
    for number in range(draw(st.integers(1, most))):
        depth = draw(st.integers(0, len(open_ones)))
        del open_ones[depth:]
        parents.append(open_ones[-1] if open_ones else None)
        open_ones.append(number)
    return parents


def records(parents: list[int | None], start: int = 0) -> list[Record]:
    return [
        Record(id=str(n), text=f"comment {n}", parent=None if parent is None else str(parent))
        for n, parent in enumerate(parents, start)
    ]


class Reading(RuleBasedStateMachine):
    """A reader who does anything in any order while the file is still being read."""

    def __init__(self) -> None:
        super().__init__()
        self.discussion = Discussion(Source("test", "test"))
        self.builder = Builder(self.discussion)
        self.model = Model({})
        self.view = View(self.discussion, lambda comment: self.model.answers.get(comment))
        self.parents: list[int | None] = []
        self.version = self.view.version

    @property
    def known(self) -> int:
        return len(self.model.parents)

    def pick(self, share: float) -> int:
        return int(share * self.known)

    # What comes from the file

    @rule(data=st.data(), many=st.integers(1, 5))
    def read(self, data: st.DataObject, many: int) -> None:
        """A slice comes; the view is told of it later."""
        before = len(self.parents)
        for number in range(before, before + many):
            last = number - 1
            spine: list[int | None] = [None]
            while last >= 0:
                spine.insert(1, last)
                above = self.parents[last]
                last = -1 if above is None else above
            self.parents.append(data.draw(st.sampled_from(spine)))
            to = data.draw(st.none() | st.integers(0, number + 1))
            self.model.answers[number] = to
        self.builder.add(records(self.parents[before:], before))

    @rule()
    def grow(self) -> None:
        order = self.model.order
        assert self.view.grow() is False
        self.model.parents = self.parents[:]
        if self.model.order != order:
            assert self.view.version > self.version

    # What the reader does

    @precondition(lambda self: self.known)
    @rule(share=st.floats(0, 1, exclude_max=True))
    def unfold(self, share: float) -> None:
        comment = self.pick(share)
        model = self.model
        may = model.few is None and comment not in model.unfolded and model.children(comment)
        assert self.view.unfold(comment) == bool(may)
        if may:
            model.unfolded.add(comment)

    @precondition(lambda self: self.known)
    @rule(share=st.floats(0, 1, exclude_max=True))
    def fold(self, share: float) -> None:
        comment = self.pick(share)
        model = self.model
        may = model.few is None and comment in model.unfolded and model.children(comment)
        assert self.view.fold(comment) == bool(may)
        if may:
            model.unfolded.discard(comment)

    @precondition(lambda self: self.known)
    @rule(share=st.floats(0, 1, exclude_max=True))
    def fold_below(self, share: float) -> None:
        comment = self.pick(share)
        self.view.fold_below(comment)
        if self.model.few is None and self.model.children(comment):
            self.model.unfolded -= {comment, *self.model.below(comment)}

    @rule()
    def unfold_all(self) -> None:
        self.view.unfold_all()
        if self.model.few is None:
            self.model.unfolded = set(range(self.known))
            assert sorted(self.model.rows) == list(range(self.known))

    @rule()
    def fold_all(self) -> None:
        self.view.fold_all()
        if self.model.few is None:
            self.model.unfolded = set()

    @precondition(lambda self: self.known)
    @rule(share=st.floats(0, 1, exclude_max=True))
    def reveal(self, share: float) -> None:
        comment, model = self.pick(share), self.model
        left = model.few is not None and comment not in model.few
        if left:
            model.few = None
        hidden = comment not in model.rows
        if hidden:
            model.unfolded.update(model.above(comment))
        assert self.view.reveal(comment) == (left or hidden)
        assert self.view.row_of(comment) is not None

    @precondition(lambda self: self.known)
    @rule(share=st.floats(0, 1, exclude_max=True))
    def toggle_nesting(self, share: float) -> None:
        comment = self.pick(share)
        root = self.model.thread(comment)
        self.model.answering ^= {root}
        assert self.view.toggle_nesting(comment) == (root in self.model.answering)
        self.model.unfolded.update(c for c in range(self.known) if self.model.thread(c) == root)
        assert self.view.version > self.version

    @precondition(lambda self: self.known)
    @rule(shares=st.lists(st.floats(0, 1, exclude_max=True), max_size=5))
    def only(self, shares: list[float]) -> None:
        few = [self.pick(share) for share in shares]
        self.view.only(few)
        self.model.few = list(dict.fromkeys(few))

    @rule()
    def everything(self) -> None:
        self.view.everything()
        self.model.few = None

    @invariant()
    def shows_the_same(self) -> None:
        check(self.view, self.model)
        self.version = self.view.version


Reading.TestCase.settings = settings(max_examples=150, stateful_step_count=ACTIONS, deadline=None)
TestReading = Reading.TestCase


@given(forests(), st.lists(st.floats(0, 1, exclude_max=True), max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_every_nesting_shows_every_comment_once(
    parents: list[int | None], toggled: list[float], data: st.DataObject
) -> None:
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    builder.add(records(parents))
    builder.finish()
    numbers = st.integers(-1, len(parents))
    answers: Answers = {number: data.draw(st.none() | numbers) for number in range(len(parents))}
    view = View(discussion, answers.get)
    for share in toggled:
        view.toggle_nesting(int(share * len(parents)))
    view.unfold_all()
    shown = [view.comment_at(row) for row in range(len(view))]
    assert sorted(shown) == list(range(len(parents)))
    assert [view.place_of(comment) for comment in shown] == list(range(len(parents)))


@given(forests().flatmap(lambda parents: st.permutations(records(parents))), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_any_order_in_the_file_ends_in_whole_rows(shuffled: list[Record], slices: int) -> None:
    """Replies that come before or long after their parents change the numbers at the end."""
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    view = View(discussion, lambda comment: None)
    for part in range(slices):
        builder.add(shuffled[part::slices])
        view.grow()
        view.unfold_all()
    before, version = discussion.reordered, view.version
    builder.finish()
    moved = view.grow()
    assert moved == (discussion.reordered > before)
    if moved:
        assert view.version > version
        assert view.comment_at(0) == 0
    stated = [None if p < 0 else p for p in discussion.parent]
    model = Model({}, stated, set() if moved else set(range(len(view))))
    view.unfold_all()
    model.unfolded = set(range(len(stated)))
    check(view, model)
