"""The keys that bring a file's words to every place where the program shows or sends them.

One line a sink. The keys are pressed one after the other, each once the one before has been
answered; ``ESC`` closes whatever a sink opened and never leaves the reader.
"""

from dataclasses import dataclass

ESC, ENTER = "\x1b", "\r"


@dataclass(frozen=True)
class Sink:
    """``copies`` and ``opens``: how many of the keys may copy, or open the browser."""

    name: str
    keys: tuple[str, ...]
    copies: int = 0
    opens: int = 0


START = (
    Sink("start screen", ("j", "k")),
    Sink("help of the start screen", ("?", ESC)),
    Sink("filter", ("/", "Q7", ENTER, "/", ESC)),
)
"""Before the file is opened with ``1``."""

READER = (
    Sink("tree, detail", ("g", "j", "j", "j", "j", "j", "j", "j", "j")),
    Sink("folds", ("zM", "zR", "g", "za", "za", "H", "l", "w", "w")),
    Sink("reading view", ("g", ENTER, " ", " ", "J", "J", "J", ESC)),
    Sink("full width", ("2G", "d", " ", "d", "4G", "d", "d")),
    Sink("moment copied", ("g", "]", "y"), copies=1),
    Sink("text copied", ("4G", "Y", "t"), copies=1),
    Sink("copy menu", ("3G", "Y", ESC)),
    Sink("references copied", ("3G", "Y", "r"), copies=1),
    Sink("author copied", ("g", "Y", "a"), copies=1),
    Sink("chapters", ("c", "j", "k", "y"), copies=1),
    Sink("comments about a chapter", (ENTER, ESC)),
    Sink("whose chapters", ("s", "j", ENTER)),
    Sink("chapters copied", ("Y", "c"), copies=1),
    Sink("back to the comments", (ESC, "c", "c", "3G")),
    Sink("inferences", ("2G", "i", ESC)),
    Sink("diagnostics", ("D", "j", ESC)),
    Sink("help", ("?", ESC)),
    Sink("palette", ("\x10", "the", ESC)),
    Sink("which video", ("v", ESC)),
    Sink("themes", ("T", ESC)),
    Sink("browser", ("5G", "1o"), opens=1),
)
"""Once the file is open."""

SHORT = (
    Sink("tree, detail", ("g", "zR", "j", "j", "j", "j", "j", "j", "j", "j")),
    Sink("reading view", ("g", ENTER, " ", "J", "J", ESC)),
    Sink("references copied", ("3G", "Y", "r"), copies=1),
    Sink("chapters", ("c", "j", "y"), copies=1),
    Sink("diagnostics", ("D", ESC)),
)
"""Where another format has brought the same text to all the others."""


@dataclass(frozen=True)
class Printing:
    """A command that prints a file. ``json``: as one document, whose values are judged too.

    ``always``: also where another format has brought the same text to all sinks.
    ``excerpts``: fields that stand at the end of what is printed shortened.
    """

    words: tuple[str, ...]
    json: bool = False
    always: bool = False
    excerpts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.words)


PRINTINGS = (
    Printing(("show",), always=True),
    Printing(("export",), json=True, always=True),
    Printing(("export", "--format", "jsonl")),
    Printing(("links",)),
    Printing(("links", "--format", "json"), json=True),
    Printing(("moments",), excerpts=("mention",)),
    Printing(("moments", "--format", "json"), json=True, excerpts=("mention",)),
    Printing(("chapters",)),
    Printing(("chapters", "--format", "ffmetadata")),
    Printing(("chapters", "--format", "webvtt")),
    Printing(("chapters", "--format", "json"), json=True),
)

END = (Sink("start screen, lately read", ("q", "j", "k", "r")),)


def pressed(whole: bool) -> tuple[Sink, ...]:
    """All sinks of a trial: every one, or those of the shorter."""
    return (*START, *READER, *END) if whole else (*SHORT, *END)


def copies(some: tuple[Sink, ...]) -> int:
    """How often a copy may come of these at most."""
    return sum(sink.copies for sink in some)


def opens(some: tuple[Sink, ...]) -> int:
    """How often the browser may be opened."""
    return sum(sink.opens for sink in some)
