"""The video's chapters: from its own data, its description, or a comment that lists them.

A text lists chapters when at least three of its lines begin (or end) with a time, the first is
0:00 and they ascend. Which of several comments lists them best is a small sum, see ``score``.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import Literal

import msgspec

from parser.model import StatedChapter, Video
from parser.text.links import find_links
from parser.text.lists import ListItem, list_items
from parser.text.marks import Citation, Timestamp
from parser.text.timestamps import read_times
from parser.text.titles import title_after, title_before, without_numbers

Origin = Literal["video", "description", "comment"]

LEAST_CHAPTERS = 3
_TYPING_ERRORS = 5
"""One item out of order is forgiven for each so many that are in order."""
_TITLED = 2 / 3
"""The part of a list that must have titles; bare times are no chapters."""
_MOST_COUNTED = 30


class Chapter(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the video, in whole seconds; ``end`` is ``None`` where nothing tells it.

    ``citations``: the labels of the references that its line cites.
    """

    start: int
    end: int | None
    title: str
    citations: tuple[str, ...] = ()


class ChapterList(msgspec.Struct, frozen=True, gc=False):
    """Chapters from one source. ``comment`` is a number, ``machine``: made by the site."""

    origin: Origin
    comment: int | None
    machine: bool
    chapters: tuple[Chapter, ...]


def chapters_in(
    text: str,
    times: Sequence[Timestamp],
    citations: Sequence[Citation] = (),
    duration: int | None = None,
) -> tuple[Chapter, ...]:
    """The chapters that a text lists; none when it is no such list.

    ``times`` and ``citations`` are the text's own, the latter only those that resolve.
    """
    if len(times) < LEAST_CHAPTERS or all(time.seconds for time in times):
        return ()
    items = _ascending(list_items(text, times, citations))
    if len(items) < LEAST_CHAPTERS:
        return ()
    titles = _titles(text, items)
    if sum(map(bool, titles)) < _TITLED * len(titles):
        return ()
    return tuple(_chapters(items, without_numbers(titles), citations, duration))


def chapter_lines(items: Sequence[ListItem]) -> frozenset[int]:
    """Where the lines begin that are chapters and so no entries of a list of references.

    A line that ends in a time may be an entry ("[1] A talk, 59:28"), unless such lines are a
    list of their own.
    """
    run: list[ListItem] = []
    for item in (item for item in items if item.place == "last"):
        if item.time.seconds <= (run[-1].time.seconds if run else -1):
            break
        run.append(item)
    if len(run) < LEAST_CHAPTERS or run[0].time.seconds:
        run = []
    first = [item for item in items if item.place != "last"]
    return frozenset(item.line.start for item in first + run)


def stated_lists(video: Video) -> Iterator[ChapterList]:
    """The chapters that the video's own data state, those made by people first."""
    length = video.duration
    inside = [one for one in video.chapters if length is None or one.start < length]
    described = [chapter for chapter in inside if chapter.described]
    for machine in (False, True):
        chapters = [
            chapter for chapter in inside if chapter.machine is machine and not chapter.described
        ]
        if chapters:
            yield ChapterList("video", None, machine, tuple(_stated(chapters, video.duration)))
        if described and not machine:
            # As they were read: an end that was not known then is not known now.
            read = (Chapter(one.start, one.end, one.title) for one in described)
            yield ChapterList("description", None, False, tuple(read))


def described_lists(video: Video) -> Iterator[ChapterList]:
    """The chapters that the video's description lists, if it does."""
    text = video.description or ""
    times = read_times(text, find_links(text), video.duration, video.address).timestamps
    chapters = chapters_in(text, times, (), video.duration)
    if chapters:
        yield ChapterList("description", None, False, chapters)


def best_first(
    video: Video, listed: Iterable[tuple[float, ChapterList]]
) -> tuple[ChapterList, ...]:
    """Every list of chapters, best first; ``listed`` are those of comments, with their scores.

    What people made of the video itself comes first, then the description, then the comments
    by their score, last what the site's machine made.
    """
    stated = list(stated_lists(video))
    by_people = [one for one in stated if not one.machine]
    by_machine = [one for one in stated if one.machine]
    comments = sorted(listed, key=lambda scored: -scored[0])
    return (*by_people, *described_lists(video), *(one for _, one in comments), *by_machine)


def score(count: int, likes: int | None, pinned: bool, uploader: bool, depth: int) -> float:
    """How well a comment lists the chapters; among equals the first in the file is taken.

    A point for each chapter up to 30, three for each doubling of the likes, fifteen for being
    pinned and for being the uploader's, five for not being a reply.
    """
    points = min(count, _MOST_COUNTED) + 3 * log2(1 + max(likes or 0, 0))
    return points + 15 * pinned + 15 * uploader + 5 * (depth == 0)


def _ascending(items: Sequence[ListItem]) -> list[ListItem]:
    """The items from the first 0:00 on that ascend and are written alike; none if too few do."""
    kept: list[ListItem] = []
    errors = 0
    for item in items:
        if not kept:
            if item.time.seconds == 0:
                kept.append(item)
        elif item.place not in (kept[0].place, "alone") and kept[0].place != "alone":
            continue
        elif item.time.seconds > kept[-1].time.seconds:
            kept.append(item)
        elif item.time.seconds < kept[-1].time.seconds:
            errors += 1
    return kept if errors * _TYPING_ERRORS <= len(kept) else []


def _titles(text: str, items: Sequence[ListItem]) -> list[str]:
    """Each item's title; where times have lines to themselves, it is the line below."""
    if any(item.place != "alone" for item in items):
        return [_title(text, item) for item in items]
    begins = [item.line.start for item in items[1:]]
    return [
        _line_below(text, item.full_end, stop)
        for item, stop in zip(items, [*begins, len(text)], strict=True)
    ]


def _line_below(text: str, end: int, stop: int) -> str:
    """The title on the line under one that ends at ``end``; "" when ``stop`` comes first."""
    begin = text.find("\n", end, stop) + 1
    if not begin:
        return ""
    break_at = text.find("\n", begin, stop)
    return title_after(text, begin, stop if break_at < 0 else break_at)


def _title(text: str, item: ListItem) -> str:
    if item.place == "last":
        return title_before(text, item.line.start, item.time.start)
    return title_after(text, item.time.end, item.line.end)


def _chapters(
    items: Sequence[ListItem],
    titles: Sequence[str],
    citations: Sequence[Citation],
    duration: int | None,
) -> Iterator[Chapter]:
    starts = [item.time.seconds for item in items]
    place = 0
    for number, item in enumerate(items):
        following = starts[number + 1] if number + 1 < len(items) else duration
        end = item.time.end_seconds
        if end is None or (following is not None and end > following):
            end = following
        while place < len(citations) and citations[place].start < item.line.start:
            place += 1
        labels: dict[str, None] = {}
        while place < len(citations) and citations[place].start < item.full_end:
            labels[citations[place].label] = None
            place += 1
        start = item.time.seconds
        yield Chapter(
            start, end if end is None or end > start else None, titles[number], (*labels,)
        )


def _stated(chapters: Sequence[StatedChapter], duration: int | None) -> Iterator[Chapter]:
    for number, chapter in enumerate(chapters):
        following = chapters[number + 1].start if number + 1 < len(chapters) else duration
        yield Chapter(
            chapter.start, chapter.end if chapter.end is not None else following, chapter.title
        )
