"""A discussion in memory: the video, the comments in columns, and what was odd about the file.

Comments are numbered from 0 in the file's order with every reply behind its parent and
before the parent's next sibling (a pre-order), so a comment and all its replies are the
numbers ``i`` to ``i + size[i]``, and folding is skipping. Columns are flat arrays and lists
because a million objects would cost more than a million comments; a :class:`Comment` is a
small view that is made when someone asks.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from parser.columns import AGE, AUTHOR, AUTHOR_ID, ID, NAME, PUBLISHED, TEXT, Column, Row, Rows
from parser.flags import FLAGS, pack_flags, unpacked_flags
from parser.text.marks import VideoAddress

Severity = Literal["warning", "error"]

NO_PARENT = -1
"""In ``Discussion.parent``: a thread's first comment."""
UNKNOWN = -1
"""In ``Discussion.likes`` and ``Discussion.age_days``: the file does not say."""


class ParseError(Exception):
    """Nothing can be read. ``str()`` of it is one clean line: the file, the trouble, what to do."""


class Diagnostic(msgspec.Struct, frozen=True):
    """Something odd in the input, and what was done about it.

    ``line`` and ``record`` count from 1; ``None`` where the format has no such place.
    """

    severity: Severity
    message: str
    line: int | None = None
    record: int | None = None


class Source(msgspec.Struct, frozen=True):
    """Where a discussion came from.

    ``complete``: the input was read to its end undamaged. ``page_date``: the day
    (YYYY-MM-DD) on which a mirror says that it published the page.
    """

    path: str
    format: str
    page_date: str | None = None
    complete: bool = False


class StatedChapter(msgspec.Struct, frozen=True):
    """A chapter that the video's own data states. Seconds; ``machine``: made by the site.

    ``described``: someone read it in the description, which the file itself does not hold.
    """

    start: int
    title: str
    end: int | None = None
    machine: bool = False
    described: bool = False


class Video(msgspec.Struct, frozen=True):
    """What the file says of the video; ``duration`` in seconds, ``published`` YYYY-MM-DD."""

    site: str | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    channel: str | None = None
    duration: int | None = None
    published: str | None = None
    comments_claimed: int | None = None
    description: str | None = None
    chapters: tuple[StatedChapter, ...] = ()

    @property
    def address(self) -> VideoAddress | None:
        """The video's site and id, once both are known."""
        return VideoAddress(self.site, self.id) if self.site and self.id else None


class Record(msgspec.Struct, gc=False, kw_only=True):
    """One comment as a reader hands it over, every string already cleaned.

    ``parent`` is the parent's ``id``, ``None`` for a thread's first. ``line`` or ``record``
    say where it stands in the file, for diagnostics.
    """

    id: str
    text: str
    parent: str | None = None
    author: str | None = None
    author_name: str | None = None
    author_id: str | None = None
    is_uploader: bool | None = None
    is_verified: bool | None = None
    is_pinned: bool | None = None
    is_hearted: bool | None = None
    edited: bool | None = None
    likes: int | None = None
    age: str | None = None
    age_days: int | None = None
    published: str | None = None
    line: int | None = None
    record: int | None = None


class Batch(msgspec.Struct):
    """Comments as columns of one length: how readers of large files hand them over.

    What a :class:`Record` says of one comment: its strings as a :data:`~parser.columns.Row`,
    ``flags`` packed as in ``Discussion.flags``, and ``UNKNOWN`` for numbers that are not there.
    ``ids`` are those of the rows. ``first_record`` is the place in the file of the first.
    """

    ids: list[str]
    parents: list[str | None]
    rows: list[Row]
    flags: list[int]
    likes: list[int]
    age_days: list[int]
    lines: list[int | None] | None = None
    first_record: int | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, places: Sequence[int]) -> "Batch":
        """Some of the comments, which no longer know their places in the file."""
        return Batch(
            ids=[self.ids[place] for place in places],
            parents=[self.parents[place] for place in places],
            rows=[self.rows[place] for place in places],
            flags=[self.flags[place] for place in places],
            likes=[self.likes[place] for place in places],
            age_days=[self.age_days[place] for place in places],
            lines=None if self.lines is None else [self.lines[place] for place in places],
        )

    def rename(self, index: int, name: str) -> None:
        """Give a comment another id."""
        self.ids[index] = name
        self.rows[index] = (name, *self.rows[index][1:])

    def record(self, index: int) -> Record:
        """One comment as a record."""
        name, author, author_name, author_id, age, published, text = self.rows[index]
        likes, days = self.likes[index], self.age_days[index]
        return Record(
            id=name,
            parent=self.parents[index],
            text=text,
            author=author,
            author_name=author_name,
            author_id=author_id,
            likes=None if likes == UNKNOWN else likes,
            age=age,
            age_days=None if days == UNKNOWN else days,
            published=published,
            line=self.lines[index] if self.lines else None,
            record=None if self.first_record is None else self.first_record + index,
            **unpacked_flags(self.flags[index]),
        )

    @classmethod
    def of(cls, records: list[Record]) -> "Batch":
        """The same as columns; numbers out of range count as unknown."""
        return cls(
            ids=[one.id for one in records],
            parents=[one.parent for one in records],
            rows=[
                (
                    one.id,
                    one.author,
                    one.author_name,
                    one.author_id,
                    one.age,
                    one.published,
                    one.text,
                )
                for one in records
            ],
            flags=[pack_flags([getattr(one, name) for name in FLAGS]) for one in records],
            likes=[_number(one.likes, MOST_LIKES) for one in records],
            age_days=[_number(one.age_days, MOST_DAYS) for one in records],
            lines=[one.line for one in records] if any(one.line for one in records) else None,
            first_record=next((one.record for one in records), None),
        )


