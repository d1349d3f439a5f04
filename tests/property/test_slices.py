"""A yt-dlp file read in slices says what a plain reading of the whole says, comment by comment."""

import io
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parser import Discussion, load, source
from parser.readers.json_damage import Damage
from parser.readers.json_slices import JsonSlices
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean, clean_line
from tests.parser.test_threads import check_tree

TRAPS = [
    '},{"id":"',
    "},{",
    '"},{"id": "x"}]',
    "}, {",
    "]}",
    "}]",
    '"comments":[',
    '\\"',
    "\\",
    "\\\\",
    '"',
    "[[[",
    "{{{",
    "\n",
    "\r\n",
    "\t",
    "\x00\x07\x1b[2J\x7f\x9b\u202e\u2028",
    "\ud800",
    "\udc00\ud83d",
    "\ufeff",
    "\ufffd",
    "🌊👩\u200d🚀",
    "é漢字",
    "a b",
    " x",
    "y ",
    "| |",
    "root",
    "@one",
    "",
]
TEXTS = st.lists(
    st.sampled_from(TRAPS) | st.text('ab ,:{}[]"\\\n|@é🌊\u202e\x07', max_size=6), max_size=5
).map("".join)
NUMBERS = st.sampled_from(
    [0, 1, -1, 12, 2**31, 2**63 - 1, 2**63, 10**30, 10**400, 1.5, -0.0, 1e300, 1600000000]
) | st.sampled_from([float("nan"), float("inf"), -float("inf")])
JUNK = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["a", "b", "c", "d", "e.1", "a~2", " f", "g\x01", ""])


