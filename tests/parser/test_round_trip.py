"""An export, read and exported again, is the same but for where it came from."""

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest

from parser import Discussion, ParseError, StatedChapter, Video, load, write_json, write_jsonl
from parser.text.marks import VideoAddress
from tests.parser.helpers import discussion
from tests.parser.test_fixtures import CASES, FIXTURES
from tui.paths import sample_path

Write = Callable[[Discussion, BinaryIO], None]
WRITERS = pytest.mark.parametrize("write", [write_json, write_jsonl], ids=["json", "jsonl"])


def exported(found: Discussion, write: Write) -> bytes:
    out = io.BytesIO()
    write(found, out)
    return out.getvalue()


def read(data: bytes) -> Discussion:
    found = load("-", stream=io.BytesIO(data))
    assert found.source.format == "commentree"
    return found


def named(data: bytes, path: str, form: str) -> bytes:
    """An export with another path and format in its source."""
    old = json.loads(data.partition(b"\n")[0]) if data.startswith(b'{"type"') else json.loads(data)
    before, after = (
        json.dumps(dict(zip(("path", "format"), names, strict=True)), separators=(",", ":"))[1:-1]
        for names in ((old["source"]["path"], old["source"]["format"]), (path, form))
    )
    assert data.count(before.encode()) == 1
    return data.replace(before.encode(), after.encode())


def check(found: Discussion, write: Write) -> None:
    first = exported(found, write)
    again = exported(read(first), write)
    expected = named(first, "-", "commentree")
    # Line by line, since two whole exports in one difference cannot be read.
    for one, other in zip(again.split(b"\n"), expected.split(b"\n"), strict=True):
        assert one.decode() == other.decode()


@WRITERS
@pytest.mark.parametrize("case", CASES)
def test_every_fixture_comes_back(case: str, write: Write) -> None:
    check(load(str(next((FIXTURES / case).glob("input.*")))), write)


@WRITERS
def test_the_sample_comes_back(write: Write) -> None:
    found = load(sample_path())
    assert len(found) > 50
    check(found, write)


@WRITERS
def test_links_to_moments_come_back_for_a_video_that_someone_named(write: Write) -> None:
    address = VideoAddress("youtube", "tideBells_1")
    found = load(sample_path(), video=address)
    assert b"https://youtu.be/tideBells_1?t=" in exported(found, write)
    check(found, write)


def info(**facts: object) -> Discussion:
    comments = [
        {"id": "a", "parent": "root", "text": "At 1:15 it rings"},
        {"id": "b", "parent": "root", "text": "0:00 One\n2:00 Two\n3:00 Three", "like_count": 99},
    ]
    whole = {"id": "tideBells_1", "extractor": "youtube", "comments": comments, **facts}
    return load("-", stream=io.BytesIO(json.dumps(whole).encode()))


DESCRIPTION = "Chapters:\n0:00 Hello\n1:10 - 1:20 Wax\n4:05 Bronze"


@WRITERS
@pytest.mark.parametrize("duration", [None, 600])
def test_chapters_of_a_description_come_back_without_the_description(
    write: Write, duration: int | None
) -> None:
    found = info(description=DESCRIPTION, duration=duration)
    data = exported(found, write)
    assert data.count(b'"from":"description"') == 3
    assert b"Chapters:" not in data
    check(found, write)


@WRITERS
def test_chapters_of_a_comment_are_worked_out_anew(write: Write) -> None:
    found = info(duration=600)
    assert exported(found, write).count(b'"from":"comment"') == 3
    check(found, write)


@WRITERS
@pytest.mark.parametrize("machine", [False, True])
def test_stated_chapters_come_back_with_who_made_them(write: Write, machine: bool) -> None:
    chapters = (
        StatedChapter(0, "One", machine=machine),
        StatedChapter(60, "Two", 50, machine=machine),
        StatedChapter(60, "Three", machine=machine),
    )
    found = discussion("at 1:15", video=Video(title="T", chapters=chapters))
    assert exported(found, write).count(b'"from":"video"') == 3
    check(found, write)


@WRITERS
def test_an_export_is_read_as_other_tools_hand_it_on(write: Write) -> None:
    data = exported(info(description=DESCRIPTION), write)
    expected = named(data, "-", "commentree")
    documents = data.splitlines() if write is write_jsonl else [data]
    in_order = [json.dumps(json.loads(one), sort_keys=True) for one in documents]
    assert exported(read("\n".join(in_order).encode()), write) == expected
    pretty = [json.dumps(json.loads(one), indent=2) for one in documents]
    assert exported(read("\n".join(pretty).encode("utf-16")), write) == expected


@WRITERS
def test_json_and_lines_are_read_to_the_same(write: Write) -> None:
    found = info(description=DESCRIPTION)
    one, other = (read(exported(found, way)) for way in (write_json, write_jsonl))
    assert exported(one, write) == exported(other, write)


def test_what_a_newer_version_wrote_is_refused_in_one_line() -> None:
    for write in (write_json, write_jsonl):
        data = exported(info(), write).replace(b"commentree/1", b"commentree/2", 1)
        with pytest.raises(ParseError) as raised:
            load("-", stream=io.BytesIO(data))
        assert str(raised.value).startswith("standard input: is written as commentree/2")
        assert "update" in str(raised.value)


def test_a_newer_version_is_refused_where_its_name_comes_last() -> None:
    whole: dict[str, Any] = json.loads(exported(info(), write_json))
    whole["comments"] = [{**whole["comments"][0], "id": str(n)} for n in range(2000)]
    whole["schema"] = "commentree/2\x1b[2J"
    data = json.dumps(whole, sort_keys=True).encode()
    assert data.index(b'"schema"') > 64 * 1024
    with pytest.raises(ParseError, match=r"standard input: is written as commentree/2\u241b\[2J, "):
        load("-", stream=io.BytesIO(data))


@WRITERS
def test_a_cut_anywhere_is_told_and_leaves_what_stands_before_it(write: Write) -> None:
    data = exported(info(description=DESCRIPTION), write)
    whole = read(data)
    counts: list[int] = []
    for cut in range(30, len(data) - 1):
        try:
            part = read(data[:cut])
        except ParseError:
            assert cut < 100, "it is recognised early"
            continue
        assert list(part.texts) == list(whole.texts)[: len(part)]
        assert not part.source.complete
        assert any("cut" in said.message for said in part.diagnostics)
        counts.append(len(part))
    assert counts == sorted(counts)
    assert counts[-1] == 2
