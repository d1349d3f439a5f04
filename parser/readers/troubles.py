"""What was wrong with a file's comments: counted while they are read, told once at the end."""

from collections.abc import Iterator

from parser.model import Diagnostic
from parser.readers.json_damage import Damage
from parser.text.clean import clean_line

LONGEST_QUOTE = 300
"""Letters of what a file says that are shown in a message."""


class Tally:
    """How many comments had some trouble, and the first one's place."""

    def __init__(self) -> None:
        self.count = 0
        self.first: int | None = None

    def add(self, record: int) -> None:
        self.count += 1
        self.first = self.first or record

    def told(self, one: str, many: str) -> Iterator[Diagnostic]:
        """The trouble as a diagnostic, if there was any; ``many`` has ``{}`` for the count."""
        if self.count:
            message = one if self.count == 1 else many.format(self.count)
            yield Diagnostic("warning", message, record=self.first)


def quoted(words: str, most: int = LONGEST_QUOTE) -> str:
    """What a file says in its own words, harmless, on one line and no longer than ``most``."""
    line = clean_line(words)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def told_of_comments(broken: Tally, odd: Tally) -> Iterator[Diagnostic]:
    """How many comments have bytes that are no text, and fields that were left out."""
    yield from broken.told(
        "1 comment has broken characters, shown as \ufffd",
        "{} comments have broken characters, shown as \ufffd",
    )
    yield from odd.told(
        "1 comment has fields of a wrong kind, which count as not there",
        "{} comments have fields of a wrong kind, which count as not there",
    )


def told_of_damage(
    damage: Damage, reached: int | None, noun: str = "comment"
) -> Iterator[Diagnostic]:
    """What a JSON file's damage cost.

    ``reached``: the element that a cut would have hit; ``noun``: what the elements are.
    """
    if damage.unreadable:
        are = f"1 {noun} is" if damage.unreadable == 1 else f"{damage.unreadable} {noun}s are"
        message = f"{are} damaged and left out"
        yield Diagnostic("error", message, record=damage.first_unreadable)
    if damage.cut:
        message = "The file ends in the middle: it was cut; what stands before is here"
        yield Diagnostic("error", message, record=reached)
    if damage.broken:
        message = "The file is damaged, and what stands behind the damage was not all read"
        yield Diagnostic("error", message, record=reached)
    if damage.stray:
        yield Diagnostic("warning", "A bracket among the comments, where none belongs")
    if damage.more:
        yield Diagnostic("error", "What stands behind the discussion's end was not read")


def is_damaged(damage: Damage) -> bool:
    """Whether anything of a JSON file was not read as it was meant."""
    return any((damage.cut, damage.broken, damage.stray, damage.more, damage.unreadable))
