"""Damaged and hostile yt-dlp files: little is lost, and nothing takes long."""

import io
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parser import ParseError, load
from parser.text.clean import clean
from tests.parser.test_threads import check_tree
from tests.property.test_slices import START, read

SAMPLE = json.dumps(
    {
        **START,
        "comments": [
            {"id": f"c{at}", "parent": "root", "text": f"text {at}", "replies": [{"id": "no"}]}
            for at in range(20)
        ],
        "title": "the last",
    },
    ensure_ascii=False,
).encode()


@given(
    junk=st.binary(max_size=300),
    place=st.integers(0, len(SAMPLE)),
    left_out=st.integers(0, 40),
)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_anywhere_are_read_or_refused(
    monkeypatch: pytest.MonkeyPatch, junk: bytes, place: int, left_out: int
) -> None:
    for data in (
        SAMPLE[:place] + junk + SAMPLE[place + left_out :],
        SAMPLE[:place] + junk,
        b'[{"id":1,"parent":2,"text":' + junk,
        b'{"extractor":1,"id":' + junk,
    ):
        try:
            discussion = read(data, monkeypatch, (300, 64))
        except ParseError:
            continue
        check_tree(discussion)
        assert all(clean(text) == text for text in discussion.texts)


FIRST, LAST = SAMPLE.index(b"["), SAMPLE.rindex(b"]")
"""The brackets of the comments."""


def check_wrong_byte(place: int, byte: int, sizes: tuple[int, int]) -> None:
    data = bytearray(SAMPLE)
    data[place] = byte
    with pytest.MonkeyPatch.context() as patch:
        discussion = read(bytes(data), patch, sizes)
    texts = [f"text {at}" for at in range(20)]
    assert sum(text in discussion.texts for text in texts) >= 18
    assert not set(discussion.ids) & {"no"}


@pytest.mark.parametrize("byte", b'[]{}",:\\ a\xff')
def test_one_wrong_byte_loses_no_more_than_two_comments(byte: int) -> None:
    for place in range(FIRST + 1, LAST):
        check_wrong_byte(place, byte, (700, 40) if place % 2 else (65536, 65536))


@given(st.integers(FIRST + 1, LAST - 1), st.integers(0, 255), st.sampled_from([40, 64, 300, 65536]))
@settings(max_examples=300, deadline=None)
def test_one_wrong_byte_in_blocks_of_any_size(place: int, byte: int, size: int) -> None:
    check_wrong_byte(place, byte, (65536 if size > 300 else 700, size))


@pytest.mark.parametrize(
    ("damaged", "complete"),
    [
        ('[{"id": "a", "parent": "root", "text": "x"}]', False),
        ('{"id": "a", "parent": "root", "text": "x"}]', False),
        ('[{"id": "a", "parent": "root", "text": "x"}', False),
        ('[{"id": "a"}]', False),
        ('{"id": "a", "parent": "root", "text": "x"}', True),
    ],
)
def test_a_stray_bracket_is_passed_over_and_said(damaged: str, complete: bool) -> None:
    behind = '{"id": "b", "parent": "root", "text": "y"}'
    data = f'{{"id": "jNQXAC9IVRw", "extractor": "youtube", "comments": [{damaged}, {behind}]}}'
    with pytest.MonkeyPatch.context() as patch:
        discussion = read(data.encode(), patch, (65536, 65536))
    assert list(discussion.texts) == ([] if damaged == '[{"id": "a"}]' else ["x"]) + ["y"]
    assert discussion.video.id == "jNQXAC9IVRw"
    assert bool(discussion.diagnostics) is not complete


