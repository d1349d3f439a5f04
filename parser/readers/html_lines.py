"""A page's text in lines, as its blocks and breaks make them, each with where it stands."""

import re
from collections.abc import Iterator

from parser.readers.html_body import HtmlBody
from parser.readers.html_tokens import EMPTY, attribute, unescaped
from parser.text.clean import clean_line

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
"""Elements that begin and end lines."""
_ITEMS = frozenset({"li", "article"})
_END_BEFORE_THEIR_LIKE = frozenset({"p", "li", "td", "th", "tr", "dt", "dd"})
"""Elements whose end may be left out: the next of the name ends them ..."""
_LISTS = frozenset({"ul", "ol", "table", "dl"})
"""... unless it stands in a list within."""
_NEAR = 8
"""Elements among which the one is looked for that has no end."""
_UNSHOWN = frozenset({"button", "select", "textarea", "svg", "template", "script", "style"})
_PICTURES = frozenset({"img", "svg"})
_DEEPEST = 2000
"""Elements that are followed within one another."""
_LONGEST_LINE = 100_000
_SPACES = " \t\r\n\f"
_SPACE = re.compile(r"[ \t\r\f]+")


class Line:
    """A line. ``depth`` elements are open around it; ``item``: how many down to the list item.

    ``lowest``: the least that were open since the line before. ``link`` are the words of the
    link that it begins with, ``has_picture`` whether a picture follows that at once.
    """

    def __init__(self, base: str | None, depth: int, lowest: int) -> None:
        self.depth = depth
        self.lowest = lowest
        self.item = 0
        self.is_heading = False
        self.link: str | None = None
        self.href: str | None = None
        self.has_picture = False
        self.has_emoji = False
        self.body = HtmlBody(base)
        self.length = 0
        self._words: list[str] = []
        self._begins_in_link = False

    @property
    def words(self) -> str:
        """The text as it is seen, on one line."""
        return clean_line(unescaped("".join(self._words)))

    def say(self, text: str, href: str | None) -> None:
        """More of the text; ``href``: the link that it stands in."""
        if not self.length and text.strip(_SPACES):
            self._begins_in_link = href is not None
            self.href = href
        elif not self.length:
            return
        self.length += len(text)
        if self.length <= _LONGEST_LINE:
            self._words.append(text)
            self.body.say(text)

    def end_link(self) -> None:
        """A link ends, or the line does."""
        if self._begins_in_link and self.link is None:
            self.link = self.words

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be seen."""
        return not (self.length or self.has_emoji)

    def meet_picture(self, rest: str) -> None:
        """A picture; one whose words are no words is a letter of the text."""
        if self.link is not None and not self.has_picture:
            self.has_picture = self.words == self.link
        alt = attribute(rest, "alt") or ""
        if alt.strip() and not any(map(str.isalpha, alt)):
            self.has_emoji = True
            self.body.tag("img", rest, ends=False)


class HtmlLines:
    """Takes tags and hands over lines as they end. ``depth``: how many elements are open."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._stack: list[str] = []
        self._count: dict[str, int] = {}
        self._lowest = 0
        self._href: str | None = None
        self._unshown: list[str] = []
        self._line = Line(base, 0, 0)
        self.saw_end = False

    @property
    def depth(self) -> int:
        return len(self._stack)

    def take(self, text: str, name: str, rest: str, *, ends: bool) -> Iterator[Line]:
        """A tag and the text before it."""
        if self._unshown:
            self._pass_over(name, ends=ends)
            return
        if text:
            yield from self._say(text)
        if name == "br":
            yield self._new_line()
        elif name in _BLOCKS:
            if not self._line.is_empty:
                yield self._new_line()
            self._end_block(name) if ends else self._start_block(name)
        elif name in _UNSHOWN and not ends:
            self._meet_inline(name, rest, ends=ends)
            self._unshown.append(name)
        elif name:
            self._meet_inline(name, rest, ends=ends)

    def close(self) -> Iterator[Line]:
        """The page has ended."""
        if not self._line.is_empty:
            yield self._new_line()

    def _pass_over(self, name: str, *, ends: bool) -> None:
        """Within what is not shown."""
        if name == self._unshown[-1]:
            if ends:
                self._unshown.pop()
            elif len(self._unshown) < _DEEPEST:
                self._unshown.append(name)

    def _meet_inline(self, name: str, rest: str, *, ends: bool) -> None:
        if name in _PICTURES and not ends:
            self._line.meet_picture(rest)
        elif name == "a":
            self._line.end_link()
            self._href = None if ends else attribute(rest, "href") or ""
            self._line.body.tag(name, rest, ends=ends)

    def _say(self, text: str) -> Iterator[Line]:
        """Text between tags; breaks within it are the writer's, those around it are not."""
        core = text.strip(_SPACES)
        if not core:
            self._line.say(" ", self._href)
            return
        before = " " if text[0] in _SPACES else ""
        after = " " if text[-1] in _SPACES else ""
        for place, part in enumerate(core.split("\n")):
            if place:
                yield self._new_line()
            self._line.say(before + _SPACE.sub(" ", part), self._href)
            before = ""
        self._line.say(after, self._href)

    def _new_line(self) -> Line:
        """Ends the line; an empty one is a break that was made by hand."""
        line = self._line
        line.end_link()
        if self._href is not None:
            line.body.tag("a", "", ends=True)
        line.is_heading = self._count.get("h1", 0) > 0
        line.depth, line.lowest = len(self._stack), min(self._lowest, len(self._stack))
        line.item = self._innermost_item()
        self._lowest = len(self._stack)
        self._line = Line(self._base, 0, 0)
        return line

    def _innermost_item(self) -> int:
        if not any(self._count.get(name) for name in _ITEMS):
            return 0
        depth = len(self._stack)
        while self._stack[depth - 1] not in _ITEMS:
            depth -= 1
        return depth

    def _start_block(self, name: str) -> None:
        if name in EMPTY:
            return
        if name in _END_BEFORE_THEIR_LIKE:
            self._end_one_like(name)
        if len(self._stack) < _DEEPEST:
            self._stack.append(name)
            self._count[name] = self._count.get(name, 0) + 1

    def _end_one_like(self, name: str) -> None:
        for open_name in self._stack[: -_NEAR - 1 : -1]:
            if open_name == name:
                self._end_block(name)
                return
            if open_name in _LISTS:
                return

    def _end_block(self, name: str) -> None:
        self.saw_end = self.saw_end or name == "html"
        if not self._count.get(name):
            return
        last = ""
        while last != name:
            last = self._stack.pop()
            self._count[last] -= 1
        self._lowest = min(self._lowest, len(self._stack))
