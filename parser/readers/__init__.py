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
    yield from _of_json()
    yield from _of_other_text()


def readers_for(head: str) -> Iterator[Reader]:
    """The readers that a text which begins with ``head`` may be for."""
    if head.lstrip()[:1] in ("{", "["):
        yield from _of_json()
    yield from _of_other_text()


def _of_json() -> Iterator[Reader]:
    from parser.readers.ytdlp import YtDlp

    yield YtDlp()
    from parser.readers.own_export import OwnExport

    yield OwnExport()
    from parser.readers.ycd import YouTubeCommentDownloader

    yield YouTubeCommentDownloader()
    from parser.readers.invidious import Invidious

    yield Invidious()
    from parser.readers.piped import Piped

    yield Piped()
    from parser.readers.youtube_api import YouTubeApi

    yield YouTubeApi()
    from parser.readers.innertube import Innertube

    yield Innertube()


def _of_other_text() -> Iterator[Reader]:
    from parser.readers.saved_html import SavedHtml

    yield SavedHtml()
    from parser.readers.page_text import PageText

    yield PageText()
