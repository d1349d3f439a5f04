"""Counts as YouTube's own answers show them, beside labels for those who cannot see them."""

import re

from parser.text.counts import parse_count

_NUMBER = re.compile(r"\d(?:[.,'\u2019\u066b\u066c\u00a0\u202f ]?\d)*+")
_LONGEST = 200
"""Characters of a label in which a count is looked for."""
_INVISIBLE = "\u200e\u200f\u061c\u200b"
_MOST_WORDS = 3
"""Words that a count may have, of which the last one multiplies."""


def likes_of(shown: str | None, label: str | None) -> int | None:
    """Likes as they are shown ("1.9K"; blank for none), exact where a label says them so."""
    if shown is None:
        return None if label is None else count_in(label)
    shown = shown.strip().strip(_INVISIBLE)
    if not shown:
        return 0
    count = parse_count(shown)
    found = _NUMBER.search(label[:_LONGEST]) if label else None
    exact = parse_count(found[0]) if found else None
    if count is None:
        return exact if label is None else count_in(label)
    # A shown count is rounded down, to two figures at least.
    return exact if exact is not None and count <= exact <= count + count // 10 else count


def count_in(label: str) -> int | None:
    """The count that a label begins with ("1.2K likes"), or holds."""
    words = label[:_LONGEST].strip(_INVISIBLE).split()
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        count = parse_count(" ".join(words[:length]))
        if count is not None:
            return count
    found = _NUMBER.search(label[:_LONGEST])
    return parse_count(found[0]) if found else None