@pytest.mark.parametrize(
    ("damaged", "left"),
    [
        ('{"id": "c", "parent": "root", "text": "a " quote"}', 0),
        ('{"id": "c", "parent": "root", "text": "no end}', 0),
        ('{"id": "c", "parent": "root", "text": "x"', 0),
        ('{"id": "c", "parent": "root", "text": "x"}}', 0),
        ('{"id": "c", "parent": "root", "text": ["x"}', 0),
        ('{"id": "c", "parent": "root", "text": "x",}', 1),
        ('{"id": "c", "parent": "root", "text": "x", "like_count": NaN}', 1),
        ('{"id": "c", "parent": "root", "text": "x", "like_count": 0012}', 1),
        ('{"id": "c", "parent": "root", "text": "x", "other": \'y\'}', 1),
        ('{"id": "c", "parent": "root", "text": "x\\q"}', 1),
        ('x"id": "c", "parent": "root", "text": "x"}', 0),
        ("7, [], true", 0),
        ("", 0),
    ],
)
@pytest.mark.parametrize("size", [16, 100, 65536])
def test_a_damaged_comment_takes_no_other_with_it(
    damaged: str, left: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def comment(at: int) -> str:
        return json.dumps({"id": f"c{at}", "parent": "root", "text": f"text {at}"})

    before = ", ".join(map(comment, range(10)))
    behind = ", ".join(map(comment, range(10, 300)))
    text = f'{{"id": "abcdefghijk", "extractor": "x", "comments": [{before}, {damaged}, {behind}]}}'
    discussion = read(text.encode(), monkeypatch, (100, size))
    assert [one for one in discussion.ids if one != "c"] == [f"c{at}" for at in range(300)]
    assert list(discussion.ids).count("c") == left
    if damaged:
        assert {said.record for said in discussion.diagnostics} == {11}
        assert discussion.source.complete == (bool(left) and "\\q" not in damaged)


# Time


def seconds(data: bytes) -> float:
    best = 9e9
    for _ in range(2):
        start = time.perf_counter()
        load("-", stream=io.BytesIO(data))
        best = min(best, time.perf_counter() - start)
    return best


def wrapped(comments: str, before: str = "") -> bytes:
    return f'{{"id":"abcdefghijk","extractor":"x",{before}"comments":[{comments}]}}'.encode()


def usual(count: int) -> bytes:
    return wrapped(",".join(_usual(at) for at in range(count)))


def _usual(at: int) -> str:
    return (
        f'{{"id":"c{at}","parent":"root","text":"a text of {at} with some words in it",'
        f'"like_count":{at},"author":"@a{at % 99}","author_is_uploader":false,"timestamp":1}}'
    )


def _chain(depth: int) -> str:
    return ",".join(
        f'{{"id":"{at}","parent":"{at - 1 if at else "root"}","text":"x"}}' for at in range(depth)
    )


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "one huge comment": lambda n: wrapped(f'{{"id":"a","parent":"root","text":"{"x" * 10 * n}"}}'),
    "tiny comments": lambda n: wrapped(",".join(['{"id":1}'] * (n // 10))),
    "junk members before": lambda n: wrapped(
        '{"id":"a"}', "".join(f'"m{at}":[{{"x":"y"}}],' for at in range(n // 12))
    ),
    "one junk member before": lambda n: wrapped('{"id":"a"}', f'"m":["{"x" * 10 * n}"],'),
    "titles": lambda n: wrapped(
        '{"id":"a"}', '"title":"x","chapters":[{"start_time":1}],' * (n // 40)
    ),
    "a text of cuts": lambda n: wrapped(
        ",".join(_usual(0).replace("words", '},{\\"' * (n // 100)) for _ in range(10))
    ),
    "texts that end in a cut": lambda n: wrapped(
        ",".join(['{"id":"a","parent":"root","text":"},{","x":"},{"}'] * (n // 40))
    ),
    "nested objects": lambda n: wrapped(
        ",".join(['{"id":1,"x":[' + '{"a":1},' * 99 + '{"a":1}]}'] * (n // 800))
    ),
    "a deep chain": lambda n: wrapped(_chain(n // 20)),
    "brackets": lambda n: wrapped('{"id":"a","x":' + "[" * n + "]" * n + '},{"id":"b"}'),
    "brackets without end": lambda n: wrapped('{"id":"a","x":' + '{"a":[' * (n // 6)),
    "wrong types": lambda n: wrapped(
        ",".join(
            [f'{{"id":"{at}","text":[],"like_count":"7","author":{{}}}}' for at in range(n // 40)]
        )
    ),
    "no comments": lambda n: wrapped(",".join(["1"] * (n // 2))),
    "nulls": lambda n: wrapped(",".join(["null"] * (n // 4))),
    "missing ends": lambda n: wrapped(",".join(['{"id":"a","parent":"b","text":"c"'] * (n // 40))),
    "quotes": lambda n: wrapped(",".join(['{"id":"a","text":"""}'] * (n // 20))),
    "cuts without sense": lambda n: wrapped('},{"' * (n // 4)),
    "open lists": lambda n: wrapped('{"a":[},' * (n // 8)),
    "deeper and deeper": lambda n: wrapped("x" + '},{"a":[{}' * (n // 10)),
    "space": lambda n: wrapped('{"id":"a"}' + " " * 10 * n + ',{"id":"b"}'),
    "spaced": lambda n: wrapped('{"id":"a" }\n ,\n { "x":1},' * (n // 25)),
    "one id": lambda n: wrapped(
        ",".join(f'{{"id":"a","text":"{at}"}}' for at in range(n // 20))
        + "".join(f',{{"id":"a~{at}"}}' for at in range(n // 20))
    ),
    "a broken title": lambda n: wrapped('{"id":"a"}', '"title":"x"y" "' + "z" * 10 * n + '",'),
    "html": lambda n: wrapped(
        '{"id":"a","html":"' + "<a <!-- &#9" * (n // 10) + '"},{"id":"b","html":"x"}'
    ),
    "an age": lambda n: wrapped('{"id":"a","_time_text":"' + "1(" * n + ')"}'),
}


@pytest.mark.parametrize("case", list(HOSTILE))
def test_hostile_files_take_linear_time(case: str) -> None:
    made = HOSTILE[case]
    small, large = made(50_000), made(500_000)
    quick = seconds(small)
    # Ten times the size: ten times the work, and a wide margin for a busy machine.
    assert seconds(large) < 30 * quick + 0.5


def test_odd_comments_are_not_much_slower_than_usual_ones() -> None:
    fine = usual(20_000)
    odd = fine.replace(b'"author_is_uploader":false', b'"author_is_uploader":"no"')
    assert seconds(odd) < 30 * seconds(fine)
    discussion = load("-", stream=io.BytesIO(odd))
    assert len(discussion) == 20_000
    assert "20000 comments have fields of a wrong kind" in discussion.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a \u04 b", "a \ufffd b"),
        (r"a \x41 b", "a \ufffdx41 b"),
        (r"\u00e9 \uD83C \q é", "é \ufffd \ufffdq é"),
        (r"C:\\x \"q\"", 'C:\\x "q"'),
    ],
)
def test_a_broken_escape_costs_itself(text: str, shown: str) -> None:
    comment = f'{{"id": "a", "parent": "root", "text": "{text}"}}'
    other = '{"id": "b", "parent": "root", "text": "whole"}'
    data = f'{{"id": "jNQXAC9IVRw", "extractor": "youtube", "comments": [{comment}, {other}]}}'
    with pytest.MonkeyPatch.context() as patch:
        discussion = read(data.encode(), patch, (65536, 65536))
    assert list(discussion.texts) == [shown, "whole"]
    assert discussion.source.complete is (text == r"C:\\x \"q\"")
