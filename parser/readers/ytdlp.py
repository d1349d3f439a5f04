"""Reads yt-dlp's ``.info.json`` with comments (``--write-comments``), of any size.

The fields are those of yt-dlp's README ("comments", under the info dictionary). ``timestamp``
is worked out from the age for YouTube, so where the age itself is there, the age counts and no
date is given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, cast
from urllib.parse import unquote

from parser.model import MOST_LIKES, UNKNOWN, Batch, Diagnostic, Slice
from parser.readers.json_slices import JsonSlices
from parser.readers.ytdlp_comment import (
    ROOT,
    Fields,
    Raw,
    decode_all,
    looks_like_comment,
    take,
)
from parser.readers.ytdlp_video import VideoFacts, looks_like_ytdlp
from parser.source import Input
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean, clean_line
from parser.text.html_text import html_to_text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_AGE = 200
"""Characters of an age beyond which it is not worth remembering."""
_LONGEST_HANDLE = 100
_MOST_AGES = 4096
_SOLID = bytes(range(ord("!"), ord("~") + 1))
"""The visible characters of ASCII."""
_PLAIN = _SOLID + b" \t\n"


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
        self._ages = _Ages()
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
        fields = Fields.of(elements)
        authors = _lines(fields.author)
        handles: list[str | None] = authors
        names: list[str | None] = [None] * len(elements)
        if any(author is None or author[:1] != "@" for author in authors):
            handles = list(map(_handle, authors, fields.author_url))
            names = [None if author and author[:1] == "@" else author for author in authors]
        written = fields.new_time_text
        if None in written or "" in written:
            written = [new or old for new, old in zip(written, fields.time_text, strict=True)]
        ages, days, edited = zip(*map(self._ages.__getitem__, written), strict=True)
        ids = self._ids(elements, fields.id)
        return Batch(
            ids=ids,
            parents=_parents(fields.parent),
            rows=list(
                zip(
                    ids,
                    handles,
                    names,
                    _names(fields.author_id),
                    ages,
                    _dates(ages, fields.timestamp),
                    _texts(fields.text, fields.html),
                    strict=True,
                )
            ),
            flags=[
                packed | edit
                for packed, edit in zip(map(_PACKED.__getitem__, fields.flags), edited, strict=True)
            ],
            likes=[
                likes if type(likes) is int and 0 <= likes <= MOST_LIKES else _likes(likes)
                for likes in fields.like_count
            ],
            age_days=list(days),
            first_record=self._json.first,
        )

    def _ids(self, elements: Sequence[Raw], ids: Sequence[str | int | None]) -> list[str]:
        if _are_clean(ids):
            return cast("list[str]", list(ids))
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


def _text(text: str | None, html: str | None) -> str:
    if text and text.replace("\n", "").isprintable():
        return text  # quicker than to look for what there might be to clean
    if text or html is None:
        return clean(text or "")
    return clean(html_to_text(html))


def _are_clean(column: Sequence[Any]) -> bool:
    """Whether all are strings, with nothing in or around them that would need cleaning.

    Looked at all at once. Where a bar or a space makes it doubtful they are not taken for it.
    """
    try:
        joined = "|".join(column)
    except TypeError:
        return False
    if joined.isascii() and not joined.encode().translate(None, _SOLID) and all(column):
        return True
    joined = f"|{joined}|"
    return joined.isprintable() and not ("||" in joined or " |" in joined or "| " in joined)


def _texts(texts: Sequence[str | None], htmls: Sequence[str | None]) -> list[str]:
    """The texts, cleaned. What is ASCII is looked at all at once, six times quicker."""
    plain = "".join([text for text in texts if text and text.isascii()])
    if plain.encode().translate(None, _PLAIN):
        return list(map(_text, texts, htmls))
    return [
        text if text and (text.isascii() or text.isprintable()) else _text(text, html)
        for text, html in zip(texts, htmls, strict=True)
    ]


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


def _dates(ages: Sequence[str | None], timestamps: Sequence[float | None]) -> list[str | None]:
    """When comments were written, where no age says so less exactly."""
    if None not in ages:
        return [None] * len(ages)
    return [
        None if age is not None else _date(timestamp)
        for age, timestamp in zip(ages, timestamps, strict=True)
    ]


def _likes(likes: float | None) -> int:
    if likes is None or not 0 <= likes <= MOST_LIKES:
        return UNKNOWN
    return int(likes)


def _handle(author: str | None, url: str | None) -> str | None:
    """The handle, which older files give in the address of the author only."""
    if (author and author[:1] == "@") or not url:
        return author
    last = url.rstrip("/").rpartition("/")[2].partition("?")[0]
    handle = clean_line(unquote(last[:_LONGEST_HANDLE]))
    is_handle = handle[:1] == "@" and len(handle) > 1 and " " not in handle
    return handle if is_handle else author


Age = tuple[str | None, int, int]
"""An age as it is written, its days, and whether it says that the text was edited."""


class _Ages(dict[str | None, Age]):
    """What each age that was met says; most of a million comments share a few hundred."""

    def __missing__(self, text: str | None) -> Age:
        age = _read_age(text)
        if len(self) < _MOST_AGES and len(text or "") <= _LONGEST_AGE:
            self[text] = age
        return age


def _read_age(text: str | None) -> Age:
    if text is None:
        return None, UNKNOWN, 0
    line = clean_line(text)
    written, edited = split_edited(line)
    days = parse_age(line).days
    return written or None, UNKNOWN if days is None else days, _EDITED[edited or None]


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
