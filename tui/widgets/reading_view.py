"""The reading view: whole comments as flowing text, laid out as they come into sight.

The position is a comment, a part of it and a line of that, not a line number of the whole: what
is not in sight is never laid out, so the view opens at once at any size. Nearly every comment is
one part (see ``tui.parts``).
"""

from bisect import bisect_right

from textual.geometry import Offset
from textual.strip import Strip

from tui.laid import Laid
from tui.look import Look
from tui.parts import Stretch
from tui.reading_layout import ReadingLayout
from tui.render import title_line
from tui.session import Session
from tui.widgets.pane import Pane

KEPT = 64
"""Parts whose lines are kept; the oldest is laid out anew when it is needed again."""

Place = tuple[int, int, int]
"""A comment, a part of it, a line of that."""


class ReadingView(Pane):
    """From one comment on, in the order of the tree, whatever is folded.

    ``at`` is the comment whose line ``line`` (of its part ``part``) is the first in sight; it
    is the one that the reader has reached.
    """

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "reading")
        self._session = session
        self._kept: dict[tuple[int, int], Laid] = {}
        self._maker: ReadingLayout | None = None
        self._window: list[Place] | None = None
        self.at = 0
        self.part = 0
        self.line = 0

    # Where it stands

    def open_at(self, comment: int) -> None:
        """Put the beginning of a comment at the top."""
        self.at, self.part, self.line = comment, 0, 0
        self.rebuilt()

    def rebuilt(self) -> None:
        """Lay out anew what is in sight."""
        self._kept.clear()
        self._maker = None
        self._window = None
        if self.size.height:
            self.part = max(0, min(self.part, len(self._parts(self.at)) - 1))
            self.line = max(0, min(self.line, len(self._lines(self.at, self.part)) - 1))
        self.refresh()

    def scroll_lines(self, lines: int) -> bool:
        """Move on by lines (back, if negative), to the last line at most; whether it moved."""
        before = (self.at, self.part, self.line)
        if lines > 0:
            for _ in range(lines):
                if self.at_end or not self._one_line_on():
                    break
        else:
            for _ in range(-lines):
                if not self._one_line_back():
                    break
        if before == (self.at, self.part, self.line):
            return False
        self._window = None
        self.refresh()
        return True

    def _one_line_on(self) -> bool:
        self._window = None
        if self.line + 1 < len(self._lines(self.at, self.part)):
            self.line += 1
            return True
        following = self._part_on(self.at, self.part)
        if following is None:
            return False
        self.at, self.part = following
        self.line = 0
        return True

    def _one_line_back(self) -> bool:
        if self.line > 0:
            self.line -= 1
            return True
        if self.part > 0:
            self.part -= 1
        else:
            before = self._session.view.following(self.at, -1)
            if before is None:
                return False
            self.at, self.part = before, len(self._parts(before)) - 1
        self.line = len(self._lines(self.at, self.part)) - 1
        return True

    def _part_on(self, comment: int, part: int) -> tuple[int, int] | None:
        """The part behind one, of the comment or the next; ``None`` behind the last of all."""
        if part + 1 < len(self._parts(comment)):
            return comment, part + 1
        following = self._session.view.following(comment)
        return None if following is None else (following, 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line of all is in sight."""
        in_sight = self._in_sight
        comment, part, line = in_sight[-1] if in_sight else (self.at, self.part, self.line)
        if self._part_on(comment, part) is not None:
            return False
        # The blank line behind the last comment need not be seen.
        return line + 2 >= len(self._lines(comment, part))

    def show_moment(self, number: int) -> None:
        """Bring the line of a moment of the comment at the top into sight."""
        self.rebuilt()
        place = self._place_of(number)
        if place is not None and place not in self._in_sight:
            _, self.part, self.line = place
            self._window = None
            self.refresh()

    def _place_of(self, number: int) -> Place | None:
        """Where a moment of the comment at the top stands; ``None`` where it has none."""
        moments = self._session.analysis.timestamps(self.at)
        if number >= len(moments):
            return None
        parts = self._parts(self.at)
        part = bisect_right(parts, moments[number].start, key=lambda each: each.start) - 1
        line = self._laid(self.at, max(0, part)).moment_lines.get(number)
        return None if line is None else (self.at, max(0, part), line)

    # Lines

    @property
    def _layout(self) -> ReadingLayout:
        if self._maker is None:
            self._maker = ReadingLayout(self._session, self.look, self.size.width)
        return self._maker

    def _parts(self, comment: int) -> tuple[Stretch, ...]:
        return self._layout.parts(comment)

    def _laid(self, comment: int, part: int) -> Laid:
        if (laid := self._kept.get((comment, part))) is None:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            laid = self._kept[comment, part] = self._layout.lay_part(comment, part)
        return laid

    def _lines(self, comment: int, part: int) -> list[Strip]:
        return self._laid(comment, part).body

    @property
    def _in_sight(self) -> list[Place]:
        """Comment, part and line on each line of the screen."""
        if self._window is None:
            self._window = []
            here: tuple[int, int] | None = self.at, self.part
            line = self.line
            while here is not None and len(self._window) < self.rows_in_sight:
                room = self.rows_in_sight - len(self._window)
                stop = min(len(self._lines(*here)), line + room)
                self._window.extend((*here, each) for each in range(line, stop))
                here, line = self._part_on(*here), 0
        return self._window

    # As a pane

    @property
    def count(self) -> int:
        return len(self._in_sight)

    def fit_to_size(self) -> None:
        self.rebuilt()

    def take_look(self, look: Look) -> None:
        self.look = look
        self.rebuilt()

    @property
    def cursor_on_screen(self) -> Offset:
        place = self._place_of(self._session.moment or 0)
        y = self._in_sight.index(place) if place in self._in_sight else 0
        return Offset(self.region.x, self.region.y + 1 + y)

    def draw_title(self, width: int) -> Strip:
        view = self._session.view
        place = f"{view.place_of(self.at) + 1:,} of {len(self._session.discussion):,}"
        return title_line("Reading", self._where(), place, width, self.look, focused=self.has_focus)

    def _where(self) -> str:
        view = self._session.view
        thread = view.thread(self.at)
        where = f"thread {view.thread_number(self.at) + 1:,} of {view.threads:,}"
        if self.at == thread:
            return where
        reply = view.place_of(self.at) - view.place_of(thread)
        return f"{where}, reply {reply:,} of {view.below(thread):,}"

    def draw_row(self, row: int, width: int) -> Strip:
        comment, part, line = self._in_sight[row]
        return self._lines(comment, part)[line].adjust_cell_length(width)

    def comment_at(self, row: int) -> int:
        """The comment on a row of the screen, the first below the title being 0."""
        return self._in_sight[row][0]

    def wheel(self, rows: int) -> None:
        if self.scroll_lines(rows):
            self.post_message(self.Scrolled(self))
