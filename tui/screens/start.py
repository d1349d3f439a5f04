"""The start screen: what was read lately, what lies in the folder, and the sample."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from parser.model import ParseError
from parser.text.clean import clean_line
from tui.arrival import Fetched, NotFetchedError
from tui.commands import Hint
from tui.discovery import Candidate, list_candidates, peek
from tui.entries import Entry
from tui.look import Look
from tui.messages import Peeked
from tui.paths import is_link, sample_path
from tui.render import plural
from tui.screens.ask import Ask
from tui.screens.program import program, stand_at
from tui.screens.sheet import Sheet
from tui.store import Recent, Store
from tui.widgets.bars import Header, Said, StatusLine
from tui.widgets.list_pane import ListPane
from tui.widgets.pane import Pane

RECENT = 9
HINTS = [
    Hint("enter", "open", "open"), Hint("/", "filter", "filter"), Hint("p", "path", "paste"),
    Hint("s", "sample", "sample"), Hint("?", "help", "help"), Hint("q", "quit", "quit"),
]  # fmt: skip
FILTER_HINTS = [Hint("enter", "keep the filter", "keep"), Hint("esc", "all again", "all")]
HELP = (
    ("j k ↓ ↑", "down, up"), ("g G", "to the first, to the last"), ("PgDn PgUp", "pages"),
    ("Enter", "open"), ("1-9", "open that one"), ("/", "filter by title, channel or name"),
    ("p", "type or paste a path or a link"), ("s", "look around in the sample"),
    ("r", "look into the folder again"), ("q Esc", "quit"),
)  # fmt: skip


class Offered(msgspec.Struct, frozen=True):
    """Something that can be opened: a file, or (``None``) the sample or a path to be typed."""

    entry: Entry
    path: Path | None = None
    action: str = "open"


class Opener(Protocol):
    """Whoever opens what was chosen: the program."""

    def open(self, fetched: Fetched, *, again: bool = True) -> None: ...


class AskPath(Ask[str]):
    """Asks for a file, a folder or a link."""

    def __init__(self, look: Look) -> None:
        words = "Type or paste a link, or the path of a saved page, a download or a folder of them."
        super().__init__(look, "Open", words, "path")

    def check(self, line: str) -> str | None:
        if is_link(line):
            return line
        path = Path(line.strip("'\"")).expanduser()
        if not line or not path.exists():
            self.say("There is no such file or folder." if line else "Type a path, or press esc.")
            return None
        return str(path)


class StartScreen(Screen[None]):
    """Offers discussions; the ``opener`` opens them."""

    AUTO_FOCUS = "#list"
    DEFAULT_CSS = """
    StartScreen { background: $background; }
    StartScreen Input, StartScreen Input:focus {
        border: none; height: 1; padding: 0 1; background: $panel; display: none;
    }
    StartScreen.-filtering Input { display: block; }
    """

    def __init__(
        self,
        choices: Path | tuple[Path, ...],
        store: Store,
        look: Look,
        opener: Opener,
    ) -> None:
        """``choices``: the files that were named, or a folder to look into."""
        super().__init__()
        self._files = choices if isinstance(choices, tuple) else ()
        self._folder = choices if isinstance(choices, Path) else Path()
        self._store = store
        self._opener = opener
        self.look = look
        self._recent: list[Recent] = []
        self._found: list[Candidate] = []
        self._waiting = 0
        self._words = ""
        self._offered: list[Offered] = []
        self._header = Header(look)
        self._list = ListPane(look, "Discussions")
        self._status = StatusLine(look)

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._list
        yield Input(placeholder="filter", id="filter")
        yield self._status

    def on_mount(self) -> None:
        self._status.offer(HINTS)
        if self._store.trouble:
            self._status.say(Said(self._store.trouble, good=False))
        self.look_again()

    def on_screen_resume(self) -> None:
        self._recent = self._store.recent(RECENT)
        self._show()
        self.call_after_refresh(stand_at, self, self._list)

    def take_look(self, look: Look) -> None:
        self.look = look
        for part in (self._header, self._list, self._status):
            part.take_look(look)

    # What there is

    def look_again(self) -> None:
        """Look into the folder, and into the head of each file that may be a discussion."""
        self._recent = self._store.recent(RECENT)
        self._found = []
        self._waiting = 1
        self._show()
        self.run_worker(
            self._look_into_folder, group="peek", thread=True, exclusive=True, exit_on_error=False
        )

    def _look_into_folder(self) -> None:
        paths = self._files or list_candidates(self._folder)
        self.post_message(Peeked(None, len(paths)))
        for number, path in enumerate(paths, 1):
            if not self.is_attached:
                return
            self.post_message(Peeked(peek(path), len(paths) - number))

    def on_peeked(self, event: Peeked) -> None:
        event.stop()
        self._waiting = event.left
        if event.candidate is not None:
            self._found.append(event.candidate)
        if event.candidate is not None or not event.left:
            self._show()

    def _show(self) -> None:
        """Show the offers; the cursor stays on what it stood on, wherever that is now."""
        before = self._offered[self._list.chosen].path if self._offered else None
        self._offered = list(self._offers())
        note = f"filter: {self._words}" if self._words else ""
        paths = [offered.path for offered in self._offered]
        at = paths.index(before) if before is not None and before in paths else None
        self._list.show([offered.entry for offered in self._offered], note=note, at=at)

    def _offers(self) -> Iterator[Offered]:
        number = 0
        recent = [one for one in self._recent if self._fits(one.title, one.path.name)]
        if self._files:
            recent = []
        if recent:
            yield Offered(Entry("Recent", heading=True))
        for one in recent:
            number += 1
            yield Offered(self._recent_entry(one, number), one.path)
        found = [one for one in self._found if self._fits(one.title, one.channel, one.path.name)]
        where = f"In {clean_line(_short(self._folder))}" if not self._files else "Named"
        order = "as they were named" if self._files else "newest first"
        note = f"looking into {plural(self._waiting, 'file')}" if self._waiting else order
        yield Offered(Entry(where, right=note if found or self._waiting else "",
                            heading=True))  # fmt: skip
        if not found and not self._waiting:
            yield Offered(Entry("no discussion" if not self._words else "none fits the filter",
                                heading=True))  # fmt: skip
        for one in found:
            number += 1
            yield Offered(self._found_entry(one, number), one.path)
        yield Offered(Entry("Or", heading=True))
        yield Offered(Entry("type or paste a path or a link", "p"), action="paste")
        yield Offered(Entry("look around in the sample", "s"), action="sample")

    def _fits(self, *texts: str | None) -> bool:
        words = self._words.casefold().split()
        whole = " ".join(text for text in texts if text).casefold()
        return all(word in whole for word in words)

    def _recent_entry(self, one: Recent, number: int) -> Entry:
        when = datetime.fromtimestamp(one.opened_at).strftime("%Y-%m-%d")
        title = one.title or clean_line(one.path.name)
        missing = "" if one.path.exists() else "  (file is gone)"
        return Entry(
            title + missing, _key(number), middle=plural(one.comments, "comment"), right=when
        )

    def _found_entry(self, one: Candidate, number: int) -> Entry:
        title = one.title or clean_line(one.path.name)
        if one.channel:
            title += f"   {one.channel}"
        count = one.present if one.present is not None else one.claimed
        comments = plural(count, "comment") if count is not None else one.format
        return Entry(title, _key(number), middle=comments, right=one.date or "")

    # Keys

    def on_key(self, event: events.Key) -> None:
        if self.has_class("-filtering"):
            if event.key in ("escape", "ctrl+c"):
                event.stop()
                event.prevent_default()
                self._end_filter(keep=False)
            return
        event.stop()
        event.prevent_default()
        key = event.character if event.character and event.is_printable else event.key
        self._status.say(Said(""))
        self._press("space" if key == " " else key)
        stand_at(self, self._list)

    def _press(self, key: str) -> None:
        page, last = max(1, self._list.rows_in_sight - 1), 10**6
        steps = {
            "j": 1, "down": 1, "k": -1, "up": -1, "pagedown": page, "pageup": -page,
            "ctrl+d": page // 2, "ctrl+u": -(page // 2), "g": -last, "home": -last, "G": last,
            "end": last,
        }  # fmt: skip
        acts = {
            "enter": partial(self._open, None), "space": partial(self._open, None),
            "/": self._filter, "p": self._paste, "s": self._open_sample,
            "r": self.look_again, "?": self._help, "f1": self._help, "q": self._quit,
            "escape": self._close, "ctrl+c": self._say_how_to_quit,
        }  # fmt: skip
        if key in steps:
            self._list.move(steps[key])
        elif key in acts:
            acts[key]()
        elif key.isdecimal():
            self._open(key)

    def _open(self, key: str | None) -> None:
        """Open the entry of a key, or the one that the cursor stands on."""
        for number, offered in enumerate(self._offered):
            if offered.entry.key == key if key else number == self._list.chosen:
                self._open_offered(offered)
                return

    def _open_offered(self, offered: Offered) -> None:
        if offered.action == "paste":
            self._paste()
        elif offered.action == "sample":
            self._open_sample()
        elif offered.path is not None:
            self._open_file(offered.path)

    def _open_file(self, path: Path) -> None:
        from tui.fetch.inside import file_at  # only here: a list of files needs no fetching

        self._try(lambda: file_at(path), folder=path.parent)

    def _open_link(self, link: str) -> None:
        from tui.fetch.inside import fetched_in_shell

        self._try(lambda: fetched_in_shell(program(self), link))

    def _open_sample(self) -> None:
        self._try(lambda: Fetched((sample_path(),)), again=False)

    def _try(
        self, get: Callable[[], Fetched], *, again: bool = True, folder: Path | None = None
    ) -> None:
        """Open what there is to be had, or say why not, without the name of the folder."""
        try:
            self._opener.open(get(), again=again)
        except (ParseError, NotFetchedError) as error:
            # The folder is on the screen already; the room is for what is wrong.
            above = clean_line(str(folder / "_")[:-1]) if folder else ""
            self.say_trouble(str(error).removeprefix(above))

    def _paste(self) -> None:
        def ended(path: str | None) -> None:
            if path is not None and is_link(path):
                self._open_link(path)
            elif path is not None:
                self._open_or_enter(Path(path))

        program(self).push_screen(AskPath(self.look), ended)

    def _open_or_enter(self, path: Path) -> None:
        if path.is_dir():
            self._folder, self._files = path, ()
            self.look_again()
        else:
            self._open_file(path)

    def _help(self) -> None:
        entries = [Entry(words, key) for key, words in HELP]
        program(self).push_screen(Sheet(self.look, "Keys", entries, choose=False))

    def _quit(self) -> None:
        program(self).exit(0)

    def _close(self) -> None:
        if self._words:
            self._end_filter(keep=False)
        else:
            self._quit()

    def _say_how_to_quit(self) -> None:
        self._status.say(Said("press q to quit"))

    def say_trouble(self, text: str) -> None:
        """Say why something could not be opened."""
        self._status.say(Said(text, good=False))

    # The filter

    def _filter(self) -> None:
        self.add_class("-filtering")
        self.query_one(Input).focus()
        self._status.offer(FILTER_HINTS)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value.strip()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_filter(keep=True)

    def _end_filter(self, *, keep: bool) -> None:
        if not keep:
            self.query_one(Input).value = ""
            self._words = ""
            self._show()
        self.remove_class("-filtering")
        self._list.focus()
        self._status.offer(HINTS)

    # The mouse

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        if event.row is None:
            return
        number = self._list.entry_at(event.row)
        offered = self._offered[number]
        if not offered.entry.heading:
            self._list.choose(number)
            if event.times == 2 or offered.action != "open":
                self._open_offered(offered)

    def on_status_line_asked(self, event: StatusLine.Asked) -> None:
        event.stop()
        acts = {
            "open": partial(self._open, None), "filter": self._filter, "paste": self._paste,
            "sample": self._open_sample, "help": self._help, "quit": self._quit,
            "keep": partial(self._end_filter, keep=True),
            "all": partial(self._end_filter, keep=False),
        }  # fmt: skip
        acts[event.command]()


def _key(number: int) -> str:
    return str(number) if number < 10 else ""


def _short(folder: Path) -> str:
    """The folder as people write it: below the home folder with ``~``."""
    full = folder.absolute()
    try:
        return str(Path("~") / full.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return os.fspath(full)
