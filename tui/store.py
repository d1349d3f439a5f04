"""What is remembered between runs: discussions, where one was in them, videos, settings.

One SQLite file in the state folder holds it all. A call takes a few milliseconds (at most
a second, while another instance writes); :meth:`Store.identify` and :meth:`Store.find` look
at every comment id, a fifth of a second for a million, so for long discussions they belong
in a thread. Every write is one transaction, and two
instances may write side by side.
"""

import os
import sqlite3
import time
from pathlib import Path
from types import TracebackType

import msgspec

from parser.model import Discussion
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from tui.database import Database
from tui.paths import state_dir
from tui.sketch import shared, sketch

FILE_NAME = "state.db"

MAJORITY = 0.5
"""Two files of one title are one discussion when they share more of their comments than this."""

SCHEMA: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE discussion (
            key INTEGER PRIMARY KEY,
            site TEXT, video TEXT,
            title TEXT NOT NULL,
            comments INTEGER NOT NULL,
            sketch BLOB NOT NULL,
            path BLOB,
            opened_at REAL,
            place TEXT,
            chosen_site TEXT, chosen_video TEXT
        )""",
        "CREATE UNIQUE INDEX discussion_video ON discussion (site, video) WHERE video IS NOT NULL",
        "CREATE INDEX discussion_title ON discussion (title)",
        "CREATE INDEX discussion_opened ON discussion (opened_at)",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)
"""``SCHEMA[n]`` brings a store of version ``n`` to ``n + 1``. Steps are added, never changed."""


class Recent(msgspec.Struct, frozen=True):
    """A discussion that was opened before.

    ``opened_at``: seconds since the epoch. ``title`` is empty where the file names none.
    """

    key: int
    title: str
    path: Path
    comments: int
    opened_at: float


class Store:
    """The memory of the program. ``path`` is the database file, by default the user's own."""

    def __init__(self, path: Path | None = None) -> None:
        self._database = Database(
            path or state_dir() / FILE_NAME, SCHEMA, {"discussion", "setting"}
        )

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def trouble(self) -> str | None:
        """One line for people, once something kept the store from being used as it should."""
        trouble = self._database.trouble
        return None if trouble is None else clean_line(trouble)

    @property
    def path(self) -> Path:
        return self._database.path

    def close(self) -> None:
        self._database.close()

    def identify(self, discussion: Discussion, *, chosen: bool = False) -> int:
        """The key under which this discussion is remembered, now if not before.

        It is known by the site and id that its own file gives. ``chosen`` says that someone
        gave the address that ``discussion.video`` now has: then it does not count. Without
        one it is the discussion of the same title that shares more than half of the smaller
        one's comments (see :mod:`tui.sketch`): so a page that was saved again is known, and
        another talk of the same title is not. Best asked when the whole file has been read.
        """
        wanted = _wanted(discussion, chosen)

        def work(connection: sqlite3.Connection) -> int:
            key = _find(connection, wanted)
            if key is None:
                return _add(connection, wanted)
            _refresh(connection, key, wanted)
            return key

        return self._database.write(work)

    def find(self, discussion: Discussion, *, chosen: bool = False) -> int | None:
        """The key of a discussion that is already remembered; nothing is written."""
        wanted = _wanted(discussion, chosen)
        return self._database.read(lambda db: _find(db, wanted), None)

    def remember_video(self, key: int, video: VideoAddress | None) -> None:
        """Keep the video that someone chose for a discussion; ``None`` forgets it."""
        site, chosen = (video.site, video.id) if video else (None, None)
        self._update(
            "UPDATE discussion SET chosen_site = ?, chosen_video = ? WHERE key = ?",
            (_text(site), _text(chosen), key),
        )

    def video_of(self, key: int) -> VideoAddress | None:
        """The video that was chosen for a discussion."""
        row = self._row("SELECT chosen_site, chosen_video FROM discussion WHERE key = ?", key)
        return VideoAddress(str(row[0]), str(row[1])) if row and row[0] and row[1] else None

    def remember_place(self, key: int, comment_id: str) -> None:
        """Keep the id of the comment that was being read."""
        self._update("UPDATE discussion SET place = ? WHERE key = ?", (_text(comment_id), key))

    def place_of(self, key: int) -> str | None:
        """The id of the comment that was being read last."""
        row = self._row("SELECT place FROM discussion WHERE key = ?", key)
        return str(row[0]) if row and row[0] is not None else None

    def opened(self, key: int, path: str | None, title: str | None, comments: int) -> None:
        """Note that a discussion was opened now.

        ``path`` is ``None`` for what cannot be opened again by a path: a pipe, the sample.
        """
        where = os.fsencode(Path(path).absolute()) if path is not None else None

        def work(connection: sqlite3.Connection) -> None:
            # A path holds one discussion: the one that it held before is not there any more.
            connection.execute("UPDATE discussion SET path = NULL WHERE path = ?", (where,))
            connection.execute(
                "UPDATE discussion SET path = coalesce(?, path), title = ?, comments = ?,"
                " opened_at = ? WHERE key = ?",
                (where, _text(title) or "", comments, time.time(), key),
            )

        self._database.write(work)

    def recent(self, limit: int) -> list[Recent]:
        """The discussions opened last, the latest first; whether their files still exist or not."""

        def work(connection: sqlite3.Connection) -> list[Recent]:
            rows = connection.execute(
                "SELECT key, title, path, comments, opened_at FROM discussion"
                " WHERE path IS NOT NULL AND opened_at IS NOT NULL"
                " ORDER BY opened_at DESC, key DESC LIMIT ?",
                (max(limit, 0),),
            )
            return [
                Recent(key, title, Path(os.fsdecode(path)), comments, opened_at)
                for key, title, path, comments, opened_at in rows
            ]

        return self._database.read(work, [])

    def get_setting(self, name: str) -> str | None:
        """A setting as it was last set; ``None`` when it never was."""
        row = self._row("SELECT value FROM setting WHERE name = ?", name)
        return str(row[0]) if row else None

    def set_setting(self, name: str, value: str) -> None:
        self._update("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, _text(value)))

    def _update(self, statement: str, values: tuple[object, ...]) -> None:
        self._database.write(lambda db: db.execute(statement, values).rowcount)

    def _row(self, statement: str, value: int | str) -> tuple[object, ...] | None:
        def work(connection: sqlite3.Connection) -> tuple[object, ...] | None:
            found: tuple[object, ...] | None = connection.execute(statement, (value,)).fetchone()
            return found

        return self._database.read(work, None)


class _Identity(msgspec.Struct, frozen=True):
    """What a discussion is known by, as the store keeps it."""

    site: str | None
    video: str | None
    title: str
    comments: int
    sketch: bytes


def _wanted(discussion: Discussion, chosen: bool) -> _Identity:
    address = None if chosen else discussion.video.address
    return _Identity(
        _text(address.site) if address else None,
        _text(address.id) if address else None,
        _text(discussion.video.title) or "",
        len(discussion),
        sketch(discussion.ids),
    )


def _find(connection: sqlite3.Connection, wanted: _Identity) -> int | None:
    if wanted.video is not None:
        row = connection.execute(
            "SELECT key FROM discussion WHERE site = ? AND video = ?", (wanted.site, wanted.video)
        ).fetchone()
        return int(row[0]) if row else None
    if not wanted.sketch:  # no comments: the title is all there is to know it by
        row = connection.execute(
            "SELECT key FROM discussion WHERE title = ? AND sketch = x'' AND video IS NULL",
            (wanted.title,),
        ).fetchone()
        return int(row[0]) if row else None
    rows = connection.execute("SELECT key, sketch FROM discussion WHERE title = ?", (wanted.title,))
    alike = max(
        ((shared(wanted.sketch, bytes(other)), -int(key)) for key, other in rows),
        default=(0.0, 0),
    )
    return -alike[1] if alike[0] > MAJORITY else None


def _add(connection: sqlite3.Connection, wanted: _Identity) -> int:
    cursor = connection.execute(
        "INSERT INTO discussion (site, video, title, comments, sketch) VALUES (?, ?, ?, ?, ?)",
        (wanted.site, wanted.video, wanted.title, wanted.comments, wanted.sketch),
    )
    return int(cursor.lastrowid or 0)


def _refresh(connection: sqlite3.Connection, key: int, wanted: _Identity) -> None:
    """Follow a page that grows from saving to saving; a part of it must not replace the whole."""
    connection.execute(
        "UPDATE discussion SET sketch = ?, comments = ? WHERE key = ? AND comments < ?",
        (wanted.sketch, wanted.comments, key, wanted.comments),
    )


def _text(text: str | None) -> str | None:
    """Text that SQLite can hold: a lone surrogate, which only a file's name brings, can't be."""
    return None if text is None else text.encode("utf-8", "replace").decode()
