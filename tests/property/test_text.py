"""Whatever a text is, what is found in it lies in it, in order, and opens safely."""

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from parser.analysis import Analysis
from parser.text.citations import find_marks
from parser.text.entries import find_entries
from parser.text.links import find_links
from parser.text.timestamps import find_timestamps, read_times
from parser.text.videos import parse_address, parse_video, timestamp_url
from tests.parser.helpers import Said, discussion

PIECES = st.sampled_from(
    [
        *"0123456789:.@[](){}-–/\n\t \u00a0\u200b\u202e\x1b,;!?*_~#'\"",
        *[
            "0:00",
            "1:20",
            "12:05",
            "1:02:03",
            "1:20-1:31",
            "：",
            "3.49",
            "at ",
            "@ ",
            " from ",
            " to ",
        ],
        *["https://", "http://", "www.", "example.com/", "youtu.be/abcdefghijk", "?t=90", ".pdf"],
        *[
            "ruclips.net/video/abcdefghijk/a.html",
            "javascript:",
            "me@",
            "@anna",
            "@Nora Lindqvist ",
        ],
        *[
            "[1]",
            "[1, 2]",
            "[1-3]",
            "References:\n",
            "1. ",
            "• ",
            "John ",
            " pm",
            "é",
            "ß",
            "İ",
            "日本",
            "😀",
        ],
        *["word ", "\ud83d", "\U000e0001"],
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join),
    st.text(max_size=200),
)
AUTHORS = st.sampled_from(["@anna", "@boris", "Nora Lindqvist", "@İx", "@日本", None, "@", ""])


def in_order(text: str, spans: list[tuple[int, int]]) -> None:
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
@settings(max_examples=400)
def test_links_lie_in_the_text_and_are_web_addresses(text: str) -> None:
    links = find_links(text)
    in_order(text, [(link.start, link.end) for link in links])
    for link in links:
        assert text[link.start : link.end] == link.text
        assert link.url.startswith(("http://", "https://"))
        assert not any(
            character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            for character in link.url
        )
        assert link.video == parse_address(link.url) or link.video is not None


@given(TEXTS, st.one_of(st.none(), st.integers(0, 5000)))
@settings(max_examples=400)
def test_times_lie_in_the_text_and_in_the_video(text: str, duration: int | None) -> None:
    links = find_links(text)
    found = read_times(text, links, duration)
    assert found.timestamps == find_timestamps(text, links, duration)
    in_order(text, [(time.start, time.end) for time in found.timestamps])
    for time in found.timestamps:
        assert text[time.start : time.end] == time.text
        assert time.seconds >= 0
        assert time.end_seconds is None or time.end_seconds > time.seconds
        assert duration is None or (time.end_seconds or time.seconds) <= duration
        assert bool(time.why) == (time.certainty == "likely")
        assert not any(link.start < time.end and time.start < link.end for link in links)


@given(TEXTS)
@settings(max_examples=300)
def test_marks_and_entries_lie_in_the_text(text: str) -> None:
    for mark in find_marks(text):
        assert 0 <= mark.start < mark.end <= len(text)
        assert mark.label
    entries = find_entries(text)
    in_order(text, [(entry.start, entry.end) for entry in entries])
    for entry in entries:
        assert " ".join(text[entry.text_start : entry.end].split()) == entry.text
        assert entry.text
        assert entry.label


@given(st.lists(st.tuples(AUTHORS, TEXTS, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_discussion_of_such_texts_can_be_analysed(
    parts: list[tuple[str | None, str, bool]],
) -> None:
    said: list[Said] = []
    first = 0
    for number, (author, text, is_reply) in enumerate(parts):
        first = first if is_reply and number else number
        said.append((author, text, first if is_reply and number else None))
    made = discussion(*said)
    analysis = Analysis(made)
    for _ in analysis.scan():
        pass
    for index, text in enumerate(made.texts):
        mentions = analysis.mentions(index)
        in_order(text, [(one.start, one.end) for one in mentions])
        assert all(text[one.start] == "@" and one.author for one in mentions)
        assert all(one.comment is None or 0 <= one.comment < index for one in mentions)
        reply = analysis.reply(index)
        assert reply.to is None or reply.to < index
        assert (reply.to is None) == (made[index].parent is None)
        for citation in analysis.citations(index):
            assert analysis.cited(index, citation.label) is not None
        assert analysis.inferences(index) == analysis.inferences(index)
    for chapters in analysis.chapter_lists:
        starts = [chapter.start for chapter in chapters.chapters]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        assert all(one.end is None or one.end > one.start for one in chapters.chapters)


@given(TEXTS)
@settings(max_examples=300)
def test_what_names_a_video_names_one_that_can_be_opened(text: str) -> None:
    video = parse_video(text)
    if video is not None:
        url = timestamp_url(video, video.seconds or 0)
        assert url is not None
        assert parse_video(url) == type(video)(video.site, video.id, video.seconds or 0)
