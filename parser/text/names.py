"""How the names of people are looked up in what others write to them.

A name's key is as long as the name, so that places in a text can be read off it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

_HANDLE_LETTERS = re.compile(r"[\w.·-]*")


def name_key(name: str | None) -> str:
    """A name as it is looked up: without its ``@``, letter case and kind of space."""
    if not name:
        return ""
    name = name.removeprefix("@")
    if name.isascii():
        return name.lower()
    name = name.replace("\xa0", " ")
    lower = name.lower()
    if len(lower) == len(name):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in name)


def name_keys(names: Sequence[str | None]) -> list[str]:
    """The keys of many names, made of all at once where none is out of the ordinary."""
    joined = "\n".join([name or "" for name in names])
    lower = joined.lower()
    if len(lower) != len(joined) or lower.count("\n") != len(names) - 1:
        return [name_key(name) for name in names]
    return f"\n{lower}".replace("\n@", "\n").replace("\xa0", " ")[1:].split("\n")


class Lengths(msgspec.Struct):
    """How long the keys of some people are, so that only beginnings so long are looked up."""

    handles: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    """Of keys with a space, or what else ends a handle."""
    falling: tuple[int, ...] = ()
    """Both, the longest first."""

    def add(self, keys: Iterable[str]) -> None:
        """Takes in the lengths of some keys."""
        keys = list(keys)
        if not _HANDLE_LETTERS.fullmatch("".join(keys)):
            self.others |= {len(key) for key in keys if not _HANDLE_LETTERS.fullmatch(key)}
            keys = [key for key in keys if _HANDLE_LETTERS.fullmatch(key)]
        self.handles |= set(map(len, keys))
        if len(self.falling) < len(self.handles | self.others):
            self.falling = tuple(sorted(self.handles | self.others, reverse=True))

    def beginnings(self, window: str, also: "Lengths") -> Iterator[str]:
        """The beginnings of a text, itself as a key, that can be keys; the longest first.

        ``also``: other people whose keys count, too.
        """
        match = _HANDLE_LETTERS.match(window)
        letters = match.end() if match else 0
        lengths = self.falling
        if also.falling:
            lengths = sorted({*lengths, *also.falling}, reverse=True)
        for length in lengths:
            if length <= letters or (
                length <= len(window) and (length in self.others or length in also.others)
            ):
                yield window[:length]


def ends_word(text: str, end: int) -> bool:
    """Whether a name that ends here ends with a word, and not within one.

    Scripts without letter case are written without spaces: there it may end anywhere.
    """
    if end >= len(text):
        return True
    after = text[end]
    if after == " ":
        return True
    if after in "-.·" and end + 1 < len(text):
        after = text[end + 1]
    return not (after == "_" or after.isdigit() or after.lower() != after.upper())
