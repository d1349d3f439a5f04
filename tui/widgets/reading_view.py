"""The reading view: whole comments as flowing text, laid out as they come into sight.

The position is a comment and a line of it, not a line number of the whole: what is not in
sight is never laid out, so the view opens at once at any size.
"""

from textual.geometry import Offset
from textual.strip import Strip

from tui.layout import Laid
from tui.look import Look
from tui.reading_layout import ReadingLayout
from tui.render import title_line
from tui.session import Session
from tui.widgets.pane import Pane

KEPT = 64
"""Comments whose lines are kept; the oldest is laid out anew when it is needed again."""


class ReadingView(Pane):
    """From one comment on, in the order of the tree, whatever is folded.

    ``at`` is the comment whose line ``line`` is the first in sight; it is the one that the
    reader has reached.
    """

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "reading")
        self._session = session
        self._kept: dict[int, Laid] = {}
        self._maker: ReadingLayout | None = None
        self._window: list[tuple[int, int]] | None = None
        self.at = 0
        self.line = 0

    # Where it stands

    def open_at(self, comment: int) -> None:
        """Put the beginning of a comment at the top."""
        self.at, self.line = comment, 0
        self.rebuilt()

    def rebuilt(self) -> None:
        """Lay out anew what is in sight."""
        self._kept.clear()
        self._maker = None
        self._window = None
        if self.size.height:
            self.line = max(0, min(self.line, len(self._lines(self.at)) - 1))
        self.refresh()

    def scroll_lines(self, lines: int) -> bool:
        """Move on by lines (back, if negative), to the last line at most; whether it moved."""
        before = (self.at, self.line)
        if lines > 0:
            for _ in range(lines):
                if self.at_end or not self._one_line_on():
                    break
        else:
            for _ in range(-lines):
                if not self._one_line_back():
                    break
        if before == (self.at, self.line):
            return False
        self._window = None
        self.refresh()
        return True

    def _one_line_on(self) -> bool:
        self._window = None
        if self.line + 1 < len(self._lines(self.at)):
            self.line += 1
            return True
        following = self._session.view.following(self.at)
        if following is None:
            return False
        self.at, self.line = following, 0
        return True

    def _one_line_back(self) -> bool:
        if self.line > 0:
            self.line -= 1
            return True
        before = self._session.view.following(self.at, -1)
        if before is None:
            return False
        self.at, self.line = before, len(self._lines(before)) - 1
        return True

    @property
    def at_end(self) -> bool:
        """Whether the last line of all is in sight."""
        last, line = self._in_sight[-1] if self._in_sight else (self.at, self.line)
        if self._session.view.following(last) is not None:
            return False
        # The blank line behind the last comment need not be seen.
        return line + 2 >= len(self._lines(last))

    def show_moment(self, number: int) -> None:
        """Bring the line of a moment of the comment at the top into sight."""
        self.rebuilt()
        line = self._laid(self.at).moment_lines.get(number)
        if line is not None and (self.at, line) not in self._in_sight:
            self.line = line
            self._window = None
            self.refresh()

    # Lines

    def _laid(self, comment: int) -> Laid:
        if (laid := self._kept.get(comment)) is None:
            if self._maker is None:
                self._maker = ReadingLayout(self._session, self.look, self.size.width)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            laid = self._kept[comment] = self._maker.lay_out(comment)
        return laid

    def _lines(self, comment: int) -> list[Strip]:
        return self._laid(comment).body

    @property
    def _in_sight(self) -> list[tuple[int, int]]:
        """The comment and the line of it on each line of the screen."""
        if self._window is None:
            self._window = []
            comment: int | None = self.at
            line = self.line
            while comment is not None and len(self._window) < self.rows_in_sight:
                room = self.rows_in_sight - len(self._window)
                stop = min(len(self._lines(comment)), line + room)
                self._window.extend((comment, each) for each in range(line, stop))
                comment, line = self._session.view.following(comment), 0
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
        moment = self._laid(self.at).moment_lines.get(self._session.moment or 0, self.line)
        y = next((y for y, each in enumerate(self._in_sight) if each == (self.at, moment)), 0)
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
        comment, line = self._in_sight[row]
        return self._lines(comment)[line].adjust_cell_length(width)

    def comment_at(self, row: int) -> int:
        """The comment on a row of the screen, the first below the title being 0."""
        return self._in_sight[row][0]

    def wheel(self, rows: int) -> None:
        if self.scroll_lines(rows):
            self.post_message(self.Scrolled(self))
