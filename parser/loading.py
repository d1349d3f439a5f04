"""From a path to a discussion that grows while its file is being read."""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from msgspec.structs import replace

from parser.ahead import Ahead
from parser.detect import detect
from parser.model import Diagnostic, Discussion, Progress, Slice, Source, Video
from parser.source import open_input
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from parser.text.videos import watch_url
from parser.threads import Builder

_END: Final = Slice([])


class Loading:
    """A file being read: ``discussion`` grows with each of the :meth:`steps`."""

    def __init__(self, path: str, video: VideoAddress | None, stream: BinaryIO | None) -> None:
        self._input = open_input(path, stream)
        try:
            self._reader = detect(self._input)
        except Exception:
            self._input.close()
            raise
        self.discussion = Discussion(Source(clean_line(path), self._reader.name))
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
        self._ahead = Ahead(self._reader.read(self._input), self._input.close)

    @property
    def is_waiting(self) -> bool:
        """Whether the next step would bring nothing."""
        return self._ahead is not None and self._ahead.is_waiting

    @property
    def has_ended(self) -> bool:
        """Whether all comments are there; steps that are left only tidy up."""
        return self._ended

    def steps(self) -> Generator[Progress, None, None]:
        """Reads a slice a step, the first one small. Can be left at any time: see `stop`."""
        pieces: Iterator[Slice | None] = iter(self._ahead or self._reader.read(self._input))
        while True:
            with _no_collector():
                piece = next(pieces, _END)
                if piece is _END:
                    break
                if piece is not None:
                    self._take(piece)
            yield self._progress()
        for _ in self._builder.finishing():
            yield self._progress()
        self._end(complete=self._complete and self._input.complete)
        yield self._progress()
        for _ in self._builder.release():
            yield self._progress()

    def stop(self) -> None:
        """Ends the reading where it is, unless it has ended: what came stays."""
        if self._ended:
            return
        self._builder.finish()
        message = "Stopped by the reader before the file's end; what had come by then is here"
        self.discussion.diagnostics.append(Diagnostic("warning", message))
        self._end(complete=False)

    def _take(self, piece: Slice) -> None:
        discussion = self.discussion
        if piece.video is not None:
            self._take_video(piece.video)
        if piece.page_date is not None:
            discussion.source = replace(discussion.source, page_date=piece.page_date)
        discussion.diagnostics += piece.diagnostics
        self._complete = self._complete and piece.complete
        self._builder.add(piece.records)

    def _take_video(self, video: Video) -> None:
        """What the file says of the video; the address the reader gave goes before its own."""
        address = self._address
        if address is not None:
            video = replace(video, site=address.site, id=address.id, url=watch_url(address))
        self.discussion.video = video

    def _progress(self) -> Progress:
        return Progress(self._input.bytes_read, self._input.size, len(self.discussion))

    def _end(self, *, complete: bool) -> None:
        self._ended = True
        self.discussion.diagnostics += self._input.diagnostics
        self.discussion.source = replace(self.discussion.source, complete=complete)
        if self._ahead is None:
            self._input.close()
        else:
            self._ahead.stop()


def open_discussion(
    path: str, *, video: VideoAddress | None = None, stream: BinaryIO | None = None
) -> Loading:
    """Opens what a path names (``-``: standard input, or ``stream``), ready to be read.

    ``video`` is the address that the reader of the discussion gave for it. Raises
    :class:`~parser.model.ParseError` when it cannot be opened or is no discussion.
    """
    return Loading(path, video, stream)


def load(
    path: str, *, video: VideoAddress | None = None, stream: BinaryIO | None = None
) -> Discussion:
    """The whole discussion that a path names; see :func:`open_discussion`."""
    loading = open_discussion(path, video=video, stream=stream)
    for _ in loading.steps():
        if loading.has_ended:
            break
    return loading.discussion


@contextmanager
def _no_collector() -> Generator[None]:
    """Keeps the garbage collector off: it makes decoding two to three times slower."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
