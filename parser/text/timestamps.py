"""The moments that a text names: ``3:45``, ``1:02:03``, ``1:20-1:31``, and ``@ 3.49`` with care.

The colon forms are the video site's own: minutes and seconds below 60 with two digits, hours of
one or two digits, and ``0:000`` for 0:00. ``likely`` are forms that people use but that say
other things too: a dot for the colon behind a word such as "at", and minutes past 59. Left out
is what the text beside it shows to be something else, what lies past the known end, and what
belongs to another work whose link it follows.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from parser.text.clocks import is_glued, is_ratio, is_time_of_day
from parser.text.lists import list_items
from parser.text.marks import Link, Timestamp, VideoAddress
from parser.text.verses import continues_verse, follows_book
from parser.text.works import follows_work


class LeftOut(msgspec.Struct, frozen=True, gc=False):
    """What looks like a moment of this video and was not taken for one, and why (one line)."""

    start: int
    end: int
    text: str
    why: str


class Times(msgspec.Struct, frozen=True, gc=False):
    """What a text says of times: the moments, and what was left out by judgement."""

    timestamps: tuple[Timestamp, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


_NOTHING = Times()

_RUN = re.compile(r"\d(?<!\d\d)\d*(?:[:：∶]\d+)+")
_COLON_GATES = (
    (":", re.compile(r":(?<=\d:)\d")),
    ("：", re.compile(r"：(?<=\d：)\d")),
    ("∶", re.compile(r"∶(?<=\d∶)\d")),
)
_MARKED_GATES = (
    (".", re.compile(r"\.(?<=\d\.)\d\d")),
    ("m", re.compile(r"m(?<=\dm) ?\d")),
)
TIME_GATES = _COLON_GATES + _MARKED_GATES
"""Signs, and forms without which no text has a time; each is led by its sign, for which a text
is searched far more quickly than for a digit."""
_MARKED = re.compile(
    r"(?<![^\W_])(?P<marker>@|(?i:at|around|minute|minuto|min\.?|bei|ab|в|на|около|минут[аеуы]|à))"
    r"[ \t\xa0]{0,2}"
    r"(?P<time>(?:(?P<hours>\d)h ?)?(?P<m>\d{1,2})m ?(?P<s>\d{1,2})s"
    r"|(?P<minutes>\d{1,2})\.(?P<seconds>[0-5]\d))"
    r"(?![\w:：]|[.,]\d)"
)
_QUANTITY = re.compile(
    r"[ \t\xa0]?(?:[x×%°$€£¥₽/*+]|(?i:k|km|cm|mm|kg|lbs?|mb|gb|tb|[kmg]?hz|fps|volts?|v|watts?|usd"
    r"|eur|dollars?|euros?|bucks|cents|руб\w{0,4}|грн|млн|тыс|million|billion|percent|процент\w{0,3}"
    r"|per|each|speed|am|pm|uhr|stars?|out of|gpa|points?)(?![^\W_]))"
)
_SPEEDS = frozenset({"0.25", "0.50", "0.75", "1.25", "1.50", "1.75", "2.00"})
_PLAYBACK = re.compile(
    r"(?i:speed|watch|listen|play|скорост|смотр|слуша|geschwindigkeit|velocidad|vitesse|velocit)"
)
_RANGE = re.compile(
    r"[\])]?[ \t\xa0]{0,2}(?:--?>?|[‐-―−~〜～→⇒]|\.\.\.?|…"
    r"|(?<=[ \t])(?i:to|till|until|through|thru|bis|до|по|à|a|ao|até|al|hasta|do|tot|til)(?=[ \t])"
    r"|まで|から)[ \t\xa0]{0,2}[\[(]?"
)
_LONGEST_JOINT = 12
_MAX_DIGITS = 3


def find_timestamps(
    text: str,
    links: Sequence[Link] = (),
    duration: int | None = None,
    video: VideoAddress | None = None,
) -> tuple[Timestamp, ...]:
    """The moments of the discussed video that a text names, in order, without overlap.

    ``links`` are the text's own, ``duration`` (seconds) and ``video`` what is known of the
    discussed video. A link is never a timestamp itself, even one with ``t=``.
    """
    return read_times(text, links, duration, video).timestamps


def may_hold_times(text: str) -> bool:
    """A cheap look: whether reading the text's times can find any."""
    return _passes(text, TIME_GATES)


