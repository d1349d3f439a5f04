"""One of YouTube's own answers: the comments in it, each with its parent, in their order.

A list names the comments' places; what they say stands in it (until 2024) or in the entities
behind it. A list of replies names the comment that they answer, or stands within that comment's
thread, or else an id tells: a reply's begins with its thread's and a dot.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
from msgspec import Raw

from parser.model import Record
from parser.readers.innertube_comment import Comments
from parser.readers.innertube_entities import Entities, Said
from parser.readers.innertube_salvage import salvaged
from parser.readers.innertube_types import (
    Answer,
    Header,
    Holder,
    Item,
    Message,
    Received,
    Renderer,
    Replies,
    RepliesRenderer,
    Thread,
    ViewModel,
    Wrapped,
)
from parser.readers.innertube_video import VideoFacts
from parser.readers.json_nested import Nested
from parser.readers.json_slices import UNDECODABLE
from parser.readers.troubles import Tally
from parser.text.clean import clean_line

Part = TypeVar("Part", bound=msgspec.Struct)
Records = Generator[Record, None, str | None]
"""A comment, if it is one; returns its id."""

_REPLIES_OF = "comment-replies-item-"
_DEEPEST = 20
"""Threads within threads. What is deeper is read without its nesting, for each level is looked
at once more for every one that it stands in."""

_END = Item()
_NOTHING = Renderer()
_NOTHING_THERE = (b"", b"null")
_ELEMENTS = msgspec.json.Decoder(list[Raw]).decode
_ITEM = Nested(Item)
_THREAD = Nested(Thread)
_HOLDER = Nested(Holder)
_REPLIES = Nested(Replies)
_WITHIN = Nested(RepliesRenderer)
_WRAPPED = Nested(Wrapped)
_VIEW = Nested(ViewModel)
_RENDERER = Nested(Renderer)
_HEADER = Nested(Header)
_MESSAGE = Nested(Message)


@dataclass(slots=True)
class _List:
    """A list of comments, with ``None`` for what is no element.

    ``parent``: what all of them answer; ``last``: the last one by level.
    """

    items: Iterator[Item | None]
    parent: str | None = None
    depth: int = 0
    last: dict[int, str] = field(default_factory=dict[int, str])

    def parent_of(self, name: str | None, level: int | None) -> str | None:
        """The parent of the list's next comment, by its id and what is said of its level."""
        thread = name.partition(".")[0] or None if name and "." in name else None
        if level is None or level < 0:
            level = 0 if self.parent is None and thread is None else 1
        parent = self.parent or thread
        self.last = {at: last for at, last in self.last.items() if at < level}
        if self.last and (level > 1 or parent is None):
            parent = self.last[max(self.last)]
        if name is not None:
            self.last[level] = name
        return parent


