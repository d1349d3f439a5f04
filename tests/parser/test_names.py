"""Names as they are looked up, and the strings of comments as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.columns import BLOCK, Row, Rows
from parser.text.names import Lengths, ends_word, name_key, name_keys

NAMES = st.one_of(
    st.none(),
    st.sampled_from(["", "@", "@Anna", "@@anna", "Nora\xa0Berg", "İpek", "ΆΓΙΟΣ", "a\nb", "ß"]),
    st.text(max_size=6),
)


@given(st.lists(NAMES, max_size=40))
def test_keys_made_together_are_those_made_alone(names: list[str | None]) -> None:
    assert name_keys(names) == [name_key(name) for name in names]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("@Anna", "anna"),
        ("@@anna", "@anna"),
        ("Nora\xa0Berg", "nora berg"),
        ("İpek", "İpek"),
        (None, ""),
    ],
)
def test_a_key_is_as_long_as_what_it_stands_for(name: str | None, key: str) -> None:
    assert name_key(name) == key


def test_beginnings_are_as_long_as_names_are_the_longest_first() -> None:
    lengths, also = Lengths(), Lengths()
    lengths.add(["anna", "bo", "nora berg"])
    assert list(lengths.beginnings("annabella is", also)) == ["annabella", "anna", "an"]
    also.add(["a b c d"])
    assert list(lengths.beginnings("anna is right", also)) == ["anna is r", "anna is", "anna", "an"]
    assert list(lengths.beginnings("an", also)) == ["an"]


@pytest.mark.parametrize(
    ("text", "end", "ends"),
    [
        ("anna", 4, True),
        ("anna, yes", 4, True),
        ("annabella", 4, False),
        ("anna-b", 4, False),
        ("anna- b", 4, True),
        ("anna_", 4, False),
        ("太郎とても", 2, True),
    ],
)
def test_a_name_ends_with_its_word(text: str, end: int, ends: bool) -> None:
    assert ends_word(text, end) is ends


def row(number: int) -> Row:
    return (f"id{number}", f"@a{number}", None, None, None, None, f"text {number}")


def test_a_stretch_of_rows_is_those_rows() -> None:
    count = 3 * BLOCK + 5
    rows = Rows(row(number) for number in range(count))
    all_rows = [row(number) for number in range(count)]
    edges = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 1, 3 * BLOCK, count - 1, count]
    for start in edges:
        for stop in [*edges, count + 100]:
            assert rows.stretch(start, stop) == all_rows[start:stop]


def test_a_stretch_can_be_changed_without_changing_the_rows() -> None:
    rows = Rows(row(number) for number in range(BLOCK + 2))
    for start in (0, BLOCK):
        rows.stretch(start, start + BLOCK).clear()
    assert [one[0] for one in rows] == [f"id{number}" for number in range(BLOCK + 2)]
    assert rows[3] == row(3)
    assert rows[BLOCK + 1] == row(BLOCK + 1)
