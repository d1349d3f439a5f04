"""Which comments stand on the rows of the tree: folds, nestings and a chosen few.

Pure logic over the flat arrays of a discussion, without any screen. A *place* is a position
in the reading order. As long as no thread shows who answers whom, place and comment number
are the same; such a thread is a permutation of its own stretch of places, so every other
thread stays where it is.
"""

from array import array
from bisect import bisect_left
from collections.abc import Generator, Iterable

from parser.model import NO_PARENT, Discussion
from tui.nesting import Nesting, ReplyTo, done


class View:
    """The rows of the tree for one discussion.

    The discussion may be ahead: what was read since the last :meth:`grow` is not there yet,
    whatever the sizes in its columns say. Rows change by :meth:`grow` (more was read), by
    folding, by :meth:`toggle_nesting` and by :meth:`only`. ``version`` rises when the reading
    order changes.
    """

    def __init__(self, discussion: Discussion, reply_to: ReplyTo) -> None:
        self._discussion = discussion
        self._reply_to = reply_to
        self.version = 0
        self._clear()
        self.grow()

    def _clear(self) -> None:
        self._roots = array("I")
        self._visible = array("I")  # places, ascending
        self._all = array("I")  # all places: copying is far quicker than counting
        self._unfolded = bytearray()  # by comment
        self._answering: set[int] = set()  # threads that show who answers whom
        self._nesting: Nesting | None = None  # once a thread was switched
        self._only: list[int] | None = None
        self._only_row: dict[int, int] = {}
        self._reordered = self._discussion.reordered
        self.version += 1

    # What was read

    def grow(self) -> bool:
        """Take in what was read since the last call; ``True`` where comment numbers changed."""
        moved = self._reordered != self._discussion.reordered
        if moved:
            self._clear()
        discussion = self._discussion
        known, total = len(self._unfolded), len(discussion)
        if known == total:
            return moved
        self.version += 1
        self._unfolded.extend(bytes(total - known))
        self._all.extend(range(known, total))
        if self._nesting is not None:
            self._nesting.extend(total)
        start = 0
        if self._roots:
            last = self._roots[-1]
            start = last + discussion.size[last]
            if start > known:
                self._show_late_replies(last)
        while start < total:
            self._roots.append(start)
            self._visible.append(start)
            start += discussion.size[start]
        return moved

    def _show_late_replies(self, last: int) -> None:
        """Give the last thread the replies that came for it, where it is unfolded."""
        if self._nesting is not None:
            if last in self._answering:
                self._nesting.as_answered(last, done(self._find_answers(last, self._nesting)))
            else:
                self._nesting.as_saved(last)
        if self._unfolded[last]:
            del self._visible[bisect_left(self._visible, last) + 1 :]
            self._visible.extend(self._unfolded_below(last))

    # The rows

    def __len__(self) -> int:
        return len(self._visible) if self._only is None else len(self._only)

    def comment_at(self, row: int) -> int:
        """The comment on a row."""
        if self._only is not None:
            return self._only[row]
        return self._comment(self._visible[row])

    def row_of(self, comment: int) -> int | None:
        """The row a comment stands on; ``None`` while it is folded away or left out."""
        if self._only is not None:
            return self._only_row.get(comment)
        place = self.place_of(comment)
        row = bisect_left(self._visible, place)
        return row if row < len(self._visible) and self._visible[row] == place else None

    def nearest_row(self, comment: int) -> int:
        """The comment's row, else that of the nearest comment above it that has one; else 0."""
        if (row := self.row_of(comment)) is not None:
            return row
        if self._only is not None or not self._visible:
            return 0
        return max(0, bisect_left(self._visible, self.place_of(comment)) - 1)

    def place_of(self, comment: int) -> int:
        """The comment's place in the reading order, from 0."""
        return comment if self._nesting is None else self._nesting.place[comment]

    def at_place(self, place: int) -> int | None:
        """The comment at a place of the reading order (or of the chosen few)."""
        if not 0 <= place < (len(self._unfolded) if self._only is None else len(self._only)):
            return None
        return self._comment(place) if self._only is None else self._only[place]

    def _comment(self, place: int) -> int:
        return place if self._nesting is None else self._nesting.order[place]

    # The tree as it is shown

    def depth(self, comment: int) -> int:
        """How deep the comment stands in the nesting that is shown; 0 in a chosen few."""
        if self._only is not None:
            return 0
        return (self._nesting or self._discussion).depth[self.place_of(comment)]

    def hidden(self, comment: int) -> int:
        """How many replies a fold hides here."""
        below = self.below(comment)
        return 0 if self.is_unfolded(comment) or self._only is not None else below

    def below(self, comment: int) -> int:
        """How many comments stand below this one in the nesting that is shown."""
        place = self.place_of(comment)
        return self._end(place) - place - 1

    def shown_below(self, comment: int) -> int:
        """How many rows the comments below this one take."""
        row = self.row_of(comment)
        if row is None or self._only is not None:
            return 0
        return bisect_left(self._visible, self._end(self._visible[row])) - row - 1

    def is_unfolded(self, comment: int) -> bool:
        return bool(self._unfolded[comment])

    def parent(self, comment: int) -> int | None:
        """The comment above this one in the nesting that is shown."""
        parent = self._parents()[self.place_of(comment)]
        return None if parent == NO_PARENT else self._comment(parent)

    def _parents(self) -> "array[int]":
        return (self._nesting or self._discussion).parent

    def _sizes(self) -> "array[int]":
        return (self._nesting or self._discussion).size

    def _end(self, place: int) -> int:
        """Where the places end that stand below a place."""
        return min(place + self._sizes()[place], len(self._unfolded))

    def thread(self, comment: int) -> int:
        """The first comment of the thread (found by place: no walk up a deep chain)."""
        return self._roots[self.thread_number(comment)]

    def thread_number(self, comment: int) -> int:
        """Which thread the comment stands in, from 0."""
        place = self.place_of(comment)
        number = bisect_left(self._roots, place)
        return number if number < len(self._roots) and self._roots[number] == place else number - 1

    @property
    def threads(self) -> int:
        return len(self._roots)

    def guides(self, comment: int, levels: int) -> list[bool]:
        """Whether a line runs on below each of the last ``levels`` levels, outermost first.

        The last entry is the comment's own: ``True`` where a sibling follows it.
        """
        if self._only is not None:
            return []
        parents = self._parents()
        lines: list[bool] = []
        place = self.place_of(comment)
        while (parent := parents[place]) != NO_PARENT and len(lines) < levels:
            lines.append(self._end(place) < self._end(parent))
            place = parent
        lines.reverse()
        return lines

    # Folding

    def unfold(self, comment: int) -> bool:
        """Show the replies to a comment; ``False`` where there is nothing to show."""
        if self._only is not None or self.is_unfolded(comment) or not self.below(comment):
            return False
        self._unfolded[comment] = 1
        if (row := self.row_of(comment)) is not None:
            self._visible[row + 1 : row + 1] = self._unfolded_below(self._visible[row])
        return True

    def fold(self, comment: int) -> bool:
        """Hide the replies to a comment; ``False`` where nothing was shown."""
        if self._only is not None or not self.is_unfolded(comment) or not self.below(comment):
            return False
        self._unfolded[comment] = 0
        if (row := self.row_of(comment)) is not None:
            end = self._end(self._visible[row])
            del self._visible[row + 1 : bisect_left(self._visible, end)]
        return True

    def _unfolded_below(self, place: int) -> "array[int]":
        """The places below a comment that no fold hides."""
        sizes, end = self._sizes(), self._end(place)
        if self._all_leaves_below(place, end):
            return array("I", range(place + 1, end))
        found = array("I")
        below = place + 1
        while below < end:
            found.append(below)
            below += 1 if self._unfolded[self._comment(below)] else sizes[below]
        return found

    def _all_leaves_below(self, place: int, end: int) -> bool:
        """Whether all replies answer this comment itself: the common case, told in C."""
        return end == place + 1 or max(self._sizes()[place + 1 : end]) == 1

    def unfold_all(self) -> None:
        if self._only is None:
            self._unfolded = bytearray(b"\1") * len(self._unfolded)
            self._visible = self._all[:]

    def fold_all(self) -> None:
        if self._only is None:
            self._unfolded = bytearray(len(self._unfolded))
            self._visible = self._roots[:]

    def fold_below(self, comment: int) -> None:
        """Fold a comment and everything below it."""
        if self._only is None and self.below(comment):
            self.fold(comment)
            place = self.place_of(comment)
            for below in range(place, self._end(place)):
                self._unfolded[self._comment(below)] = 0

    def reveal(self, comment: int) -> bool:
        """Unfold whatever hides a comment, and leave a chosen few that does not hold it.

        Returns whether rows changed.
        """
        changed = self._only is not None and comment not in self._only_row
        if changed:
            self.everything()
        if self.row_of(comment) is not None:
            return changed
        above: list[int] = []
        parent = self.parent(comment)
        while parent is not None:
            above.append(parent)
            parent = self.parent(parent)
        folded = [each for each in above if not self.is_unfolded(each)]
        for each in folded:
            self._unfolded[each] = 1
        if folded:
            outermost = folded[-1]
            self._unfolded[outermost] = 0
            self.unfold(outermost)
        return True

    # The two nestings

    def shows_answers(self, comment: int) -> bool:
        """Whether the comment's thread shows who answers whom."""
        return self.thread(comment) in self._answering

    def toggle_nesting(self, comment: int) -> bool:
        """Switch the comment's thread between the file's nesting and who answers whom.

        Returns whether it shows who answers whom now. No reply is folded away afterwards.
        """
        return done(self.switching(comment))

    def switching(self, comment: int) -> Generator[None, None, bool]:
        """:meth:`toggle_nesting` in steps, for a thread of many thousands.

        Nothing is switched where comments got other numbers meanwhile.
        """
        root, reordered = self.thread(comment), self._reordered
        if self._nesting is None:
            self._nesting = Nesting(self._discussion, len(self._unfolded))
        if root in self._answering:
            self._answering.remove(root)
            self._nesting.as_saved(root)
        else:
            above = yield from self._find_answers(root, self._nesting)
            if self._reordered != reordered:
                return False
            self._answering.add(root)
            self._nesting.as_answered(root, above)
        self.version += 1
        end = self._end(root)
        self._unfolded[root:end] = b"\1" * (end - root)
        start = bisect_left(self._visible, root)
        self._visible[start : bisect_left(self._visible, end)] = array("I", range(root, end))
        return root in self._answering

    def _find_answers(self, root: int, nesting: Nesting) -> Generator[None, None, dict[int, int]]:
        return nesting.find_answers(root, self._reply_to)

    # A chosen few

    def only(self, comments: Iterable[int]) -> None:
        """Show these comments alone, in this order, without their replies."""
        self._only = list(dict.fromkeys(comments))
        self._only_row = {comment: row for row, comment in enumerate(self._only)}

    def everything(self) -> None:
        """Show all comments again."""
        self._only = None
        self._only_row = {}

    @property
    def is_only(self) -> bool:
        return self._only is not None

    def in_order(self, comments: Iterable[int]) -> list[int]:
        """The comments, each once, in the reading order."""
        return sorted(set(comments), key=None if self._nesting is None else self.place_of)

    # Going about

    def following(self, comment: int, step: int = 1) -> int | None:
        """The comment ``step`` places on in the reading order, folded away or not."""
        if self._only is not None:
            row = self._only_row.get(comment, -1) + step
            return self._only[row] if 0 <= row < len(self._only) else None
        place = self.place_of(comment) + step
        return self._comment(place) if 0 <= place < len(self._unfolded) else None

    def sibling(self, comment: int, step: int) -> int | None:
        """The ``step``-th sibling behind (or before, if negative) a comment, or the outermost."""
        if self._only is not None:
            return self._among_few(comment, step)
        place = self.place_of(comment)
        parent = self._parents()[place]
        if parent == NO_PARENT:
            return self._thread_at(self.thread_number(comment) + step, comment)
        if step > 0:
            end = self._end(parent)
            while step and self._end(place) < end:
                place = self._end(place)
                step -= 1
        else:
            place = self._earlier_sibling(parent, place, -step)
        sibling = self._comment(place)
        return None if sibling == comment else sibling

    def _among_few(self, comment: int, step: int) -> int | None:
        """The comment ``step`` rows on among the chosen few, or the outermost."""
        if not self._only:
            return None
        row = max(0, min(len(self._only) - 1, self._only_row.get(comment, -1) + step))
        return None if self._only[row] == comment else self._only[row]

    def _earlier_sibling(self, parent: int, place: int, steps: int) -> int:
        sizes = self._sizes()
        before: list[int] = []
        each = parent + 1
        while each < place:
            before.append(each)
            each += sizes[each]
        return before[max(0, len(before) - steps)] if before else place

    def next_thread(self, comment: int, step: int) -> int | None:
        """The first comment of the ``step``-th thread on; back: of this one, then of others."""
        if self._only is not None:
            return self._among_few(comment, step)
        number = self.thread_number(comment)
        if step < 0 and self.place_of(comment) != self._roots[number]:
            step += 1
        return self._thread_at(number + step, comment)

    def _thread_at(self, number: int, unlike: int) -> int | None:
        if not self._roots:
            return None
        root = self._roots[max(0, min(len(self._roots) - 1, number))]
        return None if root == unlike else root

    def first_reply(self, comment: int) -> int | None:
        return self._comment(self.place_of(comment) + 1) if self.below(comment) else None
