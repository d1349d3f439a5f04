"""A comment's HTML as the text that its writer saw: tags gone, line breaks kept."""

from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "blockquote", "ul", "ol"})
_SILENT = frozenset({"script", "style", "template"})
_SHORTENED = ("…", "...")


def html_to_text(html: str) -> str:
    """The text of a fragment of HTML; broken markup is read as browsers do.

    A link whose words are a shortened form of its address is written out as the address, so
    that it still leads there.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._link: str | None = None
        self._link_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BREAKS:
            self._new_line()
        elif tag == "a":
            self._link, self._link_from = dict(attrs).get("href"), len(self.parts)
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS and tag != "br":
            self._new_line()
        elif tag == "a" and self._link:
            self._write_out(self._link)
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _new_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def _write_out(self, address: str) -> None:
        words = "".join(self.parts[self._link_from :])
        if words.endswith(_SHORTENED) and address.startswith(("http://", "https://")):
            self.parts[self._link_from :] = [address]
