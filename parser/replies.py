"""Whom a comment addresses, and which comment it really answers.

Archives hold one level of replies; who answers whom in it stands in the mentions. A mention is
resolved among the people of its thread first, then of the whole discussion, then guessed.
"""

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Sequence
from typing import Literal

import msgspec

from parser.columns import AUTHOR, NAME, TEXT
from parser.model import NO_PARENT, Discussion
from parser.text.links import find_links
from parser.text.marks import Link, Mention
from parser.text.mentions import (
    MAX_NAME,
    At,
    capitalised_end,
    ends_as_name,
    find_ats,
    is_leading,
    is_left_behind,
    is_plain_handle,
    is_whole_handle,
    name_words,
)
from parser.text.names import Lengths, ends_word, name_key, name_keys

ReplyCertainty = Literal["stated", "inferred"]

_THREADS_KEPT = 8
_PARTS = 64
"""Into so many tables names are parted: one that outgrows its room is copied as a whole, which
with a million names takes longer than a key may wait."""
_MOST_GUESSED_FROM = 16_384
"""Code points of a text in which the beginnings of names are counted: it happens in one go."""
_SHALLOW = 8
"""Climbing so far costs less than to look through the threads that are kept."""


class Reply(msgspec.Struct, frozen=True, gc=False):
    """The comment (a number) that a comment answers; ``None`` for a thread's first.

    ``stated``: the file's own parent. ``inferred``: from the mention at its start; ``why`` then
    says so in one line.
    """

    to: int | None
    certainty: ReplyCertainty | None
    why: str = ""


class FoundMention(msgspec.Struct, frozen=True, gc=False):
    """A mention, whether it leads its text, and why its name was guessed, if it was."""

    mention: Mention
    leading: bool
    why: str = ""


class _Beginnings(msgspec.Struct):
    """How the unknown names begin that a thread's comments address, up to ``read``."""

    read: int
    counts: Counter[tuple[str, ...]] = msgspec.field(default_factory=Counter[tuple[str, ...]])
    left_behind: set[tuple[str, ...]] = msgspec.field(default_factory=set[tuple[str, ...]])
    """Those behind which what is said begins, so that they are names."""


class _Thread(msgspec.Struct):
    """What is known of a thread: who wrote which of its comments up to ``read``."""

    first: int
    read: int
    spoken: dict[str, list[int]] = msgspec.field(default_factory=dict[str, list[int]])
    lengths: Lengths = msgspec.field(default_factory=Lengths)
    """Of names that may not have been known in the discussion when the thread was read."""
    beginnings: _Beginnings | None = None
    """Counted only where there are names to guess."""


