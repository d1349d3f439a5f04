"""A list to choose from or to read: menus, the start screen, the help, diagnostics."""

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip

from tui.entries import Entry
from tui.look import Inks, Look
from tui.render import LineMaker, fit, padded, title_line, wrapped
from tui.widgets.pane import Pane

MARGIN = 3
MAX_WIDTH = 100


class ListPane(Pane):
    """Entries in order, the cursor on those that can be chosen."""

    def __init__(self, look: Look, title: str, note: str = "", *, wrap: bool = False) -> None:
        super().__init__(look, "list")
        self._title = title
        self._note = note
        self._wrap = wrap
        self._entries: list[Entry] = []
        self._lines: list[tuple[int, int, str]] | None = None
        self._moved = False
        self.chosen = 0

    def show(self, entries: list[Entry], *, note: str | None = None, at: int | None = None) -> None:
        """Show these entries, the cursor on the one that ``at`` says, if it was ever moved."""
        self._entries = entries
        self._lines = None
        if note is not None:
            self._note = note
        self.chosen = at if at is not None and self._moved else 0
        self._step_off_headings(1)
        self._follow()
        self.refresh()

    @property
    def entries(self) -> list[Entry]:
        return self._entries

    @property
    def lines_needed(self) -> int:
        """Lines of the whole list with its title at the present width."""
        return len(self._laid) + 1

    # Choosing

    def move(self, rows: int) -> None:
        """Move the cursor over entries, or the text where it is a list to read."""
        if self._wrap:
            self.scroll_to_row(self.top + rows)
            self.refresh()
            return
        self.choose(self.chosen + rows, 1 if rows > 0 else -1)

    def choose(self, entry: int, direction: int = 1) -> None:
        """Put the cursor on an entry, or on the nearest one that can be chosen."""
        self._moved = True
        self.chosen = max(0, min(len(self._entries) - 1, entry))
        self._step_off_headings(direction)
        self._follow()
        self.refresh()

    def entry_at(self, row: int) -> int:
        """The number of the entry that a row belongs to."""
        return self._laid[row][0]

    def _step_off_headings(self, direction: int) -> None:
        for way in (direction, -direction):
            entry = self.chosen
            while 0 <= entry < len(self._entries):
                if not self._entries[entry].heading:
                    self.chosen = entry
                    return
                entry += way

    def _follow(self) -> None:
        if not self._wrap and self.size.height:
            rows = [row for row, line in enumerate(self._laid) if line[0] == self.chosen]
            if rows:
                self.put_cursor(rows[0])
                if self.chosen <= 1:
                    self.scroll_to_row(0)

    # As a pane

    @property
    def _laid(self) -> list[tuple[int, int, str]]:
        """For each line the entry's number, the line within it, and its text."""
        if self._lines is None:
            self._lines = []
            for number, entry in enumerate(self._entries):
                if entry.heading and number:
                    self._lines.append((number, -1, ""))
                pieces = [entry.text]
                if self._wrap and not entry.heading:
                    room = min(self.size.width, MAX_WIDTH) - self._text_column - MARGIN
                    pieces = [piece.plain for piece in wrapped(Content(entry.text), room)]
                self._lines += [(number, row, piece) for row, piece in enumerate(pieces)]
        return self._lines

    @property
    def _text_column(self) -> int:
        return MARGIN + max((cell_len(entry.key) for entry in self._entries), default=0) + 2

    @property
    def count(self) -> int:
        return len(self._laid)

    def fit_to_size(self) -> None:
        self._lines = None
        self.scroll_to_row(self.top)
        self._follow()

    def draw_title(self, width: int) -> Strip:
        choosable = [n for n, entry in enumerate(self._entries) if not entry.heading]
        place = ""
        if self._wrap and self.count > self.rows_in_sight:
            last = min(self.count, self.top + self.rows_in_sight)
            place = f"lines {self.top + 1}-{last} of {self.count}"
        elif not self._wrap and len(choosable) > self.rows_in_sight:
            place = f"{choosable.index(self.chosen) + 1} of {len(choosable)}"
        return title_line(self._title, self._note, place, width, self.look, focused=self.has_focus)

    def draw_row(self, row: int, width: int) -> Strip:
        number, part, text = self._laid[row]
        entry, look = self._entries[number], self.look
        if entry.heading:
            return self._heading(entry, width) if part == 0 else self._empty(width)
        selected = not self._wrap and number == self.chosen
        inks = (look.selected if self.has_focus else look.unfocused) if selected else look.plain
        line = LineMaker().add(look.glyphs.bar if selected else " ", inks.bar)
        line.add(" " * (MARGIN - 1), inks.text)
        if part == 0:
            line.add(entry.key, inks.strong)
        line.fill(self._text_column, inks.text)
        self._add_text(line, entry, text, width, inks, selected)
        return line.strip(width, inks.text)

    def _add_text(
        self, line: LineMaker, entry: Entry, text: str, width: int, inks: Inks, selected: bool
    ) -> None:
        edge = min(width, MAX_WIDTH) - MARGIN
        if entry.note:
            texts = max(cell_len(each.text) for each in self._entries)
            line.add(padded(text, min(texts, edge - line.cells), self.look.glyphs), inks.text)
            line.add("  ", inks.text)
            line.add(fit(entry.note, edge - line.cells, self.look.glyphs), inks.dim)
            return
        middle = max((cell_len(each.middle) for each in self._entries), default=0)
        right = max((cell_len(each.right) for each in self._entries), default=0)
        if edge - line.cells - middle - right < 24:
            middle = 0
        if edge - line.cells - right < 16:
            right = 0
        room = edge - line.cells - (middle + 2 if middle else 0) - (right + 2 if right else 0)
        ink = {None: inks.text, True: inks.good, False: inks.bad}[entry.good]
        line.add(fit(text, room, self.look.glyphs), inks.strong if selected else ink)
        if middle:
            line.fill(edge - right - middle - (2 if right else 0), inks.text)
            line.add(entry.middle.rjust(middle), inks.dim)
        if right:
            line.fill(edge - right, inks.text).add(entry.right.rjust(right), inks.dim)

    def _empty(self, width: int) -> Strip:
        return Strip.blank(width, self.look.plain.text.rich_style)

    def _heading(self, entry: Entry, width: int) -> Strip:
        inks = self.look.plain
        edge = min(width, MAX_WIDTH) - MARGIN
        line = LineMaker().add(" " * MARGIN, inks.text).add(entry.text + " ", inks.dim)
        note = cell_len(entry.right) + 1 if entry.right else 0
        line.add(self.look.glyphs.rule * max(0, edge - line.cells - note), inks.faint)
        if entry.right:
            line.add(" " + entry.right, inks.dim)
        return line.strip(width, inks.text)
