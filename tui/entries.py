"""What lists are made of: menus, the start screen, the help, diagnostics."""

import msgspec

MOST_LISTED = 200
"""Of what a single comment has thousands of, a list shows the first: it is laid out in one go."""


class Entry(msgspec.Struct, frozen=True):
    """One entry. ``key`` chooses it at once; ``note`` stands behind the texts in a column of
    its own, ``middle`` and ``right`` at the right edge.

    A ``heading`` cannot be chosen; in a list to read (``wrap``) the text takes as many lines
    as it needs.
    """

    text: str
    key: str = ""
    note: str = ""
    middle: str = ""
    right: str = ""
    heading: bool = False
    good: bool | None = None


def note_of_first(count: int, what: str) -> str:
    """What a list says that shows only some of ``count``; "" where it shows all."""
    return f"the first {MOST_LISTED} of {count:,} {what}" if count > MOST_LISTED else ""
