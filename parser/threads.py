"""Puts records into a discussion's columns as threads, however a file orders them.

Most files write a parent before its replies and its replies before the next thread; those
records go straight to the end of the columns while the file is being read. What comes late
(the parent's thread has been closed by another), before its parent, or without any parent
is held back and sorted in at the end (:mod:`parser.sorting`), which changes the comments'
numbers; so are comments that stand in the file twice. Everything is iterative and linear in
the number of records, at any depth.
"""

from collections.abc import Iterator
from itertools import repeat

from parser.model import NO_PARENT, Batch, Discussion, Record
from parser.sorting import Taken, find_repeated, sort_in

_LEAST_AHEAD = 64
"""Comments of a batch that are looked at behind one that was held back; then ever more."""
_NEAR = 64
"""How many of the last open comments are searched for a parent before a table is made."""


class Builder:
    """Fills a discussion: :meth:`add` as often as records come, then :meth:`finish` once.

    After each :meth:`add` the discussion is consistent: a whole tree of what it holds.
    """

    def __init__(self, discussion: Discussion) -> None:
        self._discussion = discussion
        self._count = len(discussion)
        """How many comments stand in the columns of the tree."""
        self._spine: list[int] = []
        """The numbers from the last thread's first comment down to the last comment."""
        self._names: list[str] = []
        """Their ids."""
        self._table: tuple[int, dict[str, int]] = (-1, {})
        """The depths of ``_names`` by id, made when the last comment was that one."""
        self._waiting: list[Batch] = []
        self._taken = Taken()
        self._taken.hashes.extend(map(hash, discussion.ids))
        self._taken.places.extend([0] * self._count)

    @property
    def count(self) -> int:
        """How many comments came, with those that have no place yet."""
        return len(self._taken.hashes)

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
        repeated = yield from find_repeated(self._discussion, self._taken)
        if repeated or self._taken.held:
            yield from sort_in(self._discussion, self._taken, repeated)
        self._taken = Taken()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for batch in waiting:
            self._take(batch)
        size, end = self._discussion.size, self._count
        for index in self._spine:
            size[index] = end - index

    def _take(self, batch: Batch) -> None:
        """Puts a batch into the columns, in few stretches.

        Each time only some of the rest is looked at, or a batch of late replies alone would
        cost the square of its length.
        """
        start, ahead = 0, _LEAST_AHEAD
        while start < len(batch):
            end = min(start + ahead, len(batch))
            stop = self._take_tree(batch, start, end)
            self._append_facts(batch, start, stop)
            ahead *= 2
            if stop < end:
                self._taken.hold(batch, stop, stop + 1, self._count)
                stop, ahead = stop + 1, _LEAST_AHEAD
            start = stop

    def _take_tree(self, batch: Batch, start: int, end: int) -> int:
        """Appends to the columns of the tree up to the first comment without an open parent.

        Written out in one loop, since this is where a million comments spend their time.
        """
        discussion, spine, names = self._discussion, self._spine, self._names
        size, index, first = discussion.size, self._count, self._count
        above, deep = discussion.parent.append, discussion.depth.append
        top = names[0] if names else None
        height = len(spine)
        size.extend(repeat(1, end - start))
        for name, parent in zip(batch.ids[start:end], batch.parents[start:end], strict=True):
            if parent is None:
                depth, top = 0, name
            elif parent == top:
                depth = 1
            elif (depth := self._open_depth(parent)) < 0:
                del size[index:]
                break
            while height > depth:
                height -= 1
                names.pop()
                closed = spine.pop()
                if index - closed > 1:
                    size[closed] = index - closed
            above(spine[-1] if depth else NO_PARENT)
            deep(depth)
            spine.append(index)
            names.append(name)
            height += 1
            index += 1
        self._count = index
        return start + index - first

    def _open_depth(self, parent: str) -> int:
        """The depth at which a reply to ``parent`` can be appended now; -1 if it cannot."""
        names = self._names
        for back in range(1, min(_NEAR, len(names)) + 1):
            if names[-back] == parent:
                return len(names) - back + 1
        if len(names) <= _NEAR:
            return -1
        last = self._spine[-1]
        if self._table[0] != last:
            self._table = (last, {name: depth for depth, name in enumerate(names)})
        return self._table[1].get(parent, -2) + 1

    def _append_facts(self, batch: Batch, start: int, stop: int) -> None:
        """Appends rows of a batch to all columns but those of the tree."""
        part, discussion = slice(start, stop), self._discussion
        discussion.flags.extend(batch.flags[part])
        discussion.likes.extend(batch.likes[part])
        discussion.age_days.extend(batch.age_days[part])
        self._taken.add(batch, start, stop)
        # Last, for the number of rows is the number of comments to whoever looks in between.
        discussion.rows.extend(batch.rows[part])
