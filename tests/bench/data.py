"""A made-up discussion of any size, the same each time, one comment after the other.

Shaped like real ones: most threads are short and a few are huge, two fifths of the comments
are replies, texts have a median of some 60 letters and a tail to 5,000, many replies begin
with a mention, one comment in 25 names a moment and one in a hundred holds a link.
"""

import base64
import random
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

import msgspec

from tests.bench.words import RIBBON, SHARES, cut, ribbon

VIDEO_ID = "bEnch-0talk"
TITLE = "Forty thousand tides: what a harbour clock knows"
DESCRIPTION = "A talk about clocks, tides and the people between them.\n\nRecorded at the harbour."
CHANNEL = "Longshore Bench"
UPLOADER = "@longshorebench"
DURATION = 5400
"""Seconds."""
NOW = 1_760_000_000
"""When the discussion was saved, in Unix seconds."""
LONGEST = 5000
"""Letters in the longest text."""
_MEDIAN, _SPREAD = 54, 1.02
_DAY = 86_400
_UNITS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
CHAPTERS = (
    (0, "A clock in the harbour wall"),
    (204, "Why the moon pulls twice [1]"),
    (777, "The second bulge, slowly [2]"),
    (1440, "A machine with thirty wheels [1][3]"),
    (2415, "What the mud remembers"),
    (3661, "Fundy, and other large bathtubs [4]"),
    (4802, "Questions from the quay"),
)
ENTRIES = (
    "[1] Aldous Wren. Wheels for Water. Quayside Press, 1931.",
    "[2] https://example.org/second-bulge",
    "[3] M. Okafor, The Brass Almanac, 1988.",
    "[4] https://en.wikipedia.org/wiki/Bay_of_Fundy",
)


class Remark(msgspec.Struct, gc=False, kw_only=True):
    """One comment, in the fields of yt-dlp's ``.info.json`` and in their order there."""

    id: str
    parent: str
    text: str
    like_count: int | None
    author_id: str
    author: str
    author_thumbnail: str
    author_url: str
    author_is_uploader: bool
    author_is_verified: bool
    is_favorited: bool
    is_pinned: bool
    timestamp: int
    time_text: str = msgspec.field(name="_time_text")

    @property
    def is_reply(self) -> bool:
        return self.parent != "root"


