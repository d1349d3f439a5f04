"""What is kept while a discussion is looked through: of single comments, and of the whole."""

from collections import OrderedDict

import msgspec

from parser.chapters import Chapter
from parser.citing import Holders
from parser.moments import Moments
from parser.references import Reference
from parser.replies import FoundMention
from parser.text.marks import Citation, Link, Timestamp
from parser.text.timestamps import Times

KEPT = 512
"""How many comments' readings are kept at hand."""
MOMENTS_KEPT = 50_000
"""So many moments are kept as the scan read them: at most ten megabytes."""


class Reading(msgspec.Struct):
    """What was worked out for one comment so far."""

    links: tuple[Link, ...] | None = None
    times: Times | None = None
    mentions: tuple[FoundMention, ...] | None = None
    references: tuple[Reference, ...] | None = None
    labels: frozenset[str] | None = None
    citations: tuple[Citation, ...] | None = None
    learnt: int = -1
    """How much had been scanned when ``mentions`` and ``citations`` were worked out."""

    def forget_late(self, scanned: int) -> None:
        """Drops what may be read otherwise now that more of the discussion is known."""
        if self.learnt != scanned:
            self.learnt = scanned
            self.mentions = self.citations = None


class Readings:
    """The readings of the comments that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Reading] = OrderedDict()

    def __getitem__(self, index: int) -> Reading:
        reading = self._kept.get(index)
        if reading is None:
            reading = self._kept[index] = Reading()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(index)
        return reading


class Listing(msgspec.Struct):
    """A comment's list of chapters as it is read while ``lists`` lists of references are known.

    ``is_open``: it has marks that may cite one that is not known yet.
    """

    comment: int
    chapters: tuple[Chapter, ...]
    is_open: bool
    lists: int


class Gathered(msgspec.Struct):
    """What the scan has found in the whole discussion so far."""

    scanned: int = 0
    moments: Moments = msgspec.field(default_factory=Moments)
    times: dict[int, tuple[Timestamp, ...]] = msgspec.field(
        default_factory=dict[int, tuple[Timestamp, ...]]
    )
    """Of the first comments that name any, for the export that follows."""
    references: dict[int, tuple[Reference, ...]] = msgspec.field(
        default_factory=dict[int, tuple[Reference, ...]]
    )
    holders: Holders = msgspec.field(default_factory=Holders)
    citing: list[int] = msgspec.field(default_factory=list[int])
    """The comments that may cite a reference beside a time."""
    listings: list[Listing] = msgspec.field(default_factory=list[Listing])

    def add_times(self, index: int, times: tuple[Timestamp, ...]) -> None:
        """Takes in one comment's moments."""
        self.moments.add(index, times)
        if len(self.moments) <= MOMENTS_KEPT:
            self.times[index] = times
