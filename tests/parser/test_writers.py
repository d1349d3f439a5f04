"""The export keeps its contract, and the plain text says everything in words."""

import io
import json
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from parser import Discussion, ParseError, load, write_json, write_jsonl, write_text
from parser.analysis import Analysis
from parser.model import Diagnostic, Source, Video
from parser.text.marks import VideoAddress
from parser.writers import schema
from parser.writers.comments import BATCH
from parser.writers.text import age_in_words, clock, counted
from parser.writers.wrapping import cells, wrap
from tests.parser.helpers import discussion as made_up
from tests.parser.pages import Said, page

ID = "abcdefghijk"
TEXT = page(
    Said(
        "@lister",
        "0:00 Start\n1:05 Ropes [1]\n2:10 End\nReferences:\n[1] example.org/ropes.pdf",
        head="5 years ago +1.2K (edited)",
    ),
    Said("@host", "Thank you 🌊 für 漢字", head="1 year ago +1", depth=1, uploader=True),
    Said("@guest", "@@host at 1:10-1:20 it sings, see https://youtu.be/kkkkkkkkkkk?t=5", depth=1),
    Said("@late", "hm @ 2.30 and [1]"),
    title="Ropes",
    labels=("  • Out: 2024-09-12", "Comments • 4"),
)


def discussion(video: bool = False) -> Discussion:
    address = VideoAddress("youtube", ID) if video else None
    return load("-", stream=io.BytesIO(TEXT.encode()), video=address)


def exported(source: Discussion | Analysis) -> dict[str, Any]:
    file = io.BytesIO()
    write_json(source, file)
    return cast("dict[str, Any]", json.loads(file.getvalue().decode("utf-8")))


def exported_lines(source: Discussion | Analysis) -> list[dict[str, Any]]:
    file = io.BytesIO()
    write_jsonl(source, file)
    return [json.loads(line) for line in file.getvalue().decode("utf-8").splitlines()]


CONTRACT = {
    "discussion": "schema source video chapters references comments diagnostics",
    "source": "path format page_date complete",
    "video": "site id url title channel duration published comments_claimed comments_present",
    "chapter": "start end title url from machine comment citations comments",
    "reference": "label comment text links kind cited_at",
    "comment": "id parent depth reply_to reply_certainty author author_name author_id "
    "is_uploader is_verified is_pinned is_hearted likes age age_days published edited text "
    "timestamps links mentions citations",
    "timestamp": "span text seconds end_seconds certainty url",
    "link": "span text url video",
    "link's video": "id seconds",
    "mention": "span author comment",
    "citation": "span label",
}


def test_the_objects_have_the_contracts_keys_in_order() -> None:
    found = exported(discussion())
    first, _, guest, _ = found["comments"]
    objects = {
        "discussion": found,
        "source": found["source"],
        "video": found["video"],
        "chapter": found["chapters"][0],
        "reference": found["references"][0],
        "comment": first,
        "timestamp": first["timestamps"][0],
        "link": guest["links"][0],
        "link's video": guest["links"][0]["video"],
        "mention": guest["mentions"][0],
        "citation": first["citations"][0],
    }
    assert {name: " ".join(item) for name, item in objects.items()} == CONTRACT
    assert found["schema"] == "commentree/1"


def test_the_values_say_what_the_page_says() -> None:
    found = exported(discussion())
    first, host, guest, late = found["comments"]
    assert found["source"] == {
        "path": "-",
        "format": "page-text",
        "page_date": "2024-09-12",
        "complete": True,
    }
    assert found["video"]["title"] == "Ropes"
    assert (found["video"]["comments_claimed"], found["video"]["comments_present"]) == (4, 4)
    assert found["video"]["id"] is found["video"]["url"] is found["video"]["channel"] is None
    assert (first["parent"], first["reply_to"], first["reply_certainty"]) == (None, None, None)
    assert (first["likes"], first["age_days"], first["edited"]) == (1200, 1825, True)
    assert (host["parent"], host["reply_to"]) == (first["id"], first["id"])
    assert (host["likes"], host["is_uploader"], host["edited"]) == (1, True, None)
    assert host["text"] == "Thank you 🌊 für 漢字"
    assert (guest["reply_to"], guest["reply_certainty"]) == (host["id"], "inferred")
    assert guest["mentions"] == [{"span": [0, 5], "author": "@host", "comment": host["id"]}]
    assert guest["timestamps"][0]["seconds"] == 70
    assert guest["timestamps"][0]["end_seconds"] == 80
    assert guest["links"][0]["video"] == {"id": "kkkkkkkkkkk", "seconds": 5}
    assert late["timestamps"][0]["certainty"] == "likely"
    assert [chapter["title"] for chapter in found["chapters"]] == ["Start", "Ropes", "End"]
    assert [chapter["comments"] for chapter in found["chapters"]] == [0, 1, 1]
    assert found["chapters"][1]["citations"] == ["1"]
    assert found["chapters"][1]["comment"] == first["id"]
    assert found["references"][0]["cited_at"] == [65, 150]


