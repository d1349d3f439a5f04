"""Reads a relative age ("5 лет назад", "2 years ago (edited)") in any language of the sites."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from parser.text.age_data import key, tables

_LONGEST = 200
"""Characters beyond which a text is no age."""
_MOST_UNITS = 10_000
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_ONE_WORDS = (
    "a an one ein eine einen einem einer un una uno une um uma een één en ett et én o jeden jedna "
    "jednu jednego один одну одна одного bir egy yksi ένα έναν μία"
)
_ONES = frozenset(_ONE_WORDS.split())
"""Words that say one, before an age's unit."""
_SPOKEN = {
    365: "# साल पहले|# ปีที่ผ่านมา|πριν από # χρόνια|πριν από # χρόνο|# år sedan|# éve|# বছর আগে|"
    "# سال قبل|# aasta tagasi|# aastat tagasi|# il əvvəl|# taon na ang nakalipas",
    30: "# महीना पहले|# महीने पहले|# hónapja|# ماه قبل|# kuu tagasi|# kuud tagasi|# ay əvvəl|"
    "# buwan na ang nakalipas",
    7: "# हफ़्ता पहले|# हफ़्ते पहले|# हफ्ता पहले|# हफ्ते पहले|# hete|# هفته قبل|# nädal tagasi|"
    "# nädalat tagasi|# həftə əvvəl|# linggo na ang nakalipas",
    1: "# روز قبل|# päev tagasi|# päeva tagasi|# gün əvvəl|# araw na ang nakalipas",
    0: "# órája|# perce|# másodperce|# ঘণ্টা আগে|# ساعت قبل|# دقیقه قبل|# ثانیه قبل|"
    "# tund tagasi|# tundi tagasi|# minut tagasi|# minutit tagasi|# sekund tagasi|"
    "# sekundit tagasi|# saat əvvəl|# dəqiqə əvvəl|# saniyə əvvəl|# oras na ang nakalipas|"
    "# minuto na ang nakalipas|# segundo na ang nakalipas",
}
"""Ages that sites write otherwise than CLDR, by the days of one unit."""
_YESTERDAYS = "yesterday вчера вчора gestern ayer hier ieri ontem wczoraj dün 昨日 昨天 어제 أمس"
"""Words for the day before today; CLDR has not all of them."""
_BRACKETS = {")": "(", "\uff09": "\uff08", "]": "["}


@dataclass(frozen=True, slots=True)
class Age:
    """``days``: a year as 365, a month as 30, below a day 0; ``None`` when it is no age."""

    days: int | None
    edited: bool


def split_edited(text: str) -> tuple[str, bool]:
    """An age without the mark behind it that says "edited", and whether there was one.

    The mark is known by its brackets, in every language: ages have none of their own.
    """
    stripped = text.rstrip()
    opening = _BRACKETS.get(stripped[-1:])
    start = stripped.rfind(opening) if opening else -1
    if start <= 0:
        return text, False
    return stripped[:start].rstrip(), True


def parse_age(text: str) -> Age:
    """What an age says. An age without a number ("Год назад") has one of its unit."""
    age, edited = split_edited(text.strip())
    return Age(_days(age), edited) if len(age) <= _LONGEST else Age(None, edited)


@lru_cache(maxsize=4096)
def _days(age: str) -> int | None:
    known = tables()
    found = _NUMBER.search(age)
    if found is None:
        plain = key(age)
        days = known.counted_ages.get(plain, _wordless_ages().get(plain))
        return _worded(age) if days is None else days
    if len(found[0]) > 6 or int(found[0]) > _MOST_UNITS:
        return None
    unit = _unit(f"{age[: found.start()]}#{age[found.end() :]}")
    return None if unit is None else int(found[0]) * unit


def _worded(age: str) -> int | None:
    """The days of an age whose one is a word: "a year ago", "vor einem Jahr"."""
    for word in _WORD.finditer(age):
        if word[0].casefold() in _ONES:
            days = _unit(f"{age[: word.start()]}#{age[word.end() :]}")
            if days is not None:
                return days
    return None


def _unit(pattern: str) -> int | None:
    """The days of one unit in an age with ``#`` for its number."""
    known = key(pattern)
    return tables().ages.get(known, _spoken().get(known))


@cache
def _spoken() -> dict[str, int]:
    return {
        key(pattern): days for days, patterns in _SPOKEN.items() for pattern in patterns.split("|")
    }


@cache
def _wordless_ages() -> dict[str, int]:
    """Ages that leave out the one (``#годназад`` → ``годназад``), and the day before today."""
    ages = {text.replace("#", ""): days for text, days in tables().ages.items()}
    return ages | {key(word): 1 for word in _YESTERDAYS.split()}
