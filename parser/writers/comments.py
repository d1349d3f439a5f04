"""The comments of a discussion as the export has them, some at a time.

What texts can hold is asked of many together (:mod:`parser.text.gates`), and only those that
can hold something are read; most comments cost no more than the columns that they stand in.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from parser.analysis import Analysis
from parser.columns import BLOCK, ID, TEXT
from parser.flags import FLAGS, unpacked_flags
from parser.model import UNKNOWN
from parser.text.gates import Gates
from parser.text.links import find_links
from parser.text.marks import Link, Timestamp, VideoAddress
from parser.text.videos import timestamp_url
from parser.writers import schema

BATCH = 4 * BLOCK
"""How many comments are made at a time."""

_Made = TypeVar("_Made", bound=schema.Comment)
_Flag = bool | None
_Said = tuple[tuple[schema.Mention, ...], str | None]
_Reading = tuple[
    tuple[schema.Timestamp, ...], tuple[schema.Link, ...], _Said, tuple[schema.Citation, ...]
]
_NOTHING_SAID: _Said = ((), None)


def comment_batches(analysis: Analysis, form: type[_Made]) -> Iterator[list[_Made]]:
    """All comments in order, in lists of up to ``BATCH``, each of the type ``form``."""
    above: list[str] = []
    for start in range(0, len(analysis.discussion), BATCH):
        yield _batch(analysis, start, form, above)


def moment_url(address: VideoAddress | None, seconds: int) -> str | None:
    """The address of a moment of the video; ``None`` where no such address is known."""
    return None if address is None else timestamp_url(address, seconds)


def _batch(analysis: Analysis, start: int, form: type[_Made], above: list[str]) -> list[_Made]:
    """The comments from ``start`` on; ``above`` are the ids down to the last one before them."""
    discussion = analysis.discussion
    part = slice(start, start + BATCH)
    rows = discussion.rows.stretch(part.start, part.stop)
    columns = zip(
        rows,
        discussion.depth[part],
        discussion.flags[part],
        discussion.likes[part],
        discussion.age_days[part],
        strict=True,
    )
    readings = _readings(analysis, start, [row[TEXT] for row in rows])
    made: list[_Made] = []
    for (row, depth, flags, likes, days), reading in zip(columns, readings, strict=True):
        name, author, author_name, author_id, age, published, text = row
        times, links, (mentions, inferred), citations = reading
        parent = above[depth - 1] if depth else None
        above[depth:] = (name,)
        is_uploader, is_verified, is_pinned, is_hearted, edited = _flags(flags)
        certainty = "stated" if depth else None
        made.append(
            # In the order of the fields: by name it would take half as long again.
            form(
                name,
                parent,
                depth,
                parent if inferred is None else inferred,
                certainty if inferred is None else "inferred",
                author,
                author_name,
                author_id,
                is_uploader,
                is_verified,
                is_pinned,
                is_hearted,
                None if likes == UNKNOWN else likes,
                age,
                None if days == UNKNOWN else days,
                published,
                edited,
                text,
                times,
                links,
                mentions,
                citations,
            )
        )
    return made


def _readings(analysis: Analysis, start: int, texts: list[str]) -> Iterator[_Reading]:
    """What each of the texts from comment ``start`` on says."""
    address = analysis.discussion.video.address
    gates = Gates(texts)
    found = {place: find_links(texts[place]) for place in gates.links()}
    times: list[tuple[schema.Timestamp, ...]] = [()] * len(texts)
    for place in gates.times():
        moments = analysis.times_in(start + place, texts[place], found.get(place, ()))
        times[place] = _timestamps(moments, address)
    links: list[tuple[schema.Link, ...]] = [()] * len(texts)
    for place, some in found.items():
        links[place] = _links(some)
    said = [_NOTHING_SAID] * len(texts)
    for place in gates.ats():
        said[place] = _said(analysis, start + place, texts[place], found.get(place, ()))
    citations: list[tuple[schema.Citation, ...]] = [()] * len(texts)
    for place in gates.marks():
        citations[place] = _citations(analysis, start + place)
    return zip(times, links, said, citations, strict=True)


@cache
def _flags(packed: int) -> tuple[_Flag, _Flag, _Flag, _Flag, _Flag]:
    """The yes-or-no facts in the order of ``FLAGS``."""
    facts = unpacked_flags(packed)
    first, second, third, fourth, last = (facts[name] for name in FLAGS)
    return first, second, third, fourth, last


def _timestamps(
    times: Sequence[Timestamp], address: VideoAddress | None
) -> tuple[schema.Timestamp, ...]:
    return tuple(
        schema.Timestamp(
            span=(mark.start, mark.end),
            text=mark.text,
            seconds=mark.seconds,
            end_seconds=mark.end_seconds,
            certainty=mark.certainty,
            url=moment_url(address, mark.seconds),
        )
        for mark in times
    )


def _links(links: Sequence[Link]) -> tuple[schema.Link, ...]:
    return tuple(
        schema.Link(
            span=(link.start, link.end),
            text=link.text,
            url=link.url,
            video=link.video and schema.LinkVideo(link.video.id, link.video.seconds),
        )
        for link in links
    )


def _said(analysis: Analysis, index: int, text: str, links: Sequence[Link]) -> _Said:
    """Whom a comment addresses, and the id of the comment that it answers if that tells."""
    rows = analysis.discussion.rows
    found, reply = analysis.addressed_in(index, text, links)
    mentions = tuple(
        [
            schema.Mention(
                (one.mention.start, one.mention.end),
                one.mention.author,
                None if one.mention.comment is None else rows[one.mention.comment][ID],
            )
            for one in found
        ]
    )
    if reply.to is None or reply.certainty != "inferred":
        return mentions, None
    return mentions, rows[reply.to][ID]


def _citations(analysis: Analysis, index: int) -> tuple[schema.Citation, ...]:
    return tuple(
        schema.Citation(span=(mark.start, mark.end), label=mark.label)
        for mark in analysis.citations(index)
    )
