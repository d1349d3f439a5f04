"""The detail panel: the current comment, whole, with what can be acted on."""

from bisect import bisect_right

from textual.geometry import Offset
from textual.strip import Strip

from tui.laid import Laid, Part
from tui.layout import DetailLayout
from tui.look import Look
from tui.passage import Passage, Place
from tui.render import title_line
from tui.session import Session
from tui.widgets.pane import Pane

MIN_ROWS_FOR_HEAD = 6
"""With fewer rows only the line that says who stays while the text scrolls."""
FEW_PARTS = 5
"""So many parts are all laid out, to tell how many lines there are."""


class DetailPanel(Pane):
    """The current comment. Its first part is what of the head scrolls with the text."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "detail")
        self._session = session
        self._head: list[Strip] = []
        self._parts: list[Part] = []
        self._passage: Passage | None = None
        self._place: Place = (0, 0)

    # What is shown

    def show(self) -> None:
        """Lay out the current comment from its beginning."""
        self._passage = None
        self._place = (0, 0)
        self.refresh()

    def rebuilt(self) -> None:
        """Lay out the current comment anew and stay at the same lines."""
        self._lay_out_anew()
        self.refresh()

    def follow_moment(self) -> None:
        """Mark the current moment, and bring its line into sight."""
        self.rebuilt()
        place = self._place_of_moment()
        if place is not None:
            self._passed(self.passage.bring_into_sight(place, self.rows_in_sight))

    @property
    def passage(self) -> Passage:
        """The comment's lines."""
        if self._passage is None:
            self._passage = self._laid_out()
            self._place = self._passage.place
        return self._passage

    def _laid_out(self) -> Passage:
        self._head, self._parts = [], []
        if not len(self._session.discussion):
            return Passage(0, lambda _part: Laid())
        layout = DetailLayout(self._session, self.look, self.size.width)
        comment = self._session.current
        self._head, parts = layout.head(comment), layout.parts(comment)
        self._parts, beside = parts, list[Strip]()
        if self.size.height - 1 - len(self._head) < MIN_ROWS_FOR_HEAD:
            beside = self._head[1:]
            del self._head[1:]

        def lay(part: int) -> Laid:
            if part == 0:
                return Laid(body=beside)
            return layout.lay_part(comment, parts[part - 1], below=part > 1)

        return Passage(len(parts) + 1, lay, self._place)

    def _lay_out_anew(self) -> None:
        self._passage = None
        passage = self.passage
        passage.put(passage.place, self.rows_in_sight)
        self._place = passage.place

    def _place_of_moment(self) -> Place | None:
        """Where the current moment stands, or the first where none is: in the text or a list."""
        session, passage = self._session, self.passage
        number = session.moment or 0
        moments = session.moments
        if number >= len(moments):
            return None
        texts = [part for part in self._parts if part.kind == "text"]
        inside = bisect_right(texts, moments[number].start, key=lambda part: part.start)
        for part in (inside, len(self._parts)):
            line = passage.laid(part).moment_lines.get(number) if part else None
            if line is not None:
                return part, line
        return None

    # As a pane

    def scroll_lines(self, lines: int) -> bool:
        """Move on by lines (back, if negative); whether that moved anything."""
        return self._passed(self.passage.scroll(lines, self.rows_in_sight))

    def scroll_to_row(self, top: int) -> bool:
        """Make a line of the whole the first in sight; whether that moved anything."""
        place = self.passage.walk((0, 0), max(0, top))
        return self._passed(self.passage.put(place, self.rows_in_sight))

    def scroll_to_end(self) -> bool:
        """Bring the last line into sight; whether that moved anything."""
        return self._passed(self.passage.put(self.passage.last, self.rows_in_sight))

    def _passed(self, moved: bool) -> bool:
        if moved:
            self._place = self.passage.place
            self.refresh()
        return moved

    def wheel(self, rows: int) -> None:
        if self.scroll_lines(rows):
            self.post_message(self.Scrolled(self))

    @property
    def _in_sight(self) -> list[Place]:
        return self.passage.window(self.rows_in_sight)

    @property
    def count(self) -> int:
        return len(self._in_sight)

    @property
    def rows_in_sight(self) -> int:
        return max(1, self.size.height - 1 - len(self.head))

    @property
    def head(self) -> list[Strip]:
        """The lines that stay in sight."""
        self.passage  # noqa: B018  (it is laid out with the rest)
        return self._head

    @property
    def at_end(self) -> bool:
        """Whether the last line of all is in sight."""
        in_sight = self._in_sight
        return len(in_sight) < self.rows_in_sight or in_sight[-1] == self.passage.last

    def take_look(self, look: Look) -> None:
        self._passage = None
        super().take_look(look)

    def fit_to_size(self) -> None:
        self._lay_out_anew()

    @property
    def cursor_on_screen(self) -> Offset:
        place, in_sight = self._place_of_moment(), self._in_sight
        y = 0
        if place is not None and in_sight and place > in_sight[0]:
            y = in_sight.index(place) if place in in_sight else self.rows_in_sight - 1
        return Offset(self.region.x, self.region.y + 1 + y + len(self.head))

    def draw_title(self, width: int) -> Strip:
        return title_line("Comment", "", self._where(), width, self.look, focused=self.has_focus)

    def _where(self) -> str:
        """Which lines are in sight; of a very long comment how far on they stand."""
        passage, in_sight = self.passage, self._in_sight
        if passage.count <= FEW_PARTS:
            count = sum(len(passage.lines(part)) for part in range(passage.count))
            if count <= self.rows_in_sight:
                return ""
            first = passage.line_number(passage.place)
            return f"lines {first + 1}-{first + len(in_sight)} of {count}"
        letters = len(self._session.discussion.texts[self._session.current])
        read = self._letters_before(in_sight[-1]) if in_sight else letters
        return f"{read:,} of {letters:,} letters"

    def _letters_before(self, place: Place) -> int:
        """About how many letters of the text stand up to a line's end."""
        number, line = place
        if number == 0:
            return 0
        part = self._parts[number - 1]
        if part.kind != "text":
            return len(self._session.discussion.texts[self._session.current])
        size = len(self.passage.lines(number))
        return part.start + (part.end - part.start) * (line + 1) // size

    def render_line(self, y: int) -> Strip:
        head = self.head
        if 1 <= y <= len(head):
            return head[y - 1]
        return super().render_line(y if y == 0 else y - len(head))

    def draw_row(self, row: int, width: int) -> Strip:
        part, line = self._in_sight[row]
        return self.passage.lines(part)[line].adjust_cell_length(width)
