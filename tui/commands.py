"""Every command of the reader, declared once: its keys, its words and where it works.

The key help, the footer, the palette and the dispatch all read this one table, so a key that
is shown works, and a key that works is shown. Keys are written as the reader types them:
a printable key is its character, the others have Textual's names; several characters are a
sequence (``zR``).
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

Place = Literal["comments", "detail", "chapters", "reading"]
EVERYWHERE: tuple[Place, ...] = ("comments", "detail", "chapters", "reading")
TREE: tuple[Place, ...] = ("comments", "detail")
PANES: tuple[Place, ...] = ("comments", "detail", "chapters")
COMMENT: tuple[Place, ...] = ("comments", "detail", "reading")

GROUPS = ("Move", "Fold", "Read", "Moments and links", "Panes", "Discussion", "Leave")


class Command(msgspec.Struct, frozen=True):
    """One thing the reader can ask for.

    ``shows`` is how the keys are written in the help; ``label`` the short words of the
    footer, empty where it never stands there; ``counts``: a typed number before it counts.
    """

    name: str
    keys: tuple[str, ...]
    shows: str
    help: str
    group: str
    places: tuple[Place, ...] = EVERYWHERE
    label: str = ""
    counts: bool = False
    with_count: str = ""

    @property
    def method(self) -> str:
        """The screen's method that does it."""
        return "do_" + self.name.replace("-", "_")


COMMANDS: tuple[Command, ...] = (
    # Move
    Command("down", ("j", "down"), "j ↓", "down", "Move", counts=True, with_count="down"),
    Command("up", ("k", "up"), "k ↑", "up", "Move", counts=True, with_count="up"),
    Command(
        "first",
        ("g", "home"),
        "g Home",
        "to the first; with a number, to that comment",
        "Move",
        counts=True,
    ),
    Command(
        "last",
        ("G", "end"),
        "G End",
        "to the last; with a number, to that comment",
        "Move",
        counts=True,
        with_count="go to",
    ),
    Command("half-down", ("ctrl+d",), "ctrl+d", "half a page down", "Move", counts=True),
    Command("half-up", ("ctrl+u",), "ctrl+u", "half a page up", "Move", counts=True),
    Command("page-down", ("pagedown",), "PgDn", "a page down", "Move", counts=True),
    Command("page-up", ("pageup",), "PgUp", "a page up", "Move", counts=True),
    Command(
        "next-sibling", ("J",), "J", "next comment at this level", "Move", COMMENT, counts=True
    ),
    Command(
        "previous-sibling",
        ("K",),
        "K",
        "previous comment at this level",
        "Move",
        COMMENT,
        counts=True,
    ),
    Command("next-thread", ("}", "n"), "} n", "next thread", "Move", COMMENT, counts=True),
    Command(
        "previous-thread",
        ("{", "N"),
        "{ N",
        "this thread's first, then the previous thread",
        "Move",
        COMMENT,
        counts=True,
    ),
    Command("parent", ("p",), "p", "the comment that this one answers", "Move", COMMENT),
    Command("back", ("ctrl+o",), "ctrl+o", "back to where a jump began", "Move"),
    Command("centre", ("zz",), "zz", "put the row in the middle", "Move", ("comments", "chapters")),
    # Fold
    Command("expand", ("l", "right"), "l →", "unfold, then to the first reply", "Fold", TREE),
    Command("collapse", ("h", "left"), "h ←", "fold, then to the parent", "Fold", TREE),
    Command("toggle-fold", ("za",), "za", "fold or unfold", "Fold", TREE),
    Command("open-fold", ("zo",), "zo", "unfold", "Fold", TREE),
    Command("close-fold", ("zc",), "zc", "fold", "Fold", TREE),
    Command("unfold-all", ("zR",), "zR", "unfold all", "Fold", TREE),
    Command("fold-all", ("zM",), "zM", "fold all", "Fold", TREE),
    Command("fold-thread", ("H",), "H", "fold the whole thread, from any depth", "Fold", TREE),
    Command("nesting", ("w",), "w", "this thread: as saved, or who answers whom", "Fold", TREE),
    # Read
    Command(
        "read-on",
        ("space",),
        "Space",
        "read on: page the text, then the next comment",
        "Read",
        COMMENT,
        label="read on",
    ),
    Command(
        "reading",
        ("enter",),
        "Enter",
        "reading view, from this comment on",
        "Read",
        TREE,
        label="reading",
    ),
    Command("full-width", ("d",), "d", "the comment at full width, and back", "Read", TREE),
    Command(
        "about-chapter",
        ("enter",),
        "Enter",
        "the comments about this chapter",
        "Read",
        ("chapters",),
        label="comments about it",
    ),
    # Moments and links
    Command(
        "next-moment",
        ("]",),
        "]",
        "next moment, in this comment and on",
        "Moments and links",
        COMMENT,
        label="moment",
        counts=True,
    ),
    Command(
        "previous-moment", ("[",), "[", "previous moment", "Moments and links", COMMENT, counts=True
    ),
    Command(
        "copy",
        ("y",),
        "y",
        "copy the link to the moment; 3y: to the third",
        "Moments and links",
        label="copy",
        counts=True,
        with_count="copy moment",
    ),
    Command(
        "open",
        ("o",),
        "o",
        "open the moment in the browser; 3o: reference or link 3",
        "Moments and links",
        counts=True,
        with_count="open link",
    ),
    Command("copy-menu", ("Y",), "Y", "choose what to copy", "Moments and links"),
    Command(
        "set-video",
        ("v",),
        "v",
        "say which video this is, so that links can be made",
        "Moments and links",
    ),
    # Panes
    Command("next-pane", ("tab",), "Tab", "next pane", "Panes", PANES),
    Command("previous-pane", ("shift+tab",), "Shift+Tab", "previous pane", "Panes", PANES),
    Command("chapters", ("c",), "c", "to the chapters and back", "Panes", PANES, label="chapters"),
    Command("hide-chapters", ("C",), "C", "hide or show the chapters", "Panes", PANES),
    Command(
        "chapter-source",
        ("s",),
        "s",
        "whose chapters: choose another source",
        "Panes",
        ("chapters",),
        label="other source",
    ),
    # Discussion
    Command("inferred", ("i",), "i", "what was inferred here, and why", "Discussion", COMMENT),
    Command("diagnostics", ("D",), "D", "what was odd about the file", "Discussion"),
    Command("theme", ("T",), "T", "choose a theme", "Discussion"),
    Command("help", ("?", "f1"), "?", "these keys", "Discussion", label="help"),
    Command("palette", ("ctrl+p",), "ctrl+p", "command palette", "Discussion"),
    # Leave
    Command("close", ("escape",), "Esc", "close the topmost thing, stop loading", "Leave"),
    Command(
        "quit",
        ("q",),
        "q",
        "close the topmost thing; from the bare reader, quit",
        "Leave",
        label="quit",
    ),
    Command("cancel", ("ctrl+c",), "ctrl+c", "cancel, else say how to quit", "Leave"),
    Command("suspend", ("ctrl+z",), "ctrl+z", "suspend to the shell", "Leave"),
)

