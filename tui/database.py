"""The file that remembers: one SQLite database that bad luck cannot turn into a crash.

A store that is damaged is put aside under another name and started anew; one that a newer
version wrote is left alone; where nothing can be written (a read-only folder, a full disk,
a store that another program keeps locked) the work goes on in memory, beginning with what
could still be read. ``trouble`` says which of these happened.
"""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from tui.paths import ensure

BUSY_SECONDS = 1.0
"""How long a call waits for another instance's write, which takes milliseconds."""

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]


class NewerStoreError(Exception):
    """The store was written by a newer version of the program."""


class DamagedStoreError(Exception):
    """The file is no store, or not a whole one."""


class Database:
    """A database whose file appears with the first write; safe to use from several threads.

    ``steps`` are the schema's history: ``steps[n]`` brings version ``n`` to ``n + 1``, as
    single statements. ``tables`` are the names that the newest version has.
    """

    def __init__(self, path: Path, steps: tuple[tuple[str, ...], ...], tables: set[str]) -> None:
        self.path = path
        self.trouble: str | None = None
        self._steps = steps
        self._tables = tables
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._in_memory = False

    def read(self, work: Work[Result], default: Result) -> Result:
        """What ``work`` finds; ``default`` where there is no store yet."""
        with self._lock:
            if self._connection is None and not self.path.exists():
                return default
            return self._persist(work)

    def write(self, work: Work[Result]) -> Result:
        """Do ``work`` in one transaction: all of it is kept, or nothing."""

        def transaction(connection: sqlite3.Connection) -> Result:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return result

        with self._lock:
            return self._persist(transaction)

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection, self._in_memory = None, False

    def _persist(self, work: Work[Result]) -> Result:
        """Do ``work``; after damage on a new file, and as a last resort in memory."""
        damaged_before = False
        while True:
            try:
                return work(self._open())
            except (sqlite3.DatabaseError, OSError, NewerStoreError, DamagedStoreError) as error:
                if self._in_memory or isinstance(
                    error, sqlite3.ProgrammingError | sqlite3.IntegrityError
                ):
                    raise  # a mistake of ours: no other file would do better
                self.close()
                if _means_damage(error) and not damaged_before:
                    damaged_before = True
                    self._put_aside()
                else:
                    self._go_on_in_memory(error)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            ensure(self.path.parent)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        self._refuse_newer(connection)
        self._upgrade(connection)
        if not self._tables <= _tables(connection):
            raise DamagedStoreError(f"{self.path} lacks some of its tables")
        # Readers beside a writer, and no wait for the disk at each write. Some file systems
        # can't, and another instance may be in the way just now: it works without, too.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    def _refuse_newer(self, connection: sqlite3.Connection) -> None:
        if _version(connection) > len(self._steps):
            raise NewerStoreError(f"{self.path} was written by a newer version")

    def _upgrade(self, connection: sqlite3.Connection) -> None:
        if _version(connection) == len(self._steps):
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)  # again: another instance may have been faster
            if version == 0 and _tables(connection):
                raise DamagedStoreError(f"{self.path} holds something else")
            for step in self._steps[version:]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(self._steps)}")
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _put_aside(self) -> None:
        """Give the damaged file another name, unless another instance already did."""
        if self._is_sound():
            return
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{stamp}{self.path.suffix}")
        try:
            for ending in ("-wal", "-shm", ""):
                part = self.path.with_name(self.path.name + ending)
                if part.exists():
                    part.replace(aside.with_name(aside.name + ending))
        except OSError as error:
            self._go_on_in_memory(error)
            return
        self.trouble = (
            f"What was remembered in {self.path} is damaged. It is kept as {aside.name},"
            " and a new store was started."
        )

    def _is_sound(self) -> bool:
        """Whether the file that bears the name now is a whole store."""
        try:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        except sqlite3.Error:
            return False
        try:
            found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            return found == "ok" and self._tables <= _tables(connection)
        except sqlite3.Error:
            return False
        finally:
            connection.close()

    def _go_on_in_memory(self, error: Exception) -> None:
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if not isinstance(error, NewerStoreError) and not _means_damage(error):
            self._copy_what_can_be_read(memory)
        self._upgrade(memory)
        self._connection, self._in_memory = memory, True
        self.trouble = (
            f"{self.path} cannot be used ({_why(error)}): what you do now is forgotten at the end."
        )

    def _copy_what_can_be_read(self, memory: sqlite3.Connection) -> None:
        """Fill ``memory`` from a file that can be read but not written, as it was last saved."""
        # "immutable" reads without locks and without the files beside it, which a read-only
        # folder does not let SQLite make; what another instance just wrote may be in those.
        for how in ("mode=ro", "immutable=1"):
            try:
                source = sqlite3.connect(
                    f"file:{quote(self.path.absolute().as_posix())}?{how}", uri=True
                )
            except (sqlite3.Error, UnicodeError):
                return
            try:
                self._refuse_newer(source)
                if self._tables <= _tables(source):
                    source.backup(memory)
                return
            except (sqlite3.Error, NewerStoreError):
                pass  # try the other way; after it, nothing was known, as on the first day
            finally:
                source.close()


def _why(error: Exception) -> str:
    if isinstance(error, NewerStoreError):
        return "a newer version wrote it"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {str(name) for (name,) in rows}


def _means_damage(error: Exception) -> bool:
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte: the kind of error
        return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, DamagedStoreError)
