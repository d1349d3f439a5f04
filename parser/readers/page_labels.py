"""What a saved page says above its first comment: title, a mirror's date, how many comments.

Only the form of the lines counts, never their words: a bullet with a colon and a date, a
line with one count, close to the comments.
"""

import re
from dataclasses import dataclass

from parser.readers.page_lines import BULLETS
from parser.text.clean import clean_line
from parser.text.counts import parse_count
from parser.text.dates import parse_date

_LONGEST_COUNT = 60
"""Characters beyond which a line is no count with its label."""
_NEAREST = 3
"""Lines above the first comment among which the count is looked for."""
_NUMBER_WITH_WORDS = re.compile(r"\d[\d.,'\u2019\u00a0\u202f ]*")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands above the comments; ``page_date`` as YYYY-MM-DD."""

    title: str | None
    page_date: str | None
    comments_claimed: int | None


def read_labels(lines: list[str]) -> Labels:
    """Reads the lines above the first comment."""
    shown = [line for line in map(clean_line, lines) if line]
    title = None
    if shown and not shown[0].startswith(BULLETS):
        title, *shown = shown
    return Labels(title, _page_date(shown), _claimed(shown))


def _page_date(lines: list[str]) -> str | None:
    """The date behind the colon of a bullet line."""
    for line in lines:
        if line.startswith(BULLETS):
            _, colon, value = line.replace("\uff1a", ":").partition(":")
            if colon and (found := parse_date(value)):
                return found
    return None


def _claimed(lines: list[str]) -> int | None:
    """The count behind a bullet, else the one number of a short line; nearest first."""
    nearest = [line for line in lines[-_NEAREST:][::-1] if not line.startswith(BULLETS)]
    for read in (_behind_bullet, _with_words):
        for line in nearest:
            if len(line) <= _LONGEST_COUNT and (count := read(line)) is not None:
                return count
    return None


def _behind_bullet(line: str) -> int | None:
    for bullet in BULLETS:
        before, found, after = line.rpartition(bullet)
        if found:
            count = parse_count(after)
            return parse_count(before) if count is None else count
    return None


def _with_words(line: str) -> int | None:
    """``120 Kommentare``, ``Comments: 120``, ``1.2K comments``, ``评论 (12 万)``."""
    numbers = list(_NUMBER_WITH_WORDS.finditer(line))
    if len(numbers) != 1:
        return None
    found = numbers[0]
    number = found[0].strip(" .,\u00a0\u202f")
    words = re.findall(r"[^\s():\[\]]+", line[found.end() :])
    glued = bool(words) and not line[found.end() - 1].isspace()
    if words and (count := parse_count(number + ("" if glued else " ") + words[0])) is not None:
        return count
    return parse_count(number)
