"""What is said about which second, written for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.printing import printed

VIDEO = {"id": "tideBells_1", "extractor": "youtube", "title": "Bells [live]", "duration": 4000}
SAID = (
    ("a", "@gull", "Great.\nAt 7:12 he *nods*, and at 0:05 too\nbye"),
    ("b", "@low_tide", "7:13 <b>why</b>? | 1:02:03-1:02:09 is better"),
    ("c", "@wax", "7:18 is another"),
    ("list", "@wax", "0:00 Start\n7:12 Nods\n20:00 End"),
    ("d", "@likely", "look at 3.49 again"),
)


def written(folder: Path, *said: tuple[str, str, str], **video: object) -> str:
    comments = [{"id": i, "parent": "root", "author": who, "text": text} for i, who, text in said]
    path = folder / "talk.info.json"
    path.write_text(json.dumps({**VIDEO, **video, "comments": comments}), encoding="utf-8")
    return str(path)


def moments(*arguments: str, code: int = 0) -> str:
    return printed("moments", *arguments, code=code)


def found(path: str) -> list[dict[str, Any]]:
    return json.loads(moments(path, "--format", "json"))


def test_moments_close_together_are_one_and_lists_of_chapters_none(tmp_path: Path) -> None:
    said = found(written(tmp_path, *SAID))
    spans = [
        (one["start"], one["end"], [each["comment"] for each in one["comments"]]) for one in said
    ]
    assert spans == [
        (5, 5, ["a"]),
        (229, 229, ["d"]),
        (432, 433, ["a", "b"]),
        (438, 438, ["c"]),
        (3723, 3723, ["b"]),
    ]
    assert said[2]["url"] == "https://youtu.be/tideBells_1?t=432"
    assert said[2]["comments"][0]["line"] == "At 7:12 he *nods*, and at 0:05 too"
    assert said[4]["comments"][0]["end_seconds"] == 3729
    assert said[1]["comments"][0]["certainty"] == "likely"


def test_markdown_shows_the_words_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "sheet.md"
    moments(written(tmp_path, *SAID), "-o", str(out))
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Bells \\[live\\]"
    assert "**[7:12–7:13](https://youtu.be/tideBells_1?t=432)**, 2 comments" in lines
    assert "- @gull: At 7:12 he \\*nods\\*, and at 0:05 too" in lines
    assert "- @low\\_tide: 7:13 \\<b\\>why\\</b\\>? \\| 1:02:03-1:02:09 is better" in lines
    assert "- @likely (likely): look at 3.49 again" in lines


def test_without_a_known_video_there_are_no_links(tmp_path: Path) -> None:
    text = moments(written(tmp_path, *SAID, id=None, extractor=None))
    assert "**0:05**, 1 comment" in text
    assert "http" not in text


def test_of_a_long_line_what_stands_around_the_time_is_written(tmp_path: Path) -> None:
    long = "word " * 30_000 + "7:12 here " + "more " * 30_000
    (one,) = found(written(tmp_path, ("a", "@gull", long)))
    line = one["comments"][0]["line"]
    assert "7:12 here" in line
    assert len(line) <= 502
    assert line[0] == line[-1] == "…"


@pytest.mark.parametrize("said", [(), (("list", "@wax", "0:00 a\n1:00 b\n2:00 c"),)])
def test_where_none_are_named_it_is_said(tmp_path: Path, said: tuple[()]) -> None:
    assert moments(written(tmp_path, *said), code=1) == "commentree: no moments are named\n"