def test_spans_spell_their_texts() -> None:
    for comment in exported(discussion())["comments"]:
        for kind in ("timestamps", "links"):
            for mark in comment[kind]:
                assert comment["text"][slice(*mark["span"])] == mark["text"]


def test_links_to_moments_need_the_video() -> None:
    without, known = exported(discussion()), exported(discussion(video=True))
    assert {item["url"] for item in without["chapters"]} == {None}
    assert known["video"]["url"] == f"https://www.youtube.com/watch?v={ID}"
    assert known["chapters"][0]["url"] == f"https://youtu.be/{ID}?t=0"
    assert known["comments"][2]["timestamps"][0]["url"] == f"https://youtu.be/{ID}?t=70"


def test_the_bytes_are_plain_utf_8() -> None:
    file = io.BytesIO()
    write_json(discussion(), file)
    data = file.getvalue()
    assert "🌊 für 漢字".encode() in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"}\n")
    assert b"NaN" not in data


def test_the_bytes_fit_the_schemas_types() -> None:
    found = exported(discussion())
    for kind, items in (
        (schema.Chapter, found["chapters"]),
        (schema.Reference, found["references"]),
        (schema.Comment, found["comments"]),
    ):
        assert msgspec.convert(items, list[kind])  # pyright: ignore[reportInvalidTypeForm]


def test_json_lines_hold_the_same_things() -> None:
    whole, lines = exported(discussion()), exported_lines(discussion())
    assert list(lines[0]) == ["type", "schema", "source", "video"]
    assert lines[0] == {"type": "discussion", **{key: whole[key] for key in list(lines[0])[1:]}}
    assert lines[-1] == {"type": "end", "comments_present": 4, "complete": True}
    for kind in ("comment", "chapter", "reference", "diagnostic"):
        items = [{"type": kind, **item} for item in whole[f"{kind}s"]]
        assert [line for line in lines if line["type"] == kind] == items
    assert len(lines) == 2 + 4 + 3 + 1


def test_every_comment_of_many_is_written_as_the_file_has_it() -> None:
    """Across the batches in which they are written, at any depth."""
    many = 3 * BATCH + 7
    said = [
        (
            f"@a{n % 50}",
            f"@a{n % 7} at {n % 60}:05 [1]" if n % 5 else "plain\n",
            [None, n - 1][n % 9 > 0],
        )
        for n in range(many)
    ]
    likes, flags = {n: n for n in range(0, many, 3)}, {n: n % 2 == 0 for n in range(0, many, 4)}
    made = made_up(*said, likes=likes, is_pinned=flags, edited=flags, age_days=likes)
    analysis = Analysis(made)
    found = exported(analysis)["comments"]
    assert [line for line in exported_lines(analysis) if line["type"] == "comment"] == [
        {"type": "comment", **one} for one in found
    ]
    assert [one["id"] for one in found] == list(made.ids)
    for comment, one in zip(made, found, strict=True):
        reply, parent = analysis.reply(comment.index), comment.parent
        assert one["parent"] == (None if parent is None else made.ids[parent])
        assert one["reply_to"] == (None if reply.to is None else made.ids[reply.to])
        assert one["reply_certainty"] == reply.certainty
        assert [mark["span"][0] for mark in one["timestamps"]] == [
            mark.start for mark in analysis.timestamps(comment.index)
        ]
        for name in ("depth", "author", "is_pinned", "is_hearted", "edited", "likes", "age_days"):
            assert one[name] == getattr(comment, name)


