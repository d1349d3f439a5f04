"""Makes ``parser/text/age_data.json`` from the Unicode CLDR, as babel brings it.

    python -m tests.tools.make_age_data

Run it when babel brings a new CLDR; the program itself needs no babel.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from babel import Locale
from babel.core import get_cldr_version

from parser.text.age_data import key, word_key

OUT = Path(__file__).parents[2] / "parser" / "text" / "age_data.json"

# The languages that YouTube's interface can be set to.
_NAMES = """
af am ar as az be bg bn bs ca cs da de el en en_GB en_IN es es_419 es_US et eu fa fi fil
fr fr_CA gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my
nb ne nl no or pa pl pt pt_PT ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi
zh_Hans_CN zh_Hant_HK zh_Hant_TW zu
"""
LANGUAGES = tuple(_NAMES.split())

DAYS = {"year": 365, "quarter": 91, "month": 30, "week": 7, "day": 1}
BELOW_A_DAY = ("hour", "minute", "second")
NUMBER_OF_PLURAL = {"zero": 0, "one": 1, "two": 2}


def _table(locale: str, *path: str) -> Any:
    """A part of a locale's data. babel has no public way to these tables."""
    data: Any = Locale.parse(locale)._data  # pyright: ignore[reportPrivateUsage]
    for step in path:
        data = data.get(step, {})
    return data


def ages() -> tuple[dict[str, int], dict[str, int]]:
    """Ages with ``#`` for the number → days of one; ages without a number → days.

    The long forms win over the short ones, and a short form with two meanings is left out.
    """
    with_number: dict[str, int] = {}
    counted: dict[str, int] = {}
    for width in ("", "-short"):
        found: defaultdict[str, set[int]] = defaultdict(set)
        for unit, days in [*DAYS.items(), *((unit, 0) for unit in BELOW_A_DAY)]:
            for plural, pattern in _past(unit + width):
                if "{0}" in pattern:
                    found[key(pattern.replace("{0}", "#"))].add(days)
                elif plural in NUMBER_OF_PLURAL:
                    counted.setdefault(key(pattern), days * NUMBER_OF_PLURAL[plural])
        for text, meanings in found.items():
            if len(meanings) == 1:
                with_number.setdefault(text, *meanings)
    return with_number, counted


def _past(field: str) -> Iterator[tuple[str, str]]:
    for locale in LANGUAGES:
        past: Mapping[str, str] = _table(locale, "date_fields", field, "past")
        yield from past.items()


def multipliers() -> dict[str, int]:
    """Number words → what they multiply with.

    A word with several meanings stands once for each decimal sign of the languages that use
    it, each time with the smallest meaning: nobody counts likes or comments in billions.
    """
    found: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for locale in LANGUAGES:
        sign = str(_table(locale, "number_symbols", "latn").get("decimal", "."))
        for width in ("short", "long"):
            for word, value in _number_words(locale, width):
                found[word][value].add(sign)
    result: dict[str, int] = {}
    for word, meanings in found.items():
        if len(meanings) == 1:
            result[word] = next(iter(meanings))
            continue
        for sign in ",.":
            here = [value for value, signs in meanings.items() if sign in signs]
            if here:
                result[sign + word] = min(here)
    return result


def _number_words(locale: str, width: str) -> Iterator[tuple[str, int]]:
    by_plural: Mapping[str, Mapping[str, Any]] = _table(locale, "compact_decimal_formats", width)
    for by_size in by_plural.values():
        for size, pattern in by_size.items():
            positive = cast("str", pattern.pattern).partition(";")[0]
            zeros = positive.count("0")
            word = word_key(re.sub("[0'\u00a4]", "", positive))
            if zeros and word:
                yield word, int(size) // 10 ** (zeros - 1)


def months() -> dict[str, list[int]]:
    """Month names, long and short → the months that they are in some language."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for locale in LANGUAGES:
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names: Mapping[int, str] = _table(locale, "months", use, width)
                for number, name in names.items():
                    if any(char.isalpha() for char in name) and not re.match(r"\d", name):
                        found[key(name)].add(number)
    return {name: sorted(numbers) for name, numbers in found.items()}


def make() -> str:
    """The table's file: one entry a line, sorted, so that changes can be read."""
    with_number, counted = ages()
    tables = {
        "source": (
            f"Unicode CLDR {get_cldr_version()} by way of babel {version('babel')}; "
            "(c) Unicode, Inc., Unicode License v3, https://www.unicode.org/license.txt"
        ),
        "ages": with_number,
        "counted_ages": counted,
        "multipliers": multipliers(),
        "months": months(),
    }
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0)
    return re.sub(r"\[\n([^\]]*)\n\]", _on_one_line, text) + "\n"


def _on_one_line(numbers: re.Match[str]) -> str:
    return f"[{numbers[1].replace(chr(10), ' ')}]"


if __name__ == "__main__":
    OUT.write_text(make(), encoding="utf-8")
