"""A chapter's title, freed of what belongs to the list: dashes, brackets, bullets, numbers.

Only what stands at the edge towards the time, or at the line's beginning, is the list's; a
title's own signs ("C++", "What?", "(live)", "-5 degrees", "1984") stay.
"""

import re
from itertools import pairwise

_UNSEEN = "\u200b-\u200f\u2060\ufeff"
_BLANK = rf"[\s{_UNSEEN}]"
_AFTER_TIME = re.compile(
    rf"{_BLANK}*[)\]}}】）」]*"
    rf"(?:{_BLANK}|[-‐-―−]+(?!\d)|[-‐-―−]+{_BLANK}|[:：|¦•·∙●►▶»=\u2190-\u21ff\u2794\u2798-\u27af\u27b1-\u27be]+|>+|\.{{2,}}|…"
    rf"|[.,;/\\~*]+(?={_BLANK}))*"
)
_GLUED_DASH = re.compile(r"[-‐-―−]+")
_TRAILING = re.compile(rf"(?:{_BLANK}+[-‐-―−|¦•·:>→=/]+|[,;|]+)$")
_BEFORE_TITLE = re.compile(
    rf"(?:{_BLANK}|[•◦‣▪●○►▶→⇒»✅✔☑]\ufe0f?|>+|[-‐-―−*·]+(?={_BLANK}|[^\W\d]))*"
)
_EDGE_TO_TIME = frozenset(" \t\xa0\u200b\u2060\ufeff-‐‑‒–—―−:：|¦•·∙●►▶→⇒»>=@~([{【（「_")
_NUMBER = re.compile(
    r"(?:[#№(\[]?(\d{1,3})(?:[.):\]]|\.\))|#(\d{1,3})|(\d{1,3})(?=\s+[-–—]\s))"
    r"(?:\s*[-–—:.]?\s*(?=\S)(?!\d)|\s+(?=\d))"
)
_BLANKS = " \t\n\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
"""White space of all kinds, and what is no wider than nothing."""
_LONGEST_TRAIL = 80
_EMPHASIS = "*_~"
_ENOUGH = 2 / 3


def title_after(text: str, start: int, end: int) -> str:
    """The title in what follows a time on its line."""
    glued = _GLUED_DASH.match(text, start, end)
    lead = _AFTER_TIME.match(text, glued.end() if glued else start, end)
    return _on_its_own(_trimmed_end(text, lead.end() if lead else start, end))


def title_before(text: str, start: int, end: int) -> str:
    """The title in what stands before a time that ends its line."""
    lead = _BEFORE_TITLE.match(text, start, end)
    begin = lead.end() if lead else start
    while end > begin and (text[end - 1] in _EDGE_TO_TIME or _is_leader(text, begin, end)):
        end -= 1
    return _on_its_own(text[begin:end])


def without_numbers(titles: list[str]) -> list[str]:
    """The titles without the numbers that count them, when they do count through the list."""
    found = [_NUMBER.match(title) for title in titles]
    numbers = [_number(match) for match in found if match]
    counting = all(after == before + 1 for before, after in pairwise(numbers))
    if len(numbers) < 2 or len(numbers) < _ENOUGH * len(titles) or not counting:
        return titles
    return [
        title[match.end() :] if match else title for title, match in zip(titles, found, strict=True)
    ]


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2] or match[3])


def _trimmed_end(text: str, start: int, end: int) -> str:
    """What of a line's rest is the title's: no signs that end it, however many there are."""
    while True:
        while end > start and text[end - 1].isspace():
            end -= 1
        match = _TRAILING.search(text, max(start, end - _LONGEST_TRAIL), end)
        if match is None:
            return text[start:end]
        end = match.start()


def _is_leader(text: str, begin: int, end: int) -> bool:
    """Whether a title ends in dots that lead the eye to the time."""
    return text[end - 1] == "." and end - 2 >= begin and text[end - 2] in ". "


def _on_its_own(title: str) -> str:
    """The title on one line, without blanks and emphasis around it."""
    return _without_emphasis(title.replace("\t", " ").strip(_BLANKS))


def _without_emphasis(title: str) -> str:
    """The title without a pair of signs around the whole of it (``*Title*``)."""
    mark = title[:1]
    if mark and mark in _EMPHASIS and title[-1] == mark and len(title.strip(mark)) > 0:
        return title.strip(mark).strip(_BLANKS)
    return title
