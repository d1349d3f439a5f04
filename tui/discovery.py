"""Which files of a folder may hold discussions, and what the head of one says.

For the start screen: :func:`list_candidates` goes by names alone and is done in
milliseconds; :func:`peek` opens one file and reads its first slice, so whoever shows a list
calls it for the rows in sight, in a thread.
"""

import heapq
import os
import stat
from pathlib import Path

import msgspec

from parser.loading import open_discussion

ENDINGS = frozenset({".txt", ".json", ".jsonl", ".ndjson", ".html", ".htm"})
PACKED = frozenset({".gz", ".zst"})
"""Behind one of the endings: ``talk.info.json.gz``."""

MOST_LOOKED_AT = 20_000
"""Names of a folder that are looked at; a folder with more is not searched to its end."""
MOST_LISTED = 500
MOST_STEPS = 8
"""Slices of a file that was taken from the disk at once; a packed one can be long all the same."""


class Candidate(msgspec.Struct, frozen=True):
    """A file that holds a discussion, as far as its head tells.

    ``size`` in bytes as stored, ``modified`` in seconds since the epoch. ``present`` counts
    the comments of a file that was read whole, and is ``None`` for one whose head alone was
    read; ``claimed`` is what the file itself says. ``date`` (YYYY-MM-DD) is the video's, else
    the day on which a mirror published the page.
    """

    path: Path
    title: str | None
    channel: str | None
    claimed: int | None
    present: int | None
    date: str | None
    format: str
    size: int
    modified: float


def list_candidates(folder: Path, limit: int = MOST_LISTED) -> list[Path]:
    """The files of ``folder`` whose names may be a discussion's, the newest first.

    Regular files only (a link to one counts), no hidden ones, nothing in folders below. A
    folder that cannot be read has none.
    """
    found: list[tuple[float, str]] = []
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(MOST_LOOKED_AT), entries, strict=False):
                if (modified := _modified(entry)) is not None:
                    found.append((modified, entry.name))
    except (OSError, ValueError):
        pass  # what was found before the folder went away is still worth showing
    newest = heapq.nsmallest(max(limit, 0), found, key=lambda one: (-one[0], one[1]))
    return [folder / name for _, name in newest]


def peek(path: Path) -> Candidate | None:
    """What the head of a file says of its discussion; ``None`` when it holds none.

    Never raises, whatever a reader thinks of what other programs wrote: one odd file must
    not take the list of the others away.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        return _read_head(path, status)
    except Exception:
        return None


def _modified(entry: "os.DirEntry[str]") -> float | None:
    """When a file that may hold a discussion was changed; ``None`` for everything else."""
    if entry.name.startswith(".") or not _has_ending(entry.name):
        return None
    try:
        status = entry.stat()
    except OSError:  # a link to nowhere, or gone since
        return None
    return status.st_mtime if stat.S_ISREG(status.st_mode) else None


def _has_ending(name: str) -> bool:
    base, ending = os.path.splitext(name.lower())  # noqa: PTH122  (names, not paths)
    if ending in PACKED:
        ending = os.path.splitext(base)[1]  # noqa: PTH122
    return ending in ENDINGS


def _read_head(path: Path, status: os.stat_result) -> Candidate:
    loading = open_discussion(str(path))
    whole = True
    try:
        for count, progress in enumerate(loading.steps(), start=1):
            if progress.bytes_read < status.st_size or count == MOST_STEPS:
                whole = False
                break
    finally:
        loading.stop()
    discussion = loading.discussion
    video = discussion.video
    return Candidate(
        path=path,
        title=video.title,
        channel=video.channel,
        claimed=video.comments_claimed,
        present=len(discussion) if whole else None,
        date=video.published or discussion.source.page_date,
        format=discussion.source.format,
        size=status.st_size,
        modified=status.st_mtime,
    )
