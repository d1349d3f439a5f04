"""Lays out one comment for the reading view: a header line, the text, a blank line."""

from rich.cells import cell_len
from textual.strip import Strip

from tui.laid import Laid
from tui.look import Inks, Look
from tui.parts import Stretch, parts_of
from tui.render import LineMaker, acting, fit, long_age, marked_comment, meta_of, plural, wrapped
from tui.session import Session

WIDTH = 80
MARGIN = 3
INDENT = 3
PARTS_KEPT = 64
"""Comments of which it is kept how they are cut."""
MIN_TEXT = 36
"""Cells that the text keeps: a deeper comment is set in no further."""


class ReadingLayout:
    """Lays out one comment for the reading view: a header line, the text, a blank line."""

    def __init__(self, session: Session, look: Look, width: int) -> None:
        self._session = session
        self._look = look
        self._width = width
        self._text = min(WIDTH, width - MARGIN - 2)
        self._parts: dict[int, tuple[Stretch, ...]] = {}

    def indent(self, index: int) -> int:
        """How many levels the comment is set in; deep ones stop where text would be too narrow."""
        most = max(0, (self._text - MIN_TEXT) // INDENT)
        return min(self._session.view.depth(index), most)

    def lay_out(self, index: int) -> Laid:
        """The whole comment."""
        laid = Laid()
        for number in range(len(self.parts(index))):
            laid.add(self.lay_part(index, number))
        return laid

    def parts(self, index: int) -> tuple[Stretch, ...]:
        """The stretches of the text that are laid out one at a time; at least one."""
        if (parts := self._parts.get(index)) is None:
            text = self._session.discussion.texts[index]
            start = self._session.leading_mention(index)
            parts = parts_of(text, start, max(start, len(text.rstrip())))
            if len(self._parts) >= PARTS_KEPT:
                self._parts.clear()
            self._parts[index] = parts
        return parts

    def lay_part(self, index: int, number: int) -> Laid:
        """A part: the first has the header above it, the last a blank line below."""
        inks, parts = self._look.plain, self.parts(index)
        room = max(10, self._text - INDENT * self.indent(index))
        laid = Laid()
        if number == 0:
            laid.body.append(self._line(index, self._header(index, room, inks)))
        part = parts[number]
        for piece in wrapped(
            marked_comment(self._session, index, inks, part.start, part.end), room
        ):
            for moment in meta_of(piece, "moment"):
                laid.moment_lines.setdefault(moment, len(laid.body))
            line = LineMaker().add_content(piece, inks.text)
            laid.body.append(self._line(index, line))
        if number + 1 == len(parts):
            laid.body.append(self._line(self._session.view.following(index), LineMaker(), index))
        return laid

    def _line(self, index: int | None, content: LineMaker, behind: int | None = None) -> Strip:
        """A line of a comment, or the one ``behind`` it, with the trunks on its left."""
        inks, glyphs = self._look.plain, self._look.glyphs
        levels = 0 if index is None else self.indent(index)
        if behind is not None:
            levels = min(levels, self.indent(behind))
        bar = behind is None and index == self._session.current
        line = LineMaker().add(glyphs.bar if bar else " ", inks.bar)
        line.add(" " * (MARGIN - 1), inks.text)
        trunk = glyphs.wall + " " * (INDENT - 1)
        line.add(trunk * levels, inks.faint)
        line.segments += content.segments
        line.cells += content.cells
        return line.strip(self._width, inks.text)

    def _header(self, index: int, room: int, inks: Inks) -> LineMaker:
        session, glyphs = self._session, self._look.glyphs
        comment = session.discussion[index]
        line = LineMaker()
        name = comment.author or comment.author_name or "(no name)"
        style = inks.uploader_strong if comment.is_uploader else inks.who_strong
        line.add(fit(name, room, glyphs), style)
        if comment.is_uploader and line.cells + 2 <= room:
            line.add(" *", inks.uploader)
        if session.is_new(index) and line.cells + 5 <= room:
            line.add("  new", inks.good)
        facts = [
            plural(comment.likes, "like") if comment.likes else "",
            comment.published or long_age(comment.age_days) or comment.age or "",
        ]
        right = "   ".join(fact for fact in facts if fact)
        if session.leading_mention(index):
            mention = session.analysis.mentions(index)[0]
            to = fit("to " + mention.author, room - line.cells - 2, glyphs)
            meant = mention.comment
            style = inks.dim if meant is None else acting(inks.dim, comment=meant)
            line.add("  ", inks.text).add(to, style)
        if right and line.cells + cell_len(right) + 3 > room:
            right = facts[1]
        if right and line.cells + cell_len(right) + 3 <= room:
            line.fill(room - cell_len(right), inks.text).add(right, inks.dim)
        return line