def read_times(
    text: str,
    links: Sequence[Link] = (),
    duration: int | None = None,
    video: VideoAddress | None = None,
) -> Times:
    """As :func:`find_timestamps`, with what was left out for standing in another's place."""
    if not may_hold_times(text):
        return _NOTHING
    found = _outside(_all_times(text, duration), links)
    if not found:
        return _NOTHING
    found = _without_verses(text, found)
    found = _joined_ranges(text, found, duration)
    return _without_others(text, found, links, duration, video)


def _all_times(text: str, duration: int | None) -> list[Timestamp]:
    """Every time in the text by its form and its neighbours, in order."""
    found = _colon_times(text, duration)
    marked = list(_marked_times(text)) if _passes(text, _MARKED_GATES) else []
    return sorted(found + marked, key=lambda time: time.start) if marked else found


def _passes(text: str, gates: tuple[tuple[str, re.Pattern[str]], ...]) -> bool:
    for sign, form in gates:  # noqa: SIM110 - a generator costs more than all the rest
        if sign in text and form.search(text):
            return True
    return False


def _colon_times(text: str, duration: int | None) -> list[Timestamp]:
    found: list[Timestamp] = []
    previous = -1
    for match in _RUN.finditer(text):
        start, end = match.span()
        time = _read_run(match[0], start, end, duration)
        if time is None or is_glued(text, start, end, previous):
            continue
        if is_time_of_day(text, start, end):
            if found and _is_range(text, found[-1].end, start):
                found.pop()  # "from 15:30 to 16:00 o'clock" has two times of day
        elif not is_ratio(text, start, end):
            previous = end
            found.append(time)
    return found