def longest_thread(size: int) -> int:
    """Replies in the discussion's largest thread, for its number of comments."""
    if size >= 1_000_000:
        return size // 200
    return max(12, min(size // 25, 400)) if size < 100_000 else 800


def remarks(size: int) -> Iterator[Remark]:
    """``size`` comments, every thread's first before its replies."""
    return _Maker(size).remarks()


def clock(seconds: int) -> str:
    """Seconds as people type a moment."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def chapter_list() -> str:
    """The comment that lists chapters, and under them what they refer to."""
    lines = [f"{clock(start)} {title}" for start, title in CHAPTERS]
    return "\n".join([*lines, "", "References", *ENTRIES])


@lru_cache(maxsize=1)
def _ribbons() -> list[str]:
    """A hundred places for a language each; a throw of the dice takes one."""
    return [text for name, share in SHARES.items() for text in [ribbon(name)] * share]


def _letters(key: str, count: int) -> str:
    """Letters as they are in ids, told by a key."""
    digest = blake2b(key.encode(), digest_size=min(64, count * 3 // 4 + 2)).digest()
    return base64.urlsafe_b64encode(digest).decode()[:count]


class _Maker:
    def __init__(self, size: int) -> None:
        self._size = size
        self._rng = random.Random(f"remarks {size}")
        self._authors = max(40, size * 3 // 5)
        self._ribbons = _ribbons()
        self._made = 0

    def remarks(self) -> Iterator[Remark]:
        threads = 0
        while self._made < self._size:
            first = self._thread_first(threads)
            yield first
            speakers = [first.author]
            for number in range(min(self._replies(threads), self._size - self._made)):
                reply = self._reply(first, number, speakers)
                speakers.append(reply.author)
                yield reply
            threads += 1

    def _replies(self, thread: int) -> int:
        """How many replies a thread gets: mostly none, rarely hundreds."""
        if thread == 2:
            return longest_thread(self._size)
        if thread < 8:
            return 2
        rng = self._rng
        if rng.random() > 0.2:
            return 0
        return min(longest_thread(self._size) - 1, int(rng.paretovariate(1.25)))

    def _thread_first(self, thread: int) -> Remark:
        text = None
        if thread == 0:
            text = "Thank you all for coming. Ask below, I read everything."
        elif thread == 1:
            text = chapter_list()
        elif self._made % 20_011 == 20_010:
            text = 'the saved file ends like this: "},{"id":"x"}]} and no further'
        return self._remark(_letters(f"c{self._made}", 26), "root", text or self._text(), thread)

    def _reply(self, first: Remark, number: int, speakers: list[str]) -> Remark:
        text = self._text()
        if self._rng.random() < 0.45:
            text = f"{speakers[int(self._rng.random() * len(speakers))]} {text}"
        own = _letters(f"r{number} {first.id}", 22)
        return self._remark(f"{first.id}.{own}", first.id, text, -1)

    def _remark(self, name: str, parent: str, text: str, thread: int) -> Remark:
        """``thread``: its number, or -1 for a reply."""
        rng = self._rng
        self._made += 1
        chance = rng.random()
        uploader = thread == 0 or (thread < 0 and chance < 0.004)
        handle = UPLOADER if uploader else _handle(int(self._authors * rng.random() ** 1.4))
        who = _letters(handle, 58)
        days = 1 + int(1500 * rng.random() ** 2)
        return Remark(
            id=name,
            parent=parent,
            text=text,
            like_count=None if 0.5 < chance < 0.503 else self._likes(thread),
            author_id=f"UC{who[:22]}",
            author=handle,
            author_thumbnail=f"https://yt3.ggpht.com/ytc/{who}=s176-c-k-c0x00ffffff-no-rj",
            author_url=f"https://www.youtube.com/{handle}",
            author_is_uploader=uploader,
            author_is_verified=uploader or 0.6 < chance < 0.602,
            is_favorited=0.7 < chance < 0.703,
            is_pinned=thread == 0,
            timestamp=NOW - days * _DAY,
            time_text=_age(days) + (" (edited)" if 0.8 < chance < 0.83 else ""),
        )

    def _likes(self, thread: int) -> int:
        """The first threads have thousands, rounded as the site rounds them; most have few."""
        if 0 <= thread < 100:
            return max(1, 24 - thread // 5) * 1000
        likes = int(self._rng.paretovariate(0.85)) - 1
        return min(likes, 9000) // 100 * 100 if likes >= 1000 else likes

    def _text(self) -> str:
        rng = self._rng
        length = int(min(LONGEST, _MEDIAN * rng.lognormvariate(0, _SPREAD)))
        source = self._ribbons[int(rng.random() * len(self._ribbons))]
        text = cut(source, int(rng.random() * (RIBBON - LONGEST)), length)[:LONGEST]
        if length > 160:
            text = text.replace(". ", ".\n", 1 + length // 400)
        chance = rng.random()
        if chance < 0.04:
            moment = clock(int(rng.random() * DURATION))
            return f"{moment} {text}" if chance < 0.025 else f"{text} {moment}"
        if chance < 0.045:
            return f"{text} https://en.wikipedia.org/wiki/{_letters(text, 9)}"
        if chance < 0.05:
            return f"{text} https://www.youtube.com/watch?v={_letters(text, 11)}&t=90"
        return text


def _handle(number: int) -> str:
    names = ("tide", "harbour", "brass", "lantern", "quay", "moss", "fathom", "gull", "ember")
    return f"@{names[number % len(names)]}_{names[number // 9 % len(names)]}{number}"


def _age(days: int) -> str:
    for length, name in _UNITS:
        if days >= length:
            count = days // length
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "1 day ago"
