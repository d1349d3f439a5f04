"""Of whole discussions: every comment is there once, exports come back, copies are safe."""

import io
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser import Discussion, Record, StatedChapter, Video, load, write_json, write_jsonl
from parser.analysis import Analysis
from parser.model import Diagnostic, Source
from parser.text.clean import clean, clean_line
from parser.text.marks import VideoAddress
from parser.text.videos import watch_url
from parser.threads import Builder
from tests.hostile.fuzz_oracles import check_export, check_url
from tests.parser.test_threads import check_tree
from tests.property.test_text import TEXTS
from tests.tui.sessions import session_of
from tui.clipboard import harmless
from tui.copying import CopyChoice, chapter_choices, comment_choices
from tui.opener import why_refused
from tui.view import View

PARENTS = st.lists(st.integers(-1, 30), max_size=30)
"""For each comment the number of the one it answers: before it, behind it, itself, or nowhere."""


def built(parents: list[int], slices: int) -> Discussion:
    found = Discussion(Source("-", "test"))
    builder = Builder(found)
    made = [
        Record(id=str(number), text=f"comment {number}", parent=None if one < 0 else str(one))
        for number, one in enumerate(parents)
    ]
    size = max(1, len(made) // slices)
    for start in range(0, len(made), size):
        builder.add(made[start : start + size])
    builder.finish()
    return found


@given(PARENTS, st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_the_tree_of_any_parents_has_every_comment_once(parents: list[int], slices: int) -> None:
    """Cycles and missing parents too; what can stand under its parent does."""
    found = built(parents, slices)
    check_tree(found)
    everything = [str(number) for number in range(len(parents))]
    assert sorted(found.ids, key=int) == everything
    for number, above in zip(found.ids, found.parent, strict=True):
        assert above < 0 or found.ids[above] == str(parents[int(number)])


@given(PARENTS, st.integers(1, 8), st.lists(st.floats(0, 1, exclude_max=True), max_size=4))
@settings(max_examples=150, deadline=None)
def test_unfolded_rows_show_every_comment_once(
    parents: list[int], slices: int, toggled: list[float]
) -> None:
    found = built(parents, slices)
    view = View(found, lambda comment: comment - 1 if comment % 3 else None)
    for share in toggled if parents else ():
        view.toggle_nesting(int(share * len(parents)))
    view.unfold_all()
    rows = [view.comment_at(row) for row in range(len(view))]
    assert sorted(rows) == list(range(len(parents)))
    assert [view.row_of(comment) for comment in rows] == list(range(len(rows)))


# Exports

LINES = st.one_of(
    st.text(max_size=30), st.sampled_from(["@anna", "Nora Lindqvist", "x\u200d"])
).map(clean_line)
OPTIONAL = st.none() | LINES.filter(bool)
FLAG = st.sampled_from([None, False, True])
SAID = st.builds(
    Record,
    id=st.just(""),
    text=TEXTS.map(clean),
    author=OPTIONAL,
    author_name=OPTIONAL,
    author_id=OPTIONAL,
    age=OPTIONAL,
    published=st.none() | st.dates().map(str),
    likes=st.none() | st.integers(0, 2**53),
    age_days=st.none() | st.integers(0, 2**31 - 1),
    is_uploader=FLAG,
    is_verified=FLAG,
    is_pinned=FLAG,
    is_hearted=FLAG,
    edited=FLAG,
)
SECONDS = st.integers(0, 20_000)
CHAPTERS = st.lists(
    st.builds(StatedChapter, SECONDS, LINES, st.none() | SECONDS, machine=st.booleans()), max_size=4
).map(lambda chapters: tuple(sorted(chapters, key=lambda one: one.start)))
ADDRESSES = st.sampled_from(
    [None, VideoAddress("youtube", "abcdefghijk"), VideoAddress("vimeo", "123")]
)
TOLD = st.builds(
    Diagnostic,
    st.sampled_from(["warning", "error"]),
    LINES.filter(bool),
    st.none() | st.integers(1, 2**40),
    st.none() | st.integers(1, 2**40),
)


@st.composite
def discussions(draw: st.DrawFn) -> Discussion:
    """Discussions with everything that a format can tell."""
    address = draw(ADDRESSES)
    video = Video(
        site=address and address.site,
        id=address and address.id,
        url=address and watch_url(address),
        title=draw(OPTIONAL),
        channel=draw(OPTIONAL),
        duration=draw(st.none() | SECONDS),
        published=draw(st.none() | st.dates().map(str)),
        comments_claimed=draw(st.none() | st.integers(0, 2**53 - 1)),
        description=draw(st.none() | TEXTS.map(clean)),
        chapters=draw(CHAPTERS),
    )
    source = Source("-", "test", draw(st.none() | st.dates().map(str)), draw(st.booleans()))
    found = Discussion(source, video)
    builder = Builder(found)
    records: list[Record] = []
    for number, one in enumerate(draw(st.lists(SAID, max_size=5))):
        above = draw(st.integers(-2, number - 1))
        parent = str(above) if above >= 0 else None
        records.append(msgspec.structs.replace(one, id=str(number), parent=parent))
    builder.add(records)
    builder.finish()
    found.diagnostics += draw(st.lists(TOLD, max_size=2))
    return found


@given(discussions())
@settings(max_examples=150, deadline=None)
def test_an_export_comes_back(found: Discussion) -> None:
    check_export(Analysis(found))


def addresses(exported: dict[str, Any]) -> list[str | None]:
    """All that an export has of addresses that may be opened."""
    marks = [
        mark
        for comment in exported["comments"]
        for kind in ("timestamps", "links")
        for mark in comment[kind]
    ]
    linked = [url for one in exported["references"] for url in one["links"]]
    return [exported["video"]["url"], *linked] + [
        one["url"] for one in [*marks, *exported["chapters"]]
    ]


@given(discussions())
@settings(max_examples=100, deadline=None)
def test_what_is_exported_lies_in_its_text_and_opens(found: Discussion) -> None:
    out = io.BytesIO()
    write_json(found, out)
    exported = msgspec.json.decode(out.getvalue())
    for comment in exported["comments"]:
        text = comment["text"]
        for kind in ("timestamps", "links", "mentions", "citations"):
            for mark in comment[kind]:
                start, end = mark["span"]
                assert 0 <= start < end <= len(text)
                assert mark.get("text") in (None, text[start:end])
    for url in addresses(exported):
        if url is not None:
            check_url(url)
            assert why_refused(url) is None


@pytest.mark.parametrize("write", [write_json, write_jsonl], ids=["json", "jsonl"])
@given(discussions())
@settings(max_examples=60, deadline=None)
def test_an_export_that_was_cut_is_told(write: Any, found: Discussion) -> None:
    out = io.BytesIO()
    write(found, out)
    whole = out.getvalue().rstrip()
    read = load("-", stream=io.BytesIO(whole))
    assert len(read) == len(found)
    part = load("-", stream=io.BytesIO(whole[:-1]))
    assert not part.source.complete
    assert list(part.texts) == list(found.texts)


# What is copied

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@given(st.text(st.characters(exclude_categories=[]), max_size=80))
@settings(max_examples=300)
def test_whatever_is_to_be_copied_is_made_harmless(text: str) -> None:
    """The last guard, whatever came before it."""
    copied = harmless(text)
    assert not CONTROLS.search(copied)
    copied.encode()


@given(discussions(), ADDRESSES)
@settings(max_examples=100, deadline=None)
def test_what_can_be_copied_carries_no_controls(
    found: Discussion, chosen: VideoAddress | None
) -> None:
    session = session_of(found)
    if chosen:
        session.choose_video(chosen)
    offered: list[CopyChoice] = []
    for comment in range(len(found)):
        session.go_to(comment)
        for moment in range(len(session.moments)):
            session.moment = moment
            offered += comment_choices(session, comment)
        offered += comment_choices(session, comment)
    for number in range(len(session.chapters.chapters if session.chapters else ())):
        offered += chapter_choices(session, number)
    assert bool(offered) == bool(len(found) or session.chapters)
    for choice in offered:
        assert not CONTROLS.search(choice.text)
        assert not CONTROLS.search(choice.label + choice.what)
