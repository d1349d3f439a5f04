"""Writes a list of chapters in the forms that other programs and sites take.

``text`` is what stands in a video's description, ``ffmetadata`` what ffmpeg puts into a media
file (https://ffmpeg.org/ffmpeg-formats.html#Metadata-1), ``webvtt`` a track of chapters for a
player (https://www.w3.org/TR/webvtt1/#introduction-chapters), ``json`` an object a chapter, as
the export has them. Media files and players want an end of each chapter: where nothing tells
the last one's, it ends a second after its beginning.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TextIO

import msgspec

from parser.analysis import Analysis
from parser.chapters import Chapter, ChapterList
from parser.writers.json import chapter_of
from parser.writers.text import clock, counted

ChapterForm = Literal["text", "ffmetadata", "webvtt", "json"]

_FFMETADATA_SPECIAL = re.compile(r"[=;#\\\n]")
_WEBVTT_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write_chapters(
    analysis: Analysis, chapters: ChapterList, form: ChapterForm, file: TextIO
) -> None:
    """Writes one of the analysis's lists of chapters."""
    for line in _FORMS[form](analysis, chapters):
        file.write(line + "\n")


def sources(analysis: Analysis) -> list[tuple[str, ChapterList]]:
    """What each list of chapters is called, best first, in as few words as tell them apart.

    That is ``video``, ``description``, ``machine`` (made by the site), or a comment's id.
    """
    return [(_source(analysis, one), one) for one in analysis.chapter_lists]


def write_sources(analysis: Analysis, file: TextIO) -> None:
    """Writes a line for each list of chapters, best first."""
    for name, one in sources(analysis):
        comment = None if one.comment is None else analysis.discussion[one.comment]
        who = "" if comment is None else f" by {comment.author or comment.author_name or 'nobody'}"
        file.write(f"{name}  {counted(len(one.chapters), 'chapter')}{who}\n")


def _source(analysis: Analysis, chapters: ChapterList) -> str:
    if chapters.comment is not None:
        return analysis.discussion.ids[chapters.comment]
    return "machine" if chapters.machine else chapters.origin


def _text(analysis: Analysis, chapters: ChapterList) -> Iterator[str]:
    del analysis
    for chapter in chapters.chapters:
        yield f"{clock(chapter.start)} {chapter.title}".rstrip()


def _ffmetadata(analysis: Analysis, chapters: ChapterList) -> Iterator[str]:
    yield ";FFMETADATA1"
    if title := analysis.discussion.video.title:
        yield f"title={_escaped(title)}"
    for chapter, end in _with_ends(chapters.chapters):
        yield "[CHAPTER]"
        yield "TIMEBASE=1/1"
        yield f"START={chapter.start}"
        yield f"END={end}"
        yield f"title={_escaped(chapter.title)}"


def _webvtt(analysis: Analysis, chapters: ChapterList) -> Iterator[str]:
    title = analysis.discussion.video.title
    # An arrow would make the line a cue's.
    yield f"WEBVTT - {title.replace('-->', '->')}" if title else "WEBVTT"
    for number, (chapter, end) in enumerate(_with_ends(chapters.chapters), 1):
        yield ""
        yield str(number)
        yield f"{_cue_time(chapter.start)} --> {_cue_time(end)}"
        text = "".join(_WEBVTT_SPECIAL.get(letter, letter) for letter in chapter.title)
        yield text or clock(chapter.start)


def _json(analysis: Analysis, chapters: ChapterList) -> Iterator[str]:
    encode = msgspec.json.Encoder().encode
    lines = [encode(chapter_of(analysis, chapters, one)).decode() for one in chapters.chapters]
    yield "[\n" + ",\n".join(lines) + "\n]"


def _with_ends(chapters: Sequence[Chapter]) -> Iterator[tuple[Chapter, int]]:
    """Chapters that take time, each with the second at which it ends."""
    for chapter in chapters:
        end = chapter.start + 1 if chapter.end is None else chapter.end
        if end > chapter.start:
            yield chapter, end


def _escaped(text: str) -> str:
    return _FFMETADATA_SPECIAL.sub(r"\\\g<0>", text)


def _cue_time(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.000"


_FORMS: dict[ChapterForm, Callable[[Analysis, ChapterList], Iterator[str]]] = {
    "text": _text,
    "ffmetadata": _ffmetadata,
    "webvtt": _webvtt,
    "json": _json,
}
