"""The texts of YouTube's own answers, with links written out that the site shortens.

A text comes whole with its links beside it, in UTF-16 units, or in runs. The site shows the
beginning of a long address only, and leads by way of a page of its own; what a person wrote is
the address. Times, mentions and tags are the site's links too, and stay the words they are.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from parser.readers.innertube_types import Command, Content, Run, Text
from parser.readers.video_fields import web_address
from parser.text.html_text import linked

_SITE = "https://www.youtube.com"
_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_WRITTEN_OUT = ("http://", "https://", "www.")
_SHORTENED = ("…", "...")
_MARK = "\ufeff"
"""Left behind many older comments by the site."""


def written(text: str) -> str:
    """A comment's text without what the site, not the writer, put behind it."""
    return text.rstrip(_MARK) if text.endswith(_MARK) else text


def content_text(content: Content | None) -> str:
    """A text that has its links beside it."""
    if content is None:
        return ""
    text = content.content or ""
    links = list(_links(content))
    return _with_links(text, links) if links else text


def linked_text(text: Text | None) -> str:
    """A text that is whole or in runs, with its links written out."""
    if text is None or text.runs is None:
        return shown_text(text)
    return "".join(_link_text(_words(run), run.navigation_endpoint) for run in text.runs)


def shown_text(text: Text | None) -> str:
    """A text that is whole or in runs, as it is shown."""
    if text is None:
        return ""
    if text.runs is None:
        return text.simple_text or text.content or ""
    return "".join(map(_words, text.runs))


def unlinked_text(text: Text | None) -> str:
    """A text without the parts of it that lead elsewhere ("Learn more")."""
    if text is None or not text.runs:
        return shown_text(text)
    return "".join(_words(run) for run in text.runs if run.navigation_endpoint is None)


def _words(run: Run) -> str:
    if run.text is not None:
        return run.text
    emoji = run.emoji
    return (emoji.shortcuts or [emoji.emoji_id or ""])[0] if emoji else ""


def _links(content: Content) -> Iterator[tuple[int, int, Command]]:
    """Where links begin and end, in UTF-16 units, and where they lead; those that may matter."""
    for run in content.command_runs or ():
        command = run.on_tap.innertube_command if run.on_tap else None
        start, length = run.start_index or 0, run.length or 0
        if command is not None and start >= 0 and length > 0:
            yield start, start + length, command


def _with_links(text: str, links: list[tuple[int, int, Command]]) -> str:
    units = _Units(text)
    parts: list[str] = []
    at = 0
    for start, end, command in sorted(links, key=lambda link: link[0]):
        if start >= at and end <= len(units):
            parts += (units.part(at, start), _link_text(units.part(start, end), command))
            at = end
    parts.append(units.part(at, len(units)))
    return "".join(parts)


class _Units:
    """A text that is counted in UTF-16 units, of which an emoji has two."""

    def __init__(self, text: str) -> None:
        self._text = text
        is_wide = not text.isascii() and max(text, default="") > "\uffff"
        self._data = text.encode("utf-16-le", "surrogatepass") if is_wide else None

    def __len__(self) -> int:
        return len(self._text) if self._data is None else len(self._data) // 2

    def part(self, start: int, end: int) -> str:
        if self._data is None:
            return self._text[start:end]
        return self._data[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def _link_text(words: str, command: Command | None) -> str:
    """A link as its writer typed it."""
    if command is None:
        return words
    shown = words.strip()
    is_short = shown.endswith(_SHORTENED)
    if shown.startswith(_WRITTEN_OUT) and not is_short:
        return words
    url = command.url_endpoint.url if command.url_endpoint else None
    if url is None and (command.watch_endpoint or is_short):
        url = _site_address(command)
    address = _unwrapped(url) if url else None
    return words if address is None else linked(words, address)


def _site_address(command: Command) -> str | None:
    """Where a link leads within the site."""
    data = command.command_metadata
    metadata = data.web_command_metadata if data else None
    if metadata and metadata.url:
        return metadata.url
    watch = command.watch_endpoint
    return f"/watch?v={watch.video_id}" if watch and watch.video_id else None


def _unwrapped(url: str) -> str | None:
    """The address that a link's own way leads to; ``None`` for what is no address."""
    if url.startswith("/") and not url.startswith("//"):
        url = _SITE + url
    try:
        parts = urlsplit(url)
        if parts.hostname in _HOSTS and parts.path == "/redirect":
            url = dict(parse_qsl(parts.query)).get("q", "")
    except ValueError:
        return None
    return web_address(url)
