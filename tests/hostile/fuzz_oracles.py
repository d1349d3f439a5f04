"""What must hold of a discussion, whatever file it was read from.

Written apart from the product's own rules on purpose: what is harmful is listed here again.
"""

import io
import json
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from parser import Diagnostic, Discussion, ParseError, load, write_json, write_jsonl, write_text
from parser.analysis import Analysis
from parser.model import NO_PARENT, UNKNOWN

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_NO_LINK = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
MOST_SECONDS = 1_000_000_000


class Broken(AssertionError):
    """Something that must hold does not."""


def hold(holds: object, *what: object) -> None:
    """Raises :class:`Broken` unless something holds; ``what`` says what and of which."""
    if not holds:
        raise Broken(" ".join(str(one)[:200] for one in what))


def harmless(text: str, what: str, *, one_line: bool = True) -> None:
    """No character that acts on a terminal; in a line no break or tab either."""
    found = HARMFUL.search(text)
    hold(found is None, what, "holds a harmful character:", found and ascii(found[0]))
    hold(not one_line or ("\n" not in text and "\t" not in text), what, "is more than one line")


def is_message(text: str, what: str) -> None:
    """A line for people."""
    harmless(text, what)
    hold(text == text.strip() != "", what, "is empty or has blanks around it")


def check_refusal(error: ParseError, name: str) -> None:
    """One line that names the file."""
    is_message(str(error), "the refusal")
    hold(str(error).startswith(f"{name}: "), "the refusal does not name the file")


