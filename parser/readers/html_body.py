"""The inside of a comment's text on a page, with its links as they lead on from there."""

import re
from html import escape
from urllib.parse import parse_qs, urljoin, urlsplit

from parser.readers.html_tokens import attribute

LONGEST_BODY = 1 << 20
"""Characters that are kept of one text; the site itself allows a hundredth of it."""
_BREAKS = frozenset({"p", "div", "li", "ul", "ol", "tr", "blockquote"})
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)", re.IGNORECASE)
_SHORTENED = ("…", "...")
_SITES_OWN_PAGES = re.compile(r"/(?:@|(?:channel|user|c|hashtag)/|results\b)")
"""People and tags: the words say as much as the address."""
_INDENT = re.compile(r"[ \t]*\n[ \t]*")


class HtmlBody:
    """Gathers the text of one element: :meth:`say` and :meth:`tag` it, then ask for its ``html``.

    ``base`` is the address that relative ones start from; without one they lead nowhere.
    """

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._parts: list[str] = []
        self._length = 0
        self._link: int | None = None
        """Where in the parts the open link is to stand."""
        self._address: str | None = None

    @property
    def html(self) -> str:
        """A fragment for :func:`~parser.text.html_text.html_to_text`."""
        return "".join(self._parts)

    def say(self, text: str) -> None:
        """Text between two tags. What only indents the next tag is no text."""
        if "\n" in text and text.isspace():
            text = _INDENT.sub("\n", text)
        self._add(text.replace("<", "&lt;"))

    def tag(self, name: str, rest: str, *, ends: bool) -> None:
        """A tag: breaks, links and pictures' words matter."""
        if name == "a":
            self._end_link()
            if not ends:
                self._begin_link(attribute(rest, "href"))
        elif name == "img":
            self.say(escape(attribute(rest, "alt") or "", quote=False))
        elif name == "br" or name in _BREAKS:
            self._add("<br>" if name == "br" else f"</{name}>" if ends else f"<{name}>")

    def _add(self, part: str) -> None:
        if part and self._length < LONGEST_BODY:
            part = part[: LONGEST_BODY - self._length]
            self._length += len(part)
            self._parts.append(part)

    def _begin_link(self, href: str | None) -> None:
        self._address = leads_to(href, self._base) if href else None
        if self._address is not None and self._length < LONGEST_BODY:
            self._link = len(self._parts)
            self._parts.append("")
            self._length += 1

    def _end_link(self) -> None:
        """Writes the link as one, unless its words are the whole address already."""
        start, self._link = self._link, None
        if start is None:
            return
        words = "".join(self._parts[start:]).rstrip()
        if _ADDRESS.match(words) and not words.endswith(_SHORTENED):
            return
        self._length += len(self._address or "")
        self._parts[start] = f'<a href="{escape(self._address or "")}">'
        self._parts.append("</a>")


def leads_to(href: str, base: str | None) -> str | None:
    """Where a link leads in the end; ``None`` for one that the site made of a name or a tag."""
    try:
        address = urljoin(base, href.strip()) if base else href.strip()
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    host = parts.netloc.lower()
    if host != "youtube.com" and not host.endswith(".youtube.com"):
        return address
    if parts.path == "/redirect":
        return next(iter(parse_qs(parts.query).get("q", ())), None)
    return None if _SITES_OWN_PAGES.match(parts.path) else address
