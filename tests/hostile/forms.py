"""Every format with a hostile text in every field that it has: one line a field, one a format.

A discussion is first written with a token where strangers' words stand, between two marks of
the field (``Q7au<`` … in letters that no format escapes). Then the token gives way to the
hostile text, escaped as the format does. So the judge can ask whether a field was truly
shown: its marks are there or they are not.
"""

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from parser import load, write_json, write_jsonl
from tests.hostile.texts import Text
from tests.parser import forms
from tests.parser.forms import OWNER, TITLE, VIDEO, Said

TOKEN = "Xq9X"
"""Where the hostile text goes."""
SHORT = 4_000
"""Characters of a huge text in fields that do not hold all of it."""

FIELDS = {
    "author": "au",
    "title": "ti",
    "age": "ag",
    "text": "tx",
    "mention": "me",
    "chapter title": "ct",
    "stated chapter": "sc",
    "reference": "rf",
    "link": "lk",
    "anchor": "an",
    "id": "id",
    "channel": "ch",
    "description": "de",
}
"""The letters of each field's marks."""
WHOLE = ("au", "ti", "tx", "ct", "rf")
"""Fields in which a huge text stands whole, once each."""


def begin(field: str) -> str:
    """The mark at the beginning of a field."""
    return f"Q7{FIELDS[field]}a"


def end(field: str) -> str:
    return f"Q7{FIELDS[field]}z"


def _marked(field: str, between: str = "") -> str:
    return f"{begin(field)}{between}{TOKEN}{between}{end(field)}"


_ANCHOR = "Q7anchorQ7"
"""Where the formats that hold HTML get a link with a hostile address."""


def _said() -> tuple[Said, ...]:
    """A discussion with each field in a comment of its own, so that each is seen."""
    author, first = "@" + _marked("author"), "The bell at 1:12 sounds a fifth below"
    hour, date = "1 hour ago", "2025-05-17T04:00:00Z"
    contents = (
        f"0:00 {_marked('chapter title', ' ')} [1]\n1:10 Wax [2]\n4:05 Bronze\n\n"
        f"[1] {_marked('reference', ' ')}, p. 12\n[2] Tides, see [1]"
    )
    answer = f"{author} {_marked('mention', ' ')} no, at 4:05"
    link = f"see https://q7.example/{_marked('link')} and"
    return (
        Said("UgwA", author, first, 1250, "2 years ago", 730, date),
        Said("UgwA.1", "@gull", answer, 3, hour, 0, date),
        Said("UgwB", "@tern", contents, 87, hour, 0, date, pinned=True),
        Said("UgwC", "@plover", _marked("text", " ") + "\nagain " + TOKEN, 4, hour, 0, date),
        Said("UgwD", "@dunlin", link, 2, hour, 0, date, uploader=True),
        Said("UgwG", "@sanderling", f"An anchor {_ANCHOR}", 2, hour, 0, date),
        Said("UgwE", "@knot", "An age", 2, f"2 years ago {_marked('age')}", 730, date),
        Said(_marked("id"), "@ruff", "An id [1] at 2:22", 1, hour, 0, date),
        Said(_marked("id") + ".1", "@stint", "Its answer", 1, hour, 0, date),
    )  # fmt: skip


_FILLER = (
    Said(
        "UgwZ", "@curlew", "Tide bells, колокола прилива. " * 1500, 1, "1 hour ago", 0, "2025-05-17"
    ),
)
_DESCRIPTION = (
    f"{_marked('description', ' ')}\n0:00 {_marked('stated chapter')}\n1:10 Wax\n4:05 End"
)
_CHAPTERS = ((0, _marked("stated chapter", " ")), (70, "Wax"), (245, "Bronze"))


# What the formats say beyond the comments


def _yt_dlp(said: Sequence[Said]) -> str:
    facts = json.loads(forms.yt_dlp(said))
    comments = facts.pop("comments")
    chapters = [{"start_time": at, "end_time": at + 60, "title": title} for at, title in _CHAPTERS]
    facts |= {
        "channel": _marked("channel"),
        "uploader": _marked("channel"),
        "uploader_id": "@" + _marked("channel"),
        "description": _DESCRIPTION,
        "webpage_url": f"https://www.youtube.com/watch?v={VIDEO}",
        "chapters": chapters,
    }
    return json.dumps({**facts, "comments": comments})


def _innertube(said: Sequence[Said]) -> str:
    """The player's answer, the page's, then those with the comments."""
    watch = {"watchEndpoint": {"videoId": VIDEO}}
    items = [
        {
            "macroMarkersListItemRenderer": {
                "title": {"simpleText": title},
                "timeDescription": {"simpleText": f"{at // 60}:{at % 60:02}"},
                "onTap": watch,
            }
        }
        for at, title in _CHAPTERS
    ]
    panel = "engagement-panel-macro-markers-description-chapters"
    player = {
        "responseContext": {},
        "playabilityStatus": {"status": "OK"},
        "videoDetails": {
            "videoId": VIDEO,
            "title": TITLE,
            "lengthSeconds": "600",
            "channelId": OWNER,
            "shortDescription": _DESCRIPTION,
            "author": _marked("channel"),
        },
    }
    page = {
        "responseContext": {},
        "contents": {"twoColumnWatchNextResults": {"results": {"results": {"contents": [
            {"videoPrimaryInfoRenderer": {"title": {"runs": [{"text": TITLE}]}}}]}}}},
        "currentVideoEndpoint": watch,
        "engagementPanels": [{"engagementPanelSectionListRenderer": {
            "panelIdentifier": panel, "targetId": panel,
            "content": {"macroMarkersListRenderer": {"contents": items}}}}],
    }  # fmt: skip
    return "\n".join((json.dumps(player), json.dumps(page), forms.innertube(said)))


