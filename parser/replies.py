"""Whom a comment addresses, and which comment it really answers.

Archives hold one level of replies; who answers whom in it stands in the mentions. A mention is
resolved among the people of its thread first, then of the whole discussion, then guessed.
"""

from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

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
    name_words,
)

ReplyCertainty = Literal["stated", "inferred"]

_THREADS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """The comment (a number) that a comment answers; ``None`` for a thread's first.

    ``stated``: the file's own parent. ``inferred``: from the mention at its start; ``why`` then
    says so in one line.
    """

    to: int | None
    certainty: ReplyCertainty | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention, whether it leads its text, and why its name was guessed, if it was."""

    mention: Mention
    leading: bool
    why: str = ""


@dataclass(slots=True)
class _Thread:
    """What is known of a thread: who wrote which comments, and how unknown names begin."""

    first: int
    read: int
    spoken: dict[str, "array[int]"] = field(default_factory=dict[str, "array[int]"])
    lengths: set[int] = field(default_factory=set[int])
    begun: Counter[tuple[str, ...]] = field(default_factory=Counter[tuple[str, ...]])
    left_behind: set[tuple[str, ...]] = field(default_factory=set[tuple[str, ...]])
    """Beginnings behind which what is said begins, so that they are names."""
    begun_read: int = 0


class People:
    """The people of a discussion and what they are called; grows with it."""

    def __init__(self, discussion: Discussion) -> None:
        self._discussion = discussion
        self._known: dict[str, str] = {}
        self._lengths: set[int] = set()
        self._sorted_lengths: tuple[int, ...] = ()
        self._read = 0
        self._threads: OrderedDict[int, _Thread] = OrderedDict()

    def extend(self, stop: int) -> None:
        """Learns the names of the comments up to ``stop``."""
        authors, names = self._discussion.authors, self._discussion.author_names
        for index in range(self._read, stop):
            author, name = authors[index], names[index]
            spelling = author or name
            if spelling:
                for one in (author, name):
                    if one and 1 < len(one) <= MAX_NAME:
                        self._learn(one, spelling)
        self._read = max(self._read, stop)

    def mentions(self, index: int, links: Sequence[Link] | None = None) -> tuple[FoundMention, ...]:
        """The people whom a comment addresses, in the text's order."""
        text = self._discussion.texts[index]
        if "@" not in text:
            return ()
        links = find_links(text) if links is None else links
        return tuple(self._resolved(index, text, links))

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

        As the discussion's own, but a thread that was just looked at is not climbed again:
        in a very deep one that would cost its depth for every comment.
        """
        size = self._discussion.size
        for first in reversed(self._threads):
            if first <= index < first + size[first]:
                return first
        return self._discussion.thread(index)

    def _learn(self, name: str, spelling: str) -> None:
        key = _key(name)
        if key and key not in self._known:
            self._known[key] = spelling
            if len(key) not in self._lengths:
                self._lengths.add(len(key))
                self._sorted_lengths = tuple(sorted(self._lengths, reverse=True))

    def _resolved(self, index: int, text: str, links: Sequence[Link]) -> Iterator[FoundMention]:
        thread = self._thread(index)
        end = 0
        for at in find_ats(text, links):
            if at.start < end:
                continue
            found = self._one(index, text, at, thread)
            if found is not None:
                end = found.mention.end
                yield found

    def _one(self, index: int, text: str, at: At, thread: _Thread) -> FoundMention | None:
        """Whom one ``@`` addresses; ``None`` when it addresses nobody."""
        leading = is_leading(text, at.start)
        end = self._known_end(text, at, thread)
        if end is not None:
            key = _key(text[at.start : end])
            comment = _latest_before(thread.spoken.get(key), index)
            author = self._spelling(comment, key)
            return FoundMention(Mention(at.start, end, author, comment), leading)
        guessed = self._guessed_end(text, at, thread)
        if guessed is not None:
            end, why = guessed
            return FoundMention(Mention(at.start, end, text[at.start + 1 : end]), leading, why)
        if not is_plain_handle(text, at):
            return None
        handle = text[at.start : at.handle_end]
        return FoundMention(Mention(at.start, at.handle_end, handle), leading)

    def _known_end(self, text: str, at: At, thread: _Thread) -> int | None:
        """Where the longest name ends that someone in the discussion has."""
        start = at.start + 1
        window = _key(text[start : start + MAX_NAME + 1])
        lengths = self._sorted_lengths
        if not thread.lengths <= self._lengths:
            lengths = tuple(sorted(thread.lengths | self._lengths, reverse=True))
        for length in lengths:
            name = window[:length]
            known = name in thread.spoken or name in self._known
            if known and len(name) == length and _ends_word(text, start + length):
                return start + length
        return None

    def _spelling(self, comment: int | None, key: str) -> str:
        if comment is not None:
            discussion = self._discussion
            return discussion.authors[comment] or discussion.author_names[comment] or key
        return self._known.get(key, key)

    def _guessed_end(self, text: str, at: At, thread: _Thread) -> tuple[int, str] | None:
        """Where a display name with a space ends by guess, and the reason."""
        words = name_words(text, at)
        if len(words) < 2:
            return None
        self._read_names(thread)
        for count in range(len(words), 1, -1):
            key = _folded(words[:count])
            is_name = ends_as_name(words[:count]) or key in thread.left_behind
            if is_name and thread.begun[key] > 1:
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
        discussion = self._discussion
        first = self.thread_of(index)
        thread = self._threads.pop(first, None) or _Thread(first, first, begun_read=first)
        self._threads[first] = thread
        if len(self._threads) > _THREADS_KEPT:
            self._threads.popitem(last=False)
        stop = min(first + discussion.size[first], len(discussion))
        for number in range(thread.read, stop):
            keys = {_key(discussion.authors[number]), _key(discussion.author_names[number])}
            for key in keys:
                if key and len(key) <= MAX_NAME:
                    thread.spoken.setdefault(key, array("q")).append(number)
                    thread.lengths.add(len(key))
        thread.read = max(thread.read, stop)
        return thread

    def _read_names(self, thread: _Thread) -> None:
        """Counts how the unknown names begin that the thread's comments address."""
        texts = self._discussion.texts
        for number in range(thread.begun_read, thread.read):
            text = texts[number]
            if "@" in text:
                for at in find_ats(text, find_links(text)):
                    if self._known_end(text, at, thread) is None:
                        self._read_name(text, name_words(text, at), thread)
        thread.begun_read = thread.read

    @staticmethod
    def _read_name(text: str, words: Sequence[tuple[str, int]], thread: _Thread) -> None:
        key = _folded(words)
        thread.begun.update(key[:count] for count in range(2, len(key) + 1))
        if len(key) > 1 and is_left_behind(text, words[-1][1]):
            thread.left_behind.add(key)


def _folded(words: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(word.casefold() for word, _ in words)


def _key(name: str | None) -> str:
    """A name as it is looked up: without its ``@``, letter case and kind of space.

    Letter by letter, so that it is as long as the name and spans can be read off it.
    """
    if not name:
        return ""
    name = name.removeprefix("@").replace("\xa0", " ")
    lower = name.lower()
    if len(lower) == len(name):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in name)


def _ends_word(text: str, end: int) -> bool:
    """Whether a name that ends here ends with a word, and not within one.

    Scripts without letter case are written without spaces: there it may end anywhere.
    """
    if end >= len(text):
        return True
    after = text[end]
    if after in "-.·" and end + 1 < len(text):
        after = text[end + 1]
    return not (after == "_" or after.isdigit() or after.lower() != after.upper())


def _latest_before(numbers: "array[int] | None", index: int) -> int | None:
    if numbers is None:
        return None
    place = bisect_left(numbers, index)
    return numbers[place - 1] if place else None
