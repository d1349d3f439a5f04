"""Sorts a discussion's late replies in, and takes out what stands in the file twice.

Needed where a file has its replies in answers of their own, or damaged; it must hold for a
million of them. A *node* is a comment in the columns by its number, or behind those one that
was held back.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import chain

from parser.columns import AUTHOR, ID, TEXT, Arranged, Row, Rows
from parser.model import NO_PARENT, Batch, Diagnostic, Discussion

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
class Held:
    """Comments that have no place yet, in columns like those of a discussion.

    There can be as many as a file has replies, so they are held as small as the others.
    """

    rows: Rows = field(default_factory=Rows)
    parents: list[str | None] = field(default_factory=list[str | None])
    flags: "array[int]" = field(default_factory=lambda: array("H"))
    likes: "array[int]" = field(default_factory=lambda: array("q"))
    age_days: "array[int]" = field(default_factory=lambda: array("i"))
    places: "array[int]" = field(default_factory=lambda: array("I"))
    before: "array[int]" = field(default_factory=lambda: array("I"))
    """For each, how many comments stood in the columns before it."""

    def __len__(self) -> int:
        return len(self.parents)

    def add(self, batch: Batch, start: int, stop: int, before: int) -> None:
        """Take in some rows of a batch."""
        part = slice(start, stop)
        self.rows.extend(batch.rows[part])
        for parent in batch.parents[part]:
            # Replies to one comment come together: one string serves all of them.
            is_same = self.parents and self.parents[-1] == parent
            self.parents.append(self.parents[-1] if is_same else parent)
        self.flags.extend(batch.flags[part])
        self.likes.extend(batch.likes[part])
        self.age_days.extend(batch.age_days[part])
        self.before.extend([before] * (stop - start))


@dataclass(slots=True)
class Taken:
    """What came: whose ids, from where in the file, and what could not be placed.

    Of the ids their hashes, for as long as the file is being read: a set of a million strings
    would need more memory than the texts.
    """

    hashes: "array[int]" = field(default_factory=lambda: array("q"))
    places: "array[int]" = field(default_factory=lambda: array("I"))
    """Of each comment in the columns its line or record in the file; 0 where not known."""
    by_line: bool = False
    held: Held = field(default_factory=Held)

    def add(self, batch: Batch, start: int, stop: int) -> None:
        """Take in some rows of a batch that stand in the columns."""
        self._add(self.places, batch, start, stop)

    def hold(self, batch: Batch, start: int, stop: int, before: int) -> None:
        """Hold some rows of a batch back; ``before`` counts the comments in the columns."""
        self._add(self.held.places, batch, start, stop)
        self.held.add(batch, start, stop, before)

    def _add(self, places: "array[int]", batch: Batch, start: int, stop: int) -> None:
        self.hashes.extend(map(hash, batch.ids[start:stop]))
        if batch.lines is not None:
            self.by_line = True
            places.extend(line or 0 for line in batch.lines[start:stop])
        elif batch.first_record is not None:
            places.extend(range(batch.first_record + start, batch.first_record + stop))
        else:
            places.extend([0] * (stop - start))


@dataclass(slots=True)
class _Sorting:
    """What is found out on the way."""

    discussion: Discussion
    taken: Taken
    held: Held
    first: dict[str, int] = field(default_factory=dict[str, int])
    """The first node of an id that matters: of a repeated one, or the parent of one held back."""
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


def find_repeated(discussion: Discussion, taken: Taken) -> Generator[None, None, set[str]]:
    """The ids that occur more than once; in steps."""
    doubtful = yield from _met_twice(taken.hashes)
    met, repeated = set[str](), set[str]()
    if doubtful:
        names = chain(discussion.ids, (row[ID] for row in taken.held.rows))
        for step, name in enumerate(names):
            if hash(name) in doubtful:
                (repeated if name in met else met).add(name)
            if step % _STEP == 0:
                yield
    return repeated


def _met_twice(hashes: "array[int]") -> Generator[None, None, set[int]]:
    """The numbers that occur more than once; in steps, so that each sorts out a few only."""
    parts = [array("q") for _ in range(len(hashes) // _STEP + 1)]
    for start in range(0, len(hashes), _STEP):
        for one in hashes[start : start + _STEP]:
            parts[one % len(parts)].append(one)
        yield
    twice = set[int]()
    for part in parts:
        if len(set(part)) < len(part):
            twice.update(one for one, count in Counter(part).items() if count > 1)
        yield
    return twice


def sort_in(discussion: Discussion, taken: Taken, repeated: set[str]) -> Iterator[None]:
    """Finds every comment held back its place, and permutes the columns, in steps."""
    work = _Sorting(discussion, taken, taken.held)
    yield from _find_names(work, repeated)
    parents = yield from _all_parents(work)
    yield from _cut_circles(work, parents)
    order, depths = array("I"), array("I")
    arrival = (node for node in _arrival(work) if node not in work.instead)
    yield from _pre_order(parents, arrival, order, depths)
    yield from _permute(work, order, depths, parents)
    _report(work)


def _find_names(work: _Sorting, repeated: set[str]) -> Iterator[None]:
    """Which node an id means, which nodes are left out, and which get another id."""
    parents = set(work.held.parents)
    says: dict[str, set[int]] = defaultdict(set)
    changed: set[str] = set()
    if repeated:
        for step, row in enumerate(chain(work.discussion.rows, work.held.rows)):
            if "~" in row[ID]:
                changed.add(row[ID])
            if step % _STEP == 0:
                yield
    for step, (node, row) in enumerate(_all_rows(work)):
        name = row[ID]
        if name in repeated:
            _take_repeated(work, node, row, says[name], changed)
        elif name in parents:
            work.first.setdefault(name, node)
        if step % _STEP == 0:
            yield


def _take_repeated(work: _Sorting, node: int, row: Row, says: set[int], changed: set[str]) -> None:
    """A comment whose id occurs again: the first keeps it, one that says the same goes."""
    name = row[ID]
    saying = hash((row[AUTHOR], _parent_name(work, node), row[TEXT]))
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


def _all_rows(work: _Sorting) -> Iterator[tuple[int, Row]]:
    """All nodes with their strings, in the order in which the file had them."""
    rows, late, old = iter(work.discussion.rows), iter(work.held.rows), len(work.discussion)
    for node in _arrival(work):
        yield node, next(rows) if node < old else next(late)


def _parent_name(work: _Sorting, node: int) -> str | None:
    old = len(work.discussion)
    if node >= old:
        return work.held.parents[node - old]
    parent = work.discussion.parent[node]
    return None if parent == NO_PARENT else work.discussion.ids[parent]


def _all_parents(work: _Sorting) -> "Generator[None, None, array[int]]":
    """Each node's parent node; in steps."""
    old = len(work.discussion)
    parents = array("i", work.discussion.parent)
    for step, name in enumerate(work.held.parents):
        parent = None if name is None else work.first.get(name)
        if parent is None:
            work.tally("orphan", len(parents))
        parents.append(NO_PARENT if parent is None else parent)
        if step % _STEP == 0:
            yield
    for stretch in _stretches(old) if work.answered else ():
        for node in stretch:
            parents[node] = work.answered.get(parents[node], parents[node])
        yield
    return parents


