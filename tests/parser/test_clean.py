"""What is dangerous for a terminal becomes visible, and nothing else changes."""

import pytest

from parser.text.clean import clean, clean_line

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
WELSH_FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "\u241b[31mred\u241b[0m"),
        ("\x1b]52;c;aGk=\x07", "\u241b]52;c;aGk=\u2407"),
        ("\x00 \x08 \x0b \x0c \x1f", "\u2400 \u2408 \u240b \u240c \u241f"),
        ("\x7f", "\u2421"),
        ("\x80\x9b31m\x9f", "\ufffd\ufffd31m\ufffd"),
        ("a\u2028b\u2029c", "a\u2424b\u2424c"),
        ("\u202aa\u202eb\u2066c\u2069", "\ufffda\ufffdb\ufffdc\ufffd"),
        ("\ud800 \udfff", "\ufffd \ufffd"),
        ("\ufdd0 \ufdef \ufffe \uffff", "\ufffd \ufffd \ufffd \ufffd"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
    ],
)
def test_harmful_characters_become_glyphs(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand\nline",
        FAMILY,
        WELSH_FLAG,
        "\u2764\ufe0f",
        "\u200eleft \u200fright \u061carabic",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "zero\u200bwidth\ufeff",
        "\u00a0\u202f",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert clean(text) == text


def test_a_line_has_no_breaks() -> None:
    assert clean_line(" two\nlines\tand\r\na \x1b tab ") == "two lines and a \u241b tab"
