"""Sessions of small invented discussions, and the look that tests draw them in."""

from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from rich.cells import cell_len
from textual.app import App
from textual.strip import Strip

from parser.loading import Loading
from parser.model import Discussion, Video
from parser.text.marks import VideoAddress
from tests.parser.helpers import Said, discussion
from tui.look import ASCII, UNICODE, Glyphs, Look, make_look
from tui.session import Session

VIDEO = VideoAddress("youtube", "abcdefghijk")

CHAPTERS = (
    "0:00 Opening words\n"
    "2:00 What a tide is [1]\n"
    "5:30 Why there are two a day [1] [2]\n"
    "9:10 Questions\n"
    "\n"
    "[1] Halloran, D. (1998). The Slow Sea.\n"
    "[2] Ito, K. (2003). Two bulges."
)
"""A comment that lists four chapters and two references which they cite."""


def session_of(made: Discussion, *, analysed: bool = True) -> Session:
    """A session of a discussion that was read to its end."""
    session = Session(cast("Loading", SimpleNamespace(discussion=made)))
    if analysed:
        analyse(session)
    return session


def analyse(session: Session) -> None:
    """Look through everything, as the reader does once the file is read."""
    for _ in session.analysis.scan():
        pass
    session.finish_analysis()


def session(
    *said: Said, analysed: bool = True, video: Video | None = None, **facts: Any
) -> Session:
    """A session of these comments; see :func:`tests.parser.helpers.discussion`."""
    return session_of(discussion(*said, video=video, **facts), analysed=analysed)


@cache
def theme_variables(theme: str) -> dict[str, str]:
    """The colours of one of Textual's themes."""
    app = App[None]()
    app.theme = theme
    return app.get_css_variables()


def look_of(theme: str = "textual-dark", glyphs: Glyphs = UNICODE) -> Look:
    return make_look(theme_variables(theme), glyphs, theme.startswith("ansi-"))


LOOK = look_of()
PLAIN = look_of("ansi-dark", ASCII)


def cells(strip: Strip) -> int:
    """How many cells the line really takes, counted from its text alone."""
    return cell_len(strip.text)


def texts(strips: list[Strip]) -> list[str]:
    """The lines as they would stand in the terminal, without blanks at their ends."""
    return [strip.text.rstrip() for strip in strips]
