"""From a path to a discussion that grows while its file is being read."""

from collections.abc import Generator, Iterator
from typing import BinaryIO, Final

from msgspec.structs import replace

from parser.ahead import Ahead
from parser.collector import no_collector
from parser.files import Files
from parser.model import Diagnostic, Discussion, Progress, Slice, Source, Video
from parser.packed import HOW_TO_READ_MORE
from parser.text.marks import VideoAddress
from parser.text.videos import watch_url
from parser.threads import Builder

_END: Final = Slice([])
MOST_COMMENTS = 5_000_000
"""Comments that are read: tens of millions of empty ones, short in a file, fill the memory."""
LEAST_BYTES: Final = 100
"""What a comment takes in a file at least, where the reader asks for more bytes than usual."""


class Loading:
    """A discussion's files being read: ``discussion`` grows with each of the :meth:`steps`."""

    def __init__(self, files: Files, video: VideoAddress | None, most: int | None = None) -> None:
        self._files = files
        self._most = max(MOST_COMMENTS, (most or 0) // LEAST_BYTES)
        self.discussion = Discussion(Source(files.name, files.format))
        self._address = video
        self._take_video(Video())
        self._builder = Builder(self.discussion)
        self._complete = True
        self._ended = False
        self._ahead: Ahead[Slice] | None = None

    def read_ahead(self) -> None:
        """Lets a thread read, for what may be slow to come; to be called before the `steps`.

        A step without anything new is made then instead of waiting: see `is_waiting`.
        """
        self._ahead = Ahead(self._files.slices(), self._files.close)

    @property
    def is_waiting(self) -> bool:
        """Whether the next step would bring nothing."""
        return self._ahead is not None and self._ahead.is_waiting

    @property
    def has_ended(self) -> bool:
        """Whether all comments are there."""
        return self._ended

    def steps(self) -> Generator[Progress, None, None]:
        """Reads a slice a step, the first one small. Can be left at any time: see `stop`."""
        pieces: Iterator[Slice | None] = iter(self._ahead or self._files.slices())
        while True:
            with no_collector():
                piece = next(pieces, _END)
                if piece is _END:
                    break
                if piece is not None:
                    self._take(piece)
            yield self._progress()
            if self._builder.count > self._most:
                self._cut_off()
                break
        for _ in self._builder.finishing():
            yield self._progress()
        self._end(complete=self._complete and self._files.complete)
        yield self._progress()

    def stop(self) -> None:
        """Ends the reading where it is, unless it has ended: what came stays."""
        for _ in self.stopping():
            pass

    def stopping(self) -> Generator[None, None, None]:
        """:meth:`stop` in small steps, for who left the `steps`: what came is sorted in first."""
        if self._ended:
            return
        yield from self._builder.finishing()
        message = "Stopped by the reader before the file's end; what had come by then is here"
        self.discussion.diagnostics.append(Diagnostic("warning", message))
        self._end(complete=False)

    def _take(self, piece: Slice) -> None:
        discussion = self.discussion
        if piece.video is not None:
            self._take_video(piece.video)
        if piece.page_date is not None:
            discussion.source = replace(discussion.source, page_date=piece.page_date)
        if piece.format is not None:
            discussion.source = replace(discussion.source, format=piece.format)
        discussion.diagnostics += piece.diagnostics
        self._complete = self._complete and piece.complete
        self._builder.add(piece.records)

    def _cut_off(self) -> None:
        """Reads no more comments: there are too many."""
        self._complete = False
        message = f"Comments after the first {self._builder.count:,} were not read"
        self.discussion.diagnostics.append(Diagnostic("error", f"{message}; {HOW_TO_READ_MORE}"))

    def _take_video(self, video: Video) -> None:
        """What the file says of the video; the address the reader gave goes before its own."""
        address = self._address
        if address is not None:
            video = replace(video, site=address.site, id=address.id, url=watch_url(address))
        self.discussion.video = video

    def _progress(self) -> Progress:
        return Progress(self._files.bytes_read, self._files.size, len(self.discussion))

    def _end(self, *, complete: bool) -> None:
        self._ended = True
        self.discussion.diagnostics += self._files.diagnostics
        self.discussion.source = replace(self.discussion.source, complete=complete)
        if self._ahead is None:
            self._files.close()
        else:
            self._ahead.stop()


def open_discussion(
    *paths: str,
    video: VideoAddress | None = None,
    stream: BinaryIO | None = None,
    form: str | None = None,
    most: int | None = None,
) -> Loading:
    """Opens what a path names (``-``: standard input, or ``stream``), ready to be read.

    Several paths are files of one discussion: see :mod:`parser.files`. ``video`` is the
    address that the reader of the discussion gave for it, ``form`` the name of the format
    where it is not to be found out, ``most`` how many bytes of each file are read, after
    unpacking: 2 GiB where it is not given, and far less of what may be a trap. Raises
    :class:`~parser.model.ParseError` when something cannot be opened or is no discussion.
    """
    return Loading(Files(paths, stream, form, most), video, most)


def load(
    *paths: str,
    video: VideoAddress | None = None,
    stream: BinaryIO | None = None,
    form: str | None = None,
    most: int | None = None,
) -> Discussion:
    """The whole discussion that a path names; see :func:`open_discussion`."""
    loading = open_discussion(*paths, video=video, stream=stream, form=form, most=most)
    for _ in loading.steps():
        pass
    return loading.discussion
