"""The comments that a watch page of YouTube shows, by the names of its elements.

Known from the site, in two generations: ``ytd-comment-thread-renderer`` holds a thread's first
comment (``ytd-comment-view-model``, before 2024 ``ytd-comment-renderer``) and behind it the
replies that had been unfolded, in ``#replies`` or ``ytd-comment-replies-renderer``. Where
replies have replies, threads stand within threads (``yt-sub-thread``). Within a comment the
parts are known by their ids (``#content-text``, ``#vote-count-middle``), and what can be told
from an address is: the comment's id and the video's from the link behind the age, the author's
handle and channel from the link behind the name. Wrappers around and within the parts, and the
order of attributes, do not matter.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from parser.readers.html_body import HtmlBody
from parser.readers.html_frames import DEEPEST, Frames
from parser.readers.html_tokens import EMPTY, attribute, attributes
from parser.readers.shown import Shown

SITE = "https://www.youtube.com/"

_THREAD = "thread"
_REPLIES = "replies"
_COMMENT = "comment"
_AUTHOR, _AGE, _LIKES, _LIKES_LEFT = "author", "age", "likes", "likes left"
_BODY, _PINNED, _HEART = "body", "pinned", "heart"
_HIDDEN = "hidden"

_ELEMENTS = {
    "ytd-comment-thread-renderer": _THREAD,
    "ytd-comment-view-model": _COMMENT,
    "ytd-comment-renderer": _COMMENT,
    "ytd-comment-replies-renderer": _REPLIES,
    "yt-sub-thread": _REPLIES,
}
_PARTS = {
    "author-text": _AUTHOR,
    "published-time-text": _AGE,
    "content-text": _BODY,
    "vote-count-middle": _LIKES,
    "vote-count-left": _LIKES_LEFT,
    "pinned-comment-badge": _PINNED,
    "creator-heart": _HEART,
}
"""What an element within a comment is, by its id."""
_BADGES = {"ytd-pinned-comment-badge-renderer": _PINNED, "ytd-creator-heart-renderer": _HEART}
_AUTHOR_BADGE = "ytd-author-comment-badge-renderer"
_VERIFIED_BADGE = "badge-style-type-verified"
_UNSEEN = frozenset({"dom-if", "dom-repeat", "template"})
"""Elements that show nothing where a badge could be."""
_AGE_CLASS = "published-time-text"
_PERSON = re.compile(r"/(?:@[^/]+|(?:channel|user|c)/[^/]+)/?")
_CHANNEL = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})\b")
_ROOM = 20
"""Elements that may be followed within a comment, however deep that stands."""
_LONGEST_WORDS = 2000
"""Characters that are kept of a name, an age or a count."""


def _may_tell(name: str, rest: str) -> bool:
    """Whether a tag in a comment may be of one of its parts: a quick look, for few are."""
    return (
        name == "a"
        or "-text" in rest
        or "vote-count" in rest
        or "-heart" in rest
        or "-badge" in rest
        or "-badge" in name
        or "-heart" in name
    )


class _Thread:
    """A thread that is open: its first comment, and whether its replies have begun."""

    __slots__ = ("first", "has_replies", "parent")

    def __init__(self, parent: Shown | None) -> None:
        self.parent = parent
        self.first: Shown | None = None
        self.has_replies = False


class SavedComments:
    """Takes a page's tags; comments are handed over by :meth:`taken` as they end.

    ``address`` is the one by which the first comment's own link names its video; ``in_comment``:
    all that comes next is a comment's.
    """

    def __init__(self) -> None:
        self.address: str | None = None
        self.in_comment = False
        self._done: list[Shown] = []
        self._frames = Frames()
        self._threads: list[_Thread] = []
        self._comment: Shown | None = None
        self._body: HtmlBody | None = None

    @property
    def is_open(self) -> bool:
        """Whether the page is within a comment or a thread."""
        return len(self._frames) > 0

    def taken(self) -> list[Shown]:
        """The comments that have ended since it was asked last, in the page's order."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """The page has ended, and what is open with it; a comment without text yet is none."""
        self._close([kind for kind in self._frames.close_all() if kind != _COMMENT])
        last, self._comment, self.in_comment = self._comment, None, False
        if last is not None and last.html.strip():
            self._done.append(last)

    def say(self, text: str) -> None:
        """Text between two tags."""
        comment, kind = self._comment, self._frames.kind
        if comment is None or kind == _COMMENT:
            return
        if kind == _BODY and self._body is not None:
            self._body.say(text)
        elif kind in (_PINNED, _HEART):
            if not text.isspace():
                self._mark(comment, kind)
        elif kind in (_AUTHOR, _AGE, _LIKES, _LIKES_LEFT):
            self._add_words(comment, kind, text)

    def end(self, name: str) -> None:
        """An end tag."""
        if self._body is not None:
            self._body.tag(name, "", ends=True)
        if ended := self._frames.close(name):
            self._close(ended)

    def start(self, name: str, rest: str) -> None:
        """A start tag with its attributes."""
        kind = _ELEMENTS.get(name)
        if kind is not None:
            self._start_element(name, kind, rest)
        elif self._comment is not None:
            if self._frames.kind != _COMMENT or _may_tell(name, rest):
                self._start_within(self._comment, name, rest)
            else:
                self._frames.pass_over(name)
        elif self._threads and "id=" in rest and attribute(rest, "id") == "replies":
            self._open_replies(name)
        else:
            self._frames.pass_over(name)

    # Threads

    def _start_element(self, name: str, kind: str, rest: str) -> None:
        if kind == _COMMENT:
            self._start_comment(name, is_reply="is-reply" in rest)
        elif kind == _REPLIES:
            self._close(self._frames.close_to(_THREAD, _REPLIES))
            self._open_replies(name)
        else:
            self._start_thread(name)

    def _start_thread(self, name: str) -> None:
        """A thread within another's replies belongs to it; else the other has ended."""
        self._close(self._frames.close_to(_THREAD, _REPLIES))
        if self._frames.kind == _THREAD and self._threads and self._threads[-1].first is not None:
            self._close([self._frames.pop()])
        above = self._threads[-1] if self._threads else None
        if self._may_nest(name) and self._frames.open(name, _THREAD):
            self._threads.append(_Thread(above.first if above and above.has_replies else None))

    def _open_replies(self, name: str) -> None:
        if self._may_nest(name) and self._frames.open(name, _REPLIES) and self._threads:
            self._threads[-1].has_replies = True

    def _may_nest(self, name: str) -> bool:
        """Whether an element is followed; in very deep threads only the comments are."""
        if len(self._frames) < DEEPEST - _ROOM:
            return True
        self._frames.pass_over(name)
        return False

    def _start_comment(self, name: str, *, is_reply: bool) -> None:
        self._close(self._frames.close_to(_THREAD, _REPLIES))
        self._ended(_COMMENT)
        self._frames.open(name, _COMMENT)
        comment = Shown()
        thread = self._threads[-1] if self._threads else None
        if thread is None:
            comment.is_reply = is_reply or self._frames.has(_REPLIES)
        elif thread.first is not None:
            comment.parent = thread.first
        elif thread.has_replies:
            comment.parent, comment.is_reply = thread.parent, True
        else:
            thread.first, comment.parent = comment, thread.parent
        self._comment, self.in_comment = comment, True

    def _close(self, kinds: Sequence[str]) -> None:
        for kind in kinds:
            self._ended(kind)

    def _ended(self, kind: str) -> None:
        """Something of a kind has ended."""
        comment = self._comment
        if kind == _THREAD:
            self._threads.pop()
        elif comment is not None and kind == _COMMENT:
            self._comment, self.in_comment = None, False
            self._done.append(comment)
        elif comment is not None and kind == _BODY and self._body is not None:
            comment.html, self._body = self._body.html, None

    # Within a comment

    def _start_within(self, comment: Shown, name: str, rest: str) -> None:
        kind = self._frames.kind
        if kind == _BODY and self._body is not None:
            self._body.tag(name, rest, ends=False)
        elif kind in (_PINNED, _HEART):
            if name not in _UNSEEN:
                self._mark(comment, kind)
        elif kind == _HIDDEN:
            pass
        elif name == _AUTHOR_BADGE:
            self._take_badge(comment, attributes(rest))
        elif self._open_part(comment, name, rest):
            return
        elif _VERIFIED_BADGE in rest:
            comment.is_verified = True
        if name not in EMPTY:
            self._frames.pass_over(name)

    def _open_part(self, comment: Shown, name: str, rest: str) -> bool:
        """Whether the element is a part of the comment that is followed to its end."""
        part = self._part(name, rest)
        if name == "a" and (href := attribute(rest, "href")):
            part = self._take_link(comment, href) or part
        if part is None or name in EMPTY or part == self._frames.kind:
            return False
        if self._is_told(comment, part):
            part = _HIDDEN  # a translation, say: the first is what was written
        if not self._frames.open(name, part):
            return False
        if part == _BODY:
            self._body = HtmlBody(SITE)
        elif part in (_PINNED, _HEART) and name in _BADGES:
            self._mark(comment, part)
        return True

    def _part(self, name: str, rest: str) -> str | None:
        if name in _BADGES:
            return _BADGES[name]
        found = _PARTS.get(attribute(rest, "id") or "") if "id=" in rest else None
        if found is None and _AGE_CLASS in rest:
            return _AGE if _AGE_CLASS in (attribute(rest, "class") or "").split() else None
        return found

    def _take_link(self, comment: Shown, href: str) -> str | None:
        """What a link tells of the comment, and which part its words are."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if "lc=" in parts.query and (ids := parse_qs(parts.query).get("lc")):
            comment.id = comment.id or ids[0]
            self.address = self.address or href
            return _AGE
        if _PERSON.fullmatch(parts.path) is None:
            return None
        comment.person = comment.person or parts.path
        if channel := _CHANNEL.match(parts.path):
            comment.channel = comment.channel or channel[1]
        return None if comment.author.strip() else _AUTHOR

    @staticmethod
    def _take_badge(comment: Shown, told: dict[str, str]) -> None:
        if "hidden" not in told:
            comment.has_badge = True
            comment.is_uploader = comment.is_uploader or "creator" in told

    @staticmethod
    def _is_told(comment: Shown, part: str) -> bool:
        """Whether there are words for a part already."""
        words = {_BODY: comment.html, _AUTHOR: comment.author, _AGE: comment.age}
        return bool(words.get(part, "").strip())

    @staticmethod
    def _mark(comment: Shown, kind: str) -> None:
        if kind == _PINNED:
            comment.is_pinned = True
        else:
            comment.is_hearted = True

    @staticmethod
    def _add_words(comment: Shown, kind: str, text: str) -> None:
        text = text[:_LONGEST_WORDS]
        if kind == _AUTHOR and len(comment.author) < _LONGEST_WORDS:
            comment.author += text
        elif kind == _AGE and len(comment.age) < _LONGEST_WORDS:
            comment.age += text
        elif kind == _LIKES and len(comment.likes) < _LONGEST_WORDS:
            comment.likes += text
        elif kind == _LIKES_LEFT and len(comment.likes_left) < _LONGEST_WORDS:
            comment.likes_left += text
