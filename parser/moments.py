"""All the moments that the comments of a discussion speak of, in the order of the video.

One sorted array of numbers, each a second and a comment: half a million moments are four
megabytes, and a stretch of the video is a slice.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol

from parser.text.marks import Timestamp

NEAR_SECONDS = 5
"""What lies so close to a moment is taken to speak of the same."""

_COMMENT_BITS = 32
_COMMENT = (1 << _COMMENT_BITS) - 1


class SaysTimes(Protocol):
    """Whatever knows the timestamps of a comment by its number."""

    def timestamps(self, index: int) -> Sequence[Timestamp]: ...


class Moments:
    """An index of moments that grows slice by slice."""

    def __init__(self) -> None:
        self._sorted = array("Q")
        self._late = array("Q")

    def __len__(self) -> int:
        return len(self._sorted) + len(self._late)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """All moments (second, comment), in the video's order."""
        return self._between(0, None)

    def extend(self, says: SaysTimes, start: int, stop: int) -> None:
        """Takes in the comments from ``start`` up to ``stop``; each comment once only."""
        for index in range(start, stop):
            self.add(index, says.timestamps(index))

    def add(self, comment: int, times: Sequence[Timestamp]) -> None:
        """Takes in one comment's moments, each second once."""
        for seconds in dict.fromkeys(time.seconds for time in times):
            self._late.append(seconds << _COMMENT_BITS | comment)

    def count(self, start: int, end: int | None, leave_out: int | None = None) -> int:
        """How many comments have a moment in [start, end); one comment can be left out.

        Seconds; ``end`` ``None`` is the end of the video.
        """
        comments = {comment for _, comment in self._between(start, end)}
        comments.discard(-1 if leave_out is None else leave_out)
        return len(comments)

    def comments_between(self, start: int, end: int | None) -> list[int]:
        """The comments with a moment in [start, end), by the first of theirs; each once."""
        return list(dict.fromkeys(comment for _, comment in self._between(start, end)))

    def near(
        self,
        seconds: int,
        within: int = NEAR_SECONDS,
        leave_out: int | None = None,
        most: int | None = None,
    ) -> list[tuple[int, int]]:
        """The moments (second, comment) at most ``within`` seconds away, in the video's order.

        With ``most`` the nearest of them: no more are looked at, however many there are.
        """
        first, last = self._span(seconds - within, seconds + within + 1)
        if most is not None:
            first, last = self._nearest(seconds, first, last, most, leave_out)
        return [found for found in self._moments(first, last) if found[1] != leave_out]

    def count_near(self, seconds: int, within: int = NEAR_SECONDS) -> int:
        """How many moments of all comments lie at most ``within`` seconds away."""
        first, last = self._span(seconds - within, seconds + within + 1)
        return last - first

    def _nearest(
        self, seconds: int, first: int, last: int, most: int, leave_out: int | None
    ) -> tuple[int, int]:
        """Narrows a span down to the ``most`` nearest moments of other comments."""
        moments = self._sorted
        low = high = bisect_left(moments, seconds << _COMMENT_BITS, first, last)
        while most > 0 and (low > first or high < last):
            before = seconds - (moments[low - 1] >> _COMMENT_BITS) if low > first else None
            behind = (moments[high] >> _COMMENT_BITS) - seconds if high < last else None
            if behind is None or (before is not None and before < behind):
                low -= 1
                taken = moments[low]
            else:
                taken = moments[high]
                high += 1
            most -= taken & _COMMENT != leave_out
        return low, high

    def _between(self, start: int, end: int | None) -> Iterator[tuple[int, int]]:
        return self._moments(*self._span(start, end))

    def _span(self, start: int, end: int | None) -> tuple[int, int]:
        """The places in ``_sorted`` of the moments in [start, end)."""
        if self._late:
            self._sorted = array("Q", sorted(self._sorted + self._late))
            self._late = array("Q")
        moments = self._sorted
        first = bisect_left(moments, max(start, 0) << _COMMENT_BITS)
        last = len(moments) if end is None else bisect_left(moments, max(end, 0) << _COMMENT_BITS)
        return first, last

    def _moments(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        return ((moment >> _COMMENT_BITS, moment & _COMMENT) for moment in self._sorted[first:last])
