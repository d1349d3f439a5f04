"""A file of comments in JSON being read: what such formats have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic

from parser.model import Batch, Diagnostic, Slice, Video
from parser.readers.columns import Ids
from parser.readers.json_elements import Elements, Raw
from parser.readers.json_slices import JsonSlices
from parser.readers.troubles import is_damaged, told_of_damage
from parser.readers.written_ages import Ages
from parser.source import Input

EMPTY = Batch([], [], [], [], [], [])
"""No comments."""


class JsonReading(ABC, Generic[Raw]):
    """One file. A format says how its JSON is walked, and what its comments and members say."""

    _noun: ClassVar = "comment"
    """What the elements of the JSON are."""

    def __init__(self, source: Input, elements: Elements[Raw]) -> None:
        self._source = source
        self._elements = elements
        self._ages = Ages()
        self._ids = Ids()
        self._json = self._walk(source)

    def slices(self) -> Iterator[Slice]:
        """The comments in batches, with what is known of the video when that changed."""
        for elements in self._json.pieces():
            yield Slice(
                self._batch(elements) if elements else EMPTY,
                bytes_read=self._source.bytes_read,
                bytes_total=self._source.size,
                video=self._video(is_last=False),
            )
        self._see_end()
        yield Slice(
            [],
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._video(is_last=True),
            page_date=self._page_date(),
            diagnostics=(*self._told_before(), *self._diagnostics(), *self._told_behind()),
            complete=self._is_complete(),
        )

    @abstractmethod
    def _walk(self, source: Input) -> JsonSlices[Raw]:
        """How the comments are found."""

    @abstractmethod
    def _batch(self, elements: Sequence[Raw]) -> Batch:
        """Some comments, at least one, as columns."""

    def _video(self, *, is_last: bool) -> Video | None:  # noqa: ARG002 - a format may tell more at the end
        """What is known of the video by now, if that changed; all of it with the last slice."""
        return None

    def _see_end(self) -> None:
        """Judges by what was read whether the file is whole."""

    def _page_date(self) -> str | None:
        """The day on which a mirror says that it published the page, where the file says that."""
        return None

    def _told_before(self) -> Iterator[Diagnostic]:
        """What the file itself tells of the comments' source."""
        return iter(())

    def _told_behind(self) -> Iterator[Diagnostic]:
        """What else was odd."""
        return iter(())

    def _is_complete(self) -> bool:
        return not is_damaged(self._json.damage) and not self._elements.broken.count

    def _is_empty(self) -> bool:
        """Whether an undamaged file has no comments."""
        damage = self._json.damage
        return not (self._json.count or damage.cut or damage.broken)

    def _diagnostics(self) -> Iterator[Diagnostic]:
        reached = self._json.count + 1 if self._json.inside else None
        yield from told_of_damage(self._json.damage, reached, self._noun)
        yield from self._elements.diagnostics()


def told_of_video(odd: set[str]) -> Iterator[Diagnostic]:
    """The members of the video's own that are of a wrong kind, by their keys."""
    if odd:
        named = ", ".join(sorted(odd))
        yield Diagnostic("warning", f"What the file says of the video is odd: {named}")
