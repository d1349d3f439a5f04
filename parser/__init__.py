"""Reads saved video discussions (``load``) and writes them for other programs (``write_json``).

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
