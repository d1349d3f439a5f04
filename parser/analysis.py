"""What a discussion says: its comments' times, links, mentions, citations, and their joins.

Everything about one comment is worked out when it is asked for and kept in a bounded cache.
What needs the whole discussion (chapters, references, moments) is gathered by :meth:`scan`, in
steps of a few milliseconds, which can run again and again while the discussion still grows.

Where someone waits for every answer (``in_steps``), a text too long for that is answered for
by its first piece until the scan has read the rest (see ``parser.tails``).
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from time import perf_counter

import msgspec

from parser.chapters import (
    LEAST_CHAPTERS,
    Chapter,
    ChapterList,
    best_first,
    chapter_lines,
    chapters_in,
    score,
)
from parser.citing import stands_free
from parser.columns import AUTHOR, BLOCK, NAME, TEXT
from parser.model import Discussion
from parser.moments import Moments
from parser.readings import Gathered, Listing, Readings
from parser.references import (
    Reference,
    cited_moments,
    give_moments,
    outside_references,
    references_in,
)
from parser.replies import FoundMention, People, Reply
from parser.tails import LONG, Tails, first_piece
from parser.text.citations import find_marks, may_hold_marks
from parser.text.gates import Gates, short_in_all
from parser.text.links import find_links
from parser.text.lists import list_items
from parser.text.marks import Citation, Link, Mention, Timestamp
from parser.text.timestamps import Times, may_hold_times, read_times

__all__ = ["Analysis", "Chapter", "ChapterList", "Inference", "Reference", "Reply"]

STEP_SECONDS = 0.001
"""How long a step of the scan goes on to one more comment."""
_LABEL_REACH = 8
"""How far behind an entry's beginning (a bullet) its own label can stand."""


class Inference(msgspec.Struct, frozen=True, gc=False):
    """Something that was guessed about a comment, and on what evidence; a line each."""

    what: str
    why: str


