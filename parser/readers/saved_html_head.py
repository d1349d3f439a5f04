"""What a saved page says of itself: its address, its title, the data that search engines read.

A page that changes without being loaded anew keeps what it was first served with. So each
group of facts belongs to the video that it names, and counts for no other.
"""

import re
from urllib.parse import urlsplit

from parser.readers.html_tokens import attributes, unescaped
from parser.readers.video_fields import day
from parser.text.clean import clean, clean_line
from parser.text.marks import VideoAddress
from parser.text.videos import is_mirror, parse_address, parse_video

SAVED_FROM = "saved from"
"""The address under which the page was saved, as the program that saved it wrote down."""
COMMENTS = "comments"
"""Where the comments' own links lead."""
SHOWN = "shown"
CANONICAL = "canonical"
MICRODATA = "microdata"
OPEN_GRAPH = "open graph"
SCRIPT = "script"
_TRUST = (SAVED_FROM, COMMENTS, SHOWN, CANONICAL, MICRODATA, OPEN_GRAPH, SCRIPT)
"""Whose word counts for which video the page shows, the first first."""

_REMARK = re.compile(
    r"(?:\bsaved from(?: url)?|^[ \t]{0,9}url)[ \t]{0,4}[:=]?[ \t]{0,4}(?:\([0-9]{1,9}\))?"
    r"(https?://[^\s<>\"]{1,2000})",
    re.IGNORECASE | re.MULTILINE,
)
"""As browsers and single-file programs write it: ``saved from url=(0043)https://…``"""
_DURATION = re.compile(
    r"P(?:([0-9]{1,4})D)?"
    r"(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9})(?:\.[0-9]{0,9})?S)?)?"
)
_SITE_BEHIND_TITLE = " - YouTube"
_NEWS_BEFORE_TITLE = re.compile(r"\([0-9]{1,3}\+?\) ")
"""The count of unread messages, which the site puts before a page's title."""
_SHORTENED = ("…", "...")
_LONGEST = 20_000
"""Characters that are kept of one fact."""


