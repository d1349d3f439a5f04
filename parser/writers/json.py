"""Writes a discussion for other programs, as one JSON object or as JSON lines.

The types in :mod:`parser.writers.schema` are the contract. Comments are encoded some at a time,
so that the text of a big export is never held.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from parser.analysis import Analysis
from parser.chapters import Chapter, ChapterList
from parser.collector import no_collector
from parser.model import Discussion
from parser.writers import schema
from parser.writers.comments import comment_batches, moment_url

_encoder = msgspec.json.Encoder()


def write_json(source: Discussion | Analysis, file: BinaryIO) -> None:
    """Writes one JSON object, UTF-8, with a line for each chapter, reference and comment."""
    with no_collector():
        _write_json(_analysed(source), file)


def _write_json(analysis: Analysis, file: BinaryIO) -> None:
    discussion = analysis.discussion
    file.write(b'{"schema":' + _encoder.encode(schema.SCHEMA))
    file.write(b',\n"source":' + _encoder.encode(_source(discussion)))
    file.write(b',\n"video":' + _encoder.encode(_video(discussion)))
    _write_list(file, "chapters", _chapters(analysis))
    _write_list(file, "references", _references(analysis))
    _write_comments(file, analysis)
    _write_list(file, "diagnostics", _diagnostics(discussion))
    file.write(b"}\n")


def write_jsonl(source: Discussion | Analysis, file: BinaryIO) -> None:
    """Writes a JSON object a line, each with its ``type``; the last one is the end's.

    A file without that last line was cut.
    """
    with no_collector():
        _write_jsonl(_analysed(source), file)


def _write_jsonl(analysis: Analysis, file: BinaryIO) -> None:
    discussion = analysis.discussion
    described = {"source": _source(discussion), "video": _video(discussion)}
    _write_line(file, {"type": "discussion", "schema": schema.SCHEMA, **described})
    for batch in comment_batches(analysis, schema.CommentLine):
        file.write(_encoder.encode_lines(batch))
    for kind, items in (
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


def _write_comments(file: BinaryIO, analysis: Analysis) -> None:
    """As :func:`_write_list`, many comments at once: in JSON a line break is never a text's."""
    file.write(b',\n"comments":[')
    separator = b"\n"
    for batch in comment_batches(analysis, schema.Comment):
        lines = _encoder.encode_lines(batch).rstrip(b"\n")
        file.write(separator + lines.replace(b"\n", b",\n"))
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


def _chapters(analysis: Analysis) -> Iterator[schema.Chapter]:
    """The chapters of the best list."""
    best = next(iter(analysis.chapter_lists), None)
    if best is not None:
        yield from (chapter_of(analysis, best, chapter) for chapter in best.chapters)


def chapter_of(analysis: Analysis, chapters: ChapterList, chapter: Chapter) -> schema.Chapter:
    """A chapter of a list, as other programs get it."""
    discussion, own = analysis.discussion, chapters.comment
    return schema.Chapter(
        start=chapter.start,
        end=chapter.end,
        title=chapter.title,
        url=moment_url(discussion.video.address, chapter.start),
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


def _diagnostics(discussion: Discussion) -> Iterator[schema.Diagnostic]:
    for said in discussion.diagnostics:
        yield schema.Diagnostic(said.severity, said.line, said.record, said.message)
