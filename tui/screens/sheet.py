"""A sheet over the lower part of the screen: a menu, or something to read."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.commands import Hint
from tui.entries import Entry
from tui.look import Look
from tui.screens.program import stand_at
from tui.widgets.bars import StatusLine
from tui.widgets.list_pane import ListPane
from tui.widgets.pane import Pane

CHOOSE_HINTS = [Hint("enter", "choose", "choose"), Hint("esc", "close", "close")]
READ_HINTS = [Hint("j k", "line", "down"), Hint("space", "page", "page"),
              Hint("esc", "close", "close")]  # fmt: skip
STEPS = {"j": 1, "down": 1, "k": -1, "up": -1}
KEYS_KEPT = frozenset("jkgGq")
"""Keys of the list itself; no entry may be chosen by them."""


class Sheet(ModalScreen[int | None]):
    """Shows entries; ends with the number of the one that was chosen, or ``None``."""

    DEFAULT_CSS = """
    Sheet { background: transparent; align: left bottom; }
    Sheet > Vertical { width: 100%; height: 50%; background: $background; }
    """
    AUTO_FOCUS = "#list"

    def __init__(
        self,
        look: Look,
        title: str,
        entries: list[Entry],
        *,
        note: str = "",
        choose: bool = True,
        full: bool = False,
        at: int = 0,
    ) -> None:
        """``at``: the entry that the cursor stands on at first."""
        super().__init__()
        self._look = look
        self._entries = entries
        self._choose = choose
        self._full = full
        self._first = at
        self._list = ListPane(look, title, note, wrap=not choose)
        self._status = StatusLine(look)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self._list
            yield self._status

    def on_mount(self) -> None:
        self._status.offer(CHOOSE_HINTS if self._choose else READ_HINTS)
        self._list.show(self._entries)
        self._list.choose(self._first)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Take as many lines as the list needs, up to most of the screen."""
        most = self.size.height - (1 if self._full else max(3, self.size.height // 4))
        needed = self._list.lines_needed + 1
        self.query_one(Vertical).styles.height = max(4, min(most, needed))
        self.call_after_refresh(stand_at, self, self._list)

    def take_look(self, look: Look) -> None:
        self._list.take_look(look)
        self._status.take_look(look)

    # Keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        key = event.character if event.character and event.is_printable else event.key
        if self._acts(key if key != " " else "space"):
            stand_at(self, self._list)
        elif self._choose:
            self._choose_by_key(key)

    def _acts(self, key: str) -> bool:
        pane = self._list
        page = pane.rows_in_sight - 1
        last = 10**9
        acts: dict[str, Callable[[], object]] = {
            "escape": lambda: self.dismiss(None),
            "q": lambda: self.dismiss(None),
            "ctrl+c": lambda: self.dismiss(None),
            "ctrl+d": lambda: pane.move(page // 2),
            "ctrl+u": lambda: pane.move(-(page // 2)),
            "pagedown": lambda: pane.move(page),
            "pageup": lambda: pane.move(-page),
            "g": lambda: pane.move(-last),
            "home": lambda: pane.move(-last),
            "G": lambda: pane.move(last),
            "end": lambda: pane.move(last),
            "enter": self._enter,
            "space": self._enter if self._choose else lambda: pane.move(page),
        }
        if key in STEPS:
            pane.move(STEPS[key])
        elif key in acts:
            acts[key]()
        else:
            return False
        return True

    def _enter(self) -> None:
        if not self._choose:
            self.dismiss(None)
        elif self._entries:
            self.dismiss(self._list.chosen)

    def _choose_by_key(self, key: str) -> None:
        for number, entry in enumerate(self._entries):
            if entry.key == key and not entry.heading:
                self.dismiss(number)
                return

    # The mouse

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        if self._choose and event.row is not None:
            number = self._list.entry_at(event.row)
            if not self._entries[number].heading:
                self.dismiss(number)

    def on_status_line_asked(self, event: StatusLine.Asked) -> None:
        event.stop()
        if event.command == "close":
            self.dismiss(None)
        elif event.command == "choose":
            self._enter()

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.dismiss(None)
