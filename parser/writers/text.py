"""Writes a discussion as plain, linear text: for pipes, and for people who hear the screen.

Words instead of glyphs, no colour, every comment with all that is known of it, in order.
"""

from collections.abc import Iterator
from typing import TextIO

from parser.analysis import Analysis
from parser.chapters import Chapter, ChapterList
from parser.model import Comment, Discussion
from parser.references import Reference
from parser.text.videos import timestamp_url
from parser.writers.wrapping import wrap

_UNITS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


def write_text(source: Discussion | Analysis, file: TextIO, width: int | None = None) -> None:
    """Writes the discussion, wrapped to ``width`` cells, or unwrapped when it is ``None``."""
    analysis = source if isinstance(source, Analysis) else Analysis(source)
    for _ in analysis.scan():
        pass
    for line in _lines(analysis):
        for piece in [line] if width is None else wrap(line, width):
            file.write(piece + "\n")


def clock(seconds: int) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 comment``, ``2 comments``, ``2 replies``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def age_in_words(days: int) -> str:
    """An age that pages round, in days, as people say it: ``about 5 years ago``."""
    for size, unit in _UNITS:
        if days >= size:
            return f"about {counted(days // size, unit)} ago"
    return "less than a day ago"


def _lines(analysis: Analysis) -> Iterator[str]:
    yield from _head(analysis)
    yield from _chapters(analysis)
    for comment in analysis.discussion:
        yield ""
        yield from _comment(analysis, comment)
    yield from _diagnostics(analysis.discussion)


def _head(analysis: Analysis) -> Iterator[str]:
    discussion = analysis.discussion
    video, source = discussion.video, discussion.source
    yield video.title or "A discussion without a title"
    moments = sum(len(analysis.timestamps(index)) for index in range(len(discussion)))
    threads = sum(1 for _ in discussion.threads())
    present = counted(len(discussion), "comment")
    if video.comments_claimed is not None:
        present = f"{len(discussion)} of {counted(video.comments_claimed, 'comment')}"
    facts = [present, counted(threads, "thread"), counted(moments, "moment")]
    if source.page_date:
        facts.append(f"page of {source.page_date}")
    if not source.complete:
        facts.append("not complete")
    yield ", ".join(facts) + "."
    yield f"Video: {video.url or 'not known; name it with --video to get links to its moments'}"


def _chapters(analysis: Analysis) -> Iterator[str]:
    best = next(iter(analysis.chapter_lists), None)
    if best is None:
        return
    yield ""
    yield f"{counted(len(best.chapters), 'chapter')}, {_origin(analysis, best.comment)}:"
    for chapter in best.chapters:
        yield _chapter(analysis, chapter, best.comment)


def _origin(analysis: Analysis, own: int | None) -> str:
    if own is None:
        return "as the video has them"
    author = analysis.discussion.authors[own] or "somebody"
    return f"listed in comment {own + 1} by {author}"


def _chapter(analysis: Analysis, chapter: Chapter, own: int | None) -> str:
    comments = analysis.moments.count(chapter.start, chapter.end, leave_out=own)
    facts = [f"{clock(chapter.start)} {chapter.title}"]
    if chapter.citations:
        facts.append("cites " + ", ".join(chapter.citations))
    if comments:
        facts.append(counted(comments, "comment"))
    if link := _link(analysis, chapter.start):
        facts.append(link)
    return ", ".join(facts)


def _link(analysis: Analysis, seconds: int) -> str | None:
    address = analysis.discussion.video.address
    return timestamp_url(address, seconds) if address else None


def _comment(analysis: Analysis, comment: Comment) -> Iterator[str]:
    yield ", ".join(_header(analysis, comment))
    yield from comment.text.split("\n")
    yield from _moments(analysis, comment.index)
    entries = analysis.references_of(comment.index)
    for reference in entries:
        yield from _reference(reference)
    for link in analysis.links(comment.index):
        if not any(entry.start <= link.start < entry.end for entry in entries):
            yield f"Link: {link.url}"


def _header(analysis: Analysis, comment: Comment) -> Iterator[str]:
    yield f"{comment.index + 1}. {comment.author or comment.author_name or 'somebody'}"
    reply = analysis.reply(comment.index)
    if reply.to is not None:
        author = analysis.discussion.authors[reply.to] or "somebody"
        guess = " (inferred)" if reply.certainty == "inferred" else ""
        yield f"reply to {reply.to + 1}, {author}{guess}"
    if comment.published:
        yield comment.published
    elif comment.age_days is not None:
        yield age_in_words(comment.age_days)
    elif comment.age:
        yield comment.age
    if comment.likes is not None:
        yield counted(comment.likes, "like")
    for is_so, word in (
        (comment.is_uploader, "uploader"),
        (comment.is_verified, "verified"),
        (comment.is_pinned, "pinned"),
        (comment.is_hearted, "liked by the uploader"),
        (comment.edited, "edited"),
    ):
        if is_so:
            yield word


def _moments(analysis: Analysis, index: int) -> Iterator[str]:
    """The moments of which more is known than the text above says."""
    best = next(iter(analysis.chapter_lists), None)
    for moment in analysis.timestamps(index):
        facts: list[str] = []
        if moment.certainty == "likely":
            facts.append("likely")
        if best is not None and best.comment != index:
            facts += _chapter_at(best, moment.seconds)
        if link := _link(analysis, moment.seconds):
            facts.append(link)
        if facts:
            until = "" if moment.end_seconds is None else f" to {clock(moment.end_seconds)}"
            yield ", ".join([f"Moment: {clock(moment.seconds)}{until}", *facts])


def _chapter_at(chapters: ChapterList, seconds: int) -> Iterator[str]:
    for chapter in chapters.chapters:
        if chapter.start <= seconds and (chapter.end is None or seconds < chapter.end):
            yield f"in the chapter {clock(chapter.start)} {chapter.title}"


def _reference(reference: Reference) -> Iterator[str]:
    """Where an entry of a list is cited, and its links; its text stands above."""
    facts = ["cited at " + " and ".join(map(clock, reference.cited_at))] * bool(reference.cited_at)
    facts += reference.links
    if facts:
        label = f"Reference {reference.label}" if reference.label else "Reference"
        yield f"{label}: {', '.join(facts)}"


def _diagnostics(discussion: Discussion) -> Iterator[str]:
    if discussion.diagnostics:
        yield ""
        yield "What was odd about the file:"
    for said in discussion.diagnostics:
        place = f"line {said.line}: " if said.line else ""
        yield f"{place}{said.message}."
