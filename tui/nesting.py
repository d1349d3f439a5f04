"""The reading order where some threads show who answers whom.

Until a reader asks for that, the discussion's own columns are the order and nothing is
copied; from then on a :class:`Nesting` holds its own.
"""

from array import array
from collections.abc import Callable, Generator, Iterable, Mapping
from typing import TypeVar

from parser.model import NO_PARENT, Discussion

_STEP = 64
"""Comments of which it is found out at a time what they answer: about a millisecond."""
Result = TypeVar("Result")
ReplyTo = Callable[[int], int | None]


def done(steps: "Generator[None, None, Result]") -> Result:
    """The result of what can be done in steps, all at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


class Nesting:
    """Flat arrays like a discussion's, by place instead of by comment number.

    ``order[place]`` is a comment, ``place[comment]`` where it stands; ``parent`` holds places.
    Only stretches of whole threads are ever rearranged.
    """

    def __init__(self, discussion: Discussion, total: int) -> None:
        self._discussion = discussion
        self.order = array("I", range(total))
        self.place = array("I", range(total))
        self.depth = discussion.depth[:total]
        self.size = discussion.size[:total]
        self.parent = discussion.parent[:total]

    def extend(self, total: int) -> None:
        """Take in the comments that were read since."""
        known = len(self.order)
        self.order.extend(range(known, total))
        self.place.extend(range(known, total))
        self.depth.extend(self._discussion.depth[known:total])
        self.size.extend(self._discussion.size[known:total])
        self.parent.extend(self._discussion.parent[known:total])

    def as_saved(self, root: int) -> None:
        """Put a thread into the file's own order."""
        stated = self._discussion.parent
        self._write(root, range(root, self._end(root)), lambda c: stated[c])

    def as_answered(self, root: int, above: Mapping[int, int]) -> None:
        """Put a thread into the order of who answers whom; see :meth:`find_answers`."""
        answers: dict[int, list[int]] = {}
        for comment in range(root + 1, self._end(root)):
            answers.setdefault(above[comment], []).append(comment)
        order: list[int] = []
        waiting = [root]
        while waiting:
            comment = waiting.pop()
            order.append(comment)
            waiting.extend(reversed(answers.get(comment, ())))
        self._write(root, order, lambda c: above.get(c, NO_PARENT))

    def find_answers(self, root: int, reply_to: ReplyTo) -> Generator[None, None, dict[int, int]]:
        """What each comment of a thread answers, in steps; the thread may grow meanwhile."""
        above: dict[int, int] = {}
        comment = root + 1
        while comment < self._end(root):
            to = reply_to(comment)
            # An answer stands behind what it answers, so no circle can come of it.
            above[comment] = to if to is not None and root <= to < comment else root
            comment += 1
            if comment % _STEP == 0:
                yield
        return above

    def _end(self, root: int) -> int:
        """Where a thread ends among what was taken in; the discussion may be ahead of it."""
        return min(root + self._discussion.size[root], len(self.order))

    def _write(self, root: int, order: Iterable[int], parent_of: Callable[[int], int]) -> None:
        last = root
        for last, comment in enumerate(order, root):
            parent = parent_of(comment)
            above = NO_PARENT if parent == NO_PARENT else self.place[parent]
            self.order[last] = comment
            self.place[comment] = last
            self.parent[last] = above
            self.depth[last] = 0 if above == NO_PARENT else self.depth[above] + 1
            self.size[last] = 1
        for place in range(last, root, -1):
            self.size[self.parent[place]] += self.size[place]
