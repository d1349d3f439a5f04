"""Reads yt-dlp's ``.info.json`` with comments (``--write-comments``), of any size.

The fields are those of yt-dlp's README ("comments", under the info dictionary). ``timestamp``
is worked out from the age for YouTube, so where the age itself is there, the age counts and no
date is given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from math import isfinite
from operator import attrgetter
from typing import Any
from urllib.parse import unquote

import msgspec

from parser.model import MOST_LIKES, UNKNOWN, Batch, Diagnostic, Slice
from parser.readers.json_slices import JsonSlices
from parser.readers.ytdlp_video import VideoFacts, looks_like_ytdlp
from parser.source import Input
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean, clean_line
from parser.text.html_text import html_to_text

ROOT = "root"
"""The ``parent`` of a thread's first comment."""


class Raw(msgspec.Struct, gc=False):
    """The fields of one comment that are wanted, as they are written."""

    id: str | int | None = None
    parent: str | int | None = ROOT
    text: str | None = None
    html: str | None = None
    author: str | None = None
    author_id: str | None = None
    author_url: str | None = None
    author_is_uploader: bool | None = None
    author_is_verified: bool | None = None
    is_pinned: bool | None = None
    is_favorited: bool | None = None
    like_count: int | float | None = None
    timestamp: int | float | None = None
    time_text: str | None = None
    new_time_text: str | None = msgspec.field(default=None, name="_time_text")


