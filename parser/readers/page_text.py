"""Reads a video page of a mirror site that was saved as text.

The page's structure decides, not its language. A comment is a bullet with the author's
handle, on the next line, two further in, the handle again with U+00A0, an age and perhaps
`` +likes``, a blank line, and the body at the header's indent. A reply's bullet stands at
the indent of its parent's body, so the nesting is the indent. A bullet whose next line does
not repeat it was typed by a person.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from parser.model import Diagnostic, Record, Slice, Video
from parser.readers.page_cut import drop_half_header, suspicion
from parser.readers.page_labels import Labels, read_labels
from parser.readers.page_lines import (
    STEP,
    Bullet,
    Header,
    is_blank,
    read_bullet,
    read_header,
    read_lines,
)
from parser.source import Input
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean, clean_line
from parser.text.counts import parse_count

_LINES_A_SLICE = 1000
_LONGEST_FACTS = 100
"""Characters behind a handle that are worth remembering."""
_DOUBLED = re.compile(r"@@[^@\s]")
"""The mirror doubles the mark of the name that a reply begins with."""


@dataclass(slots=True)
class _Open:
    """The comment that is being read, with its body's lines as the page has them."""

    bullet: Bullet
    header: Header
    parent: str | None
    lines: list[str] = field(default_factory=list[str])

    @property
    def indent(self) -> int:
        """The columns before its body."""
        return self.bullet.indent + STEP


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stands behind the handle in a header."""

    age: str | None
    age_days: int | None
    edited: bool | None
    likes: int | None


class PageText:
    """The reader of this format."""

    name = "page-text"
    describe = "a mirror site's video page, saved as text"

    def recognises(self, head: str) -> bool:
        """Whether a comment begins in the text: a bullet whose next line repeats it."""
        bullet = None
        for lines, _ in read_lines(iter((head,))):
            for line in lines:
                if bullet is not None and read_header(bullet, line):
                    return True
                bullet = read_bullet(line, 0)
        return False

    def read(self, source: Input) -> Iterator[Slice]:
        """The page's comments, in slices of a few milliseconds' work."""
        page = _Page()
        for lines, is_last in read_lines(source.blocks()):
            for start in range(0, max(1, len(lines)), _LINES_A_SLICE):
                for line in lines[start : start + _LINES_A_SLICE]:
                    page.take(line)
                yield page.slice(source)
            if is_last:
                page.finish(cut_in_line=bool(lines) and is_blank(lines[0]))
                yield page.slice(source)


class _Page:
    """Takes a page's lines one by one; comments are collected as they end."""

    def __init__(self) -> None:
        self.complete = True
        self._claimed: int | None = None
        self._news: Labels | None = None
        self._diagnostics: list[Diagnostic] = []
        self._above: list[str] = []
        self._number = 0
        self._bullet: Bullet | None = None
        self._open: _Open | None = None
        self._spine: list[tuple[int, str]] = []
        """Indent and id of the last ended comment and of those it stands under."""
        self._records: list[Record] = []
        self._present = 0
        self._equal: Counter[bytes] = Counter()
        self._strays = 0
        self._stray_line: int | None = None
        self._last_text = ""

    def take(self, line: str) -> None:
        """The next line of the page."""
        self._number += 1
        bullet, self._bullet = self._bullet, None
        if bullet is not None:
            if (header := self._header(bullet, line)) is not None:
                self._begin(bullet, header)
                return
            self._keep(bullet.line)
        self._bullet = read_bullet(line, self._number)
        if self._bullet is None:
            self._keep(line)

    def slice(self, source: Input) -> Slice:
        """What came since the last one: the comments that have ended, labels, diagnostics."""
        records, self._records = self._records, []
        diagnostics, self._diagnostics = self._diagnostics, []
        labels, self._news = self._news, None
        return Slice(
            records=records,
            bytes_read=source.bytes_read,
            bytes_total=source.size,
            video=labels and Video(title=labels.title, comments_claimed=labels.comments_claimed),
            page_date=labels.page_date if labels else None,
            diagnostics=tuple(diagnostics),
            complete=self.complete,
        )

    def finish(self, *, cut_in_line: bool) -> None:
        """The page has ended; ``cut_in_line``: in the indentation of a line."""
        if self._bullet is not None:
            self._keep(self._bullet.line)
            self._bullet = None
        last = self._open
        if last is None:
            self._diagnostics.append(Diagnostic("warning", "The file holds no comments"))
            return
        cut = drop_half_header(last.lines, last.indent) or cut_in_line
        if all(map(is_blank, last.lines)):
            self._say_cut(last.bullet.number)
            self._open = None
        elif cut:
            self._say_cut(self._number)
        self._end()
        if self.complete:
            self._suspect()
        self._tell_strays()

    def _header(self, bullet: Bullet, line: str) -> Header | None:
        if self._open is not None and bullet.indent > self._open.indent:
            return None  # deeper than a reply can stand: typed
        return read_header(bullet, line)

    def _keep(self, line: str) -> None:
        (self._above if self._open is None else self._open.lines).append(line)

    def _begin(self, bullet: Bullet, header: Header) -> None:
        if self._open is None:
            self._news = read_labels(self._above)
            self._claimed = self._news.comments_claimed
            self._above = []
        else:
            self._end()
        while self._spine and self._spine[-1][0] >= bullet.indent:
            self._spine.pop()
        self._open = _Open(bullet, header, self._spine[-1][1] if self._spine else None)

    def _end(self) -> None:
        """Makes the open comment a record."""
        comment, self._open = self._open, None
        if comment is None:
            return
        text = clean(self._body(comment))
        if comment.parent is not None and _DOUBLED.match(text):
            text = text[1:]
        author = clean_line(comment.bullet.handle)
        facts = _read_facts(comment.header.facts)
        record = Record(
            id=self._derived_id(author, text),
            text=text,
            parent=comment.parent,
            author=author,
            is_uploader=comment.header.uploader,
            edited=facts.edited,
            likes=facts.likes,
            age=facts.age,
            age_days=facts.age_days,
            line=comment.bullet.number,
        )
        self._spine.append((comment.bullet.indent, record.id))
        self._records.append(record)
        self._present += 1
        self._last_text = text

    def _derived_id(self, author: str, text: str) -> str:
        """From the author, the text and the place among equal ones: a re-save keeps it."""
        digest = blake2b(f"{author}\n{text}".encode(), digest_size=8)
        self._equal[digest.digest()] += 1
        place = self._equal[digest.digest()]
        return digest.hexdigest() if place == 1 else f"{digest.hexdigest()}-{place}"

    def _body(self, comment: _Open) -> str:
        """The text with the page's indentation undone and its blank lines around it gone.

        A line further out than the body is no part of it, unless the body goes on below.
        """
        indent, lines = comment.indent, comment.lines
        pad = " " * indent
        own = [at for at, line in enumerate(lines) if line.startswith(pad) and not is_blank(line)]
        end = own[-1] + 1 if own else 0
        self._count_strays(lines, end, comment.bullet.number + 2)
        start = 0
        while start < end and is_blank(lines[start]):
            start += 1
        return "\n".join(
            line[indent:] if line.startswith(pad) else line.strip(" ") for line in lines[start:end]
        )

    def _count_strays(self, lines: list[str], start: int, first_number: int) -> None:
        for at in range(start, len(lines)):
            if not is_blank(lines[at]):
                self._strays += 1
                self._stray_line = self._stray_line or first_number + at

    def _say_cut(self, number: int) -> None:
        self.complete = False
        message = "The page was cut inside a comment; all before it was read. Save it again"
        self._diagnostics.append(Diagnostic("error", message, number))

    def _suspect(self) -> None:
        suspected = suspicion(self._present, self._claimed, self._last_text)
        if suspected is not None:
            diagnostic, is_cut = suspected
            self._diagnostics.append(diagnostic)
            self.complete = not is_cut

    def _tell_strays(self) -> None:
        if self._strays:
            what = "1 line" if self._strays == 1 else f"{self._strays} lines"
            message = f"Left out {what} outside of any comment"
            self._diagnostics.append(Diagnostic("warning", message, self._stray_line))


def _read_facts(facts: str) -> _Facts:
    """Age, edit mark and likes of a header."""
    return _split_facts(facts) if len(facts) > _LONGEST_FACTS else _known_facts(facts)


@lru_cache(maxsize=4096)
def _known_facts(facts: str) -> _Facts:
    """A page has few different ones, and they are short."""
    return _split_facts(facts)


def _split_facts(facts: str) -> _Facts:
    facts, edited_last = split_edited(facts)
    before, plus, after = facts.rpartition("+")
    has_likes = bool(plus and (not before or before[-1].isspace()) and after.lstrip()[:1].isdigit())
    likes = parse_count(after) if has_likes else None
    age, edited = split_edited(clean_line(before if has_likes else facts))
    is_edited = True if edited or edited_last else None
    return _Facts(age or None, parse_age(age).days, is_edited, likes)
