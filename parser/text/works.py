"""Whether a time belongs to another work: it follows that work's link, with hardly a word between.

"Between" is a stretch of the same line, or from the line before, that holds nothing but signs
and words such as "from" and "at". A time that begins a line of its own right under a link, with
more behind it, speaks for itself: it is a remark on this video.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from parser.text.marks import Link, Timestamp

_REACH = 64
_WORD = re.compile(r"[^\W_]+")

_BETWEEN = (
    "from at around about approx starting starts start begin begins beginning see watch check "
    "timestamp time timecode minute minutes min mark on in the ab bei von vom um zeit "
    "zeitstempel minuto minutos desde en de del a partir dal da dalle al dès à vers depuis la "
    "le partire od w minuta minuty около примерно с со на в от начиная начало минута минуты "
    "минуте минуту время смотреть смотри таймкод з із від о хвилина vanaf op från vid kohta "
    "から より 从 從 在 開始 开始 부터 من عند الدقيقة מ ב"
)
_CONNECTIVES = frozenset(_BETWEEN.split())
_AND_WORDS = "and und y e et i и та to bis до hasta à と 和 또는 or"
_IN_A_ROW = _CONNECTIVES | frozenset(_AND_WORDS.split())
_DOCUMENT = re.compile(r"\.(?:pdf|jpe?g|png|gif|webp|svg|txt|docx?|epub|djvu|csv|zip)$", re.I)


def follows_work(text: str, time: Timestamp, links: Sequence[Link], anchor: int) -> str | None:
    """The host of the work whose link a time follows; ``None`` when it follows none.

    ``links`` lead to other works, in order. ``anchor`` is where the last time ended that was
    found to belong to one, or -1: "from 3:45 and 5:10" are both of it.
    """
    place = bisect_right(links, time.start, key=lambda link: link.end) - 1
    if place < 0 or _DOCUMENT.search(links[place].url):
        return None
    link = links[place]
    if anchor > link.end:
        between = text[anchor : min(time.start, anchor + _REACH + 1)]
        follows = "\n" not in between and _only_words(between, _IN_A_ROW)
    else:
        follows = _close_behind(text, link.end, time)
    return re.split(r"[/?#]", link.url.partition("://")[2], maxsplit=1)[0] if follows else None


def _close_behind(text: str, end: int, time: Timestamp) -> bool:
    """Whether a time follows on a link's line or the next with only such words between."""
    if time.start - end > _REACH:
        return False
    between = text[end : time.start]
    breaks = between.count("\n")
    if breaks > 1 or not _only_words(between, _CONNECTIVES):
        return False
    if breaks == 0 or _WORD.search(between):
        return True
    rest = text[time.end : time.end + _REACH].partition("\n")[0]
    return _WORD.search(rest) is None


def _only_words(between: str, words: frozenset[str]) -> bool:
    return len(between) <= _REACH and all(word.lower() in words for word in _WORD.findall(between))
