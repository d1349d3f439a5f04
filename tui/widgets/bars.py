"""The header and the footer."""

import msgspec
from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from parser.model import Progress
from tui.commands import Hint
from tui.look import Look
from tui.render import LineMaker, acting, fit, fit_middle, megabytes
from tui.session import Session

BAR_CELLS = 16
MIN_FOR_KEYS = 45
"""Cells that the footer keeps for keys before it says how things stand."""


class Header(Widget):
    """The program's name, the discussion's title, and how many comments there are."""

    DEFAULT_CSS = """
    Header { height: 1; background: $panel; }
    """
    ALLOW_SELECT = False

    def __init__(self, look: Look, session: Session | None = None) -> None:
        super().__init__()
        self._session = session
        self.look = look
        self.progress: Progress | None = None

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (the line API's signature)
        width, look = self.size.width, self.look
        inks = look.panel
        right = self._right()
        line = LineMaker().add(" ", inks.text)
        if width >= 80 or self._session is None:
            line.add("commentree", inks.who_strong).add("  ", inks.text)
        title = self._session.discussion.video.title if self._session else ""
        room = width - line.cells - right.cells - 3
        if self._session is not None:
            line.add(
                fit(title or self._session.discussion.source.path, room, look.glyphs), inks.text
            )
        line.fill(width - right.cells - 1, inks.text)
        line.segments += right.segments
        line.cells += right.cells
        return line.strip(width, inks.text)

    def take_look(self, look: Look) -> None:
        self.look = look
        self.refresh()

    def _right(self) -> LineMaker:
        line, inks = LineMaker(), self.look.panel
        if self._session is None:
            return line
        discussion = self._session.discussion
        present, claimed = len(discussion), discussion.video.comments_claimed
        if self.progress is None:
            of = f" of {claimed:,}" if claimed and claimed != present else ""
            word = "comment" if present == 1 and not of else "comments"
            part = "" if discussion.source.complete else " (part)"
            return line.add(f"{present:,}{of} {word}{part}", inks.dim)
        read, total = self.progress.bytes_read, self.progress.bytes_total
        glyphs = self.look.glyphs
        if total:
            done = min(BAR_CELLS, BAR_CELLS * read // total)
            line.add(glyphs.done * done, inks.rule)
            line.add(glyphs.rule * (BAR_CELLS - done), inks.faint).add("  ", inks.text)
        of = f" of {claimed:,}" if claimed else ""
        if self.size.width >= 80:
            line.add(f"{megabytes(read)}{f' of {megabytes(total)}' if total else ''} MB", inks.dim)
            line.add("  ", inks.text)
        return line.add(f"{present:,}{of}{'' if total else ' so far'}", inks.dim)


class Said(msgspec.Struct, frozen=True):
    """A message in the footer; ``good`` is ``None`` for a remark.

    A ``standing`` one says how things are, and gives way to the keys where both do not fit.
    """

    text: str
    good: bool | None = None
    standing: bool = False


class StatusLine(Widget):
    """What one can do here, and what was just done. Keys give way to a message."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $panel; }
    """
    ALLOW_SELECT = False

    class Asked(Message):
        """A key of the footer was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._hints: list[Hint] = []
        self._pending = ""
        self._said = Said("")

    def offer(self, hints: list[Hint], pending: str = "") -> None:
        """Show these keys; ``pending`` is a count or a sequence typed so far."""
        if (hints, pending) != (self._hints, self._pending):
            self._hints, self._pending = hints, pending
            self.refresh()

    def say(self, said: Said) -> None:
        if said != self._said:
            self._said = said
            self.refresh()

    def take_look(self, look: Look) -> None:
        self.look = look
        self.refresh()

    @property
    def text(self) -> str:
        """The message that is shown."""
        return self._said.text

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (the line API's signature)
        width, inks, glyphs = self.size.width, self.look.panel, self.look.glyphs
        said = fit_middle(self._said.text, width - 2, glyphs)
        if self._said.standing and width < cell_len(said) + MIN_FOR_KEYS:
            said = ""
        ink = {None: inks.dim, True: inks.good, False: inks.bad}[self._said.good]
        line = LineMaker()
        if self._pending:
            line.add(f" {self._pending} ", inks.chip).add("  ", inks.text)
        else:
            line.add(" ", inks.text)
        for number, hint in enumerate(self._hints):
            cells = cell_len(hint.key) + 1 + cell_len(hint.label) + 3
            if line.cells + cells + cell_len(said) + 1 > width:
                break
            line.add(hint.key, acting(inks.strong, hint=number))
            line.add(f" {hint.label}", acting(inks.dim, hint=number)).add("   ", inks.text)
        line.fill(width - cell_len(said) - 1, inks.text).add(said, ink)
        return line.strip(width, inks.text)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        number: object = event.style.meta.get("hint")
        if isinstance(number, int) and number < len(self._hints):
            self.post_message(self.Asked(self._hints[number].command))


class Wall(Widget):
    """The hairline between panes that stand side by side."""

    DEFAULT_CSS = """
    Wall { width: 1; height: 100%; background: $background; }
    """
    ALLOW_SELECT = False

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(id=name)
        self.look = look

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (the line API's signature)
        line = LineMaker().add(self.look.glyphs.wall, self.look.plain.faint)
        return line.strip(1, self.look.plain.text)

    def take_look(self, look: Look) -> None:
        self.look = look
        self.refresh()