class HeadFacts:
    """Gathers from a page's tags. ``is_youtube``: they say that the page is that site's.

    ``owners`` are the paths of the channel's page, in small letters.
    """

    def __init__(self) -> None:
        self.is_youtube = False
        self.changed = False
        self.page: str | None = None
        """The page's own address."""
        self._videos: dict[str, VideoAddress] = {}
        self._title = ""
        self._microdata: dict[str, str] = {}
        self._open_graph: dict[str, str] = {}
        self._within: str | None = None
        """The microdata's thing within the video that is open: its author, say."""

    @property
    def address(self) -> VideoAddress | None:
        """The video of the page."""
        return next((self._videos[by] for by in _TRUST if by in self._videos), None)

    @property
    def is_of_video(self) -> bool:
        """Whether the page shows a video of YouTube's, there or elsewhere."""
        return bool(self._videos)

    def belongs(self, by: str) -> bool:
        """Whether what a group says is said of the video of the page."""
        named = self._videos.get(by) or self._videos.get(CANONICAL)
        address = self.address
        return named is None or address is None or named.id == address.id

    def name(self, by: str, url: str | None) -> None:
        """A video's address or id, by whoever names it."""
        address = parse_video(clean_line(url)) if url else None
        if address is not None and by not in self._videos:
            self._videos[by] = address
            self.changed = True

    @property
    def title(self) -> str | None:
        """The video's title."""
        for by, facts in ((MICRODATA, self._microdata), (OPEN_GRAPH, self._open_graph)):
            if self.belongs(by) and (title := clean_line(facts.get("title", ""))):
                return title
        title = clean_line(self._title)
        if title.endswith(_SITE_BEHIND_TITLE):
            title = _NEWS_BEFORE_TITLE.sub("", title.removesuffix(_SITE_BEHIND_TITLE), count=1)
        return title.strip() or None

    @property
    def channel(self) -> str | None:
        return clean_line(self._of_video("channel")) or None

    @property
    def published(self) -> str | None:
        """YYYY-MM-DD."""
        return day(self._of_video("published")[:10])

    @property
    def duration(self) -> int | None:
        """In seconds."""
        found = _DURATION.fullmatch(self._of_video("duration").strip())
        if found is None:
            return None
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds or None

    @property
    def description(self) -> str | None:
        """Where the page has it whole."""
        text = clean(self._of_video("description")).strip()
        return None if not text or text.endswith(_SHORTENED) else text

    @property
    def owners(self) -> set[str]:
        channel_id = self._of_video("channel id")
        paths = [path_of(self._of_video("channel url")), channel_id and f"/channel/{channel_id}"]
        return {path.casefold() for path in paths if path}

    def remark(self, text: str) -> None:
        """A remark, in which many programs write where they saved the page from."""
        if found := _REMARK.search(text):
            self.saved_from(found[1])

    def saved_from(self, url: str | None) -> None:
        """The address under which the page was saved."""
        if url:
            self._take_address(SAVED_FROM, url)

    def take_title(self, text: str) -> None:
        """What the title element holds."""
        if not self._title:
            self._title = unescaped(text[:_LONGEST])
            self.changed = True

    def end(self, name: str) -> None:
        """An end tag."""
        if name in ("span", "div"):
            self._within = None

    def start(self, name: str, rest: str) -> None:
        """A start tag."""
        if name == "html":
            self.saved_from(attributes(rest).get("data-scrapbook-source"))
        elif name == "base":
            self.is_youtube = self.is_youtube or is_youtube(attributes(rest).get("href"))
        elif "itemprop" in rest:
            self._take_item(name, attributes(rest))
        elif name == "link":
            self._take_link(attributes(rest))
        elif name == "meta":
            self._take_meta(attributes(rest))

    def _take_link(self, told: dict[str, str]) -> None:
        if "canonical" in told.get("rel", "").lower().split():
            self._take_address(CANONICAL, told.get("href", ""))

    def _take_meta(self, told: dict[str, str]) -> None:
        key = (told.get("property") or told.get("name") or "").lower()
        value = told.get("content", "")[:_LONGEST]
        if key == "og:url":
            self._take_address(OPEN_GRAPH, value)
        elif key == "og:title":
            self._keep(self._open_graph, "title", value)
        elif key == "og:site_name":
            self.is_youtube = self.is_youtube or value == "YouTube"
        elif key == "savepage-url":
            self.saved_from(value)

    def _take_address(self, by: str, url: str) -> None:
        self.name(by, url)
        self.is_youtube = self.is_youtube or is_youtube(url)
        self.page = self.page or (url if path_of(url) else None)

    def _take_item(self, name: str, told: dict[str, str]) -> None:
        """Microdata, as schema.org has it of a video."""
        item = told["itemprop"].lower() if "itemprop" in told else ""
        value = (told.get("content") or told.get("href") or "")[:_LONGEST]
        if "itemscope" in told and name in ("span", "div"):
            self._within = item
        elif self._within == "author":
            if item in ("name", "url"):
                self._keep(self._microdata, "channel" if item == "name" else "channel url", value)
        elif item in ("identifier", "videoid", "url") and self._within is None:
            self.name(MICRODATA, value)
        elif item == "channelid":
            self._keep(self._microdata, "channel id", value)
        elif item in _ITEMS and self._within is None:
            self._keep(self._microdata, _ITEMS[item], value)

    def _keep(self, facts: dict[str, str], key: str, value: str) -> None:
        if value and key not in facts:
            facts[key] = value
            self.changed = True

    def _of_video(self, key: str) -> str:
        return self._microdata.get(key, "") if self.belongs(MICRODATA) else ""


_ITEMS = {
    "name": "title",
    "description": "description",
    "duration": "duration",
    "datepublished": "published",
    "uploaddate": "published",
}


def path_of(url: str) -> str | None:
    """The path of a web address; ``None`` where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path.rstrip("/") if parts.scheme in ("http", "https") and parts.netloc else None


def is_youtube(url: str | None) -> bool:
    """Whether an address is one of that site's."""
    host = _host(url)
    return host in ("youtube.com", "youtu.be") or host.endswith(".youtube.com")


def is_front_end(url: str | None) -> bool:
    """Whether an address is of a site that shows YouTube's videos on pages of its own."""
    return bool(url) and is_mirror(_host(url)) and parse_address(url or "") is not None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
