"""The bytes of a file, unpacked where it is packed, within limits.

A broken archive gives what stands before the break; one made to fill the memory is left
where it stops looking like a discussion. ``trouble`` says what ended the reading early.
"""

import contextlib
import gzip
import importlib
import select
import zlib
from typing import BinaryIO, Protocol, cast

from parser.model import ParseError

MOST_BYTES = 2 * 1024**3
"""The limit for what is read of one file, after unpacking, unless the reader names another."""
PACKED_RATIO = 40
"""Bytes out of a packed one beyond which an archive is taken for a trap ..."""
PACKED_FREE = 64 * 1024**2
"""... once it has given more than this. Real discussions shrink 5 to 30 times."""

HOW_TO_READ_MORE = "--max-size SIZE reads more of it"

_MAGIC = 4
"""Bytes by which packed files are known."""
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_MODULES = ("compression.zstd", "backports.zstd")
"""Python's own from 3.14 on, and the package that brings it to older ones."""
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


def size_in_words(count: int) -> str:
    """A number of bytes as ``2 GiB``, in the largest unit that leaves it whole."""
    power = 0
    while power + 1 < len(UNITS) and count and count % 1024 == 0:
        count //= 1024
        power += 1
    return f"{count:,} {UNITS[power]}"


class _Readable(Protocol):
    def read1(self, size: int = ..., /) -> bytes: ...


class _Stored:
    """The bytes as they are stored, counted; the first few can be looked at beforehand."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.first = b""
        with contextlib.suppress(OSError):  # the next read meets it again, and is heard
            while len(self.first) < _MAGIC and (some := self._next(_MAGIC - len(self.first))):
                self.first += some  # a pipe gives what it has
        self._ahead = self.first
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        taken = self._ahead[:size] if size >= 0 else self._ahead
        self._ahead = self._ahead[len(taken) :]
        if not taken:
            taken = self._next(size)
        self.count += len(taken)
        return taken

    read1 = read

    def _next(self, size: int) -> bytes:
        """The same of the file; waits also where who opened a pipe set it not to wait."""
        while (taken := cast("bytes | None", self._file.read(size))) is None:
            select.select([self._file], [], [])
        return taken


class Bytes:
    """Reads a file's bytes, unpacking gzip and zstd, which are known by their first bytes.

    ``most`` bytes of it are read, as the reader asked for; with ``None`` that is ``MOST_BYTES``,
    and less of a packed file that unpacks to far more than a discussion would.
    """

    def __init__(self, name: str, file: BinaryIO, most: int | None = None) -> None:
        self._most = MOST_BYTES if most is None else most
        self._is_chosen = most is not None
        self.trouble: str | None = None
        self.ended = False
        self._count = 0
        self._stored = _Stored(file)
        self._errors: tuple[type[Exception], ...] = (OSError, EOFError)
        self._packed = True
        if self._stored.first.startswith(_GZIP):
            self._errors = (OSError, EOFError, zlib.error)
            self._stream = cast("_Readable", gzip.GzipFile(fileobj=cast("BinaryIO", self._stored)))
        elif self._stored.first == _ZSTD:
            self._stream = self._zstd(name)
        else:
            self._packed = False
            self._stream: _Readable = self._stored

    @property
    def stored_count(self) -> int:
        """How many bytes have been taken from the file as it is stored."""
        return self._stored.count

    def read(self, size: int) -> bytes:
        """The next bytes: fewer than ``size`` only at the end, or where trouble ends it."""
        parts: list[bytes] = []
        while size > 0 and not self.ended:
            parts.append(self._read_some(size))
            size -= len(parts[-1])
        return b"".join(parts)

    def read_ready(self, size: int) -> bytes:
        """The same, but of a pipe no more than what it has; packed ones are read like files."""
        return self.read(size) if self._packed else self._read_some(size)

    def _read_some(self, size: int) -> bytes:
        """What one read gives: nothing at the end."""
        try:
            part = self._stream.read1(size)
        except self._errors as error:
            self._end(f"it cannot be read further ({_reason(error)})")
            return b""
        self.ended = not part
        self._count += len(part)
        self._keep_limits()
        return part

    def _keep_limits(self) -> None:
        if self._count >= self._most:
            self._end(f"it is larger than {size_in_words(self._most)}; {HOW_TO_READ_MORE}")
        elif self._is_chosen or not self._packed:
            return
        elif self._count > max(PACKED_FREE, PACKED_RATIO * self._stored.count):
            self._end(f"it unpacks to far more than a discussion would; {HOW_TO_READ_MORE}")

    def _end(self, trouble: str) -> None:
        self.ended = True
        self.trouble = trouble

    def _zstd(self, name: str) -> _Readable:
        for module_name in _ZSTD_MODULES:
            with contextlib.suppress(ImportError):
                module = importlib.import_module(module_name)
                self._errors = (OSError, EOFError, module.ZstdError)
                return cast("_Readable", module.ZstdFile(self._stored))
        raise ParseError(
            f"{name}: is packed with zstd; unpack it first, or: pip install backports.zstd"
        )


def _reason(error: Exception) -> str:
    """What went wrong, in a few words."""
    if isinstance(error, EOFError):
        return "the archive ends too early"
    if isinstance(error, gzip.BadGzipFile | zlib.error) or not isinstance(error, OSError):
        return "the archive is damaged"
    return error.strerror or "an error of the disk or the network"
