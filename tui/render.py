"""From what a file says to what the screen shows: the one place where text becomes styled.

Nothing here parses markup; text goes into segments and contents as it is. It was made
harmless at the parser's boundary.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.content import Content, Span
from textual.strip import Strip
from textual.style import Style

from parser.text.marks import Mention, Timestamp
from tui.look import Glyphs, Inks, Look
from tui.session import Session

DAYS_A_YEAR = 365
DAYS_A_MONTH = 30
LONGEST_LINE = 4096
"""Code points of a text that a single row looks at; no terminal is wider."""


# Words and numbers


def clock(seconds: int) -> str:
    """Seconds as people write them: ``4:08``, ``1:02:03``."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def short_number(number: int) -> str:
    """A number for a column of five cells: ``1926`` as ``1.9k``."""
    if number < 1000:
        return str(number)
    for unit, size in (("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000)):
        if number < size * 1000:
            scaled = number / size
            return f"{scaled:.1f}{unit}" if scaled < 99.95 else f"{scaled:.0f}{unit}"
    return "999G+"


def megabytes(number: int) -> str:
    """Bytes as megabytes: ``0.3``, ``12``, ``660``."""
    return f"{number / 1e6:.1f}" if number < 10_000_000 else f"{number / 1e6:,.0f}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 reply``, ``1,926 replies``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_age(days: int | None) -> str:
    """An age for a column: ``5y``, ``4mo``, ``3d``."""
    if days is None:
        return ""
    if days >= DAYS_A_YEAR:
        return f"{days // DAYS_A_YEAR}y"
    if days >= DAYS_A_MONTH:
        return f"{days // DAYS_A_MONTH}mo"
    return f"{days}d" if days else "<1d"


def long_age(days: int | None) -> str:
    """An age in words, marked as the estimate that it is."""
    if days is None:
        return ""
    if days >= DAYS_A_YEAR:
        return f"about {plural(days // DAYS_A_YEAR, 'year')} ago"
    if days >= DAYS_A_MONTH:
        return f"about {plural(days // DAYS_A_MONTH, 'month')} ago"
    return f"about {plural(days, 'day')} ago" if days else "less than a day ago"


def one_line(text: str) -> str:
    """The start of a text on one line, every run of white space a blank."""
    return " ".join(text[:LONGEST_LINE].split())


def fit(text: str, cells: int, glyphs: Glyphs) -> str:
    """The text on one line of at most so many cells, cut with a mark where it is longer."""
    line = one_line(text)
    if cell_len(line) <= cells:
        return line
    return set_cell_size(line, max(0, cells - 1)).rstrip() + glyphs.cut if cells > 0 else ""


def fit_middle(text: str, cells: int, glyphs: Glyphs) -> str:
    """Like :func:`fit`, but cut in the middle: what stands at the end is worth keeping."""
    line = one_line(text)
    if cell_len(line) <= cells or cells < 20:
        return fit(line, cells, glyphs)
    tail = line[-(cells // 2) :]
    while cell_len(tail) > cells // 2:
        tail = tail[1:]
    return fit(line[: -len(tail)], cells - cell_len(tail), glyphs) + tail


def padded(text: str, cells: int, glyphs: Glyphs) -> str:
    """Like :func:`fit`, filled with blanks to exactly so many cells."""
    return set_cell_size(fit(text, cells, glyphs), max(0, cells))


# Lines


class LineMaker:
    """Collects the parts of one line and knows how many cells they take."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.cells = 0

    def add(self, text: str, style: Style) -> "LineMaker":
        if text:
            self.segments.append(Segment(text, style.rich_style))
            self.cells += cell_len(text)
        return self

    def add_content(self, content: Content, base: Style) -> "LineMaker":
        self.segments.extend(content.render_segments(base))
        self.cells += content.cell_length
        return self

    def fill(self, cells: int, style: Style) -> "LineMaker":
        """Blanks up to a column."""
        return self.add(" " * (cells - self.cells), style)

    def strip(self, width: int, style: Style) -> Strip:
        """The line, exactly ``width`` cells long."""
        self.fill(width, style)
        return Strip(self.segments, self.cells).adjust_cell_length(width, style.rich_style)


def title_line(
    name: str, note: str, right: str, width: int, look: Look, *, focused: bool = False
) -> Strip:
    """A pane's title: name, note, hairline, place."""
    inks, rule = look.plain, look.glyphs.rule
    line = LineMaker().add(" ", inks.text)
    room = width - 2
    line.add(fit(name, room, look.glyphs), inks.strong if focused else inks.dim)
    right = right if cell_len(right) + line.cells + 4 <= width else ""
    room = width - line.cells - (cell_len(right) + 2 if right else 1) - 3
    if note and room > 3:
        line.add("  " + fit(note, room, look.glyphs), inks.dim)
    line.add(" ", inks.text)
    length = width - line.cells - (cell_len(right) + 2 if right else 1)
    line.add(rule * max(0, length), inks.rule if focused else inks.faint)
    if right:
        line.add(f" {right} ", inks.dim)
    return line.strip(width, inks.text)


def block_title(name: str, note: str, width: int, look: Look) -> Strip:
    """A heading inside a pane: name, hairline, and what the right column holds."""
    inks = look.plain
    line = LineMaker().add("    ", inks.text).add(name + " ", inks.dim)
    note = note if line.cells + cell_len(note) + 4 <= width else ""
    length = width - line.cells - (cell_len(note) + 2 if note else 1)
    line.add(look.glyphs.rule * max(0, length), inks.faint)
    if note:
        line.add(" " + note, inks.dim)
    return line.strip(width, inks.text)


# Comments' texts


class _Marked(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Mark = TypeVar("_Mark", bound=_Marked)


def acting(style: Style, **what: int) -> Style:
    """The style of something that a click acts on; ``what`` says on which."""
    return style + Style.from_meta(what)


def _within(marks: Sequence[_Mark], start: int, end: int) -> Iterator[tuple[int, _Mark]]:
    """The marks that touch a stretch of their text, with their numbers; they are in order."""
    first = bisect_left(marks, start, key=_start)
    while first and marks[first - 1].end > start:
        first -= 1
    return enumerate(marks[first : bisect_left(marks, end, key=_start)], first)


def _start(mark: _Marked) -> int:
    return mark.start


def _moment_style(moment: Timestamp, inks: Inks, *, current: bool) -> Style:
    if moment.certainty == "certain":
        return inks.current if current else inks.moment
    return inks.current_likely if current else inks.likely


def _mention_style(mention: Mention, inks: Inks) -> Style:
    if mention.comment is None:
        return inks.mention
    return acting(inks.mention, comment=mention.comment)


def wrapped(content: Content, width: int) -> list[Content]:
    """The content in lines of at most ``width`` cells; empty lines are kept."""
    lines: list[Content] = []
    for paragraph in content.split("\n", allow_blank=True):
        lines.extend(paragraph.expand_tabs(4).wrap(max(2, width)) or [Content("")])
    return lines


def meta_of(content: Content, name: str) -> list[int]:
    """The numbers under ``name`` that parts of a wrapped line act on, in order."""
    return [
        span.style.meta[name]
        for span in content.spans
        if isinstance(span.style, Style) and name in span.style.meta
    ]


def marked_comment(
    session: Session, index: int, inks: Inks, start: int = 0, end: int | None = None
) -> Content:
    """A stretch of a comment's text with everything marked that can be acted on."""
    text, analysis = session.discussion.texts[index], session.analysis
    end = len(text) if end is None else end
    current = session.moment if index == session.current else None
    styled: list[tuple[_Marked, Style]] = [
        (moment, acting(_moment_style(moment, inks, current=number == current), moment=number))
        for number, moment in _within(analysis.timestamps(index), start, end)
    ]
    for number, link in _within(analysis.links(index), start, end):
        styled.append((link, acting(inks.link, link=number + 1)))
    for _, mention in _within(analysis.mentions(index), start, end):
        styled.append((mention, _mention_style(mention, inks)))
    if session.analysed:
        for number, citation in _within(analysis.citations(index), start, end):
            styled.append((citation, acting(inks.citation, citation=number)))
    spans = [
        Span(max(0, mark.start - start), min(end, mark.end) - start, style)
        for mark, style in styled
    ]
    return Content(text[start:end], spans)
