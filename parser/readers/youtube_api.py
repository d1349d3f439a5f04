"""Reads answers of YouTube's Data API (version 3): ``commentThreads.list``, ``comments.list``.

One page or many, one behind the other or in an array; or the threads or comments alone, as
programs gather them from the pages. A text is given as it was typed where it is there, else as
HTML. Dates are exact and there are no ages; who the uploader is, the channels' ids tell.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from parser.model import Diagnostic, Record, Slice, Video
from parser.readers.json_documents import JsonDocuments
from parser.readers.json_nested import Nested, Part
from parser.readers.json_openings import ByOpening
from parser.readers.json_shape import Members, first_object, object_in, text_of
from parser.readers.json_slices import JsonSlices
from parser.readers.troubles import is_damaged, quoted, told_of_damage
from parser.readers.video_fields import is_no_id, page_address
from parser.readers.youtube_api_comment import Comments
from parser.readers.youtube_api_items import (
    Entry,
    Thread,
    decode_all,
    decode_one,
    from_parts,
    is_item,
    looks_like_item,
)
from parser.readers.youtube_api_pages import JsonPages
from parser.source import Input
from parser.text.html_text import html_to_text
from parser.text.videos import YOUTUBE

_LISTS = ("youtube#commentThreadListResponse", "youtube#commentListResponse")
_RESOURCES = ("youtube#commentThread", "youtube#comment")
_ERRORS = b'"youtube.comment'
"""How the API names what answers with an error, beside errors of others."""
_MOST_IDS = 100
_SLICE = 100
"""Comments that are handed over at a time."""


class _Refusal(Part):
    message: str | None = None


_REFUSAL = Nested(_Refusal)


class YouTubeApi:
    """The reader of this format."""

    name = "youtube-api"
    describe = "answers of YouTube's Data API (commentThreads.list, comments.list)"

    def recognises(self, head: str) -> bool:
        """Whether the first object is a page or a resource that holds comments."""
        found = first_object(head)
        return _is_page(found) or text_of(found.get("kind")) in _RESOURCES or is_item(found)

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments in slices, threads with the replies that came with them."""
        return _Reading(source).slices()


def _is_page(found: Members) -> bool:
    if text_of(found.get("kind")) in _LISTS or _ERRORS in found.get("error", b""):
        return True
    return is_item(object_in(found.get("items", b"")))


class _Resources(ByOpening[Thread], JsonDocuments[Thread]):
    """Threads or comments without the pages that they came in."""


class _Reading:
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._comments = Comments()
        self._ids: dict[str, None] = {}
        self._ids_told = 0
        self._odd_id = False
        self._refusal: str | None = None
        self._replies_claimed = 0
        self._replies = 0
        self._lost = 0
        self._strange = 0
        self._is_cut = False
        """The last thread ended in the middle."""
        self._lost_at: int | None = None
        self._json = self._walk(source)

    def _walk(self, source: Input) -> JsonSlices[Thread]:
        if not _is_page(first_object(source.head)):
            return _Resources(
                source.byte_blocks(),
                decode=decode_all,
                decode_one=decode_one,
                looks_right=looks_like_item,
            )
        return JsonPages(
            source.byte_blocks(),
            "items",
            decode=decode_all,
            decode_one=decode_one,
            looks_right=looks_like_item,
            wanted=lambda key: key == "error",
            member=self._take_refusal,
        )

    def slices(self) -> Iterator[Slice]:
        for threads in self._json.pieces():
            self._note_lost(self._json.damage.unreadable)
            records = chain.from_iterable(map(self._records, threads))
            while some := list(islice(records, _SLICE)):
                yield self._slice(some)
            yield self._slice([])
        self._note_lost(self._json.damage.unreadable)
        if self._json.damage.cut and self._json.inside:
            rest = from_parts(self._json.rest)
            yield self._slice(list(self._records(rest)) if rest.entries else [])
        self._json.damage.cut = self._json.damage.cut or self._is_cut
        yield Slice(
            [],
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._video(),
            diagnostics=tuple(self._diagnostics()),
            complete=self._is_complete(),
        )

    def _slice(self, records: list[Record]) -> Slice:
        is_new = len(self._ids) > self._ids_told
        return Slice(
            records,
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._video() if is_new else None,
        )

    def _records(self, thread: Thread) -> Iterator[Record]:
        self._replies_claimed += thread.replies_claimed
        # Where nothing stands behind a thread that is cut, it is the file that is.
        lost = self._is_cut + (0 if thread.is_cut else thread.lost)
        self._is_cut = thread.is_cut
        self._lost += lost
        self._note_lost(lost)
        self._strange += not (thread.lost or thread.is_cut or thread.entries)
        for entry in thread.entries:
            self._take_id(entry)
            record = self._comments.record(entry)
            self._replies += record.parent is not None
            yield record

    def _note_lost(self, lost: int) -> None:
        """Keeps the place of the first comment that cannot be read: the one behind those so far."""
        if lost and self._lost_at is None:
            self._lost_at = self._comments.count + 1

    # The video

    def _take_id(self, entry: Entry) -> None:
        name = entry.snippet.video_id or entry.video
        if not name or name in self._ids or len(self._ids) >= _MOST_IDS:
            return
        if is_no_id(YOUTUBE, name):
            self._odd_id = True
        else:
            self._ids[name] = None

    def _video(self) -> Video:
        """The video that all comments are of; none where they are of several."""
        self._ids_told = len(self._ids)
        name = next(iter(self._ids)) if len(self._ids) == 1 else None
        site = YOUTUBE if name else None
        return Video(site=site, id=name, url=page_address(site, name, None))

    def _take_refusal(self, key: str, value: bytes) -> None:
        """What the API answered in place of comments."""
        del key
        refusal = _REFUSAL.take(value)
        said = quoted(html_to_text(refusal.value.message or "")) if refusal else ""
        self._refusal = self._refusal or said or "an error"

    # What was odd

    def _is_complete(self) -> bool:
        return self._comments.is_whole and not self._lost and not is_damaged(self._json.damage)

    def _diagnostics(self) -> Iterator[Diagnostic]:
        damage, count = self._json.damage, self._comments.count
        lost = self._lost + damage.unreadable
        yield from told_of_damage(
            replace(damage, unreadable=lost, first_unreadable=self._lost_at), count + 1
        )
        yield from self._comments.diagnostics()
        if self._strange:
            are = "1 entry is" if self._strange == 1 else f"{self._strange} entries are"
            yield Diagnostic("warning", f"{are} no comment's, and left out")
        if self._odd_id:
            yield Diagnostic("warning", "What the file says of the video is odd: videoId")
        if len(self._ids) > 1:
            named = f"{len(self._ids)} videos" if len(self._ids) < _MOST_IDS else "many videos"
            message = f"The file holds comments on {named}; which one it is about is left open"
            yield Diagnostic("warning", message)
        if self._refusal:
            yield Diagnostic("warning", f"The API answered: {self._refusal}")
        if self._replies < self._replies_claimed:
            message = f"{self._replies} of {self._replies_claimed} replies are in the file"
            yield Diagnostic("warning", f"{message}; comments.list gives the others")
        if not (count or self._refusal or damage.cut or damage.broken):
            yield Diagnostic("warning", "The file holds no comments")
