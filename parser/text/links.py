"""The web addresses in a text, found as people write them and made to open.

Three things start an address: a scheme (``https://``), ``www.``, and a host with a known
ending before a ``/`` (``books.google.com/books?…``, as pages that strip the scheme leave it).
A bare ``example.com`` is none, nor is anything but http and https. The cost is linear in the
text's length: a host is at most 253 letters, so looking back from a ``/`` is bounded.
"""

import re
from collections.abc import Iterator

from parser.text.domains import is_domain_ending
from parser.text.marks import Link, VideoAddress
from parser.text.videos import is_mirror, parse_address, watch_url

MAX_LINK = 4096
"""An address longer than this (code points) is not one that a person follows."""

_MAX_HOST = 253
_START = re.compile(
    r"https?://|www\.|\.(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,30})(?=(?::\d{1,5})?/)", re.IGNORECASE
)
WWW_GATE = re.compile(r"\.(?<=[wW]{3}\.)")
"""``www.``, looked for by its dot, which is the quickest to find."""
_HOST = re.compile(r"[^\W_](?:[\w-]{0,62})(?:\.[^\W_][\w-]{0,62}){0,20}")
_HOST_LETTER = re.compile(r"[\w.-]")
_PORT = re.compile(r":\d{1,5}(?!\d)")
_HOSTILE = re.compile(
    r"(?:javascript|vbscript|data|file|view-source|about|blob|filesystem|jar|mailto):$",
    re.IGNORECASE,
)
_BODY = re.compile(
    # Spaces, quotes and angle brackets end an address, and so do controls and letters without a
    # shape (zero width, bidi, tags), full-width and CJK punctuation, arrows and dingbats, emoji.
    r"[^\s<>\"`|^\\\x00-\x20\x7f-\xa0\xab\xad\xbb\u061c\u180e\u200b-\u200f\u2018-\u201f\u2026"
    r"\u2028-\u202f\u2039\u203a\u2060-\u206f\u2190-\u2bff\u3000-\u303f\ud800-\uf8ff\ufe00-\ufe0f"
    r"\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff"
    r"\U0001f000-\U0001faff\U000e0000-\U0010ffff]*"
)
_GLUED = re.compile(
    # Where one address ends though no space says so: the next begins behind a comma, or a script
    # that is written without spaces goes on behind Latin letters.
    r"[,;]https?://|(?<=[A-Za-z0-9])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]",
    re.IGNORECASE,
)
_ANY_BRACKET = re.compile(r"[()\[\]{}]")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TRAILING = (
    ".,;:!?'*~\u060c\u061b\u061f\u06d4\u0964\u0965\u037e\u0589\u05be\u05c3\u1362\u104b\u17d4"
)
"""Signs that end a clause rather than an address, in the scripts that write theirs."""
_EMPHASIS = "_*~"
_LATIN_END = 0x24F
"""The last code point of the Latin letters with their accents."""


def may_hold_links(text: str) -> bool:
    """A cheap look: whether there can be an address in a text."""
    return "/" in text or ("." in text and WWW_GATE.search(text) is not None)


def find_links(text: str) -> tuple[Link, ...]:
    """Every http(s) address in a text, in order, none overlapping another."""
    if not may_hold_links(text):
        return ()
    return tuple(_Scanner(text).links())


