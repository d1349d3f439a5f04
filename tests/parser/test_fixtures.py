"""Every authored file reads as its ``expected.json`` says.

``expected.json`` gives what a careful person finds in the file: source and video facts, the
diagnostics with the record they name, the chapters that the file states, and every comment
with its parent's number, in each format those facts that it can hold.
"""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from parser import Comment, Discussion, StatedChapter, load

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(
    path.parent.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*/expected.json")
)
COMMENT = {
    "page_text": "author parent depth is_uploader likes age age_days edited text",
}
OTHER_COMMENT = (
    "id parent depth author author_name author_id is_uploader is_verified is_pinned"
    " is_hearted likes age age_days published edited text"
)
VIDEO = {
    "page_text": "title comments_claimed",
}
OTHER_VIDEO = "site id url title channel duration published comments_claimed description"


@pytest.mark.parametrize("case", CASES)
def test_a_file_reads_as_expected(case: str) -> None:
    folder = FIXTURES / case
    expected: dict[str, Any] = msgspec.json.decode((folder / "expected.json").read_bytes())
    discussion = load(str(next(folder.glob("input.*"))))
    found = facts(discussion, folder.parent.name)
    # One after the other, since a whole discussion in one difference cannot be read.
    for key, value in found.items():
        assert value == expected.get(key)


def test_there_are_cases() -> None:
    assert len([case for case in CASES if case.startswith("page_text/")]) > 10
    assert len([case for case in CASES if case.startswith("yt_dlp/")]) > 20
    for form in ("ycd", "invidious", "piped", "commentree", "youtube_api", "innertube"):
        assert len([case for case in CASES if case.startswith(f"{form}/")]) > 6


def facts(discussion: Discussion, form: str) -> dict[str, object]:
    """What ``expected.json`` of this format holds."""
    video, source = discussion.video, discussion.source
    names = VIDEO.get(form, OTHER_VIDEO)
    found: dict[str, object] = {
        "video": {name: getattr(video, name) for name in names.split()},
        "comments": [_facts(comment, COMMENT.get(form, OTHER_COMMENT)) for comment in discussion],
    }
    if form == "page_text":
        assert video.address is None, "a page never tells its video"
        found["source"] = {"page_date": source.page_date, "complete": source.complete}
        found["diagnostics"] = [said.message for said in discussion.diagnostics]
    else:
        found["chapters"] = [_chapter(one) for one in video.chapters]
        found["complete"] = source.complete
        found["page_date"] = source.page_date
        found["diagnostics"] = [[said.record, said.message] for said in discussion.diagnostics]
    return found


def _facts(comment: Comment, names: str) -> dict[str, object]:
    return {name: getattr(comment, name) for name in names.split()}


def _chapter(chapter: StatedChapter) -> list[object]:
    marks = [name for name in ("machine", "described") if getattr(chapter, name)]
    return [chapter.start, chapter.end, chapter.title, *marks]
