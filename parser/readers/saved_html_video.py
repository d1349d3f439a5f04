"""The video of a saved watch page, by what the page shows beside the comments.

Elements by their names on the site: ``ytd-watch-metadata`` with the title and the description
(older: ``ytd-video-primary-info-renderer``, ``ytd-video-secondary-info-renderer``), the owner
in ``ytd-video-owner-renderer``, the number of comments in ``ytd-comments-header-renderer``, and
chapters in ``ytd-macro-markers-list-item-renderer``, within a panel whose ``target-id`` tells
whether the site made them. What is shown goes before what the page's head says.
"""

import re
from urllib.parse import parse_qs, urlsplit

from parser.model import StatedChapter
from parser.readers.html_body import HtmlBody
from parser.readers.html_frames import Frames
from parser.readers.html_tokens import EMPTY, attribute, unescaped
from parser.readers.page_labels import read_labels
from parser.text.clean import clean, clean_line
from parser.text.html_text import html_to_text

SITE = "https://www.youtube.com/"

_WATCH = "watch"
_OWNER = "owner"
_OWNER_NAME = "owner's name"
_HEADER = "header"
_PANEL = "panel"
_ITEM = "item"
_TITLE, _COUNT = "title", "count"
_TEXT, _AROUND_TEXT = "description", "around the description"
_ITEM_TITLE, _ITEM_TIME = "chapter's title", "chapter's time"

_ELEMENTS = {
    "ytd-watch-metadata": _WATCH,
    "ytd-video-primary-info-renderer": _WATCH,
    "ytd-video-secondary-info-renderer": _WATCH,
    "ytd-video-owner-renderer": _OWNER,
    "ytd-comments-header-renderer": _HEADER,
    "ytd-engagement-panel-section-list-renderer": _PANEL,
    "ytd-macro-markers-list-item-renderer": _ITEM,
}
_DESCRIPTIONS = {
    "expanded": _TEXT,
    "attributed-snippet-text": _TEXT,
    "plain-snippet-text": _TEXT,
    "description": _AROUND_TEXT,
}
"""By id: what holds the description, or its beginning, and what does where those are not."""
_MACHINE_MADE = re.compile(r"\bauto-chapters\b")
_CHAPTERS = re.compile(r"macro-markers.*chapters")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})")
_SHORTENED = ("…", "...")
_MOST_CHAPTERS = 10_000
_LONGEST = 20_000
"""Characters that are kept of a title or a name."""


