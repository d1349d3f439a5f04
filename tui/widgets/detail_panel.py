"""The detail panel: the current comment, whole, with what can be acted on."""

from textual.geometry import Offset
from textual.strip import Strip

from tui.layout import DetailLayout, Laid
from tui.look import Look
from tui.render import title_line
from tui.session import Session
from tui.widgets.pane import Pane

MIN_ROWS_FOR_HEAD = 6
"""With fewer rows only the line that says who stays while the text scrolls."""


class DetailPanel(Pane):
    """The current comment. ``top`` is the first line of the body in sight."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "detail")
        self._session = session
        self._laid: Laid | None = None

    # What is shown

    def show(self) -> None:
        """Lay out the current comment from its beginning."""
        self._laid = None
        self.top = 0
        self.refresh()

    def rebuilt(self) -> None:
        """Lay out the current comment anew and stay at the same lines."""
        self._laid = None
        self.scroll_to_row(self.top)
        self.refresh()

    def follow_moment(self) -> None:
        """Mark the current moment, and bring its line into sight."""
        self.rebuilt()
        line = self.laid.moment_lines.get(self._session.moment or 0)
        if line is not None:
            self.bring_into_sight(line)

    @property
    def laid(self) -> Laid:
        if self._laid is None:
            if not len(self._session.discussion):
                return Laid()
            layout = DetailLayout(self._session, self.look, self.size.width)
            self._laid = layout.lay_out(self._session.current)
            self._fold_head_into_body(self._laid)
        return self._laid

    def _fold_head_into_body(self, laid: Laid) -> None:
        """In a low pane let all but the first line of the head scroll with the text."""
        if self.size.height - 1 - len(laid.head) >= MIN_ROWS_FOR_HEAD:
            return
        moved = len(laid.head) - 1
        laid.body[:0] = laid.head[1:]
        del laid.head[1:]
        for number in laid.moment_lines:
            laid.moment_lines[number] += moved

    # As a pane

    @property
    def count(self) -> int:
        return len(self.laid.body)

    @property
    def rows_in_sight(self) -> int:
        return max(1, self.size.height - 1 - len(self.laid.head))

    @property
    def at_end(self) -> bool:
        return self.top + self.rows_in_sight >= self.count

    def take_look(self, look: Look) -> None:
        self._laid = None
        super().take_look(look)

    def fit_to_size(self) -> None:
        self._laid = None
        self.scroll_to_row(self.top)

    @property
    def cursor_on_screen(self) -> Offset:
        line = self.laid.moment_lines.get(self._session.moment or 0, self.top)
        y = max(0, min(line - self.top, self.rows_in_sight - 1)) + len(self.laid.head)
        return Offset(self.region.x, self.region.y + 1 + y)

    def draw_title(self, width: int) -> Strip:
        return title_line("Comment", "", self._lines(), width, self.look, focused=self.has_focus)

    def _lines(self) -> str:
        if self.count <= self.rows_in_sight:
            return ""
        last = min(self.count, self.top + self.rows_in_sight)
        return f"lines {self.top + 1}-{last} of {self.count}"

    def render_line(self, y: int) -> Strip:
        head = len(self.laid.head)
        if 1 <= y <= head:
            return self.laid.head[y - 1]
        return super().render_line(y if y == 0 else y - head)

    def draw_row(self, row: int, width: int) -> Strip:
        return self.laid.body[row].adjust_cell_length(width)
