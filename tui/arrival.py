"""What comes of a link: files to read, and what to say of them."""

import msgspec


class NotFetchedError(Exception):
    """A link that gave nothing to read. ``str()`` of it says why, in one line for people."""


class Arrival(msgspec.Struct, frozen=True):
    """What to say of fetched files: a line for people, and the ids of comments that are new."""

    note: str = ""
    new: frozenset[str] = frozenset()


class Fetched(msgspec.Struct, frozen=True):
    """The files of a discussion, to be read as one; the last is where it can be opened again."""

    paths: tuple[str, ...]
    arrival: Arrival = Arrival()
