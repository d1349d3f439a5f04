"""Reads yt-dlp's ``.info.json`` with comments (``--write-comments``), of any size.

The fields are those of yt-dlp's README ("comments", under the info dictionary). ``timestamp``
is worked out from the age for YouTube, so where the age itself is there, the age counts and no
date is given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, cast
from urllib.parse import unquote

from parser.model import MOST_LIKES, UNKNOWN, Batch, Diagnostic, Slice
from parser.readers.json_slices import JsonSlices
from parser.readers.ytdlp_comment import FLAGS, ROOT, Raw, decode_all, looks_like_comment, take
from parser.readers.ytdlp_video import VideoFacts, looks_like_ytdlp
from parser.source import Input
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean, clean_line
from parser.text.html_text import html_to_text

_flags_of = attrgetter(*FLAGS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_AGE = 200
"""Characters of an age beyond which it is not worth remembering."""
_LONGEST_HANDLE = 100


def _packed_flags() -> dict[tuple[bool | None, ...], int]:
    """What the four facts come to in ``Discussion.flags``, for all that they can be."""
    values = (None, False, True)
    return {
        (a, b, c, d): values.index(a)
        | values.index(b) << 2
        | values.index(c) << 4
        | values.index(d) << 6
        for a in values
        for b in values
        for c in values
        for d in values
    }


_PACKED = _packed_flags()
_EDITED = {None: 0, False: 1 << 8, True: 2 << 8}


class YtDlp:
    """The reader of this format."""

    name = "yt-dlp"
    describe = "yt-dlp's .info.json"

    def recognises(self, head: str) -> bool:
        """Whether the first members, or the first comment, are named as yt-dlp names them."""
        return looks_like_ytdlp(head)

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches, each with what is known of the video by then."""
        return _Reading(source).slices()


class _Reading:
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._facts = VideoFacts()
        self._equal: Counter[bytes] = Counter()
        self._odd = _Tally()
        self._broken = _Tally()
        self._json = JsonSlices(
            source.byte_blocks(),
            "comments",
            decode=decode_all,
            decode_one=self._decode_one,
            looks_right=looks_like_comment,
            wanted=self._facts.wants,
            member=self._facts.take,
        )

    def slices(self) -> Iterator[Slice]:
        for elements in self._json.pieces():
            yield Slice(
                self._batch(elements),
                bytes_read=self._source.bytes_read,
                bytes_total=self._source.size,
                video=self._facts.video() if self._facts.changed else None,
            )
        yield self._last()

    def _last(self) -> Slice:
        damage = self._json.damage
        damaged = any((damage.cut, damage.broken, damage.stray, damage.more, damage.unreadable))
        return Slice(
            [],
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._facts.video(),
            diagnostics=tuple(self._diagnostics()),
            complete=not damaged and not self._broken.count,
        )

    def _diagnostics(self) -> Iterator[Diagnostic]:
        damage = self._json.damage
        reached = self._json.count + 1 if self._json.inside else None
        if damage.unreadable:
            are = "1 comment is" if damage.unreadable == 1 else f"{damage.unreadable} comments are"
            message = f"{are} damaged and left out"
            yield Diagnostic("error", message, record=damage.first_unreadable)
        if damage.cut:
            message = "The file ends in the middle: it was cut; what stands before is here"
            yield Diagnostic("error", message, record=reached)
        if damage.broken:
            message = "The file is damaged, and what stands behind the damage was not all read"
            yield Diagnostic("error", message, record=reached)
        if damage.stray:
            yield Diagnostic("warning", "A bracket among the comments, where none belongs")
        if damage.more:
            yield Diagnostic("error", "What stands behind the discussion's end was not read")
        yield from self._broken.told(
            "1 comment has broken characters, shown as \ufffd",
            "{} comments have broken characters, shown as \ufffd",
        )
        yield from self._odd.told(
            "1 comment has fields of a wrong kind, which count as not there",
            "{} comments have fields of a wrong kind, which count as not there",
        )
        if self._facts.odd:
            named = ", ".join(sorted(self._facts.odd))
            yield Diagnostic("warning", f"What the file says of the video is odd: {named}")
        if not (self._json.count or damage.cut or damage.broken):
            message = "The file holds no comments; fetch them with yt-dlp --write-comments"
            yield Diagnostic("warning", message)

    def _decode_one(self, data: bytes, record: int) -> Raw | None:
        """A comment that holds something unexpected: what fits of it is taken."""
        taken = take(data)
        if taken is None:
            return None
        if taken.is_odd:
            self._odd.add(record)
        if taken.is_broken:
            self._broken.add(record)
        return taken.raw

    # Columns

    def _batch(self, elements: Sequence[Raw]) -> Batch:
        """The elements' fields as columns, cleaned: each column at once where it is clean."""
        if not elements:
            return Batch([], [], [], [], [], [])
        authors = _lines([one.author for one in elements])
        handles: list[str | None] = authors
        names: list[str | None] = [None] * len(elements)
        if any(author is None or author[:1] != "@" for author in authors):
            handles = [_handle(a, one) for a, one in zip(authors, elements, strict=True)]
            names = [None if author and author[:1] == "@" else author for author in authors]
        written = [one.new_time_text or one.time_text for one in elements]
        ages, days, edited = zip(*map(_age, written), strict=True)
        ids = self._ids(elements)
        return Batch(
            ids=ids,
            parents=_parents([one.parent for one in elements]),
            rows=list(
                zip(
                    ids,
                    handles,
                    names,
                    _names([one.author_id for one in elements]),
                    ages,
                    _dates(ages, elements),
                    [
                        text if (text := one.text) and _is_clean(text) else _text_of(one)
                        for one in elements
                    ],
                    strict=True,
                )
            ),
            flags=[
                _PACKED[packed] | edit
                for packed, edit in zip(map(_flags_of, elements), edited, strict=True)
            ],
            likes=[
                likes if type(likes) is int and 0 <= likes <= MOST_LIKES else _likes(likes)
                for likes in [one.like_count for one in elements]
            ],
            age_days=list(days),
            first_record=self._json.first,
        )

    def _ids(self, elements: Sequence[Raw]) -> list[str]:
        ids = [one.id for one in elements]
        if _are_clean(ids):
            return cast("list[str]", ids)
        return [
            name or self._id_from_content(one)
            for name, one in zip(map(_name, ids), elements, strict=True)
        ]

    def _id_from_content(self, one: Raw) -> str:
        """An id for a comment that has none, as for pages without ids."""
        said = f"{one.author}\n{one.text or one.html}".encode("utf-8", "surrogatepass")
        digest = blake2b(said, digest_size=8)
        self._equal[digest.digest()] += 1
        place = self._equal[digest.digest()]
        return digest.hexdigest() if place == 1 else f"{digest.hexdigest()}-{place}"


