"""Reads yt-dlp's ``.info.json`` with comments (``--write-comments``), of any size.

The fields are those of yt-dlp's README ("comments", under the info dictionary). ``timestamp``
is worked out from the age for YouTube, so where the age itself is there, the age counts and no
date is given.
"""

from collections.abc import Iterator, Sequence

from parser.model import Batch, Diagnostic, Slice, Video
from parser.readers import columns
from parser.readers.json_elements import Elements
from parser.readers.json_reading import JsonReading, told_of_video
from parser.readers.json_slices import JsonSlices
from parser.readers.written_ages import dates
from parser.readers.ytdlp_comment import MARKS, ROOT, Fields, Raw, looks_like_comment
from parser.readers.ytdlp_video import VideoFacts, looks_like_ytdlp
from parser.source import Input


class YtDlp:
    """The reader of this format."""

    name = "yt-dlp"
    describe = "yt-dlp's .info.json"

    def recognises(self, head: str) -> bool:
        """Whether the first members, or the first comment, are named as yt-dlp names them."""
        return looks_like_ytdlp(head)

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in batches, each with what is known of the video by then."""
        return _Reading(source).slices()


class _Reading(JsonReading[Raw]):
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._facts = VideoFacts()
        super().__init__(source, Elements(Raw, MARKS))

    def _walk(self, source: Input) -> JsonSlices[Raw]:
        return JsonSlices(
            source.byte_blocks(),
            "comments",
            decode=self._elements.decode_all,
            decode_one=self._elements.decode_one,
            looks_right=looks_like_comment,
            wanted=self._facts.wants,
            member=self._facts.take,
        )

    def _video(self, *, is_last: bool) -> Video | None:
        return self._facts.video() if is_last or self._facts.changed else None

    def _told_behind(self) -> Iterator[Diagnostic]:
        yield from told_of_video(self._facts.odd)
        if self._is_empty():
            message = "The file holds no comments; fetch them with yt-dlp --write-comments"
            yield Diagnostic("warning", message)

    def _batch(self, elements: Sequence[Raw]) -> Batch:
        fields = Fields.of(elements)
        handles, names = columns.people(columns.lines(fields.author), fields.author_url)
        written = fields.new_time_text
        if None in written or "" in written:
            written = [new or old for new, old in zip(written, fields.time_text, strict=True)]
        ages, days, edited = zip(*map(self._ages.__getitem__, written), strict=True)
        ids = self._ids.of(fields.id, ((one.author, one.text or one.html) for one in elements))
        return Batch(
            ids=ids,
            parents=columns.parents(fields.parent, ROOT),
            rows=columns.as_rows(
                ids,
                handles,
                names,
                columns.names(fields.author_id),
                ages,
                dates(ages, fields.timestamp),
                columns.texts(fields.text, fields.html),
            ),
            flags=columns.pack(fields.flags, edited),
            likes=columns.likes(fields.like_count),
            age_days=list(days),
            first_record=self._json.first,
        )
