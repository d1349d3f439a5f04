"""Files of downloaders and front ends: what fixtures cannot say of cuts, slices and size."""

import contextlib
import io
import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from parser import Discussion, ParseError, load, open_discussion, source

FIXTURES = Path(__file__).parent / "fixtures"


def loaded(data: bytes | str) -> Discussion:
    return load("-", stream=io.BytesIO(data.encode() if isinstance(data, str) else data))


WHOLE = [
    "ycd/lines",
    "ycd/pretty",
    "invidious/page",
    "invidious/pages",
    "invidious/list_of_pages_sorted",
    "piped/page",
    "piped/pages",
]


@pytest.mark.parametrize("case", WHOLE)
def test_a_cut_at_any_byte_is_told_and_loses_what_stands_behind(case: str) -> None:
    data = next((FIXTURES / case).glob("input.*")).read_bytes().rstrip()
    whole = loaded(data)
    texts = dict(zip(whole.ids, whole.texts, strict=True))
    counts: list[int] = []
    unaware = 0
    for cut in range(1, len(data)):
        try:
            part = loaded(data[:cut])
        except ParseError:
            continue
        assert dict(zip(part.ids, part.texts, strict=True)).items() <= texts.items()
        unaware += part.source.complete
        if not part.source.complete:
            assert any("cut" in said.message for said in part.diagnostics)
        counts.append(len(part))
    assert counts == sorted(counts)
    assert counts[-1] >= len(whole) - 1
    assert len(counts) > len(data) - 600, "it is recognised early"
    # Between two documents nothing can tell that there was more.
    assert unaware <= 2 * sum(data.count(gap) for gap in (b"}\n", b"}\r\n", b"}{"))


def ycd(number: int, **more: object) -> dict[str, object]:
    reply = f".{number}" if number % 3 else ""
    return {
        "cid": f"Ugw{number - number % 3}{reply}",
        "text": f"comment {number} at 1:{number % 60:02}",
        "time": f"{1 + number % 11} months ago",
        "author": f"@user{number % 50}",
        "channel": f"UC{number % 50:022}",
        "votes": str(number % 7),
        "heart": number % 5 == 0,
        "reply": bool(reply),
        **more,
    }


def invidious(number: int) -> dict[str, object]:
    one = ycd(number)
    return {
        "commentId": one["cid"],
        "content": one["text"],
        "publishedText": one["time"],
        "author": one["author"],
        "authorId": one["channel"],
        "likeCount": number % 7,
    }


def piped(number: int) -> dict[str, object]:
    one = ycd(number)
    return {
        "commentId": one["cid"],
        "commentText": f"<b>{one['text']}</b><br>&amp;",
        "commentedTime": one["time"],
        "author": one["author"],
        "commentorUrl": f"/channel/{one['channel']}",
        "likeCount": number % 7,
    }


def files(count: int) -> dict[str, str]:
    """A file of so many comments in each shape."""
    numbers = range(count)
    return {
        "ycd lines": "\n".join(json.dumps(ycd(n)) for n in numbers),
        "ycd pretty": json.dumps({"comments": [ycd(n) for n in numbers]}, indent=4),
        "invidious": json.dumps({"videoId": "tideBells_1", "comments": [*map(invidious, numbers)]}),
        "piped": json.dumps({"nextpage": None, "comments": [*map(piped, numbers)]}),
        "piped pages": "\n".join(
            json.dumps({"nextpage": "x", "comments": [*map(piped, range(n, min(n + 20, count)))]})
            for n in range(0, count, 20)
        ),
    }


FILES = files(6000)


