"""Reading the file while its beginning is on the screen, and looking through it afterwards."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter, sleep

from textual.worker import Worker

from parser.model import ParseError
from tui.commands import Hint, hints
from tui.later import import_the_rest
from tui.look import Look
from tui.render import plural
from tui.screens.reader_base import ReaderBase
from tui.session import Session
from tui.store import Store

TURN = 0.002
"""Seconds of reading or analysing at a stretch before keys get their turn ..."""
LONG_TURN = 0.008
"""... and while none was pressed for ``IDLE`` seconds: each turn costs some time too."""
IDLE = 1.0
QUIET = 0.02
"""Seconds after a key in which nothing is read, so that its picture is drawn first."""
WAITS = (0.002, 0.1)
"""Seconds between two looks whether a slow pipe has brought more: at first, and in the end."""
FIRST = 0.05
"""Seconds that the first picture may wait for a comment to show."""
ENOUGH = 80
"""Rows with which the first picture waits for no more: keys that come soon have where to go."""
PAINT_EVERY = 0.25
"""Seconds between two updates of the counts while a file is being read ..."""
LONG = 0.7
"""Seconds of reading from which on the footer says how to stop it."""
CALM = 0.3
"""... if no key was pressed for so long; else the key's own picture brings them, ..."""
PAINT_AT_LEAST = 1.0
"""... but they are never older than this."""


