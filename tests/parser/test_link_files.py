"""The addresses that a discussion names, for people and for programs."""

import json
from pathlib import Path

from tests.printing import printed

SAID = (
    (
        "a",
        "@gull",
        "see bells.org/wax, and https://youtu.be/tideBells_2?t=65 (twice: bells.org/wax)",
    ),
    ("b", "@low-tide", "no address: e.g. this. But javascript://x/ is none either"),
    ("c", "@wax", "[1] https://bells.org/wax"),
)


def written(folder: Path, *said: tuple[str, str, str]) -> str:
    comments = [{"id": i, "parent": "root", "author": who, "text": text} for i, who, text in said]
    video = {"id": "tideBells_1", "extractor": "youtube", "title": "Bells"}
    path = folder / "talk.info.json"
    path.write_text(json.dumps({**video, "comments": comments}), encoding="utf-8")
    return str(path)


def test_each_address_is_a_line_once(tmp_path: Path) -> None:
    found = "https://bells.org/wax\nhttps://youtu.be/tideBells_2?t=65\n"
    path = written(tmp_path, *SAID)
    assert printed("links", path) == found
    out = tmp_path / "links.txt"
    assert printed("links", path, "-o", str(out)) == ""
    assert out.read_text() == found


def test_programs_are_told_who_names_it_and_how(tmp_path: Path) -> None:
    wax, video = json.loads(printed("links", written(tmp_path, *SAID), "--format", "json"))
    assert wax["comments"] == [
        {"comment": "a", "author": "@gull", "text": "bells.org/wax"},
        {"comment": "c", "author": "@wax", "text": "https://bells.org/wax"},
    ]
    assert (wax["video"], video["video"]) == (None, {"id": "tideBells_2", "seconds": 65})


def test_where_there_are_none_it_is_said(tmp_path: Path) -> None:
    said = printed("links", written(tmp_path, SAID[1]), code=1)
    assert said == "commentree: no links are named\n"
