"""Files that hold something else beside a format's comments, or nothing of it: it is told."""

import io
import json
from pathlib import Path

import pytest

from parser import Discussion, load

INVIDIOUS = {"commentId": "Ug1", "author": "@a", "authorId": "UC1", "content": "one"}
LINE = {"cid": "Ug1", "text": "one", "author": "@a", "votes": "0"}
OTHER = json.dumps({"kind": "youtube#commentThreadListResponse", "items": []})
BEHIND = "What stands behind the discussion's end was not read"


def read(text: str, form: str | None = None) -> Discussion:
    return load("-", stream=io.BytesIO(text.encode()), form=form)


def told(found: Discussion) -> list[str]:
    return [one.message for one in found.diagnostics]


@pytest.mark.parametrize("comment", [INVIDIOUS, LINE], ids=["invidious", "ycd"])
def test_an_answer_of_another_site_behind_the_first_is_told(comment: dict[str, str]) -> None:
    page = json.dumps({"comments": [comment]})
    found = read(f"{page}\n{OTHER}\n{page.replace('Ug1', 'Ug2')}")
    assert [one.text for one in found] == ["one", "one"]
    assert told(found) == [BEHIND]
    assert not found.source.complete
    alone = read(f"{page}\n{json.dumps({'comments': []})}")
    assert (told(alone), alone.source.complete) == ([], True)


def test_a_line_that_has_nothing_of_a_comment_is_none() -> None:
    found = read(f"{json.dumps(LINE)}\n{OTHER}\n{json.dumps({**LINE, 'cid': 'Ug2'})}\n")
    assert found.ids == ["Ug1", "Ug2"]
    assert told(found) == ["1 comment is damaged and left out"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("page-text", "The file holds no comments"),
        ("saved-html", "The file is no saved page of a video on a known site"),
    ],
)
def test_a_file_that_is_not_what_it_is_said_to_be_is_told(form: str, message: str) -> None:
    found = read(json.dumps(LINE), form)
    assert len(found) == 0
    assert told(found) == [message]


@pytest.mark.parametrize(
    "thread",
    [
        {"replies": 1},
        {"replies": {"commentRepliesRenderer": [None]}},
        {"replies": {"commentRepliesRenderer": {"contents": {"of": "a wrong kind"}}}},
    ],
)
def test_replies_that_cannot_be_read_are_told(thread: dict[str, object]) -> None:
    renderer = {"commentId": "Ug1", "contentText": {"simpleText": "one"}}
    items = [{"commentThreadRenderer": {"comment": {"commentRenderer": renderer}, **thread}}]
    action = {"appendContinuationItemsAction": {"continuationItems": items}}
    found = read(json.dumps({"onResponseReceivedEndpoints": [action]}))
    assert [one.text for one in found] == ["one"]
    assert told(found) == ["1 entry of the lists is damaged and left out"]


def test_a_link_that_invidious_shortened_leads_on() -> None:
    long = "https://example.org/a/very/long/way/that/leads/to/a/page"
    own = "/watch?v=tideBells_1&amp;t=40&amp;list=of-many-videos-that-go-on"
    comment = {
        **INVIDIOUS,
        "content": "see example.org/a/very/long/way… or youtube.com/watch?v=tide… at 0:40",
        "contentHtml": f'see <a href="{long}">example.org/a/very/long/way…</a> or '
        f'<a href="{own}">youtube.com/watch?v=tide…</a> at '
        '<a href="/watch?v=tideBells_1&amp;t=40">0:40</a>',
    }
    kept = {**comment, "commentId": "Ug2", "content": "no link…", "contentHtml": "<b>no</b> link…"}
    found = read(json.dumps({"comments": [comment, kept]}))
    assert [one.text for one in found] == [
        f"see {long} or https://www.youtube.com{own.replace('&amp;', '&')} at 0:40",
        "no link…",
    ]


def test_what_one_of_several_files_turned_out_to_be_stands_beside_the_others(
    tmp_path: Path,
) -> None:
    page, lines = tmp_path / "a", tmp_path / "b"
    details = json.dumps({"videoDetails": {"videoId": "tideBells_1", "title": "Bells"}})
    script = f"<script>var ytInitialPlayerResponse = {details};</script>"
    page.write_text(f"<html><title>Bells - YouTube</title>{script}</html>")
    lines.write_text(json.dumps(LINE))
    assert load(str(page)).source.format == "innertube"
    assert load(str(page), str(lines)).source.format == "innertube, ycd"
    assert load(str(lines), str(page)).source.format == "ycd, innertube"