def check_discussion(found: Discussion, length: int) -> None:
    """The columns and strings; ``length`` is how many bytes were read."""
    check_tree(found)
    hold(len(set(found.ids)) == len(found), "two comments have one id")
    hold(all(likes >= UNKNOWN for likes in found.likes), "likes are negative")
    hold(all(days >= UNKNOWN for days in found.age_days), "an age is negative")
    hold(all(flags < 1 << 10 for flags in found.flags), "flags out of range")
    _check_strings(found)
    _check_video(found)
    hold(len(found.diagnostics) <= 50 + length // 2, "as many diagnostics as letters")
    for one in found.diagnostics:
        _check_diagnostic(one, found.source.format)
    letters = sum(sum(map(len, filter(None, row))) for row in found.rows)
    hold(letters <= 100_000 + 40 * length, "far more letters than were read")


def check_tree(found: Discussion) -> None:
    """Parents, depths and sizes are those of one pre-order."""
    count = len(found)
    for name in ("parent", "depth", "size", "flags", "likes", "age_days", "ids", "texts"):
        hold(len(getattr(found, name)) == count, "the column", name, "has another length")
    sizes = [1] * count
    path: list[int] = []
    for index in range(count):
        depth = found.depth[index]
        hold(depth <= len(path), "a depth is more than one below")
        del path[depth:]
        hold(found.parent[index] == (path[-1] if path else NO_PARENT), "no pre-order")
        path.append(index)
    for index in range(count - 1, 0, -1):
        if found.parent[index] != NO_PARENT:
            sizes[found.parent[index]] += sizes[index]
    hold(list(found.size) == sizes, "sizes are not those of the tree")


def _check_strings(found: Discussion) -> None:
    for name in ("ids", "authors", "author_names", "author_ids", "ages", "published"):
        for value in getattr(found, name):
            if value is not None:
                harmless(value, name)
    for value in found.published:
        hold(value is None or _MOMENT.fullmatch(value), "published is no moment:", ascii(value))
    for text in found.texts:
        harmless(text, "a text", one_line=False)
    hold(all(found.ids), "an id is empty")


def _check_video(found: Discussion) -> None:
    video, source = found.video, found.source
    for name in ("site", "id", "url", "title", "channel", "published"):
        value: str | None = getattr(video, name)
        if value is not None:
            harmless(value, f"the video's {name}")
            hold(value, "the video's", name, "is empty")
    harmless(video.description or "", "the description", one_line=False)
    for number in (video.duration, video.comments_claimed):
        hold(number is None or 0 <= number < 2**63, "a number of the video is out of range")
    for date in (video.published, source.page_date):
        hold(date is None or _DATE.fullmatch(date), "a date is no date:", ascii(date))
    if video.url is not None:
        check_url(video.url)
    for one in video.chapters:
        harmless(one.title, "a chapter's title")
        hold(0 <= one.start < 2**63, "a chapter begins before the video")
        hold(one.end is None or 0 <= one.end < 2**63, "a chapter's end is out of range")
    harmless(source.format, "the format")
    harmless(source.path, "the path")


def _check_diagnostic(one: Diagnostic, form: str) -> None:
    is_message(one.message, "a diagnostic")
    hold(one.severity in ("warning", "error"), "a severity of its own")
    longest = 5000 if form == "commentree" else 500  # an export's are those of another file
    hold(len(one.message) <= longest, "a diagnostic is very long")
    for place in (one.line, one.record):
        hold(place is None or place >= 1, "a place before the first")


def check_url(url: str) -> None:
    """Opens in a browser: http or https, with a host, and nothing that breaks out of it."""
    found = _IN_NO_LINK.search(url)
    hold(found is None, "an address holds", found and ascii(found[0]))
    hold(HARMFUL.search(url) is None, "an address holds a harmful character")
    hold(url.startswith(("http://", "https://")), "an address of another scheme:", ascii(url))
    parts = urlsplit(url)
    hold(parts.hostname and parts.username is None, "an address without a host, or with a user")


def check_spans(text: str, marks: Sequence[Any], what: str, *, apart: bool = True) -> None:
    """Spans lie in the text, in order, and (``apart``) none overlaps the next."""
    for one in marks:
        hold(0 <= one.start < one.end <= len(text), what, "does not lie in the text")
    for one, other in pairwise(marks):
        hold(one.start <= other.start, what, "is out of order")
        hold(not apart or one.end <= other.start, what, "overlaps the next")


def check_analysis(analysis: Analysis) -> None:
    """What is found in the comments, and in all of them together."""
    found = analysis.discussion
    for index in range(len(found)):
        _check_comment(analysis, index)
    for one in analysis.chapter_lists:
        _check_chapters(one.chapters, len(found), one.comment)
    for one in analysis.references:
        text = found.texts[one.comment]
        hold(0 <= one.start < one.end <= len(text), "a reference does not lie in its text")
        hold(one.label and one.text, "a reference without a label or words")
        harmless(one.text, "a reference")
        hold(list(one.cited_at) == sorted(set(one.cited_at)), "cited out of order")
        for url in one.links:
            check_url(url)
    moments = analysis.moments
    hold(moments.count(0, None) <= len(found), "more comments with moments than comments")


def _check_chapters(chapters: Sequence[Any], count: int, comment: int | None) -> None:
    hold(comment is None or 0 <= comment < count, "chapters of no comment")
    for chapter in chapters:
        harmless(chapter.title, "a chapter's title")
        hold(chapter.start >= 0, "a chapter begins before the video")
        hold(chapter.end is None or chapter.end >= 0, "a chapter ends before the video")
    if comment is not None:
        starts = [chapter.start for chapter in chapters]
        hold(starts == sorted(set(starts)) and starts[0] == 0, "chapters out of order")


def _check_comment(analysis: Analysis, index: int) -> None:
    found = analysis.discussion
    text = found.texts[index]
    check_times(text, analysis.timestamps(index), found.video.duration)
    check_links(text, analysis.links(index))
    mentions = analysis.mentions(index)
    check_spans(text, mentions, "a mention")
    for one in mentions:
        hold(text[one.start] == "@" and one.author, "a mention without its sign or a name")
        hold(one.comment is None or 0 <= one.comment < index, "a mention of a later comment")
        harmless(one.author, "a mention's author")
    for one in analysis.citations(index):
        hold(0 <= one.start < one.end <= len(text), "a citation does not lie in the text")
        hold(analysis.cited(index, one.label) is not None, "a citation cites nothing")
    reply = analysis.reply(index)
    hold(reply.to is None or 0 <= reply.to < index, "an answer to a later comment")
    hold((reply.to is None) == (found.parent[index] == NO_PARENT), "a first one that answers")
    for one in analysis.inferences(index):
        is_message(one.what, "what was inferred")
        is_message(one.why, "why it was inferred")


def check_times(text: str, times: Sequence[Any], duration: int | None) -> None:
    """Moments lie in the text, spell their text and stay within the video."""
    check_spans(text, times, "a time")
    for one in times:
        hold(text[one.start : one.end] == one.text, "a time does not spell its text")
        hold(0 <= one.seconds < MOST_SECONDS, "a time out of range")
        end = one.end_seconds
        hold(end is None or one.seconds < end < MOST_SECONDS, "a time that ends before it begins")
        hold(duration is None or (end or one.seconds) <= duration, "a time behind the end")
        hold(bool(one.why) == (one.certainty == "likely"), "a guess without a reason")
        harmless(one.why, "a reason")


def check_links(text: str, links: Sequence[Any]) -> None:
    """Links lie in the text, spell their text and open."""
    check_spans(text, links, "a link")
    for one in links:
        hold(text[one.start : one.end] == one.text, "a link does not spell its text")
        check_url(one.url)
        hold(one.video is None or (one.video.id and one.video.site), "a video without an id")


# The export


def exported(source: Analysis, write: Callable[[Analysis, BinaryIO], None]) -> bytes:
    """What a writer writes."""
    out = io.BytesIO()
    write(source, out)
    return out.getvalue()


def check_export(analysis: Analysis) -> None:
    """Both forms are JSON, harmless as text, and come back the same but for their source."""
    for write in (write_json, write_jsonl):
        first = exported(analysis, write)
        documents = first.splitlines() if write is write_jsonl else [first]
        for one in documents:
            json.loads(one, parse_constant=_refuse)
        again = load("-", stream=io.BytesIO(first))
        hold(again.source.format == "commentree", "the export is taken for another format")
        _same_but_source(first, exported(Analysis(again), write))


def check_printed(analysis: Analysis) -> None:
    """What ``show`` prints is harmless."""
    out = io.StringIO()
    write_text(analysis, out, 80)
    harmless(out.getvalue(), "the printed text", one_line=False)


def _refuse(word: str) -> None:
    raise Broken(f"{word} in the export")


def _same_but_source(first: bytes, again: bytes) -> None:
    before, after = first.split(b"\n"), again.split(b"\n")
    hold(len(before) == len(after), "another number of lines comes back")
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        if number < 2 and one != other:
            one, other = (_without_source(line) for line in (one, other))
        if one != other:
            place = next(
                (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                0,
            )
            part = slice(max(0, place - 40), place + 40)
            raise Broken(f"line {number} comes back different: {one[part]!r} {other[part]!r}")


def _without_source(line: bytes) -> bytes:
    """A line of an export without the path and format that it was read from."""
    return re.sub(rb'"source":\{"path":"(?:[^"\\]|\\.)*","format":"[^"]*"', b'"source":{', line)
