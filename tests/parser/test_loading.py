"""A discussion grows while its file is read, and can be stopped."""

import gc
import json
from pathlib import Path

import pytest

from parser import ParseError, load, loading, open_discussion
from parser.source import BLOCK, FIRST_BLOCK
from parser.text.marks import VideoAddress
from tests.parser.pages import Said, page


@pytest.fixture
def big(tmp_path: Path) -> str:
    said = [Said(f"@{at}", f"text {at} " + "z" * 300, depth=at % 3 % 2) for at in range(4000)]
    path = tmp_path / "big.txt"
    path.write_text(page(*said, title="Big", labels=("Comments • 4000",)), encoding="utf-8")
    return str(path)


def test_the_first_slice_is_small_and_every_step_grows(big: str) -> None:
    loading = open_discussion(big)
    assert len(loading.discussion) == 0
    seen = list(loading.steps())
    assert 100 < seen[0].comments < 300
    assert seen[0].bytes_read == FIRST_BLOCK
    assert seen[1].bytes_read == FIRST_BLOCK + BLOCK
    assert [step.comments for step in seen] == sorted(step.comments for step in seen)
    size = Path(big).stat().st_size
    assert seen[-1].bytes_read == seen[-1].bytes_total == size
    assert seen[-1].comments == len(loading.discussion) == 4000
    assert loading.discussion.source.complete


def test_the_head_is_known_after_the_first_step(big: str) -> None:
    loading = open_discussion(big)
    next(loading.steps())
    assert loading.discussion.video.title == "Big"
    assert loading.discussion.video.comments_claimed == 4000
    assert not loading.discussion.source.complete
    loading.stop()


def test_a_stopped_reading_keeps_what_came_and_says_so(big: str) -> None:
    loading = open_discussion(big)
    steps = loading.steps()
    next(steps)
    steps.close()
    loading.stop()
    loading.stop()
    discussion = loading.discussion
    assert 100 < len(discussion) < 300
    assert not discussion.source.complete
    assert [said.message for said in discussion.diagnostics] == [
        "Stopped by the reader before the file's end; what had come by then is here"
    ]


def test_a_reading_is_stopped_in_steps(big: str) -> None:
    loading = open_discussion(big)
    steps = loading.steps()
    next(steps)
    steps.close()
    stopping = loading.stopping()
    next(stopping)
    assert not loading.has_ended
    assert list(stopping)
    assert loading.has_ended


def test_stopping_after_the_end_changes_nothing(big: str) -> None:
    loading = open_discussion(big)
    for _ in loading.steps():
        pass
    loading.stop()
    assert loading.discussion.source.complete
    assert not loading.discussion.diagnostics


def test_the_address_that_was_given_is_the_videos(big: str) -> None:
    discussion = load(big, video=VideoAddress("youtube", "abcdefghijk"))
    assert discussion.video.address == VideoAddress("youtube", "abcdefghijk")
    assert discussion.video.url == "https://www.youtube.com/watch?v=abcdefghijk"
    assert discussion.video.title == "Big"


def test_the_collector_runs_again_between_steps(big: str) -> None:
    for _ in open_discussion(big).steps():
        assert gc.isenabled()


def test_opening_fails_at_once(tmp_path: Path) -> None:
    with pytest.raises(ParseError):
        open_discussion(str(tmp_path / "nowhere"))


def test_comments_of_nothing_do_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MOST_COMMENTS", 1000)
    comments = [{"id": str(number)} for number in range(30_000)]
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({"id": "x", "extractor": "youtube", "comments": comments}))
    discussion = load(str(path))
    assert 1000 < len(discussion) < 15_000
    assert not discussion.source.complete
    assert discussion.diagnostics[-1].message.startswith("Comments after the first ")
    assert len(load(str(path), most=10_000_000)) == 30_000
