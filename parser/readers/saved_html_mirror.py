"""The comments of a mirror site's video page that was saved as HTML.

What is known is the page as text (see :mod:`parser.readers.page_text`): a list of comments, in
each the author's handle, on one line with it an age and perhaps ``+likes``, and the body; the
replies are a list within. How the mirror marks that up is not known: no page was at hand. So
this hangs on what any markup of it must have: a line that begins with a link whose words are a
handle (``@somebody``) and goes on with an age, in any language of the sites, is a comment's
header; the two may also be a line each. A comment ends with the list item (``li``) or
``article`` that its header stands in, where there is none with the element around the header's
own; a comment that begins within another's answers it. The handle alone on the line before is
that of the picture. A picture between handle and age is the uploader's badge.
"""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from parser.model import Batch, Diagnostic, Record, Video
from parser.readers.html_lines import HtmlLines, Line
from parser.readers.html_tokens import Token
from parser.readers.page_labels import Labels, read_labels
from parser.readers.saved_html_head import HeadFacts
from parser.readers.shown import Shown, ShownComments
from parser.text.ages import parse_age
from parser.text.counts import parse_count
from parser.text.html_text import html_to_text
from parser.text.videos import parse_address, watch_url

_LONGEST_HEADER = 300
_MOST_WORDS = 30
_MOST_LINES_ABOVE = 200
_LONGEST_ABOVE = 500
_MOST_LINES = 20_000
"""Lines of one comment."""
_DOUBLED = re.compile(r"@@[^@\s]")
"""The mirror doubles the mark of the name that a reply begins with."""
_CHANNEL = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})\b")
_BULLET = "• "


class _Open:
    """A comment that is open: it ends when fewer than ``depth`` elements are."""

    def __init__(self, shown: Shown, depth: int) -> None:
        self.shown = shown
        self.depth = depth
        self.lines: list[str] = []
        self.has_words = False
        self.is_handed_over = False


class _Comments:
    """Takes a page's tags; comments are handed over by :meth:`taken` as they end.

    ``base`` is the page's own address, from which its links lead.
    """

    def __init__(self, base: str | None) -> None:
        self.count = 0
        self.title: str | None = None
        self.is_cut = False
        self.is_ended = False
        self._lines = HtmlLines(base)
        self._done: list[Shown] = []
        self._above: deque[str] = deque(maxlen=_MOST_LINES_ABOVE)
        self._open: list[_Open] = []
        """The last comment and those that it stands within, while their elements are open."""
        self._handle: Line | None = None
        """A line that is only a handle, and may belong to the comment that begins next."""

    @property
    def labels(self) -> Labels:
        """What stands above the comments."""
        return read_labels(["-", "", *self._above])

    def taken(self) -> list[Shown]:
        """The comments that have ended since it was asked last, in the page's order."""
        done, self._done = self._done, []
        return done

    def take(self, token: Token) -> None:
        """A tag and the text before it."""
        text, name, ends, rest = token
        for line in self._lines.take(text, name, rest, ends=ends):
            self._take_line(line)

    def close(self, *, is_cut: bool) -> None:
        """The page has ended; ``is_cut``: within a tag."""
        for line in self._lines.close():
            self._take_line(line)
        self._give_up_handle()
        self.is_cut = is_cut or (bool(self._open) and not self._lines.saw_end)
        self.is_ended = True
        if self.is_cut and self._open and not any(self._open[-1].lines):
            self._open.pop()
        self._end_below(0)

    def _take_line(self, line: Line) -> None:
        self._end_below(line.lowest)
        words = line.words
        if self._begin_with(line, words):
            return
        if line.is_empty and self._handle is not None:
            return
        self._give_up_handle()
        if words.startswith("@") and words == line.link:
            self._handle = line
        elif words or self._open:
            self._keep(line, words)

    def _begin_with(self, line: Line, words: str) -> bool:
        """Begins a comment if the line is the header of one, or its second half."""
        if not words or len(words) > _LONGEST_HEADER:
            return False
        if line.link and line.link.startswith("@") and len(words) > len(line.link):
            found = _facts(words[len(line.link) :])
            if found is not None:
                is_same = self._handle is not None and self._handle.words == line.link
                self._handle = None if is_same else self._handle
                self._give_up_handle()
                self._begin(line, line.link, *found)
                return True
        handle = self._handle
        found = _facts(words) if handle is not None else None
        if handle is None or handle.link is None or found is None:
            return False
        self._handle = None
        self._begin(handle, handle.link, *found)
        return True

    def _begin(self, line: Line, handle: str, age: str, likes: str) -> None:
        depth = line.item or max(line.depth - 1, 1)
        while self._open and self._open[-1].depth >= depth:
            self._end_last()
        above = self._open[-1] if self._open else None
        shown = Shown(
            parent=above.shown if above else None,
            author=_escaped(handle),
            person=_path(line.href),
            is_uploader=line.has_picture,
            is_pinned=None,
            is_hearted=None,
            age=_escaped(age),
            likes=_escaped(likes),
        )
        if found := _CHANNEL.match(shown.person or ""):
            shown.channel = found[1]
        if above is not None:
            self._hand_over(above)
        self._open.append(_Open(shown, depth))
        self.count += 1

    def _keep(self, line: Line, words: str) -> None:
        """A line that is no header: the open comment's, or one above the first."""
        if not self._open:
            if not self.count:
                self._keep_above(line, words)
            return
        last = self._open[-1]
        if last.is_handed_over:
            return
        if not last.has_words and not last.shown.likes and words.startswith("+"):
            count = words[1:].strip()
            if parse_count(count) is not None:
                last.shown.likes = _escaped(count)
                return
        if len(last.lines) < _MOST_LINES:
            last.lines.append(html_to_text(line.body.html))
            last.has_words = last.has_words or bool(words)

    def _keep_above(self, line: Line, words: str) -> None:
        words = words[:_LONGEST_ABOVE]
        if line.is_heading and self.title is None:
            self.title = words
        else:
            self._above.append(_BULLET + words if line.item else words)

    def _give_up_handle(self) -> None:
        """A handle that stands alone belongs to the text that it stands in."""
        line, self._handle = self._handle, None
        if line is not None:
            self._keep(line, line.words)

    def _end_below(self, depth: int) -> None:
        """Ends the comments whose own element is not among so many that are open."""
        while self._open and self._open[-1].depth > depth:
            self._give_up_handle()
            self._end_last()

    def _end_last(self) -> None:
        self._hand_over(self._open.pop())

    def _hand_over(self, one: _Open) -> None:
        if one.is_handed_over:
            return
        one.is_handed_over = True
        text = "\n".join(one.lines).strip()
        if one.shown.parent is not None and _DOUBLED.match(text):
            text = text[1:]
        one.shown.text = text
        self._done.append(one.shown)


