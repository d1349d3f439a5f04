"""Chapters as other programs take them, read back by one of these programs."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.printing import printed

VIDEO = {
    "id": "tideBells_1",
    "extractor": "youtube",
    "title": "Bells; 1 = one #1",
    "duration": 4000,
}
LISTS = "0:00 Start & <hear>\n1:05 - A fifth = below; \\ #2\n1:02:03 --> The end"
OTHER = "00:00 Only\n0:30 three\n0:40 of them"
COMMENTS = [
    {"id": "best", "parent": "root", "author": "@gull", "text": LISTS, "like_count": 900},
    {"id": "other", "parent": "root", "author": "@low-tide", "text": OTHER},
]

needs_ffprobe = pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffmpeg is not here")


@pytest.fixture
def talk(tmp_path: Path) -> str:
    return written(tmp_path, duration=4000)


def written(folder: Path, **video: object) -> str:
    path = folder / "talk.info.json"
    path.write_text(json.dumps({**VIDEO, **video, "comments": COMMENTS}), encoding="utf-8")
    return str(path)


def chapters(*arguments: str, code: int = 0) -> str:
    return printed("chapters", *arguments, code=code)


def probed(path: Path, *arguments: str) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-of", "json", *arguments, str(path)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return json.loads(done.stdout)


def test_chapters_are_written_as_a_description_has_them(talk: str, tmp_path: Path) -> None:
    text = "0:00 Start & <hear>\n1:05 A fifth = below; \\ #2\n1:02:03 The end\n"
    assert chapters(talk) == text
    out = tmp_path / "chapters.txt"
    assert chapters(talk, "-o", str(out)) == ""
    assert out.read_bytes() == text.encode()


def test_any_source_can_be_chosen(talk: str) -> None:
    assert chapters(talk, "--list") == "best  3 chapters by @gull\nother  3 chapters by @low-tide\n"
    assert chapters(talk, "--from", "other").startswith("0:00 Only\n")
    said = chapters(talk, "--from", "video", code=2)
    assert said == "commentree: --from video: lists no chapters; these do: best, other\n"


def test_where_none_are_listed_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none.info.json"
    path.write_text(json.dumps({**VIDEO, "comments": [{"id": "a", "text": "no list"}]}))
    assert chapters(str(path), code=1) == "commentree: no chapters are listed\n"


def test_those_of_the_video_come_first_and_the_machines_last(tmp_path: Path) -> None:
    stated = [{"start_time": 0, "end_time": 9, "title": "Own"}, {"start_time": 9, "title": "More"}]
    path = written(tmp_path, chapters=stated, description="0:00 a\n1:00 b\n2:00 c")
    names = [line.split()[0] for line in chapters(path, "--list").splitlines()]
    assert names == ["video", "description", "best", "other"]
    assert chapters(path) == "0:00 Own\n0:09 More\n"


def test_json_is_what_the_export_has(talk: str) -> None:
    whole = json.loads(printed("export", talk))
    assert json.loads(chapters(talk, "--format", "json")) == whole["chapters"]


@needs_ffprobe
@pytest.mark.parametrize(("duration", "end"), [(4000, 4000), (None, 3724)])
def test_ffmpeg_reads_its_metadata(tmp_path: Path, duration: int | None, end: int) -> None:
    path = tmp_path / "chapters.ffmetadata"
    path.write_text(chapters(written(tmp_path, duration=duration), "--format", "ffmetadata"))
    found = probed(path, "-f", "ffmetadata", "-show_chapters", "-show_format")
    assert found["format"]["tags"]["title"] == VIDEO["title"]
    assert [
        (float(one["start_time"]), float(one["end_time"]), one["tags"]["title"])
        for one in found["chapters"]
    ] == [
        (0, 65, "Start & <hear>"),
        (65, 3723, "A fifth = below; \\ #2"),
        (3723, end, "The end"),
    ]


@needs_ffprobe
def test_a_player_reads_the_track(talk: str, tmp_path: Path) -> None:
    path = tmp_path / "chapters.vtt"
    path.write_text(chapters(talk, "--format", "webvtt"))
    packets = probed(path, "-f", "webvtt", "-show_packets", "-show_data")["packets"]
    spans = [(float(one["pts_time"]), float(one["duration_time"])) for one in packets]
    assert spans == [(0, 65), (65, 3658), (3723, 277)]
    assert path.read_text().splitlines()[4] == "Start &amp; &lt;hear&gt;"


def test_what_is_in_a_title_cannot_end_a_cue_or_begin_a_section(tmp_path: Path) -> None:
    stated = [{"start_time": 0, "title": "a\n\n00:00 --> 00:09\n[CHAPTER]"}]
    stated += [{"start_time": 5 + n, "title": "x\x1b]0;y\x07"} for n in range(3)]
    path = written(tmp_path, chapters=stated, title="-->\n\nNOTE")
    track = chapters(path, "--format", "webvtt")
    assert track.startswith("WEBVTT - ->  NOTE\n")
    assert track.count("-->") == 4
    metadata = chapters(path, "--format", "ffmetadata")
    assert metadata.count("\n[CHAPTER]\n") == 4
    assert "\x1b" not in track + metadata
