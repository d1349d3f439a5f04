"""The reader's commands for moments and links: going along them, copying, opening."""

from functools import partial
from typing import TYPE_CHECKING

from parser.text.marks import VideoAddress
from tui.entries import MOST_LISTED, Entry, note_of_first
from tui.render import clock, fit, plural
from tui.screens.program import program
from tui.screens.reader_loading import ReaderLoading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parser.text.marks import Link
    from tui.copying import CopyChoice

MOST_SEARCHED = 100_000
"""Comments that are searched for links to videos before the reader is warned of one."""


class LinkCommands(ReaderLoading):
    """Each ``do_…`` is a command of that name; ``count`` is the number typed before it."""

    # Along the moments

    def do_next_moment(self, count: int | None) -> None:
        self._along_moments(count or 1, 1)

    def do_previous_moment(self, count: int | None) -> None:
        self._along_moments(count or 1, -1)

    def _along_moments(self, times: int, step: int) -> None:
        start = self.session.current
        for _ in range(times):
            if not self._next_moment(step):
                self.say("no later moment" if step > 0 else "no earlier moment")
                break
        if self.session.current == start:
            self.show_moment()
            return
        comment, moment = self.session.current, self.session.moment
        self.session.current = start
        self.go_to(comment, jump=True, moment=moment)

    def _next_moment(self, step: int) -> bool:
        session = self.session
        if session.moment is not None and 0 <= session.moment + step < len(session.moments):
            session.moment += step
            return True
        comment = session.next_with_moments(step)
        if comment is None:
            return False
        session.go_to(comment)
        session.moment = 0 if step > 0 else len(session.moments) - 1
        return True

    # Copying

    def do_copy(self, count: int | None) -> None:
        session = self.session
        if self.place == "chapters":
            self._copy_chapter(count)
            return
        if not session.moments:
            self.say("no moment in this comment")
            self.do_copy_menu(None)
            return
        if count is not None and not self._choose_moment(count):
            return
        if (moment := session.current_moment) is not None:
            self.copy_time(moment.seconds)

    def _choose_moment(self, number: int) -> bool:
        """Make the moment of a number from 1 the current one; says so where there is none."""
        moments = self.session.moments
        if not 1 <= number <= len(moments):
            self.say(
                f"no moment {number}: this comment has {plural(len(moments), 'moment')}", "bad"
            )
            return False
        self.session.moment = number - 1
        self.show_moment()
        return True

    def _copy_chapter(self, count: int | None) -> None:
        chapters = self.session.chapters
        if chapters is None:
            self.say("no chapters here")
            return
        number = self.chapters.cursor if count is None else count - 1
        if 0 <= number < len(chapters.chapters):
            self.chapters.put_cursor(number)
            self.copy_time(chapters.chapters[number].start)
        else:
            self.say(f"no chapter {count}: there are {len(chapters.chapters)}", "bad")

    def copy_time(self, seconds: int) -> None:
        """Copy the link to a moment; while the video is unknown, the plain time."""
        link = self.session.link(seconds)
        if link is not None:
            self.copy_text(link, link)
            return
        video = self.session.video
        if video is None:
            self.copy_text(clock(seconds), f"{clock(seconds)} (video not set: v)")
            self.wanted = partial(self.copy_time, seconds)
        else:
            site = fit(video.site, 20, self.look.glyphs)
            self.copy_text(clock(seconds), f"{clock(seconds)} (no links to a moment on {site})")

    def do_copy_menu(self, _count: int | None) -> None:
        from tui.copying import chapter_choices, comment_choices

        note = ""
        if self.place == "chapters":
            choices = chapter_choices(self.session, self.chapters.cursor)
        else:
            choices = comment_choices(self.session, self.session.current)
            note = note_of_first(len(self._links), "links")
        if not choices:
            self.say("nothing to copy here")
            return
        entries = [Entry(choice.label, choice.key, note=choice.text) for choice in choices]

        def chosen(number: int) -> None:
            self._copy_choice(choices[number])

        self.choose_from("Copy", entries, chosen, note=note)

    @property
    def _links(self) -> "Sequence[Link]":
        """The current comment's; there is none while nothing was read."""
        session = self.session
        return session.analysis.links(session.current) if len(session.discussion) else ()

    def _copy_choice(self, choice: "CopyChoice") -> None:
        if choice.seconds is not None:
            self.copy_time(choice.seconds)
        else:
            self.copy_text(choice.text, choice.what)

    # Opening

    def do_open(self, count: int | None) -> None:
        if self.place == "chapters":
            self._open_chapter(count)
        elif not len(self.session.discussion):
            self.say("no comments here")
        elif count is not None:
            self._open_numbered(count)
        elif (moment := self.session.current_moment) is not None:
            self.open_time(moment.seconds)
        else:
            self._open_a_link()

    def _open_chapter(self, count: int | None) -> None:
        chapters = self.session.chapters
        number = self.chapters.cursor if count is None else count - 1
        if chapters is not None and 0 <= number < len(chapters.chapters):
            self.open_time(chapters.chapters[number].start)
        else:
            self.say("no such chapter", "bad")

    def open_time(self, seconds: int) -> None:
        """Open the video at a moment."""
        link = self.session.link(seconds)
        if link is not None:
            self.open_url(link)
        elif self.session.video is None:
            self.say(f"{clock(seconds)}: the video is not set (v)", "bad")
            self.wanted = partial(self.open_time, seconds)
        else:
            self.say("this site has no links to a moment that are known here", "bad")

    def _open_numbered(self, number: int) -> None:
        """Open the reference of that label where the comment has a list, else that link."""
        session = self.session
        references = session.analysis.references_of(session.current) if session.analysed else ()
        links = session.analysis.links(session.current)
        if references:
            found = next((r for r in references if r.label == str(number)), None)
            if found is None:
                self.say(f"no reference [{number}] in this list", "bad")
            else:
                self.open_reference(references.index(found))
        elif 1 <= number <= len(links):
            self.open_url(links[number - 1].url)
        else:
            self.say(f"no link {number}: this comment has {plural(len(links), 'link')}", "bad")

    def open_reference(self, number: int) -> None:
        """Open what an entry of this comment's list links to, from 0."""
        reference = self.session.analysis.references_of(self.session.current)[number]
        if reference.links:
            self.open_url(reference.links[0])
        else:
            self.copy_text(reference.text, f"reference [{reference.label}] (it has no link)")

    def _open_a_link(self) -> None:
        links = self._links
        if not links:
            self.say("no moment and no link in this comment")
        elif len(links) == 1:
            self.open_url(links[0].url)
        else:
            entries = [
                Entry(link.url, str(n) if n < 10 else "")
                for n, link in enumerate(links[:MOST_LISTED], 1)
            ]
            note = note_of_first(len(links), "links; a number before o opens any")
            self.choose_from(
                "Open", entries, lambda number: self.open_url(links[number].url), note=note
            )

    # The video

    def do_set_video(self, _count: int | None) -> None:
        from tui.screens.ask_video import AskVideo

        session, wanted = self.session, self.wanted
        video = session.video
        screen = AskVideo(
            self.look,
            session.discussion.source.path,
            session.discussion.video.title,
            linked=self._linked_videos(),
            now=video.id if video else None,
            browse=self.open_url,
        )

        def ended(address: VideoAddress | None) -> None:
            if address is None:
                self.say("video not set" if session.video is None else "video unchanged")
                return
            self.use_video(address)
            if wanted is not None:
                wanted()

        program(self).push_screen(screen, ended)

    def _linked_videos(self) -> frozenset[str]:
        """The ids of the videos that comments link to, as far as that is known quickly."""
        analysis, texts = self.session.analysis, self.session.discussion.texts
        looked_at = range(min(len(texts), MOST_SEARCHED))
        hints = ("youtu", "video/", "watch?")
        return frozenset(
            link.video.id
            for index in looked_at
            if any(hint in texts[index] for hint in hints)
            for link in analysis.links(index)
            if link.video is not None
        )

    def use_video(self, address: VideoAddress) -> None:
        """Take an address for this discussion's video and remember it."""
        session = self.session
        session.choose_video(address)
        if session.analysed and session.take_up_video():
            session.refresh_moment()
            self.run_worker(self.look_through(), group="load", exit_on_error=False)
        self.say(f"video set: {session.link(0) or address.id}", "good")
        self.detail.rebuilt()
        if self.store_key is not None:
            key = self.store_key
            self.in_store(lambda: self.store.remember_video(key, address))
