"""A comment's HTML as the text that its writer saw: tags gone, line breaks kept.

Comments hold fragments with a handful of tags, a million of them in a file, and some are made
to harm; so this is one pass over the tags, linear in the text's length.
"""

import re
from html import unescape

_TAG = re.compile(
    r"""<(?:(?P<end>/)?(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
    r"""|!--(?P<remark>)|[!?][^<>]*+)(?:(?<=<!--)|>)""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'=/<>]++)\s*+=\s*+(?:"(?P<a>[^"]*+)"|'(?P<b>[^']*+)'|(?P<c>[^\s"'<>]++))"""
)
_LONG_NUMBER = re.compile(r"&#x?[0-9a-f]{9,}+;?", re.IGNORECASE)
"""No letter has so large a number, and Python refuses to read the largest."""
_BREAKS = frozenset({"p", "div", "li", "tr", "blockquote", "ul", "ol"})
_SILENT = frozenset({"script", "style", "template"})
_SHORTENED = ("…", "...")
_SITES_OWN = re.compile(r"[@#]|\d+(?::\d\d)+$")
"""Links that the site made of words: mentions, tags and times."""


def html_to_text(html: str) -> str:
    """The text of a fragment of HTML; broken markup is read much as browsers do.

    A link leads on in the text: where its words are not its address, the address stands
    behind them, or in place of them if they are only its beginning.
    """
    reader = _Reader()
    at = 0
    while found := _TAG.search(html, at):
        reader.say(html[at : found.start()])
        if found["remark"] is not None:
            end = html.find("-->", found.end())
            at = len(html) if end < 0 else end + 3
            continue
        at = found.end()
        if found["name"]:
            reader.meet(found["name"].lower(), bool(found["end"]), found["rest"])
    reader.say(html[at:])
    reader.end_link()
    return "".join(reader.parts).strip()


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self._silent: str | None = None
        """The element whose content is not shown."""
        self._link: str | None = None
        self._link_from = 0

    def say(self, text: str) -> None:
        """Text between two tags."""
        if text and self._silent is None:
            self.parts.append(_unescaped(text))

    def meet(self, name: str, ends: bool, rest: str) -> None:
        """A tag."""
        if self._silent is not None:
            if ends and name == self._silent:
                self._silent = None
        elif name in _SILENT:
            self._silent = None if ends else name
        elif name == "br":
            self.parts.append("\n")
        elif name in _BREAKS:
            if self.parts and not self.parts[-1].endswith("\n"):
                self.parts.append("\n")
        elif name == "a":
            self.end_link()
            self._link = None if ends else _attribute(rest, "href")
            self._link_from = len(self.parts)
        elif name == "img":
            self.parts.append(_attribute(rest, "alt") or "")

    def end_link(self) -> None:
        """Writes out where a link leads, if its words do not."""
        address, self._link = (self._link or "").strip(), None
        if address.startswith(("http://", "https://")):
            words = "".join(self.parts[self._link_from :])
            self.parts[self._link_from :] = [linked(words, address)]


def linked(words: str, address: str) -> str:
    """What a link is in a text: its words, and its address where the words do not tell it."""
    shown = words.strip()
    if shown.endswith(_SHORTENED):
        return address
    if not shown or _SITES_OWN.match(shown) or _bare(shown) == _bare(address):
        return words
    return f"{words} ({address})"


def _bare(address: str) -> str:
    """An address without what people leave out of it."""
    bare = address.removeprefix("http://").removeprefix("https://").removeprefix("www.")
    return bare.rstrip("/")


def _attribute(rest: str, name: str) -> str | None:
    for found in _ATTRIBUTE.finditer(rest):
        if found["name"].lower() == name:
            return _unescaped(found["a"] or found["b"] or found["c"] or "")
    return None


def _unescaped(text: str) -> str:
    return unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text
