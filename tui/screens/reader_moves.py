"""The reader's commands for moving, folding and reading on."""

from tui.screens.reader_base import ReaderBase


class MoveCommands(ReaderBase):
    """Each ``do_…`` is a command of that name; ``count`` is the number typed before it."""

    # Rows and lines

    def do_down(self, count: int | None) -> None:
        self._move(count or 1)

    def do_up(self, count: int | None) -> None:
        self._move(-(count or 1))

    def do_half_down(self, count: int | None) -> None:
        self._move((count or 1) * max(1, self.pane.rows_in_sight // 2))

    def do_half_up(self, count: int | None) -> None:
        self._move(-(count or 1) * max(1, self.pane.rows_in_sight // 2))

    def do_page_down(self, count: int | None) -> None:
        self._move((count or 1) * max(1, self.pane.rows_in_sight - 1))

    def do_page_up(self, count: int | None) -> None:
        self._move(-(count or 1) * max(1, self.pane.rows_in_sight - 1))

    def _move(self, rows: int) -> None:
        place = self.place
        if place == "comments":
            self._to_row(self.comments.cursor + rows)
        elif place == "chapters":
            self.chapters.put_cursor(self.chapters.cursor + rows)
        elif place == "detail":
            self.detail.scroll_lines(rows)
        elif self.reading.scroll_lines(rows):
            self.arrived_by_reading()

    def _to_row(self, row: int) -> None:
        view = self.session.view
        if len(view):
            row = max(0, min(len(view) - 1, row))
            if self.session.go_to(view.comment_at(row)):
                self.show_current()

    def arrived_by_reading(self) -> None:
        """The comment at the top of the reading view is the current one from now on."""
        if self.session.go_to(self.reading.at):
            self.session.view.reveal(self.reading.at)
            self.comments.rebuilt()
            self.show_current()
            self.reading.rebuilt()

    def do_first(self, count: int | None) -> None:
        self._to_end(max(0, (count or 1) - 1))

    def do_last(self, count: int | None) -> None:
        self._to_end(None if count is None else max(0, count - 1))

    def _to_end(self, number: int | None) -> None:
        """To the chapter, line or comment of a number from 0; ``None``: the last in sight."""
        place, view = self.place, self.session.view
        if place == "chapters":
            self.chapters.put_cursor(self.chapters.count - 1 if number is None else number)
        elif place == "detail":
            if number is None:
                self.detail.scroll_to_end()
            else:
                self.detail.scroll_to_row(number)
        elif place == "comments" and len(view):
            if number is None:
                self.go_to(view.comment_at(len(view) - 1), jump=True)
            else:
                self._read_from(number)
        elif place == "reading":
            self._read_from(number)

    def _read_from(self, number: int | None) -> None:
        last = len(self.session.view if self.session.view.is_only else self.session.discussion) - 1
        place = last if number is None else max(0, min(last, number))
        comment = self.session.view.at_place(place)
        if comment is not None:
            self.go_to(comment, jump=True)

    def do_centre(self, _count: int | None) -> None:
        self.pane.centre()

    # From comment to comment

    def do_next_sibling(self, count: int | None) -> None:
        self._step(count or 1)

    def do_previous_sibling(self, count: int | None) -> None:
        self._step(-(count or 1))

    def _step(self, step: int) -> None:
        """To the next comment of this level; in the reading view to the next of all."""
        view = self.session.view
        if self.is_reading:
            comment = view.following(self.session.current, step)
        else:
            comment = view.sibling(self.session.current, step)
        if comment is None:
            self.say("no later comment here" if step > 0 else "no earlier comment here")
        else:
            self.go_to(comment)

    def do_next_thread(self, count: int | None) -> None:
        self._to_thread(count or 1)

    def do_previous_thread(self, count: int | None) -> None:
        self._to_thread(-(count or 1))

    def _to_thread(self, step: int) -> None:
        comment = self.session.view.next_thread(self.session.current, step)
        if comment is None:
            self.say("this is the last thread" if step > 0 else "this is the first thread")
        else:
            self.go_to(comment, jump=True)

    def do_parent(self, _count: int | None) -> None:
        answered = self.session.analysis.reply(self.session.current).to
        above = self.session.view.parent(self.session.current)
        comment = above if answered is None else answered
        if comment is None:
            self.say("this begins its thread")
        else:
            self.go_to(comment, jump=True)

    def do_back(self, _count: int | None) -> None:
        while self.jumps:
            comment = self.jumps.pop()
            if comment != self.session.current and comment < len(self.session.discussion):
                self.go_to(comment)
                return
        self.say("no jump to go back from")

    # Folds

    def do_expand(self, _count: int | None) -> None:
        view, comment = self.session.view, self.session.current
        if self._refold(view.unfold(comment)):
            return
        reply = view.first_reply(comment)
        if reply is not None and not view.is_only:
            self.go_to(reply)

    def do_collapse(self, _count: int | None) -> None:
        view, comment = self.session.view, self.session.current
        if self._refold(view.fold(comment)):
            return
        parent = view.parent(comment)
        if parent is not None:
            self.go_to(parent)

    def do_toggle_fold(self, _count: int | None) -> None:
        view, comment = self.session.view, self.session.current
        if not self._refold(view.fold(comment) or view.unfold(comment)):
            self.say("no replies here")

    def do_open_fold(self, _count: int | None) -> None:
        self._refold(self.session.view.unfold(self.session.current))

    def do_close_fold(self, _count: int | None) -> None:
        """Fold this comment's replies, or the ones that it stands among."""
        view, comment = self.session.view, self.session.current
        parent = view.parent(comment)
        if not self._refold(view.fold(comment)) and parent is not None:
            view.fold(parent)
            self.comments.rebuilt()
            self.go_to(parent)

    def do_unfold_all(self, _count: int | None) -> None:
        self.session.view.unfold_all()
        self._refold(True)

    def do_fold_all(self, _count: int | None) -> None:
        thread = self.session.view.thread(self.session.current)
        self.session.view.fold_all()
        self.comments.rebuilt()
        self.go_to(thread)

    def do_fold_thread(self, _count: int | None) -> None:
        view = self.session.view
        thread = view.thread(self.session.current)
        view.fold_below(thread)
        self.comments.rebuilt()
        self.go_to(thread)

    def _refold(self, changed: bool) -> bool:
        """Draw the tree anew after a fold; passes on whether there was one."""
        if changed:
            self.comments.rebuilt()
            self.comments.follow()
            self.comments.show_replies()
        return changed

    # Reading on

    def do_read_on(self, count: int | None) -> None:  # noqa: ARG002  (all commands take a count)
        """Page the text; at its end go on to the next comment."""
        if self.is_reading:
            self._page_reading()
        elif self.is_single and self.place == "comments":
            self.enter_pane(self.detail)
        elif not self.detail.at_end:
            self.detail.scroll_lines(max(1, self.detail.rows_in_sight - 1))
        else:
            self._read_following()

    def _page_reading(self) -> None:
        if self.reading.at_end:
            self._read_following()
        elif self.reading.scroll_lines(max(1, self.reading.rows_in_sight - 2)):
            self.arrived_by_reading()

    def _read_following(self) -> None:
        following = self.session.view.following(self.session.current)
        if following is None:
            self.say("the end: no later comment")
        else:
            self.go_to(following)
