"""What a saved page says above its first comment: title, a mirror's date, how many comments.

Only the form of the lines counts, never their words: a bullet with a colon and a date, a
line with one count, close to the comments.
"""

import operator
import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

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
    cleaned = [clean_line(line) for line in lines]
    shown = [line for line in cleaned if line]
    title = None
    if shown and not _is_untitled(cleaned):
        title, *shown = shown
    return Labels(title, _page_date(shown), _claimed(shown))


def _is_untitled(lines: list[str]) -> bool:
    """Whether labels stand where the title should: it stands alone, above a blank line.

    Labels do when two or more are followed by the bullet with the date, and so does a count
    when nothing else is there.
    """
    first = list(takewhile(bool, dropwhile(operator.not_, lines)))
    if first[0].startswith(BULLETS):
        return True
    if any(line.startswith(BULLETS) for line in first[2:]):
        return True
    return sum(map(bool, lines)) == 1 and _is_lone_count(first[0])


def _is_lone_count(line: str) -> bool:
    """Whether a line is one word and a count behind a bullet: ``Comments • 120``."""
    words = line.split()
    return len(words) > 2 and words[1] in BULLETS and _behind_bullet(line) is not None


def _page_date(lines: list[str]) -> str | None:
    """The date in a bullet line: behind its colon where it has one."""
    for line in lines:
        if line.startswith(BULLETS):
            label, colon, value = line.replace("\uff1a", ":").partition(":")
            if found := parse_date(value if colon else label):
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
