"""Reads the comments that Piped answers with, one page or several. Their texts are HTML.

The API documentation of Piped has the fields. Nothing in them names the video. Replies come in
pages of their own, where a reply's id has its parent's before the dot. A count of -1 is one
that Piped does not know.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple

from parser.model import Batch, Slice
from parser.readers import columns
from parser.readers.front_end import FrontEndReading, looks_like_answer
from parser.readers.json_elements import Elements, has_keys
from parser.readers.json_shape import Members
from parser.source import Input

_NEEDED = frozenset({"commentId", "commentText"})
_OTHERS = frozenset({"author", "commentedTime", "commentorUrl", "likeCount", "thumbnail"})
_OWN = frozenset({"comments", "nextpage", "disabled"})
"""What an answer without comments has."""
_CHANNEL = "/channel/"


class _Raw(msgspec.Struct, gc=False, rename="camel"):
    """The fields of one comment that are wanted, as they are written."""

    comment_id: str | int | None = None
    comment_text: str | None = None
    author: str | None = None
    commentor_url: str | None = None
    commented_time: str | None = None
    like_count: int | float | None = None
    channel_owner: bool | None = None
    verified: bool | None = None
    pinned: bool | None = None
    hearted: bool | None = None


class Piped:
    """The reader of this format."""

    name = "piped"
    describe = "Piped's comments API"

    def recognises(self, head: str) -> bool:
        """Whether the first comment has the fields that Piped gives."""
        return looks_like_answer(head, _is_comment, _OWN)

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches."""
        return _Reading(source, Elements(_Raw, _NEEDED), _looks_right).slices()


class _Reading(FrontEndReading[_Raw]):
    """One file being read."""

    def _batch(self, elements: Sequence[_Raw]) -> Batch:
        fields: Any = list(zip(*map(astuple, elements), strict=True))
        names, htmls, authors, urls, written, likes = fields[:6]
        handles, author_names = columns.people(columns.lines(authors), urls)
        ages, days, edited = zip(*map(self._ages.__getitem__, written), strict=True)
        ids = self._ids.of(names, zip(authors, htmls, strict=True))
        nothing = [None] * len(elements)
        return Batch(
            ids=ids,
            parents=columns.parents_in_ids(ids),
            rows=columns.as_rows(
                ids,
                handles,
                author_names,
                columns.names(list(map(_channel, urls))),
                ages,
                nothing,
                columns.texts(nothing, htmls),
            ),
            flags=columns.pack(zip(*fields[6:], strict=True), edited),
            likes=columns.likes(likes),
            age_days=list(days),
            first_record=self._json.first,
        )


def _channel(url: str | None) -> str | None:
    """The id of a channel, which its address names."""
    _, folder, name = (url or "").rpartition(_CHANNEL)
    return name if folder and "/" not in name else None


def _looks_right(data: bytes) -> bool:
    return has_keys(data, _NEEDED, _OTHERS)


def _is_comment(members: Members) -> bool:
    return members.keys() >= _NEEDED
