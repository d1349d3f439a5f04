"""Puts records into a discussion's columns as threads, however a file orders them.

Most files write a parent before its replies and its replies before the next thread; those
records go straight to the end of the columns while the file is being read. What comes late
(the parent's thread has been closed by another), before its parent, or without any parent
is held back and sorted in at the end, which changes the comments' numbers. Everything is
iterative and linear in the number of records, at any depth.
"""

from array import array
from collections.abc import Iterator
from typing import Any

import msgspec

from parser.columns import Strings
from parser.model import NO_PARENT, UNKNOWN, Batch, Diagnostic, Discussion, Record

_STEP = 20_000
"""Steps of the sorting-in between two chances for the screen."""
_NONE = -1
_SHARDS = 127
"""How many dictionaries hold the ids, less one; a power of two, less one."""
_STRINGS = ("ids", "authors", "author_names", "author_ids", "published", "texts")
_NUMBERS = ("flags", "likes", "ages", "age_days")
"""The columns that say something of a comment, and not where in the tree it stands."""


class _Tally(msgspec.Struct):
    """One kind of trouble: how often, and where it was met first."""

    count: int
    line: int | None
    record: int | None


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


class Builder:
    """Fills a discussion: :meth:`add` as often as records come, then :meth:`finish` once.

    After each :meth:`add` the discussion is consistent: a whole tree of what it holds.
    """

    def __init__(self, discussion: Discussion) -> None:
        self._discussion = discussion
        self._shards: list[dict[str, int]] = [{} for _ in range(_SHARDS + 1)]
        """Id → its number, or, for a record held back, ``-1`` minus its place in ``_held``.

        Many small dictionaries, since one of a million holds everything up when it grows.
        """
        self._top: str | None = None
        """The id of the last thread's first comment, which most replies name."""
        self._spine: list[int] = []
        """The numbers from the last thread's first comment down to the last comment."""
        self._waiting: list[Batch] = []
        self._count = len(discussion)
        """How many comments stand in the columns of the tree."""
        self._held: list[Record] = []
        self._held_at: list[int] = []
        """For each record held back, how many comments stood in the columns before it."""
        self._renamed: dict[str, int] = {}
        """For an id that several comments claim, the number that the last one got."""
        self._claims: dict[str, set[int]] = {}
        """For such an id, the hashes of what the renamed ones say."""
        self._tallies: dict[str, _Tally] = {}

    def add(self, records: list[Record] | Batch) -> None:
        """Appends what can be appended, and holds the rest back.

        Closing the sizes of all open ancestors costs as much as the last thread is deep, so
        in a very deep one comments wait until there are enough of them to be worth it.
        """
        self._waiting.append(records if isinstance(records, Batch) else Batch.of(records))
        if sum(map(len, self._waiting)) >= len(self._spine) // 8:
            self._flush()

    def finish(self) -> None:
        """Sorts in what was held back, and writes the diagnostics."""
        for _ in self.finishing():
            pass

    def finishing(self) -> Iterator[None]:
        """:meth:`finish` in small steps; the discussion changes in the last one only."""
        self._flush()
        if self._held:
            yield from self._sort_in()
        self._report()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for batch in waiting:
            self._take(batch)
        size, end = self._discussion.size, self._count
        for index in self._spine:
            size[index] = end - index

    def _take(self, batch: Batch) -> None:
        """Puts a batch into the columns, in as few stretches as can be."""
        done = 0
        while done < len(batch):
            stop = self._take_plain(batch, done)
            _append_facts(self._discussion, batch, done, stop)
            done = stop
            if stop < len(batch) and not self._take_strange(batch, stop):
                done += 1

    def _take_plain(self, batch: Batch, start: int) -> int:
        """Appends to the columns of the tree up to the first comment that is strange.

        Written out in one loop, since this is where a million comments spend their time.
        """
        discussion, spine, shards = self._discussion, self._spine, self._shards
        size, top, index = discussion.size, self._top, self._count
        above = discussion.parent.append
        deep = discussion.depth.append
        row = start
        for row in range(start, len(batch)):
            name, parent = batch.ids[row], batch.parents[row]
            if parent is None:
                depth = 0
            elif parent == top:
                depth = 1
            elif (found := self._open_depth(parent)) is None:
                break
            else:
                depth = found
            if shards[hash(name) & _SHARDS].setdefault(name, index) != index:
                break
            while len(spine) > depth:
                closed = spine.pop()
                if index - closed > 1:
                    size[closed] = index - closed
            if depth:
                above(spine[-1])
            else:
                above(NO_PARENT)
                self._top = top = name
            deep(depth)
            size.append(1)
            spine.append(index)
            index += 1
            self._count = index
        else:
            row = len(batch)
        return row

    def _take_strange(self, batch: Batch, row: int) -> bool:
        """A comment whose id was met before, or that has no open parent: whether it is taken."""
        record = batch.record(row)
        known = self._place(record.id)
        if known is not None and known != self._count:
            if self._is_repeated(record, known):
                self._tally("repeated", record)
                return False
            self._tally("same id", record)
            self._claims.setdefault(record.id, set()).add(hash(_saying(record)))
            record.id = batch.ids[row] = self._free_id(record.id)
        depth = 0 if record.parent is None else self._open_depth(record.parent)
        places = self._shards[hash(record.id) & _SHARDS]
        if depth is None:
            places[record.id] = -1 - len(self._held)
            self._held.append(record)
            self._held_at.append(self._count)
            return False
        # Under its changed id it is a comment like any other.
        return True

    def _place(self, name: str) -> int | None:
        return self._shards[hash(name) & _SHARDS].get(name)

    def _open_depth(self, parent: str) -> int | None:
        """The depth at which a reply to ``parent`` can be appended now, if it can."""
        place = self._place(parent)
        if place is None or place < 0:
            return None
        depth = self._discussion.depth[place]
        if depth < len(self._spine) and self._spine[depth] == place:
            return depth + 1
        return None

    def _is_repeated(self, record: Record, place: int) -> bool:
        """Whether the record says again what one with its id said."""
        if hash(_saying(record)) in self._claims.get(record.id, ()):
            return True
        if place < 0:
            return _saying(record) == _saying(self._held[-1 - place])
        discussion = self._discussion
        above = discussion.parent[place]
        parent = None if above == NO_PARENT else discussion.ids[above]
        return _saying(record) == (discussion.authors[place], parent, discussion.texts[place])

    def _free_id(self, taken: str) -> str:
        number = self._renamed.get(taken, 1)
        while True:
            number += 1
            candidate = f"{taken}~{number}"
            if self._place(candidate) is None:
                self._renamed[taken] = number
                return candidate

    def _tally(self, trouble: str, record: Record) -> None:
        """Counts a trouble, for one diagnostic of its kind."""
        tally = self._tallies.get(trouble)
        if tally is None:
            self._tallies[trouble] = _Tally(1, record.line, record.record)
        else:
            tally.count += 1

    def _sort_in(self) -> Iterator[None]:
        """Finds every held record its place and permutes the columns, in steps."""
        parents = self._all_parents()
        yield
        self._cut_circles(parents)
        yield
        order, depths = array("q"), array("I")
        arrival = _arrival(self._count, self._held_at)
        yield from _pre_order(parents, arrival, order, depths)
        yield from _permute(self._discussion, self._held, order, depths, parents)
        self._held, self._held_at = [], []

    def _all_parents(self) -> "array[int]":
        """Each node's parent node: the comments keep their numbers, the held ones come behind."""
        old = len(self._discussion)
        parents = array("q", self._discussion.parent)
        for record in self._held:
            place = self._place(record.parent or "")
            if place is None:
                self._tally("orphan", record)
                parents.append(NO_PARENT)
            else:
                parents.append(place if place >= 0 else old - 1 - place)
        return parents

    def _cut_circles(self, parents: "array[int]") -> None:
        """Makes the first comment of each circle a thread. Only held records can form one."""
        old = len(self._discussion)
        seen_by = array("q", [_NONE]) * len(self._held)
        for start in range(len(self._held)):
            node = old + start
            while node >= old and seen_by[node - old] == _NONE:
                seen_by[node - old] = start
                node = parents[node]
            if node >= old and seen_by[node - old] == start:
                first = _first_of_circle(node, parents)
                parents[first] = NO_PARENT
                self._tally("circle", self._held[first - old])

    def _report(self) -> None:
        for trouble, tally in self._tallies.items():
            one, many = _MESSAGES[trouble]
            message = one if tally.count == 1 else many.format(tally.count)
            self._discussion.diagnostics.append(
                Diagnostic("warning", message, tally.line, tally.record)
            )


