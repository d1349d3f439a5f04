"""The comment tree: one row a comment."""

from textual.strip import Strip

from tui.look import Look
from tui.render import title_line
from tui.rows import TreeRow
from tui.session import Session
from tui.widgets.pane import Pane


class CommentTree(Pane):
    """The rows of a session's view. ``note`` stands beside the title, e.g. the nesting."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "comments")
        self._session = session
        self._drawer: TreeRow | None = None
        self.note = ""

    @property
    def count(self) -> int:
        return len(self._session.view)

    def follow(self) -> None:
        """Stand on the session's current comment."""
        self.put_cursor(self._session.view.nearest_row(self._session.current))

    def show_replies(self) -> None:
        """Scroll so that as many of the replies as fit stand below the current comment."""
        view = self._session.view
        last = self.cursor + view.shown_below(self._session.current)
        self.bring_into_sight(min(last, self.cursor + self.rows_in_sight - 1))

    def rebuilt(self) -> None:
        """Draw everything anew: rows came, went or changed places."""
        self._drawer = None
        self.cursor = max(0, min(self.count - 1, self.cursor))
        self.scroll_to_row(self.top)
        self.refresh()

    def toggles_fold(self, row: int, column: int) -> bool:
        """Whether a click there means the fold mark."""
        comment = self._session.view.comment_at(row)
        if not self._session.view.below(comment) or self._session.view.is_only:
            return False
        return abs(column - self._row_drawer(self.size.width).fold_column(comment)) <= 1

    def take_look(self, look: Look) -> None:
        self._drawer = None
        super().take_look(look)

    def fit_to_size(self) -> None:
        self._drawer = None
        super().fit_to_size()

    def draw_title(self, width: int) -> Strip:
        count = len(self._session.view if self._session.view.is_only else self._session.discussion)
        place = f"{self._place() + 1:,} of {count:,}" if count else "0 of 0"
        return title_line("Comments", self.note, place, width, self.look, focused=self.has_focus)

    def _place(self) -> int:
        view = self._session.view
        return self.cursor if view.is_only else view.place_of(self._session.current)

    def words_when_empty(self) -> list[str]:
        if not self._session.analysed:
            return ["reading"]
        return ["No comments in this file.", "D  what is odd about it", "q  back"]

    def draw_row(self, row: int, width: int) -> Strip:
        comment = self._session.view.comment_at(row)
        return self._row_drawer(width).draw(
            comment, selected=row == self.cursor, focused=self.has_focus
        )

    def _row_drawer(self, width: int) -> TreeRow:
        if self._drawer is None:
            self._drawer = TreeRow(self._session, self.look, width)
        return self._drawer
