"""YouTube's Data API through to what other programs get of it; pages, cuts, hostile files."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parser import Discussion, ParseError, load, source, write_json
from parser.detect import detect
from parser.readers.youtube_api_comment import said
from parser.readers.youtube_api_items import Snippet
from parser.source import open_input
from parser.text.clean import clean
from tests.parser.test_threads import check_tree

FIXTURES = Path(__file__).parent / "fixtures" / "youtube_api"


def data_of(case: str) -> bytes:
    return next((FIXTURES / case).glob("input.*")).read_bytes()


def read(text: str | bytes) -> Discussion:
    data = text if isinstance(text, bytes) else text.encode()
    found = load("-", stream=io.BytesIO(data))
    check_tree(found)
    return found


def comment(name: str, text: str, **more: object) -> dict[str, Any]:
    return {
        "kind": "youtube#comment",
        "id": name,
        "snippet": {"textDisplay": text, "textOriginal": text, "authorDisplayName": "@a", **more},
    }


def thread(name: str, text: str, *replies: dict[str, Any]) -> dict[str, Any]:
    made = {
        "kind": "youtube#commentThread",
        "id": name,
        "snippet": {
            "videoId": "tideBells_1",
            "topLevelComment": comment(name, text),
            "totalReplyCount": len(replies),
        },
    }
    return {**made, "replies": {"comments": list(replies)}} if replies else made


def page(*threads: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "youtube#commentThreadListResponse", "items": list(threads)}


def test_the_files_id_makes_the_links() -> None:
    out = io.BytesIO()
    write_json(read(data_of("plain")), out)
    found = json.loads(out.getvalue())
    assert [one["url"] for one in found["comments"][0]["timestamps"]] == [
        "https://youtu.be/tideBells_1?t=72",
        "https://youtu.be/tideBells_1?t=245",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("no tags, no entities", "no tags, no entities"),
        ("1 &lt; 2 &amp; 3<br>next", "1 < 2 & 3\nnext"),
        ("a<br />b<br><br>c", "a\nb\n\nc"),
        ('<a href="https://x.example/a/b/c">https://x.example/a...</a>', "https://x.example/a/b/c"),
        ('<a href="https://www.youtube.com/watch?v=tideBells_1&amp;t=0m00s">0:00</a>', "0:00"),
        (
            '<a href="http://x.example/\r">http://x.example/\r</a><br>next',
            "http://x.example/\r\nnext",
        ),
        (
            "plain as it was typed,\nwith <b>no tag</b>",
            "plain as it was typed,\nwith <b>no tag</b>",
        ),
        ("bells <3 tides", "bells <3 tides"),
        ("marked at the end\ufeff", "marked at the end"),
    ],
)
def test_a_text_without_its_original_is_read_as_html_unless_it_is_plain(
    html: str, text: str
) -> None:
    assert said(Snippet(text_display=html)) == text
    assert said(Snippet(text_display=html, text_original="typed")) == "typed"


PAGES = [
    page(
        *(
            thread(
                f"t{number}.{place}".replace(".", "_"),
                f'}},{{"kind": "youtube#commentThread" {number} {place}',
                *(comment(f"t{number}_{place}.{at}", f"reply {at}") for at in range(place % 3)),
            )
            for place in range(7)
        )
    )
    for number in range(4)
]
THREADS: list[dict[str, Any]] = [one for each in PAGES for one in each["items"]]
FORMS = {
    "one page": json.dumps(page(*THREADS)),
    "by line": "\n".join(map(json.dumps, PAGES)),
    "indented": "\n".join(json.dumps(one, indent=2) for one in PAGES),
    "concatenated": "".join(map(json.dumps, PAGES)),
    "in a list": json.dumps(PAGES),
    "in an indented list": json.dumps(PAGES, indent=1),
    "threads by line": "\n".join(map(json.dumps, THREADS)),
    "threads in a list": json.dumps(THREADS),
}


@pytest.mark.parametrize("block", [64, 300, 100_000])
@pytest.mark.parametrize("form", FORMS)
def test_pages_are_the_same_in_every_form_and_however_they_are_cut(
    form: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "BLOCK", block)
    monkeypatch.setattr(source, "FIRST_BLOCK", max(block, 300))
    found = read(FORMS[form])
    expected = [
        text
        for number in range(4)
        for place in range(7)
        for text in (
            f'}},{{"kind": "youtube#commentThread" {number} {place}',
            *(f"reply {at}" for at in range(place % 3)),
        )
    ]
    assert list(found.texts) == expected
    assert list(found.depth) == [int(text.startswith("reply")) for text in expected]
    assert found.source.complete
    assert not found.diagnostics


def test_one_long_page_comes_in_small_slices_from_the_first_block_on() -> None:
    text = json.dumps(page(*(thread(f"t{at}", f"text {at} {'x' * 200}") for at in range(3000))))
    opened = open_input("-", io.BytesIO(text.encode()))
    slices = list(detect(opened).read(opened))
    assert max(len(one.records) for one in slices) <= 200
    first = next(one for one in slices if len(one.records))
    assert first.bytes_read < len(text) // 10
    assert sum(len(one.records) for one in slices) == 3000


@pytest.mark.parametrize(
    "case", ["plain", "html_only", "pages_in_a_list", "threads_in_a_list", "comments_only"]
)
def test_a_cut_anywhere_leaves_what_stands_before_it(case: str) -> None:
    data = data_of(case)
    whole = read(data)
    texts = dict(zip(whole.ids, whole.texts, strict=True))
    counts: list[int] = []
    for cut in range(1, len(data.rstrip())):
        try:
            part = read(data[:cut])
        except ParseError:
            continue
        assert dict(zip(part.ids, part.texts, strict=True)).items() <= texts.items()
        assert not part.source.complete
        assert any("cut" in one.message for one in part.diagnostics)
        counts.append(len(part))
    assert counts == sorted(counts)
    assert counts[-1] == len(whole)
    assert len(counts) > len(data) - 100, "it is recognised early"


def test_of_a_thread_that_is_cut_the_comments_before_the_cut_are_there() -> None:
    text = json.dumps(page(thread("a", "top", comment("a.1", "one"), comment("a.2", "two"))))
    found = read(text[: text.index('"two"')])
    assert list(found.texts) == ["top", "one"]
    assert list(found.parent) == [-1, 0]


def test_an_error_among_the_pages_costs_no_comments() -> None:
    error: dict[str, Any] = {
        "error": {"code": 403, "message": "quota <b>exceeded</b>", "errors": []}
    }
    found = read(
        "\n".join(map(json.dumps, (page(thread("a", "x")), error, page(thread("b", "y")))))
    )
    assert list(found.texts) == ["x", "y"]
    assert [one.message for one in found.diagnostics] == ["The API answered: quota exceeded"]


def test_damage_in_one_page_leaves_the_others() -> None:
    pages = [json.dumps(one) for one in PAGES]
    for harm in ('"items": [', '"t1_3"', '"snippet": {', '"totalReplyCount": 2'):
        damaged = pages[1].replace(harm, harm[:-1], 1)
        for form in ("{0}\n{1}\n{2}\n{3}", "{0}{1}{2}{3}", "[{0},{1}, {2},{3}]"):
            found = read(form.format(pages[0], damaged, *pages[2:]))
            texts = set(found.texts)
            for number in (0, 2, 3):
                assert f'}},{{"kind": "youtube#commentThread" {number} 6' in texts
            assert found.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "youtube#searchListResponse", "items": [{"kind": "youtube#searchResult",'
        ' "id": {"videoId": "tideBells_1"}, "snippet": {"title": "x", "channelId": "UC"}}]}',
        '{"kind": "youtube#videoListResponse", "items": []}',
        '{"items": [{"snippet": {"title": "no comment"}}]}',
        '{"items": []}',
        '{"error": {"code": 404, "message": "not found", "errors": [{"domain": "global"}]}}',
        '{"snippet": "textDisplay"}',
        "[[",
    ],
)
def test_other_json_is_not_taken_for_it(text: str) -> None:
    with pytest.raises(ParseError, match="no discussion"):
        read(text)


def hostile() -> Iterator[bytes]:
    start = b'{"kind": "youtube#commentThreadListResponse", "items": ['
    yield start + b"[" * 50_000
    yield start + b'{"snippet":' * 30_000
    yield start + b'{"kind": "youtube#commentThread", ' * 30_000
    yield start + b'{"snippet":{"topLevelComment":{"comments":[{' * 10_000
    yield start + b"{}," * 50_000
    yield b'{"kind": "youtube#comment"}' + b"[{" * 50_000
    yield start + b'{"id": "\x1b[2J", "snippet": {"textOriginal": "\\ud800\x1b"}}]}' * 200


@pytest.mark.parametrize("number", range(7))
def test_what_is_made_to_harm_is_read_to_its_end(number: int) -> None:
    found = read(list(hostile())[number])
    assert all(clean(text) == text for text in found.texts)


@given(
    case=st.sampled_from(["plain", "pages_in_a_list", "threads_by_line", "odd_values"]),
    junk=st.binary(max_size=60) | st.sampled_from([b"}", b"]", b'"', b"{", b"[", b",", b"\\"]),
    place=st.floats(0, 1),
    left_out=st.integers(0, 40),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_anywhere_are_read_or_refused(
    case: str, junk: bytes, place: float, left_out: int
) -> None:
    data = data_of(case)
    at = int(place * len(data))
    for damaged in (data[:at] + junk + data[at + left_out :], data[:at] + junk):
        try:
            found = read(damaged)
        except ParseError:
            continue
        assert all(clean(text) == text for text in found.texts)
