"""One reader a format, in the order in which they are asked whether a file is theirs."""

from collections.abc import Iterator
from typing import Protocol

from parser.model import Slice
from parser.source import Input


class Reader(Protocol):
    """Turns the text of one format into records, a slice at a time."""

    @property
    def name(self) -> str:
        """The format's key, as ``source.format`` has it."""
        ...

    @property
    def describe(self) -> str:
        """What the format is, for people."""
        ...

    def recognises(self, head: str) -> bool:
        """Whether a text that begins with ``head`` is of this format, by its content.

        Raises :class:`~parser.model.ParseError`, without the file's name, for a text that is,
        and still cannot be read.
        """
        ...

    def read(self, source: Input) -> Iterator[Slice]:
        """The records, with a slice for each block of the input so that it can be stopped."""
        ...


def all_readers() -> Iterator[Reader]:
    """Every reader, imported when its turn comes: what an earlier one knows needs no later one."""
    for make in (*(make for _, make in _OF_JSON), *_OF_OTHER_TEXT):
        yield make()


def readers_for(head: str) -> Iterator[Reader]:
    """The readers that a text which begins with ``head`` may be for, the likeliest first.

    A file is one reader's only, so the order decides nothing but how much is imported.
    """
    if head.lstrip()[:1] in ("{", "["):
        for _, make in sorted(_OF_JSON, key=lambda one: one[0] not in head):
            yield make()
    for make in _OF_OTHER_TEXT:
        yield make()


def _yt_dlp() -> Reader:
    from parser.readers.ytdlp import YtDlp

    return YtDlp()


def _own_export() -> Reader:
    from parser.readers.own_export import OwnExport

    return OwnExport()


def _ycd() -> Reader:
    from parser.readers.ycd import YouTubeCommentDownloader

    return YouTubeCommentDownloader()


def _invidious() -> Reader:
    from parser.readers.invidious import Invidious

    return Invidious()


def _piped() -> Reader:
    from parser.readers.piped import Piped

    return Piped()


def _youtube_api() -> Reader:
    from parser.readers.youtube_api import YouTubeApi

    return YouTubeApi()


def _innertube() -> Reader:
    from parser.readers.innertube import Innertube

    return Innertube()


def _saved_html() -> Reader:
    from parser.readers.saved_html import SavedHtml

    return SavedHtml()


def _page_text() -> Reader:
    from parser.readers.page_text import PageText

    return PageText()


_OF_JSON = (
    ('"extractor', _yt_dlp),
    ('"commentree/', _own_export),
    ('"cid"', _ycd),
    ('"contentHtml"', _invidious),
    ('"commentorUrl"', _piped),
    ('"youtube#', _youtube_api),
    ('Renderer"', _innertube),
)
"""Readers with a word that most of their files have at the beginning; without any of these they
are asked in this order."""
_OF_OTHER_TEXT = (_saved_html, _page_text)