class People:
    """The people of a discussion and what they are called; grows with it."""

    def __init__(self, discussion: Discussion) -> None:
        self._discussion = discussion
        self._known: tuple[dict[str, str], ...] = tuple({} for _ in range(_PARTS))
        """Spellings by key; "" where it is the key behind an ``@``, to keep them once only."""
        self._lengths = Lengths()
        self._learnt = 0
        """Up to which comment names are known."""
        self._threads: OrderedDict[int, _Thread] = OrderedDict()
        self._last = _Thread(0, 0)
        """That which was asked for last: mostly so is the next."""

    def learn(self, start: int, authors: Sequence[str | None], names: Sequence[str | None]) -> None:
        """Learns the names of the comments from ``start`` on; those before it are learnt."""
        new: list[str] = []
        if any(names):
            pairs = zip(name_keys(authors), name_keys(names), authors, names, strict=True)
            for author_key, other_key, author, name in pairs:
                self._learn(author_key, author, author or name, new)
                self._learn(other_key, name, author or name, new)
        else:
            known = self._known
            for key, author in zip(name_keys(authors), authors, strict=True):
                part = known[hash(key) % _PARTS]
                if key not in part and key and author and 1 < len(author) <= MAX_NAME:
                    part[key] = "" if author == f"@{key}" else author
                    new.append(key)
        self._lengths.add(new)
        self._learnt = max(self._learnt, start + len(authors))

    def mentions(self, index: int, text: str, links: Sequence[Link]) -> tuple[FoundMention, ...]:
        """The people whom a comment addresses, in the order of its text; ``links`` are in it."""
        if "@" not in text:
            return ()
        thread = self._thread(index)
        found: list[FoundMention] = []
        end = 0
        for at in find_ats(text, links):
            one = self._one(index, text, at, thread) if at.start >= end else None
            if one is not None:
                end = one.mention.end
                found.append(one)
        return tuple(found)

    def reply(self, index: int, mentions: Sequence[FoundMention]) -> Reply:
        """Which comment a comment answers, by its mentions."""
        parent = self._discussion.parent[index]
        if parent == NO_PARENT:
            return Reply(None, None)
        for found in mentions[:1]:
            comment = found.mention.comment
            if found.leading and comment is not None:
                who = found.mention.author
                why = f"it begins with {who}, whose latest message before it in the thread this is"
                return Reply(comment, "inferred", why)
        return Reply(parent, "stated")

    def thread_of(self, index: int) -> int:
        """The first comment of the thread that a comment stands in.

        As the discussion's own, but a deep thread that was just looked at is not climbed again:
        that would cost its depth for every comment.
        """
        if self._discussion.depth[index] <= _SHALLOW:
            return self._discussion.thread(index)
        size = self._discussion.size
        for first in reversed(self._threads):
            if first <= index < first + size[first]:
                return first
        return self._discussion.thread(index)

    def _learn(self, key: str, name: str | None, spelling: str | None, new: list[str]) -> None:
        known = self._known[hash(key) % _PARTS]
        if name and spelling and key and 1 < len(name) <= MAX_NAME and key not in known:
            known[key] = "" if spelling == f"@{key}" else spelling
            new.append(key)

    def _one(self, index: int, text: str, at: At, thread: _Thread) -> FoundMention | None:
        """Whom one ``@`` addresses; ``None`` when it addresses nobody."""
        leading = at.start == 0 or is_leading(text, at.start)
        key = self._known_name(text, at, thread)
        if key is not None:
            comment = _latest_before(thread.spoken.get(key), index)
            author = self._spelling(comment, key)
            end = at.start + 1 + len(key)
            return FoundMention(Mention(at.start, end, author, comment), leading)
        guessed = self._guessed_end(text, at, thread)
        if guessed is not None:
            end, why = guessed
            return FoundMention(Mention(at.start, end, text[at.start + 1 : end]), leading, why)
        if not is_plain_handle(text, at):
            return None
        handle = text[at.start : at.handle_end]
        return FoundMention(Mention(at.start, at.handle_end, handle), leading)

    def _known_name(self, text: str, at: At, thread: _Thread) -> str | None:
        """The key of the longest name behind an ``@`` that someone in the discussion has."""
        start = at.start + 1
        if not self._lengths.others and not thread.lengths.others and is_whole_handle(text, at):
            # No name is longer than the handle, and mostly that is one.
            key = name_key(text[start : at.handle_end])
            is_known = key in thread.spoken or key in self._known[hash(key) % _PARTS]
            if is_known and ends_word(text, at.handle_end):
                return key
        window = name_key(text[start : start + MAX_NAME + 1])
        for key in self._lengths.beginnings(window, thread.lengths):
            is_known = key in thread.spoken or key in self._known[hash(key) % _PARTS]
            if is_known and ends_word(text, start + len(key)):
                return key
        return None

    def _spelling(self, comment: int | None, key: str) -> str:
        if comment is not None:
            row = self._discussion.rows[comment]
            return row[AUTHOR] or row[NAME] or key
        return self._known[hash(key) % _PARTS].get(key, key) or f"@{key}"

    def _guessed_end(self, text: str, at: At, thread: _Thread) -> tuple[int, str] | None:
        """Where a display name with a space ends by guess, and the reason."""
        words = name_words(text, at)
        if len(words) < 2:
            return None
        beginnings = self._beginnings(thread)
        for count in range(len(words), 1, -1):
            key = _folded(words[:count])
            is_name = ends_as_name(words[:count]) or key in beginnings.left_behind
            if is_name and beginnings.counts[key] > 1:
                end = words[count - 1][1]
                name = text[at.start + 1 : end]
                return end, f"{name} is taken for a name: several begin so here"
        end = capitalised_end(words)
        if end is None:
            return None
        name = text[at.start + 1 : end]
        return end, f"{name} is taken for a name: two words with capitals behind an @"

    def _thread(self, index: int) -> _Thread:
        """What is known of the thread that a comment stands in, brought up to date."""
        size, last = self._discussion.size, self._last
        if last.first <= index < last.read and last.first + size[last.first] <= last.read:
            return last
        first = self.thread_of(index)
        thread = self._threads.get(first)
        if thread is None:
            thread = self._threads[first] = _Thread(first, first)
            if len(self._threads) > _THREADS_KEPT:
                self._threads.popitem(last=False)
        else:
            self._threads.move_to_end(first)
        stop = min(first + size[first], len(self._discussion))
        if thread.read < stop:
            self._read_people(thread, stop)
        self._last = thread
        return thread

    def _read_people(self, thread: _Thread, stop: int) -> None:
        """Learns who wrote the comments of a thread up to ``stop``."""
        rows = self._discussion.rows.stretch(thread.read, stop)
        keys = name_keys([row[AUTHOR] for row in rows])
        numbers: Sequence[int] = range(thread.read, stop)
        names = [row[NAME] for row in rows]
        if any(names):
            keys = [key for pair in zip(keys, name_keys(names), strict=True) for key in pair]
            numbers = [number for number in numbers for _ in range(2)]
        spoken = thread.spoken
        for number, key in zip(numbers, keys, strict=True):
            if key in spoken:
                spoken[key].append(number)
            elif key and len(key) <= MAX_NAME:
                spoken[key] = [number]
        # Of the names learnt so far the lengths are known, but one letter is not learnt as one.
        is_learnt = self._learnt >= stop
        if new := [key for key in spoken if not is_learnt or len(key) == 1]:
            thread.lengths.add(new)
        thread.read = stop

    def _beginnings(self, thread: _Thread) -> _Beginnings:
        """Counts how the unknown names begin that the thread's comments address."""
        beginnings = thread.beginnings = thread.beginnings or _Beginnings(thread.first)
        for row in self._discussion.rows.stretch(beginnings.read, thread.read):
            text = row[TEXT][:_MOST_GUESSED_FROM]
            if "@" in text:
                for at in find_ats(text, find_links(text)):
                    if self._known_name(text, at, thread) is None:
                        _count_beginnings(text, name_words(text, at), beginnings)
        beginnings.read = thread.read
        return beginnings


def _count_beginnings(text: str, words: Sequence[tuple[str, int]], beginnings: _Beginnings) -> None:
    key = _folded(words)
    beginnings.counts.update(key[:count] for count in range(2, len(key) + 1))
    if len(key) > 1 and is_left_behind(text, words[-1][1]):
        beginnings.left_behind.add(key)


def _folded(words: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(word.casefold() for word, _ in words)


def _latest_before(numbers: list[int] | None, index: int) -> int | None:
    if numbers is None:
        return None
    place = bisect_left(numbers, index)
    return numbers[place - 1] if place else None