class MirrorPage:
    """Takes a page's tokens. ``address`` is the page's own, which names the video.

    ``page_date``: the day (YYYY-MM-DD) on which the mirror says that it published the video.
    """

    format = None

    def __init__(self, address: str | None) -> None:
        self.page_date: str | None = None
        self._address = address
        self._head = HeadFacts()
        self._found = _Comments(address)
        self._columns = ShownComments()
        self._is_told = False
        self._is_cut = False

    @property
    def count(self) -> int:
        """How many comments have begun."""
        return self._found.count

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the page is missing."""
        return not self._is_cut

    def take(self, token: Token) -> None:
        """A tag and the text before it."""
        text, name, ends, rest = token
        if ends and name in ("script", "title"):
            if name == "title" and text:
                self._head.take_title(text)
            return
        if name in ("html", "link", "meta") and not ends:
            self._head.start(name, rest)
        self._found.take(token)

    def close(self, *, is_cut: bool) -> None:
        """The page has ended; ``is_cut``: within a tag, or before the end of a file around it."""
        self._found.close(is_cut=is_cut)
        self._is_cut = self._found.is_cut

    def comments(self) -> Batch:
        """The comments that have ended since it was asked last."""
        return self._columns.batch(self._found.taken(), frozenset())

    def kept(self) -> list[Record]:
        """Comments that stand elsewhere than on the page: none."""
        return []

    def video(self) -> Video | None:
        """What is known of the video, once the comments begin, or where there are none."""
        if self._is_told or not (self.count or self._found.is_ended):
            return None
        self._is_told = True
        labels = self._found.labels
        self.page_date = labels.page_date
        address = parse_address(self._address) if self._address else None
        return Video(
            site=address.site if address else None,
            id=address.id if address else None,
            url=watch_url(address) if address else None,
            title=self._found.title or self._head.title,
            comments_claimed=labels.comments_claimed,
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd about the page, at its end."""
        if self._is_cut:
            message = "The file ends in the middle: it was cut; what stands before is here"
            yield Diagnostic("error", message, record=self._columns.count or None)
        yield from self._columns.diagnostics()
        if not (self._columns.count or self._is_cut):
            yield Diagnostic("warning", "The page holds no comments that could be found")


def _facts(words: str) -> tuple[str, str] | None:
    """The age and the likes that a header's words are; ``None`` when they are neither."""
    parts = words.split()
    if not parts or len(parts) > _MOST_WORDS:
        return None
    for split in range(len(parts), 0, -1):
        age, likes = " ".join(parts[:split]), " ".join(parts[split:]).removeprefix("+").strip()
        if likes and parse_count(likes) is None:
            continue
        if parse_age(age).days is not None:
            return age, likes
    return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")


def _path(href: str | None) -> str | None:
    try:
        return urlsplit(href or "").path or None
    except ValueError:
        return None
