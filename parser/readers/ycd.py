"""Reads what youtube-comment-downloader writes: a comment a line, or ``--pretty`` one object.

It says nothing of the video. ``time_parsed`` is worked out from the age, so it counts only
where there is no age. Of YouTube's likes a blank is none.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import astuple

from parser.model import MOST_LIKES, UNKNOWN, Batch, Diagnostic, Slice
from parser.readers import columns
from parser.readers.json_documents import JsonDocuments
from parser.readers.json_elements import Elements, has_keys
from parser.readers.json_pages import JsonPages
from parser.readers.json_reading import JsonReading
from parser.readers.json_shape import Members, first_object, object_in, text_of
from parser.readers.json_slices import JsonSlices
from parser.readers.troubles import Tally
from parser.readers.written_ages import dates
from parser.source import Input
from parser.text.counts import parse_count

_COMMENTS = "comments"
_NEEDED = frozenset({"cid", "text"})
_OTHERS = frozenset({"time", "time_parsed", "author", "channel", "votes", "replies", "photo"})

_LONGEST_COUNT = 40
"""Characters beyond which a text is no count."""


class _Raw(msgspec.Struct, gc=False):
    """The fields of one comment that are wanted, as they are written."""

    cid: str | int | None = None
    text: str | None = None
    time: str | None = None
    time_parsed: int | float | None = None
    author: str | None = None
    channel: str | int | None = None
    votes: str | int | None = None
    heart: bool | None = None
    reply: bool | None = None


class YouTubeCommentDownloader:
    """The reader of this format."""

    name = "ycd"
    describe = "youtube-comment-downloader's lines or --pretty"

    def recognises(self, head: str) -> bool:
        """Whether the first comment has the fields that this program gives."""
        first = first_object(head)
        return _is_comment(first) or _is_comment(object_in(first.get(_COMMENTS, b"")))

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches."""
        return _Reading(source).slices()


class _Reading(JsonReading[_Raw]):
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._lost = Tally()
        super().__init__(source, Elements(_Raw, _NEEDED))

    def _walk(self, source: Input) -> JsonSlices[_Raw]:
        elements, blocks = self._elements, source.byte_blocks()
        if _COMMENTS in first_object(source.head):
            return JsonPages(
                blocks,
                _COMMENTS,
                decode=elements.decode_all,
                decode_one=elements.decode_one,
                looks_right=_looks_right,
                wanted=lambda _key: False,
                member=lambda _key, _value: None,
            )
        return JsonDocuments(
            blocks,
            decode=elements.decode_all,
            decode_one=self._line,
            looks_right=_looks_right,
        )

    def _line(self, data: bytes, place: int) -> _Raw | None:
        """A line's comment, unless it is something else that stands in the file."""
        raw = self._elements.decode_one(data, place)
        return None if raw is None or (raw.cid is None and raw.text is None) else raw

    def _told_behind(self) -> Iterator[Diagnostic]:
        return self._lost.told(
            "1 reply does not say what it answers, and is a thread of its own",
            "{} replies do not say what they answer, and are threads of their own",
        )

    def _batch(self, elements: Sequence[_Raw]) -> Batch:
        fields: Any = zip(*map(astuple, elements), strict=True)
        cids, texts, times, parsed, authors, channels, votes, hearts, replies = fields
        handles, names = columns.people(columns.lines(authors), [None] * len(elements))
        ages, days, edited = zip(*map(self._ages.__getitem__, times), strict=True)
        ids = self._ids.of(cids, zip(authors, texts, strict=True))
        self._note_lost(ids, replies)
        return Batch(
            ids=ids,
            parents=columns.parents_in_ids(ids),
            rows=columns.as_rows(
                ids,
                handles,
                names,
                columns.names(channels),
                ages,
                dates(ages, parsed),
                columns.texts(texts, [None] * len(elements)),
            ),
            flags=columns.pack(((None, None, None, heart) for heart in hearts), edited),
            likes=list(map(_likes, votes)),
            age_days=list(days),
            first_record=self._json.first,
        )

    def _note_lost(self, ids: Sequence[str], replies: Sequence[bool | None]) -> None:
        for place, (name, is_reply) in enumerate(zip(ids, replies, strict=True)):
            if is_reply and "." not in name:
                self._lost.add(self._json.first + place)


def _looks_right(data: bytes) -> bool:
    return has_keys(data, _NEEDED, _OTHERS)


def _is_comment(members: Members) -> bool:
    """Whether an object's members are a comment's; its text may be longer than what was read."""
    if not members.keys() >= _NEEDED:
        return False
    return not _OTHERS.isdisjoint(members) or text_of(members["text"]) is None


def _likes(votes: str | int | None) -> int:
    if votes is None:
        return UNKNOWN
    if isinstance(votes, int):
        return votes if 0 <= votes <= MOST_LIKES else UNKNOWN
    return _counted(votes) if len(votes) <= _LONGEST_COUNT else UNKNOWN


@lru_cache(maxsize=4096)
def _counted(votes: str) -> int:
    count = parse_count(votes) if votes.strip() else 0
    return UNKNOWN if count is None else count
