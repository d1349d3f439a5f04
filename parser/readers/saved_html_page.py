"""A saved watch page of YouTube: its comments, and its video from all that the page says of it."""

from collections.abc import Iterator
from urllib.parse import urljoin

from parser.model import Batch, Diagnostic, Record, Video
from parser.readers.html_tokens import Token
from parser.readers.innertube_page import PageScripts
from parser.readers.saved_html_comments import SITE, SavedComments
from parser.readers.saved_html_head import COMMENTS, SCRIPT, SHOWN, HeadFacts
from parser.readers.saved_html_video import ShownVideo
from parser.readers.shown import Shown, ShownComments
from parser.readers.troubles import quoted
from parser.text.videos import YOUTUBE, watch_url

_SPECIAL = frozenset({"!--", "script", "title", "template"})
_APP = "ytd-app"
"""The element that all of the page stands in."""


class WatchPage:
    """Takes a page's tokens. ``page_date`` is a mirror's only, so there is none here."""

    page_date = None

    def __init__(self, address: str | None) -> None:
        self._head = HeadFacts()
        self._head.saved_from(address)
        self._shown = ShownVideo()
        self._scripts = PageScripts()
        self._comments = SavedComments()
        self._columns = ShownComments()
        self._kept: list[Record] = []
        """Comments in the page's scripts, which count where it shows none."""
        self._in_head = True
        self._templates = 0
        self._is_changed = False
        self._open_apps = 0
        self._saw_end = False
        self._is_cut = False

    def take(self, token: Token) -> None:
        """A tag and the text before it."""
        text, name, ends, rest = token
        comments = self._comments
        if name in _SPECIAL or self._templates:
            self._take_special(token)
        elif comments.in_comment:
            if text:
                comments.say(text)
            if ends:
                comments.end(name)
            elif name:
                comments.start(name, rest)
        else:
            self._take_outside(token)

    def close(self, *, is_cut: bool) -> None:
        """The page has ended; ``is_cut``: within a tag, or before the end of a file around it."""
        is_open = self._open_apps > 0 or self._comments.is_open
        self._is_cut = is_cut or (is_open and not self._saw_end)
        self._comments.close()

    def comments(self) -> Batch:
        """The comments that have ended since it was asked last."""
        found = self._comments.taken()
        return self._batch(found)

    def kept(self) -> list[Record]:
        """The comments in the page's scripts, once it is known that it shows none."""
        return [] if self._columns.count else self._kept

    @property
    def format(self) -> str | None:
        """The format that the page turned out to be, if not the expected one."""
        return "innertube" if self._scripts.found and not self._columns.count else None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the page is missing or broken."""
        return not self._is_cut and (self._scripts.complete or self._columns.count > 0)

    def video(self) -> Video | None:
        """What is known of the video, if that is more than when it was asked last."""
        head, shown = self._head, self._shown
        if not (head.changed or shown.changed or self._is_changed):
            return None
        head.changed = shown.changed = self._is_changed = False
        told = self._scripts.video() if self._scripts.found else Video()
        head.name(SHOWN, shown.video_id)
        head.name(SCRIPT, told.id)
        if not head.belongs(SCRIPT):
            told = Video()
        address = head.address
        return Video(
            site=YOUTUBE,
            id=address.id if address else None,
            url=watch_url(address) if address else None,
            title=shown.title or told.title or head.title,
            channel=shown.channel or told.channel or head.channel,
            duration=told.duration or head.duration,
            published=head.published or told.published,
            comments_claimed=_first(shown.claimed, told.comments_claimed),
            description=told.description or shown.description or head.description,
            chapters=shown.chapters or told.chapters,
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd about the page, at its end."""
        columns = self._columns
        if self._is_cut:
            message = "The file ends in the middle: it was cut; what stands before is here"
            yield Diagnostic("error", message, record=columns.count or None)
        yield from columns.diagnostics()
        if self._head.belongs(SCRIPT):
            yield from self._scripts.diagnostics()
        if not (columns.count or self._kept or self._is_cut):
            yield Diagnostic("warning", _told_of_none(self._scripts.message))

    def _batch(self, found: list[Shown]) -> Batch:
        if self._comments.address and not self._columns.count:
            self._head.name(COMMENTS, urljoin(SITE, self._comments.address))
        owners = self._shown.owners or self._head.owners
        return self._columns.batch(found, frozenset(owners))

    def _take_special(self, token: Token) -> None:
        """What is no text wherever it stands."""
        text, name, ends, rest = token
        if text and not ends and not self._templates:
            (self._comments if self._comments.in_comment else self._shown).say(text)
        if name == "template" or self._templates:
            self._count_templates(name, rest, ends=ends)
        elif name == "!--":
            if self._in_head:
                self._head.remark(rest)
        elif ends:
            self._take_content(name, text)

    def _take_content(self, name: str, text: str) -> None:
        """What a script or a title holds."""
        if name == "title" and self._in_head and text:
            self._head.take_title(text)
        elif name == "script" and text:
            self._kept += self._scripts.take(text)
            self._is_changed = True

    def _count_templates(self, name: str, rest: str, *, ends: bool) -> None:
        """What stands in a template is not shown, unless it is an element's own inside."""
        if name != "template" or (not ends and not self._templates and "shadowroot" in rest):
            return
        self._templates = max(0, self._templates + (-1 if ends else 1))

    def _take_outside(self, token: Token) -> None:
        """What stands outside of comments."""
        text, name, ends, rest = token
        if text:
            self._shown.say(text)
        if ends:
            self._end_outside(name)
        elif name:
            self._in_head = self._in_head and name != "body" and name != _APP
            self._open_apps += name == _APP
            self._head.start(name, rest)
            self._comments.start(name, rest)
            if not self._comments.in_comment:
                self._shown.start(name, rest)

    def _end_outside(self, name: str) -> None:
        self._saw_end = self._saw_end or name == "html"
        self._open_apps -= name == _APP
        self._head.end(name)
        self._shown.end(name)
        self._comments.end(name)


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)


def _told_of_none(message: str | None) -> str:
    if message:
        return f"There are no comments; the site says: {quoted(message)}"
    return (
        "The page holds no comments; they load when it is scrolled down to them: "
        "save it again after that"
    )