@pytest.mark.parametrize("form", FILES)
def test_comments_come_in_slices_the_first_one_soon(form: str) -> None:
    text = FILES[form]
    loading = open_discussion("-", stream=io.BytesIO(text.encode()))
    counts = [step.comments for step in loading.steps()]
    assert len(loading.discussion) == 6000
    first = next(count for count in counts if count)
    assert first <= 600
    assert max(b - a for a, b in pairwise(counts)) <= 3000
    assert [*loading.discussion.depth[:6]] == [0, 1, 1, 0, 1, 1]
    assert loading.discussion.source.complete
    assert not loading.discussion.diagnostics


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("size", [997, 4096])
def test_the_size_of_slices_changes_nothing(
    form: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def facts(found: Discussion) -> list[object]:
        return [list(found.rows), found.parent, found.flags, found.likes, found.age_days]

    text = files(300)[form]
    whole = facts(loaded(text))
    monkeypatch.setattr(source, "BLOCK", size)
    monkeypatch.setattr(source, "FIRST_BLOCK", size)
    assert facts(loaded(text)) == whole


def hostile(length: int) -> Iterator[tuple[str, str]]:
    """Files that are made to take long, about so long; what they try."""
    start = {"ycd": '{"cid":"a","text":"', "piped": '{"commentId":"a","commentText":"'}
    yield "tags without an end", '{"comments":[' + start["piped"] + "<a href='" * (length // 9)
    yield "letters without an end", start["ycd"] + "x" * length
    yield "entities", '{"comments":[' + start["piped"] + "&#x" * (length // 3) + '"}]}'
    yield "no ends of lines", (start["ycd"] + '","votes":"1"}') * (length // 33)
    yield (
        "lines that are none",
        json.dumps(ycd(1)) + "\n" + ("{" + 40 * " " + "\n") * (length // 42),
    )
    yield (
        "pages without comments",
        '{"videoId":"x","commentCount":1,"comments":[]}' * (length // 46),
    )
    yield (
        "votes of digits",
        "\n".join(
            json.dumps(ycd(n, votes="9" * 1000, time="9" * 1000)) for n in range(length // 2200)
        ),
    )
    yield "damage all over", json.dumps(ycd(1)) + "\n" + '{"cid":"a","text":}\n' * (length // 20)
    yield (
        "pages of damage",
        '{"comments":[' + start["piped"] + '"},{"commentId":"x",]' * (length // 21),
    )


@pytest.mark.parametrize("what", [what for what, _ in hostile(1000)])
def test_hostile_files_cost_their_length(what: str) -> None:
    # Four times the length costs four times as much; where it is squared, sixteen times.
    lengths = (250_000, 1_000_000)
    texts = [dict(hostile(length))[what].encode() for length in lengths]
    costs = [min(cost(text) for _ in range(3)) for text in texts]
    assert costs[1] < 9 * costs[0] + 0.1


def cost(data: bytes) -> float:
    start = time.process_time()
    with contextlib.suppress(ParseError):
        loaded(data)
    return time.process_time() - start


def test_a_list_of_comments_without_an_answer_around_it_is_read() -> None:
    for comments in ([invidious(n) for n in range(6)], [piped(n) for n in range(6)]):
        found = loaded(json.dumps(comments))
        assert [*found.depth] == [0, 1, 1, 0, 1, 1]
        assert found.source.complete


@pytest.mark.parametrize(
    "value",
    [
        {"comments": []},
        {"comments": {}},
        {"comments": [{"cid": "x"}]},
        {"comments": [{"commentId": "x"}]},
        {"cid": "x", "votes": "1"},
        {"videoId": "tideBells_1", "title": "the video's own answer", "comments": None},
        {"nextpage": None, "comments": "x"},
        {"commentText": "x"},
        [[{"cid": "x", "text": "y"}]],
        {"schema": "commentary/1"},
        {"schema": 1, "comments": []},
    ],
)
def test_what_only_looks_a_little_like_it_is_refused(value: Any) -> None:
    with pytest.raises(ParseError, match="holds no discussion"):
        loaded(json.dumps(value))


def test_a_very_long_first_comment_is_recognised() -> None:
    long = "x" * 200_000
    for one in (
        {"cid": "a", "text": long, "votes": "1"},
        {"comments": [{"cid": "a", "text": long, "votes": "1"}]},
        {"comments": [{"commentId": "a", "commentText": long}]},
        {"comments": [{"commentId": "a", "authorId": "b", "content": long}]},
    ):
        assert [len(text) for text in loaded(json.dumps(one)).texts] == [200_000]