class ReaderLoading(ReaderBase):
    """Loads in turns with the keys; a decoder that held on would hold up the screen."""

    def __init__(self, session: Session, store: Store, look: Look, path: str | None) -> None:
        """``path``: where the discussion can be opened again, if it can."""
        super().__init__(session, store, look)
        self._path = path
        self._is_loading = True
        self._input_at = self._grown_at = 0.0
        self._had = 0
        self._began_at = perf_counter()
        self._takes_long = False
        self._recalling: asyncio.Task[None] | None = None
        self._switching: Worker[None] | None = None
        self._steps = session.loading.steps()
        self._stopping: Iterator[None] = iter(())
        self._pictured = asyncio.Event()
        session.skims = True

    def begin_loading(self) -> None:
        """Read until there is something to show, so that the first picture shows comments.

        What is found in their texts is shown right after it: that takes longer to import than
        all that comes before.
        """
        started = perf_counter()
        while perf_counter() - started < FIRST:
            if self.session.loading.is_waiting:
                sleep(WAITS[0])
                continue
            progress = next(self._steps, None)
            self.header.progress = progress
            self._take_in()
            if progress is None or len(self.session.view) >= ENOUGH:
                break
        self._grown()
        self.call_after_refresh(self._pictured.set)
        self.run_worker(self._read(), group="load", exit_on_error=False)

    async def _read(self) -> None:
        """Read the rest in turns with the keys, then look through it likewise."""
        await self._pictured.wait()
        await asyncio.to_thread(import_the_rest)
        self.look_closer()
        _collect_garbage_again()
        try:
            await self._in_turns(self._read_steps())
            await self.sort_in_what_came()
        except ParseError as error:
            self.say(str(error), "bad")
        if not self.is_attached:
            return
        self._is_loading = False
        self.header.progress = None
        self.offer()
        self._grown()
        recalled = self.recalled()
        await self._in_turns(self._steps)
        await self.look_through()
        await recalled
        if self.session.take_up_video():
            await self.look_through()
        if self.is_attached:
            self._say_what_is_odd()

    def look_closer(self) -> None:
        """Show what is found in the texts too, from the first picture or the first key on."""
        if self.session.skims:
            self.session.skims = False
            self.session.refresh_moment()
            self.session.take_stated_chapters()
            for pane in (self.chapters, self.comments, self.detail):
                pane.rebuilt()

    def _say_what_is_odd(self) -> None:
        count = len(self.session.discussion.diagnostics)
        if count and not self.status.text:
            self.say(f"{plural(count, 'thing')} odd about this file (D)")
        elif not self.status.text:
            self.say_about_video()

    async def look_through(self) -> None:
        """Find chapters, references and what else takes the whole discussion to know."""
        await self._in_turns(self.session.analysis.scan())
        if not self.is_attached:
            return
        self.session.finish_analysis()
        self.chapters.rebuilt()
        self.comments.rebuilt()
        self.detail.rebuilt()
        self.say_what_is_shown()

    async def sort_in_what_came(self) -> None:
        """The end of a reading that was stopped; at once where none was."""
        await self._in_turns(self._stopping)

    def note_input(self) -> None:
        """Let the picture of what was just pressed go before the reading."""
        self._input_at = perf_counter()

    async def _in_turns(self, steps: "Iterator[object]") -> None:
        turn = perf_counter()
        for _ in steps:
            await self._wait_for_more()
            now = perf_counter()
            if now - turn > (TURN if now - self._input_at < IDLE else LONG_TURN):
                await asyncio.sleep(0)
                while perf_counter() - self._input_at < QUIET:
                    await asyncio.sleep(QUIET / 4)
                turn = perf_counter()
            if not self.is_attached:
                return

    async def _wait_for_more(self) -> None:
        """Let time pass while a pipe is slow, ever more of it."""
        wait, longest = WAITS
        while self._is_loading and self.session.loading.is_waiting:
            await asyncio.sleep(wait)
            wait = min(2 * wait, longest)

    def _read_steps(self) -> Iterator[None]:
        while self._is_loading:
            progress = next(self._steps, None)
            if progress is None or self.session.loading.has_ended:
                return
            self.header.progress = progress
            self._take_in()
            now = perf_counter()
            if not self._takes_long and now - self._began_at > LONG:
                self._takes_long = True
                self.offer()
            age = now - self._grown_at
            if age > (PAINT_EVERY if now - self._input_at > CALM else PAINT_AT_LEAST):
                self._grown()
            yield

    def offer(self, pending: str = "") -> None:
        """Write what one can do here into the footer; ``pending`` are keys that wait for more."""
        offered = list(hints(self.place, pending.isdecimal()))
        if self._is_loading and self._takes_long and not pending:
            offered.insert(0, Hint("esc", "stop reading", "close"))
        self.status.offer(offered, pending)

    def keep_up(self) -> None:
        """Show what was read meanwhile, in the picture that a key makes anyway."""
        if self._is_loading and perf_counter() - self._grown_at > PAINT_EVERY:
            self._grown()

    def _take_in(self) -> None:
        """Make rows of what was read; the panes hear of it later."""
        if self.session.view.grow():
            self.session.find_again()
            self.jumps.clear()
            self._had = 0

    def _grown(self) -> None:
        """Show what was read since the last time."""
        self._grown_at = perf_counter()
        self._take_in()
        had, self._had = self._had, len(self.session.view)
        if not had:
            self.session.refresh_moment()
            self.show_current()
        self.header.refresh()
        if self.session.take_stated_chapters():
            self.chapters.rebuilt()
        if had <= self.comments.top + self.comments.rows_in_sight:
            self.comments.rebuilt()
        else:
            self.comments.repaint_rows()

    def stop_loading(self) -> bool:
        if not self._is_loading:
            return False
        self._is_loading = False
        self._steps.close()
        self._stopping = self.session.loading.stopping()
        self.say("stopped; what came so far stays")
        return True

    def recalled(self) -> "asyncio.Task[None]":
        """What notes that the discussion was opened, once, when all was read or one leaves."""
        if self._recalling is None:
            self._recalling = asyncio.create_task(self._recall())
        return self._recalling

    async def _recall(self) -> None:
        """Find out what is remembered of this discussion, and note that it was opened."""
        session, store = self.session, self.store

        def work() -> int:
            key = store.identify(session.discussion)
            title = session.discussion.video.title
            store.opened(key, self._path, title, len(session.discussion))
            return key

        key = await asyncio.to_thread(work)
        self.store_key = key
        if session.chosen is None:
            session.chosen = store.video_of(key)
        elif session.chosen != store.video_of(key):
            store.remember_video(key, session.chosen)
        if store.trouble:
            self.say(store.trouble, "bad")

    def on_unmount(self) -> None:
        self._is_loading = False
        with suppress(ValueError):  # it is just being stepped
            self._steps.close()


def _collect_garbage_again() -> None:
    """Let the collector run, off since the program began; what is there by now stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
