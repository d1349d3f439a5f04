"""The tags of an HTML page, block by block, in one pass that costs its length however broken.

Tags end where browsers end them: at the first ``>`` outside of a quoted value. What a page
holds without showing it (styles, remarks) is passed over, and nothing is held longer than it
takes: of a tag that carries a picture of megabytes its beginning is enough.
"""

import re
from collections.abc import Generator, Iterator
from html import unescape

_TAG = re.compile(
    r"""<(?:
        (/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>
        |(!--)(?!-?>)(?=.{2})
        |(?:/(?![a-zA-Z])|\?|!(?!--.))[^>]*+>
        |!---?>
        |([a-zA-Z!?/]|\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
"""A tag; the beginning of a remark; what is neither; or what ends behind this block."""
_WHOLE_VALUES = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+""")
_OPEN_VALUE = re.compile(r"""=\s*+(["'])""")
_ATTRIBUTE = re.compile(
    r"""([^\s"'=/<>][^\s=/>]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?+"""
)
_LONG_NUMBER = re.compile(r"&#x?[0-9a-f]{9,}+;?", re.IGNORECASE)
"""No letter has so large a number, and Python refuses to read the largest."""
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "noscript", "iframe", "noembed", "xmp")
}
"""Elements within which there are no tags, with what ends them."""
_KEPT = frozenset({"script", "title"})
"""Those whose content is handed over."""

EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
"""Elements that have no end."""

LONGEST_TAG = 1 << 20
"""Characters of a tag that are looked at; what stands behind them is passed over."""
LONGEST_RAW = 1 << 25
"""Characters of a script that are kept; a watch page's data are a tenth of it at most."""
_LONGEST_REMARK = 4096
_LONGEST_TEXT = 4096
"""Characters of text that wait for the tag behind them, so that blocks cut up no words."""
_LONGEST_END = 16
"""Characters at a block's end that may begin what ends a script or a remark."""


Token = tuple[str, str, bool, str]
"""Text, entities and all, and the tag behind it: its name, whether it ends, its attributes.

The name is in small letters; ``!--`` for a remark, whose beginning stands in place of the
attributes; empty where there is only text. What a script or a title holds comes as the text of
an end tag; the end tag as it is written comes again behind it.
"""
Steps = Generator[Token, None, int]
"""Tokens, and last the place in the block that they reach to."""


