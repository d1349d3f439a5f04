"""One discussion in every format that carries it: the same threads, texts, times and facts."""

import io

import pytest

from parser import Comment, Discussion, load
from parser.analysis import Analysis
from tests.parser.forms import FORMS, SAID, TITLE, VIDEO, Said

DATED = frozenset({"youtube-api", "youtube-api, html", "commentree, lines"})
"""Files that give dates; the others give ages."""
WITHOUT_IDS = frozenset({"page-text"})
WITHOUT = {
    "uploader": {"ycd", "ycd, pretty"},
    "pinned": {"ycd", "ycd, pretty", "page-text", *DATED},
    "hearted": {"page-text", *DATED},
    "video": {"ycd", "ycd, pretty", "piped", "page-text", "innertube", "innertube, older"},
    "title": set(FORMS) - {"yt-dlp", "page-text", "saved-html", "commentree, json"},
}
"""What files of a kind do not say."""


def read(form: str) -> Discussion:
    found = load("-", stream=io.BytesIO(FORMS[form](SAID).encode()))
    assert found.source.format == form.partition(",")[0]
    assert found.source.complete
    assert not found.diagnostics
    return found


def says(form: str, fact: str) -> bool:
    return form not in WITHOUT[fact]


each_form = pytest.mark.parametrize("form", FORMS)


@each_form
def test_the_threads_are_the_same(form: str) -> None:
    found = read(form)
    places = {one.id: place for place, one in enumerate(SAID)}
    assert [comment.parent for comment in found] == [
        None if one.parent is None else places[one.parent] for one in SAID
    ]
    if form not in WITHOUT_IDS:
        assert list(found.ids) == [one.id for one in SAID]


@each_form
def test_the_texts_and_their_authors_are_the_same(form: str) -> None:
    found = read(form)
    assert list(found.texts) == [one.text for one in SAID]
    assert list(found.authors) == [one.author for one in SAID]
    if form not in WITHOUT_IDS:
        assert list(found.author_ids) == [one.channel for one in SAID]


@each_form
def test_the_times_are_the_same(form: str) -> None:
    found = read(form)
    if form in DATED:
        assert list(found.published) == [one.date for one in SAID]
    else:
        assert [(one.age, one.age_days) for one in found] == [(one.age, one.days) for one in SAID]
        assert not any(found.published)


@each_form
def test_what_is_said_of_comments_is_the_same(form: str) -> None:
    found = read(form)
    assert [facts(comment, form) for comment in found] == [expected(one, form) for one in SAID]


def facts(comment: Comment, form: str) -> tuple[object, ...]:
    """What a format says; what it does not say must be unknown, or no, but never yes."""
    uploader, pinned = bool(comment.is_uploader), bool(comment.is_pinned)
    hearted, edited = bool(comment.is_hearted), bool(comment.edited)
    return comment.likes, uploader, pinned, hearted, edited


def expected(one: Said, form: str) -> tuple[object, ...]:
    uploader = one.uploader and says(form, "uploader")
    pinned = one.pinned and says(form, "pinned")
    return one.likes, uploader, pinned, one.hearted and says(form, "hearted"), one.edited


@each_form
def test_the_video_is_known_where_the_file_names_it(form: str) -> None:
    video = read(form).video
    assert video.id == (VIDEO if says(form, "video") else None)
    assert video.title == (TITLE if says(form, "title") else None)


@each_form
def test_what_the_discussion_says_is_the_same(form: str) -> None:
    found = Analysis(read(form))
    for _ in found.scan():
        pass
    places = range(len(SAID))
    moments = [[one.seconds for one in found.timestamps(place)] for place in places]
    assert moments == [[72, 245], [], [72], [], [0, 70, 245], [599]]
    assert [found.reply(place).to for place in places] == [None, 0, 1, 0, None, None]
    assert [[one.url for one in found.links(place)] for place in places] == [
        ["https://bells.org/wax"], [], [], [], [], []
    ]  # fmt: skip
    best = found.chapter_lists[0]
    assert (best.origin, best.comment) == ("comment", 4)
    assert [one.title for one in best.chapters] == ["Привет", "Воск", "Бронза 👩\u200d🏭"]
    assert [(one.label, one.cited_at) for one in found.references] == [
        ("1", (599,)),
        ("2", ()),
    ]