def _saying(record: Record) -> tuple[str | None, str | None, str]:
    """What makes two records with one id the same comment."""
    return record.author, record.parent, record.text


def _append_facts(discussion: Discussion, batch: Batch, start: int, stop: int) -> None:
    """Appends rows of a batch to all columns but those of the tree."""
    count = stop - start
    if count <= 0:
        return
    part = slice(start, stop)
    discussion.ids.extend(batch.ids[part])
    discussion.authors.extend(batch.authors[part])
    discussion.flags.extend(batch.flags[part])
    discussion.likes.extend(batch.likes[part])
    nothing = [None] * count
    discussion.author_names.extend(batch.author_names[part] if batch.author_names else nothing)
    discussion.author_ids.extend(batch.author_ids[part] if batch.author_ids else nothing)
    discussion.ages.extend(batch.ages[part] if batch.ages else nothing)
    discussion.published.extend(batch.published[part] if batch.published else nothing)
    discussion.age_days.extend(batch.age_days[part] if batch.age_days else [UNKNOWN] * count)
    # Last, for the number of texts is the number of comments to whoever looks in between.
    discussion.texts.extend(batch.texts[part])


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
    discussion: Discussion,
    held: list[Record],
    order: "array[int]",
    depths: "array[int]",
    parents: "array[int]",
) -> Iterator[None]:
    """Rewrites the columns in the new order; until the last step the old ones stay."""
    count = len(order)
    numbers = array("q", [0]) * (count + 1)
    for number, node in enumerate(order):
        numbers[node] = number
    numbers[count] = NO_PARENT  # where a parent of -1 looks
    yield
    new_parents = array("i", (numbers[parents[node]] for node in order))
    yield
    sizes = array("I", [1]) * count
    for number in range(count - 1, -1, -1):
        if (above := new_parents[number]) != NO_PARENT:
            sizes[above] += sizes[number]
    yield
    behind = Discussion(discussion.source)
    held_rows = Batch.of(held)
    _append_facts(behind, held_rows, 0, len(held_rows))
    yield
    new_columns: dict[str, Any] = {"parent": new_parents, "depth": depths, "size": sizes}
    for name in _STRINGS:
        old, late = getattr(discussion, name), getattr(behind, name)
        column = new_columns[name] = Strings[str | None]()
        for start in range(0, count, _STEP):
            nodes = order[start : start + _STEP]
            column.extend([old[n] if n < len(old) else late[n - len(old)] for n in nodes])
            yield
    for name in _NUMBERS:
        both = getattr(discussion, name) + getattr(behind, name)
        new_columns[name] = both[:0]  # an empty one of the same kind: a list or a typed array
        new_columns[name].extend(both[node] for node in order)
        yield
    for name, column in new_columns.items():
        setattr(discussion, name, column)
    discussion.reordered += 1
