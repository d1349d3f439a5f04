"""What workers tell the screens when they are done."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.clipboard import CopyResult
    from tui.discovery import Candidate
    from tui.opener import OpenResult


class Copied(Message):
    """A copy has ended. ``what`` is how the message names it, ``text`` what was copied."""

    def __init__(self, what: str, text: str, result: "CopyResult") -> None:
        super().__init__()
        self.what = what
        self.text = text
        self.result = result


class Opened(Message):
    """A link was handed to the browser, or could not be."""

    def __init__(self, url: str, result: "OpenResult") -> None:
        super().__init__()
        self.url = url
        self.result = result


class Peeked(Message):
    """A file of a folder was looked into: ``None`` where it is no discussion; ``left`` to go."""

    def __init__(self, candidate: "Candidate | None", left: int) -> None:
        super().__init__()
        self.candidate = candidate
        self.left = left
