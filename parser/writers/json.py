"""Writes a discussion for other programs, as one JSON object or as JSON lines.

The types in :mod:`parser.writers.schema` are the contract. Comments are encoded one by one,
so that the text of a big export is never held.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from parser.analysis import Analysis
from parser.chapters import ChapterList
from parser.model import Discussion
from parser.text.marks import VideoAddress
from parser.text.videos import timestamp_url
from parser.writers import schema

_encoder = msgspec.json.Encoder()


def write_json(source: Discussion | Analysis, file: BinaryIO) -> None:
    """Writes one JSON object, UTF-8, with a line for each chapter, reference and comment."""
    analysis = _analysed(source)
    discussion = analysis.discussion
    file.write(b'{"schema":' + _encoder.encode(schema.SCHEMA))
    file.write(b',\n"source":' + _encoder.encode(_source(discussion)))
    file.write(b',\n"video":' + _encoder.encode(_video(discussion)))
    _write_list(file, "chapters", _chapters(analysis))
    _write_list(file, "references", _references(analysis))
    _write_list(file, "comments", _comments(analysis))
    _write_list(file, "diagnostics", _diagnostics(discussion))
    file.write(b"}\n")


def write_jsonl(source: Discussion | Analysis, file: BinaryIO) -> None:
    """Writes a JSON object a line, each with its ``type``; the last one is the end's.

    A file without that last line was cut.
    """
    analysis = _analysed(source)
    discussion = analysis.discussion
    described = {"source": _source(discussion), "video": _video(discussion)}
    _write_line(file, {"type": "discussion", "schema": schema.SCHEMA, **described})
    for kind, items in (
        ("comment", _comments(analysis)),
        ("chapter", _chapters(analysis)),
        ("reference", _references(analysis)),
        ("diagnostic", _diagnostics(discussion)),
    ):
        start = b'{"type":' + _encoder.encode(kind) + b","
        for item in items:
            file.write(start + _encoder.encode(item)[1:] + b"\n")
    complete = discussion.source.complete
    _write_line(file, {"type": "end", "comments_present": len(discussion), "complete": complete})


def _analysed(source: Discussion | Analysis) -> Analysis:
    """The analysis, complete: what is not yet scanned is scanned."""
    analysis = source if isinstance(source, Analysis) else Analysis(source)
    for _ in analysis.scan():
        pass
    return analysis


def _write_line(file: BinaryIO, item: dict[str, object]) -> None:
    file.write(_encoder.encode(item) + b"\n")


def _write_list(file: BinaryIO, name: str, items: Iterable[msgspec.Struct]) -> None:
    file.write(b",\n" + _encoder.encode(name) + b":[")
    separator = b"\n"
    for item in items:
        file.write(separator + _encoder.encode(item))
        separator = b",\n"
    file.write(b"]")


def _source(discussion: Discussion) -> schema.Source:
    source = discussion.source
    return schema.Source(source.path, source.format, source.page_date, source.complete)


def _video(discussion: Discussion) -> schema.Video:
    video = discussion.video
    return schema.Video(
        site=video.site,
        id=video.id,
        url=video.url,
        title=video.title,
        channel=video.channel,
        duration=video.duration,
        published=video.published,
        comments_claimed=video.comments_claimed,
        comments_present=len(discussion),
    )


def _url(address: VideoAddress | None, seconds: int) -> str | None:
    return None if address is None else timestamp_url(address, seconds)


def _chapters(analysis: Analysis) -> Iterator[schema.Chapter]:
    """The chapters of the best list."""
    best = next(iter(analysis.chapter_lists), None)
    if best is not None:
        yield from _chapters_of(analysis, best)


def _chapters_of(analysis: Analysis, chapters: ChapterList) -> Iterator[schema.Chapter]:
    discussion = analysis.discussion
    address = discussion.video.address
    own = chapters.comment
    for chapter in chapters.chapters:
        yield schema.Chapter(
            start=chapter.start,
            end=chapter.end,
            title=chapter.title,
            url=_url(address, chapter.start),
            origin=chapters.origin,
            machine=chapters.machine,
            comment=None if own is None else discussion.ids[own],
            citations=chapter.citations,
            comments=analysis.moments.count(chapter.start, chapter.end, leave_out=own),
        )


def _references(analysis: Analysis) -> Iterator[schema.Reference]:
    for reference in analysis.references:
        yield schema.Reference(
            label=reference.label,
            comment=analysis.discussion.ids[reference.comment],
            text=reference.text,
            links=reference.links,
            kind=reference.kind,
            cited_at=reference.cited_at,
        )


def _comments(analysis: Analysis) -> Iterator[schema.Comment]:
    discussion = analysis.discussion
    ids = discussion.ids
    for comment in discussion:
        index = comment.index
        reply = analysis.reply(index)
        yield schema.Comment(
            id=comment.id,
            parent=None if comment.parent is None else ids[comment.parent],
            depth=comment.depth,
            reply_to=None if reply.to is None else ids[reply.to],
            reply_certainty=reply.certainty,
            author=comment.author,
            author_name=comment.author_name,
            author_id=comment.author_id,
            is_uploader=comment.is_uploader,
            is_verified=comment.is_verified,
            is_pinned=comment.is_pinned,
            is_hearted=comment.is_hearted,
            likes=comment.likes,
            age=comment.age,
            age_days=comment.age_days,
            published=comment.published,
            edited=comment.edited,
            text=comment.text,
            timestamps=_timestamps(analysis, index),
            links=_links(analysis, index),
            mentions=_mentions(analysis, index),
            citations=_citations(analysis, index),
        )


def _timestamps(analysis: Analysis, index: int) -> tuple[schema.Timestamp, ...]:
    address = analysis.discussion.video.address
    return tuple(
        schema.Timestamp(
            span=(mark.start, mark.end),
            text=mark.text,
            seconds=mark.seconds,
            end_seconds=mark.end_seconds,
            certainty=mark.certainty,
            url=_url(address, mark.seconds),
        )
        for mark in analysis.timestamps(index)
    )


def _links(analysis: Analysis, index: int) -> tuple[schema.Link, ...]:
    return tuple(
        schema.Link(
            span=(link.start, link.end),
            text=link.text,
            url=link.url,
            video=link.video and schema.LinkVideo(link.video.id, link.video.seconds),
        )
        for link in analysis.links(index)
    )


def _mentions(analysis: Analysis, index: int) -> tuple[schema.Mention, ...]:
    ids = analysis.discussion.ids
    return tuple(
        schema.Mention(
            span=(mention.start, mention.end),
            author=mention.author,
            comment=None if mention.comment is None else ids[mention.comment],
        )
        for mention in analysis.mentions(index)
    )


def _citations(analysis: Analysis, index: int) -> tuple[schema.Citation, ...]:
    return tuple(
        schema.Citation(span=(mark.start, mark.end), label=mark.label)
        for mark in analysis.citations(index)
    )


def _diagnostics(discussion: Discussion) -> Iterator[schema.Diagnostic]:
    for said in discussion.diagnostics:
        yield schema.Diagnostic(said.severity, said.line, said.record, said.message)
