"""What the comments of whole authored pages say, as the export gives it.

A fixture's ``meaning`` was written by hand beside its page: what a careful person finds in it,
in the export's own fields. Comments are named by their number in the page.
"""

import io
from typing import Any, cast

import msgspec
import pytest

from parser import load, write_json, write_jsonl
from tests.parser.test_fixtures import CASES, FIXTURES

Facts = dict[str, Any]


def _expected(case: str) -> Facts:
    return msgspec.json.decode((FIXTURES / case / "expected.json").read_bytes())


MEANT = [case for case in CASES if "meaning" in _expected(case)]


@pytest.mark.parametrize("case", MEANT)
def test_the_export_says_what_a_careful_person_finds(case: str) -> None:
    meaning: Facts = _expected(case)["meaning"]
    found = _numbered(_exported(case))
    for name in ("chapters", "references"):
        _check(found[name], meaning[name])
    for number, (comment, meant) in enumerate(
        zip(found["comments"], meaning["comments"], strict=True)
    ):
        assert {name: _given(comment[name], meant[name]) for name in meant} == meant, number


@pytest.mark.parametrize("case", MEANT)
def test_every_span_spells_its_text(case: str) -> None:
    for comment in _exported(case)["comments"]:
        text = comment["text"]
        for item in comment["timestamps"] + comment["links"]:
            assert text[slice(*item["span"])] == item["text"]
        for item in comment["mentions"]:
            assert text[slice(*item["span"])].lstrip("@") == item["author"].lstrip("@")
        for item in comment["citations"]:
            spelled = text[slice(*item["span"])]
            assert item["label"] in spelled or "-" in spelled


@pytest.mark.parametrize("case", MEANT)
def test_the_lines_say_the_same_as_the_object(case: str) -> None:
    discussion = load(str(next((FIXTURES / case).glob("input.*"))))
    file = io.BytesIO()
    write_jsonl(discussion, file)
    lines: list[Facts] = [msgspec.json.decode(line) for line in file.getvalue().splitlines()]
    whole = _exported(case)
    for kind in ("comment", "chapter", "reference", "diagnostic"):
        said = [line for line in lines if line["type"] == kind]
        assert said == [{"type": kind} | item for item in whole[f"{kind}s"]]
    assert lines[0]["video"] == whole["video"]
    assert lines[0]["source"] | {"complete": whole["source"]["complete"]} == whole["source"]
    assert lines[-1]["comments_present"] == len(whole["comments"])


def test_there_are_pages_with_meaning() -> None:
    assert len(MEANT) > 10


def _exported(case: str) -> Facts:
    file = io.BytesIO()
    write_json(load(str(next((FIXTURES / case).glob("input.*")))), file)
    return msgspec.json.decode(file.getvalue())


def _numbered(found: Facts) -> Facts:
    """The export with the comments' numbers for their ids."""
    numbers = {comment["id"]: number for number, comment in enumerate(found["comments"])}
    for comment in found["comments"]:
        comment["reply_to"] = numbers.get(comment["reply_to"])
        for mention in comment["mentions"]:
            mention["comment"] = numbers.get(mention["comment"])
    for item in found["chapters"] + found["references"]:
        item["comment"] = numbers[item["comment"]]
    return found


def _check(found: list[Facts], meant: list[Facts]) -> None:
    assert _given(found, meant) == meant


def _given(found: object, meant: object) -> object:
    """Of what was found the fields that the truth gives."""
    if isinstance(found, list) and isinstance(meant, list):
        items, truths = cast("list[Facts]", found), cast("list[Facts]", meant)
        if len(items) == len(truths):
            pairs = zip(items, truths, strict=True)
            return [{name: item[name] for name in truth} for item, truth in pairs]
    return cast("object", found)
