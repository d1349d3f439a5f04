"""The reader's commands for panes, chapters, and what else there is to see and to leave."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.commands import grouped
from tui.entries import MOST_LISTED, Entry, note_of_first
from tui.look import UNICODE
from tui.nesting import done
from tui.render import clock, one_line, plural
from tui.screens.program import program
from tui.screens.reader_loading import ReaderLoading
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from parser.chapters import ChapterList

SWITCHED_AT_ONCE = 2000
"""Replies of a thread whose nesting is switched before the next key: some 30 ms."""
ARROWS = {"↓": "Down", "↑": "Up", "→": "Right", "←": "Left"}


class PaneCommands(ReaderLoading):
    """Each ``do_…`` is a command of that name; ``count`` is the number typed before it."""

    # Panes

    def do_next_pane(self, _count: int | None) -> None:
        self._turn(1)

    def do_previous_pane(self, _count: int | None) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        panes: list[Pane] = [self.comments, self.detail]
        if not self.has_class("-no-chapters") or self.is_single:
            panes.append(self.chapters)
        if self.has_class("-full"):
            self.remove_class("-full")
        here = panes.index(self.pane) if self.pane in panes else 0
        self.enter_pane(panes[(here + step) % len(panes)])

    def do_chapters(self, _count: int | None) -> None:
        if self.place == "chapters":
            self.enter_pane(self.comments)
            return
        self.remove_class("-full")
        if self.has_class("-no-chapters"):
            self._hide_chapters(False)
        self.enter_pane(self.chapters)

    def do_hide_chapters(self, _count: int | None) -> None:
        hide = not self.has_class("-no-chapters")
        if hide and self.place == "chapters":
            self.enter_pane(self.comments)
        self._hide_chapters(hide)
        self.in_store(lambda: self.store.set_setting("chapters", "hidden" if hide else "shown"))
        self.say("chapters hidden (C)" if hide else "chapters shown")

    def _hide_chapters(self, hide: bool) -> None:
        self.set_class(hide, "-no-chapters")

    def do_full_width(self, _count: int | None) -> None:
        if self.is_single:
            self.enter_pane(self.comments if self.place == "detail" else self.detail)
            return
        full = not self.has_class("-full")
        self.set_class(full, "-full")
        self.enter_pane(self.detail if full else self.comments)

    def do_reading(self, _count: int | None) -> None:
        if not len(self.session.discussion):
            return
        self.add_class("-reading")
        self.reading.open_at(self.session.current)
        self.reading.focus()

    def leave_reading(self) -> None:
        """Back to the tree, at the comment that was reached."""
        self.remove_class("-reading")
        self.enter_pane(self.comments)
        self.comments.follow()

    # Chapters

    def do_about_chapter(self, _count: int | None) -> None:
        chapters = self.session.chapters
        if chapters is None or not chapters.chapters:
            self.say("no chapters here")
            return
        number = self.chapters.cursor
        comments = self.session.about_chapter(number)
        chapter = chapters.chapters[number]
        if not comments:
            self.say(f"no comment speaks of {clock(chapter.start)} {one_line(chapter.title)}")
            return
        self.remember_place()
        self.session.view.only(comments)
        self.about = number
        self.comments.rebuilt()
        self.enter_pane(self.comments)
        self.go_to(comments[0], moment=self._moment_in(comments[0], number))

    def _moment_in(self, comment: int, chapter: int) -> int | None:
        """Which moment of a comment is the first that lies in a chapter."""
        for number, moment in enumerate(self.session.analysis.timestamps(comment)):
            if self.session.chapter_at(moment.seconds) == chapter:
                return number
        return None

    def do_chapter_source(self, _count: int | None) -> None:
        lists = self.session.chapter_lists
        if not lists:
            self.say("no chapters here")
            return
        entries = [
            Entry(self._whose(each), str(n) if n < 10 else "", note=self._how_many(each))
            for n, each in enumerate(lists, 1)
        ]

        def chosen(number: int) -> None:
            self.session.choose_chapters(lists[number])
            self.chapters.rebuilt()
            self.detail.rebuilt()

        self.choose_from("Chapters from", entries, chosen, note="the best first")

    def _whose(self, chapters: "ChapterList") -> str:
        if chapters.comment is None:
            made = ", made by the site" if chapters.machine else ""
            return f"the {chapters.origin}{made}"
        comment = self.session.discussion[chapters.comment]
        likes = f", {plural(comment.likes, 'like')}" if comment.likes else ""
        return f"{comment.author or comment.author_name or 'a comment'}{likes}"

    def _how_many(self, chapters: "ChapterList") -> str:
        last = chapters.chapters[-1].start if chapters.chapters else 0
        return f"{plural(len(chapters.chapters), 'chapter')} to {clock(last)}"

    # What else there is to see

    def do_inferred(self, _count: int | None) -> None:
        found = self.session.analysis.inferences(self.session.current)
        if not found:
            self.say("nothing was inferred here")
            return
        entries = [
            entry
            for each in found[:MOST_LISTED]
            for entry in (Entry(each.what, heading=True), Entry(each.why))
        ]
        note = note_of_first(len(found), "guesses") or "what, and why"
        self.read_sheet("Inferred", entries, note=note)

    def do_diagnostics(self, _count: int | None) -> None:
        diagnostics = self.session.discussion.diagnostics
        if not diagnostics:
            self.say("nothing odd about this file")
            return
        entries = [
            Entry(
                each.message,
                f"line {each.line}"
                if each.line
                else f"record {each.record}"
                if each.record
                else "",
                good=False if each.severity == "error" else None,
            )
            for each in diagnostics
        ]
        self.read_sheet("Diagnostics", entries, note=one_line(self.session.discussion.source.path))

    def do_help(self, _count: int | None) -> None:
        entries: list[Entry] = []
        for group, commands in grouped():
            entries.append(Entry(group, heading=True))
            entries += [Entry(command.help, self._plain(command.shows)) for command in commands]
        entries.append(Entry("Counts and the mouse", heading=True))
        entries += [
            Entry("a number first counts: 5j goes down five, 40G to the fortieth", "5j 40G"),
            Entry("copies the third moment; 3o opens the reference [3], else the third link", "3y"),
            Entry("a comment or chapter is chosen; its fold mark folds; twice opens it", "click"),
            Entry("a moment is copied, a link opened, a name or an answer gone to", "click"),
        ]
        self.read_sheet("Keys", entries)

    def _plain(self, keys: str) -> str:
        """The keys' names without arrows, where the terminal may not have them."""
        if self.look.glyphs is UNICODE:
            return keys
        return " ".join(ARROWS.get(key, key) for key in keys.split())

    def do_theme(self, _count: int | None) -> None:
        app = program(self)
        names = sorted(app.available_themes)
        entries = [Entry(name, note="now" if name == app.theme else "") for name in names]

        def chosen(number: int) -> None:
            app.theme = names[number]

        self.choose_from("Theme", entries, chosen, at=names.index(app.theme))

    def do_palette(self, _count: int | None) -> None:
        program(self).action_command_palette()

    # The two nestings

    def do_nesting(self, _count: int | None) -> None:
        view = self.session.view
        thread = view.thread(self.session.current)
        if not view.below(thread):
            self.say("no replies in this thread")
            return
        steps = view.switching(thread)
        if view.below(thread) <= SWITCHED_AT_ONCE:
            done(steps)
            self._show_nesting(thread)
        elif self._switching is None:
            self.say("finding out who answers whom; esc cancels")
            self._switching = self.run_worker(self._switch_nesting(steps, thread), group="nesting")

    async def _switch_nesting(self, steps: Iterator[None], thread: int) -> None:
        try:
            await self._in_turns(steps)
        finally:
            self._switching = None
        self._show_nesting(thread)

    def _cancel_nesting(self) -> bool:
        if self._switching is None:
            return False
        self._switching.cancel()
        self.say("cancelled")
        return True

    def _show_nesting(self, thread: int) -> None:
        answers = self.session.view.shows_answers(thread)
        self.comments.rebuilt()
        self.comments.follow()
        self.comments.show_replies()
        self.reading.rebuilt()
        self.say_what_is_shown()
        self.say("this thread: who answers whom" if answers else "this thread: as saved")

    # Leaving

    def do_close(self, _count: int | None) -> None:
        if not self.close_topmost() and not self._cancel_nesting():
            self.stop_loading()

    def do_quit(self, _count: int | None) -> None:
        if not self.close_topmost():
            self.leave()

    def do_cancel(self, _count: int | None) -> None:
        if not self._cancel_nesting() and not self.stop_loading():
            self.say("press q to quit")

    def close_topmost(self) -> bool:
        """Close what lies over the bare reader, one thing a time; whether there was one."""
        if self.is_reading:
            self.leave_reading()
        elif self.has_class("-full"):
            self.remove_class("-full")
            self.enter_pane(self.comments)
        elif self.place != "comments" and (self.is_single or self.place == "chapters"):
            self.enter_pane(self.comments)
        elif self.session.view.is_only:
            self.session.view.everything()
            self.session.view.reveal(self.session.current)
            self.comments.rebuilt()
            self.show_current()
        elif self.place == "detail":
            self.enter_pane(self.comments)
        else:
            return False
        return True

    def leave(self) -> None:
        """Leave the reader: to the start screen where one came from it, else the program."""
        self.stop_loading()
        if not self._is_leaving:
            self._is_leaving = True
            self.run_worker(self._leave(), group="leave")

    async def _leave(self) -> None:
        try:
            await self.sort_in_what_came()
            await self.recalled()
        finally:
            if len(program(self).screen_stack) > 1:
                self.dismiss(None)
            else:
                program(self).exit(0)

    def do_suspend(self, _count: int | None) -> None:
        try:
            program(self).action_suspend_process()
        except SuspendNotSupported:
            self.say("this terminal cannot suspend the program")
