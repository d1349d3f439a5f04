"""The reader: chapters, comment tree and detail of one discussion."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SystemCommand
from textual.containers import Container
from textual.geometry import Size

from tui.commands import BY_NAME, Command, in_place
from tui.screens.program import program, stand_at
from tui.screens.reader_links import LinkCommands
from tui.screens.reader_moves import MoveCommands
from tui.screens.reader_panes import PaneCommands
from tui.widgets.bars import StatusLine
from tui.widgets.pane import Pane

LOW = 14
"""With fewer lines than this one pane is shown at a time."""


class ReaderScreen(MoveCommands, LinkCommands, PaneCommands):
    """Reads a discussion while the reader reads it; keys come from the table of commands."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar = []

    def compose(self) -> ComposeResult:
        # Now, while there is nothing yet whose styles would have to be worked out again.
        hidden = self.store.get_setting("chapters") == "hidden"
        classes = {"-no-chapters": hidden, "-at-comments": True, **_arrangement(program(self).size)}
        self.update_classes(classes, update=False)
        yield self.header
        with Container(id="body"):
            yield self.chapters
            yield self.walls[0]
            with Container(id="main"):
                yield self.comments
                yield self.walls[1]
                yield self.detail
        yield self.reading
        yield self.status

    def on_mount(self) -> None:
        self.say_what_is_shown()
        self.enter_pane(self.comments)
        self.offer()
        self.begin_loading()
        if self.session.arrival.note:
            self.say(self.session.arrival.note)

    # Layout

    def on_resize(self) -> None:
        # Not by what the event says: there may be a newer one already.
        self._arrange(program(self).size)
        self.call_after_refresh(self._place_cursor)

    def _arrange(self, size: Size) -> None:
        self.update_classes(_arrangement(size))
        if not self.is_reading:
            self.enter_pane(self.pane)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Pane) and event.widget is not self.pane:
            self.enter_pane(event.widget)
        self.offer()
        self.call_after_refresh(self._place_cursor)

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        """Let the terminal's own cursor stand on the current row."""
        stand_at(self, self.pane)

    # Keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        had_message = bool(self.status.text)
        pressed = self.keymap.press(event.key, event.character, self.place)
        if pressed.command is not None:
            self.run_command(pressed.command, pressed.count)
        elif had_message:
            self.say_about_video()
        self.offer(pressed.pending)
        self.keep_up()

    def run_command(self, command: Command, count: int | None = None) -> None:
        """Do what a command says."""
        if command.name == "close" and self.keymap.clear():
            return
        if command.name != "set-video":
            self.wanted = None
        self.say_about_video()
        self.look_closer()
        if "chapters" not in command.places and not len(self.session.discussion):
            self.say("no comments here")
            return
        getattr(self, command.method)(count)
        self._place_cursor()
        self.call_after_refresh(self._place_cursor)

    def palette_entries(self) -> Iterator[SystemCommand]:
        """What the command palette offers where one is."""
        for command in in_place(self.place):
            if command.name != "palette":
                name = f"{command.name.replace('-', ' ')}  ({command.shows})"
                yield SystemCommand(name, command.help, partial(self.run_command, command))

    # The mouse

    def on_status_line_asked(self, event: StatusLine.Asked) -> None:
        event.stop()
        self.run_command(BY_NAME[event.command])
        self.offer()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        self.look_closer()
        self.wanted = None
        self.say_about_video()
        pane, row = event.pane, event.row
        if pane is self.comments and row is not None:
            self._click_comment(row, event.column, event.times)
        elif pane is self.chapters and row is not None:
            self._click_chapter(row, event.times)
        elif pane is self.reading and row is not None:
            self._click_reading(row)
        self._act_on(event.meta)
        self._place_cursor()

    def _click_comment(self, row: int, column: int, times: int) -> None:
        self.enter_pane(self.comments)
        self.go_to(self.session.view.comment_at(row))
        if self.comments.toggles_fold(row, column):
            self.do_toggle_fold(None)
        elif times == 2:
            self.do_reading(None)

    def _click_chapter(self, row: int, times: int) -> None:
        self.enter_pane(self.chapters)
        self.chapters.put_cursor(row)
        if times == 2:
            self.do_about_chapter(None)

    def _click_reading(self, row: int) -> None:
        comment = self.reading.comment_at(row)
        if comment != self.session.current:
            self.session.go_to(comment)
            self.show_current()

    def _act_on(self, meta: dict[str, int]) -> None:
        """Do what a click on a mark means."""
        if "moment" in meta:
            self.session.moment = meta["moment"]
            self.show_moment()
            self.do_copy(None)
        elif "link" in meta:
            self._open_numbered_link(meta["link"])
        elif "reference" in meta:
            self.open_reference(meta["reference"])
        elif "citation" in meta:
            self._show_citation(meta["citation"])
        elif "comment" in meta:
            self.go_to(meta["comment"], jump=True)
        elif "chapter" in meta:
            self.chapters.put_cursor(meta["chapter"])
            self.do_chapters(None)

    def _open_numbered_link(self, number: int) -> None:
        self.open_url(self.session.analysis.links(self.session.current)[number - 1].url)

    def _show_citation(self, number: int) -> None:
        """Say what a citation points to."""
        label = self.session.analysis.citations(self.session.current)[number].label
        for reference in self.session.analysis.references:
            if reference.label == label:
                self.say(f"[{label}] {reference.text}")
                return

    def on_pane_scrolled(self, event: Pane.Scrolled) -> None:
        event.stop()
        if event.pane is self.reading:
            self.arrived_by_reading()
        self._place_cursor()


def _arrangement(size: Size) -> dict[str, bool]:
    """The screen's classes that go by its size, and whether it has them."""
    single = size.width < 80 or size.height < LOW
    classes = {
        "-single": single,
        "-side-by-side": not single and size.width >= 170,
        "-below-120": size.width < 120,
        "-below-100": size.width < 100,
    }
    return {**classes, "-full": False} if single else classes
