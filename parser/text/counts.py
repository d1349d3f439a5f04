"""Reads a count as a page shows it: ``1926``, ``1.9K``, ``1,2 тыс.``, ``12 万``, ``1,9 Mio.``"""

import re

from parser.text.age_data import tables, word_key

_LONGEST = 40
"""Characters beyond which a text is no count."""
_MOST_DIGITS = 18
_LARGEST = 2**53
"""What is larger counts nothing; not all that read our JSON could hold it either."""
_INDIAN = {"lakh": 100_000, "crore": 10_000_000}
"""Number words of Indian English that sites write out and CLDR shortens."""
_NUMBER = re.compile(r"\d+(?:[.,'\u2019\u066b\u066c\u00a0\u202f ]\d+)*")
_SEPARATORS = re.compile(r"[^\d]")
_DECIMAL_SIGNS = {".": ".", ",": ",", "\u066b": ","}
"""What may stand before a fraction; the Arabic sign counts as a comma."""


def parse_count(text: str) -> int | None:
    """The number that a text is, in any language of the sites; ``None`` when it is none.

    The text must be nothing but the number, with a number word at most. A rounded count
    gives what it says: ``1.2K`` is 1200.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    found = _NUMBER.search(text)
    if found is None or len(_SEPARATORS.sub("", found[0])) > _MOST_DIGITS:
        return None
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    if before and after:
        return None
    spaced = text[found.end() : found.end() + 1].isspace()
    word = before or after
    count = _rounded(found[0], word, spaced=spaced) if word else _whole(found[0])
    return count if count is not None and count < _LARGEST else None


def _rounded(number: str, word: str, *, spaced: bool) -> int | None:
    """A number with its word. Its last dot or comma, the only one of its kind, is decimal."""
    sign, decimals = None, ""
    separators = _SEPARATORS.findall(number)
    if separators and separators.count(separators[-1]) == 1:
        sign = _DECIMAL_SIGNS.get(separators[-1])
    if sign is not None:
        number, _, decimals = number.rpartition(separators[-1])
    # Without a decimal sign the space tells: languages with a decimal comma write one.
    factor = _multiplier(word, sign or ("," if spaced else "."))
    whole = _whole(number)
    if factor is None or whole is None:
        return None
    return int(f"{whole}{decimals}") * factor // 10 ** len(decimals)


def _whole(number: str) -> int | None:
    """A number without a word: whatever stands between its digits groups them."""
    first, *groups = re.split(r"[^\d]", number)
    if groups and (len(first) > 3 or len(groups[-1]) != 3 or not _are_groups(groups)):
        return None
    return int(first + "".join(groups))


def _are_groups(groups: list[str]) -> bool:
    """Groups of three; in India of two, but for the last."""
    return all(len(group) in (2, 3) for group in groups)


def _multiplier(word: str, sign: str) -> int | None:
    """What a number word multiplies with, with or without its dot."""
    multipliers = tables().multipliers
    exact = word_key(word)
    if exact in _INDIAN:
        return _INDIAN[exact]
    for candidate in (exact, exact.removesuffix("."), exact + "."):
        for form in (candidate, sign + candidate):
            if form in multipliers:
                return multipliers[form]
    return None
