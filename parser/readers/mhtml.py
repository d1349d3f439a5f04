"""The page within an MHTML file (``.mhtml``): RFC 2557, as browsers write it.

A header as mail has it, then the page and all that belongs to it as parts between lines that
begin with the boundary. The first part that is HTML is the page; others are frames in it.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator

_LONGEST_HEADER = 1 << 16
"""Characters of a header; what has more is none."""
_LONGEST_LINE = 1 << 16
"""Characters of a line that are waited for."""
_BEGINS = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_FOLDED = re.compile(r"\r?\n[ \t]+")
_END_OF_HEADER = re.compile(r"\r?\n\r?\n")
_PARAMETER = r'(?:;|\s){}\s*=\s*(?:"([^"]+)"|([^\s;"]+))'
_BOUNDARY = re.compile(_PARAMETER.format("boundary"), re.IGNORECASE)
_CHARSET = re.compile(_PARAMETER.format("charset"), re.IGNORECASE)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_HTML = ("text/html", "application/xhtml+xml")

Header = dict[str, str]
"""Fields by their names in small letters, unfolded."""


class Mhtml:
    """An MHTML file that is read block by block.

    ``address`` is what the file says that the page was saved from; ``is_cut``: the page's
    part does not end with a boundary.
    """

    def __init__(self, header: Header, boundary: str) -> None:
        self.address = header.get("snapshot-content-location")
        self.is_cut = True
        self._mark = f"--{boundary}"
        self._part: _Part | None = None

    def pages(self, blocks: Iterator[str]) -> Iterator[str]:
        """The page's HTML, with a piece for each block; an empty one where there is none."""
        for text, begins in self._stretches(blocks):
            yield self._take(text, begins=begins)
        if self.is_cut and self._part is not None:
            yield self._part.rest()

    def _take(self, text: str, *, begins: bool) -> str:
        if not self.is_cut:
            return ""
        if begins and self._part is not None and self._part.is_html:
            self.is_cut = False
            return self._part.rest()
        if begins:
            self._part = _Part()
        html = self._part.take(text) if self._part is not None else ""
        if html and self._part is not None:
            self.address = self.address or self._part.address
        return html

    def _stretches(self, blocks: Iterator[str]) -> Iterator[tuple[str, bool]]:
        """The text of parts in whole lines; with the first of each one the flag is true."""
        pending = ""
        for block in blocks:
            data = pending + block
            end = data.rfind("\n") + 1
            if len(data) - end > _LONGEST_LINE:
                # A line may be cut anywhere but in a character that is written "=3D".
                escape = data.rfind("=", len(data) - 2)
                end = len(data) if escape < 0 else escape
            pending = data[end:]
            yield from self._cut(data[:end])
        yield from self._cut(pending)

    def _cut(self, lines: str) -> Iterator[tuple[str, bool]]:
        """Cuts whole lines at those that begin with the boundary."""
        at, begins = 0, False
        while (found := self._next_mark(lines, at)) >= 0:
            yield lines[at:found], begins
            behind = lines.find("\n", found)
            at, begins = (len(lines) if behind < 0 else behind + 1), True
        yield lines[at:], begins

    def _next_mark(self, lines: str, at: int) -> int:
        """Where the next line stands that begins with the boundary; -1 for nowhere."""
        if lines.startswith(self._mark, at):
            return at
        found = lines.find("\n" + self._mark, at)
        return found if found < 0 else found + 1


class _Part:
    """One part: its header, and if it is HTML its text, decoded."""

    def __init__(self) -> None:
        self.is_html = False
        self.address: str | None = None
        self._header: str | None = ""
        """What has come of the header; ``None`` behind it."""
        self._encoding = ""
        self._pending = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def take(self, text: str) -> str:
        """What some lines of the part come to."""
        if self._header is not None:
            self._header += text
            found = _END_OF_HEADER.search(self._header)
            if found is None:
                self._header = self._header if len(self._header) < _LONGEST_HEADER else None
                return ""
            text = self._header[found.end() :]
            self._begin(_fields(self._header[: found.start()]))
        return self._decode(text) if self.is_html else ""

    def rest(self) -> str:
        """What is left at the part's end."""
        return self._decode("", is_last=True) if self.is_html else ""

    def _begin(self, header: Header) -> None:
        self._header = None
        kind = header.get("content-type", "")
        self.is_html = kind.partition(";")[0].strip().lower() in _HTML
        self.address = header.get("content-location")
        self._encoding = header.get("content-transfer-encoding", "").lower()
        try:
            # "replace" is wanted of text, and codecs such as "hex" make none.
            b"".decode(charset := _parameter(_CHARSET, kind) or "utf-8", "replace")
            self._decoder = codecs.getincrementaldecoder(charset)("replace")
        except (LookupError, ValueError):
            return

    def _decode(self, text: str, *, is_last: bool = False) -> str:
        if self._encoding == "quoted-printable":
            data = binascii.a2b_qp(text.encode("utf-8", "replace"))
        elif self._encoding == "base64":
            data = self._base64(text, is_last=is_last)
        else:
            return text
        try:
            return self._decoder.decode(data, is_last)
        except UnicodeError:  # some refuse what they cannot read: UTF-16 without its mark
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
            return self._decoder.decode(data, is_last)

    def _base64(self, text: str, *, is_last: bool) -> bytes:
        """The bytes of whole groups of four characters; the rest waits for the next lines."""
        text = self._pending + _NO_BASE64.sub("", text)
        end = len(text) if is_last else len(text) // 4 * 4
        text, self._pending = text[:end], text[end:]
        if len(text) % 4 == 1:
            text = text[:-1]  # less than a byte
        return base64.b64decode(text + "=" * (-len(text) % 4))


def open_mhtml(head: str) -> Mhtml | None:
    """The file that begins with ``head``, if it is one."""
    head = head.lstrip("\ufeff\r\n")[:_LONGEST_HEADER]
    end = _END_OF_HEADER.search(head) if _BEGINS.match(head) else None
    if end is None:
        return None
    header = _fields(head[: end.start()])
    kind = header.get("content-type", "")
    boundary = _parameter(_BOUNDARY, kind)
    if not kind.lower().startswith("multipart/") or not boundary:
        return None
    return Mhtml(header, boundary)


def _fields(header: str) -> Header:
    fields: Header = {}
    for line in _FOLDED.sub(" ", header).split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _parameter(pattern: re.Pattern[str], value: str) -> str | None:
    found = pattern.search(value)
    return (found[1] or found[2]) if found else None
