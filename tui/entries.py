"""What lists are made of: menus, the start screen, the help, diagnostics."""

import msgspec


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