def _stretches(count: int) -> list[range]:
    """The numbers up to ``count``, as many at a time as a step takes."""
    return [range(start, min(start + _STEP, count)) for start in range(0, count, _STEP)]


def _cut_circles(work: _Sorting, parents: "array[int]") -> Iterator[None]:
    """Makes the first comment of each circle a thread.

    A circle goes through a comment held back, or through one whose id occurs again.
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


def _arrival(work: _Sorting) -> Iterator[int]:
    """All nodes in the order in which the file had them."""
    taken, old = 0, len(work.discussion)
    for place, before in enumerate(work.held.before):
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
    first = array("i", [_NONE]) * (count + 1)
    last = array("i", [_NONE]) * (count + 1)
    following = array("i", [_NONE]) * count
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
    numbers = array("i", [0]) * (len(parents) + 1)
    for stretch in _stretches(count):
        for number in stretch:
            numbers[order[number]] = number
        yield
    numbers[-1] = NO_PARENT  # where a parent of -1 looks
    new_parents = array("i")
    for stretch in _stretches(count):
        new_parents.extend(numbers[parents[order[number]]] for number in stretch)
        yield
    sizes = array("I", [1]) * count
    for stretch in reversed(_stretches(count)):
        for number in reversed(stretch):
            if (above := new_parents[number]) != NO_PARENT:
                sizes[above] += sizes[number]
        yield
    late, old = work.held, len(discussion)
    rows = Arranged(discussion.rows, late.rows, order)
    yield from rows.rename({numbers[node]: name for node, name in work.renamed.items()})
    columns = {"parent": new_parents, "depth": depths, "size": sizes}
    for name, behind in (("flags", late.flags), ("likes", late.likes), ("age_days", late.age_days)):
        column: array[int] = getattr(discussion, name)
        columns[name] = array(column.typecode)
        for stretch in _stretches(count):
            nodes = order[stretch.start : stretch.stop]
            columns[name].extend(column[n] if n < old else behind[n - old] for n in nodes)
            yield
    for name, column in columns.items():
        setattr(discussion, name, column)
    discussion.rows = rows
    discussion.reordered += 1


def _report(work: _Sorting) -> None:
    old = len(work.taken.places)
    for trouble, (count, first) in work.tallies.items():
        one, many = _MESSAGES[trouble]
        place = work.held.places[first - old] if first >= old else work.taken.places[first]
        line, record = (place, None) if work.taken.by_line else (None, place)
        message = one if count == 1 else many.format(count)
        work.discussion.diagnostics.append(
            Diagnostic("warning", message, line or None, record or None)
        )
