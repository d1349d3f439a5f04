"""The program on the screen: its theme, and the screens that it opens."""

import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual import constants, events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from parser.loading import Loading, open_discussion
from parser.text.marks import VideoAddress
from tui.arrival import Arrival, Fetched
from tui.look import Look, glyphs_for, make_look
from tui.resizing import follow_the_terminal
from tui.screens.reader import ReaderScreen
from tui.session import Session
from tui.store import Store

DARK, NO_COLOUR = "textual-dark", "ansi-dark"


class CommentreeApp(App[int]):
    """Shows one discussion, or a start screen to choose one from."""

    TITLE = "commentree"
    CSS_PATH = "screens/reader.tcss"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False

    def __init__(
        self,
        store: Store,
        *,
        loading: Loading | None = None,
        path: str | None = None,
        choices: Path | tuple[Path, ...] = Path(),
        video: VideoAddress | None = None,
        arrival: Arrival | None = None,
    ) -> None:
        """``loading`` is opened at once, ``path`` being where it can be opened again.

        Without it the start screen offers the ``choices``: files, or what a folder holds.
        ``video``: what the reader said of it; ``arrival``: what came of fetching it.
        """
        plain = bool(os.environ.get("NO_COLOR"))
        # The filter that takes colours away is chosen as the app is made, before any theme.
        super().__init__(ansi_color=True if plain else None)
        self._plain = plain
        self._store = store
        self._loading = loading
        self._path = path
        self._choices = choices
        self._video = video
        self._arrival = arrival or Arrival()
        self._reader: ReaderScreen | None = None
        self.crash: BaseException | None = None
        self.animation_level = "none"
        follow_the_terminal()
        self._shown_theme = NO_COLOUR if plain else self._remembered_theme()
        if self.theme != self._shown_theme:
            # Before anything is laid out: later everything would be laid out twice.
            self.theme = self._shown_theme
            self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """The first screen: the discussion that was named, or what there is to choose from."""
        if self._loading is not None:
            return self._read(self._loading, self._path, self._video)
        from tui.screens.start import StartScreen

        return StartScreen(self._choices, self._store, self.look, self)

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._take_theme)

    def post_message(self, message: Message) -> bool:
        # Known here already, for the reading would go on between each two of the steps in
        # which a key finds its way to whom it is meant for.
        if isinstance(message, events.InputEvent) and self._reader is not None:
            self._reader.note_input()
        return super().post_message(message)

    # The terminal

    def get_driver_class(self) -> type[Driver]:
        """The one that gives the terminal back whatever happens, where there is one."""
        if sys.platform == "win32" or constants.DRIVER is not None:
            return super().get_driver_class()
        from tui.driver import TerminalDriver

        return TerminalDriver

    def action_suspend_process(self) -> None:
        """Stop this program, and with it what waits for its end."""
        stop = getattr(self._driver, "stop_job", None)
        if stop is None:
            super().action_suspend_process()
        else:
            stop()

    # A crash: `crash` is kept for whoever started the program. What Textual would print of it
    # has values of variables in it, which are texts of the file.

    def _handle_exception(self, error: Exception) -> None:
        if self.crash is None:
            self.crash = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End the program, without a word of what is to be shown."""
        del renderables
        if self.crash is None:
            self.crash = RuntimeError("the terminal cannot be read")
        self._return_code = 1
        self._close_messages_no_wait()

    # Opening

    def open(self, fetched: Fetched, *, again: bool = True) -> None:
        """Open files over the start screen; ``again``: they are offered there from then on.

        Raises :class:`~parser.model.ParseError` when they cannot be read.
        """
        loading = open_discussion(*fetched.paths)
        self._arrival = fetched.arrival
        self.push_screen(self._read(loading, fetched.paths[-1] if again else None, None))

    def _read(self, loading: Loading, path: str | None, video: VideoAddress | None) -> ReaderScreen:
        session = Session(loading)
        session.chosen = video
        session.arrival = self._arrival
        self._reader = ReaderScreen(session, self._store, self.look, path)
        return self._reader

    # The look

    @property
    def look(self) -> Look:
        """Glyphs and inks of the present theme."""
        return make_look(self.theme_variables, glyphs_for(os.environ), self.native_ansi_color)

    def _remembered_theme(self) -> str:
        theme = self._store.get_setting("theme")
        return theme if theme in self.available_themes else DARK

    def _take_theme(self, theme: Theme) -> None:
        if theme.name == self._shown_theme:  # also told of the one that was there at first
            return
        self._shown_theme = theme.name
        look = self.look
        for screen in self.screen_stack:
            take_look = getattr(screen, "take_look", None)
            if take_look is not None:
                take_look(look)
        if not self._plain:
            keep = partial(self._store.set_setting, "theme", theme.name)
            self.run_worker(keep, thread=True, exit_on_error=False)

    # The palette

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the reader, where one is reading; else the theme."""
        if isinstance(screen, ReaderScreen):
            yield from screen.palette_entries()
        else:
            yield SystemCommand("theme", "choose a theme", self.search_themes)
