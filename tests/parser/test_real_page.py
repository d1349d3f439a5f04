"""A real saved page, compared in every field with what a careful reader found in it.

The page is not part of the repository: it is looked for beside the checkout or where the
environment variable COMMENTREE_PAGES says.
"""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from parser.analysis import Analysis
from parser.loading import load
from parser.writers.json import write_json

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "pages"
PAGES = Path(os.environ.get("COMMENTREE_PAGES", _BESIDE))
PAGE, TRUTH = PAGES / "vapnik-page.txt", PAGES / "vapnik-truth.json"

pytestmark = pytest.mark.skipif(
    not (PAGE.is_file() and TRUTH.is_file()),
    reason="the real page is neither beside the checkout nor where COMMENTREE_PAGES says",
)


@pytest.fixture(scope="module")
def truth() -> Any:
    return json.loads(TRUTH.read_text("utf-8"))


@pytest.fixture(scope="module")
def export() -> Any:
    file = io.BytesIO()
    write_json(load(str(PAGE)), file)
    return json.loads(file.getvalue())


def given(item: Any, pattern: Any) -> Any:
    """An exported item cut down to the fields that the truth gives."""
    return {name: item[name] for name in pattern}


def by_place(export: Any, identity: str | None) -> int | None:
    """The place in the file of the comment with this id."""
    places = {comment["id"]: place for place, comment in enumerate(export["comments"])}
    return None if identity is None else places[identity]


def test_the_video_and_the_source(truth: Any, export: Any) -> None:
    assert given(export["video"], truth["video"]) == truth["video"]
    assert given(export["source"], truth["source"]) == truth["source"]
    assert export["source"]["complete"] is True


def test_every_comments_facts(truth: Any, export: Any) -> None:
    lists = {"timestamps", "links", "mentions", "citations"}
    places = {"index", "parent", "reply_to"}
    assert len(export["comments"]) == len(truth["comments"]) == 109
    for comment, known in zip(export["comments"], truth["comments"], strict=True):
        facts = {name: known[name] for name in known.keys() - lists - places - {"age_days"}}
        assert given(comment, facts) == facts
        assert by_place(export, comment["parent"]) == known["parent"]
        assert by_place(export, comment["reply_to"]) == known["reply_to"]
        if known["reply_to"] is None:
            assert comment["reply_certainty"] is None
        assert abs(comment["age_days"] - known["age_days"]) <= 0.05 * known["age_days"]


def test_every_timestamp(truth: Any, export: Any) -> None:
    found: list[Any] = []
    for comment, known in zip(export["comments"], truth["comments"], strict=True):
        expected = known.get("timestamps", [])
        assert len(comment["timestamps"]) == len(expected)
        for one, pattern in zip(comment["timestamps"], expected, strict=True):
            assert given(one, pattern) == pattern
            assert one["url"] is None
        found += comment["timestamps"]
    assert len(found) == 33
    assert sum(one["certainty"] == "certain" for one in found) == 32


def test_nothing_that_only_looks_like_a_timestamp(truth: Any, export: Any) -> None:
    for trap in truth["not_timestamps"]:
        comment = export["comments"][trap["comment"]]
        start = comment["text"].index(trap["text"])
        for one in comment["timestamps"]:
            assert one["span"][1] <= start or one["span"][0] >= start + len(trap["text"])


def test_every_link_and_mention(truth: Any, export: Any) -> None:
    links = 0
    for comment, known in zip(export["comments"], truth["comments"], strict=True):
        expected = known.get("links", [])
        assert len(comment["links"]) == len(expected)
        for one, pattern in zip(comment["links"], expected, strict=True):
            assert given(one, pattern) == pattern
        links += len(expected)
        mentions = [
            {**one, "comment": by_place(export, one["comment"])} for one in comment["mentions"]
        ]
        assert mentions == known.get("mentions", [])
    assert links == 9


def test_every_chapter(truth: Any, export: Any) -> None:
    assert len(export["chapters"]) == len(truth["chapters"]) == 21
    for chapter, known in zip(export["chapters"], truth["chapters"], strict=True):
        placed = {**chapter, "comment": by_place(export, chapter["comment"])}
        assert given(placed, known) == known
        assert chapter["machine"] is False


def test_every_reference(truth: Any, export: Any) -> None:
    assert len(export["references"]) == len(truth["references"]) == 9
    for reference, known in zip(export["references"], truth["references"], strict=True):
        placed = {**reference, "comment": by_place(export, reference["comment"])}
        assert given(placed, known) == known


def test_every_span_spells_its_text(export: Any) -> None:
    for comment in export["comments"]:
        for one in [*comment["timestamps"], *comment["links"]]:
            start, end = one["span"]
            assert comment["text"][start:end] == one["text"]
        for one in comment["mentions"]:
            assert comment["text"][one["span"][0]] == "@"
        for one in comment["citations"]:
            assert one["label"] in comment["text"][one["span"][0] : one["span"][1]]


def test_what_was_inferred_is_said() -> None:
    analysis = Analysis(load(str(PAGE)))
    for _ in analysis.scan():
        pass
    said = [inference.what for index in range(109) for inference in analysis.inferences(index)]
    assert any("3.49" in one for one in said)
    assert any("59:28" in one for one in said)
    assert any("George Hatoutsidis" in one for one in said)
