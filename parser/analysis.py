"""What a discussion says: its comments' times, links, mentions, citations, and their joins.

Everything about one comment is worked out when it is asked for and kept in a bounded cache.
What needs the whole discussion (chapters, references, moments) is gathered by :meth:`scan`, in
steps of a few milliseconds, which can run again and again while the discussion still grows.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence

import msgspec

from parser.chapters import (
    LEAST_CHAPTERS,
    Chapter,
    ChapterList,
    chapter_lines,
    chapters_in,
    score,
    stated_lists,
)
from parser.citing import Holders, stands_free
from parser.columns import AUTHOR, BLOCK, NAME, TEXT
from parser.model import Discussion
from parser.moments import Moments
from parser.references import Reference, cited_moments, outside_references, references_in
from parser.replies import FoundMention, People, Reply
from parser.text.citations import find_marks, may_hold_marks
from parser.text.gates import Gates
from parser.text.links import find_links
from parser.text.lists import list_items
from parser.text.marks import Citation, Link, Mention, Timestamp
from parser.text.timestamps import Times, may_hold_times, read_times

__all__ = ["Analysis", "Chapter", "ChapterList", "Inference", "Reference", "Reply"]

CACHED_COMMENTS = 512
"""How many comments' readings are kept at hand."""
STEP = 10_000
"""How much one step of the scan reads, in letters that are looked into: a millisecond."""
_LETTERS_A_TIME = 100
"""What a moment costs beside the letters of its text, in such letters ..."""
_LETTERS_A_BLOCK = 300
"""... what the names and gates of a block of comments cost beside theirs ..."""
_GATED_LETTERS = 16
"""... and how many letters pass the gates for the cost of one that is looked into."""
_MOMENTS_KEPT = 50_000
"""So many moments are kept as they were read: at most ten megabytes."""
_LABEL_REACH = 8
"""How far behind an entry's beginning (a bullet) its own label can stand."""


class Inference(msgspec.Struct, frozen=True, gc=False):
    """Something that was guessed about a comment, and on what evidence; a line each."""

    what: str
    why: str


class _Reading(msgspec.Struct):
    """What was worked out for one comment so far."""

    links: tuple[Link, ...] | None = None
    times: Times | None = None
    mentions: tuple[FoundMention, ...] | None = None
    references: tuple[Reference, ...] | None = None
    labels: frozenset[str] | None = None
    citations: tuple[Citation, ...] | None = None
    learnt: int = -1
    """How much had been scanned when ``mentions`` and ``citations`` were worked out."""


class _Listing(msgspec.Struct):
    """A comment's list of chapters as it is read while ``lists`` lists of references are known.

    ``is_open``: it has marks that may cite one that is not known yet.
    """

    comment: int
    chapters: tuple[Chapter, ...]
    is_open: bool
    lists: int


class _Gathered(msgspec.Struct):
    """What the scan has found in the whole discussion so far."""

    scanned: int = 0
    times: dict[int, tuple[Timestamp, ...]] = msgspec.field(
        default_factory=dict[int, tuple[Timestamp, ...]]
    )
    """Of the first comments that name any, for the export that follows."""
    moments: Moments = msgspec.field(default_factory=Moments)
    references: dict[int, tuple[Reference, ...]] = msgspec.field(
        default_factory=dict[int, tuple[Reference, ...]]
    )
    holders: Holders = msgspec.field(default_factory=Holders)
    citing: list[int] = msgspec.field(default_factory=list[int])
    """The comments that may cite a reference beside a time."""
    listings: list[_Listing] = msgspec.field(default_factory=list[_Listing])