class ShownVideo:
    """Gathers what a page shows. ``video_id`` is as the page has it, ``owners`` as paths."""

    def __init__(self) -> None:
        self.changed = False
        self.video_id: str | None = None
        self.owners: set[str] = set()
        self._texts: dict[str, str] = {}
        self._frames = Frames()
        self._words: list[str] = []
        self._length = 0
        self._body: HtmlBody | None = None
        self._machine: bool | None = None
        """Whether the open panel's chapters are machine-made; ``None`` outside of one."""
        self._item: dict[str, str] = {}
        self._chapters: dict[tuple[bool | None, int], StatedChapter] = {}

    @property
    def title(self) -> str | None:
        return self._texts.get(_TITLE)

    @property
    def channel(self) -> str | None:
        return self._texts.get(_OWNER_NAME)

    @property
    def description(self) -> str | None:
        """The whole of it; where only its beginning is shown it does not count."""
        text = self._texts.get(_TEXT)
        return None if text is None or text.endswith(_SHORTENED) else text

    @property
    def claimed(self) -> int | None:
        """How many comments the page says that there are."""
        text = self._texts.get(_COUNT)
        return read_labels(["-", "", text]).comments_claimed if text else None

    @property
    def chapters(self) -> tuple[StatedChapter, ...]:
        """Those of the panels, a person's first; without any, those shown elsewhere."""
        found = [one for (machine, _), one in self._chapters.items() if machine is not None]
        return tuple(
            sorted(found or self._chapters.values(), key=lambda one: (one.machine, one.start))
        )

    def say(self, text: str) -> None:
        """Text between two tags."""
        if self._body is not None:
            self._body.say(text)
        elif self._frames.kind in (_TITLE, _COUNT, _OWNER_NAME, _ITEM_TITLE, _ITEM_TIME):
            self._words.append(text[: max(0, _LONGEST - self._length)])
            self._length += len(text)

    def end(self, name: str) -> None:
        """An end tag."""
        if self._body is not None:
            self._body.tag(name, "", ends=True)
        for kind in self._frames.close(name):
            self._ended(kind)

    def start(self, name: str, rest: str) -> None:
        """A start tag with its attributes."""
        kind = _ELEMENTS.get(name)
        if kind is not None:
            self._start_element(name, kind, rest)
        elif self._body is not None and not self._has_text_within(rest):
            self._body.tag(name, rest, ends=False)
            if name not in EMPTY:
                self._frames.pass_over(name)
        elif name == "ytd-watch-flexy":
            self.video_id = attribute(rest, "video-id") or self.video_id
            self.changed = True
        elif name not in EMPTY:
            self._start_within(name, rest)

    def _start_element(self, name: str, kind: str, rest: str) -> None:
        if kind == _PANEL:
            target = attribute(rest, "target-id") or ""
            is_list = _CHAPTERS.search(target) is not None
            self._machine = _MACHINE_MADE.search(target) is not None if is_list else None
        elif kind == _ITEM:
            self._item = {}
        self._frames.open(name, kind)

    def _start_within(self, name: str, rest: str) -> None:
        """An element that may be a part of those that are known."""
        part = None
        if self._frames.has(_ITEM):
            part = self._part_of_item(name, rest)
        elif self._frames.has(_OWNER):
            part = self._part_of_owner(name, rest)
        elif self._frames.has(_HEADER):
            part = _COUNT if attribute(rest, "id") == "count" else None
        elif self._frames.has(_WATCH) and name == "h1":
            part = _TITLE
        elif self._frames.has(_WATCH):
            part = _DESCRIPTIONS.get(attribute(rest, "id") or "")
        if part is None or self._frames.kind == part or not self._frames.open(name, part):
            self._frames.pass_over(name)
        elif part in (_TEXT, _AROUND_TEXT):
            self._body = HtmlBody(SITE)
        else:
            self._words, self._length = [], 0

    def _has_text_within(self, rest: str) -> bool:
        """Whether what holds the description proper begins within what is around it."""
        if self._frames.kind != _AROUND_TEXT or "id=" not in rest:
            return False
        return _DESCRIPTIONS.get(attribute(rest, "id") or "") == _TEXT

    def _part_of_item(self, name: str, rest: str) -> str | None:
        if name == "a" and (href := attribute(rest, "href")):
            self._item.setdefault("href", href)
        if name == "h4":
            return _ITEM_TITLE
        return _ITEM_TIME if attribute(rest, "id") == "time" else None

    def _part_of_owner(self, name: str, rest: str) -> str | None:
        """A link to the owner's page; the one that shows a picture has no words."""
        if name != "a":
            return None
        try:
            path = urlsplit(attribute(rest, "href") or "").path.rstrip("/")
        except ValueError:
            return None
        if path.startswith(("/@", "/channel/", "/user/", "/c/")):
            self.owners.add(path.casefold())
            return _OWNER_NAME
        return None

    def _ended(self, kind: str) -> None:
        if kind in (_TEXT, _AROUND_TEXT) and self._body is not None:
            self._keep_longest(clean(html_to_text(self._body.html)))
            self._body = None
        elif kind in (_TITLE, _COUNT, _OWNER_NAME):
            if kind not in self._texts and (words := self._taken_words()):
                self._texts[kind] = words
                self.changed = True
        elif kind in (_ITEM_TITLE, _ITEM_TIME):
            self._item.setdefault(kind, self._taken_words())
        elif kind == _ITEM:
            self._keep_chapter()
        elif kind == _PANEL:
            self._machine = None

    def _taken_words(self) -> str:
        words, self._words, self._length = "".join(self._words), [], 0
        return clean_line(" ".join(unescaped(words).split()))

    def _keep_longest(self, text: str) -> None:
        if len(text) > len(self._texts.get(_TEXT, "")):
            self._texts[_TEXT] = text
            self.changed = True

    def _keep_chapter(self) -> None:
        """The chapter of an item that has ended, if it has a time."""
        start = _seconds(self._item)
        if start is None or len(self._chapters) >= _MOST_CHAPTERS:
            return
        title = self._item.get(_ITEM_TITLE) or "(no title)"
        one = StatedChapter(start, title, machine=bool(self._machine))
        self._chapters.setdefault((self._machine, start), one)
        self.changed = True


def _seconds(item: dict[str, str]) -> int | None:
    """Where a chapter begins: by its link, else by the time that is shown."""
    if "href" in item:
        try:
            times = parse_qs(urlsplit(item["href"]).query).get("t", [])
        except ValueError:
            times = []
        if times and (found := re.fullmatch(r"([0-9]{1,7})s?", times[0])):
            return int(found[1])
    found = _CLOCK.fullmatch(item.get(_ITEM_TIME, ""))
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
