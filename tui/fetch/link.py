"""What a link is, and what is asked for beside it."""

import re

import msgspec

from parser.text.videos import parse_address, watch_url

_MOST = re.compile(r"(?:all|[0-9]{1,9})(?:,(?:all|[0-9]{1,9})){0,4}")
"""``--max-comments`` as yt-dlp has it: comments, threads, replies, replies a thread, depth."""


class Link(msgspec.Struct, frozen=True):
    """An address on the network. ``site`` and ``id`` are the video's where the form tells them."""

    url: str
    site: str | None = None
    id: str | None = None


class Wishes(msgspec.Struct, frozen=True):
    """How to fetch.

    ``refresh``: also what is stored already. ``sort`` (``top``, ``new``) and ``most``
    (``--max-comments``) are empty where yt-dlp is to do as it does by itself. ``passed_on`` are
    yt-dlp's own options.
    """

    refresh: bool = False
    sort: str = ""
    most: str = ""
    passed_on: tuple[str, ...] = ()


def parse_link(text: str) -> Link:
    """The link in the form in which it is fetched: a known video's on its site's own page."""
    address = parse_address(text)
    url = watch_url(address) if address else None
    if address is None or url is None:
        return Link(text)
    return Link(url, address.site, address.id)


def is_most(text: str) -> bool:
    """Whether yt-dlp would understand it as a number of comments, or several by kind."""
    return _MOST.fullmatch(text) is not None
