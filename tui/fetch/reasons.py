"""From what yt-dlp says to one clear line for people.

yt-dlp's lines are ``ERROR: [site] id: what went wrong``, often with advice for its own users
behind it (yt_dlp/utils, ``ExtractorError``; yt_dlp/extractor/common.py, ``raise_login_required``
and ``report_warning``).
"""

import re

from parser.text.clean import clean_line

LATER = "a newer yt-dlp may help: pip install -U yt-dlp"
MISSING = (
    "fetching needs yt-dlp; get it with: pip install 'commentree[fetch]' (or: pip install yt-dlp)"
)
_LONGEST = 400
_LEVEL = re.compile(r"(?:ERROR|WARNING): ?")
_WHERE = re.compile(r"\[[^\[\]]{1,80}\] (?:[^\s:]{1,100}: )?")
_TAILS = (
    "; please report this issue on",
    " (caused by ",
    " Use --cookies",
    "  See  http",
    " See  ",
)
_NETWORK = re.compile(
    r"TransportError|ProxyError|SSLError|urlopen error|Failed to resolve|Name or service not known"
    r"|Temporary failure in name|getaddrinfo failed|Network is unreachable|Connection refused"
    r"|timed out|Failed to establish a new connection"
)
_CRASH = re.compile(r"An extractor error has occurred\.(?: \(caused by (.{1,200}?)\))?[;.]")
_NO_FORMATS = ("No video formats found", "Requested format is not available")


def reason(line: str) -> str:
    """What one line of yt-dlp's says, without its own people's advice."""
    whole = clean_line(line[: 10 * _LONGEST])
    if found := _CRASH.search(whole):
        return f"yt-dlp could not read what is there ({found[1] or 'it does not say why'}); {LATER}"
    text = _WHERE.sub("", _LEVEL.sub("", whole, count=1), count=1)
    for tail in _TAILS:
        text = text.partition(tail)[0]
    text = text.strip(" ;")[:_LONGEST]
    if _NETWORK.search(whole):
        return f"cannot be reached; is there a network? ({text})"
    if text.startswith("Unsupported URL"):
        return "yt-dlp knows no video there"
    if "--cookies" in whole:
        return f"{text} To log in, put yt-dlp's own options behind --, as --cookies-from-browser"
    return f"{text}; {LATER}" if "please report this issue" in whole else text


def why_empty(warnings: list[str]) -> str | None:
    """Why a fetch that ended well brought no comments, as far as the warnings tell."""
    for line in warnings:
        if " said: " in line:
            return reason(line.partition(" said: ")[2])
    for before, line in zip(["", *warnings], warnings, strict=False):
        if any(words in line for words in _NO_FORMATS):
            # A video that cannot be seen: the warning before says what is the matter with it.
            return reason(before or line)
    return None
