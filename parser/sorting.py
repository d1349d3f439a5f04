"""Sorts a discussion's late replies in, and takes out what stands in the file twice.

Needed for a few files only, and then for a few comments; but it must hold for a million of
them. A *node* is a comment in the columns by its number, or behind those a record held back.
"""

from array import array
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import chain

from parser.columns import Row, Rows
from parser.model import NO_PARENT, Batch, Diagnostic, Discussion, Record

_STEP = 20_000
"""Steps of the sorting-in between two chances for the screen."""
_NONE = -1

_MESSAGES = {
    "orphan": (
        "1 reply whose parent is missing became a thread of its own",
        "{} replies whose parent is missing became threads of their own",
    ),
    "circle": (
        "1 chain of replies that answer each other in a circle was cut at its first comment",
        "{} chains of replies that answer each other in a circle were cut at their first comments",
    ),
    "repeated": (
        "1 comment that stands in the file again was left out",
        "{} comments that stand in the file again were left out",
    ),
    "same id": (
        "1 comment with the id of another one was kept under a changed id",
        "{} comments with the id of another one were kept under changed ids",
    ),
}


@dataclass(slots=True)
class Taken:
    """Which ids there are, and of each comment in the columns its line or record in the file.

    The ids are those that the batches hold, for as long as the file is being read.
    """

    names: set[str]
    places: "array[int]"
    by_line: bool = False

    def add(self, batch: Batch, start: int, stop: int) -> None:
        """Take in some rows of a batch."""
        self.names.update(batch.ids[start:stop])
        if batch.lines is not None and any(batch.lines):
            self.by_line = True
            self.places.extend(line or 0 for line in batch.lines[start:stop])
        elif batch.first_record is not None:
            self.places.extend(range(batch.first_record + start, batch.first_record + stop))
        else:
            self.places.extend([0] * (stop - start))

    def release(self) -> Iterator[None]:
        """Gives the ids back, in steps: a million strings at once would hold the screen up."""
        while self.names:
            for _ in range(min(_STEP, len(self.names))):
                self.names.pop()
            yield


@dataclass(slots=True)
class _Sorting:
    """What is found out on the way."""

    discussion: Discussion
    taken: Taken
    held: list[Record]
    first: dict[str, int] = field(default_factory=dict[str, int])
    """The first node of an id that matters: of a repeated one, or a held record's parent."""
    instead: dict[int, int] = field(default_factory=dict[int, int])
    """For a node that is left out, the one that says the same."""
    answered: dict[int, int] = field(default_factory=dict[int, int])
    """For a node whose id is another one's, that one: replies to the id are replies to it."""
    renamed: dict[int, str] = field(default_factory=dict[int, str])
    numbers: dict[str, int] = field(default_factory=dict[str, int])
    """For an id, the next number that may make another one of it."""
    tallies: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """How often each trouble was met, and at which node first."""

    def tally(self, trouble: str, node: int) -> None:
        count, first = self.tallies.get(trouble, (0, node))
        self.tallies[trouble] = (count + 1, first)


def find_repeated(
    discussion: Discussion, taken: Taken, held: list[Record]
) -> Generator[None, None, set[str]]:
    """The ids that occur more than once; in steps. Uses ``taken.names`` up."""
    met, repeated = taken.names, set[str]()
    met.update(record.id for record in held)
    if len(met) < len(discussion) + len(held):
        names = chain(discussion.ids, (record.id for record in held))
        for step, name in enumerate(names):
            if name in met:
                met.remove(name)
            else:
                repeated.add(name)
            if step % _STEP == 0:
                yield
    return repeated


def sort_in(
    discussion: Discussion,
    taken: Taken,
    held: list[Record],
    held_at: list[int],
    repeated: set[str],
) -> Iterator[None]:
    """Finds every held record its place, and permutes the columns, in steps."""
    work = _Sorting(discussion, taken, held)
    yield from _find_names(work, held_at, repeated)
    parents = _all_parents(work)
    yield
    yield from _cut_circles(work, parents)
    order, depths = array("q"), array("I")
    arrival = (n for n in _arrival(len(discussion), held_at) if n not in work.instead)
    yield from _pre_order(parents, arrival, order, depths)
    yield from _permute(work, order, depths, parents)
    _report(work)


def _find_names(work: _Sorting, held_at: list[int], repeated: set[str]) -> Iterator[None]:
    """Which node an id means, which nodes are left out, and which get another id."""
    parents = {record.parent for record in work.held}
    says: dict[str, set[int]] = defaultdict(set)
    changed: set[str] = set()
    if repeated:
        changed = {name for name in work.discussion.ids if "~" in name}
        changed |= {record.id for record in work.held if "~" in record.id}
    rows = _all_rows(work, held_at)
    for step, (node, row) in enumerate(rows):
        name = row[0]
        if name in repeated:
            _take_repeated(work, node, row, says[name], changed)
        elif name in parents:
            work.first.setdefault(name, node)
        if step % _STEP == 0:
            yield


def _take_repeated(work: _Sorting, node: int, row: Row, says: set[int], changed: set[str]) -> None:
    """A comment whose id occurs again: the first keeps it, one that says the same goes."""
    name, author, *_, text = row
    saying = hash((author, _parent_name(work, node), text))
    if name not in work.first:
        work.first[name] = node
    elif saying in says:
        work.instead[node] = work.answered[node] = work.first[name]
        work.tally("repeated", node)
        return
    else:
        work.answered[node] = work.first[name]
        number = max(len(says) + 1, work.numbers.get(name, 0))
        while (candidate := f"{name}~{number}") in changed:
            number += 1
        changed.add(candidate)
        work.numbers[name] = number + 1
        work.renamed[node] = candidate
        work.tally("same id", node)
    says.add(saying)