class Answers:
    """Reads answers one after another; ``facts`` gathers what they say of the video.

    ``missing`` counts the comments that are named without being there, ``lost`` what cannot
    be read where a comment would stand.
    """

    def __init__(self) -> None:
        self.comments = Comments()
        self.facts = VideoFacts()
        self.missing = Tally()
        self.lost = Tally()
        self._entities = Entities(self.facts)

    def records(self, answer: Answer) -> Iterator[Record]:
        """The comments of a whole answer."""
        updates = answer.framework_updates
        batch = updates.entity_batch_update if updates else None
        self._entities = Entities(self.facts)
        self._entities.take(batch.mutations or () if batch else ())
        for _ in range(self._entities.lost):
            self._note_lost()
        for one in _lists(answer):
            yield from self._read(one)
        for items in self.facts.take_page(answer):
            yield from self._read(_List(_items(items)))
        yield from self._not_listed()

    def salvaged(self, data: bytes) -> Iterator[Record]:
        """The comments that are whole in an answer that is not."""
        found = salvaged(data)
        self._entities = Entities(self.facts)
        for payload in found.payloads:
            self._entities.take_payload(payload, None)
        missing = self.missing.count, self.missing.first
        yield from self._read(_List(iter(found.items)))
        self.missing.count, self.missing.first = missing
        yield from self._not_listed()

    def _not_listed(self) -> Iterator[Record]:
        rest = _List(iter(()))
        for said in self._entities.not_listed():
            yield from self._said(said, None, rest)

    def _read(self, first: _List) -> Iterator[Record]:
        """The comments of a list, each followed by those within its thread."""
        opened = [first]
        while opened:
            one = opened[-1]
            item = next(one.items, _END)
            if item is _END:
                opened.pop()
            elif item is None:
                self._note_lost()
            elif (within := (yield from self._item(item, one))) is not None:
                opened.append(within)

    def _note_lost(self) -> None:
        self.lost.add(self.comments.count + 1)

    def _item(self, item: Item, one: _List) -> Generator[Record, None, _List | None]:
        """An element of a list; returns the list that stands within it, if any."""
        if bytes(item.comment_thread_renderer):
            thread = _part(_THREAD, item.comment_thread_renderer)
            if thread is not None:
                return (yield from self._thread(thread, one))
            self._note_lost()
        if view := bytes(item.comment_view_model):
            yield from self._view(view, one)
        elif renderer := bytes(item.comment_renderer):
            yield from self._renderer(renderer, one)
        elif header := _part(_HEADER, item.comments_header_renderer):
            self.facts.take_header(header)
        elif message := _part(_MESSAGE, item.message_renderer):
            self.facts.take_message(message)
        return None

    def _thread(self, thread: Thread, one: _List) -> Generator[Record, None, _List | None]:
        name = None
        if view := bytes(thread.comment_view_model):
            name = yield from self._view(view, one)
        elif holder := self._part(_HOLDER, thread.comment):
            name = yield from self._renderer(bytes(holder.comment_renderer), one)
        replies = self._part(_REPLIES, thread.replies)
        data = bytes(replies.comment_replies_renderer) if replies else b""
        if not data:
            return None
        items = self._within(data) if one.depth < _DEEPEST else iter(salvaged(data).items)
        return _List(items, name or one.parent, one.depth + 1)

    def _part(self, kind: Nested[Part], data: Raw) -> Part | None:
        """A part of a thread, which is told of where it is there and cannot be read."""
        part = _part(kind, data)
        if part is None and bytes(data) not in _NOTHING_THERE:
            self._note_lost()
        return part

    def _within(self, data: bytes) -> Iterator[Item | None]:
        """What stands within a thread."""
        within = self._part(_WITHIN, Raw(data))
        for found in (within.contents, within.sub_threads) if within else ():
            if bytes(found) in _NOTHING_THERE:
                continue
            try:
                items = _items(_ELEMENTS(bytes(found)))
            except UNDECODABLE:
                yield None
            else:
                yield from items

    def _view(self, data: bytes, one: _List) -> Records:
        """A comment of today, of which the list says where it stands."""
        wrapped = _WRAPPED.take(data)
        inner = bytes(wrapped.value.comment_view_model) if wrapped else b""
        view = _VIEW.take(inner or data)
        if view is None:
            self._note_lost()
            return None
        said = self._entities.named(view.value)
        if said is None:
            self.missing.add(self.comments.count + 1)
            return _line(view.value.comment_id)
        return (yield from self._said(said, view.value, one))

    def _said(self, said: Said, view: ViewModel | None, one: _List) -> Records:
        said.listed = True
        name = said.id or _line(view.comment_id if view else None)
        record = self.comments.of_entity(
            said.taken.value,
            name=name,
            parent=one.parent_of(name, said.level),
            pinned=view.pinned_text is not None if view else None,
            state=self._entities.state(said, view),
        )
        self.comments.note(odd=said.taken.odd, broken=said.taken.broken)
        yield record
        return record.id

    def _renderer(self, data: bytes, one: _List) -> Records:
        """A comment as it was until 2024, which stands in the list itself."""
        taken = _RENDERER.take(data)
        if taken is None or taken.value == _NOTHING:
            self._note_lost()
            return None
        for run in (taken.value.published_time_text and taken.value.published_time_text.runs) or ():
            self.facts.take_comment_address(run.navigation_endpoint)
        name = _line(taken.value.comment_id)
        record = self.comments.of_renderer(taken.value, parent=one.parent_of(name, None))
        self.comments.note(odd=taken.odd, broken=taken.broken)
        yield record
        return record.id


def _lists(answer: Answer) -> Iterator[_List]:
    """The lists of comments in an answer to what a page asked for later on."""
    for received in _received(answer):
        for found in (
            received.reload_continuation_items_command,
            received.append_continuation_items_action,
        ):
            if found is not None:
                target = clean_line(found.target_id or "")
                parent = target.removeprefix(_REPLIES_OF) if _REPLIES_OF in target else None
                yield _List(_items(found.continuation_items or ()), parent or None)
    older = answer.continuation_contents
    if older is not None:
        for one in (older.item_section_continuation, older.comment_replies_continuation):
            if one is not None:
                header = [one.header] if bytes(one.header) else []
                yield _List(_items([*header, *(one.contents or ())]))


def _received(answer: Answer) -> Iterable[Received]:
    yield from answer.on_response_received_endpoints or ()
    yield from answer.on_response_received_actions or ()
    yield from answer.on_response_received_commands or ()


def _items(elements: Iterable[Raw]) -> Iterator[Item | None]:
    return (_part(_ITEM, one) for one in elements if bytes(one) != b"null")


def _part(kind: Nested[Part], data: Raw) -> Part | None:
    taken = kind.take(bytes(data))
    return taken.value if taken else None


def _line(text: str | None) -> str | None:
    return clean_line(text) or None if text else None
