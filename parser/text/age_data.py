"""What the languages of video sites call ages, big numbers and months.

The table ``age_data.json`` is made by ``tests/tools/make_age_data.py`` from the Unicode
CLDR. Its keys are in the form that :func:`key` gives, so that spacing, dots and case, which
pages and CLDR versions write differently, do not matter.
"""

import unicodedata
from functools import cache
from pathlib import Path

import msgspec

_IGNORED = dict.fromkeys(map(ord, ".\u2019'\u061c\u200b\u200e\u200f\u2066\u2067\u2068\u2069"))


class Tables(msgspec.Struct):
    """The tables, each from a :func:`key`.

    ``ages``: an age with ``#`` for its number → days of one unit (0 below a day).
    ``counted_ages``: an age that has its number in the word ("yesterday", a dual) → days.
    ``multipliers``: a number word, as :func:`word_key` gives it → what it multiplies with;
    where languages disagree, ``,`` or ``.`` before it is the decimal sign of those that mean
    this.
    ``months``: a month's name or short form → the numbers (1 to 12) that languages give it.
    """

    source: str
    ages: dict[str, int]
    counted_ages: dict[str, int]
    multipliers: dict[str, int]
    months: dict[str, list[int]]


def key(text: str) -> str:
    """The form in which the tables hold a text: no spaces, dots or marks, in small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_IGNORED)
    return "".join(folded.split())


def word_key(word: str) -> str:
    """The form of a number word: like :func:`key`, but a dot at its end stays.

    The dot tells the Serbian million (``mil.``) from the Spanish thousand (``mil``).
    """
    return key(word) + ("." if word.rstrip().endswith(".") else "")


@cache
def tables() -> Tables:
    """The tables, read when they are first asked for."""
    data = Path(__file__).with_name("age_data.json").read_bytes()
    return msgspec.json.decode(data, type=Tables)
