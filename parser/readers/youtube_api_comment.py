"""One comment of YouTube's Data API as a record."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from parser.model import Diagnostic, Record
from parser.readers import columns
from parser.readers.columns import Ids
from parser.readers.troubles import Tally, told_of_comments
from parser.readers.youtube_api_items import UNNAMED, ChannelId, Entry, Snippet
from parser.text.clean import clean, clean_line
from parser.text.counts import parse_count
from parser.text.html_text import html_to_text

_MARK = "\ufeff"
"""Left behind many older comments by the site."""
_HTML = re.compile(r"<br|</[a-z]|&(?:amp|lt|gt|quot|#x?[0-9a-f]+);", re.IGNORECASE)
"""What the site's HTML has wherever it is more than words."""
_LONGEST_DATE = 40
_MOST_FLOAT = 2.0**53


class Comments:
    """Makes records, numbered from 1 as they come; counts those in which something is odd."""

    def __init__(self) -> None:
        self.count = 0
        self._first: str | None = None
        """The last thread's first comment."""
        self._ids = Ids()
        self._odd = Tally()
        self._broken = Tally()

    @property
    def is_whole(self) -> bool:
        """Whether no comment's characters were broken."""
        return not self._broken.count

    def record(self, entry: Entry) -> Record:
        """A comment; what is of a wrong kind in it has been left out already."""
        self.count += 1
        if entry.odd:
            self._odd.add(self.count)
        if entry.broken:
            self._broken.add(self.count)
        one = entry.snippet
        author, name = columns.people(
            columns.lines([one.author_display_name]), [one.author_channel_url]
        )
        written = said(one)
        published = _moment(one.published_at)
        is_same = one.updated_at == one.published_at
        updated = published if is_same else _moment(one.updated_at)
        author_id = _author_id(one.author_channel_id)
        channel = _line(one.channel_id) or _line(entry.channel)
        own = self._ids.of([entry.name], iter([(one.author_display_name, written)]))[0]
        parent = self._first if entry.thread == UNNAMED else _parent(entry)
        self._first = own if parent is None else self._first
        return Record(
            id=own,
            parent=parent,
            text=clean(written),
            author=author[0],
            author_name=name[0],
            author_id=author_id,
            is_uploader=author_id == channel if author_id and channel else None,
            edited=updated != published if updated and published else None,
            likes=_likes(one.like_count),
            published=_written(published),
            record=self.count,
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd."""
        yield from told_of_comments(self._broken, self._odd)


def said(one: Snippet) -> str:
    """What a comment says, as it was typed where that is there.

    ``textDisplay`` is HTML unless the file was asked for with ``textFormat=plainText``, which
    it does not say; but in the site's HTML a line break is a tag.
    """
    text, display = one.text_original, one.text_display
    if not text and display:
        is_plain = "\n" in display and "<br" not in display
        text = html_to_text(display) if not is_plain and _HTML.search(display) else display
    return (text or "").rstrip(_MARK)


def _parent(entry: Entry) -> str | None:
    """The thread that a reply stands in or names; else the one that its id begins with."""
    name = _line(entry.snippet.parent_id) or _line(entry.thread)
    if name is None and entry.name and "." in entry.name:
        return _line(entry.name.partition(".")[0])
    return name


def _author_id(channel: ChannelId | str | None) -> str | None:
    return _line(channel.value if isinstance(channel, ChannelId) else channel)


def _likes(count: float | str | None) -> int | None:
    if isinstance(count, str):
        return parse_count(count)
    return int(count) if count is not None and 0 <= count < _MOST_FLOAT else None


def _moment(text: str | None) -> datetime | None:
    """A date as the API writes it; ``None`` for what is none."""
    if text is None or len(text) > _LONGEST_DATE:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _line(text: str | None) -> str | None:
    return clean_line(text) or None if text else None
