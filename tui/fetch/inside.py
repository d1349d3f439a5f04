"""Fetching while the program is on the screen."""

from pathlib import Path

from textual.app import App, SuspendNotSupported

from tui.arrival import Fetched, NotFetchedError
from tui.fetch.fetching import fetch, stored, stored_file
from tui.fetch.link import Wishes


def file_at(path: Path) -> Fetched:
    """A file; where it was fetched once, all that belongs to it."""
    return stored_file(path) or Fetched((str(path),))


def fetched_in_shell(app: App[int], link: str) -> Fetched:
    """What a link leads to; while it is fetched the terminal is as it was before the program.

    Raises :class:`NotFetchedError`, also where the reader stopped it before anything came.
    """
    if (had := stored(link)) is not None:
        return had
    trouble = NotFetchedError(f"{link}: stopped; nothing came")
    try:
        with app.suspend():
            # An error must not leave this block: the program would not come back.
            try:
                return fetch(link, Wishes())
            except NotFetchedError as error:
                trouble = error
            except KeyboardInterrupt:
                pass
    except SuspendNotSupported:
        trouble = NotFetchedError(f"open it from the shell: commentree {link}")
    raise trouble
