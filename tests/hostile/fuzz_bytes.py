"""What the helpers that readers share must hold to, whatever the bytes are."""

from collections.abc import Hashable, Iterator
from typing import Any

from parser.encodings import guess_encoding
from parser.readers.html_tokens import HtmlTokens, attribute, attributes
from parser.readers.json_walk import fault, members, string_end, value_end, walk
from parser.readers.mhtml import open_mhtml
from tests.hostile.fuzz_oracles import hold
from tests.hostile.fuzz_texts import Look, some

MOST_AT_ONCE = 3000
"""Letters of a page that must not depend on where its blocks are cut."""


def _find_json(data: bytes) -> Any:
    start = data.find(b"[") + 1
    return (
        walk(data, start, len(data)),
        [value_end(data, at) for at in range(min(len(data), 200))],
        list(members(data)),
        fault(data, 0, len(data)),
        string_end(data, len(data) // 2),
    )


def _json(data: bytes, found: Any) -> Hashable:
    (spans, after, end), ends, some_members, at, string = found
    edges = [edge for span in spans for edge in span]
    hold(edges == sorted(edges) and all(0 <= one <= len(data) for one in edges), "spans")
    hold(0 <= after <= len(data), "a walk ends behind the text")
    hold(all(one is None or 0 <= one <= len(data) for one in ends), "a value's end")
    hold(at is None or 0 <= at <= len(data), "a fault outside of the text")
    hold(len(data) // 2 <= string <= len(data), "a string's end")
    hold(sum(len(key) + len(value) for key, value in some_members) <= len(data), "members")
    return end, some(len(spans)), some(len(some_members)), at is None


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def _tokens(text: str, size: int) -> list[tuple[str, str, bool, str]]:
    cutter = HtmlTokens()
    found = [token for piece in _pieces(text, size) for token in cutter.feed(piece)]
    return [*found, *cutter.close()]


def _find_html(data: bytes) -> Any:
    text = data.decode("utf-8", "replace")
    size = max(7, len(text) // 40)  # what does not end is looked at again with each block
    return _tokens(text, len(text) + 1), _tokens(text, size), attributes(text)


def _joined(tokens: list[tuple[str, str, bool, str]]) -> list[tuple[str, str, bool, str]]:
    """The tags, each with all the text before it, however that was cut."""
    found: list[tuple[str, str, bool, str]] = []
    before = ""
    for text, name, ends, rest in tokens:
        before += text
        if name:
            found.append((before, name, ends, rest))
            before = ""
    return [*found, (before, "", False, "")]


def _html_tokens(data: bytes, found: Any) -> Hashable:
    whole, cut, values = found
    text = data.decode("utf-8", "replace")
    hold(_joined(whole) == _joined(cut), "tokens depend on where the blocks are cut")
    for name in list(values)[:5]:
        hold(attribute(text, name) == values[name], "an attribute has two values")
    return some(len(whole)), frozenset(name for _, name, _, _ in whole[:20])


def _find_mhtml(data: bytes) -> Any:
    text = data.decode("utf-8", "replace")
    found: list[str | None] = []
    for size in (len(text) + 1, 9):
        opened = open_mhtml(text)
        found.append("".join(opened.pages(_pieces(text, size))) if opened else None)
    return found


def _mhtml(data: bytes, found: Any) -> Hashable:
    whole, cut = found
    hold((whole is None) == (cut is None), "an MHTML file or none")
    if len(data) < MOST_AT_ONCE:
        hold(whole == cut, "a page depends on where the blocks are cut")
    return whole is None, some(len(whole or ""))


def _encoding(data: bytes, found: Any) -> Hashable:
    if found is None:
        return None
    "".encode(found.codec)
    hold(0 <= found.skip <= 4, "a mark of many bytes")
    return found.codec, found.skip, found.guessed


BYTE_LOOKS: dict[str, Look[bytes, Any]] = {
    "json-walk": Look(_find_json, _json),
    "html-tokens": Look(_find_html, _html_tokens),
    "mhtml": Look(_find_mhtml, _mhtml),
    "encodings": Look(guess_encoding, _encoding),
}
"""By the name of what is looked at."""
