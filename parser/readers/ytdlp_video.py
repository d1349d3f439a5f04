"""What yt-dlp's ``.info.json`` says of the video itself."""

from collections.abc import Callable
from typing import cast

import msgspec

from parser.model import StatedChapter, Video
from parser.readers.json_slices import JsonSlices
from parser.text.clean import clean, clean_line
from parser.text.videos import YOUTUBE, parse_address

_OWN = frozenset(
    {"extractor", "extractor_key", "webpage_url", "webpage_url_basename", "upload_date",
     "formats", "_version", "requested_formats", "automatic_captions"}
)  # fmt: skip
"""Members that no other program's file has beside an ``id``."""
_WANTED = frozenset(
    {"id", "title", "fulltitle", "description", "duration", "channel", "uploader", "upload_date",
     "webpage_url", "original_url", "extractor", "extractor_key", "chapters", "comment_count"}
)  # fmt: skip
_LONGEST_NUMBER = 2**53


class VideoFacts:
    """Gathers the members of the top level. ``odd`` names those that are of a wrong kind."""

    def __init__(self) -> None:
        self.changed = False
        self.odd: set[str] = set()
        self._members: dict[str, object] = {}

    def take(self, key: str, value: bytes) -> None:
        """One member, as it stands in the file."""
        if key not in _WANTED:
            return
        try:
            self._members[key] = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            self.odd.add(key)
        self.changed = True

    def video(self) -> Video:
        """The video as far as it is known by now."""
        self.changed = False
        url = self._text("webpage_url", clean_line) or self._text("original_url", clean_line)
        site = self._site(url)
        return Video(
            site=site,
            id=self._id(),
            url=url if url and url.startswith(("http://", "https://")) else None,
            title=self._text("title", clean_line) or self._text("fulltitle", clean_line),
            channel=self._text("channel", clean_line) or self._text("uploader", clean_line),
            duration=self._seconds("duration"),
            published=self._day("upload_date"),
            comments_claimed=self._seconds("comment_count"),
            description=self._text("description", clean),
            chapters=self._chapters(),
        )

    def _site(self, url: str | None) -> str | None:
        extractor = self._text("extractor_key", clean_line) or self._text("extractor", clean_line)
        if extractor:
            return extractor.lower().partition(":")[0]
        return YOUTUBE if url and parse_address(url) else None

    def _id(self) -> str | None:
        value = self._members.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self._text("id", clean_line)

    def _text(self, key: str, cleaned: Callable[[str], str]) -> str | None:
        value = self._members.get(key)
        if value is not None and not isinstance(value, str) and key != "id":
            self.odd.add(key)
        return cleaned(value) or None if isinstance(value, str) else None

    def _seconds(self, key: str) -> int | None:
        value = self._members.get(key)
        number = _whole(value)
        if value is not None and number is None:
            self.odd.add(key)
        return number

    def _day(self, key: str) -> str | None:
        value = self._text(key, clean_line)
        if value is None:
            return None
        if len(value) == 8 and value.isascii() and value.isdecimal():
            return f"{value[:4]}-{value[4:6]}-{value[6:]}"
        self.odd.add(key)
        return None

    def _chapters(self) -> tuple[StatedChapter, ...]:
        value = self._members.get("chapters")
        if value is None:
            return ()
        if not isinstance(value, list):
            self.odd.add("chapters")
            return ()
        made = [_chapter(one) for one in cast("list[object]", value)]
        if None in made:
            self.odd.add("chapters")
        return tuple(sorted((one for one in made if one), key=lambda one: one.start))


def _chapter(value: object) -> StatedChapter | None:
    if not isinstance(value, dict):
        return None
    found = cast("dict[str, object]", value)
    start, end, title = (found.get(key) for key in ("start_time", "end_time", "title"))
    begin = _whole(start)
    if begin is None:
        return None
    name = clean_line(title) if isinstance(title, str) else ""
    return StatedChapter(begin, name or "(no title)", _whole(end))


def _whole(value: object) -> int | None:
    """A number from 0 as a whole one; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < _LONGEST_NUMBER else None


def looks_like_ytdlp(head: str) -> bool:
    """Whether the beginning of a file is that of an info.json, or of its list of comments."""
    keys: set[str] = set()
    first: list[object] = []

    def looked_at(data: bytes) -> list[object]:
        return msgspec.json.decode(data, type=list[object])

    walk = JsonSlices(
        iter((head.encode("utf-8", "replace"),)),
        "comments",
        decode=looked_at,
        decode_one=lambda data: None,  # noqa: ARG005  (only whole comments tell)
        member=lambda key, value: keys.add(key),  # noqa: ARG005
    )
    for elements in walk.pieces():
        first += elements
        if first or ("id" in keys and keys & _OWN):
            break
    if "id" in keys and keys & _OWN:
        return True
    return any(_is_comment(one) for one in first[:3])


def _is_comment(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    found = cast("dict[str, object]", one)
    return "id" in found and "parent" in found and ("text" in found or "html" in found)