class HtmlTokens:
    """Cuts a page into tokens: :meth:`feed` it block by block, then :meth:`close` it.

    ``is_cut`` after that: the page ended within a tag, a remark or a script.
    """

    def __init__(self) -> None:
        self.is_cut = False
        self._pending = ""
        """The beginning of what did not end in the last block."""
        self._mode = ""
        """The raw element or the remark (``!--``) in which the block begins, or a tag (``>``)
        of which only the end is wanted."""
        self._quote = ""
        """In such a tag: the mark that ends the value."""
        self._kept: list[str] = []
        self._kept_length = 0

    def feed(self, block: str) -> Iterator[Token]:
        """The tokens that end in the block."""
        data, self._pending = self._pending + block, ""
        at = 0
        while at < len(data):
            at = yield from self._leave_mode(data, at) if self._mode else self._tags(data, at)

    def close(self) -> Iterator[Token]:
        """What is left at the page's end."""
        if self._mode:
            self.is_cut = True
            if self._mode in _KEPT:
                yield ("".join([*self._kept, self._pending]), self._mode, True, "")
            return
        half = _TAG.search(self._pending)
        self.is_cut = half is not None
        yield (self._pending[: half.start() if half else None], "", False, "")

    def _tags(self, data: str, at: int) -> Steps:
        """Tags up to a raw element, a remark or the block's end; returns where that is."""
        for found in _TAG.finditer(data, at):
            slash, name, rest, remark, half = found.groups()
            start = found.start()
            if name:
                name = name.lower()
                yield (data[at:start], name, bool(slash), rest)
                at = found.end()
                if name in _RAW and not slash:
                    self._mode = name
                    return at
            elif remark:
                yield (data[at:start], "", False, "")
                self._mode = remark
                return found.end()
            elif half is not None:
                return (yield from self._hold(data, at, start))
            else:
                yield (data[at:start], "", False, "")
                at = found.end()
        return (yield from self._hold(data, at, len(data)))

    def _hold(self, data: str, at: int, start: int) -> Steps:
        """Text and a tag that go on in the next block; what is very long is handed over."""
        is_long = len(data) - start > LONGEST_TAG
        if is_long or start - at > _LONGEST_TEXT:
            yield (data[at:start], "", False, "")
            at = start
        if is_long:
            yield from self._long_tag(data[start:])
        else:
            self._pending = data[at:]
        return len(data)

    def _long_tag(self, tag: str) -> Iterator[Token]:
        """Hands over a tag of which there is enough; its end is still to come."""
        self._mode = ">"
        found = re.match(r"<(/?)([a-zA-Z][^\s/>]{0,200})", tag)
        values = _WHOLE_VALUES.match(tag, found.end() if found else 1)
        behind = values.end() if values else len(tag)
        opened = _OPEN_VALUE.match(tag, behind)
        self._quote = opened[1] if opened else ""
        self._hold_equals(tag)
        if found:
            yield ("", found[2].lower(), bool(found[1]), tag[found.end() : behind])

    def _leave_mode(self, data: str, at: int) -> Steps:
        """Goes to the end of what the block begins in; returns where that is."""
        if self._mode == ">":
            return self._skip_tag(data, at)
        if self._mode == "!--":
            end = data.find("-->", at)
            start = end
            behind = end + 3
        else:
            found = _RAW[self._mode].search(data, at)
            end = start = behind = found.start() if found else -1
        if end < 0:
            start = max(at, len(data) - _LONGEST_END)
            self._keep(data, at, start)
            self._pending = data[start:]
            return len(data)
        self._keep(data, at, start)
        mode, self._mode = self._mode, ""
        kept = "".join(self._kept)
        self._kept, self._kept_length = [], 0
        if mode == "!--":
            yield ("", mode, False, kept)
        elif mode in _KEPT:
            yield (kept, mode, True, "")
        return behind

    def _keep(self, data: str, start: int, end: int) -> None:
        most = _LONGEST_REMARK if self._mode == "!--" else LONGEST_RAW if self._mode in _KEPT else 0
        part = data[start : min(end, start + most - self._kept_length)]
        self._kept.append(part)
        self._kept_length += len(part)

    def _skip_tag(self, data: str, at: int) -> int:
        """Where the tag ends of which only the end is wanted, or a step on the way there."""
        if self._quote:
            end = data.find(self._quote, at)
            if end < 0:
                return len(data)
            self._quote = ""
            at = end + 1
        found = _WHOLE_VALUES.match(data, at)
        end = found.end() if found else at
        if data.startswith(">", end):
            self._mode = ""
            return end + 1
        if opened := _OPEN_VALUE.match(data, end):
            self._quote = opened[1]
            return opened.end()
        self._hold_equals(data[at:])
        return len(data)

    def _hold_equals(self, end: str) -> None:
        """The next block tells whether a mark follows a sign that ends a block."""
        if not self._quote and end.rstrip().endswith("="):
            self._pending = "="


def attribute(rest: str, name: str) -> str | None:
    """An attribute's value, ``""`` where it has none; ``None`` where it is not there."""
    for found in _ATTRIBUTE.finditer(rest):
        if found[1].lower() == name:
            return unescaped(found[2] or found[3] or found[4] or "")
    return None


def attributes(rest: str) -> dict[str, str]:
    """All attributes by their names in small letters; of two with one name the first counts."""
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(rest):
        values.setdefault(found[1].lower(), unescaped(found[2] or found[3] or found[4] or ""))
    return values


def unescaped(text: str) -> str:
    """The text with its entities as what they stand for."""
    return unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text