BY_NAME = {command.name: command for command in COMMANDS}

FOOTER: dict[Place, tuple[str, ...]] = {
    "comments": ("read-on", "reading", "next-moment", "copy", "chapters", "help"),
    "detail": ("read-on", "reading", "next-moment", "copy", "chapters", "help"),
    "chapters": ("about-chapter", "copy", "chapter-source", "chapters", "help"),
    "reading": ("read-on", "next-sibling", "next-moment", "copy", "help", "quit"),
}
"""Which commands the footer offers, the first being the last to be dropped for want of room."""

FOOTER_KEYS = {"next-moment": "] [", "next-sibling": "J K"}
"""A pair of commands that the footer shows as one."""
FOOTER_LABELS: dict[tuple[str, Place], str] = {
    ("chapters", "chapters"): "back",
    ("next-sibling", "reading"): "comment",
    ("quit", "reading"): "back to the tree",
}

WITH_COUNT = ("copy", "open", "down", "up", "last")
"""What the footer offers while a number has been typed."""


class Hint(msgspec.Struct, frozen=True):
    """A key and what it does, as the footer shows it."""

    key: str
    label: str
    command: str


def hints(place: Place, counting: bool = False) -> Iterator[Hint]:
    """What the footer offers where one is."""
    for name in WITH_COUNT if counting else FOOTER[place]:
        command = BY_NAME[name]
        if counting:
            yield Hint(command.shows.split()[0], command.with_count, name)
        else:
            key = FOOTER_KEYS.get(name, command.shows.split()[0].lower())
            key = command.shows if len(command.keys[0]) == 1 and name not in FOOTER_KEYS else key
            yield Hint(key, FOOTER_LABELS.get((name, place), command.label), name)


def grouped() -> Iterator[tuple[str, list[Command]]]:
    """All commands under their headings, for the help."""
    for group in GROUPS:
        yield group, [command for command in COMMANDS if command.group == group]


def in_place(place: Place) -> Iterable[Command]:
    return (command for command in COMMANDS if place in command.places)
