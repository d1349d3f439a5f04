"""Writes a file whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_whole(path: Path, *, not_over: Sequence[str]) -> Generator[BinaryIO]:
    """A file to write to that takes the path's place once everything is written.

    Until then it stands beside it under a name of its own, and when writing fails it goes
    and leaves what was there. Raises :class:`OSError` when that is not possible, when the
    path is no regular file (a device would be replaced), or is one of ``not_over``.
    """
    target = path.resolve()  # a symbolic link stays one
    if target.exists() and not target.is_file():
        raise OSError("it is no regular file")
    if target.exists() and any(Path(p).exists() and target.samefile(p) for p in not_over):
        raise OSError("it is the file that is read")
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