MOST_LIKES = 2**63 - 1
MOST_DAYS = 2**31 - 1
"""What the columns of numbers can hold."""


def _number(number: int | None, most: int) -> int:
    return number if number is not None and 0 <= number <= most else UNKNOWN


class Slice(msgspec.Struct, frozen=True):
    """What a reader hands over at a time.

    ``video`` and ``page_date`` stand for all that is known so far, when they are not ``None``.
    ``bytes_read`` counts from the beginning, ``bytes_total`` is ``None`` where it cannot be known.
    ``format`` is what the file turned out to be, where that is not what the reader is named for.
    """

    records: list[Record] | Batch
    bytes_read: int = 0
    bytes_total: int | None = None
    video: Video | None = None
    page_date: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True
    format: str | None = None


class Progress(msgspec.Struct, frozen=True):
    """How far a reading has come."""

    bytes_read: int
    bytes_total: int | None
    comments: int


class Discussion:
    """A video's comments, in columns that grow while the file is being read.

    ``parent[i]`` is a comment's number or ``NO_PARENT``; ``depth[i]`` counts from 0;
    ``size[i]`` counts the comment and everything below it. ``reordered`` counts the times
    that numbers changed (replies that came late were sorted in), for whoever keeps numbers.
    """

    def __init__(self, source: Source, video: Video | None = None) -> None:
        self.source = source
        self.video = video or Video()
        self.diagnostics: list[Diagnostic] = []
        self.reordered = 0
        self.parent = array("i")
        self.depth = array("I")
        self.size = array("I")
        self.flags = array("H")
        self.likes = array("q")
        self.age_days = array("i")
        self.rows = Rows()

    @property
    def rows(self) -> Rows:
        """All strings of the comments; the columns below are views of it."""
        return self._rows

    @rows.setter
    def rows(self, rows: Rows) -> None:
        self._rows = rows
        self.ids = Column[str](rows, ID)
        self.authors = Column[str | None](rows, AUTHOR)
        self.author_names = Column[str | None](rows, NAME)
        self.author_ids = Column[str | None](rows, AUTHOR_ID)
        self.ages = Column[str | None](rows, AGE)
        self.published = Column[str | None](rows, PUBLISHED)
        self.texts = Column[str](rows, TEXT)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> "Comment":
        if not 0 <= index < len(self._rows):
            raise IndexError(index)
        return Comment(self, index)

    def __iter__(self) -> Iterator["Comment"]:
        return (Comment(self, index) for index in range(len(self._rows)))

    def flag(self, index: int, name: str) -> bool | None:
        """One of ``FLAGS`` for a comment; ``None`` where the file does not say."""
        return (None, False, True)[self.flags[index] >> 2 * FLAGS.index(name) & 3]

    def thread(self, index: int) -> int:
        """The number of the first comment of the thread that a comment stands in."""
        while (parent := self.parent[index]) != NO_PARENT:
            index = parent
        return index

    def threads(self) -> Iterator[int]:
        """The numbers of all threads' first comments, in order."""
        index, end = 0, len(self._rows)
        while index < end:
            yield index
            index += self.size[index]

    def children(self, index: int) -> Iterator[int]:
        """The numbers of the direct replies to a comment, in order."""
        child, end = index + 1, index + self.size[index]
        while child < end:
            yield child
            child += self.size[child]


class Comment(msgspec.Struct, frozen=True):
    """One comment of a discussion: a view, made when asked for."""

    discussion: Discussion
    index: int

    @property
    def id(self) -> str:
        return self.discussion.ids[self.index]

    @property
    def parent(self) -> int | None:
        """The number of the comment that the file puts this one under."""
        parent = self.discussion.parent[self.index]
        return None if parent == NO_PARENT else parent

    @property
    def depth(self) -> int:
        return self.discussion.depth[self.index]

    @property
    def replies(self) -> int:
        """How many comments stand below this one, at any depth."""
        return self.discussion.size[self.index] - 1

    @property
    def author(self) -> str | None:
        """The handle with its ``@`` where there is one."""
        return self.discussion.authors[self.index]

    @property
    def author_name(self) -> str | None:
        return self.discussion.author_names[self.index]

    @property
    def author_id(self) -> str | None:
        return self.discussion.author_ids[self.index]

    @property
    def is_uploader(self) -> bool | None:
        return self.discussion.flag(self.index, "is_uploader")

    @property
    def is_verified(self) -> bool | None:
        return self.discussion.flag(self.index, "is_verified")

    @property
    def is_pinned(self) -> bool | None:
        return self.discussion.flag(self.index, "is_pinned")

    @property
    def is_hearted(self) -> bool | None:
        return self.discussion.flag(self.index, "is_hearted")

    @property
    def edited(self) -> bool | None:
        return self.discussion.flag(self.index, "edited")

    @property
    def likes(self) -> int | None:
        likes = self.discussion.likes[self.index]
        return None if likes == UNKNOWN else likes

    @property
    def age(self) -> str | None:
        """The age as the page wrote it, in the page's language."""
        return self.discussion.ages[self.index]

    @property
    def age_days(self) -> int | None:
        """The age in days; approximate, since pages round it."""
        days = self.discussion.age_days[self.index]
        return None if days == UNKNOWN else days

    @property
    def published(self) -> str | None:
        """ISO 8601, only where the file gives a date."""
        return self.discussion.published[self.index]

    @property
    def text(self) -> str:
        return self.discussion.texts[self.index]
