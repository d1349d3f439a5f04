"""Changes a file or a text at random, in ways that readers of it may not have thought of."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, cast

LONGEST = 24_000
"""Bytes beyond which a changed input is cut, but for a few ..."""
LONGEST_OF_FEW = 200_000
"""... that are made long by repetition, to see what does not take linear time."""
FEW = 1 / 400

HOSTILE = (
    *(bytes([code]) for code in (0, 1, 7, 8, 9, 10, 11, 12, 13, 27, 127, 128, 155, 192, 254, 255)),
    *(f"{chr(code)}".encode() for code in (0x80, 0x85, 0x9B, 0x9D, 0xA0, 0xAD, 0x600, 0x61C)),
    *(f"{chr(code)}".encode() for code in (0x200B, 0x200D, 0x200E, 0x2028, 0x202E, 0x2066)),
    *(f"{chr(code)}".encode() for code in (0xFEFF, 0xFFFD, 0xFFFF, 0xE000, 0x130, 0xDF, 0x1E9E)),
    *(f"{chr(code)}".encode() for code in (0x301, 0x0663, 0xFF11, 0x1F469, 0x10FFFF, 0xE0001)),
    *(b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xe2\x82", b"\r\n", b"\n\n"),
    *(b"\x1b]52;c;YQ==\x07", b"\x1b[2J", b"\xc2\x9b2J", b"[@click=app.quit]x[/]", b"\\ud800"),
    *(b"\\u0000", b"\\u001b", b"\\u202e", b"\\udc00\\ud800", b"\\x", b"\\", b'\\"', b"&#27;"),
    *(b"&#x1b;", b"&#55296;", b"&#1114112;", b"&lt;script&gt;", b"&amp;amp;", b"&nbsp"),
    *(b"&#" + 5000 * b"9" + b";", b"&#x" + 5000 * b"f" + b";", b"&#-1;", b"&;"),
)
NUMBERS = (
    *("0", "-0", "-1", "1", "59", "60", "99", "100", "359999", "0.1", "1.5", "1e3", "007"),
    *("2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808"),
    *("-9223372036854775809", "18446744073709551616", "1e18", "1e308", "1e309", "-1e999"),
    *("1e-999", "NaN", "Infinity", "-Infinity", "9" * 30, "9" * 5000, "253402300800"),
    *("-62135596801", "1700000000", "1700000000000", "٣", "１２", "²", "0x10", "1_000"),
)
_DIGITS = re.compile(rb"\d+")

Mutation = Callable[[bytes], bytes]


class Raw(str):
    """JSON as it is to be written."""

    __slots__ = ()


class Members(list[list[Any]]):
    """An object as a list of keys and values, so that a key can stand in it twice."""


class Mutator:
    """Makes changed inputs of the ``pool``, with ``words`` of the format."""

    def __init__(
        self, rng: Random, pool: Sequence[bytes], words: Sequence[bytes], *, is_json: bool
    ) -> None:
        self._rng = rng
        self._pool = pool
        self._words = tuple(words) or (b" ",)
        self._is_json = is_json
        self._few = False
        self._ways: tuple[Mutation, ...] = (
            self._flip,
            self._put_byte,
            self._put_word,
            self._put_word,
            self._put_hostile,
            self._leave_out,
            self._double,
            self._swap,
            self._number,
            self._number,
            self._cut,
            self._cross,
            self._splice,
            self._repeat,
        )

    def mutated(self, data: bytes) -> bytes:
        """The input with one or some changes."""
        rng = self._rng
        self._few = rng.random() < FEW
        if self._is_json and rng.random() < 0.45:
            data = self._restructured(data)
            if rng.random() < 0.6:
                return data[:LONGEST]
        for _ in range(min(rng.randint(1, 6), rng.randint(1, 6))):
            data = rng.choice(self._ways)(data)
        if self._few:
            return self._repeat(data)[:LONGEST_OF_FEW]
        return data[:LONGEST]

    # Bytes

    def _place(self, data: bytes) -> int:
        return self._rng.randint(0, len(data))

    def _span(self, data: bytes) -> tuple[int, int]:
        """A part of the input: mostly a short one."""
        start = self._place(data)
        most = self._rng.choice((1, 4, 16, 64, 512, len(data)))
        return start, min(len(data), start + self._rng.randint(1, max(1, most)))

    def _flip(self, data: bytes) -> bytes:
        if not data:
            return data
        at = self._rng.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1 << self._rng.randrange(8)]) + data[at + 1 :]

    def _put_byte(self, data: bytes) -> bytes:
        at = self._place(data)
        return (
            data[:at] + bytes([self._rng.randrange(256)]) + data[at + self._rng.choice((0, 1, 1)) :]
        )

    def _put(self, data: bytes, word: bytes) -> bytes:
        start, end = self._span(data) if self._rng.random() < 0.3 else (self._place(data),) * 2
        return data[:start] + word + data[end:]

    def _put_word(self, data: bytes) -> bytes:
        return self._put(data, self._rng.choice(self._words))

    def _put_hostile(self, data: bytes) -> bytes:
        return self._put(data, self._rng.choice(HOSTILE))

    def _leave_out(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:start] + data[end:]

    def _double(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:end] + data[start:end] + data[end:]

    def _swap(self, data: bytes) -> bytes:
        start, end = self._span(data)
        if start >= end:
            return data
        middle = self._rng.randint(start, end)
        return data[:start] + data[middle:end] + data[start:middle] + data[end:]

    def _number(self, data: bytes) -> bytes:
        found = list(_DIGITS.finditer(data[:LONGEST]))
        if not found:
            return self._put_word(data)
        one = self._rng.choice(found)
        number = self._rng.choice(NUMBERS).encode()
        return data[: one.start()] + number + data[one.end() :]

    def _cut(self, data: bytes) -> bytes:
        return data[: self._place(data)]

    def _cross(self, data: bytes) -> bytes:
        other = self._rng.choice(self._pool)
        return data[: self._place(data)] + other[self._place(other) :]

    def _splice(self, data: bytes) -> bytes:
        other = self._rng.choice(self._pool)
        start, end = self._span(other)
        return self._put(data, other[start:end])

    def _repeat(self, data: bytes) -> bytes:
        start, end = self._span(data)
        part = data[start:end] or self._rng.choice(self._words)
        room = LONGEST_OF_FEW if self._few else self._rng.choice((64, 512, 8000))
        times = max(2, room // len(part))
        return data[:start] + part * times + data[end:]

    # JSON

    def _restructured(self, data: bytes) -> bytes:
        """The JSON, or one of its lines, with something in its structure changed."""
        lines = [data]
        try:
            document = self._parsed(data)
        except (ValueError, RecursionError):
            lines = data.split(b"\n")
            place = self._rng.randrange(len(lines))
            try:
                document = self._parsed(lines[place])
            except (ValueError, RecursionError):
                return self._put_word(data)
        else:
            place = 0
        root = [document]
        for _ in range(self._rng.choice((1, 1, 2, 5))):
            self._change(root)
        marks = self._rng.choice(((",", ":"), (", ", ": "), (" ,\n", " : "), (",\r\n\t", ":")))
        try:
            lines[place] = _written(root[0], *marks).encode("utf-8", "surrogatepass")
        except RecursionError:
            return data
        return b"\n".join(lines)

    @staticmethod
    def _parsed(data: bytes) -> Any:
        return json.loads(
            data.decode(), object_pairs_hook=lambda pairs: Members(list(one) for one in pairs)
        )

    def _change(self, root: list[Any]) -> None:
        rng = self._rng
        places = _places(root)
        holder, at = rng.choice(places)
        is_member = at == 1 and holder and isinstance(holder[0], str) and len(holder) == 2
        match rng.randrange(9):
            case 0 | 1:
                holder[at] = self._odd_value()
            case 2:
                other, where = rng.choice(places)
                holder[at], other[where] = other[where], holder[at]
            case 3:
                holder[at] = _text(rng.choice(self._words + HOSTILE))
            case 4 if isinstance(holder[at], list) and holder[at]:
                holder[at].insert(rng.randrange(len(holder[at])), rng.choice(holder[at]))
            case 5 if isinstance(holder[at], list) and holder[at]:
                holder[at].pop(rng.randrange(len(holder[at])))
            case 6 if is_member:
                holder[0] = rng.choice((holder[0].upper(), "", _text(rng.choice(self._words))))
            case 7:
                holder[at] = rng.choice(([holder[at]], Members([["x", holder[at]]])))
            case _ if isinstance(holder[at], str):
                changed = self._put(holder[at].encode("utf-8", "surrogatepass"), b"")
                holder[at] = _text(rng.choice(self._ways)(changed))
            case _:
                holder[at] = self._odd_value()

    def _odd_value(self) -> Any:
        rng = self._rng
        depth = rng.choice((3, 50, 600, 3000))
        values: tuple[Any, ...] = (
            None,
            True,
            False,
            "",
            [],
            Members(),
            [[]],
            Raw(rng.choice(NUMBERS)),
            Raw(rng.choice(NUMBERS)),
            Raw(json.dumps(rng.choice(NUMBERS))),
            Raw("[" * depth + "]" * depth),
            Raw('{"a":' * depth + "1" + "}" * depth),
            Raw("[" * depth),
            _text(rng.choice(HOSTILE)) * rng.choice((1, 3, 500)),
        )
        return rng.choice(values)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _places(root: list[Any]) -> list[tuple[list[Any], int]]:
    """Where values stand: for each the list that holds it (a member's is key and value)."""
    found: list[tuple[list[Any], int]] = []
    waiting: list[Any] = [root]
    while waiting and len(found) < 3000:
        one = waiting.pop()
        holders = one if isinstance(one, Members) else [one]
        for holder in holders:
            first = 1 if isinstance(one, Members) else 0
            for at in range(first, len(holder)):
                found.append((holder, at))
                if isinstance(holder[at], list):
                    waiting.append(holder[at])
    return found


def _written(value: Any, comma: str, colon: str) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Members):
        members = (
            f"{json.dumps(key, ensure_ascii=False)}{colon}{_written(one, comma, colon)}"
            for key, one in value
        )
        return "{" + comma.join(members) + "}"
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return "[" + comma.join(_written(one, comma, colon) for one in items) + "]"
    return json.dumps(value, ensure_ascii=False)
