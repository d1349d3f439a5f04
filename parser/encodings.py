"""Which encoding a file's first bytes are in, and whether they are text at all.

UTF-8 and whatever a byte-order mark names need no guess. UTF-16 without a mark is taken
only when its zero bytes leave no doubt, the legacy Cyrillic encodings only when they make
the bytes words; a guess is told to the reader, everything else is refused.
"""

import codecs
import re

import msgspec

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = (("cp1251", "Windows-1251"), ("koi8_u", "KOI8"))

_ODD_CONTROLS = re.compile(r"[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_ODD_SHARE = 0.02
"""More odd control characters than this share: binary data, not text with a few of them ..."""
_ODD_FREE = 32
"""... and not a short text that somebody filled with them."""
_ONE_SIDE = 20
"""UTF-16 has so many times more zeros on its one side than on the other."""
_ESCAPED = re.compile("[\udc80-\udcff]")
_MOST_DAMAGE = 0.25
"""UTF-8 with some broken bytes is still UTF-8 while they are fewer than this share of all
that is no ASCII."""
_WORDS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_LEAST_LETTERS = 24
"""Cyrillic letters below which a legacy encoding is not worth a guess."""
_LEAST_SHARE = 0.9
"""The share of the non-ASCII characters that must be Cyrillic letters or usual signs."""
_USUAL_SIGNS = frozenset("«»„“”‘’—–-…•∙·№°§©®™\u00a0€")


class Encoding(msgspec.Struct, frozen=True):
    """A codec's name, how many bytes of mark come first, and, for a guess, its public name."""

    codec: str
    skip: int = 0
    guessed: str | None = None


def guess_encoding(head: bytes) -> Encoding | None:
    """The encoding of the text that starts with ``head``; ``None`` when it is no text.

    ``head`` may end in the middle of a character.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, len(mark))
    return _utf_8(head) or _utf_16(head) or _legacy(head) or _json(head)


def _utf_8(head: bytes) -> Encoding | None:
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    if not _is_text(text):
        return None
    if head.isascii():
        return Encoding("utf-8")
    broken = len(_ESCAPED.findall(text))
    foreign = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text))
    return Encoding("utf-8") if broken <= _MOST_DAMAGE * foreign else None


def _is_text(text: str) -> bool:
    return len(_ODD_CONTROLS.findall(text)) <= max(_ODD_FREE, _ODD_SHARE * len(text))


def _utf_16(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: spaces and line breaks put zeros on one side, few are on the other.

    Those are of letters such as the smiling face, of which one half ends in a zero.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even and not odd:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * _ONE_SIDE > max(even, odd) or max(even, odd) < len(head) // 20:
        return None
    try:
        text = codecs.getincrementaldecoder(codec)("strict").decode(head)
    except UnicodeDecodeError:
        return None
    name = "UTF-16 (little-endian)" if codec.endswith("le") else "UTF-16 (big-endian)"
    return Encoding(codec, guessed=name) if _is_text(text) else None


def _legacy(head: bytes) -> Encoding | None:
    """The legacy encoding in which the bytes are Cyrillic words: small letters, few capitals.

    The two encodings have the letters in each other's places with the case turned round,
    so the wrong one gives words of capitals that end small.
    """
    if 0 in head:
        return None
    best, best_score = None, 0.0
    for codec, name in _LEGACY:
        text = head.decode(codec, "replace")
        score = _cyrillic_score(text) if _is_text(text) else 0.0
        if score > best_score:
            best, best_score = Encoding(codec, guessed=name), score
    return best


def _json(head: bytes) -> Encoding | None:
    """JSON is UTF-8 by its own rules, however few of its letters show that."""
    begins = head.lstrip(b" \t\r\n")[:1] in (b"{", b"[")
    return Encoding("utf-8") if begins and _is_text(head.decode("utf-8", "replace")) else None


def _cyrillic_score(text: str) -> float:
    """How well the text reads as Cyrillic words: 0 for not at all, up to 1."""
    foreign = [char for char in text if char > "\x7f"]
    letters = sum(1 for char in foreign if _CYRILLIC.match(char))
    usual = sum(1 for char in foreign if char in _USUAL_SIGNS)
    if letters < _LEAST_LETTERS or letters + usual < _LEAST_SHARE * len(foreign):
        return 0.0
    whole = well_cased = 0
    for word in _WORDS.findall(text):
        if _CYRILLIC.fullmatch(word):
            whole += len(word)
            if word[1:] == word[1:].lower():
                well_cased += len(word)
    # Letters inside words of another alphabet are that alphabet's accents, not Cyrillic.
    return 0.0 if whole < _LEAST_SHARE * letters or well_cased * 2 < whole else well_cased / whole
