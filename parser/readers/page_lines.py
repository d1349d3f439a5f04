"""The lines of a saved page, and which of them can begin a comment."""

from collections.abc import Iterator
from dataclasses import dataclass

BULLETS = ("•", "∙")
"""The page's bullet, and what conversions to old encodings make of it."""
STEP = 2
"""Columns from a bullet to its text, and from a comment's bullet to its replies' ones."""
NBSP = "\u00a0"

_STARTS = tuple(bullet + " " for bullet in BULLETS)


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line that may begin a comment; the next line decides. ``number`` counts from 1."""

    line: str
    number: int
    indent: int
    handle: str

    @property
    def header_start(self) -> str:
        """What the next line begins with if this is a comment's first."""
        return " " * (self.indent + STEP) + self.handle


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says behind the handle: age and likes as written, the uploader's mark."""

    facts: str
    uploader: bool


def read_bullet(line: str, number: int) -> Bullet | None:
    """The line as a bullet with something behind it, else ``None``."""
    text = line.lstrip(" ")
    if not text.startswith(_STARTS):
        return None
    handle = text[STEP:].strip(" ")
    return Bullet(line, number, len(line) - len(text), handle) if handle else None


def read_header(bullet: Bullet, line: str) -> Header | None:
    """The line as the header of the comment that the bullet begins, else ``None``.

    It repeats the handle and has U+00A0 and an age behind it. A space between the two
    stands where the page drew the uploader's badge.
    """
    start = bullet.header_start
    if not line.startswith(start):
        return None
    rest = line[len(start) :]
    uploader = rest.startswith(" ")
    if uploader:
        rest = rest[1:]
    if not rest.startswith(NBSP) or not rest.strip():
        return None
    return Header(rest[1:], uploader)


def is_blank(line: str) -> bool:
    """Whether nothing can be seen on the line."""
    return not line or line.isspace()


def read_lines(blocks: Iterator[str]) -> Iterator[tuple[list[str], bool]]:
    """For each block the lines that end in it, and last the rest, whose flag is true.

    Lines end with LF or CRLF, in a file without any LF in its first block with CR. A CR
    within a line stays: it belongs to the text. The rest is what stands behind the last
    line end, if anything does.
    """
    ending = ""
    parts: list[str] = []
    for block in blocks:
        ending = ending or ("\r" if "\r" in block and "\n" not in block else "\n")
        lines = block.split(ending)
        parts.append(lines[0])
        if len(lines) > 1:
            lines[0] = "".join(parts)
            parts = [lines.pop()]
            yield [line.removesuffix("\r") for line in lines], False
        else:
            yield [], False
    rest = "".join(parts).removesuffix("\r")
    yield ([rest] if rest else []), True
