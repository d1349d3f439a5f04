"""The resources of YouTube's Data API that hold comments, and what can be taken of them.

A thread has its first comment in its snippet and some replies beside it; ``comments.list``
gives comments alone.
"""

import re

import msgspec

from parser.readers.json_elements import has_keys
from parser.readers.json_nested import Nested, Part, Taken
from parser.readers.json_shape import Members, object_in
from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, value_end, walk


class ChannelId(Part):
    value: str | None = None


class Snippet(Part):
    """What a comment says."""

    text_display: str | None = None
    text_original: str | None = None
    author_display_name: str | None = None
    author_channel_url: str | None = None
    author_channel_id: ChannelId | str | None = None
    channel_id: str | None = None
    video_id: str | None = None
    parent_id: str | None = None
    like_count: int | float | str | None = None
    published_at: str | None = None
    updated_at: str | None = None


class Comment(Part):
    id: str | None = None
    snippet: Snippet | None = None


class ItemSnippet(Snippet):
    """What a thread says, or a comment that stands alone."""

    top_level_comment: Comment | None = None
    total_reply_count: int | float | None = None


class Replies(Part):
    comments: list[Comment] | None = None


class Item(Part):
    id: str | None = None
    snippet: ItemSnippet | None = None
    replies: Replies | None = None


UNNAMED = ""
"""In ``Entry.thread``: the last one, which has no id."""


class Entry(msgspec.Struct, gc=False):
    """One comment. ``thread``: the thread that it stands in, unless it begins it."""

    name: str | None
    snippet: Snippet
    thread: str | None = None
    channel: str | None = None
    video: str | None = None
    odd: bool = False
    broken: bool = False


class Thread(msgspec.Struct):
    """What one element of a list holds.

    ``lost``: comments that were there and cannot be read; ``is_cut``: the element ends in the
    middle, which may have cost some.
    """

    entries: list[Entry]
    replies_claimed: int = 0
    lost: int = 0
    is_cut: bool = False


_decode_items = msgspec.json.Decoder(list[Item]).decode
_decode_item = msgspec.json.Decoder(Item).decode
_ITEM = Nested(Item)
_COMMENT = Nested(Comment)
_TOP = re.compile(rb'"topLevelComment"\s{0,9}:\s{0,9}(?=\{)')
_REPLIES = re.compile(rb'"comments"\s{0,9}:\s{0,9}\[\s{0,99}(?=\{)')
_TEXTS = frozenset({"textDisplay", "textOriginal"})


def decode_all(data: bytes) -> list[Thread]:
    """The elements of an array; raises what msgspec raises if anything in it is odd."""
    return list(map(_thread, _decode_items(data)))


def decode_one(data: bytes, place: int) -> Thread | None:
    """An element that may hold something unexpected; ``None`` if nothing of it is a comment."""
    del place
    try:
        return _thread(_decode_item(data))
    except UNDECODABLE:
        pass
    thread = from_parts(data)
    return thread if thread.entries else None


def from_parts(data: bytes) -> Thread:
    """What an element holds that is cut, damaged, or of a wrong kind, comment by comment."""
    item = _ITEM.take(data)
    snippet = item.value.snippet if item else None
    thread = Thread([], _count(snippet.total_reply_count) if snippet else 0)
    thread.is_cut = item is None and value_end(data.lstrip(BLANKS), 0) is None
    first, replies = _TOP.search(data), _REPLIES.search(data)
    if item is not None and not first and not replies:
        _add(thread, Taken(Comment(item.value.id, snippet), item.odd, item.broken), None)
        return thread
    parent = item.value.id if item else None
    if first is not None:
        end = value_end(data, first.end())
        top = None if end is None else _COMMENT.take(data[first.end() : end])
        parent = (top.value.id or parent or UNNAMED) if top else parent
        _add(thread, top, None)
    if replies is not None:
        for start, stop in walk(data, replies.end(), len(data))[0]:
            _add(thread, _COMMENT.take(data[start:stop]), parent)
    for entry in thread.entries:
        entry.name = entry.name or (parent or None if entry.thread is None else None)
        entry.channel = snippet.channel_id if snippet else None
        entry.video = snippet.video_id if snippet else None
    is_odd = not thread.is_cut if item is None else item.odd
    if is_odd and not any(one.odd for one in thread.entries):
        for entry in thread.entries[:1]:
            entry.odd = True  # what is odd stands beside the comments
    return thread


def looks_like_item(data: bytes) -> bool:
    """Whether an object, which may be cut, is one of these resources."""
    return has_keys(data, frozenset({"snippet"}), frozenset({"id", "kind", "etag"})) and (
        b'"textDisplay"' in data or b'"textOriginal"' in data
    )


def is_item(found: Members) -> bool:
    """Whether an object's members, of which the last may be cut, are those of a resource."""
    snippet = object_in(found.get("snippet", b""))
    return "topLevelComment" in snippet or (
        "authorDisplayName" in snippet and not _TEXTS.isdisjoint(snippet)
    )


def _thread(item: Item) -> Thread:
    """What an element holds that is as it should be."""
    snippet = item.snippet
    if snippet is None:
        return Thread([])
    top = snippet.top_level_comment
    if top is None:
        if snippet.text_display is None and snippet.text_original is None:
            return Thread([])
        return Thread([Entry(item.id, snippet)])
    channel, video = snippet.channel_id, snippet.video_id
    thread = Thread([], _count(snippet.total_reply_count))
    if top.snippet is not None:
        thread.entries.append(Entry(top.id or item.id, top.snippet, None, channel, video))
    for reply in (item.replies and item.replies.comments) or ():
        if reply.snippet is not None:
            name = top.id or item.id or (UNNAMED if top.snippet else None)
            thread.entries.append(Entry(reply.id, reply.snippet, name, channel, video))
    return thread


def _add(thread: Thread, taken: Taken[Comment] | None, parent: str | None) -> None:
    if taken is None or taken.value.snippet is None:
        thread.lost += 1
        return
    name, snippet = taken.value.id, taken.value.snippet
    thread.entries.append(Entry(name, snippet, parent, odd=taken.odd, broken=taken.broken))


def _count(claimed: float | None) -> int:
    return int(claimed) if claimed is not None and 0 <= claimed < 1e9 else 0
