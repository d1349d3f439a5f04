"""A site's answers, one after another or in an array, read as one list of comments."""

import json
from collections.abc import Iterator
from typing import cast

import msgspec
import pytest

from parser.readers.json_damage import Damage
from parser.readers.json_pages import JsonPages

PAGES = [
    {
        "of": number,
        "items": [
            {
                "n": 10 * number + n,
                "text": '},{"n" ]} \n "items": [{"n": 1}]',
                "deep": {"items": [n]},
            }
            for n in range(10)
        ],
        "next": "x" * number,
    }
    for number in range(6)
]


class Item(msgspec.Struct):
    n: int


def read(data: bytes, size: int) -> tuple[list[int], list[int], JsonPages[int]]:
    """The elements, the other member that is wanted, and the reading."""

    def blocks() -> Iterator[bytes]:
        for start in range(0, len(data), size):
            yield data[start : start + size]

    def one(data: bytes, place: int) -> int | None:
        assert place > 0
        try:
            return msgspec.json.decode(data, type=Item).n
        except msgspec.DecodeError:
            return None

    members: list[int] = []
    reading = JsonPages[int](
        blocks(),
        "items",
        decode=lambda data: [each.n for each in msgspec.json.decode(data, type=list[Item])],
        decode_one=one,
        looks_right=lambda data: b'"n"' in data,
        wanted=lambda key: key == "of",
        member=lambda key, value: members.append(cast("int", json.loads(value))),
    )
    found: list[int] = []
    for piece in reading.pieces():
        found += piece
    return found, members, reading


FORMS = {
    "one": json.dumps(PAGES[0]),
    "lines": "\n".join(map(json.dumps, PAGES)),
    "concatenated": "".join(json.dumps(one, separators=(",", ":")) for one in PAGES),
    "pretty": "\r\n".join(json.dumps(one, indent=2) for one in PAGES),
    "array": json.dumps(PAGES, separators=(",", ":")),
    "with marks": "\ufeff" + "\ufeff".join(json.dumps(one) + "\n" for one in PAGES),
    "pretty array": json.dumps(PAGES, indent="\t"),
    "items alone": json.dumps([item for page in PAGES for item in page["items"]]),  # pyright: ignore[reportUnknownVariableType, reportGeneralTypeIssues]
}


@pytest.mark.parametrize("size", [1, 7, 64, 1000, 100_000])
@pytest.mark.parametrize("form", FORMS)
def test_the_elements_of_all_pages_come_in_order(form: str, size: int) -> None:
    found, members, reading = read(FORMS[form].encode(), size)
    pages = 1 if form == "one" else 6
    assert found == list(range(10 * pages))
    assert members == ([] if form == "items alone" else list(range(pages)))
    assert reading.damage == Damage()


@pytest.mark.parametrize("form", ["lines", "array", "pretty"])
def test_a_cut_anywhere_is_told_and_leaves_what_stands_before_it(form: str) -> None:
    data = FORMS[form].encode()
    counts: list[int] = []
    for cut in range(1, len(data), 7):
        found, _, reading = read(data[:cut], 500)
        assert found == list(range(len(found)))
        is_whole_page = (
            form != "array"
            and data[:cut].rstrip().endswith(b"}")
            and not (len(found) % 10 or reading.damage.cut)
        )
        assert reading.damage.cut or is_whole_page
        counts.append(len(found))
    assert counts == sorted(counts)
    assert counts[-1] == 60


@pytest.mark.parametrize("size", [64, 100_000])
@pytest.mark.parametrize("harm", ["<html>504</html>", '{"error": ', "]]}", '"'])
@pytest.mark.parametrize("form", ["lines", "pretty", "array"])
def test_what_stands_behind_damage_between_pages_is_found(form: str, harm: str, size: int) -> None:
    text = FORMS[form]
    place = text.index('"of": 3' if form != "array" else '"of":3')
    place = text.rindex("}", 0, place) + 1
    found, _, reading = read(f"{text[:place]}{harm}{text[place:]}".encode(), size)
    assert found[:30] == list(range(30))
    assert found[-20:] == list(range(40, 60))
    damage = reading.damage
    assert damage.broken or damage.unreadable or damage.stray or harm == "]]}"


@pytest.mark.parametrize("opening", ["[", "{", '{"items":[', "[{", '{"items":[{},', ",", "]"])
def test_endless_openings_end(opening: str) -> None:
    found, _, reading = read((opening * 20_000).encode(), 65536)
    assert not found or opening == '{"items":[{},'
    assert reading.damage.cut or reading.damage.broken or opening in (",", "]")
