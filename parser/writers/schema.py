"""The export's contract as types: the fields in the order in which they are written.

Other programs read this. Within one version of the schema fields may be added, but none
renamed, dropped or given another meaning. Times are whole seconds, spans half-open in code
points of the comment's text, and ``None`` (null) is what the file does not say.
"""

from typing import Literal

import msgspec

SCHEMA = "commentree/1"

Span = tuple[int, int]


class Source(msgspec.Struct, frozen=True):
    path: str
    format: str
    page_date: str | None
    complete: bool


class Video(msgspec.Struct, frozen=True):
    site: str | None
    id: str | None
    url: str | None
    title: str | None
    channel: str | None
    duration: int | None
    published: str | None
    comments_claimed: int | None
    comments_present: int


class Chapter(msgspec.Struct, frozen=True):
    """``comments``: how many others speak of it; ``comment``: the id of the list's own."""

    start: int
    end: int | None
    title: str
    url: str | None
    origin: Literal["video", "description", "comment"] = msgspec.field(name="from")
    machine: bool
    comment: str | None
    citations: tuple[str, ...]
    comments: int


class Reference(msgspec.Struct, frozen=True):
    label: str | None
    comment: str
    text: str
    links: tuple[str, ...]
    kind: Literal["citation", "link"]
    cited_at: tuple[int, ...]


class Timestamp(msgspec.Struct, frozen=True, gc=False):
    span: Span
    text: str
    seconds: int
    end_seconds: int | None
    certainty: Literal["certain", "likely"]
    url: str | None


class LinkVideo(msgspec.Struct, frozen=True, gc=False):
    id: str
    seconds: int | None


class Link(msgspec.Struct, frozen=True, gc=False):
    span: Span
    text: str
    url: str
    video: LinkVideo | None


class Mention(msgspec.Struct, frozen=True, gc=False):
    """``comment``: the id of the comment that is meant."""

    span: Span
    author: str
    comment: str | None


class Citation(msgspec.Struct, frozen=True, gc=False):
    span: Span
    label: str


class Comment(msgspec.Struct, frozen=True, gc=False):
    """``parent`` and ``reply_to`` are ids."""

    id: str
    parent: str | None
    depth: int
    reply_to: str | None
    reply_certainty: Literal["stated", "inferred"] | None
    author: str | None
    author_name: str | None
    author_id: str | None
    is_uploader: bool | None
    is_verified: bool | None
    is_pinned: bool | None
    is_hearted: bool | None
    likes: int | None
    age: str | None
    age_days: int | None
    published: str | None
    edited: bool | None
    text: str
    timestamps: tuple[Timestamp, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...]


class CommentLine(Comment, frozen=True, gc=False, tag_field="type", tag="comment"):
    """A comment on a line of its own, which tells what it is."""


class Diagnostic(msgspec.Struct, frozen=True):
    severity: Literal["warning", "error"]
    line: int | None
    record: int | None
    message: str
