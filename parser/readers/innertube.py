"""Reads YouTube's own answers (``youtubei/v1/next``) as a browser's tools save them.

One or many in a file: one behind the other, a line each, or in an array, with the answers to
"show replies" among them; of today (view models and entities) and of before 2024 (renderers).
The first answer of a page, and what its player is told, give the video's own facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parser.model import Diagnostic, Record, Slice
from parser.readers.innertube_data import (
    Document,
    Kept,
    document_of,
    documents_of,
    is_of_site,
    looks_like_answer,
)
from parser.readers.json_documents import JsonDocuments
from parser.readers.json_openings import OPENING, ByOpening
from parser.readers.json_shape import first_object
from parser.readers.troubles import is_damaged, quoted, told_of_damage
from parser.source import Input

_SLICE = 100
"""Comments that are handed over at a time."""
_MOST_MISSES = 3
"""Looking for what is not there costs as much as all that was read ahead."""


class Innertube:
    """The reader of this format."""

    name = "innertube"
    describe = "YouTube's own answers (youtubei/v1/next, one by one, no HAR), and watch pages"

    def recognises(self, head: str) -> bool:
        """Whether the first answer has the members that answers about a video have."""
        return looks_like_answer(first_object(head))

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments, an answer after the other."""
        return _Reading(source).slices()


class _Documents(ByOpening[Document], JsonDocuments[Document]):
    """The answers of a file. The next one behind a damaged one begins a line.

    What begins within a line, or behind white space, stands within an answer that was laid out
    for people.
    """

    _next = b"\n{"
    _misses = 0
    """Answers behind which none was found that begins as they do."""

    def _document(self) -> bytes:
        """The answer up to where the next one begins as it does, or as far as its brackets do."""
        found = OPENING.match(self._data, self._at) if self._misses < _MOST_MISSES else None
        if found is None:
            return super()._document()
        place = self._data.find(found[0], self._at + 1)
        if place < 0:
            if self._may_read_on():
                self._fill()
                return b""
            self._misses += 1
            return super()._document()
        data = self._stripped(self._data[self._at : place])
        document = document_of(data)
        if document is None or document.answer is None:
            return super()._document()
        self._at = place
        return data

    def _behind_damage(self) -> int:
        found = self._data.find(self._next, self._at + 1)
        return len(self._data) if found < 0 else found


class _Reading:
    """One file being read."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._kept = Kept()
        self._place = 0
        self._cut_at = 0
        """The place of the last answer that was cut, from 1."""
        self._json = _Documents(
            source.byte_blocks(),
            decode=documents_of,
            decode_one=lambda data, _place: document_of(data),
            looks_right=is_of_site,
        )

    def slices(self) -> Iterator[Slice]:
        for documents in self._json.pieces():
            records: list[Record] = []
            for record in self._records(documents):
                records.append(record)
                if len(records) == _SLICE:
                    yield self._slice(records)
                    records = []
            yield self._slice(records)
        if self._json.damage.cut and (rest := document_of(self._json.rest)):
            yield self._slice(list(self._records([rest])))
        yield self._last()

    def _records(self, documents: Sequence[Document]) -> Iterator[Record]:
        for document in documents:
            self._place += 1
            if document.is_cut:
                self._cut_at = self._place
            yield from self._kept.records(document, self._place)

    def _slice(self, records: list[Record]) -> Slice:
        facts = self._kept.answers.facts
        return Slice(
            records,
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=facts.video() if facts.changed else None,
        )

    def _last(self) -> Slice:
        damage = self._json.damage
        damage.cut = damage.cut or 0 < self._cut_at == self._place
        return Slice(
            [],
            bytes_read=self._source.bytes_read,
            bytes_total=self._source.size,
            video=self._kept.answers.facts.video(),
            diagnostics=tuple(self._diagnostics()),
            complete=self._kept.is_whole and not is_damaged(damage),
        )

    def _diagnostics(self) -> Iterator[Diagnostic]:
        damage, kept = self._json.damage, self._kept
        count = kept.answers.comments.count
        yield from told_of_damage(replace(damage, unreadable=0), count + 1)
        if damage.unreadable:
            message = "Something stands in the file that is no answer of the site; it was left out"
            yield Diagnostic("error", message)
        damaged = kept.damaged.count - (damage.cut and self._cut_at == self._place)
        if damaged:
            are = "1 answer is" if damaged == 1 else f"{damaged} answers are"
            message = f"{are} damaged; the comments that are whole in what is left are here"
            yield Diagnostic("error", message)
        yield from kept.diagnostics()
        if not (count or damage.cut or damage.broken):
            yield Diagnostic("warning", _told_of_none(kept.answers.facts.message))


def _told_of_none(message: str | None) -> str:
    if message:
        return f"There are no comments; the site says: {quoted(message)}"
    return "The file holds no comments; the page asks for them in answers of their own"
