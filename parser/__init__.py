"""Reads saved video discussions: ``load(path)`` gives a :class:`Discussion`.

Knows no screen: nothing here imports ``tui`` or a terminal library.
"""

from parser.loading import Loading, load, open_discussion
from parser.model import (
    FLAGS,
    NO_PARENT,
    UNKNOWN,
    Comment,
    Diagnostic,
    Discussion,
    ParseError,
    Progress,
    Record,
    Source,
    StatedChapter,
    Video,
)

__all__ = [
    "FLAGS",
    "NO_PARENT",
    "UNKNOWN",
    "Comment",
    "Diagnostic",
    "Discussion",
    "Loading",
    "ParseError",
    "Progress",
    "Record",
    "Source",
    "StatedChapter",
    "Video",
    "load",
    "open_discussion",
]
