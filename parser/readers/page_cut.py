"""Whether a saved page was cut, and what of a comment is left at the cut.

A whole page ends with the last character of a body. A page that ends in a bullet, a header,
or in the indentation of a line was cut for certain. One that ends in a body cannot be told
from a whole one by its form; it is suspected when many comments are missing, and said to
be cut when its last sentence is not finished either. Some missing comments are no damage:
sites count deleted ones too.
"""

import re

from parser.model import Diagnostic
from parser.readers.page_lines import BULLETS, NBSP, is_blank, read_bullet

_LEAST_SHARE = 0.75
"""The share of the claimed comments below which a page is suspected to be cut."""
_UNFINISHED = re.compile(r"[\w,;:(\[{«„‘“\-–—/&@#]\Z")
"""A text that ends like this may well go on."""


def drop_half_header(lines: list[str], indent: int) -> bool:
    """Removes the beginning of a next comment from the last lines of a body.

    ``lines`` are the body's as the page has them, ``indent`` its indentation.
    """
    last = len(lines) - 1
    while last >= 0 and is_blank(lines[last]):
        last -= 1
    start = _half_header(lines, last) if last >= 0 else None
    if start is None or not _can_begin(lines, start, indent):
        return False
    del lines[start:]
    return True


def _can_begin(lines: list[str], start: int, indent: int) -> bool:
    """Whether a comment can begin there: further out than the body, or behind all of it."""
    here = len(lines[start]) - len(lines[start].lstrip(" "))
    if here < indent:
        return True
    if here > indent or start == 0 or not is_blank(lines[start - 1]):
        return False
    return not all(map(is_blank, lines[:start]))


def _half_header(lines: list[str], last: int) -> int | None:
    """Where the beginning of a comment starts whose last line is ``last``."""
    line = lines[last]
    if line.strip(" ") in BULLETS:
        return last
    bullet = read_bullet(line, 0)
    if bullet is not None:
        return last if _is_handle(bullet.handle) else None
    above = read_bullet(lines[last - 1], 0) if last else None
    if above is None or not _is_handle(above.handle):
        return None
    start = above.header_start
    is_half = line in (start + " ", start + NBSP, start + " " + NBSP) or start.startswith(line)
    return last - 1 if is_half else None


def _is_handle(text: str) -> bool:
    return text.startswith("@") and not any(char.isspace() for char in text)


def suspicion(present: int, claimed: int | None, last_text: str) -> tuple[Diagnostic, bool] | None:
    """What to say of a page that ends in a body, and whether it counts as cut."""
    if claimed is None or present >= claimed * _LEAST_SHARE:
        return None
    missing = f"The page claims {claimed} comments and holds {present}"
    if _UNFINISHED.search(last_text):
        message = (
            f"{missing}, and its last text seems unfinished: it was probably cut, save it again"
        )
        return Diagnostic("warning", message), True
    return Diagnostic("warning", f"{missing}: the others were not loaded, or it was cut"), False
