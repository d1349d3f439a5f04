"""What a watch page keeps of YouTube's own answers: data in its scripts.

A page asks for its comments later on, so usually there are none in it; but the video's id,
title, duration, description and chapters are.
"""

import re
from collections.abc import Iterator

from parser.model import Diagnostic, Record, Video
from parser.readers.innertube_data import Kept, document_of
from parser.readers.json_walk import value_end

_DATA = re.compile(
    r"""\byt(?:InitialData|InitialPlayerResponse)["']?\s{0,9}\]?\s{0,9}=\s{0,9}(?=(\{)|')"""
)
_QUOTED = re.compile(r"'([^'\\]*+(?:\\.[^'\\]*+)*+)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MOST = 20
"""Times that a script may set data; pages do so once."""
_NAMES = ("ytInitialData", "ytInitialPlayerResponse")


class PageScripts:
    """Reads a page's scripts one by one, those without such data at next to no cost."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._count = 0

    def take(self, script: str) -> list[Record]:
        """What a script's text holds: its comments, if any; the rest is in :meth:`video`."""
        records: list[Record] = []
        for data in _data_in(script):
            document = document_of(data)
            if document is not None:
                self._count += 1
                records += self._kept.records(document, self._count)
        return records

    @property
    def found(self) -> bool:
        """Whether there was any such data."""
        return self._count > 0

    @property
    def complete(self) -> bool:
        """Whether all of it was whole."""
        return self._kept.is_whole

    @property
    def message(self) -> str | None:
        """What the site says in place of comments ("Comments are turned off.")."""
        return self._kept.answers.facts.message

    def video(self) -> Video:
        """What is known of the video by now."""
        return self._kept.answers.facts.video()

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd."""
        if self._kept.damaged.count:
            message = "The data in the page's scripts is damaged; what could be read of it is here"
            yield Diagnostic("error", message)
        yield from self._kept.diagnostics()


def _data_in(script: str) -> Iterator[bytes]:
    """The data that a script's text sets, as JSON."""
    if not any(name in script for name in _NAMES):
        return
    at = 0
    for _ in range(_MOST):
        found = _DATA.search(script, at)
        if found is None:
            return
        start = at = found.end()
        if found[1]:
            data = script[start:].encode("utf-8", "replace")
            end = value_end(data, 0)
            yield data[:end]
            # Where the value ends is known in bytes; the next one stands behind as many letters.
            at += len(data[:end].decode("utf-8", "replace")) if end else len(script)
        elif quoted := _QUOTED.match(script, start):
            at = quoted.end()
            yield _ESCAPE.sub(_unescaped, quoted[1]).encode("utf-8", "replace")


def _unescaped(found: re.Match[str]) -> str:
    code, wide, letter = found.groups()
    return chr(int(code or wide, 16)) if code or wide else _NAMED.get(letter, letter)