class _Scanner:
    """One walk through a text. What was looked at once (``floor``, a body's end) stays known."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._floor = 0  # before it, everything is decided
        self._run = (0, 0)  # letters that may stand behind a host, without a break
        self._glue = -1  # the next place in the run where one address ends against another

    def links(self) -> Iterator[Link]:
        for match in _START.finditer(self._text):
            if match.start() >= self._floor:
                span = self._span(match)
                if span is not None:
                    yield _link(self._text, *span)

    def _span(self, match: re.Match[str]) -> tuple[int, int] | None:
        """The span of the address that a match of ``_START`` begins or ends the host of."""
        start, lead = match.start(), match[0].lower()
        if lead.startswith("."):
            return self._bare_span(start, match.end())
        if lead == "www.":
            return None if self._joined(start) else self._ending(start, start)
        if _hostile_before(self._text, start):
            return None
        if start > self._floor and _cased(self._text[start - 1]):
            return None
        return self._ending(start, match.end())

    def _bare_span(self, dot: int, slash: int) -> tuple[int, int] | None:
        """The span of an address without a scheme, by the last dot of its host and the slash."""
        text = self._text
        if not is_domain_ending(text[dot + 1 : slash]):
            return None
        first = dot
        lowest = max(self._floor, slash - _MAX_HOST)
        while first > lowest and _HOST_LETTER.match(text[first - 1]):
            first -= 1
        start = _after_glued_word(text, first, slash)
        glued = start > first
        while start < dot and text[start] in ".-_":
            start += 1
        if start == dot or (not glued and self._joined(start)):
            return None
        return self._ending(start, start)

    def _joined(self, start: int) -> bool:
        """Whether what stands before a host makes it part of something else: an e-mail, a path."""
        if start == 0:
            return False
        before = self._text[start - 1]
        if start == self._floor or before in "@/\\.-" or _cased(before) or before.isdigit():
            return True
        return before == ":" and _hostile_before(self._text, start)

    def _ending(self, start: int, host_start: int) -> tuple[int, int] | None:
        """The span of an address whose host begins at ``host_start``; ``None`` if there is none."""
        text = self._text
        host = _HOST.match(text, host_start)
        if host is None or not _is_host(host[0]):
            return None
        end = host.end()
        port = _PORT.match(text, end)
        if port:
            end = port.end()
        if text[end : end + 1] == "@":
            return None
        if text[end : end + 1] in ("/", "?", "#"):
            end = self._path_end(end)
        self._floor = max(self._floor, end)
        if end - start > MAX_LINK:
            return None
        if start > 0 and text[start - 1] in _EMPHASIS:
            while text[end - 1] == text[start - 1]:
                end -= 1
        return start, end

    def _path_end(self, start: int) -> int:
        """Where what follows the host ends: balanced brackets in, closing punctuation out."""
        text = self._text
        end = self._balanced_end(start, self._body_end(start))
        while end > start and text[end - 1] in _TRAILING:
            end -= 1
        return end

    def _body_end(self, start: int) -> int:
        """Where the letters end that may stand in an address, or another one begins."""
        if not self._run[0] <= start < self._run[1]:
            body = _BODY.match(self._text, start)
            self._run = (start, body.end() if body else start)
            self._glue = -1
        if self._glue < start:
            glue = _GLUED.search(self._text, start, self._run[1])
            self._glue = glue.start() if glue else self._run[1]
        return self._glue

    def _balanced_end(self, start: int, end: int) -> int:
        """The end, or the first bracket that has no partner within the address."""
        open_at: list[int] = []
        for bracket in _ANY_BRACKET.finditer(self._text, start, end):
            place, character = bracket.start(), bracket[0]
            if character in "([{":
                open_at.append(place)
                continue
            if not open_at or self._text[open_at[-1]] != _BRACKETS[character]:
                end = place
                break
            open_at.pop()
        if not open_at:
            return end
        self._floor = end  # what lies behind an unpaired bracket was read, and is no address
        return open_at[0]


def _after_glued_word(text: str, start: int, end: int) -> int:
    """Where a Latin host begins behind a word of another script that runs into it."""
    if not text[start:end].rpartition(".")[2].isascii():
        return start
    for place in range(end - 1, start, -1):
        if text[place].isascii() and text[place] != "." and ord(text[place - 1]) > _LATIN_END:
            return place
    return start


def _hostile_before(text: str, start: int) -> bool:
    return _HOSTILE.search(text, max(0, start - 12), start) is not None


def _cased(character: str) -> bool:
    """Whether a character is a letter of a script with upper and lower case."""
    return character.lower() != character.upper()


def _is_host(host: str) -> bool:
    labels = host.rstrip("-_").split(".")
    if len(labels) == 4 and all(label.isascii() and label.isdigit() for label in labels):
        return all(len(label) <= 3 and int(label) < 256 for label in labels)
    last = labels[-1]
    letters = last.startswith("xn--") or (last.isalpha() and len(last) >= 2)
    known = labels[0].lower() != "www" or len(labels) > 2
    return host.lower() == "localhost" or (len(labels) > 1 and letters and known)


def _link(text: str, start: int, end: int) -> Link:
    written = text[start:end]
    scheme, marks, rest = written.partition("://")
    named = bool(marks) and scheme.lower() in ("http", "https")
    url = f"{scheme.lower()}://{rest}" if named else f"https://{written}"
    video = parse_address(url)
    if video is not None and _on_mirror(url):
        url = _own_address(video) or url
    return Link(start, end, written, url, video)


def _on_mirror(url: str) -> bool:
    host = url.partition("://")[2]
    return is_mirror(re.split(r"[/:?#]", host, maxsplit=1)[0])


def _own_address(video: VideoAddress) -> str | None:
    url = watch_url(video)
    return f"{url}&t={video.seconds}" if url and video.seconds is not None else url
