"""A sheet that asks for one line."""

from collections.abc import Callable
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.commands import Hint
from tui.look import Look
from tui.widgets.bars import StatusLine

Answer = TypeVar("Answer")


class Ask(ModalScreen[Answer | None], Generic[Answer]):
    """Ends with the answer, or ``None`` when it was closed.

    ``check`` is what a subclass makes of the line: the answer, or ``None`` after it has said
    what is wrong with it.
    """

    DEFAULT_CSS = """
    Ask { background: transparent; align: left bottom; }
    Ask > Vertical { width: 100%; height: auto; background: $background; }
    Ask Static { height: auto; padding: 0 3; color: $foreground; }
    Ask .title { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; }
    Ask Input, Ask Input:focus {
        border: none; height: 1; padding: 0 1; margin: 0 2; background: $panel;
    }
    """

    def __init__(self, look: Look, title: str, words: str, placeholder: str) -> None:
        super().__init__()
        self.look = look
        self._title = title
        self._words = words
        self._placeholder = placeholder
        self._status = StatusLine(look)
        self._note = Static("", markup=False)

    @property
    def offers(self) -> dict[str, tuple[str, Callable[[], None]]]:
        """Further keys: what each does in words, and what it does."""
        return {}

    def check(self, line: str) -> Answer | None:
        raise NotImplementedError  # every question is a subclass

    def compose(self) -> ComposeResult:
        rule = self.look.glyphs.rule
        with Vertical():
            yield Static(Content(f"{self._title} {rule * 300}"), classes="title", markup=False)
            yield Static(Content(self._words), markup=False)
            yield Input(placeholder=self._placeholder, id="line")
            yield self._note
            yield self._status

    def on_mount(self) -> None:
        offers = [Hint(key, words, key) for key, (words, _) in self.offers.items()]
        self._status.offer([Hint("enter", "set", "enter"), *offers, Hint("esc", "close", "escape")])
        self.query_one(Input).focus()

    def take_look(self, look: Look) -> None:
        self.look = look
        self._status.take_look(look)

    @property
    def line(self) -> str:
        return self.query_one(Input).value

    @line.setter
    def line(self, value: str) -> None:
        field = self.query_one(Input)
        field.value = value
        field.cursor_position = len(value)

    def say(self, text: str) -> None:
        """Say what is wrong, or what happened."""
        self._note.update(Content(text))

    def on_key(self, event: events.Key) -> None:
        if self._act(event.key):
            event.stop()
            event.prevent_default()

    def on_status_line_asked(self, event: StatusLine.Asked) -> None:
        event.stop()
        if event.command == "enter":
            self._end()
        else:
            self._act(event.command)

    def _act(self, key: str) -> bool:
        if key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif key in self.offers:
            self.offers[key][1]()
        else:
            return False
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._end()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.say("")

    def _end(self) -> None:
        answer = self.check(self.line.strip())
        if answer is not None:
            self.dismiss(answer)