@pytest.mark.parametrize("write", [write_json, write_jsonl])
def test_an_empty_discussion_is_written(write: Any) -> None:
    empty = Discussion(Source("none", "test", complete=True), Video(title="Ünd"))
    empty.diagnostics.append(Diagnostic("error", "odd", line=3))
    file = io.BytesIO()
    write(empty, file)
    assert '"title":"Ünd"' in file.getvalue().decode()
    assert b'"severity":"error","line":3,"record":null,"message":"odd"' in file.getvalue()
    whole = file.getvalue() if write is write_json else file.getvalue().splitlines()[-1]
    assert json.loads(whole)


def text_of(source: Discussion | Analysis, width: int | None = None) -> str:
    file = io.StringIO()
    write_text(source, file, width)
    return file.getvalue()


def test_the_text_says_everything_in_words() -> None:
    text = text_of(discussion(video=True))
    for said in (
        "Ropes\n4 of 4 comments, 2 threads, 5 moments, page of 2024-09-12.\n",
        f"Video: https://www.youtube.com/watch?v={ID}\n",
        "3 chapters, listed in comment 1 by @lister:\n",
        f"1:05 Ropes, cites 1, 1 comment, https://youtu.be/{ID}?t=65\n",
        "2. @host, reply to 1, @lister, about 1 year ago, 1 like, uploader\n",
        "3. @guest, reply to 2, @host (inferred), about 2 days ago\n@host at 1:10-1:20",
        f"Moment: 1:10 to 1:20, in the chapter 1:05 Ropes, https://youtu.be/{ID}?t=70\n",
        "Moment: 2:30, likely, in the chapter 2:10 End",
        "Reference 1: cited at 1:05 and 2:30, https://example.org/ropes.pdf\n",
        "Link: https://youtu.be/kkkkkkkkkkk?t=5\n",
    ):
        assert said in text


def test_the_text_says_that_the_video_is_unknown_and_what_was_odd() -> None:
    source = discussion()
    source.diagnostics.append(Diagnostic("warning", "Half of it is missing", line=7))
    text = text_of(source)
    assert "Video: not known; name it with --video" in text
    assert text.endswith("What was odd about the file:\nline 7: Half of it is missing.\n")


def test_the_text_is_wrapped_only_when_asked() -> None:
    source = load("-", stream=io.BytesIO(page(Said(text="word " * 100 + "end")).encode()))
    assert "word " * 100 + "end\n" in text_of(source)
    wrapped = text_of(source, 40)
    assert max(map(len, wrapped.splitlines())) <= 40
    assert " ".join(wrapped.split()).count("word") == 100


@pytest.mark.parametrize(
    ("line", "width", "pieces"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("  indented words go on", 12, ["  indented", "words go on"]),
        ("a https://example.org/long b", 10, ["a", "https://example.org/long", "b"]),
        ("漢字漢字漢", 4, ["漢字", "漢字", "漢"]),
        ("ab漢字", 4, ["ab漢", "字"]),
        ("ab漢 ", 4, ["ab漢"]),
        ("e\u0301e\u0301 e\u0301", 4, ["e\u0301e\u0301 e\u0301"]),
        ("   ", 10, [""]),
        ("12345678", 8, ["12345678"]),
    ],
)
def test_wrapping_counts_cells(line: str, width: int, pieces: list[str]) -> None:
    assert [piece.rstrip() for piece in wrap(line, width)] == pieces


def test_wrapping_loses_nothing() -> None:
    line = "Ein Satz mit 漢字 und 👩\u200d👩\u200d👧 und  zwei  Lücken " * 20
    pieces = wrap(line, 30)
    assert "".join("".join(pieces).split()) == "".join(line.split())
    assert all(cells(piece) <= 30 for piece in pieces)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (65, "1:05"), (3600, "1:00:00"), (36_061, "10:01:01")]
)
def test_a_clock(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "less than a day ago"),
        (1, "about 1 day ago"),
        (21, "about 3 weeks ago"),
        (60, "about 2 months ago"),
        (1825, "about 5 years ago"),
    ],
)
def test_an_age(days: int, shown: str) -> None:
    assert age_in_words(days) == shown


def test_a_count_with_its_noun() -> None:
    assert [counted(1, "like"), counted(2, "like")] == ["1 like", "2 likes"]
    assert counted(0, "reply", "replies") == "0 replies"


def test_reading_what_is_no_page_is_refused(tmp_path: Path) -> None:
    export = tmp_path / "export.txt"
    export.write_text(text_of(discussion()), encoding="utf-8")
    with pytest.raises(ParseError):
        load(str(export))
