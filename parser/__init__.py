"""Reads saved video discussions (``load``) and writes them for other programs (``write_json``).

Knows no screen: nothing here imports ``tui`` or a terminal library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from parser.flags import FLAGS
from parser.loading import Loading, load, open_discussion
from parser.model import (
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

if TYPE_CHECKING:
    from parser.writers.json import write_json, write_jsonl
    from parser.writers.text import write_text

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
    "write_json",
    "write_jsonl",
    "write_text",
]

_WRITERS = {
    "write_json": "parser.writers.json",
    "write_jsonl": "parser.writers.json",
    "write_text": "parser.writers.text",
}


def __getattr__(name: str) -> object:
    """The writers, and the analysis that they need, are imported by whoever asks for one."""
    if name not in _WRITERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WRITERS[name]), name)


def __dir__() -> list[str]:
    return __all__
