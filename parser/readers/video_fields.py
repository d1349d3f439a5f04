"""What files say of a video: values checked, ids that are none left out."""

import contextlib
import re
from datetime import date
from urllib.parse import urlsplit

from parser.text.marks import VideoAddress
from parser.text.videos import YOUTUBE, watch_url

_LONGEST_NUMBER = 2**53


def web_address(url: str | None) -> str | None:
    """An address that can be opened; ``None`` for anything else, and for one with a password."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if has_host else None


def whole(value: object) -> int | None:
    """A number from 0 as a whole one; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < _LONGEST_NUMBER else None


def day(value: object) -> str | None:
    """A day written ``YYYY-MM-DD`` or ``YYYYMMDD``, as the former; ``None`` for anything else."""
    if not isinstance(value, str):
        return None
    found = re.fullmatch(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})", value)
    if found is None:
        return None
    with contextlib.suppress(ValueError):
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    return None


def is_no_id(site: str | None, name: str | None) -> bool:
    """Whether what stands for YouTube's id cannot be one; of other sites' ids nothing is known."""
    return bool(name) and site == YOUTUBE and watch_url(VideoAddress(YOUTUBE, name or "")) is None


def page_address(site: str | None, name: str | None, url: str | None) -> str | None:
    """The video's page: made of its id where the site's form is known, else what the file has."""
    if site and name:
        return watch_url(VideoAddress(site, name)) or url
    return url
