"""The rows of the comment tree and of the chapter list, drawn cell by cell."""

from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from textual.strip import Strip
from textual.style import Style

from tui.look import Inks, Look
from tui.render import LineMaker, clock, fit, padded, short_age, short_number
from tui.session import Session

if TYPE_CHECKING:
    from parser.chapters import Chapter

MAX_LEVELS = 24
MIN_TEXT = 12
"""Cells that a row keeps for its text before marks and guides get any."""


class Columns(msgspec.Struct, frozen=True):
    """How many cells the columns of a tree row get in a pane of a given width."""

    author: int
    likes: int
    age: int
    levels: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        author = 18 if width >= 80 else 16 if width >= 70 else 12 if width >= 50 else 10
        levels = max(1, min(MAX_LEVELS, (width - 34) // 4))
        return cls(author, 6 if width >= 50 else 0, 5 if width >= 40 else 0, levels)


class TreeRow:
    """Draws one comment on one line."""

    def __init__(self, session: Session, look: Look, width: int) -> None:
        self._session = session
        self._look = look
        self._width = width
        self._columns = Columns.of(width)

    def draw(self, comment: int, *, selected: bool, focused: bool) -> Strip:
        look, columns = self._look, self._columns
        inks = (look.selected if focused else look.unfocused) if selected else look.plain
        line = LineMaker()
        line.add(look.glyphs.bar if selected else " ", inks.bar if focused else inks.dim)
        line.add(" ", inks.text)
        self._add_guides(line, comment, inks)
        self._add_author(line, comment, inks, selected)
        right = self._right_of(comment, inks)
        tail = 1 + columns.likes + columns.age
        marks = self._marks(comment, inks)
        hidden = self._session.view.hidden(comment)
        more = f" +{short_number(hidden)}" if hidden else ""
        room = self._width - line.cells - tail - cell_len(more)
        while marks and room - sum(cell_len(text) + 1 for text, _ in marks) < MIN_TEXT:
            marks.pop()
        room -= sum(cell_len(text) + 1 for text, _ in marks)
        text = self._session.discussion.texts[comment]
        start = self._session.leading_mention(comment)
        line.add(padded(text[start : start + 4 * self._width], room, look.glyphs), inks.text)
        line.add(more, inks.dim)
        for mark, style in marks:
            line.add(" ", inks.text).add(mark, style)
        for cell, style in right:
            line.add(cell, style)
        return line.strip(self._width, inks.text)

    def fold_column(self, comment: int) -> int:
        """The cell of the fold mark, for the mouse."""
        levels = min(self._session.view.depth(comment), self._columns.levels)
        return 2 + 2 * levels

    def _add_guides(self, line: LineMaker, comment: int, inks: Inks) -> None:
        view, glyphs = self._session.view, self._look.glyphs
        depth, levels = view.depth(comment), self._columns.levels
        if depth > levels:
            follows = view.guides(comment, 1)
            line.add("  " * (levels - 1) + self._arm(comment, follows[-1]), inks.faint)
        elif depth:
            lines = view.guides(comment, depth)
            trunks = "".join(glyphs.trunk if runs_on else "  " for runs_on in lines[:-1])
            line.add(trunks + self._arm(comment, lines[-1]), inks.faint)
        if view.below(comment) and not view.is_only:
            unfolded = view.is_unfolded(comment)
            line.add(glyphs.unfolded if unfolded else glyphs.folded, inks.dim)
        else:
            line.add(glyphs.rule if depth else " ", inks.faint)
        line.add(" ", inks.text)
        if depth > levels:
            line.add(f"{depth} ", inks.dim)

    def _arm(self, comment: int, sibling_follows: bool) -> str:
        glyphs, session = self._look.glyphs, self._session
        is_shown = session.view.shows_answers(comment)
        if is_shown and session.analysis.reply(comment).certainty == "inferred":
            return glyphs.guessed_arm if sibling_follows else glyphs.guessed_last_arm
        return glyphs.arm if sibling_follows else glyphs.last_arm

    def _add_author(self, line: LineMaker, comment: int, inks: Inks, selected: bool) -> None:
        discussion, glyphs = self._session.discussion, self._look.glyphs
        name = (discussion.authors[comment] or discussion.author_names[comment] or "").lstrip("@")
        guides = line.cells - 4
        room = max(10, self._columns.author - guides)
        if discussion.flag(comment, "is_uploader"):
            style = inks.uploader_strong if selected else inks.uploader
            shown = fit(name, room - 2, glyphs) + " *"
        else:
            style = inks.who_strong if selected else inks.who
            shown = fit(name, room, glyphs)
        line.add(shown, style).add(" " * (room - cell_len(shown) + 2), inks.text)

    def _marks(self, comment: int, inks: Inks) -> list[tuple[str, Style]]:
        """Whether it is new, and its moments, references, links; the last is dropped first."""
        marks = list[tuple[str, Style]]()
        if self._session.is_new(comment):
            marks.append(("new", inks.good))
        if self._session.skims:
            return marks
        analysis = self._session.analysis
        moments = analysis.timestamps(comment)
        if len(moments) > 0:
            likely = "?" if moments[0].certainty == "likely" else ""
            more = f"+{len(moments) - 1}" if len(moments) > 1 else ""
            marks.append((clock(moments[0].seconds) + likely + more, inks.time))
        if self._session.analysed and (references := analysis.references_of(comment)):
            marks.append((f"[{len(references)}]", inks.citation))
        if links := analysis.links(comment):
            marks.append((f"{len(links)}{self._look.glyphs.link}", inks.who))
        return marks

    def _right_of(self, comment: int, inks: Inks) -> list[tuple[str, Style]]:
        session, columns = self._session, self._columns
        likes, days = session.discussion.likes[comment], session.discussion.age_days[comment]
        cells: list[tuple[str, Style]] = []
        if columns.likes:
            shown = short_number(likes) if likes > 0 else ""
            style = inks.text if likes > 0 and session.is_much_liked(likes) else inks.dim
            cells.append((shown.rjust(columns.likes), style))
        if columns.age:
            age = short_age(days if days >= 0 else None)
            cells.append((age.rjust(columns.age), inks.dim))
        return cells


class ChapterRow:
    """Draws one chapter on one line."""

    def __init__(self, session: Session, look: Look, width: int) -> None:
        self._session = session
        self._look = look
        self._width = width
        chapters = session.chapters.chapters if session.chapters else ()
        self._time = 8 if chapters and chapters[-1].start >= 3600 else 5
        self._number = 5 if width >= 33 else 4
        self._most = max(session.chapter_counts, default=0)

    def draw(self, number: int, *, selected: bool, focused: bool) -> Strip:
        session, look = self._session, self._look
        if session.chapters is None:
            return Strip.blank(self._width, look.plain.text.rich_style)
        chapter = session.chapters.chapters[number]
        inks = (look.selected if focused else look.unfocused) if selected else look.plain
        current = number == session.current_chapter
        line = LineMaker()
        line.add(look.glyphs.bar if selected else " ", inks.bar if focused else inks.dim)
        time = clock(chapter.start).rjust(self._time)
        line.add(time, inks.time_strong if current else inks.dim)
        line.add(look.glyphs.now if current else " ", inks.time)
        cited = self._cited(chapter)
        room = self._width - line.cells - self._number - (len(cited) + 1 if cited else 0) - 1
        title = _without_citations(chapter) if cited else chapter.title
        shown = padded(title, room, look.glyphs)
        line.add(shown, inks.strong if current or (selected and focused) else inks.text)
        if cited:
            line.add(" ", inks.text).add(cited, inks.citation)
        self._add_number(line, number, selected and focused, inks)
        return line.strip(self._width, inks.text)

    def _cited(self, chapter: "Chapter") -> str:
        """The chapter's citations in short, where the list is wide enough for them."""
        labels = chapter.citations
        if not labels or self._width < 33:
            return ""
        return f"[{labels[0]}]" if len(labels) == 1 else f"[{labels[0]}-{labels[-1]}]"

    def _add_number(self, line: LineMaker, number: int, selected: bool, inks: Inks) -> None:
        count = self._session.chapter_counts[number]
        level = -(-count * 4 // self._most) if count else 0
        loud = self._look.loud_selected if selected else self._look.loud
        shown = short_number(count) if count else ""
        line.add(" ", inks.text)
        style = loud[level] if level else inks.text
        line.add(f"{shown:>{self._number - 1}} ", style)


def _without_citations(chapter: "Chapter") -> str:
    title = chapter.title
    for label in chapter.citations:
        title = title.replace(f" [{label}]", "")
    return title
