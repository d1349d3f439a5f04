"""yt-dlp's files through to what other programs get of them; a cut at every byte."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from parser import Discussion, ParseError, load, write_json

FIXTURES = Path(__file__).parent / "fixtures" / "yt_dlp"


def exported(case: str) -> dict[str, Any]:
    out = io.BytesIO()
    write_json(load(str(next((FIXTURES / case).glob("input.*")))), out)
    return json.loads(out.getvalue())


def moments(found: dict[str, Any], comment: int) -> list[tuple[int, str | None]]:
    return [(one["seconds"], one["url"]) for one in found["comments"][comment]["timestamps"]]


def test_the_files_id_makes_the_links_and_its_duration_bounds_the_moments() -> None:
    found = exported("youtube")
    assert found["source"]["format"] == "yt-dlp"
    assert moments(found, 0) == [(72, "https://youtu.be/tideBells_1?t=72")]
    # The video is ten minutes long: the second time is none of it.
    assert moments(found, 2) == [(599, "https://youtu.be/tideBells_1?t=599")]


def test_the_files_chapters_are_the_videos() -> None:
    found = exported("youtube")
    assert [(one["start"], one["end"], one["title"]) for one in found["chapters"]] == [
        (0, 70, "Hello"),
        (70, 245, "Wax"),
        (245, 600, "Bronze"),
    ]
    assert {one["from"] for one in found["chapters"]} == {"video"}
    assert {one["machine"] for one in found["chapters"]} == {False}
    assert [one["comments"] for one in found["chapters"]] == [0, 1, 1]
    assert found["chapters"][1]["url"] == "https://youtu.be/tideBells_1?t=70"


def test_a_file_without_comments_opens_with_its_chapters() -> None:
    found = exported("no_comments")
    assert [one["title"] for one in found["chapters"]] == ["Hello", "Wax"]
    assert found["comments"] == []
    assert "no comments" in found["diagnostics"][0]["message"]
    assert found["source"]["complete"] is True


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("bilibili", [(72, "https://www.bilibili.com/video/BV1ab411c7Q9/?p=2&t=72")]),
        ("html", [(72, "https://vimeo.com/76543210#t=72s")]),
        ("twitch", [(3723, "https://www.twitch.tv/videos/6528877?t=1h2m3s")]),
        ("twitch_clip", [(5, None)]),
        ("other_site", [(30, None), (90, None)]),
        ("file_of_another_host", [(5, "https://youtu.be/tideBells_1?t=5")]),
    ],
)
def test_links_to_a_second_only_where_the_form_is_known(
    case: str, expected: list[tuple[int, str | None]]
) -> None:
    assert moments(exported(case), 0) == expected


def test_nothing_hostile_gets_into_an_address() -> None:
    found = exported("hostile")
    assert found["video"]["id"] is None
    assert found["video"]["url"] is None
    assert [one["url"] for one in found["chapters"]] == [None]


def test_every_diagnostic_is_in_the_export() -> None:
    found = exported("late_and_lost")
    assert [one["record"] for one in found["diagnostics"]] == [11, 12, 5, 7]
    assert all(one["severity"] == "warning" for one in found["diagnostics"])


@pytest.mark.parametrize("case", ["youtube", "comments_first", "indented_nested", "bare_list"])
def test_a_cut_anywhere_leaves_what_stands_before_it(case: str) -> None:
    data = (FIXTURES / case / "input.info.json").read_bytes()
    whole = load("-", stream=io.BytesIO(data))
    texts, counts = list(whole.texts), list[int]()
    for cut in range(1, len(data.rstrip())):
        part = loaded(data[:cut])
        if part is None:
            continue
        assert list(part.texts) == texts[: len(part)]
        assert list(part.parent) == list(whole.parent)[: len(part)]
        assert not part.source.complete
        assert any("cut" in said.message for said in part.diagnostics)
        counts.append(len(part))
    assert counts == sorted(counts)
    assert counts[-1] == len(whole)
    assert len(counts) > len(data) - 500, "it is recognised early"


def loaded(data: bytes) -> Discussion | None:
    try:
        return load("-", stream=io.BytesIO(data))
    except ParseError:
        return None


def test_our_own_export_is_not_taken_for_yt_dlps() -> None:
    data = json.dumps(exported("youtube"), sort_keys=True).encode()
    assert load("-", stream=io.BytesIO(data)).source.format == "commentree"


def test_what_real_files_begin_with_is_recognised() -> None:
    formats = [
        {"format_id": str(at), "url": "https://cdn.example/" + 200 * "x"} for at in range(999)
    ]
    info = {"id": "tideBells_1", "title": "T", "formats": formats, "extractor": "youtube"}
    comments = [{"id": "a", "parent": "root", "text": "one"}]
    discussion = load("-", stream=io.BytesIO(json.dumps({**info, "comments": comments}).encode()))
    assert list(discussion.texts) == ["one"]
    assert discussion.video.id == "tideBells_1"


@pytest.mark.parametrize("opening", ["[", '{"comments": ['])
def test_a_long_first_comment_is_recognised(opening: str) -> None:
    text = f'{opening}{{"id": "a", "parent": "root", "text": "{"x" * 200_000}"}}]'
    discussion = load("-", stream=io.BytesIO(text.encode()))
    assert [len(one) for one in discussion.texts] == [200_000]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "[[",
        '{"id": "x"}',
        '{"comments": [{"cid": "a", "text": "another program"}]}',
        '[{"id": 1, "name": "no comment"}]',
        '{"title": "x", "comments": []}',
        "{not json at all}",
        "[chorus] a song's words",
    ],
)
def test_other_json_is_not_taken_for_it(text: str) -> None:
    with pytest.raises(ParseError):
        load("-", stream=io.BytesIO(text.encode()))


def test_a_channel_without_a_name_has_none() -> None:
    info = {"id": "tideBells_1", "extractor": "youtube", "channel": " ", "uploader": ""}
    data = json.dumps({**info, "comments": []}).encode()
    assert load("-", stream=io.BytesIO(data)).video.channel is None
