"""Whatever a page holds is read back, and whatever a file holds is no traceback."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser import Discussion, ParseError, load
from parser.text.ages import parse_age
from parser.text.clean import clean, clean_line
from parser.text.counts import parse_count
from parser.text.dates import parse_date
from parser.writers.wrapping import cells, wrap
from tests.parser.pages import NBSP, Said, page
from tests.parser.test_threads import build, check_tree, record

FIXTURES = Path(__file__).parents[1] / "parser" / "fixtures" / "page_text"

# What a person can type: not the page's own marks at a line's start, no controls.
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
LINES = st.lists(st.one_of(WORDS, st.just("•"), st.just("@@"), st.just("+1")), max_size=6).map(
    " ".join
)
BODIES = (
    st.lists(LINES, min_size=1, max_size=6)
    .map("\n".join)
    .filter(
        # The page's doubled mark is undone; a last line like a bullet is a cut page's.
        lambda text: (
            text == text.strip() != "" and text[:2] != "@@" and text.split("\n")[-1][0] != "•"
        )
    )
)
HANDLES = st.from_regex(r"@[\w.\-·]{1,20}", fullmatch=True)
SAID = st.builds(
    Said,
    handle=HANDLES,
    text=BODIES,
    head=st.sampled_from(["5 лет назад", "vor 2 Tagen +3", "1 year ago (edited) +1.2K"]),
    depth=st.integers(0, 1),
    uploader=st.booleans(),
)


def read(data: bytes) -> Discussion:
    return load("-", stream=io.BytesIO(data))


def attempt(data: bytes) -> Discussion | str:
    """The discussion, or the one line that says why there is none."""
    try:
        return read(data)
    except ParseError as error:
        return str(error)


@given(st.lists(SAID, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_a_page_is_read_back_to_the_last_character(said: list[Said], ending: str) -> None:
    discussion = read(page(*said).replace("\n", ending).encode())
    assert discussion.texts == [one.text for one in said]
    assert discussion.authors == [one.handle for one in said]
    assert [comment.is_uploader for comment in discussion] == [one.uploader for one in said]
    assert len(set(discussion.ids)) == len(said)
    check_tree(discussion)


@given(st.lists(SAID, min_size=1, max_size=5))
def test_a_pages_ids_do_not_depend_on_its_encoding(said: list[Said]) -> None:
    text = page(*said)
    assert read(text.encode()).ids == read(text.encode("utf-16")).ids
    assert read(text.encode()).ids == read(gzip.compress(text.encode())).ids


@pytest.mark.parametrize("name", ["russian", "english", "typed_bullets", "crlf"])
def test_before_every_cut_everything_is_read(name: str) -> None:
    data = (FIXTURES / name / "input.txt").read_bytes()
    whole = read(data)
    ends = ends_of_comments(data, whole)
    headers = header_ranges(data)
    for cut in range(len(data)):
        part = attempt(data[:cut])
        if isinstance(part, str):
            assert "\n" not in part
            assert cut < ends[0]
            continue
        there = sum(1 for end in ends if end <= cut)
        assert part.texts[:there] == whole.texts[:there]
        assert list(part.parent[:there]) == list(whole.parent[:there])
        assert len(part) <= there + 1
        if any(start < cut <= end for start, end in headers):
            assert len(part) == there
            assert not part.source.complete
            assert part.diagnostics


def ends_of_comments(data: bytes, whole: Discussion) -> list[int]:
    """Where in the file each comment's last character ends."""
    starts = [start for start, _ in header_ranges(data)] + [len(data) + 1]
    assert len(starts) == len(whole) + 1
    return [len(data[:start].rstrip(b"\r\n")) for start in starts[1:]]


def header_ranges(data: bytes) -> list[tuple[int, int]]:
    """From the end of a bullet to the end of the header's line, for each comment."""
    ranges: list[tuple[int, int]] = []
    lines = data.split(b"\n")
    at = 0
    for line, after in zip(lines, [*lines[1:], b""], strict=True):
        bullet = "•".encode()
        stripped = line.strip()
        is_bullet = stripped.startswith(bullet) and len(stripped) > len(bullet)
        repeats = after.strip().startswith(stripped[len(bullet) :].strip())
        if is_bullet and repeats and NBSP.encode() in after:
            start = at + line.index(bullet) + len(bullet)
            ranges.append((start, at + len(line) + 1 + len(after)))
        at += len(line) + 1
    return ranges


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    for whole in (data, page(Said()).encode() + b"\n" + data, b"\x1f\x8b" + data):
        discussion = attempt(whole)
        if isinstance(discussion, str):
            assert "\n" not in discussion
        else:
            check_tree(discussion)
            assert all(clean(text) == text for text in discussion.texts)


@given(st.integers(0, 2000), st.integers(0, 255))
def test_one_wrong_byte_loses_little(place: int, byte: int) -> None:
    data = bytearray(page(*(Said(f"@{at}", f"text {at} é.") for at in range(20))).encode())
    data[place % len(data)] = byte
    discussion = read(bytes(data))  # one byte makes no page unreadable
    assert len(discussion) >= 19


@given(st.text(max_size=300))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(
        (ord(char) < 32 and char not in "\n\t") or 126 < ord(char) < 160 for char in cleaned
    )
    cleaned.encode("utf-8")
    assert "\n" not in clean_line(text)


@given(st.text(max_size=80))
def test_any_text_is_an_age_a_count_or_a_date_or_none(text: str) -> None:
    assert (parse_age(text).days or 0) >= 0
    assert (parse_count(text) or 0) >= 0
    assert parse_date(text) is None or len(parse_date(text) or "") == 10


@given(st.integers(0, 10**12))
def test_every_whole_number_is_its_own_count(number: int) -> None:
    assert parse_count(str(number)) == number
    assert parse_count(f"{number:,}") == number
    assert parse_count(f"{number:,}".replace(",", NBSP)) == number


@given(st.text(st.sampled_from("ab 漢字\u0301\u200d🌊-"), max_size=120), st.integers(2, 30))
def test_wrapping_keeps_every_character_that_is_seen(line: str, width: int) -> None:
    pieces = wrap(line, width)
    assert "".join("".join(pieces).split(" ")) == "".join(line.split(" "))
    assert all(cells(piece) <= width or " " not in piece.strip(" ") for piece in pieces)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 14) | st.none()), max_size=40))
def test_any_records_become_one_tree(pairs: list[tuple[int, int | None]]) -> None:
    made = [
        record(str(own), None if parent is None else str(parent), text=f"{own} {parent}")
        for own, parent in pairs
    ]
    whole, split = build(made), build(*([one] for one in made))
    assert whole.ids == split.ids
    assert whole.parent == split.parent
    different = {(one.id, one.parent) for one in made}
    assert len(whole) == len(different)
