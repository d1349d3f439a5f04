"""The judge: what it must let pass, and each kind of thing that it must not."""

from base64 import b64encode

import pytest

from tests.hostile.judge import (
    PLAIN,
    judge_bytes,
    judge_calls,
    judge_end,
    judge_refusal,
    judge_restored,
    judge_values,
    shapes_of,
    text_of,
)
from tests.hostile.terminal import Ended

SCREEN = shapes_of(
    b"\x1b[?1049h\x1b[?1000h\x1b[?25l\x1b[1;1Htext\x1b[1;38;5;3m\x1b]52;c;YQ==\x07\x1b[?1049l\r\n"
)


def _copy(text: bytes) -> bytes:
    return b"\x1b]52;c;" + b64encode(text) + b"\x07"


@pytest.mark.parametrize(
    "output",
    [
        b"text\r\n",
        b"\x1b[3;40H\x1b[0;1;48;2;1;2;3mother colours, other places\x1b[m",
        "emoji \U0001f469\u200d\U0001f680, \u0645\u06cc\u200c\u062e, \u200f, e\u0301".encode(),
        "\u241b[31m".encode(),
        _copy(b"two\nlines\tand a tab"),
    ],
)
def test_what_a_harmless_file_brings_passes(output: bytes) -> None:
    assert judge_bytes(output, SCREEN, copies=1) == []


@pytest.mark.parametrize(
    "bad",
    [
        b"\x1b]52;c;c3RvbGVu\x07\x1b]52;c;c3RvbGVu\x07",  # one more than keys that copy
        b"\x1b]52;c;?\x07",
        b"\x1b]52;p;YQ==\x07",
        b"\x1b]52;c;no base64\x07",
        _copy(b"\x1b[31m"),
        _copy(b"rm\r\n"),
        _copy(b"\xff"),
        b"\x1b]0;title\x07",
        b"\x1b]2;title\x1b\\",
        b"\x1b]8;;https://a.example\x1b\\a\x1b]8;;\x1b\\",
        b"\x1b]0;unterminated",
        b"\x1b[5A",
        b"\x1b[2J",
        b"\x1b[H",
        b"\x1b[9999;9999H",
        b"\x1b[31m",
        b"\x1b[0;8m",
        b"\x1b[1;38;5;3;5m",
        b"\x1b[?2004h",
        b"\x1b[?1003h",
        b"\x1b[6n",
        b"\x1b[>c",
        b"\x1b[!p",
        b"\x1b[31",
        b"\x1bc",
        b"\x1b(0",
        b"\x1b",
        b"\x1bP+q544e\x1b\\",
        b"\x1b_Gi=1\x1b\\",
        b"\x1b^private\x1b\\",
        b"\x1bXstring\x1b\\",
        b"\x07",
        b"\x08",
        b"\x00",
        b"\x05",
        b"\x0e",
        b"\x7f",
        b"\x9b31m",
        "\x9b31m".encode(),
        "\x85".encode(),
        "\u202e".encode(),
        "\u2066".encode(),
        "\u2028".encode(),
        "\ufffe".encode(),
        b"\xed\xa0\x80",
        b"\xc0\xaf",
    ],
)
def test_what_it_does_not_bring_is_found(bad: bytes) -> None:
    assert judge_bytes(b"before " + bad + b" after", SCREEN, copies=1)


@pytest.mark.parametrize("link", ["javascript:a", "file:///etc/passwd", "https://a/\u0430"])
def test_links_of_the_terminals_are_judged_by_where_they_lead(link: str) -> None:
    shapes = {*SCREEN, "OSC 8"}
    assert judge_bytes(f"\x1b]8;;{link}\x1b\\a".encode(), shapes)
    assert judge_bytes(b"\x1b]8;;https://a.example/b\x1b\\a\x1b]8;;\x1b\\", shapes) == []


def test_window_titles_are_judged_by_their_words() -> None:
    shapes = {*SCREEN, "OSC 0"}
    assert judge_bytes("\x1b]0;a\u202eb\x07".encode(), shapes)
    assert judge_bytes("\x1b]0;commentree \u00e9\x07".encode(), shapes) == []


def test_what_is_printed_has_no_sequence_at_all() -> None:
    assert judge_bytes(b"a\tb\r\n", PLAIN) == []
    assert judge_bytes(b"\x1b[1mbold\x1b[m", PLAIN)


def test_a_finding_says_where_and_what() -> None:
    (found,) = judge_bytes(b"harmless words \x1b[2J here", SCREEN)
    assert found.offset == 15
    assert "CSI J" in str(found)
    assert "words" in str(found)


@pytest.mark.parametrize(
    "left",
    ["?1049h", "?7l", "?25l", "?1000h", "?1003h", "?1006h", "?1004h", "?2004h", "?2026h", ">1u"],
)
def test_a_terminal_that_is_not_given_back(left: str) -> None:
    on, off = f"\x1b[{left}".encode(), b"\x1b[<u" if left == ">1u" else b""
    undone = off or f"\x1b[{left[:-1]}{'l' if left[-1] == 'h' else 'h'}".encode()
    assert judge_restored(on)
    assert judge_restored(on + b"text" + undone) == []


def test_settings_that_are_not_given_back() -> None:
    assert judge_restored(b"", settings_kept=False)


def _ended(output: bytes = b"", code: int = 0, peak: int = 0, hung: str = "") -> Ended:
    return Ended(output, code, peak, 0.0, settings=True, hung=hung)


def test_how_a_program_may_not_end() -> None:
    assert judge_end(_ended(), (0, 2)) == []
    assert judge_end(_ended(code=1), (0, 2))
    assert judge_end(_ended(code=-11), (0, 2))
    assert judge_end(_ended(hung="busy"), (0, 2))
    assert judge_end(_ended(peak=600 << 20), (0, 2))
    assert judge_end(_ended(b"Traceback (most recent call last):\r\n"), (0, 2))


def test_a_refusal_is_one_line() -> None:
    assert judge_refusal(b"commentree: a: is empty\r\n") == []
    assert judge_refusal(b"commentree: a:\r\nis empty\r\n")
    assert judge_refusal(b"oh\r\n")
    assert judge_refusal(b"")


def test_what_may_be_started() -> None:
    assert judge_calls(["false-browser https://a.example/b"], 1) == []
    assert judge_calls(["false-browser https://a.example/b"], 0)
    assert judge_calls(["xclip -i"], 1)
    for address in ("javascript:a", "file:///etc", "https://a b", "https://a/\u202e", "--help"):
        assert judge_calls([f"false-browser {address}"], 1)


def test_an_exports_values() -> None:
    harmless = {"text": "a\nb\t\u241b", "links": [{"url": "https://a.example"}], "n": 1}
    assert judge_values(harmless) == []
    assert judge_values({"text": "\x1b"})
    assert judge_values({"a": [{"b": "\u202e"}]})
    assert judge_values({"links": ["file:///etc"]})


def test_text_is_what_stands_between() -> None:
    assert text_of(b"a\x1b[1mb\x1b[0mc\x1b]0;d\x07") == "abc"