def _text_of(one: Raw) -> str:
    if one.text or one.html is None:
        return clean(one.text or "")
    return clean(html_to_text(one.html))


def _is_clean(text: str) -> bool:
    """Whether a text surely needs no cleaning; quicker than to look for what would."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def _are_clean(column: Sequence[Any]) -> bool:
    """Whether all are strings, with nothing in or around them that would need cleaning.

    Looked at all at once. Where a bar or a space makes it doubtful they are not taken for it.
    """
    try:
        joined = f"|{'|'.join(column)}|"
    except TypeError:
        return False
    return joined.isprintable() and not ("||" in joined or " |" in joined or "| " in joined)


def _lines(column: Sequence[Any]) -> list[str | None]:
    """Strings on one line each, ``None`` for those that are empty."""
    if _are_clean(column):
        return list(column)
    return [None if text is None else clean_line(text) or None for text in column]


def _names(column: Sequence[Any]) -> list[str | None]:
    """Ids, of which some programs make numbers."""
    return list(column) if _are_clean(column) else list(map(_name, column))


def _parents(column: Sequence[Any]) -> list[str | None]:
    """The parents' ids; for a thread's first there is ``root``, or nothing, or 0."""
    names = list(column) if _are_clean(column) else [_name(one or None) for one in column]
    return [None if name == ROOT else name for name in names]


def _name(name: str | int | None) -> str | None:
    return None if name is None else clean_line(str(name)) or None


def _dates(ages: Sequence[str | None], elements: Sequence[Raw]) -> list[str | None]:
    """When comments were written, where no age says so less exactly."""
    if None not in ages:
        return [None] * len(ages)
    return [
        None if age is not None else _date(one.timestamp)
        for age, one in zip(ages, elements, strict=True)
    ]


def _likes(likes: float | None) -> int:
    if likes is None or not 0 <= likes <= MOST_LIKES:
        return UNKNOWN
    return int(likes)


def _handle(author: str | None, one: Raw) -> str | None:
    """The handle, which older files give in the address of the author only."""
    if (author and author[:1] == "@") or not one.author_url:
        return author
    last = one.author_url.rstrip("/").rpartition("/")[2].partition("?")[0]
    handle = clean_line(unquote(last[:_LONGEST_HANDLE]))
    is_handle = handle[:1] == "@" and len(handle) > 1 and " " not in handle
    return handle if is_handle else author


def _age(text: str | None) -> tuple[str | None, int, int]:
    """An age as it is written, its days, and whether it says that the text was edited."""
    if text is None or len(text) > _LONGEST_AGE:
        return _read_age(text)
    return _remembered_age(text)


def _read_age(text: str | None) -> tuple[str | None, int, int]:
    if text is None:
        return None, UNKNOWN, 0
    line = clean_line(text)
    written, edited = split_edited(line)
    days = parse_age(line).days
    return written or None, UNKNOWN if days is None else days, _EDITED[edited or None]


_remembered_age = lru_cache(maxsize=4096)(_read_age)


def _date(timestamp: float | None) -> str | None:
    if timestamp is None:
        return None
    try:
        moment = _EPOCH + timedelta(seconds=timestamp)
    except (OverflowError, ValueError):
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


class _Tally:
    """How many comments had some trouble, and the first one's place."""

    def __init__(self) -> None:
        self.count = 0
        self.first: int | None = None

    def add(self, record: int) -> None:
        self.count += 1
        self.first = self.first or record

    def told(self, one: str, many: str) -> Iterator[Diagnostic]:
        """The trouble as a diagnostic, if there was any."""
        if self.count:
            message = one if self.count == 1 else many.format(self.count)
            yield Diagnostic("warning", message, record=self.first)
