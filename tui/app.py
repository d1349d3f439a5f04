"""The program on the screen: its theme, and the screens that it opens."""

import os
from collections.abc import Iterable
from pathlib import Path

from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.theme import Theme

from parser.loading import Loading, open_discussion
from parser.model import ParseError
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from tui.commands import COMMANDS
from tui.leaving import leave_on_signals
from tui.look import Look, glyphs_for, make_look
from tui.paths import sample_path
from tui.screens.reader import ReaderScreen
from tui.screens.start import StartScreen
from tui.session import Session
from tui.store import Store

DARK, NO_COLOUR = "textual-dark", "ansi-dark"


class CommentreeApp(App[int]):
    """Shows one discussion, or a start screen to choose one from."""

    TITLE = "commentree"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False

    def __init__(
        self,
        store: Store,
        *,
        loading: Loading | None = None,
        path: str | None = None,
        folder: Path | None = None,
        video: VideoAddress | None = None,
    ) -> None:
        """``loading`` is opened at once, ``path`` being where it can be opened again.

        Without it the start screen offers what ``folder`` holds. ``video``: what the reader
        said of it.
        """
        plain = bool(os.environ.get("NO_COLOR"))
        # The filter that takes colours away is chosen as the app is made, before any theme.
        super().__init__(ansi_color=True if plain else None)
        self._plain = plain
        self._store = store
        self._loading = loading
        self._path = path
        self._folder = folder or Path()
        self._video = video
        self.animation_level = "none"

    def on_mount(self) -> None:
        leave_on_signals(self.exit)
        self.theme = NO_COLOUR if self._plain else self._remembered_theme()
        self.theme_changed_signal.subscribe(self, self._take_theme)
        if self._loading is None:
            self.push_screen(StartScreen(self._folder, self._store, self.look, self))
        else:
            self._show(self._loading, self._path, self._video)

    # Opening

    def open_path(self, path: Path) -> None:
        """Open a file over the start screen, which says so where that cannot be done."""
        self._open(str(path), str(path))

    def open_sample(self) -> None:
        """Open the built-in sample discussion."""
        self._open(sample_path(), None)

    def _open(self, path: str, again: str | None) -> None:
        try:
            loading = open_discussion(path)
        except ParseError as error:
            if isinstance(self.screen, StartScreen):
                # The folder is on the screen already; the room is for what is wrong.
                short = str(error).replace(clean_line(path), clean_line(Path(path).name))
                self.screen.say_trouble(short)
            return
        self._show(loading, again)

    def _show(self, loading: Loading, path: str | None, video: VideoAddress | None = None) -> None:
        session = Session(loading)
        session.chosen = video

        def ended(_: None) -> None:
            if self._loading is not None:  # else the start screen is below
                self.exit(0)

        self.push_screen(ReaderScreen(session, self._store, self.look, path), ended)

    # The look

    @property
    def look(self) -> Look:
        """Glyphs and inks of the present theme."""
        return make_look(self.theme_variables, glyphs_for(os.environ), self.native_ansi_color)

    def _remembered_theme(self) -> str:
        theme = self._store.get_setting("theme")
        return theme if theme in self.available_themes else DARK

    def _take_theme(self, theme: Theme) -> None:
        look = self.look
        for screen in self.screen_stack:
            take_look = getattr(screen, "take_look", None)
            if take_look is not None:
                take_look(look)
        if not self._plain:
            self.run_worker(
                lambda: self._store.set_setting("theme", theme.name),
                thread=True,
                exit_on_error=False,
            )

    # The palette

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the reader, where one is reading; else the theme."""
        if isinstance(screen, ReaderScreen):
            for command in COMMANDS:
                if screen.place in command.places and command.name != "palette":
                    yield SystemCommand(
                        f"{command.name.replace('-', ' ')}  ({command.shows})",
                        command.help,
                        lambda command=command: screen.run_command(command),
                    )
        else:
            yield SystemCommand("theme", "choose a theme", self.search_themes)


def run(
    *,
    loading: Loading | None = None,
    path: str | None = None,
    folder: Path | None = None,
    video: VideoAddress | None = None,
) -> int:
    """Show the screen until the reader leaves; the result is the process's exit code."""
    with Store() as store:
        app = CommentreeApp(store, loading=loading, path=path, folder=folder, video=video)
        result = app.run()
    return app.return_code or result or 0
