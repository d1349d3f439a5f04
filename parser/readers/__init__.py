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
        """Whether a text that begins with ``head`` is of this format, by its content."""
        ...

    def read(self, source: Input) -> Iterator[Slice]:
        """The records, with a slice for each block of the input so that it can be stopped."""
        ...


def all_readers() -> Iterator[Reader]:
    """Every reader, imported when its turn comes: what an earlier one knows needs no later one."""
    from parser.readers.ytdlp import YtDlp

    yield YtDlp()
    from parser.readers.page_text import PageText

    yield PageText()
