"""Many JSON documents in one file: by line, concatenated, in an array, damaged."""

import json
from collections.abc import Iterator

import msgspec
import pytest

from parser.readers import json_documents
from parser.readers.json_damage import Damage
from parser.readers.json_documents import JsonDocuments
from parser.readers.json_walk import fault, value_end

DOCUMENTS = [{"n": n, "text": '},{"x" ]} \n ' + str(n), "deep": [[{"n": -1}]]} for n in range(30)]


class Doc(msgspec.Struct):
    n: int


_decode = msgspec.json.Decoder(Doc).decode


def one(data: bytes, place: int) -> int | None:
    assert place > 0
    try:
        return _decode(data).n
    except msgspec.DecodeError:
        return None


def documents(data: bytes, size: int) -> JsonDocuments[int]:
    def blocks() -> Iterator[bytes]:
        for start in range(0, len(data), size):
            yield data[start : start + size]

    return JsonDocuments(
        blocks(),
        decode=lambda data: [each.n for each in msgspec.json.decode(data, type=list[Doc])],
        decode_one=one,
        looks_right=lambda data: b'"n"' in data,
    )


def read(data: bytes, size: int) -> tuple[list[int], JsonDocuments[int]]:
    reading = documents(data, size)
    found: list[int] = []
    for piece in reading.pieces():
        found += piece
        assert not piece or reading.first == len(found) - len(piece) + 1 + reading.damage.unreadable
    return found, reading


FORMS = {
    "lines": "\n".join(map(json.dumps, DOCUMENTS)),
    "lines and a last break": "\n".join(map(json.dumps, DOCUMENTS)) + "\n",
    "CRLF, empty lines": "\r\n\r\n".join(map(json.dumps, DOCUMENTS)),
    "concatenated": "".join(map(json.dumps, DOCUMENTS)),
    "with commas": ", ".join(map(json.dumps, DOCUMENTS)),
    "pretty": "\n".join(json.dumps(each, indent=2) for each in DOCUMENTS),
    "array": json.dumps(DOCUMENTS),
    "pretty array": json.dumps(DOCUMENTS, indent=1),
}


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
@pytest.mark.parametrize("form", FORMS)
def test_all_documents_are_found_in_every_form(form: str, size: int) -> None:
    found, reading = read(FORMS[form].encode(), size)
    assert found == list(range(30))
    assert reading.count == 30
    damage = reading.damage
    assert (damage.cut, damage.broken, damage.more, damage.unreadable) == (False, False, False, 0)


@pytest.mark.parametrize("size", [7, 64, 100_000])
@pytest.mark.parametrize("form", ["lines", "pretty"])
def test_a_damaged_document_costs_itself(form: str, size: int) -> None:
    data = FORMS[form].encode()
    for harm in (b'"n": 13', b'"text": "},{\\"x\\" ]} \\n 13'):
        place = data.index(harm)
        for byte in b'"{}[]x':
            damaged = data[:place] + bytes([byte]) + data[place + 1 :]
            found, reading = read(damaged, size)
            assert set(range(30)) - set(found) <= {13, 14}
            assert len(found) + reading.damage.unreadable >= 29


@pytest.mark.parametrize("form", ["lines", "pretty", "array"])
def test_a_cut_is_told_and_loses_the_cut_one(form: str) -> None:
    data = FORMS[form].encode()
    end = data.index(b'"n": 21') + 9
    found, reading = read(data[:end], 64)
    assert found == list(range(21))
    assert reading.damage.cut
    assert not reading.damage.unreadable


@pytest.mark.parametrize("gap", [b"", b"\n", b" , "])
def test_short_documents_come_some_at_a_time(gap: bytes) -> None:
    reading = documents((b'{"n":1}' + gap) * 5000, 1_000_000)
    sizes = [len(piece) for piece in reading.pieces() if piece]
    assert sum(sizes) == reading.count == 5000
    assert max(sizes) <= 1000
    assert len(sizes) < 20


def test_the_place_of_a_document_counts_damaged_ones() -> None:
    reading = documents(b'{"n":1}\n{"n"\n{"n":3}\n{"n":4}\n[]\n{"n":6}', 1000)
    places = [(reading.first, list(piece)) for piece in reading.pieces() if piece]
    assert places == [(1, [1]), (3, [3, 4]), (6, [6])]
    assert reading.damage.unreadable == 2
    assert reading.damage.first_unreadable == 2


@pytest.mark.parametrize("size", [1, 2, 64, 100_000])
@pytest.mark.parametrize("form", ["lines", "pretty"])
def test_files_put_together_with_their_marks_are_whole(form: str, size: int) -> None:
    data = FORMS[form].replace("\n{", "\n\ufeff{").encode("utf-8-sig")
    found, reading = read(data, size)
    assert found == list(range(30))
    assert reading.damage == Damage()


def test_documents_without_ends_cost_no_more_than_their_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0

    def counted(data: bytes, at: int, stop: int | None = None) -> int | None:
        nonlocal looked
        end = value_end(data, at, stop)
        looked += (end or stop or len(data)) - at
        return end

    monkeypatch.setattr(json_documents, "value_end", counted)
    for opening in (b'\n{"', b'\n{"n":'):
        data = opening * 5000
        looked = 0
        found, reading = read(b'{\n"n":0}' + data, 100_000)
        assert found == [0]
        assert reading.damage.unreadable or reading.damage.cut
        assert looked < 40 * len(data)


def test_behind_much_damage_documents_are_still_found() -> None:
    whole = FORMS["lines"].encode()
    assert read(b'{\n"n":0}' + b'\n{"n":' * 500 + b"\n" + whole, 100_000)[0] == [0, *range(30)]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"[[[1]]]", None),
        (b"[" * 500_000, None),
        (b"[" * 500_000 + b"}", 499_999),
        (b"[[[]}", 3),
        (b'[[{"a"[[', 3),
        (b"[[1[[", 2),
        (b"[ [[ [1,[[2]],[", None),
    ],
)
def test_lists_that_begin_in_a_row_are_looked_through(data: bytes, place: int | None) -> None:
    assert fault(data, 0, len(data)) == place
