"""What every part of the reader screen works with: the session, the panes, and saying things."""

import os
from collections.abc import Callable
from functools import partial
from typing import Literal, cast

from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from parser.text.clean import clean_line
from tui.commands import Place
from tui.entries import Entry
from tui.keymap import Keymap
from tui.look import Look
from tui.messages import Copied, Opened
from tui.render import clock, one_line
from tui.screens.program import program, write_terminal
from tui.session import Session
from tui.store import Store
from tui.widgets.bars import Header, Said, StatusLine, Wall
from tui.widgets.chapter_list import ChapterPane
from tui.widgets.comment_tree import CommentTree
from tui.widgets.detail_panel import DetailPanel
from tui.widgets.pane import Pane
from tui.widgets.reading_view import ReadingView

JUMPS_KEPT = 200
MOST_BY_HAND = 16_384
"""Letters that are shown to be copied by hand: the list that shows them is laid out whole."""
Outcome = Literal["good", "bad", "remark"]


class ReaderBase(Screen[None]):
    """The panes of one discussion, and going from comment to comment in all of them."""

    def __init__(self, session: Session, store: Store, look: Look) -> None:
        super().__init__()
        self.session = session
        self.store = store
        self.look = look
        self.keymap = Keymap()
        self.header = Header(look, session)
        self.chapters = ChapterPane(session, look)
        self.comments = CommentTree(session, look)
        self.detail = DetailPanel(session, look)
        self.reading = ReadingView(session, look)
        self.status = StatusLine(look)
        self.walls = Wall(look, "chapters-wall"), Wall(look, "detail-wall")
        self.jumps: list[int] = []
        self.store_key: int | None = None
        self._is_leaving = False
        self.wanted: Callable[[], None] | None = None
        self.about: int | None = None
        self._entered: Pane = self.comments

    # Where one is

    @property
    def is_reading(self) -> bool:
        """Whether the reading view is open."""
        return self.has_class("-reading")

    @property
    def is_single(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.has_class("-single")

    @property
    def pane(self) -> Pane:
        """The pane that the keys go to."""
        return self.reading if self.is_reading else self._entered

    @property
    def place(self) -> Place:
        return cast("Place", self.pane.id)

    def enter_pane(self, pane: Pane) -> None:
        """Give a pane the focus, and in a small terminal the screen."""
        panes = (self.comments, self.detail, self.chapters)
        self.update_classes({f"-at-{each.id}": each is pane for each in panes})
        # The focus itself comes with a later message; keys may come before that.
        self._entered = pane
        pane.focus()

    @property
    def parts(self) -> tuple[Widget, ...]:
        return (self.header, *self.walls, self.chapters, self.comments, self.detail, self.reading,
                self.status)  # fmt: skip

    def take_look(self, look: Look) -> None:
        """Write everything in other inks from now on."""
        self.look = look
        for part in (self.chapters, self.comments, self.detail, self.reading):
            part.take_look(look)
        for bar in (self.header, self.status, *self.walls):
            bar.take_look(look)

    # Going about

    def go_to(self, comment: int, *, jump: bool = False, moment: int | None = None) -> None:
        """Make a comment the current one, whatever hides it; a ``jump`` can be taken back."""
        if jump and comment != self.session.current:
            self.remember_place()
        if self.session.view.reveal(comment):
            self.comments.rebuilt()
            self.say_what_is_shown()
        self.session.go_to(comment)
        if moment is not None:
            self.session.moment = moment
        self.show_current()
        if moment:
            self.detail.follow_moment()

    def remember_place(self) -> None:
        """Let ``back`` lead here."""
        self.jumps.append(self.session.current)
        del self.jumps[:-JUMPS_KEPT]

    def show_current(self) -> None:
        """Show the current comment in every pane, from its beginning."""
        self.comments.follow()
        self.detail.show()
        self.chapters.follow()
        if self.is_reading and self.reading.at != self.session.current:
            self.reading.open_at(self.session.current)
        self.say_what_is_shown()

    def show_moment(self) -> None:
        """Show which moment of the current comment is the current one."""
        self.detail.follow_moment()
        self.chapters.follow()
        if self.is_reading and self.session.moment is not None:
            self.reading.show_moment(self.session.moment)

    def say_what_is_shown(self) -> None:
        """Write beside the tree's title which comments it shows, and how."""
        view = self.session.view
        chapters = self.session.chapters
        if not view.is_only:
            self.about = None
            answers = bool(len(view)) and view.shows_answers(self.session.current)
            self.comments.note = "who answers whom" if answers else "as saved"
        elif self.about is not None and chapters is not None:
            chapter = chapters.chapters[self.about]
            title = one_line(chapter.title)
            self.comments.note = f"about {clock(chapter.start)} {title}"

    # Saying things

    def say(self, text: str, outcome: Outcome = "remark") -> None:
        """Show a message until the next key."""
        good = {"good": True, "bad": False, "remark": None}[outcome]
        self.status.say(Said(text, good))

    def read_sheet(self, title: str, entries: list[Entry], *, note: str = "") -> None:
        """Show something to read."""
        from tui.screens.sheet import Sheet

        program(self).push_screen(
            Sheet(self.look, title, entries, note=note, choose=False, full=True)
        )

    def choose_from(
        self,
        title: str,
        entries: list[Entry],
        chosen: Callable[[int], None],
        *,
        note: str = "",
        at: int = 0,
    ) -> None:
        """Let the reader choose; ``chosen`` gets the entry's number, unless it was closed."""
        from tui.screens.sheet import Sheet

        def ended(number: int | None) -> None:
            if number is not None:
                chosen(number)

        program(self).push_screen(Sheet(self.look, title, entries, note=note, at=at), ended)

    def say_about_video(self) -> None:
        """Take the last message away; what remains is whether links can be made."""
        known = self.session.video is not None
        self.status.say(Said("" if known else "video not set (v)", standing=True))

    # The machine; what may take long runs in a thread and reports by a message

    def copy_text(self, text: str, what: str) -> None:
        """Copy a text; the message that follows names it as ``what``."""

        def work() -> None:
            from tui.clipboard import copy

            result = copy(text, env=os.environ, write_terminal=partial(write_terminal, self))
            self.post_message(Copied(what, text, result))

        self.run_worker(work, group="copy", thread=True, exit_on_error=False)

    def on_copied(self, event: Copied) -> None:
        event.stop()
        if event.result.ok:
            self.say(f"copied {event.what} {event.result.message}", "good")
            return
        self.say(f"not copied: {event.result.message}", "bad")
        shown = event.text[:MOST_BY_HAND]
        note = event.result.message
        if len(shown) < len(event.text):
            note = f"the first {len(shown):,} of {len(event.text):,} letters"
        self.read_sheet("To copy by hand", [Entry(line) for line in shown.splitlines()], note=note)

    def open_url(self, url: str) -> None:
        """Open an address in the browser; where there is none, copy it."""

        def work() -> None:
            from tui.opener import open_link

            self.post_message(Opened(url, open_link(url, env=os.environ)))

        self.say(f"opening {url}")
        self.run_worker(work, group="open", thread=True, exit_on_error=False)

    def on_opened(self, event: Opened) -> None:
        event.stop()
        if event.result.ok:
            self.say(f"{event.result.message}: {event.url}", "good")
        else:
            self.copy_text(event.url, f"{event.url} ({event.result.message})")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Whatever goes wrong in the background is said, not swallowed."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error  # pyright: ignore[reportUnknownMemberType]
            self.say(clean_line(f"{type(error).__name__}: {error}"), "bad")

    def in_store(self, work: Callable[[], object]) -> None:
        """Write to the store, off the screen's thread."""

        def working() -> None:
            work()
            if trouble := self.store.trouble:
                program(self).call_from_thread(self.say, trouble, "bad")

        self.run_worker(working, group="store", thread=True, exit_on_error=False)
