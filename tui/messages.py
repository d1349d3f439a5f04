"""What screens and workers tell each other."""

from dataclasses import dataclass

from textual.message import Message

from tui.clipboard import CopyResult
from tui.discovery import Candidate
from tui.opener import OpenResult


@dataclass
class Copied(Message):
    """A copy has ended. ``what`` is how the message names it, ``text`` what was copied."""

    what: str
    text: str
    result: CopyResult

    def __post_init__(self) -> None:
        super().__init__()


@dataclass
class Opened(Message):
    """A link was handed to the browser, or could not be."""

    url: str
    result: OpenResult

    def __post_init__(self) -> None:
        super().__init__()


@dataclass
class Peeked(Message):
    """A file of a folder was looked into: ``None`` where it is no discussion; ``left`` to go."""

    candidate: Candidate | None
    left: int

    def __post_init__(self) -> None:
        super().__init__()