class Analysis:
    """What a discussion says. Works while the discussion still grows."""

    def __init__(self, discussion: Discussion) -> None:
        self.discussion = discussion
        self._readings: OrderedDict[int, _Reading] = OrderedDict()
        self._gathered = _Gathered()
        self._people = People(discussion)
        self._cited: tuple[int, dict[int, tuple[Reference, ...]]] | None = None

    def timestamps(self, index: int) -> tuple[Timestamp, ...]:
        """The moments of this video that a comment names, in order."""
        return self._times(index).timestamps

    def links(self, index: int) -> tuple[Link, ...]:
        """The web addresses in a comment, in order."""
        reading = self._reading(index)
        if reading.links is None:
            reading.links = find_links(self.discussion.texts[index])
        return reading.links

    def mentions(self, index: int) -> tuple[Mention, ...]:
        """The people whom a comment addresses, in order."""
        return tuple(found.mention for found in self._mentions(index))

    def citations(self, index: int) -> tuple[Citation, ...]:
        """The marks of a comment that cite a reference of this discussion.

        A label is looked for in the comment's own list, then in the lists of its thread, and
        if that has none in all others: there it counts only if exactly one of them has it. An
        entry's own label cites nothing.
        """
        reading = self._reading(index)
        if reading.citations is None or reading.learnt != self._gathered.scanned:
            self._forget_late(reading)
            reading.citations = self._resolved_marks(index)
        return reading.citations

    def cited(self, index: int, label: str) -> Reference | None:
        """The reference that a label in a comment means; ``None`` where that is not clear."""
        comment = self._list_of(index, label)
        if comment is None:
            return None
        return next(one for one in self.references_of(comment) if one.label == label)

    def reply(self, index: int) -> Reply:
        """Which comment a comment answers, and how sure that is."""
        return self._people.reply(index, self._mentions(index))

    def references_of(self, index: int) -> tuple[Reference, ...]:
        """The entries of the lists of references that stand in a comment, in order."""
        if self._gathered.scanned == len(self.discussion):
            return self._all_references().get(index, ())
        return self._own_references(index)

    def times_in(self, index: int, text: str, links: Sequence[Link]) -> tuple[Timestamp, ...]:
        """As :meth:`timestamps` for who has a comment's text and links."""
        found = self._gathered.times.get(index)
        if found is None:
            video = self.discussion.video
            found = read_times(text, links, video.duration, video.address).timestamps
        return found

    def addressed_in(
        self, index: int, text: str, links: Sequence[Link]
    ) -> tuple[tuple[Mention, ...], Reply]:
        """As :meth:`mentions` and :meth:`reply`, likewise; nothing is kept."""
        found = self._people.mentions(index, text, links)
        return tuple([one.mention for one in found]), self._people.reply(index, found)

    def scan(self) -> Iterator[int]:
        """Reads what has come and was not read yet, in small steps; yields comments done."""
        discussion, gathered = self.discussion, self._gathered
        while gathered is self._gathered and gathered.scanned < len(discussion):
            effort = 0
            while effort < STEP and gathered.scanned < len(discussion):
                effort += self._look_through(gathered, STEP - effort)
            yield gathered.scanned

    @property
    def chapter_lists(self) -> tuple[ChapterList, ...]:
        """Every list of chapters, best first.

        What people made of the video itself comes first, then the description, then the
        comments by their score, last what the site's machine made.
        """
        stated = list(stated_lists(self.discussion.video))
        by_people = [one for one in stated if not one.machine]
        by_machine = [one for one in stated if one.machine]
        comments = sorted(self._listed(), key=lambda scored: -scored[0])
        return (*by_people, *self._described(), *(one for _, one in comments), *by_machine)

    @property
    def references(self) -> tuple[Reference, ...]:
        """All references of the discussion, in the order of its comments."""
        return tuple(one for some in self._all_references().values() for one in some)

    @property
    def moments(self) -> Moments:
        """The index of all moments that comments speak of."""
        return self._gathered.moments

    def inferences(self, index: int) -> tuple[Inference, ...]:
        """What was guessed about a comment and why, in the order of importance."""
        return tuple(self._inferred(index))

    def invalidate(self) -> None:
        """Forgets everything: the video became known, or comments have other numbers now."""
        self._readings.clear()
        self._gathered = _Gathered()
        self._people = People(self.discussion)
        self._cited = None

    def _reading(self, index: int) -> _Reading:
        reading = self._readings.get(index)
        if reading is None:
            reading = self._readings[index] = _Reading()
            if len(self._readings) > CACHED_COMMENTS:
                self._readings.popitem(last=False)
        else:
            self._readings.move_to_end(index)
        return reading

    def _forget_late(self, reading: _Reading) -> None:
        """Drops what may be read otherwise now that more of the discussion is known."""
        if reading.learnt != self._gathered.scanned:
            reading.learnt = self._gathered.scanned
            reading.mentions = reading.citations = None

    def _times(self, index: int) -> Times:
        reading = self._reading(index)
        if reading.times is None:
            text, video = self.discussion.texts[index], self.discussion.video
            links = self.links(index) if may_hold_times(text) else ()
            reading.times = read_times(text, links, video.duration, video.address)
        return reading.times

    def _mentions(self, index: int) -> tuple[FoundMention, ...]:
        reading = self._reading(index)
        if reading.mentions is None or reading.learnt != self._gathered.scanned:
            self._forget_late(reading)
            text = self.discussion.texts[index]
            reading.mentions = self._people.mentions(index, text, self.links(index))
        return reading.mentions

    def _own_references(self, index: int) -> tuple[Reference, ...]:
        reading = self._reading(index)
        if reading.references is None:
            text = self.discussion.texts[index]
            reading.references = ()
            if "\n" in text:
                lines = chapter_lines(list_items(text, self.timestamps(index), find_marks(text)))
                reading.references = references_in(index, text, self.links(index), lines)
        return reading.references

    def _look_through(self, gathered: _Gathered, most: int) -> int:
        """Takes some more comments into what is known of the whole discussion.

        The result is the effort that it took, in letters; it ends soon after ``most``.
        """
        start = gathered.scanned
        rows = self.discussion.rows.stretch(start, (start // BLOCK + 1) * BLOCK)
        texts = [row[TEXT] for row in rows]
        gates = Gates(texts)
        entries = set(gates.entries())
        effort = _LETTERS_A_BLOCK + sum(map(len, texts)) // _GATED_LETTERS
        stop = len(rows)
        for place in sorted(entries.union(gates.times())):
            effort += self._gather(start + place, texts[place], place in entries, gathered)
            if effort >= most:
                stop = place + 1
                break
        del rows[stop:]
        self._people.learn([row[AUTHOR] for row in rows], [row[NAME] for row in rows])
        gathered.scanned = start + stop
        return effort

    def _gather(self, index: int, text: str, has_entries: bool, gathered: _Gathered) -> int:
        """Takes in one comment; the result is the effort that it took, in letters."""
        times: tuple[Timestamp, ...] = ()
        if may_hold_times(text):
            times = self.times_in(index, text, find_links(text))
        gathered.moments.add(index, times)
        if times and len(gathered.moments) <= _MOMENTS_KEPT:
            gathered.times[index] = times
        if times and may_hold_marks(text):
            gathered.citing.append(index)
        references = self._own_references(index) if has_entries else ()
        if references:
            gathered.references[index] = references
            labels = (one.label for one in references)
            gathered.holders.add(self._people.thread_of(index), index, labels)
        if len(times) >= LEAST_CHAPTERS and "\n" in text:
            listing = self._listing(index)
            if listing is not None:
                gathered.listings.append(listing)
        return len(text) + _LETTERS_A_TIME * len(times)

    def _listing(self, index: int) -> _Listing | None:
        """The chapters that a comment lists, or may list when more references are known."""
        text, duration = self.discussion.texts[index], self.discussion.video.duration
        own = self._own_references(index)
        times = outside_references(self.timestamps(index), own)
        citations = self._resolved_marks(index)
        chapters = chapters_in(text, times, citations, duration)
        marks = outside_references(find_marks(text), own)
        is_open = not set(marks) <= set(citations)
        if chapters or (is_open and chapters_in(text, times, marks, duration)):
            return _Listing(index, chapters, is_open, self._gathered.holders.lists)
        return None

    def _listed(self) -> Iterator[tuple[float, ChapterList]]:
        """The chapters of the comments with their points, in the file's order."""
        gathered = self._gathered
        is_done = gathered.scanned == len(self.discussion)
        for place, listing in enumerate(gathered.listings):
            one = listing
            if is_done and one.is_open and one.lists != gathered.holders.lists:
                one = gathered.listings[place] = self._listing(one.comment) or one
            if one.chapters:
                yield self._scored(one)

    def _scored(self, listing: _Listing) -> tuple[float, ChapterList]:
        comment, chapters = self.discussion[listing.comment], listing.chapters
        pinned, uploader = bool(comment.is_pinned), bool(comment.is_uploader)
        points = score(len(chapters), comment.likes, pinned, uploader, comment.depth)
        return points, ChapterList("comment", listing.comment, False, chapters)

    def _described(self) -> Iterator[ChapterList]:
        """The chapters that the video's description lists, if it does."""
        video = self.discussion.video
        text = video.description or ""
        times = read_times(text, find_links(text), video.duration, video.address).timestamps
        chapters = chapters_in(text, times, (), video.duration)
        if chapters:
            yield ChapterList("description", None, False, chapters)

    def _resolved_marks(self, index: int) -> tuple[Citation, ...]:
        text = self.discussion.texts[index]
        own = self._own_references(index)
        found: list[Citation] = []
        free: Citation | None = None
        place = 0
        for mark in find_marks(text):
            is_free = stands_free(text, mark, free)
            free = mark if is_free else None
            while place < len(own) and own[place].start + _LABEL_REACH < mark.start:
                place += 1
            entry = own[place] if place < len(own) else None
            if entry and entry.start <= mark.start and entry.label == mark.label:
                place += 1  # its own label
            elif self._list_of(index, mark.label, elsewhere=is_free) is not None:
                found.append(mark)
        return tuple(found)

    def _list_of(self, index: int, label: str, *, elsewhere: bool = True) -> int | None:
        """The comment whose list of references holds what a label in a comment means."""
        reading = self._reading(index)
        if reading.labels is None:
            reading.labels = frozenset(one.label for one in self._own_references(index))
        if label in reading.labels:
            return index
        if not self._gathered.holders:
            return None
        thread = self._people.thread_of(index)
        return self._gathered.holders.find(thread, label, elsewhere=elsewhere)

    def _all_references(self) -> dict[int, tuple[Reference, ...]]:
        """Every comment's references with the moments at which they are cited."""
        scanned = self._gathered.scanned
        if self._cited is None or self._cited[0] != scanned:
            moments = self._cited_moments()
            complete = {
                comment: tuple(
                    msgspec.structs.replace(
                        one, cited_at=tuple(sorted(moments.get((comment, one.label), ())))
                    )
                    for one in references
                )
                for comment, references in self._gathered.references.items()
            }
            self._cited = scanned, complete
        return self._cited[1]

    def _cited_moments(self) -> dict[tuple[int, str], set[int]]:
        """By comment and label: the seconds at which that reference is cited."""
        found: dict[tuple[int, str], set[int]] = {}
        if not self._gathered.holders:
            return found
        for index in self._gathered.citing:
            citations, times = self.citations(index), self.timestamps(index)
            for label, seconds in cited_moments(self.discussion.texts[index], citations, times):
                comment = self._list_of(index, label)
                if comment is not None:
                    found.setdefault((comment, label), set()).add(seconds)
        return found

    def _inferred(self, index: int) -> Iterator[Inference]:
        reply = self.reply(index)
        if reply.certainty == "inferred" and reply.to is not None:
            answered = self.discussion[reply.to]
            yield Inference(f"it answers {answered.author or 'the comment above'}", reply.why)
        for found in self._mentions(index):
            if found.why:
                yield Inference(f"it addresses {found.mention.author}", found.why)
        times = self._times(index)
        for time in times.timestamps:
            if time.certainty == "likely":
                yield Inference(f"{time.text} is likely a moment of the video", time.why)
        for one in times.left_out:
            yield Inference(f"{one.text} is no moment of this video", one.why)
        for listing in self._gathered.listings:
            if listing.comment == index and listing.chapters:
                why = "its lines have times from 0:00 on that ascend"
                yield Inference(f"it lists {len(listing.chapters)} chapters", why)
