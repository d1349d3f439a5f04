"""What yt-dlp's ``.info.json`` says of the video itself."""

from collections.abc import Callable
from typing import ClassVar, cast

import msgspec

from parser.model import StatedChapter, Video
from parser.readers.json_lenient import decode_leniently
from parser.readers.json_slices import JsonSlices
from parser.readers.video_fields import day, is_no_id, page_address, web_address, whole
from parser.readers.ytdlp_comment import looks_like_comment
from parser.text.clean import clean, clean_line
from parser.text.videos import YOUTUBE, parse_address

_OWN = frozenset(
    {"extractor", "extractor_key", "webpage_url", "webpage_url_basename", "upload_date",
     "formats", "_version", "requested_formats", "automatic_captions"}
)  # fmt: skip
"""Members that no other program's file has beside an ``id``."""


class VideoFacts:
    """Gathers the members of the top level. ``odd`` names those that are of a wrong kind.

    Each is read as it comes, so that :meth:`video` costs little however often it is asked.
    """

    def __init__(self) -> None:
        self.changed = False
        self.odd: set[str] = set()
        self._texts: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._id: str | None = None
        self._published: str | None = None
        self._chapters: tuple[StatedChapter, ...] = ()

    def wants(self, key: str) -> bool:
        """Whether a member says something of the video."""
        return key in self._takers

    def take(self, key: str, value: bytes) -> None:
        """One member, as it stands in the file."""
        self.changed = True
        found = decode_leniently(value.decode("utf-8", "replace"))
        if found is not None and not self._takers[key](self, key, found):
            self.odd.add(key)

    def video(self) -> Video:
        """The video as far as it is known by now."""
        self.changed = False
        texts, numbers = self._texts, self._numbers
        url = web_address(texts.get("webpage_url") or texts.get("original_url"))
        site, name = self._site(url), self._id
        if is_no_id(site, name):
            self.odd.add("id")
            name = None
        return Video(
            site=site,
            id=name,
            url=page_address(site, name, url),
            title=texts.get("title") or texts.get("fulltitle"),
            channel=texts.get("channel") or texts.get("uploader"),
            duration=numbers.get("duration"),
            published=self._published,
            comments_claimed=numbers.get("comment_count"),
            description=texts.get("description"),
            chapters=self._chapters,
        )

    def _site(self, url: str | None) -> str | None:
        """The site: the extractor's name, which ends in what of the site it reads.

        YouTube's read videos under YouTube's ids; those of other sites may read something else
        (``twitch:clips``), and then they are named in full.
        """
        name = (self._texts.get("extractor") or self._texts.get("extractor_key") or "").lower()
        if name.startswith(("youtube:", "twitch:vod")):
            return name.partition(":")[0]
        if name in ("", "generic"):
            return YOUTUBE if url and parse_address(url) else None
        return name

    # What takes a member's value: false when it is of a wrong kind

    def _take_line(self, key: str, value: object) -> bool:
        return self._take_text(key, clean_line(value) if isinstance(value, str) else value)

    def _take_text(self, key: str, value: object) -> bool:
        if not isinstance(value, str):
            return False
        if text := clean(value):
            self._texts[key] = text
        return True

    def _take_number(self, key: str, value: object) -> bool:
        number = whole(value)
        if number is not None:
            self._numbers[key] = number
        return number is not None

    def _take_id(self, key: str, value: object) -> bool:
        del key
        if isinstance(value, bool) or not isinstance(value, str | int):
            return False
        self._id = clean_line(str(value)) or None
        return True

    def _take_day(self, key: str, value: object) -> bool:
        del key
        published = day(value) if isinstance(value, str) and "-" not in value else None
        self._published = published or self._published
        return published is not None

    def _take_chapters(self, key: str, value: object) -> bool:
        del key
        if not isinstance(value, list):
            return False
        made = [_chapter(one) for one in cast("list[object]", value)]
        self._chapters = tuple(sorted((one for one in made if one), key=lambda one: one.start))
        return None not in made

    def _take_comments(self, key: str, value: object) -> bool:
        """What stands in the place of the list."""
        del key, value
        return False

    _takers: ClassVar[dict[str, "Callable[[VideoFacts, str, object], bool]"]] = {
        "id": _take_id,
        **dict.fromkeys(("title", "fulltitle", "channel", "uploader"), _take_line),
        **dict.fromkeys(("extractor", "extractor_key"), _take_line),
        **dict.fromkeys(("webpage_url", "original_url"), _take_line),
        "description": _take_text,
        **dict.fromkeys(("duration", "comment_count"), _take_number),
        "upload_date": _take_day,
        "chapters": _take_chapters,
        "comments": _take_comments,
    }


def _chapter(value: object) -> StatedChapter | None:
    if not isinstance(value, dict):
        return None
    found = cast("dict[str, object]", value)
    start, end, title = (found.get(key) for key in ("start_time", "end_time", "title"))
    begin = whole(start)
    if begin is None:
        return None
    name = clean_line(title) if isinstance(title, str) else ""
    until = whole(end)
    is_behind = until is not None and until > begin
    return StatedChapter(begin, name or "(no title)", until if is_behind else None)


def looks_like_ytdlp(head: str) -> bool:
    """Whether the beginning of a file is that of an info.json, or of its list of comments."""
    keys: set[str] = set()

    def hear(key: str) -> bool:
        keys.add(key)
        return False

    walk = JsonSlices(
        iter((head.encode("utf-8", "replace"),)),
        "comments",
        decode=_as_they_stand,
        decode_one=lambda data, _place: data,
        looks_right=looks_like_comment,
        wanted=hear,
        member=lambda _key, _value: None,
    )
    first: list[bytes] = []
    for elements in walk.pieces():
        first += elements
        if "schema" in keys:
            return False
        if first or ("id" in keys and keys & _OWN):
            break
    if "id" in keys and keys & _OWN:
        return True
    return any(map(looks_like_comment, first[:3] or [walk.rest] if walk.found_array else []))


def _as_they_stand(data: bytes) -> list[bytes]:
    return list(map(bytes, msgspec.json.decode(data, type=list[msgspec.Raw])))
