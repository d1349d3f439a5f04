"""A comment, or a part of one, in lines."""

from typing import Literal

import msgspec
from textual.strip import Strip


class Laid(msgspec.Struct):
    """A comment in lines, or a part of one: ``head`` stays in sight, ``body`` scrolls.

    ``moment_lines`` says on which line of the body each moment begins; ``below``: whether other
    lines stand above the body.
    """

    head: list[Strip] = msgspec.field(default_factory=list[Strip])
    body: list[Strip] = msgspec.field(default_factory=list[Strip])
    moment_lines: dict[int, int] = msgspec.field(default_factory=dict[int, int])
    below: bool = False

    def add(self, part: "Laid") -> None:
        """Put a part's lines under those that there are."""
        for number, line in part.moment_lines.items():
            self.moment_lines.setdefault(number, len(self.body) + line)
        self.body += part.body


class Part(msgspec.Struct, frozen=True):
    """What is laid out at a time.

    A stretch of the text (code points), or of the references (their numbers), or ``lists``, what
    else can be acted on.
    """

    kind: Literal["text", "references", "lists"]
    start: int = 0
    end: int = 0
