"""Which video an address names, and the addresses that lead to a video or a moment of it.

YouTube in all the forms that people paste, and the mirrors and front ends that show YouTube's
videos under YouTube's ids. The host must be one of the known ones, letter for letter
(``evilyoutube.com`` is none); a video of any other site is ``None`` here, because neither its
id nor its form of a timestamp link is known.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from parser.text.marks import VideoAddress

YOUTUBE = "youtube"
"""YouTube's key in ``VideoAddress.site``."""

MAX_SECONDS = 10_000_000
"""A longer ``t=`` (116 days) is noise, not a moment."""

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_PLACEHOLDERS = frozenset({"videoseries", "live_stream"})
"""Words of eleven letters that YouTube itself puts where an id would stand."""

_SITE = frozenset(
    {"youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com"}
    | {"kids.youtube.com", "youtube-nocookie.com", "youtube.googleapis.com"}
)
_SHORT = frozenset({"youtu.be", "y2u.be"})
_FRONT_ENDS = frozenset({"piped.video", "yewtu.be", "inv.nadeko.net", "invidious.io", "invidio.us"})
_HOSTS = _SITE | _SHORT | _FRONT_ENDS
_MIRROR = re.compile(r"[a-z]{2,3}clips?\.(?:net|com|org)")
"""The mirror network's sites are a country's letters with ``clips``: ruclips.net is one."""

_FOLDERS = frozenset({"shorts", "live", "embed", "v", "vi", "e", "watch"})
_TIME_KEYS = ("t", "start", "time_continue")
_CLOCK = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a site writes addresses. ``id`` lets nothing into them that is no id of that site."""

    id: re.Pattern[str]
    watch: Callable[[re.Match[str]], str]
    moment: Callable[[re.Match[str], int], str]


def _twitch_clock(seconds: int) -> str:
    return f"{seconds // 3600}h{seconds // 60 % 60}m{seconds % 60}s"


def _bilibili(found: re.Match[str], *query: str) -> str:
    """A video's page; one of several parts has the part's number behind its id."""
    part = [f"p={found[2]}"] if found[2] else []
    mark = "?" if part or query else ""
    return f"https://www.bilibili.com/video/{found[1]}/{mark}{'&'.join([*part, *query])}"


_FORMS: dict[str | None, _Form] = {
    YOUTUBE: _Form(
        _ID,
        lambda found: f"https://www.youtube.com/watch?v={found[0]}",
        lambda found, seconds: f"https://youtu.be/{found[0]}?t={seconds}",
    ),
    "vimeo": _Form(
        re.compile(r"[0-9]{1,12}"),
        lambda found: f"https://vimeo.com/{found[0]}",
        lambda found, seconds: f"https://vimeo.com/{found[0]}#t={seconds}s",
    ),
    "dailymotion": _Form(
        re.compile(r"[A-Za-z0-9]{1,16}"),
        lambda found: f"https://www.dailymotion.com/video/{found[0]}",
        lambda found, seconds: f"https://www.dailymotion.com/video/{found[0]}?start={seconds}",
    ),
    "bilibili": _Form(
        re.compile(r"(BV[A-Za-z0-9]{10})(?:_p([1-9][0-9]{0,3}))?"),
        _bilibili,
        lambda found, seconds: _bilibili(found, f"t={seconds}"),
    ),
    "twitch": _Form(
        re.compile(r"v([0-9]{1,12})"),
        lambda found: f"https://www.twitch.tv/videos/{found[1]}",
        lambda found, seconds: (
            f"https://www.twitch.tv/videos/{found[1]}?t={_twitch_clock(seconds)}"
        ),
    ),
}
"""By site. Ids are as yt-dlp gives them: a ``v`` stands before those of Twitch's videos, and
an id without it is a clip's, which has no moments to lead to."""


def parse_video(text: str) -> VideoAddress | None:
    """The video that a person names: a bare YouTube id, or any form of its address."""
    text = text.strip()
    if _is_id(text):
        return VideoAddress(YOUTUBE, text)
    return parse_address(text)


def parse_address(url: str) -> VideoAddress | None:
    """The video that an address names, with or without its scheme; ``None`` for any other."""
    parts = _split(url)
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if host not in _HOSTS and not _MIRROR.fullmatch(host):
        return None
    query = dict(reversed(parse_qsl(parts.query.replace("&amp;", "&"), max_num_fields=None)))
    found = _id_at(host, [step for step in parts.path.split("/") if step], query)
    if found is None or not _is_id(found):
        return None
    return VideoAddress(YOUTUBE, found, _seconds(query, parts.fragment))


def watch_url(address: VideoAddress) -> str | None:
    """The address of a video's own page; ``None`` where the site's form is not known."""
    form, found = _form(address)
    return form.watch(found) if form and found else None


def timestamp_url(address: VideoAddress, seconds: int) -> str | None:
    """The address that opens a video at a moment; ``None`` where the site's form is not known."""
    form, found = _form(address)
    return form.moment(found, seconds) if form and found else None


def is_mirror(host: str) -> bool:
    """Whether a host shows YouTube's videos on pages of its own."""
    host = host.lower().removeprefix("www.")
    return host in _FRONT_ENDS or _MIRROR.fullmatch(host) is not None


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address; ``None`` for other schemes and for what is no address."""
    if url.split() != [url]:
        return None
    if "://" not in url:
        url = "https://" + url.removeprefix("//")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    return parts


def _id_at(host: str, path: list[str], query: dict[str, str]) -> str | None:
    """What stands where the host's form of an address has the id."""
    if host in _SHORT:
        return path[0] if path else None
    if host in _SITE or host in _FRONT_ENDS:
        if len(path) >= 2 and path[0] in _FOLDERS:
            return path[1]
        return query.get("v") if path in ([], ["watch"]) else None
    if _MIRROR.fullmatch(host) and len(path) in (2, 3) and path[0] == "video":
        return path[1]
    return None


def _form(address: VideoAddress) -> tuple[_Form | None, re.Match[str] | None]:
    form = _FORMS.get(address.site)
    if form is None or address.id in _PLACEHOLDERS:
        return None, None
    return form, form.id.fullmatch(address.id)


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None and text not in _PLACEHOLDERS


def _seconds(query: dict[str, str], fragment: str) -> int | None:
    """The second that ``t=90``, ``t=90s``, ``t=1h2m3s`` (or a sister) asks for."""
    marks = dict(parse_qsl(fragment))
    for value in _values(query, marks):
        match = _CLOCK.fullmatch(value)
        if match and value:
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            total = hours * 3600 + minutes * 60 + seconds
            return total if total < MAX_SECONDS else None
    return None


def _values(*sources: dict[str, str]) -> Iterable[str]:
    return (source[key] for source in sources for key in _TIME_KEYS if key in source)
