"""One reader a format, in the order in which they are asked whether a file is theirs."""

from collections.abc import Iterator
from typing import Protocol

from parser.model import Slice
from parser.readers.page_text import PageText
from parser.readers.ytdlp import YtDlp
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


READERS: tuple[Reader, ...] = (YtDlp(), PageText())