_TEXTS = frozenset(
    {"text", "html", "author", "author_id", "author_url", "time_text", "new_time_text"}
)
_FLAGS = ("author_is_uploader", "author_is_verified", "is_pinned", "is_favorited")
_flags_of = attrgetter(*_FLAGS)
_decode = msgspec.json.Decoder(list[Raw]).decode
_decode_anything = msgspec.json.Decoder().decode
_decode_raw = msgspec.json.Decoder(Raw).decode


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
        self._count = 0
        self._odd = 0
        self._first_odd: int | None = None
        self._json = JsonSlices(
            source.byte_blocks(),
            "comments",
            decode=_decode,
            decode_one=self._decode_one,
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
        complete = not damage.cut and not damage.unreadable and not self._facts.odd
        return Slice(
            [],
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._facts.video(),
            diagnostics=tuple(self._diagnostics()),
            complete=complete,
        )

    def _diagnostics(self) -> Iterator[Diagnostic]:
        damage = self._json.damage
        if damage.unreadable and not (damage.cut and damage.unreadable == 1):
            are = "1 comment is" if damage.unreadable == 1 else f"{damage.unreadable} comments are"
            message = f"{are} damaged and left out"
            yield Diagnostic("error", message, record=damage.first_unreadable)
        if damage.cut:
            message = "The file ends in the middle: it was cut; what stands before is here"
            yield Diagnostic("error", message, record=self._count + 1)
        if self._odd:
            have = "1 comment has" if self._odd == 1 else f"{self._odd} comments have"
            message = f"{have} fields of a wrong kind, which count as not there"
            yield Diagnostic("warning", message, record=self._first_odd)
        if self._facts.odd:
            named = ", ".join(sorted(self._facts.odd))
            yield Diagnostic("warning", f"What the file says of the video is odd: {named}")
        if not self._json.found_array and not damage.cut:
            message = "The file holds no comments; fetch them with yt-dlp --write-comments"
            yield Diagnostic("warning", message)

    # One comment that does not fit

    def _decode_one(self, data: bytes) -> Raw | None:
        """A comment that holds something unexpected: what fits of it is taken."""
        try:
            return _decode_raw(data)
        except (msgspec.DecodeError, RecursionError):
            pass
        try:
            found: object = _decode_anything(data.decode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            found = _decode_leniently(data)
        if not isinstance(found, dict):
            return None
        self._odd += 1
        self._first_odd = self._first_odd or self._count + 1
        return _fitting(found)  # pyright: ignore[reportUnknownArgumentType]

    # Columns

    def _batch(self, elements: list[Raw]) -> Batch:
        """The elements' fields as columns, cleaned: each column at once where it is clean."""
        if not elements:
            return Batch([], [], [], [], [], [])
        ids = self._ids([one.id for one in elements], elements)
        authors = _lines([one.author for one in elements])
        author_ids = _lines([one.author_id for one in elements])
        handles: list[str | None] = authors
        names: list[str | None] = [None] * len(elements)
        if any(author is not None and author[:1] != "@" for author in authors):
            handles = [_handle(a, one) for a, one in zip(authors, elements, strict=True)]
            names = [None if author and author[:1] == "@" else author for author in authors]
        written = [one.new_time_text or one.time_text for one in elements]
        ages, days, edited = zip(*map(_age, written), strict=True)
        dates = _dates(written, elements)
        texts = [
            text if (text := one.text) is not None and _is_clean(text) else _text_of(one)
            for one in elements
        ]
        batch = Batch(
            ids=ids,
            parents=_parents([one.parent for one in elements]),
            rows=list(zip(ids, handles, names, author_ids, ages, dates, texts, strict=True)),
            flags=[
                _PACKED[packed] | edit
                for packed, edit in zip(map(_flags_of, elements), edited, strict=True)
            ],
            likes=[
                likes if type(likes) is int and 0 <= likes <= MOST_LIKES else _likes(likes)
                for likes in [one.like_count for one in elements]
            ],
            age_days=list(days),
            first_record=self._count + 1,
        )
        self._count += len(elements)
        return batch

    def _ids(self, ids: Sequence[Any], elements: list[Raw]) -> list[str]:
        if _are_clean(ids):
            return list(ids)
        return [
            name if type(name) is str and name and name.isprintable() else self._id(one)
            for name, one in zip(ids, elements, strict=True)
        ]

    def _id(self, one: Raw) -> str:
        """An id made clean, or one made from the content, as for pages without ids."""
        if one.id is not None and (name := _name(one.id)):
            return name
        said = f"{one.author}\n{one.text or one.html}".encode("utf-8", "surrogatepass")
        digest = blake2b(said, digest_size=8)
        self._equal[digest.digest()] += 1
        place = self._equal[digest.digest()]
        return digest.hexdigest() if place == 1 else f"{digest.hexdigest()}-{place}"


def _decode_leniently(data: bytes) -> object:
    """Python's own decoder knows NaN, and letters that are half of one."""
    import json  # only for a damaged file

    try:
        found: object = json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return found


def _fitting(found: "dict[str, object]") -> Raw:
    """The fields of a comment that are of the right kind."""
    raw = Raw()
    for field in Raw.__struct_fields__:
        value = found.get("_time_text" if field == "new_time_text" else field)
        if field in _FLAGS:
            fits = isinstance(value, bool)
        elif field in _TEXTS:
            fits = isinstance(value, str)
        else:
            fits = isinstance(value, str | int | float) and not isinstance(value, bool)
        if fits and field in ("like_count", "timestamp"):
            setattr(raw, field, _finite(value))
        elif fits:
            setattr(raw, field, str(value) if isinstance(value, float) else value)
    return raw


def _finite(value: object) -> float | None:
    if isinstance(value, str):
        return None
    return value if isinstance(value, int | float) and isfinite(value) else None


def _text_of(one: Raw) -> str:
    if one.text is not None:
        return clean(one.text)
    return clean(html_to_text(one.html)) if one.html is not None else ""


def _is_clean(text: str) -> bool:
    """Whether a text surely needs no cleaning; quicker than to look for what would."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def _are_clean(column: Sequence[Any]) -> bool:
    """Whether all are strings with nothing in them that would need cleaning."""
    try:
        return "".join(column).isprintable() and "" not in column
    except TypeError:
        return False


def _lines(column: Sequence[Any]) -> list[str | None]:
    if _are_clean(column):
        return list(column)
    return [text if text is None or text.isprintable() else clean_line(text) for text in column]


def _parents(column: Sequence[Any]) -> list[str | None]:
    if _are_clean(column):
        return [None if parent == ROOT else parent for parent in column]
    return [None if one is None or one == ROOT else _name(one) for one in column]


def _name(name: str | int) -> str:
    return clean_line(str(name))


def _dates(written: list[str | None], elements: list[Raw]) -> list[str | None]:
    """When comments were written, where no age says so less exactly."""
    if None not in written:
        return [None] * len(written)
    return [
        None if age is not None else _date(one.timestamp)
        for age, one in zip(written, elements, strict=True)
    ]


def _likes(likes: float | None) -> int:
    if type(likes) is int:
        return likes if 0 <= likes <= MOST_LIKES else UNKNOWN
    if likes is None or not 0 <= likes <= MOST_LIKES:
        return UNKNOWN
    return int(likes)


def _handle(author: str | None, one: Raw) -> str | None:
    """The handle, which older files give in the address of the author only."""
    if author is None or author[:1] == "@":
        return author
    name = (one.author_url or "").rstrip("/").rpartition("/")[2]
    return clean_line(unquote(name)) if name[:1] == "@" else author


@lru_cache(maxsize=4096)
def _age(text: str | None) -> tuple[str | None, int, int]:
    """An age as it is written, its days, and whether it says that the text was edited."""
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
        moment = datetime.fromtimestamp(timestamp, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
