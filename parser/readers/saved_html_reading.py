"""Which site's page a saved one is, and its way from the file to slices.

Known by its content: by the page's own address, the site's elements or its scripts, and a
mirror's without an address by the first comment.
"""

from collections.abc import Iterator
from typing import Protocol

from parser.model import Batch, Diagnostic, Record, Slice, Video
from parser.readers.html_tokens import HtmlTokens, Token
from parser.readers.saved_html_head import HeadFacts, is_front_end
from parser.source import Input

_PIECE = 16 * 1024
"""Characters of a page that are read at a time."""
_SLICE = 200
"""Comments out of scripts that are handed over at a time."""
_SPACE = "\ufeff \t\r\n"
_SITES_SCRIPTS = ("ytInitialData", "ytInitialPlayerResponse", "ytcfg.set")
_SITES_TITLE = " - YouTube"


class Page(Protocol):
    """What a kind of page makes of its tokens."""

    @property
    def page_date(self) -> str | None: ...

    @property
    def format(self) -> str | None: ...

    @property
    def is_whole(self) -> bool: ...

    def take(self, token: Token) -> None: ...

    def close(self, *, is_cut: bool) -> None: ...

    def comments(self) -> Batch: ...

    def kept(self) -> list[Record]: ...

    def video(self) -> Video | None: ...

    def diagnostics(self) -> Iterator[Diagnostic]: ...


def slices(source: Input, page: Page) -> Iterator[Slice]:
    """A slice for each piece of the page."""
    from parser.readers.mhtml import open_mhtml

    tokens = HtmlTokens()
    mhtml = open_mhtml(source.head)
    for block in mhtml.pages(source.blocks()) if mhtml else source.blocks():
        for start in range(0, max(1, len(block)), _PIECE):
            for token in tokens.feed(block[start : start + _PIECE]):
                page.take(token)
            yield _slice(source, page, page.comments())
    for token in tokens.close():
        page.take(token)
    page.close(is_cut=tokens.is_cut or (mhtml is not None and mhtml.is_cut))
    yield _slice(source, page, page.comments())
    kept = page.kept()
    for start in range(0, len(kept), _SLICE):
        yield _slice(source, page, kept[start : start + _SLICE])
    yield Slice(
        [],
        bytes_read=source.bytes_read,
        bytes_total=source.size,
        video=page.video(),
        page_date=page.page_date,
        diagnostics=tuple(page.diagnostics()),
        complete=page.is_whole,
        format=page.format,
    )


def _slice(source: Input, page: Page, records: Batch | list[Record]) -> Slice:
    return Slice(
        records,
        bytes_read=source.bytes_read,
        bytes_total=source.size,
        video=page.video(),
        page_date=page.page_date,
    )


def page_of(head: str) -> Page | None:
    """What reads the page that a file begins with; ``None`` when it is no such page."""
    if head.lstrip(_SPACE).startswith("<"):
        return _kind_of(head, None)
    from parser.readers.mhtml import open_mhtml

    mhtml = open_mhtml(head)
    return _kind_of("".join(mhtml.pages(iter((head,)))), mhtml.address) if mhtml else None


def _kind_of(html: str, address: str | None) -> Page | None:
    """What reads a page, by the address it was saved from and what it begins with."""
    from parser.readers.saved_html_mirror import MirrorPage

    facts = HeadFacts()
    facts.saved_from(address)
    mirror = MirrorPage(None)
    for token in ("", "", False, ""), *HtmlTokens().feed(html):
        if _is_youtubes(facts, token) or facts.is_youtube:
            from parser.readers.saved_html_page import WatchPage

            return WatchPage(address)
        mirror.take(token)
        if mirror.count:
            return MirrorPage(facts.page)
    return MirrorPage(facts.page) if is_front_end(facts.page) else None


def _is_youtubes(facts: HeadFacts, token: Token) -> bool:
    """Whether a tag or what it holds is one of YouTube's own pages'."""
    text, name, ends, rest = token
    if name == "!--":
        facts.remark(rest)
    elif not ends:
        facts.start(name, rest)
        return name.startswith("ytd-")
    elif name == "script":
        return any(known in text for known in _SITES_SCRIPTS)
    elif name == "title":
        return text.rstrip().endswith(_SITES_TITLE)
    return False