def _read_back(said: Sequence[Said], *, lines: bool) -> str:
    """Our own export, of what yt-dlp says."""
    out = BytesIO()
    found = load("-", stream=BytesIO(_yt_dlp(said).encode()))
    (write_jsonl if lines else write_json)(found, out)
    return out.getvalue().decode()


def _own_json(said: Sequence[Said]) -> str:
    return _read_back(said, lines=False)


def _own_lines(said: Sequence[Said]) -> str:
    return _read_back(said, lines=True)


def _mhtml(said: Sequence[Said]) -> str:
    """The saved page as browsers pack it with its pictures."""
    return (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="Tide"\r\n\r\n'
        "--Tide\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://www.youtube.com/watch?v={VIDEO}\r\n\r\n"
        f"{forms.saved_html(said)}\r\n--Tide--\r\n"
    )


# How the formats escape


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _json_ascii(text: str) -> str:
    """Lone surrogates come out as a ``\\ud800`` of their own."""
    return json.dumps(text)[1:-1]


def _numbers(text: str) -> str:
    """Each character as HTML's number for it."""
    return "".join(f"&#x{ord(char):x};" for char in text)


def _json_numbers(text: str) -> str:
    return _json(_numbers(text[:SHORT]))


def _html_numbers(text: str) -> str:
    return _numbers(text[:SHORT])


def _as_it_is(text: str) -> str:
    """Not at all: tags in it are tags, and line breaks end lines."""
    return text


@dataclass(frozen=True)
class Form:
    """A format: who writes it, how it escapes, and what it cannot carry.

    ``raw``: controls stand in it as they are, and a file with too large a share of them counts
    as none of text; so a harmless comment goes with them. ``loose``: characters that change
    the file around themselves, so that fields may be lost. ``path``: fields that are part of an
    address's path, which may be cut at what ends one.
    """

    write: Callable[[Sequence[Said]], str]
    escape: Callable[[str], str]
    holds_html: bool = False
    loose: str = ""
    raw: bool = False
    path: tuple[str, ...] = ()
    ending: str = ".json"


FORMS = {
    "yt-dlp": Form(_yt_dlp, _json),
    "yt-dlp, escaped": Form(_yt_dlp, _json_ascii),
    "ycd": Form(forms.ycd_lines, _json),
    "ycd, pretty": Form(forms.ycd_pretty, _json_ascii),
    "invidious": Form(forms.invidious, _json),
    "piped": Form(forms.piped, _json, holds_html=True, loose="<&", path=("channel",)),
    "piped, numbers": Form(forms.piped, _json_numbers, holds_html=True),
    "youtube-api": Form(forms.youtube_api, _json_ascii),
    "youtube-api, html": Form(forms.youtube_api_html, _json, holds_html=True, loose="<&"),
    "youtube-api, numbers": Form(forms.youtube_api_html, _json_numbers, holds_html=True),
    "innertube": Form(_innertube, _json),
    "innertube, older": Form(forms.innertube_older, _json_ascii),
    "saved-html": Form(forms.saved_html, html.escape, holds_html=True, raw=True, ending=".html"),
    "saved-html, numbers": Form(forms.saved_html, _html_numbers, holds_html=True, ending=".html"),
    "saved-html, tags": Form(
        forms.saved_html, _as_it_is, holds_html=True, loose="<&'\"", raw=True, ending=".html"
    ),
    "saved-html, mhtml": Form(_mhtml, html.escape, holds_html=True, raw=True, ending=".html"),
    "page-text": Form(forms.page_text, _as_it_is, loose="\n\r\u2022", raw=True, ending=".txt"),
    "commentree, json": Form(_own_json, _json),
    "commentree, lines": Form(_own_lines, _json, ending=".jsonl"),
}

_SURROGATE = re.compile("[\ud800-\udfff]")


def written(form: Form, text: Text) -> bytes:
    """A file of that format with the text in all its fields."""
    plain = form.write((*_said(), *(_FILLER if form.raw else ())))
    anchor = f"<a href='{TOKEN}'>{_marked('anchor')}</a>" if form.holds_html else ""
    plain = plain.replace(html.escape(_ANCHOR), anchor)
    plain = plain.replace(TITLE, _marked("title")).replace(OWNER, _marked("channel"))
    whole = text.text
    return _filled(plain, form.escape, whole, huge=text.huge).encode("utf-8", "surrogatepass")


def _filled(plain: str, escape: Callable[[str], str], text: str, *, huge: bool) -> str:
    """The tokens replaced; a huge text is whole in the first place of some fields only."""
    if not huge:
        return plain.replace(TOKEN, escape(text))
    pieces = plain.split(TOKEN)
    whole, short = escape(text), escape(text[:SHORT])
    left = set(WHOLE)
    filled = [pieces[0]]
    for before, after in pairwise(pieces):
        code = before.rstrip()[-3:-1]
        filled += [whole if code in left else short, after]
        left.discard(code)
    return "".join(filled)