def field(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A field as it usually is; seldom something of a wrong kind."""
    return st.one_of(usual, usual, usual, usual, st.none(), JUNK)


FLAG = field(st.booleans())
COMMENT = st.fixed_dictionaries(
    {},
    optional={
        "id": field(NAMES | st.integers(0, 3)),
        "parent": field(NAMES | st.just("root") | st.integers(0, 3)),
        "text": field(TEXTS),
        "html": field(st.sampled_from(["<b>x</b>", "1<br>2", '<a title="},{">q</a>'])),
        "author": field(TEXTS | st.just("@one")),
        "author_id": field(TEXTS | st.integers(0, 9)),
        "author_url": field(st.sampled_from(["https://x.org/@two", "https://x.org/user/3", "@"])),
        "author_is_uploader": FLAG,
        "author_is_verified": FLAG,
        "is_favorited": FLAG,
        "is_pinned": FLAG,
        "like_count": field(NUMBERS),
        "timestamp": field(NUMBERS),
        "_time_text": field(st.sampled_from(["2 years ago", "1 day ago (edited)", "", " "])),
        "time_text": field(st.sampled_from(["5 лет назад", "soon"])),
        "author_thumbnail": JUNK,
        "replies": st.lists(st.fixed_dictionaries({"id": NAMES, "text": TEXTS}), max_size=3),
    },
)
ELEMENTS = st.lists(st.one_of(COMMENT, COMMENT, COMMENT, COMMENT, st.none(), JUNK), max_size=12)
MEMBERS = st.dictionaries(
    st.sampled_from(["id", "title", "formats", "tags", 'odd"},{"key', "webpage_url", "é\n"]),
    JUNK,
    max_size=5,
)


@st.composite
def written(draw: st.DrawFn, value: object) -> bytes:
    """A document as some program may write it."""
    indent = draw(st.sampled_from([None, None, 1, "\t", "\n \r"]))
    comma, colon = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", " :\t")]))
    as_ascii = draw(st.booleans())
    text = json.dumps(value, indent=indent, separators=(comma, colon), ensure_ascii=as_ascii)
    return draw(st.sampled_from(["", " \n"])).encode() + text.encode("utf-8", "surrogatepass")


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, list[object], dict[str, object]]:
    """The bytes, the elements of the array, and the other members."""
    elements = draw(ELEMENTS)
    if draw(st.integers(0, 3)) == 0:
        return _read_plainly(draw(written(elements)))
    others = draw(MEMBERS)
    keys = draw(st.permutations([*others, "comments"]))
    whole = {key: elements if key == "comments" else others[key] for key in keys}
    return _read_plainly(draw(written(whole)))


def _read_plainly(data: bytes) -> tuple[bytes, list[object], dict[str, object]]:
    plain = json.loads(data.decode("utf-8", "replace"), strict=False)
    if isinstance(plain, list):
        return data, plain, {}  # pyright: ignore[reportUnknownVariableType]
    elements = plain.pop("comments")
    return data, elements, plain


def cut_into(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    """Blocks of these sizes in turn."""
    at, turn = 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        yield data[at : at + size]
        at, turn = at + size, turn + 1


SIZES = st.lists(
    st.sampled_from([1, 2, 3, 7, 16, 63, 64, 100, 255, 1024, 4096, 65536]), min_size=1, max_size=3
)


# The slices alone


def sliced(
    data: bytes, sizes: list[int]
) -> tuple[list[object], dict[str, object], JsonSlices[object]]:
    members: dict[str, object] = {}
    slices = JsonSlices[object](
        cut_into(data, sizes),
        "comments",
        decode=msgspec.json.Decoder(list[object]).decode,
        decode_one=lambda one, place: _loosely(one),
        looks_right=lambda one: b'"id"' in one,
        wanted=lambda key: key != "tags",
        member=lambda key, value: members.update({key: _loosely(value)}),
    )
    elements: list[object] = []
    for piece in slices.pieces():
        if piece:
            assert slices.first + len(piece) - 1 <= slices.count
        elements += piece
    return elements, members, slices


def _loosely(data: bytes) -> object:
    return json.loads(data.decode("utf-8", "replace"), strict=False)


def same(one: object, other: object) -> bool:
    """Equal, where NaN equals NaN, and 1.0 is not 1."""
    return repr(one) == repr(other)


@given(documents(), SIZES)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_slices_are_a_plain_reading(
    document: tuple[bytes, list[object], dict[str, object]], sizes: list[int]
) -> None:
    data, plain, others = document
    elements, members, slices = sliced(data, sizes)
    plain = [one for one in plain if one is not None]
    assert same([one for one in elements if one is not None], plain)
    assert same(
        {key: members[key] for key in sorted(members)},
        {key: others[key] for key in sorted(others) if key != "tags"},
    )
    assert slices.damage == Damage()
    assert slices.found_array


@given(documents(), SIZES, st.floats(0, 1), st.binary(min_size=1, max_size=3))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_stands_behind_the_end_is_told(
    document: tuple[bytes, list[object], dict[str, object]],
    sizes: list[int],
    share: float,
    more: bytes,
) -> None:
    data, plain, _ = document
    elements, _, slices = sliced(data + b" " + more, sizes)
    plain = [one for one in plain if one is not None]
    assert same([one for one in elements if one is not None], plain)
    assert slices.damage.more == bool(more.strip(b" \t\r\n"))


# The whole reader


def read(
    data: bytes, monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int] = (65536, 262144)
) -> Discussion:
    with monkeypatch.context() as patch:
        patch.setattr(source, "FIRST_BLOCK", sizes[0])
        patch.setattr(source, "BLOCK", sizes[1])
        return load("-", stream=io.BytesIO(data))


START = {"id": "abcdefghijk", "extractor": "youtube", "description": 99 * "é"}
"""What the first block must hold: the format's signs, and enough letters to know UTF-8 by."""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _name(value: object) -> str | None:
    found = _text(value)
    if found is None and (number := _number(value)) is not None:
        found = str(int(number) if number == int(number) else number)
    return clean_line(found or "") or None


def expected_facts(one: dict[str, object]) -> dict[str, object]:
    """What a careful person reads in a comment's fields, but for its place in the tree."""
    age = _text(one.get("_time_text")) or _text(one.get("time_text"))
    age = clean_line(age or "") or None
    likes, moment = _number(one.get("like_count")), _number(one.get("timestamp"))
    author = clean_line(_text(one.get("author")) or "") or None
    address = _text(one.get("author_url")) or ""
    text = _text(one.get("text")) or None
    if text is None:
        text = {
            "<b>x</b>": "x",
            "1<br>2": "1\n2",
            '<a title="},{">q</a>': "q",
        }.get(_text(one.get("html")) or "", _plain(_text(one.get("html"))))
    return {
        "author": "@two"
        if address.endswith("@two") and not (author or "").startswith("@")
        else author,
        "author_name": None if (author or "").startswith("@") else author,
        "author_id": _name(one.get("author_id")),
        "is_uploader": _flag(one.get("author_is_uploader")),
        "is_verified": _flag(one.get("author_is_verified")),
        "is_hearted": _flag(one.get("is_favorited")),
        "is_pinned": _flag(one.get("is_pinned")),
        "likes": int(likes) if likes is not None and 0 <= likes < 2**63 else None,
        "age": age and split_edited(age)[0],
        "age_days": parse_age(age).days if age else None,
        "edited": True if age and split_edited(age)[1] else None,
        "published": None if age else _date(moment),
        "text": clean(text),
    }


def _plain(html: str | None) -> str:
    """HTML without any tag or reference in it."""
    return (html or "").strip()


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(moment: Any) -> str | None:
    try:
        day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)
    except (OverflowError, TypeError):
        return None
    return day.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


