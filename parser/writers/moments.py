"""Writes what is said about which second of the video, in the order of the video.

Moments a few seconds apart are one: people name the second at which they stopped the video. The
lists of chapters are left out, which speak of everything; :mod:`parser.writers.chapters` has them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal, TextIO

import msgspec

from parser.analysis import Analysis
from parser.moments import NEAR_SECONDS
from parser.text.marks import Certainty
from parser.text.videos import timestamp_url
from parser.writers.text import clock, counted

MomentForm = Literal["markdown", "json"]

LONGEST_LINE = 500
"""Letters of a comment's line that are written."""
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]")


class Saying(msgspec.Struct, frozen=True):
    """One comment about a moment: ``line`` is the line of its text that names it.

    ``seconds`` from the video's beginning; ``end_seconds`` where a stretch is named.
    """

    comment: str
    author: str | None
    seconds: int
    end_seconds: int | None
    certainty: Certainty
    line: str


class Moment(msgspec.Struct, frozen=True):
    """What comments say between two seconds of the video, both included."""

    start: int
    end: int
    url: str | None
    comments: tuple[Saying, ...]


def moments_of(analysis: Analysis, within: int = NEAR_SECONDS) -> Iterator[Moment]:
    """The moments of a scanned discussion; each spans ``within`` seconds at most."""
    lists = {one.comment for one in analysis.chapter_lists}
    found: list[Saying] = []
    for seconds, comment in analysis.moments:
        if comment in lists:
            continue
        if found and seconds > found[0].seconds + within:
            yield _moment(analysis, found)
            found = []
        found.append(_saying(analysis, comment, seconds))
    if found:
        yield _moment(analysis, found)


def write_moments(analysis: Analysis, form: MomentForm, file: TextIO) -> None:
    """Writes the moments of a scanned discussion, one at a time."""
    for piece in _FORMS[form](analysis):
        file.write(piece)


def _moment(analysis: Analysis, sayings: list[Saying]) -> Moment:
    address = analysis.discussion.video.address
    start, end = sayings[0].seconds, sayings[-1].seconds
    url = None if address is None else timestamp_url(address, start)
    return Moment(start, end, url, tuple(sayings))


def _saying(analysis: Analysis, comment: int, seconds: int) -> Saying:
    view = analysis.discussion[comment]
    mark = next(one for one in analysis.timestamps(comment) if one.seconds == seconds)
    name = view.author or view.author_name
    line = _line_around(view.text, mark.start)
    return Saying(view.id, name, seconds, mark.end_seconds, mark.certainty, line)


def _line_around(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    if end - start <= LONGEST_LINE:
        return text[start:end].strip()
    first = max(start, min(place - LONGEST_LINE // 2, end - LONGEST_LINE))
    last = first + LONGEST_LINE
    return f"{'…' * (first > start)}{text[first:last].strip()}{'…' * (last < end)}"


def _markdown(analysis: Analysis) -> Iterator[str]:
    yield f"# {_plain(analysis.discussion.video.title or 'Moments')}\n"
    for moment in moments_of(analysis):
        time = clock(moment.start)
        if moment.end > moment.start:
            time += f"–{clock(moment.end)}"
        shown = f"[{time}]({moment.url})" if moment.url else time
        lines = [f"\n**{shown}**, {counted(len(moment.comments), 'comment')}\n\n"]
        for one in moment.comments:
            likely = " (likely)" if one.certainty == "likely" else ""
            lines.append(f"- {_plain(one.author or 'nobody')}{likely}: {_plain(one.line)}\n")
        yield "".join(lines)


def _json(analysis: Analysis) -> Iterator[str]:
    encode = msgspec.json.Encoder().encode
    yield "["
    separator = "\n"
    for moment in moments_of(analysis):
        yield separator + encode(moment).decode()
        separator = ",\n"
    yield "\n]\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKDOWN_SPECIAL.sub(r"\\\g<0>", text)


_FORMS: dict[MomentForm, Callable[[Analysis], Iterator[str]]] = {
    "markdown": _markdown,
    "json": _json,
}
