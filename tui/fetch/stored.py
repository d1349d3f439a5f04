"""Where fetched discussions lie, and what is remembered of each fetch.

In the data folder: ``videos/SITE/ID.info.json`` as yt-dlp wrote it, beside it
``ID.fetched.json`` (:class:`Record`), and where a later fetch was stopped before it had all,
what it brought as ``ID.1.info.json`` and so on: all are read as one discussion. ``links/``
says which video a link led to whose address does not say.
"""

import hashlib
import itertools
import os
import re
from pathlib import Path

import msgspec

from tui.fetch.link import Link
from tui.paths import data_dir, ensure
from tui.whole_file import written_whole

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_SAFE = re.compile(r"[A-Za-z0-9_-]{1,100}")
_LONGEST = 64
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in range(10)}
)
"""Names that Windows gives to devices, with whatever ending."""
_ENDING = ".info.json"


class Record(msgspec.Struct):
    """What is remembered of the last fetch; times in seconds since the epoch.

    ``since``: when the one before was fetched, that ``new`` are the comments' ids since.
    ``comments`` counts what the last fetch brought; ``partial``: it was stopped, or broke off
    for the reason ``why``.
    ``most``: the ``--max-comments`` it was made with.
    """

    id: str
    fetched_at: float
    comments: int = 0
    partial: bool = False
    why: str = ""
    most: str = ""
    since: float | None = None
    new: list[str] = msgspec.field(default_factory=list[str])


class Place(msgspec.Struct, frozen=True):
    """Where the files of one video lie."""

    folder: Path
    name: str

    @property
    def record(self) -> Path:
        return self.folder / f"{self.name}.fetched.json"

    def file(self, number: int) -> Path:
        """The whole one (0), or what a later fetch brought before it was stopped."""
        return self.folder / f"{self.name}{f'.{number}' if number else ''}{_ENDING}"

    def parts(self) -> int:
        """How many files there are beside the whole one."""
        return next(n - 1 for n in itertools.count(1) if not self.file(n).exists())


class Stored(msgspec.Struct, frozen=True):
    """A discussion that was fetched: its files, the latest first, and the last fetch."""

    place: Place
    paths: tuple[str, ...]
    record: Record


def place_of(site: str, video: str) -> Place:
    """Where a video's files lie, whatever its site and id are: hostile ones too."""
    return Place(videos_dir() / _safe(site), _safe(video))


def videos_dir() -> Path:
    return data_dir() / "videos"


def find(link: Link) -> Stored | None:
    """What was stored for a link."""
    if link.site and link.id:
        return find_at(place_of(link.site, link.id), link.id)
    try:
        site, _, name = _note_of(link).read_text(encoding="ascii").strip().partition("/")
    except (OSError, ValueError):
        return None
    if not _SAFE.fullmatch(site) or not _SAFE.fullmatch(name):
        return None
    return find_at(Place(videos_dir() / site, name))


def find_file(path: Path) -> Stored | None:
    """The same by the path of its whole file; ``None`` for a file that was not fetched."""
    folder, name = path.absolute().parent, path.name.removesuffix(_ENDING)
    if not path.name.endswith(_ENDING) or folder.parent != videos_dir().absolute():
        return None
    return find_at(Place(folder, name)) if _SAFE.fullmatch(name) else None


def keep(place: Place, draft: Path, record: Record, *, whole: bool) -> Stored:
    """Moves a fetched file into its place: instead of all that is there, or (not ``whole``)
    beside it. Raises :class:`OSError` when that is not possible; then all is as it was.
    """
    ensure(place.folder)
    before = place.parts()
    draft.replace(place.file(0 if whole else before + 1))
    for number in range(1, before + 1) if whole else ():
        place.file(number).unlink(missing_ok=True)
    with written_whole(place.record, not_over=()) as file:
        file.write(msgspec.json.encode(record))
    return Stored(place, _paths(place), record)


def remember_link(link: Link, place: Place) -> None:
    """Lets a link lead to its video's files without asking the network again."""
    if not link.id:
        note = _note_of(link)
        ensure(note.parent)
        with written_whole(note, not_over=()) as file:
            file.write(f"{place.folder.name}/{place.name}\n".encode("ascii"))


def name_of_link(link: Link) -> str:
    """A name for what a link leads to, where nothing else gives one."""
    return hashlib.sha256(link.url.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _note_of(link: Link) -> Path:
    # Not the link itself: it may hold a password.
    return data_dir() / "links" / name_of_link(link)


def find_at(place: Place, video: str = "") -> Stored | None:
    """What lies in a place, if it is that ``video``'s: some disks take ``a`` for ``A``."""
    try:
        status = place.file(0).stat()
    except OSError:
        return None
    try:
        record = msgspec.json.decode(place.record.read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError):
        record = Record("", status.st_mtime)
    if video and record.id not in ("", video):
        return None
    return Stored(place, _paths(place), record)


def _paths(place: Place) -> tuple[str, ...]:
    return tuple(os.fspath(place.file(number)) for number in range(place.parts(), -1, -1))


def _safe(text: str) -> str:
    """A file's name of letters, digits, ``_`` and ``-``, that no other text has."""
    name = _UNSAFE.sub("_", text)[:_LONGEST]
    if name == text and name and name.upper() not in _RESERVED and not name.startswith("-"):
        return name
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{name.lstrip('-')}_{digest}"
