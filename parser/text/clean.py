"""Makes text from files harmless for a terminal, once, at the parser's boundary.

Terminal programs pass escape sequences, C1 controls and bidi overrides on to the terminal,
where they move the cursor, write the clipboard or turn a line around. They become visible
glyphs here: C0 controls and DEL their own control pictures, line and paragraph separators
the newline picture, the rest (lone surrogates and the BMP's noncharacters too) U+FFFD; the
other planes' noncharacters stay, for looking for them would cost ten times as much. What emoji
and right-to-left scripts need (ZWJ, ZWNJ, VS16, LRM, RLM, ALM) stays.
"""

import re
from functools import cache

_REPLACEMENT = "\ufffd"

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
)


@cache
def _glyphs() -> dict[int, str]:
    """What each harmful character becomes; made for the first text that has one."""
    glyphs = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
    glyphs[0x7F] = "\u2421"
    glyphs |= dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
    glyphs |= dict.fromkeys((0x2028, 0x2029), "\u2424")
    glyphs |= dict.fromkeys(range(0x202A, 0x202F), _REPLACEMENT)
    glyphs |= dict.fromkeys(range(0x2066, 0x206A), _REPLACEMENT)
    glyphs |= dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    glyphs |= dict.fromkeys((*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF), _REPLACEMENT)
    return glyphs


def clean(text: str) -> str:
    """The text with every harmful character made visible; ``\\r\\n`` and ``\\r`` become ``\\n``.

    Cleaning what is clean already changes nothing.
    """
    if _HARMFUL.search(text) is None:
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_glyphs())


def clean_line(text: str) -> str:
    """Like :func:`clean`, on one line: for titles, names, file names and error messages.

    Line breaks and tabs become spaces, one each; white space around the text goes.
    """
    text = clean(text)
    if "\n" in text or "\t" in text:
        text = text.replace("\n", " ").replace("\t", " ")
    return text.strip()
