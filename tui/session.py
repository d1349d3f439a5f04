"""One discussion being read: what was found in it, the rows, and where the reader is.

No screen here: the screens ask a session and tell it what the reader did.
"""

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from parser.loading import Loading
from parser.text.marks import Timestamp, VideoAddress
from parser.text.videos import timestamp_url, watch_url
from tui.arrival import Arrival
from tui.view import View

if TYPE_CHECKING:
    from parser.analysis import Analysis
    from parser.chapters import Chapter, ChapterList

NEARBY_SECONDS = 30
NEARBY_SHOWN = 20
"""How many of the comments nearby are listed, the nearest: there may be thousands."""
ENDLESS = 2**31 - 1
LIKES_LOOKED_AT = 20_000
"""Comments that tell from which likes on one is in the top: enough, and done in no time."""
MOST_BLANKS = 4096
"""Blanks around a leading mention that are passed over."""
TOP_SHARE = 10
"""Likes stand out in the discussion's top tenth."""


class Nearby(msgspec.Struct, frozen=True):
    """What another comment says close to a moment; seconds, and the comment's number."""

    seconds: int
    comment: int


class Session:
    """What the panes show of one discussion.

    While it ``skims`` the texts are shown without what is found in them.
    """

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.discussion = loading.discussion
        self.skims = False
        self.view = View(loading.discussion, lambda comment: self.analysis.reply(comment).to)
        self.current = 0
        self.moment: int | None = None
        self.chapters: ChapterList | None = None
        self.chapter_counts: list[int] = []
        self.analysed = False
        self.chosen: VideoAddress | None = None
        self.arrival = Arrival()
        self._current_id: str | None = None
        self.chapter_lists: tuple[ChapterList, ...] = ()
        self._list_comments: frozenset[int | None] = frozenset()
        self._moments_order: list[int] = []
        self._moments_version = -1

    @cached_property
    def analysis(self) -> "Analysis":
        """What the texts say. Whoever asks first waits for all that this takes to import."""
        from parser.analysis import Analysis

        return Analysis(self.discussion, in_steps=True)

    # The video

    @property
    def video(self) -> VideoAddress | None:
        """The video that this discussion is about, as far as it is known."""
        return self.chosen or self.discussion.video.address

    def choose_video(self, address: VideoAddress) -> None:
        """Take the reader's word for which video this is.

        The discussion itself takes it up when all was read: until then the file may still
        say, and it is known by what the file says.
        """
        self.chosen = address

    def take_up_video(self) -> bool:
        """Let the analysis know the chosen video; whether it has to look through all again.

        A time behind a link to this very video is no other work's.
        """
        if self.chosen is None or self.chosen == self.discussion.video.address:
            return False
        self.discussion.video = replace(
            self.discussion.video,
            site=self.chosen.site,
            id=self.chosen.id,
            url=watch_url(self.chosen),
        )
        self.analysis.invalidate()
        return True

    def link(self, seconds: int) -> str | None:
        """The address of a moment; ``None`` while the video is unknown or of a strange site."""
        return timestamp_url(self.video, seconds) if self.video else None

    # The comments

    def go_to(self, comment: int) -> bool:
        """Make a comment the current one; ``False`` where it was already."""
        if comment == self.current and self.moment is not None:
            return False
        changed = comment != self.current
        self.current = comment
        self._current_id = self.discussion.ids[comment]
        self.moment = 0 if self.moments else None
        return changed

    def find_again(self) -> None:
        """Find the current comment, after late replies were sorted in and numbers changed."""
        self.analysis.invalidate()
        self.current = 0
        for comment, name in enumerate(self.discussion.ids):
            if name == self._current_id:
                self.current = comment
                break

    def refresh_moment(self) -> None:
        """See to it that the current moment is one of the current comment's."""
        count = len(self.moments)
        self.moment = min(self.moment or 0, count - 1) if count else None

    @property
    def moments(self) -> tuple[Timestamp, ...]:
        """The moments of the current comment."""
        if self.skims or not len(self.discussion):
            return ()
        return self.analysis.timestamps(self.current)

    @property
    def current_moment(self) -> Timestamp | None:
        if self.moment is None:
            return None
        moments = self.moments
        # A long text says less than before while what it says is read again.
        return moments[self.moment] if self.moment < len(moments) else None

    def leading_mention(self, comment: int) -> int:
        """Where a comment's text begins behind a mention that it opens with; 0 without one."""
        text = self.discussion.texts[comment]
        start = 0
        if text[:1].isspace():
            beginning = text[:MOST_BLANKS]
            start = len(beginning) - len(beginning.lstrip())
        if self.skims or "@" not in text[start : start + 1]:
            return 0
        first = next(iter(self.analysis.mentions(comment)), None)
        if first is None or first.start != start:
            return 0
        behind = text[first.end : first.end + MOST_BLANKS]
        end = first.end + len(behind) - len(behind.lstrip(" \t\n,:"))
        return end if end < len(text) else 0

    def is_new(self, comment: int) -> bool:
        """Whether a comment came since the discussion was fetched the time before."""
        return bool(self.arrival.new) and self.discussion.ids[comment] in self.arrival.new

    @cached_property
    def _top_likes(self) -> int:
        step = max(1, len(self.discussion) // LIKES_LOOKED_AT)
        likes = sorted(self.discussion.likes[::step], reverse=True)
        return max(1, likes[len(likes) // TOP_SHARE]) if likes else 1

    def is_much_liked(self, likes: int) -> bool:
        """Whether the likes are in the discussion's top tenth."""
        return likes >= self._top_likes

    # What the discussion says

    def take_stated_chapters(self) -> bool:
        """Show the chapters that the file itself states, before its comments were read."""
        if self.skims or self.chapters is not None or not self.discussion.video.chapters:
            return False
        self.choose_chapters(next(iter(self.analysis.chapter_lists), None))
        return True

    def finish_analysis(self) -> None:
        """Take up chapters and references; the analysis has scanned everything by now."""
        self.analysed = True
        self._moments_version = -1
        self.__dict__.pop("_top_likes", None)
        lists = self.chapter_lists = self.analysis.chapter_lists
        self._list_comments = frozenset(each.comment for each in lists)
        chosen = self.chapters
        self.choose_chapters(chosen if chosen in lists else lists[0] if lists else None)
        self.refresh_moment()

    def choose_chapters(self, chapters: "ChapterList | None") -> None:
        """Show these chapters, and count what is said about each."""
        self.chapters = chapters
        self.chapter_counts = []
        if chapters is not None:
            moments, own = self.analysis.moments, chapters.comment
            self.chapter_counts = [
                moments.count(chapter.start, chapter.end, own) for chapter in chapters.chapters
            ]

    def chapter_at(self, seconds: int) -> int | None:
        """Which chapter of the list that is shown a moment lies in."""
        found = None
        for number, chapter in enumerate(self.chapters.chapters if self.chapters else ()):
            if chapter.start <= seconds < _end(chapter):
                found = number
        return found

    @property
    def current_chapter(self) -> int | None:
        moment = self.current_moment
        return None if moment is None else self.chapter_at(moment.seconds)

    def about_chapter(self, number: int) -> list[int]:
        """The comments that speak of a chapter, in the order of the moments they speak of."""
        if self.chapters is None:
            return []
        chapter = self.chapters.chapters[number]
        own = self.chapters.comment
        comments = self.analysis.moments.comments_between(chapter.start, _end(chapter))
        return [comment for comment in comments if comment != own]

    def is_chapter_list(self, comment: int) -> bool:
        """Whether the comment is a table of contents."""
        return comment in self._list_comments

    def nearby(self, seconds: int) -> list[Nearby]:
        """What else is said within ``NEARBY_SECONDS`` of a moment, chapter lists apart.

        Where there is more than ``NEARBY_SHOWN``, the nearest.
        """
        if not self.analysed:
            return []
        moments = self.analysis.moments
        found = moments.near(seconds, NEARBY_SECONDS, self.current, NEARBY_SHOWN)
        return [Nearby(s, c) for s, c in found if not self.is_chapter_list(c)]

    def count_nearby(self, seconds: int) -> int:
        """How many moments of other comments lie within ``NEARBY_SECONDS`` of one."""
        own = {each.seconds for each in self.moments}
        own_near = sum(abs(each - seconds) <= NEARBY_SECONDS for each in own)
        return self.analysis.moments.count_near(seconds, NEARBY_SECONDS) - own_near

    def next_with_moments(self, step: int) -> int | None:
        """The next comment in the reading order (or the one before) that speaks of a moment."""
        if self.view.is_only or not self.analysed:
            comment = self.view.following(self.current, step)
            while comment is not None and not self.analysis.timestamps(comment):
                comment = self.view.following(comment, step)
            return comment
        comments = self._with_moments()
        place = bisect_left(comments, self.view.place_of(self.current), key=self.view.place_of)
        here = place < len(comments) and comments[place] == self.current
        found = place - 1 if step < 0 else place + here
        return comments[found] if 0 <= found < len(comments) else None

    def _with_moments(self) -> list[int]:
        """All comments that speak of a moment, in the reading order."""
        if self._moments_version != self.view.version:
            self._moments_version = self.view.version
            comments = self.analysis.moments.comments_between(0, ENDLESS)
            self._moments_order = self.view.in_order(comments)
        return self._moments_order


def _end(chapter: "Chapter") -> int:
    return ENDLESS if chapter.end is None else chapter.end
