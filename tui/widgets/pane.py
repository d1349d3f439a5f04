"""What the panes share: a title line, rows drawn on demand, a cursor, a scroll position.

A pane draws only the rows in sight, straight from flat arrays, and asks for a repaint of
just the lines that changed: a key press costs the same at any size.
"""

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.look import Look
from tui.render import LineMaker, fit

WHEEL_ROWS = 3


class Pane(Widget, can_focus=True):
    """A titled list of lines; subclasses say how many there are and draw them.

    ``top`` is the first row in sight, ``cursor`` the row that the cursor stands on.
    """

    DEFAULT_CSS = """
    Pane { height: 1fr; width: 1fr; background: $background; color: $foreground; }
    """
    ALLOW_SELECT = False

    class Clicked(Message):
        """A row was clicked, or (``row`` is ``None``) the empty part below the rows.

        ``column`` counts cells from the pane's left edge; ``meta`` is what the cell acts on;
        ``times`` is 2 for a double click.
        """

        def __init__(
            self, pane: "Pane", row: int | None, column: int, meta: dict[str, int], times: int
        ) -> None:
            super().__init__()
            self.pane = pane
            self.row = row
            self.column = column
            self.meta = meta
            self.times = times

        @property
        def control(self) -> "Pane":
            return self.pane

    class Scrolled(Message):
        """The wheel moved a pane that has a cursor of its own, which may have had to follow."""

        def __init__(self, pane: "Pane") -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> "Pane":
            return self.pane

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(id=name)
        self.look = look
        self.top = 0
        self.cursor = 0

    # For subclasses

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError  # every pane is a subclass

    def draw_title(self, width: int) -> Strip:
        raise NotImplementedError  # every pane is a subclass

    def draw_row(self, row: int, width: int) -> Strip:
        raise NotImplementedError  # every pane is a subclass

    # Drawing

    @property
    def rows_in_sight(self) -> int:
        return max(1, self.size.height - 1)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self.draw_title(width)
        row = y - 1 + self.top
        if row < self.count:
            return self.draw_row(row, width)
        return self.draw_beyond(row - self.count, width)

    def draw_beyond(self, line: int, width: int) -> Strip:
        """A line below the last row, from 0: blank, unless an empty pane says why."""
        words = self.words_when_empty() if not self.count else []
        text = words[line - 1] if 0 < line <= len(words) else ""
        inks = self.look.plain
        return (
            LineMaker()
            .add("   " if text else "", inks.text)
            .add(fit(text, width - 4, self.look.glyphs), inks.dim)
            .strip(width, inks.text)
        )

    def words_when_empty(self) -> list[str]:
        """What an empty pane says, line by line."""
        return []

    def repaint_rows(self, *rows: int) -> None:
        """Draw these rows and the title anew, where they are in sight."""
        width, height = self.size.width, self.size.height
        regions = [Region(0, 0, width, 1)]
        regions += [
            Region(0, row - self.top + 1, width, 1)
            for row in rows
            if 0 <= row - self.top < height - 1
        ]
        self.refresh(*regions)

    def take_look(self, look: Look) -> None:
        self.look = look
        self.refresh()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self.fit_to_size()
        self.refresh()

    def fit_to_size(self) -> None:
        """Take in that the pane has another size."""
        self.scroll_to_row(self.top)
        self.bring_into_sight(self.cursor)

    # Moving

    def put_cursor(self, row: int) -> None:
        """Stand on a row and bring it into sight."""
        before, self.cursor = self.cursor, max(0, min(self.count - 1, row))
        if not self.bring_into_sight(self.cursor):
            self.repaint_rows(before, self.cursor)

    def bring_into_sight(self, row: int) -> bool:
        """Scroll as little as shows the row; whether that moved anything."""
        if row < self.top:
            return self.scroll_to_row(row)
        if row >= self.top + self.rows_in_sight:
            return self.scroll_to_row(row - self.rows_in_sight + 1)
        return False

    def scroll_to_row(self, top: int) -> bool:
        """Make a row the first in sight; whether that moved anything."""
        top = max(0, min(top, self.count - self.rows_in_sight))
        if top == self.top:
            return False
        self.top = top
        self.refresh()
        return True

    def centre(self) -> None:
        """Put the cursor's row in the middle."""
        self.scroll_to_row(self.cursor - self.rows_in_sight // 2)

    @property
    def cursor_on_screen(self) -> Offset:
        """Where the terminal's own cursor belongs, for those who follow it."""
        y = max(0, min(self.cursor - self.top, self.rows_in_sight - 1))
        return Offset(self.region.x, self.region.y + 1 + y)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        event.stop()
        row = event.y - 1 + self.top
        meta = {
            str(name): value for name, value in event.style.meta.items() if isinstance(value, int)
        }
        inside = event.y > 0 and row < self.count
        self.post_message(self.Clicked(self, row if inside else None, event.x, meta, event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.wheel(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.wheel(-WHEEL_ROWS)

    def wheel(self, rows: int) -> None:
        """Scroll by rows, as the mouse wheel does."""
        if self.scroll_to_row(self.top + rows):
            self.post_message(self.Scrolled(self))
