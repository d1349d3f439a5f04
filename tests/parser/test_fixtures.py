"""Every authored file reads as its ``expected.json`` says.

``expected.json`` gives what a careful person finds in the file: source and video facts, the
diagnostics' messages, and every comment with its parent's number.
"""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from parser import Comment, load

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(
    path.parent.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*/expected.json")
)


@pytest.mark.parametrize("case", CASES)
def test_a_file_reads_as_expected(case: str) -> None:
    folder = FIXTURES / case
    expected: dict[str, Any] = msgspec.json.decode((folder / "expected.json").read_bytes())
    discussion = load(str(next(folder.glob("input.*"))))
    assert [_facts(comment) for comment in discussion] == expected["comments"]
    assert {
        "title": discussion.video.title,
        "comments_claimed": discussion.video.comments_claimed,
    } == expected["video"]
    assert {
        "page_date": discussion.source.page_date,
        "complete": discussion.source.complete,
    } == expected["source"]
    assert [said.message for said in discussion.diagnostics] == expected["diagnostics"]
    assert discussion.video.address is None, "a page never tells its video"


def test_there_are_cases() -> None:
    assert len(CASES) > 10


def _facts(comment: Comment) -> dict[str, object]:
    names = "author parent depth is_uploader likes age age_days edited text"
    return {name: getattr(comment, name) for name in names.split()}