def _all_rows(work: _Sorting, held_at: list[int]) -> Iterator[tuple[int, Row]]:
    """All nodes with their strings, in the order in which the file had them."""
    rows, old = iter(work.discussion.rows), len(work.discussion)
    for node in _arrival(old, held_at):
        yield node, next(rows) if node < old else Batch.of([work.held[node - old]]).rows[0]


def _parent_name(work: _Sorting, node: int) -> str | None:
    old = len(work.discussion)
    if node >= old:
        return work.held[node - old].parent
    parent = work.discussion.parent[node]
    return None if parent == NO_PARENT else work.discussion.ids[parent]


def _all_parents(work: _Sorting) -> "array[int]":
    """Each node's parent node."""
    old = len(work.discussion)
    parents = array("q", work.discussion.parent)
    for record in work.held:
        parent = None if record.parent is None else work.first.get(record.parent)
        if parent is None:
            work.tally("orphan", len(parents))
        parents.append(NO_PARENT if parent is None else parent)
    if work.answered:
        for node in range(old):
            parents[node] = work.answered.get(parents[node], parents[node])
    return parents


def _cut_circles(work: _Sorting, parents: "array[int]") -> Iterator[None]:
    """Makes the first comment of each circle a thread.

    A circle goes through a held record, or through one whose id occurs again.
    """
    old = len(work.discussion)
    seen = bytearray(len(parents))
    starts = [*range(old, len(parents)), *work.answered.values()]
    for step, start in enumerate(starts):
        path: list[int] = []
        node = start
        while node != NO_PARENT and not seen[node]:
            seen[node] = 1
            path.append(node)
            node = parents[node]
        if node != NO_PARENT and node in (on_path := set(path)):
            first = _first_of_circle(node, parents)
            assert first in on_path  # noqa: S101  (a circle is walked whole)
            parents[first] = NO_PARENT
            work.tally("circle", first)
        if step % _STEP == 0:
            yield


def _first_of_circle(node: int, parents: "array[int]") -> int:
    first, other = node, parents[node]
    while other != node:
        first = min(first, other)
        other = parents[other]
    return first


def _arrival(old: int, held_at: list[int]) -> Iterator[int]:
    """All nodes in the order in which the file had them."""
    taken = 0
    for place, before in enumerate(held_at):
        yield from range(taken, before)
        taken = before
        yield old + place
    yield from range(taken, old)


def _pre_order(
    parents: "array[int]", arrival: Iterator[int], order: "array[int]", depths: "array[int]"
) -> Iterator[None]:
    """Fills ``order`` with the nodes and ``depths`` with their depths, siblings as they came.

    The children of a node are a linked list (first, next) so that a million of them cost
    three flat arrays instead of a million lists.
    """
    count = len(parents)
    first = array("q", [_NONE]) * (count + 1)
    last = array("q", [_NONE]) * (count + 1)
    following = array("q", [_NONE]) * count
    for step, node in enumerate(arrival):
        above = parents[node]  # NO_PARENT is -1: the last place of the arrays
        if last[above] == _NONE:
            first[above] = node
        else:
            following[last[above]] = node
        last[above] = node
        if step % _STEP == 0:
            yield
    path: list[int] = []
    node = first[count]
    while node != _NONE:
        order.append(node)
        depths.append(len(path))
        if first[node] != _NONE:
            path.append(node)
            node = first[node]
        else:
            while path and following[node] == _NONE:
                node = path.pop()
            node = following[node]
        if len(order) % _STEP == 0:
            yield


def _permute(
    work: _Sorting, order: "array[int]", depths: "array[int]", parents: "array[int]"
) -> Iterator[None]:
    """Rewrites the columns in the new order; until the last step the old ones stay."""
    discussion, count = work.discussion, len(order)
    numbers = array("q", [0]) * (len(parents) + 1)
    for number, node in enumerate(order):
        numbers[node] = number
    numbers[-1] = NO_PARENT  # where a parent of -1 looks
    yield
    new_parents = array("i", (numbers[parents[node]] for node in order))
    yield
    sizes = array("I", [1]) * count
    for number in range(count - 1, -1, -1):
        if (above := new_parents[number]) != NO_PARENT:
            sizes[above] += sizes[number]
    yield
    late, old = Batch.of(work.held), len(discussion)
    rows = Rows()
    for start in range(0, count, _STEP):
        some = order[start : start + _STEP]
        rows.extend([_row(work, late, node) for node in some])
        yield
    columns = {"parent": new_parents, "depth": depths, "size": sizes}
    for name, behind in (("flags", late.flags), ("likes", late.likes), ("age_days", late.age_days)):
        column: array[int] = getattr(discussion, name)
        columns[name] = array(
            column.typecode, (column[n] if n < old else behind[n - old] for n in order)
        )
        yield
    for name, column in columns.items():
        setattr(discussion, name, column)
    discussion.rows = rows
    discussion.reordered += 1


def _row(work: _Sorting, late: Batch, node: int) -> Row:
    old = len(work.discussion)
    row = work.discussion.rows[node] if node < old else late.rows[node - old]
    name = work.renamed.get(node)
    return row if name is None else (name, *row[1:])


def _report(work: _Sorting) -> None:
    old = len(work.taken.places)
    for trouble, (count, first) in work.tallies.items():
        one, many = _MESSAGES[trouble]
        line = record = None
        if first >= old:
            line, record = work.held[first - old].line, work.held[first - old].record
        elif place := work.taken.places[first]:
            line, record = (place, None) if work.taken.by_line else (None, place)
        message = one if count == 1 else many.format(count)
        work.discussion.diagnostics.append(Diagnostic("warning", message, line, record))
