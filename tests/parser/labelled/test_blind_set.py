"""The blind set itself is sound: this judges the labels' form, not what commentree finds."""

import json
import unicodedata
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

BLIND = Path(__file__).with_name("blind.jsonl")


class Mark(TypedDict):
    start: int
    text: NotRequired[str]
    label: NotRequired[str]
    url: NotRequired[str]
    kind: NotRequired[str]


class Time(TypedDict):
    text: str
    start: int
    seconds: int
    end_seconds: int | None
    certainty: str


class Chapter(TypedDict):
    seconds: int
    title: str


class Reference(TypedDict):
    label: str
    text: str


class Labelled(TypedDict):
    id: str
    language: str
    text: str
    duration: int | None
    video: str | None
    times: list[Time]
    links: list[Mark]
    chapters: list[Chapter] | None
    references: list[Reference]
    citations: list[Mark]
    traps: list[Mark]
    note: str


FIELDS = set(Labelled.__annotations__)


def read() -> list[Labelled]:
    lines = BLIND.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == "", "the last line ends with a line break"
    return [cast("Labelled", json.loads(line)) for line in lines]


@pytest.fixture(scope="module")
def comments() -> list[Labelled]:
    return read()


def test_every_line_has_the_fields_and_an_id_of_its_own(comments: list[Labelled]) -> None:
    assert all(set(c) == FIELDS for c in comments)
    assert [c["id"] for c in comments] == [f"blind-{n:03}" for n in range(1, len(comments) + 1)]
    assert len({c["text"] for c in comments}) == len(comments)


def test_it_is_written_as_utf8_without_escapes() -> None:
    assert "\\u" not in BLIND.read_text(encoding="utf-8")


def test_texts_are_plain(comments: list[Labelled]) -> None:
    for c in comments:
        assert c["text"].strip(), c["id"]
        control = [x for x in c["text"] if unicodedata.category(x) in {"Cc", "Cs"} and x != "\n"]
        assert not control, c["id"]
        assert "\n" not in c["note"], c["id"]


def test_starts_spell_their_texts(comments: list[Labelled]) -> None:
    for c in comments:
        for found in (*c["times"], *c["links"], *c["traps"]):
            spelt = found.get("text")
            assert isinstance(spelt, str), c["id"]
            assert spelt.strip() == spelt != "", c["id"]
            assert c["text"][found["start"] :].startswith(spelt), c["id"]
        for mark in c["citations"]:
            label = mark.get("label", "")
            superscript = {"1": "¹", "2": "²", "3": "³"}.get(label, label)
            here = c["text"][mark["start"] :]
            assert here.startswith((f"[{label}]", f"({label})", label, superscript)), c["id"]


def test_times_stand_in_order_within_the_video(comments: list[Labelled]) -> None:
    for c in comments:
        assert c["times"] == sorted(c["times"], key=lambda t: t["start"]), c["id"]
        for time in c["times"]:
            assert time["certainty"] in {"stated", "likely"}, c["id"]
            end = time["end_seconds"]
            assert end is None or end > time["seconds"], c["id"]
            last = time["seconds"] if end is None else end
            assert c["duration"] is None or last <= c["duration"], c["id"]


def test_no_time_is_also_a_trap(comments: list[Labelled]) -> None:
    """Only a list that is none of chapters may stand around times that count."""
    for c in comments:
        for time in c["times"]:
            for trap in c["traps"]:
                end = trap["start"] + len(trap.get("text", ""))
                outside = not trap["start"] <= time["start"] < end
                assert outside or trap.get("kind") == "not chapters", c["id"]


def test_links_are_addresses(comments: list[Labelled]) -> None:
    for c in comments:
        for link in c["links"]:
            url = link.get("url", "")
            assert url.startswith(("http://", "https://")), c["id"]
            assert not set(url) & set(" <>\"'\n"), c["id"]
            without_scheme = link.get("text", "").split("://")[-1]
            assert url.casefold().split("://", 1)[1] == without_scheme.casefold(), c["id"]


def test_chapters_begin_at_labelled_times(comments: list[Labelled]) -> None:
    for c in comments:
        begins = {t["seconds"] for t in c["times"]}
        for chapter in c["chapters"] or []:
            assert chapter["seconds"] in begins, c["id"]
            assert chapter["title"] in c["text"], c["id"]
            assert chapter["title"].strip() == chapter["title"] != "", c["id"]
        assert c["chapters"] is None or len(c["chapters"]) >= 3, c["id"]


def test_references_are_spelt_and_cited(comments: list[Labelled]) -> None:
    for c in comments:
        assert all(r["text"] in c["text"] for r in c["references"]), c["id"]
        assert {m.get("label") for m in c["citations"]} <= {r["label"] for r in c["references"]}


def test_traps_name_their_kind(comments: list[Labelled]) -> None:
    assert all(t.get("kind") for c in comments for t in c["traps"])


def test_a_video_is_known_by_eleven_characters(comments: list[Labelled]) -> None:
    assert all(c["video"] is None or len(c["video"]) == 11 for c in comments)


def scripts(text: str) -> set[str]:
    return {unicodedata.name(x, "?").split()[0] for x in text if x.isalpha()}


def test_there_is_enough_of_each_kind(comments: list[Labelled]) -> None:
    assert len(comments) >= 130
    assert sum(len(c["times"]) for c in comments) >= 140
    assert sum(c["chapters"] is not None for c in comments) >= 30
    assert sum(len(c["references"]) for c in comments) >= 30
    assert sum(len(c["citations"]) for c in comments) >= 20
    assert sum(len(c["links"]) for c in comments) >= 60
    assert sum(len(c["traps"]) for c in comments) >= 80
    assert sum(t.get("kind") == "not chapters" for c in comments for t in c["traps"]) >= 5


def test_it_is_not_all_english(comments: list[Labelled]) -> None:
    assert len({c["language"].split("-")[0] for c in comments}) >= 12
    english = sum(c["language"] == "en" for c in comments)
    assert len(comments) // 4 <= english <= len(comments) // 2
    seen = {script for c in comments for script in scripts(c["text"])}
    named = {"LATIN", "CYRILLIC", "CJK", "HIRAGANA", "HANGUL", "ARABIC", "HEBREW", "DEVANAGARI"}
    assert named <= seen
