"""Reads commentree's own export back, the JSON object and the JSON lines.

What comes out is the discussion that was exported: exported again it is the same but for where
it came from. Ids, ages and dates count as they are written.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec.structs import astuple

from parser.model import Batch, Diagnostic, ParseError, Slice, Video
from parser.readers import columns
from parser.readers.columns import EDITED
from parser.readers.json_documents import JsonDocuments
from parser.readers.json_elements import Elements, has_keys
from parser.readers.json_reading import EMPTY, JsonReading, told_of_video
from parser.readers.json_shape import Members, first_object, object_in, text_of
from parser.readers.json_slices import JsonSlices
from parser.readers.own_export_facts import ExportFacts, is_schema, refusal
from parser.source import Input

_COMMENTS = "comments"
_NEEDED = frozenset({"id", "parent", "depth", "reply_certainty"})
_OTHERS = frozenset({"author", "text"})
_MARKS = frozenset({"id", "text", "type"})

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
"""A day, or a moment of one: ISO 8601 in the forms that are exported."""


class _Raw(msgspec.Struct, gc=False):
    """The fields of one comment that are not worked out anew, or the type of another line."""

    id: str | int | None = None
    author: str | None = None
    author_name: str | None = None
    author_id: str | None = None
    age: str | None = None
    published: str | None = None
    text: str | None = None
    parent: str | int | None = None
    likes: int | float | None = None
    age_days: int | float | None = None
    edited: bool | None = None
    is_uploader: bool | None = None
    is_verified: bool | None = None
    is_pinned: bool | None = None
    is_hearted: bool | None = None
    type: str | None = None


def _moments(column: Sequence[str | None]) -> list[str | None]:
    """The dates; ``None`` for what is none."""
    return [one if one and _MOMENT.fullmatch(one) else None for one in column]


class OwnExport:
    """The reader of this format."""

    name = "commentree"
    describe = "commentree's export, json or jsonl"

    def recognises(self, head: str) -> bool:
        """Whether the schema is ours, or the first comment has what only ours have.

        Raises :class:`ParseError`, without the file's name, for what a newer version wrote.
        """
        first = first_object(head)
        schema = text_of(first.get("schema")) or ""
        if is_schema(schema):
            if why := refusal(schema):
                raise ParseError(why)
            return True
        return _is_comment(first) or _is_comment(object_in(first.get(_COMMENTS, b"")))

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches."""
        first = first_object(source.head)
        if "type" in first or _is_comment(first):
            return _Lines(source, has_end="type" in first).slices()
        return _Object(source).slices()


class _Reading(JsonReading[_Raw]):
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._facts = ExportFacts(source.name)
        self._present = 0
        super().__init__(source, Elements(_Raw, _MARKS))

    def _video(self, *, is_last: bool) -> Video | None:
        return self._facts.video() if is_last or self._facts.changed else None

    def _page_date(self) -> str | None:
        return self._facts.page_date

    def _told_before(self) -> Iterator[Diagnostic]:
        return iter(self._facts.diagnostics)

    def _told_behind(self) -> Iterator[Diagnostic]:
        yield from told_of_video(self._facts.odd)
        if not self._has_all() and super()._is_complete():
            message = (
                f"The file says that it holds {self._facts.present} comments, not all are here"
            )
            yield Diagnostic("error", message)

    def _is_complete(self) -> bool:
        return super()._is_complete() and self._facts.complete and self._has_all()

    def _has_all(self) -> bool:
        return self._facts.present in (None, self._present)

    def _batch(self, elements: Sequence[_Raw]) -> Batch:
        """The comments among the elements."""
        places = [place for place, one in enumerate(elements) if one.type in (None, "comment")]
        if not places:
            return EMPTY
        self._present += len(places)
        comments = [elements[place] for place in places]
        fields: Any = list(zip(*map(astuple, comments), strict=True))
        names, authors, author_names, author_ids, ages, published, texts, parents = fields[:8]
        ids = self._ids.of(names, zip(authors, texts, strict=True))
        return Batch(
            ids=ids,
            parents=columns.names(parents),
            rows=columns.as_rows(
                ids,
                *map(columns.lines, (authors, author_names, author_ids, ages)),
                _moments(published),
                columns.texts(texts, [None] * len(comments)),
            ),
            flags=columns.pack(
                zip(*fields[11:15], strict=True), map(EDITED.__getitem__, fields[10])
            ),
            likes=columns.likes(fields[8]),
            age_days=columns.days(fields[9]),
            first_record=self._json.first + places[0],
        )


class _Object(_Reading):
    """The one JSON object."""

    def _walk(self, source: Input) -> JsonSlices[_Raw]:
        return JsonSlices(
            source.byte_blocks(),
            _COMMENTS,
            decode=self._elements.decode_all,
            decode_one=self._elements.decode_one,
            looks_right=_looks_right,
            wanted=self._facts.wants,
            member=self._facts.take,
        )


class _Lines(_Reading):
    """The JSON lines; also nothing but comments, which someone took out of an export."""

    _noun: ClassVar = "line"

    def __init__(self, source: Input, *, has_end: bool) -> None:
        self._has_end = has_end
        super().__init__(source)

    def _walk(self, source: Input) -> JsonSlices[_Raw]:
        return JsonDocuments(
            source.byte_blocks(),
            decode=self._decode_all,
            decode_one=self._decode_one,
            looks_right=_looks_right,
        )

    def _see_end(self) -> None:
        """The last line alone tells that none is missing."""
        if self._has_end and not self._facts.ended:
            self._json.damage.cut = True

    def _decode_one(self, data: bytes, record: int) -> _Raw | None:
        raw = self._elements.decode_one(data, record)
        if raw is not None and raw.type not in (None, "comment"):
            self._facts.take_line(raw.type, data)
        return raw

    def _decode_all(self, data: bytes) -> list[_Raw]:
        """Lines that were made an array."""
        found = self._elements.decode_all(data)
        if any(one.type not in (None, "comment") for one in found):
            lines = msgspec.json.decode(data, type=list[msgspec.Raw])
            for one, line in zip(found, lines, strict=True):
                if one.type not in (None, "comment"):
                    self._facts.take_line(one.type, bytes(line))
        return found


def _looks_right(data: bytes) -> bool:
    return has_keys(data, _NEEDED, _OTHERS)


def _is_comment(members: Members) -> bool:
    return members.keys() >= _NEEDED and not _OTHERS.isdisjoint(members)