def _read_run(run: str, start: int, end: int, duration: int | None) -> Timestamp | None:
    """What digits and colons say; ``None`` for forms that are no time of a video."""
    parts = run.replace("：", ":").replace("∶", ":").split(":", 3)
    if len(parts) > 3 or any(len(part) > _MAX_DIGITS for part in parts):
        return None
    if run in ("0:000", "0：000"):
        return Timestamp(start, end, run, 0)
    numbers = [int(part) for part in parts]
    if len(parts[-1]) != 2 or numbers[-1] > 59:
        return None
    if len(parts) == 3:
        if len(parts[0]) > 2 or len(parts[1]) != 2 or numbers[1] > 59:
            return None
        return Timestamp(start, end, run, numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
    seconds = numbers[0] * 60 + numbers[1]
    if len(parts[0]) <= 2 and numbers[0] <= 59:
        return Timestamp(start, end, run, seconds)
    long_enough = duration is not None and seconds <= duration
    if parts[0].startswith("0") or (len(parts[0]) > 2 and not long_enough):
        return None
    why = f"{run} counts minutes past an hour, which the video's site would write with hours"
    return Timestamp(start, end, run, seconds, certainty="likely", why=why)


def _marked_times(text: str) -> Iterator[Timestamp]:
    for match in _MARKED.finditer(text):
        start, end = match.span("time")
        written = match["time"]
        if _QUANTITY.match(text, end) or (written in _SPEEDS and _is_speed(text, start, end)):
            continue
        hours, minutes = int(match["hours"] or 0), int(match["m"] or match["minutes"])
        seconds = int(match["s"] or match["seconds"])
        if minutes < 60 and seconds < 60:
            why = f"{written} stands behind “{match['marker']}” as a time does, without a colon"
            total = hours * 3600 + minutes * 60 + seconds
            yield Timestamp(start, end, written, total, certainty="likely", why=why)


def _is_speed(text: str, start: int, end: int) -> bool:
    """Whether the words around a number such as 1.25 speak of how fast someone plays it."""
    return _PLAYBACK.search(text, max(0, start - 48), min(len(text), end + 48)) is not None


def _outside(found: list[Timestamp], links: Sequence[Link]) -> list[Timestamp]:
    """The times that are no part of a link."""
    if not links:
        return found
    starts = [link.start for link in links]
    kept: list[Timestamp] = []
    for time in found:
        place = bisect_right(starts, time.start) - 1
        if place < 0 or links[place].end <= time.start:
            kept.append(time)
    return kept


def _without_verses(text: str, found: list[Timestamp]) -> list[Timestamp]:
    """The times that are no verses; the items of a list that begins at 0:00 never are."""
    verses: set[int] = set()
    verse_end = -1
    for time in found:
        again = verse_end >= 0 and continues_verse(text, verse_end, time.start)
        if again or follows_book(text, time.start):
            verses.add(time.start)
            verse_end = time.end
    if not verses:
        return found
    items = list_items(text, found)
    if len(items) >= 3 and items[0].time.seconds == 0:
        verses -= {item.time.start for item in items}
    return [time for time in found if time.start not in verses]


def _joined_ranges(text: str, found: list[Timestamp], duration: int | None) -> list[Timestamp]:
    """The times with ``1:20-1:31`` made one; three and more in a row stay single moments."""
    joins = [
        before.seconds < after.seconds and _is_range(text, before.end, after.start)
        for before, after in pairwise(found)
    ]
    joined: list[Timestamp] = []
    place = 0
    while place < len(found):
        stop = place
        while stop < len(joins) and joins[stop]:
            stop += 1
        row = found[place : stop + 1]
        joined.extend([_range(text, row[0], row[1], duration)] if len(row) == 2 else row)
        place = stop + 1
    return joined


def _is_range(text: str, end: int, start: int) -> bool:
    """Whether what parts two times makes them the ends of a range."""
    return start - end <= _LONGEST_JOINT and _RANGE.fullmatch(text, end, start) is not None


def _range(text: str, first: Timestamp, last: Timestamp, duration: int | None) -> Timestamp:
    """One moment with an end; the end alone is left out when it lies past the video's."""
    if duration is not None and last.seconds > duration:
        return first
    likely = first if first.certainty == "likely" else last
    return msgspec.structs.replace(
        first,
        end=last.end,
        text=text[first.start : last.end],
        end_seconds=last.seconds,
        certainty=likely.certainty,
        why=likely.why,
    )


def _without_others(
    text: str,
    found: list[Timestamp],
    links: Sequence[Link],
    duration: int | None,
    video: VideoAddress | None,
) -> Times:
    """The times that this video has and that belong to no other work."""
    foreign = [link for link in links if not _is_same(link.video, video)]
    listed: frozenset[int] | None = None
    kept: list[Timestamp] = []
    left_out: list[LeftOut] = []
    anchor = -1
    for time in found:
        if duration is not None and time.seconds > duration:
            why = "it lies past the end of the video"
            left_out.append(LeftOut(time.start, time.end, time.text, why))
            continue
        work = follows_work(text, time, foreign, anchor) if foreign else None
        if work is not None:
            listed = _listed(text, found, foreign) if listed is None else listed
        if work is None or time.start in (listed or ()):
            kept.append(time)
            continue
        anchor = time.end
        left_out.append(LeftOut(time.start, time.end, time.text, f"it follows a link to {work}"))
    return Times(tuple(kept), tuple(left_out))


def _is_same(linked: VideoAddress | None, video: VideoAddress | None) -> bool:
    return (
        linked is not None
        and video is not None
        and (linked.site, linked.id)
        == (
            video.site,
            video.id,
        )
    )


def _listed(text: str, found: list[Timestamp], links: Sequence[Link]) -> frozenset[int]:
    """Where the times stand that are items of a list of at least three lines written alike.

    A time that is last on a line with a link before it is none.
    """
    starts = [link.start for link in links]
    items = [
        item
        for item in list_items(text, found)
        if item.place == "first"
        or (item.place == "last" and not _any_between(starts, item.line.start, item.time.start))
    ]
    alike = Counter(item.place for item in items)
    return frozenset(item.time.start for item in items if alike[item.place] >= 3)


def _any_between(places: list[int], start: int, end: int) -> bool:
    """Whether one of the ascending places lies in [start, end)."""
    return bisect_left(places, start) < bisect_left(places, end)
