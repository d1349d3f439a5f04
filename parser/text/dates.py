"""Reads a calendar date as pages show it, in any language of the sites."""

import re
from datetime import date

from parser.text.age_data import key, tables

_LONGEST = 60
"""Characters beyond which a text is no date."""
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_SHORTEST_NAME = 3
"""Letters a month's name may be cut down to ("сен" for "сентября")."""


def parse_date(text: str) -> str | None:
    """The day as YYYY-MM-DD; ``None`` when the text is no date or could be two.

    Reads ``2024-09-12``, ``12.09.2024``, ``2024年9月12日`` and days with a month's name in
    any order. ``9/12/2024`` is one day in America and another one elsewhere: no date.
    """
    if len(text) > _LONGEST:
        return None
    parts = _PARTS.findall(text)
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 4]
    named = {month for part in parts if (month := _month(part))}
    if len(numbers) == 2 and len(named) == 1:
        day, year = sorted(numbers)
        return _day(year, named.pop(), day)
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        return _day(*numbers)
    day, month, year = numbers
    if "/" in text and day != month:
        if day <= 12 and month <= 12:
            return None
        day, month = max(day, month), min(day, month)
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year > 1000 else None
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The number of the month that a word names or begins, when there is just one."""
    name = key(word)
    names = tables().months
    exact = names.get(name)
    if exact is None and len(name) >= _SHORTEST_NAME:
        exact = sorted({month for full in names if full.startswith(name) for month in names[full]})
    return exact[0] if exact and len(exact) == 1 else None