Said = tuple[str | None, str | None, object]
"""A comment's id, its parent's id, and all that it says."""


def expected_tree(records: list[Said]) -> list[tuple[int, int]]:
    """Each comment's place in the file and its depth, in order, in the most naive way."""
    kept = [place for place in range(len(records)) if not is_repeated(records, place)]
    above = {place: answered(records, place) for place in kept}
    for place in kept:  # a circle is cut at its first comment
        seen, node = [place], above[place]
        while node is not None and node not in seen:
            seen.append(node)
            node = above[node]
        if node == place:
            above[place] = None
    order: list[tuple[int, int]] = []

    def put(place: int, depth: int) -> None:
        order.append((place, depth))
        for other in kept:
            if above[other] == place:
                put(other, depth + 1)

    for place in kept:
        if above[place] is None:
            put(place, 0)
    return order


def is_repeated(records: list[Said], place: int) -> bool:
    """Whether a comment stands in the file before, with the same id."""
    return records[place][0] is not None and records[place] in records[:place]


def answered(records: list[Said], place: int) -> int | None:
    """The first comment that has the parent's id."""
    parent = records[place][1]
    return next((at for at, one in enumerate(records) if parent and one[0] == parent), None)


@given(elements=ELEMENTS, data=st.data(), sizes=st.tuples(st.integers(1, 300), st.integers(1, 300)))
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_the_reader_is_a_plain_reading(
    elements: list[Any],
    data: st.DataObject,
    sizes: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written_out = data.draw(written({**START, "comments": elements, "title": "the last"}))
    start = written_out.index(b'"comments"')
    discussion = read(written_out, monkeypatch, (start + sizes[0], sizes[1]))
    _, plain, _ = _read_plainly(written_out)
    comments = cast("list[dict[str, object]]", [one for one in plain if isinstance(one, dict)])
    facts = [expected_facts(one) for one in comments]
    records: list[Said] = [
        (_name(one.get("id")), _parent(one.get("parent", "root")), (fact["author"], fact["text"]))
        for one, fact in zip(comments, facts, strict=True)
    ]
    order = expected_tree(records)
    assert [_facts(discussion, index) for index in range(len(discussion))] == [
        facts[place] for place, _ in order
    ]
    assert list(discussion.depth) == [depth for _, depth in order]
    check_tree(discussion)
    assert len(set(discussion.ids)) == len(discussion)
    assert discussion.video.title == "the last"
    left_out = sum(1 for one in plain if not isinstance(one, dict | None))
    told = [said for said in discussion.diagnostics if "damaged and left out" in said.message]
    assert [int(said.message.split()[0]) for said in told] == ([left_out] if left_out else [])


def _parent(value: object) -> str | None:
    name = None if value == 0 and not isinstance(value, str) else _name(value)
    return None if name == "root" else name


def _facts(discussion: Discussion, index: int) -> dict[str, object]:
    comment = discussion[index]
    return {name: getattr(comment, name) for name in expected_facts({})}


@given(elements=st.lists(COMMENT, max_size=8), data=st.data(), sizes=st.integers(20, 300))
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_cut_file_gives_the_comments_before_the_cut(
    elements: list[Any], data: st.DataObject, sizes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = data.draw(written({**START, "comments": elements, "title": "the last"}))
    cut = data.draw(st.integers(whole.index(b'"comments"') + 12, len(whole) - 1))
    part = whole[:cut]
    assume(part.rstrip() != whole.rstrip() and _is_text(whole))
    discussion = read(part, monkeypatch, (part.index(b"youtube") + 8, sizes))
    assert not discussion.source.complete
    assert any("cut" in said.message for said in discussion.diagnostics)
    there = _elements_before(whole.decode(), len(part.decode("utf-8", "ignore")))
    again = read(json.dumps({**START, "comments": there}).encode(), monkeypatch)
    assert list(discussion.texts) == list(again.texts)
    assert list(discussion.ids) == list(again.ids)
    assert list(discussion.parent) == list(again.parent)


def _elements_before(whole: str, cut: int) -> list[Any]:
    """The comments that are whole in the first characters."""
    decoder, found = json.JSONDecoder(strict=False), list[Any]()
    at = whole.index("[", whole.index('"comments"')) + 1
    while True:
        at += len(whole) - at - len(whole[at:].lstrip(" ,\t\r\n"))
        if whole[at] == "]":
            return found
        one, at = decoder.raw_decode(whole, at)
        if at > cut:
            return found
        found.append(one)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
