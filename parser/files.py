"""The files of one discussion, read one after the other as if they were one.

Usually it is one file. Several belong together when someone saved a discussion in pages, or
on different days: then a comment that an earlier file holds too is taken from that one, and
what is said of the video adds up.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec.structs import asdict, replace

from parser.detect import detect, reader_named
from parser.model import Batch, Diagnostic, ParseError, Record, Slice, Video
from parser.readers import Reader
from parser.source import STANDARD_INPUT, Input, open_input
from parser.text.clean import clean_line

_MOST_STEPS = 8
"""Slices of a file that are looked at to find out which video it is of."""


class Files:
    """Opens what the ``paths`` name; ``stream`` takes the place of standard input.

    ``form`` is the name of the format where it is not to be found out. All files are opened
    before the first is read, so that one that is none is refused at once. ``most`` bytes are
    read of each, after unpacking. Raises :class:`~parser.model.ParseError`.

    ``diagnostics`` and ``complete`` say, once all was read, what the files themselves were
    like, apart from their content.
    """

    def __init__(
        self,
        paths: Sequence[str],
        stream: BinaryIO | None,
        form: str | None,
        most: int | None = None,
    ) -> None:
        if len(paths) > 1 and STANDARD_INPUT in paths:
            raise ParseError("standard input: is one file, and is read alone")
        self._paths, self._form, self._most = paths, form, most
        self._input, reader = _open(paths[0], stream, form, most)
        self._readers = [reader]
        self._found: dict[int, str] = {}
        """What a file turned out to be, by its place, where its reader is not named for that."""
        self._sizes = [self._input.size]
        try:
            self._look_at_others()
        except ParseError:
            self._input.close()
            raise
        self._done = 0
        self._before: set[str] = set()
        """The ids of the comments of earlier files."""
        self._here: set[str] = set()
        self._shared = 0
        self._video = self._latest = Video()
        """What the files before this one say of the video, and with this one."""
        self._told = Video()
        """What this file says itself."""
        self.diagnostics: list[Diagnostic] = []
        self.complete = True

    @property
    def name(self) -> str:
        """The paths, as they may be shown."""
        return ", ".join(map(clean_line, self._paths))

    @property
    def format(self) -> str:
        """The format's name, or several."""
        names = {number: reader.name for number, reader in enumerate(self._readers)}
        return ", ".join(dict.fromkeys((names | self._found).values()))

    @property
    def bytes_read(self) -> int:
        return self._done + self._input.bytes_read if self._done < (self.size or 0) else self._done

    @property
    def size(self) -> int | None:
        """Of all files together, in bytes as stored; ``None`` for a pipe."""
        known = [size for size in self._sizes if size is not None]
        return sum(known) if len(known) == len(self._sizes) else None

    def close(self) -> None:
        """Gives the file back that is being read."""
        self._input.close()

    def slices(self) -> Iterator[Slice]:
        """The comments of all files."""
        for number in range(len(self._paths)):
            if not number or self._open_next(number):
                yield from self._slices_of(number)
                self._see_end(number)

    def _slices_of(self, number: int) -> Iterator[Slice]:
        pieces = self._readers[number].read(self._input)
        if len(self._paths) == 1:
            yield from pieces
            return
        for piece in pieces:
            yield self._one_of_several(piece, number)

    def _see_end(self, number: int) -> None:
        """Takes what the file itself was like, apart from its content."""
        self.diagnostics += self._named(self._input.diagnostics, number)
        self.complete = self.complete and self._input.complete
        self.close()
        if len(self._paths) == 1:
            return
        self._done += self._sizes[number] or 0
        self._before |= self._here
        self._here = set()
        self.diagnostics += self._named(self._told_of_another(), number)
        self._video, self._told = self._latest, Video()
        if number == len(self._paths) - 1 and self._shared:
            are = "1 comment stands" if self._shared == 1 else f"{self._shared} comments stand"
            message = f"{are} in several of the files, and each is shown once"
            self.diagnostics.append(Diagnostic("warning", message))

    # Several files

    def _look_at_others(self) -> None:
        for path in self._paths[1:]:
            source, reader = _open(path, None, self._form, self._most)
            source.close()
            self._readers.append(reader)
            self._sizes.append(source.size)

    def _open_next(self, number: int) -> bool:
        """Opens the next file again; ``False``, and said, where that cannot be done any more."""
        try:
            path = self._paths[number]
            self._input, self._readers[number] = _open(path, None, self._form, self._most)
        except ParseError as error:
            self.diagnostics.append(Diagnostic("error", str(error)))
            self.complete = False
            return False
        return True

    def _one_of_several(self, piece: Slice, number: int) -> Slice:
        if piece.video is not None:
            self._told = piece.video
            self._latest = _completed(self._video, piece.video)
        return replace(
            piece,
            records=self._new(piece.records),
            format=self._format_with(piece.format, number),
            video=self._latest,
            diagnostics=tuple(self._named(piece.diagnostics, number)),
        )

    def _format_with(self, found: str | None, number: int) -> str | None:
        """The formats of all files, where one turned out to be ``found``."""
        if found is None:
            return None
        self._found[number] = found
        return self.format

    def _named(self, diagnostics: Sequence[Diagnostic], number: int) -> list[Diagnostic]:
        """The same, saying in which of several files."""
        if len(self._paths) == 1:
            return list(diagnostics)
        name = clean_line(self._paths[number])
        return [replace(one, message=f"{name}: {one.message}") for one in diagnostics]

    def _told_of_another(self) -> list[Diagnostic]:
        """That the file is of another video, where it says so too late to be refused."""
        before, here = self._video.address, self._told.address
        if before is None or here in (None, before):
            return []
        message = "is of another video than the files before it; its comments stand behind theirs"
        return [Diagnostic("warning", message)]

    def _new(self, records: "list[Record] | Batch") -> Batch:
        """What no earlier file holds."""
        batch = records if isinstance(records, Batch) else Batch.of(records)
        kept = [place for place, name in enumerate(batch.ids) if name not in self._before]
        self._here.update(batch.ids)
        self._shared += len(batch) - len(kept)
        return batch if len(kept) == len(batch) else batch.chosen(kept)


def are_of_one_video(videos: Sequence[Video]) -> bool:
    """Whether what files say of their videos can be said of one.

    Where all name their video's address that decides; else no two may differ in their titles.
    A file that says nothing of its video may belong to any.
    """
    addresses = {video.address for video in videos} - {None}
    if len(addresses) > 1:
        return False
    if addresses and all(video.address for video in videos):
        return True
    return len({video.title.casefold() for video in videos if video.title}) <= 1


def video_of(path: str, form: str | None = None) -> Video:
    """What the beginning of a file says of its video.

    Raises :class:`~parser.model.ParseError` when it is no discussion.
    """
    source, reader = _open(path, None, form)
    video = Video()
    try:
        for _, piece in zip(range(_MOST_STEPS), reader.read(source), strict=False):
            video = piece.video or video
            if video.address:
                break
    finally:
        source.close()
    return video


def _open(
    path: str, stream: BinaryIO | None, form: str | None, most: int | None = None
) -> tuple[Input, Reader]:
    source = open_input(path, stream, most)
    try:
        return source, detect(source) if form is None else reader_named(form)
    except Exception:  # whatever it is goes on; the file must not stay open
        source.close()
        raise


def _completed(video: Video, other: Video) -> Video:
    """What is known of a video, and what else another file says of it."""
    known = {name: value for name, value in asdict(video).items() if value not in (None, ())}
    if video.address:
        known["url"] = video.url
    elif other.address:
        known.pop("url", None)
    return replace(other, **known)
