"""What the rest of a very long text says, read piece by piece behind its beginning.

No site lets a comment be longer than some ten thousand letters; one of megabytes is made to
hold up whoever reads it. Where keys wait to be answered, a text of more than ``LONG`` code
points is therefore read as though its first piece were a comment of its own, at once, and its
other pieces likewise one after the other, each in a few tens of milliseconds. What needs the
text as a whole (a list of chapters, a list of references under one heading) ends with its
piece. Marks are read up to where ``MOST`` of a kind were found, so that a text full of them
cannot fill the memory either.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from parser.chapters import chapter_lines
from parser.model import Discussion, Video
from parser.references import Reference, references_in
from parser.replies import FoundMention, People
from parser.text.citations import find_marks
from parser.text.links import find_links
from parser.text.lists import list_items
from parser.text.marks import Citation, Link, Mention, Timestamp
from parser.text.timestamps import LeftOut, Times, read_times

LONG = 16_384
"""Code points up to which a text is read in one go."""
PIECE = 8_192
"""Code points of a piece: its worst takes 40 ms."""
MOST = 5_000
"""Marks of one kind (moments, links, mentions, ...) of one text's rest that are read."""
MOST_IN_ALL = 200_000
"""Marks that are kept of all rests: some forty megabytes. Of later texts there is the first
piece only."""
_AROUND = 64
"""Code points beside a piece that are looked at too: what stands beside a time tells its kind."""
_BREAKS = "\n \t"

_Mark = TypeVar("_Mark", Link, Timestamp, Citation, LeftOut, Mention)


class Tail(msgspec.Struct):
    """What stands behind the first piece of a text, up to ``end``; spans are the text's own."""

    end: int
    is_cut: bool = False
    """Whether the text says more, behind ``end``."""
    links: tuple[Link, ...] = ()
    times: Times = Times()
    marks: tuple[Citation, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def count(self) -> int:
        """How many marks it holds in all."""
        return (
            len(self.links)
            + len(self.times.timestamps)
            + len(self.times.left_out)
            + len(self.marks)
            + len(self.mentions)
            + len(self.references)
        )

    @property
    def is_full(self) -> bool:
        """Whether it holds as many marks of a kind as are read."""
        times = self.times
        kinds = (self.links, times.timestamps, times.left_out, self.marks, self.mentions)
        return max(map(len, (*kinds, self.references))) >= MOST


class Tails:
    """The rests of a discussion's long texts, as far as they were read."""

    def __init__(self, discussion: Discussion, people: People) -> None:
        self._discussion = discussion
        self._people = people
        self._read: dict[int, Tail] = {}
        self._count = 0

    def get(self, index: int) -> Tail | None:
        """The rest of a comment's text; ``None`` while it has none, or it was not read."""
        return self._read.get(index)

    def read(self, index: int) -> Iterator[None]:
        """Reads a comment's rest in steps; nobody sees any of it before it is done."""
        tail: Tail | None = None
        for tail in _read(self._discussion, index, self._people):
            if self._count + tail.count > MOST_IN_ALL:
                return
            yield
        if tail is not None and index not in self._read:
            self._count += tail.count
            self._read[index] = tail


def first_piece(text: str) -> str:
    """The piece that a text begins with."""
    return text[: piece_end(text, 0)]


def piece_end(text: str, start: int) -> int:
    """Where the piece ends that begins at a place: behind a line, else a word, if there is one."""
    stop = start + PIECE
    if stop >= len(text):
        return len(text)
    for sign in _BREAKS:
        found = text.rfind(sign, start + PIECE // 2, stop)
        if found >= 0:
            return found + 1
    return stop


def _read(discussion: Discussion, index: int, people: People) -> Iterator[Tail]:
    """Reads a comment's text behind its first piece; after each piece gives what is known."""
    text, video = discussion.texts[index], discussion.video
    start = piece_end(text, 0)
    tail = Tail(start)
    while start < len(text) and not tail.is_cut:
        end = piece_end(text, start)
        tail = _joined(tail, _read_piece(text, start, end, index, video, people))
        tail.is_cut = tail.is_full and end < len(text)
        yield tail
        start = end


def _read_piece(text: str, start: int, end: int, index: int, video: Video, people: People) -> Tail:
    """What one piece says; what overlaps its end is its own, what overlaps its start is not."""
    begin = max(0, start - _AROUND)
    seen = text[begin : end + _AROUND]
    found = find_links(seen)
    times = read_times(seen, found, video.duration, video.address)
    inside = _Inside(begin, start, end, len(text))
    piece = text[start:end]
    links = inside.moved(found)
    references: tuple[Reference, ...] = ()
    if "\n" in piece:
        own = [_moved(one, -start) for one in inside.moved(times.timestamps)]
        lines = chapter_lines(list_items(piece, own, find_marks(piece)))
        within = [_moved(one, -start) for one in links]
        references = tuple(
            replace(one, start=one.start + start, end=one.end + start)
            for one in references_in(index, piece, within, lines)
        )
    addressed = people.mentions(index, seen, found)
    return Tail(
        end,
        links=links,
        times=Times(inside.moved(times.timestamps), inside.moved(times.left_out)),
        marks=inside.moved(find_marks(seen)),
        mentions=tuple(
            FoundMention(mention, leading=False, why=one.why)
            for one in addressed
            for mention in inside.moved([one.mention])
        ),
        references=references,
    )


class _Inside(msgspec.Struct, frozen=True):
    """A piece (``start``, ``end``), looked at from ``begin`` on, of a text of ``length``."""

    begin: int
    start: int
    end: int
    length: int

    def moved(self, marks: Sequence[_Mark]) -> tuple[_Mark, ...]:
        """The marks that begin in the piece, where they stand in the text.

        One that goes on to the end of what was looked at may have been cut off there.
        """
        seen = self.end + _AROUND
        stop = self.length if seen >= self.length else seen - 1
        shift = self.begin
        return tuple(
            _moved(one, shift)
            for one in marks
            if self.start <= one.start + shift < self.end and one.end + shift <= stop
        )


def _moved(mark: _Mark, shift: int) -> _Mark:
    return replace(mark, start=mark.start + shift, end=mark.end + shift)


def _joined(tail: Tail, more: Tail) -> Tail:
    first, second = tail.times, more.times
    return Tail(
        more.end,
        links=tail.links + more.links,
        times=Times(first.timestamps + second.timestamps, first.left_out + second.left_out),
        marks=tail.marks + more.marks,
        mentions=tail.mentions + more.mentions,
        references=tail.references + more.references,
    )
