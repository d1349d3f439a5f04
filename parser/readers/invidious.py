"""Reads the comments that Invidious answers with, one page or several.

The API documentation of Invidious has the fields. Replies come in pages of their own, where a
reply's id has its parent's before the dot. ``published`` is worked out from the age, so it
counts only where there is no age.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple

from parser.model import Batch, Slice
from parser.readers import columns
from parser.readers.columns import EDITED
from parser.readers.front_end import FrontEndReading, looks_like_answer
from parser.readers.json_elements import Elements, has_keys
from parser.readers.json_shape import Members
from parser.readers.written_ages import dates
from parser.source import Input

_NEEDED = frozenset({"commentId", "authorId"})
_TEXTS = frozenset({"content", "contentHtml"})
_OWN = frozenset({"videoId", "commentCount", "comments"})
"""What an answer without comments has."""
_SHORTENED = "…"
"""What Invidious puts in place of an address's end (``reduce_uri`` in its utils.cr)."""
_LINK = "<a "
_OWN_LINK = 'href="/watch?'
_SITE_LINK = 'href="https://www.youtube.com/watch?'


class _Raw(msgspec.Struct, gc=False, rename="camel"):
    """The fields of one comment that are wanted, as they are written."""

    comment_id: str | int | None = None
    content: str | None = None
    content_html: str | None = None
    author: str | None = None
    author_id: str | int | None = None
    author_url: str | None = None
    published: int | float | None = None
    published_text: str | None = None
    like_count: int | float | None = None
    is_edited: bool | None = None
    author_is_channel_owner: bool | None = None
    verified: bool | None = None
    is_pinned: bool | None = None
    creator_heart: object = None
    """Who liked it for the channel; not there where nobody did."""


class Invidious:
    """The reader of this format."""

    name = "invidious"
    describe = "Invidious's comments API"

    def recognises(self, head: str) -> bool:
        """Whether the first comment has the fields that Invidious gives."""
        return looks_like_answer(head, _is_comment, _OWN)

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches."""
        return _Reading(source, Elements(_Raw, _NEEDED | _TEXTS), _looks_right).slices()


class _Reading(FrontEndReading[_Raw]):
    """One file being read."""

    def _batch(self, elements: Sequence[_Raw]) -> Batch:
        fields: Any = list(zip(*map(astuple, elements), strict=True))
        names, plain, htmls, authors, author_ids, urls, published, written, likes = fields[:9]
        handles, author_names = columns.people(columns.lines(authors), urls)
        ages, days, marked = zip(*map(self._ages.__getitem__, written), strict=True)
        ids = self._ids.of(
            names, ((one.author, one.content or one.content_html) for one in elements)
        )
        return Batch(
            ids=ids,
            parents=columns.parents_in_ids(ids),
            rows=columns.as_rows(
                ids,
                handles,
                author_names,
                columns.names(author_ids),
                ages,
                dates(ages, published),
                columns.texts(*_with_whole_links(plain, htmls)),
            ),
            flags=columns.pack(
                ((*three, heart is not None) for *three, heart in zip(*fields[10:], strict=True)),
                (mark or EDITED[edited] for mark, edited in zip(marked, fields[9], strict=True)),
            ),
            likes=columns.likes(likes),
            age_days=list(days),
            first_record=self._json.first,
        )


def _with_whole_links(
    plain: Sequence[str | None], htmls: Sequence[str | None]
) -> tuple[list[str | None], list[str | None]]:
    """The texts; where links were shortened in the plain one, only the HTML with their addresses.

    Links to YouTube's own pages have no site in the HTML.
    """
    is_short = [
        bool(text and _SHORTENED in text and html and _LINK in html)
        for text, html in zip(plain, htmls, strict=True)
    ]
    return (
        [None if short else text for text, short in zip(plain, is_short, strict=True)],
        [html and html.replace(_OWN_LINK, _SITE_LINK) for html in htmls],
    )


def _looks_right(data: bytes) -> bool:
    return has_keys(data, _NEEDED, _TEXTS)


def _is_comment(members: Members) -> bool:
    return members.keys() >= _NEEDED and not _TEXTS.isdisjoint(members)