class Analysis:
    """What a discussion says. Works while the discussion still grows."""

    def __init__(self, discussion: Discussion, *, in_steps: bool = False) -> None:
        """``in_steps``: no answer may take as long as a text of megabytes takes to read."""
        self.discussion = discussion
        self._in_steps = in_steps
        self._readings = Readings()
        self._gathered = Gathered()
        self._people = People(discussion)
        self._tails = Tails(discussion, self._people)
        self._cited: tuple[int, dict[int, tuple[Reference, ...]]] | None = None

    def timestamps(self, index: int) -> tuple[Timestamp, ...]:
        """The moments of this video that a comment names, in order."""
        first, tail = self._times(index).timestamps, self._tails.get(index)
        return first + tail.times.timestamps if tail else first

    def links(self, index: int) -> tuple[Link, ...]:
        """The web addresses in a comment, in order."""
        first, tail = self._links(index), self._tails.get(index)
        return first + tail.links if tail else first

    def says_more(self, index: int) -> bool:
        """Whether a comment goes on behind what was read of it: it is long, and full of marks."""
        if not self._in_steps or len(self.discussion.texts[index]) <= LONG:
            return False
        tail = self._tails.get(index)
        return tail is None or tail.is_cut

    def mentions(self, index: int) -> tuple[Mention, ...]:
        """The people whom a comment addresses, in order."""
        tail = self._tails.get(index)
        later = tail.mentions if tail else ()
        return tuple(found.mention for found in (*self._mentions(index), *later))

    def citations(self, index: int) -> tuple[Citation, ...]:
        """The marks of a comment that cite a reference of this discussion.

        A label is looked for in the comment's own list, then in the lists of its thread, and
        if that has none in all others: there it counts only if exactly one of them has it. An
        entry's own label cites nothing.
        """
        reading = self._readings[index]
        if reading.citations is None or reading.learnt != self._gathered.scanned:
            reading.forget_late(self._gathered.scanned)
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
    ) -> tuple[tuple[FoundMention, ...], Reply]:
        """As :meth:`mentions` and :meth:`reply`, likewise; nothing is kept."""
        found = self._people.mentions(index, text, links)
        return found, self._people.reply(index, found)

    def scan(self) -> Iterator[int]:
        """Reads what has come and was not read yet, in small steps; yields comments done."""
        gathered, said = self._gathered, self._gathered.scanned
        until = perf_counter() + STEP_SECONDS
        while gathered is self._gathered and gathered.scanned < len(self.discussion):
            for scanned in self._look_through(gathered):
                if perf_counter() < until:
                    continue
                yield (said := scanned)
                if gathered is not self._gathered or gathered.scanned != scanned:
                    break  # it starts anew, or another scan has gone on
                until = perf_counter() + STEP_SECONDS
        if gathered is not self._gathered:
            return
        if gathered.scanned != said:
            yield gathered.scanned
        if gathered.scanned == len(self.discussion):
            yield from self._cite(gathered)

    @property
    def chapter_lists(self) -> tuple[ChapterList, ...]:
        """Every list of chapters, best first."""
        return best_first(self.discussion.video, self._listed())

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
        self._readings = Readings()
        self._gathered = Gathered()
        self._people = People(self.discussion)
        self._cited = None
        self._tails = Tails(self.discussion, self._people)

    def _text(self, index: int) -> str:
        """A comment's text, or as much of a long one as is read at once."""
        text = self.discussion.texts[index]
        return first_piece(text) if self._in_steps and len(text) > LONG else text

    def _links(self, index: int) -> tuple[Link, ...]:
        reading = self._readings[index]
        if reading.links is None:
            reading.links = find_links(self._text(index))
        return reading.links

    def _times(self, index: int) -> Times:
        reading = self._readings[index]
        if reading.times is None:
            text, video = self._text(index), self.discussion.video
            links = self._links(index) if may_hold_times(text) else ()
            reading.times = read_times(text, links, video.duration, video.address)
        return reading.times

    def _mentions(self, index: int) -> tuple[FoundMention, ...]:
        reading = self._readings[index]
        if reading.mentions is None or reading.learnt != self._gathered.scanned:
            reading.forget_late(self._gathered.scanned)
            text = self._text(index)
            reading.mentions = self._people.mentions(index, text, self._links(index))
        return reading.mentions

    def _own_references(self, index: int) -> tuple[Reference, ...]:
        first, tail = self._first_references(index), self._tails.get(index)
        return first + tail.references if tail else first

    def _first_references(self, index: int) -> tuple[Reference, ...]:
        reading = self._readings[index]
        if reading.references is None:
            text = self._text(index)
            reading.references = ()
            if "\n" in text:
                times = self._times(index).timestamps
                lines = chapter_lines(list_items(text, times, find_marks(text)))
                reading.references = references_in(index, text, self._links(index), lines)
        return reading.references

    def _look_through(self, gathered: Gathered) -> Iterator[int]:
        """Takes a block of comments into what is known of the whole discussion.

        Yields how many are done whenever one took longer than to pass a gate, and at the end.
        """
        start = gathered.scanned
        rows = self.discussion.rows.stretch(start, (start // BLOCK + 1) * BLOCK)
        texts = [row[TEXT] for row in rows]
        long = [place for place, text in enumerate(texts) if self._in_steps and len(text) > LONG]
        for place in long:
            texts[place] = first_piece(texts[place])
        texts = short_in_all(texts)
        self._people.learn(start, [row[AUTHOR] for row in rows], [row[NAME] for row in rows])
        gates = Gates(texts)
        entries = set(gates.entries())
        for place in sorted(entries.union(gates.times(), long)):
            if place >= len(texts):
                break
            if place in long:
                gathered.scanned = start + place
                for _ in self._tails.read(start + place):
                    yield gathered.scanned
            self._gather(start + place, texts[place], place in entries, gathered)
            gathered.scanned = start + place + 1
            yield gathered.scanned
        gathered.scanned = start + len(texts)
        yield gathered.scanned

    def _gather(self, index: int, text: str, has_entries: bool, gathered: Gathered) -> None:
        """Takes in one comment, whose text (of a long one the first piece) passed a gate."""
        times: tuple[Timestamp, ...] = ()
        references: tuple[Reference, ...] = ()
        if may_hold_times(text):
            times = self.times_in(index, text, find_links(text))
        if has_entries:
            references = self._first_references(index)
        tail = self._tails.get(index)
        if tail is not None:
            times += tail.times.timestamps
            references += tail.references
            self._readings[index].labels = self._readings[index].citations = None
        if times:
            gathered.add_times(index, times)
            if may_hold_marks(text) or tail is not None:
                gathered.citing.append(index)
        if references:
            gathered.references[index] = references
            labels = (one.label for one in references)
            gathered.holders.add(self._people.thread_of(index), index, labels)
        if len(times) >= LEAST_CHAPTERS and "\n" in text:
            listing = self._listing(index)
            if listing is not None:
                gathered.listings.append(listing)

    def _listing(self, index: int) -> Listing | None:
        """The chapters that a comment lists, or may list when more references are known."""
        text, duration = self._text(index), self.discussion.video.duration
        own = self._first_references(index)
        times = outside_references(self._times(index).timestamps, own)
        citations = self._resolved_marks(index)
        chapters = chapters_in(text, times, citations, duration)
        marks = outside_references(find_marks(text), own)
        is_open = not set(marks) <= set(citations)
        if chapters or (is_open and chapters_in(text, times, marks, duration)):
            return Listing(index, chapters, is_open, self._gathered.holders.lists)
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

    def _scored(self, listing: Listing) -> tuple[float, ChapterList]:
        comment, chapters = self.discussion[listing.comment], listing.chapters
        pinned, uploader = bool(comment.is_pinned), bool(comment.is_uploader)
        points = score(len(chapters), comment.likes, pinned, uploader, comment.depth)
        return points, ChapterList("comment", listing.comment, False, chapters)

    def _resolved_marks(self, index: int) -> tuple[Citation, ...]:
        text = self.discussion.texts[index]
        own = self._own_references(index)
        tail = self._tails.get(index)
        found: list[Citation] = []
        free: Citation | None = None
        place = 0
        for mark in (*find_marks(self._text(index)), *(tail.marks if tail else ())):
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
        reading = self._readings[index]
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
        for _ in self._cite(self._gathered):
            pass  # here and now: whoever has asked :meth:`scan` before has them already
        return self._cited[1] if self._cited else {}

    def _cite(self, gathered: Gathered) -> Iterator[int]:
        """Joins the references with the moments at which they are cited, in small steps."""
        scanned = gathered.scanned
        if self._cited is not None and self._cited[0] == scanned:
            return
        moments: dict[tuple[int, str], set[int]] = {}
        complete: dict[int, tuple[Reference, ...]] = {}
        until = perf_counter() + STEP_SECONDS
        for _ in chain(
            self._join_moments(gathered, moments),
            give_moments(gathered.references, moments, complete),
        ):
            if perf_counter() < until:
                continue
            yield scanned
            if gathered is not self._gathered or gathered.scanned != scanned:
                return  # there is more to join by now
            until = perf_counter() + STEP_SECONDS
        self._cited = scanned, complete

    def _join_moments(
        self, gathered: Gathered, moments: dict[tuple[int, str], set[int]]
    ) -> Iterator[None]:
        """By comment and label: the seconds at which that reference is cited."""
        for index in gathered.citing if gathered.holders else ():
            citations, times = self.citations(index), self.timestamps(index)
            for label, seconds in cited_moments(self.discussion.texts[index], citations, times):
                comment = self._list_of(index, label)
                if comment is not None:
                    moments.setdefault((comment, label), set()).add(seconds)
            yield

    def _inferred(self, index: int) -> Iterator[Inference]:
        reply = self.reply(index)
        if reply.certainty == "inferred" and reply.to is not None:
            answered = self.discussion[reply.to]
            yield Inference(f"it answers {answered.author or 'the comment above'}", reply.why)
        for found in self._mentions(index):
            if found.why:
                yield Inference(f"it addresses {found.mention.author}", found.why)
        for time in self.timestamps(index):
            if time.certainty == "likely":
                yield Inference(f"{time.text} is likely a moment of the video", time.why)
        tail = self._tails.get(index)
        for one in (*self._times(index).left_out, *(tail.times.left_out if tail else ())):
            yield Inference(f"{one.text} is no moment of this video", one.why)
        for listing in self._gathered.listings:
            if listing.comment == index and listing.chapters:
                why = "its lines have times from 0:00 on that ascend"
                yield Inference(f"it lists {len(listing.chapters)} chapters", why)
