"""The chapter list: whose it is, when each begins, and how much is said about it."""

from rich.cells import cell_len
from textual.strip import Strip

from tui.look import Look
from tui.render import plural, title_line
from tui.rows import ChapterRow
from tui.session import Session
from tui.widgets.pane import Pane


class ChapterPane(Pane):
    """The chapters that the session shows."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "chapters")
        self._session = session
        self._drawer: ChapterRow | None = None
        self._current: int | None = None

    @property
    def count(self) -> int:
        chapters = self._session.chapters
        return len(chapters.chapters) if chapters else 0

    def rebuilt(self) -> None:
        """Draw everything anew: another list, or other counts."""
        self._drawer = None
        self.cursor = max(0, min(self.count - 1, self.cursor))
        self.follow()
        self.scroll_to_row(self.top)
        self.refresh()

    def follow(self) -> None:
        """Mark the chapter that the current moment lies in, and keep it in sight."""
        current = self._session.current_chapter
        if current == self._current:
            return
        before, self._current = self._current, current
        if self.has_focus or current is None or not self.bring_into_sight(current):
            self.repaint_rows(*(row for row in (before, current) if row is not None))

    def take_look(self, look: Look) -> None:
        self._drawer = None
        super().take_look(look)

    def fit_to_size(self) -> None:
        self._drawer = None
        super().fit_to_size()

    def on_focus(self) -> None:
        if self._session.current_chapter is not None:
            self.put_cursor(self._session.current_chapter)

    def draw_title(self, width: int) -> Strip:
        place = f"{self.cursor + 1} of {self.count}" if self.has_focus and self.count else ""
        return title_line(
            "Chapters", self._whose(), place, width, self.look, focused=self.has_focus
        )

    def _whose(self) -> str:
        """Who made this list."""
        chapters, discussion = self._session.chapters, self._session.discussion
        if chapters is None:
            return ""
        if chapters.comment is None:
            return "made by the site" if chapters.machine else f"from the {chapters.origin}"
        comment = discussion[chapters.comment]
        by = f"by {comment.author or comment.author_name or 'a comment'}"
        likes = f", {plural(comment.likes, 'like')}" if comment.likes else ""
        title = len(" Chapters   ")
        return by + likes if cell_len(by + likes) + title <= self.size.width else by

    def words_when_empty(self) -> list[str]:
        return ["No chapters", "are listed."] if self._session.analysed else ["looking"]

    def draw_row(self, row: int, width: int) -> Strip:
        if self._drawer is None:
            self._drawer = ChapterRow(self._session, self.look, width)
        return self._drawer.draw(
            row, selected=self.has_focus and row == self.cursor, focused=self.has_focus
        )
