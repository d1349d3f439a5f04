"""Several files of one discussion: pages of it, or downloads of different days."""

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from parser import ParseError, Video, load, open_discussion
from parser.files import are_of_one_video, video_of

ID = "tidesTalk01"
INFO = {"id": ID, "extractor": "youtube", "title": "A talk"}


def said(name: str, text: str, parent: str = "root", **more: object) -> dict[str, object]:
    return {"id": name, "parent": parent, "text": text, "author": f"@{name}", **more}


def info_json(path: Path, *comments: dict[str, object], **more: object) -> str:
    path.write_text(json.dumps({**INFO, **more, "comments": comments}), encoding="utf-8")
    return str(path)


def threads(*paths: str) -> list[tuple[int, str]]:
    discussion = load(*paths)
    return [(comment.depth, comment.text) for comment in discussion]


def test_a_later_download_adds_what_is_new(tmp_path: Path) -> None:
    old = info_json(tmp_path / "old.json", said("a", "one"), said("b", "two"))
    new = info_json(
        tmp_path / "new.json",
        said("c", "three"),
        said("a", "one, edited", like_count=5),
        said("a.1", "an answer", "a"),
        said("b", "two"),
        duration=600,
    )
    discussion = load(old, new)
    assert [(c.depth, c.text) for c in discussion] == [
        (0, "one"),
        (1, "an answer"),
        (0, "two"),
        (0, "three"),
    ]
    assert discussion.video.duration == 600
    assert discussion.source.path == f"{old}, {new}"
    assert discussion.source.format == "yt-dlp"
    assert discussion.source.complete
    assert [one.message for one in discussion.diagnostics] == [
        "2 comments stand in several of the files, and each is shown once"
    ]


def test_a_comment_twice_in_one_file_is_that_files_trouble(tmp_path: Path) -> None:
    first = info_json(tmp_path / "1.json", said("a", "one"))
    second = info_json(tmp_path / "2.json", said("b", "two"), said("b", "two"))
    discussion = load(first, second)
    assert list(discussion.ids) == ["a", "b"]
    assert [one.message for one in discussion.diagnostics] == [
        "1 comment that stands in the file again was left out"
    ]


def test_pages_of_different_formats_add_up(tmp_path: Path) -> None:
    lines = tmp_path / "lines.json"
    line: dict[str, Any] = {"cid": "z", "text": "a line", "time": "2 days ago", "author": "@z"}
    lines.write_text(json.dumps({**line, "votes": "3", "replies": "", "reply": False}) + "\n")
    other = info_json(tmp_path / "info.json", said("a", "one"))
    assert threads(other, str(lines)) == [(0, "one"), (0, "a line")]
    assert load(other, str(lines)).source.format == "yt-dlp, ycd"
    assert load(str(lines), other).video.id == ID


def test_what_is_odd_names_its_file(tmp_path: Path) -> None:
    whole = info_json(tmp_path / "whole.json", said("a", "one"))
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps({**INFO, "comments": [said("b", "two"), said("c", "three")]})[:-20])
    discussion = load(whole, str(cut))
    assert list(discussion.ids) == ["a", "b"]
    assert not discussion.source.complete
    assert discussion.diagnostics[0].message.startswith(f"{cut}: The file ends in the middle")


def test_progress_counts_all_files(tmp_path: Path) -> None:
    paths = [info_json(tmp_path / f"{n}.json", said(f"a{n}", "x" * 90_000)) for n in range(3)]
    total = sum(Path(path).stat().st_size for path in paths)
    seen = [(one.bytes_read, one.bytes_total) for one in open_discussion(*paths).steps()]
    assert [read for read, _ in seen] == sorted(read for read, _ in seen)
    assert seen[-1] == (total, total)


def test_a_file_that_is_none_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    good = info_json(tmp_path / "good.json", said("a", "one"))
    with pytest.raises(ParseError, match=r"gone\.json: there is no such file"):
        open_discussion(good, str(tmp_path / "gone.json"))
    with pytest.raises(ParseError, match="standard input: is one file"):
        open_discussion(good, "-")


def test_a_file_that_goes_away_costs_itself(tmp_path: Path) -> None:
    paths = [info_json(tmp_path / f"{n}.json", said(f"a{n}", "x")) for n in range(3)]
    loading = open_discussion(*paths)
    Path(paths[1]).unlink()
    for _ in loading.steps():
        pass
    assert list(loading.discussion.ids) == ["a0", "a2"]
    assert "there is no such file" in loading.discussion.diagnostics[0].message
    assert not loading.discussion.source.complete


def test_a_named_format_is_not_found_out(tmp_path: Path) -> None:
    path = info_json(tmp_path / "a.json", said("a", "one"))
    assert load(path, form="yt-dlp").source.format == "yt-dlp"
    with pytest.raises(ParseError, match="there is no format 'yt_dlp'; there are: yt-dlp, "):
        load(path, form="yt_dlp")


@pytest.mark.parametrize(
    ("videos", "one"),
    [
        ([Video(site="youtube", id="a"), Video(site="youtube", id="a", title="x")], True),
        ([Video(site="youtube", id="a"), Video(site="youtube", id="b")], False),
        ([Video(site="youtube", id="a", title="T"), Video(title="t")], True),
        ([Video(site="youtube", id="a", title="T"), Video(title="other")], False),
        ([Video(site="youtube", id="a", title="T"), Video()], True),
        ([Video(title="T"), Video(title="T")], True),
        ([Video(title="T"), Video(title="U")], False),
        ([Video(), Video()], True),
        (
            [
                Video(site="youtube", id="a", title="Now"),
                Video(site="youtube", id="a", title="Before"),
            ],
            True,
        ),
    ],
)
def test_which_files_can_be_of_one_video(videos: list[Video], one: bool) -> None:
    assert are_of_one_video(videos) is one


def test_the_beginning_of_a_file_tells_its_video(tmp_path: Path) -> None:
    video = video_of(info_json(tmp_path / "a.json", said("a", "one")))
    assert (video.id, video.title) == (ID, "A talk")


def test_a_file_of_another_video_that_says_so_late_is_named(tmp_path: Path) -> None:
    # Sorted by key the id stands behind all comments.
    paths: list[str] = []
    for name in ("tidesTalk01", "bellsTalk02"):
        comments = [said(f"{name}{n}", "x" * 1000) for n in range(3000)]
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({"comments": comments, "extractor": "youtube", "id": name}))
        paths.append(str(path))
    discussion = load(*paths)
    assert discussion.video.id == ID
    assert [one.message for one in discussion.diagnostics] == [
        f"{paths[1]}: is of another video than the files before it; "
        "its comments stand behind theirs"
    ]
    assert load(paths[0], paths[0]).diagnostics[0].message.startswith("3000 comments stand in")


@pytest.mark.filterwarnings("error")
def test_what_is_refused_leaves_no_file_open(tmp_path: Path) -> None:
    good = info_json(tmp_path / "good.json", said("a", "one"))
    with pytest.raises(ParseError):
        open_discussion(good, str(tmp_path / "gone.json"))
    gc.collect()
