"""Saved pages: known by content, whole in any blocks, as much as stands before a cut."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from parser import Discussion, ParseError, load
from parser.detect import detect
from parser.readers import all_readers, saved_html_reading
from parser.readers.saved_html import SavedHtml
from parser.source import open_input
from tests.parser.pages import Said, page

FIXTURES = Path(__file__).parent / "fixtures" / "saved_html"
CASES = sorted(path.name for path in FIXTURES.iterdir())
WATCH = "https://www.youtube.com/watch?v=tideBells_1"
LINK = f'<link rel="canonical" href="{WATCH}">'
APP = "<ytd-app>{}</ytd-app>"


def read(html: str | bytes) -> Discussion:
    data = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    return load("-", stream=io.BytesIO(data))


def comment(name: str, text: str = "a text", more: str = "") -> str:
    """A comment as the site shows it, but for the boxes around its parts."""
    return (
        f'<ytd-comment-view-model><a id="author-text" href="/@{name}">@{name}</a>'
        f'<span id="published-time-text"><a href="/watch?v=tideBells_1&amp;lc=Ugz{name}">'
        f'1 year ago</a></span><div id="content-text">{text}</div>{more}</ytd-comment-view-model>'
    )


def thread(first: str, *replies: str) -> str:
    return (
        f"<ytd-comment-thread-renderer>{first}<div id=replies>{''.join(replies)}</div>"
        "</ytd-comment-thread-renderer>"
    )


def saw(discussion: Discussion) -> list[tuple[str, int, str]]:
    return [(one.id, one.depth, one.text) for one in discussion]


# Which files these are


@pytest.mark.parametrize("case", CASES)
def test_a_fixture_is_read_by_this_reader_alone(case: str) -> None:
    head = open_input(str(next((FIXTURES / case).glob("input.*")))).head
    assert [reader.name for reader in all_readers() if reader.recognises(head)] == ["saved-html"]


@pytest.mark.parametrize(
    "html",
    [
        f"<html>{LINK}",
        f"\ufeff\n<!-- x --><!doctype html><HTML><LINK HREF='{WATCH}' REL=canonical>",
        f"<!-- saved from url=(0043){WATCH} --><html>",
        f"<html><!--\n Page saved with SingleFile\n url: {WATCH}\n--><meta charset=utf-8>",
        f'<html data-scrapbook-source="{WATCH}">',
        f'<html><meta name="savepage-url" content="{WATCH}">',
        '<html><base href="https://www.youtube.com/">',
        '<html><meta property="og:site_name" content="YouTube">',
        f'<html><meta content="{WATCH}" property="og:url">',
        "<html><script>var ytInitialPlayerResponse = {};</script>",
        "<html><title>Tide bells - YouTube</title>",
        "<html><body><ytd-app>",
        f"<html><style>{'p {}' * 12_000}</style>{LINK}",
        '<html><link rel="canonical" href="https://ruclips.net/video/tideBells_1/x.html">',
        "<p><a href=x>@gull</a> 2 days ago<p>text",
        f"Snapshot-Content-Location: {WATCH}\nContent-Type: multipart/related; boundary=b\n\n--b",
    ],
    ids=lambda html: html[:30],
)
def test_a_page_is_known_by_what_its_beginning_says(html: str) -> None:
    assert detect(open_input("-", io.BytesIO(html.encode()))).name == "saved-html"


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        f'<html><body><iframe src="https://www.youtube.com/embed/tideBells_1"></iframe>{WATCH}',
        f'<html><a href="{WATCH}" rel="canonical">a link</a>',
        "<html><!-- the code is from https://www.youtube.com/watch?v=tideBells_1 -->",
        '<html><link rel="canonical" href="https://evilyoutube.com/watch?v=tideBells_1">',
        '<html><meta itemprop="identifier" content="tideBells_1">',
        '<?xml version="1.0"?><feed><link rel="alternate" href="https://www.youtube.com/"/></feed>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>YouTube</title></svg>',
        "<html><table><tr><td><a href=user?id=gull>gull</a> 2 days ago<td>a forum",
        "<html><p><a href=x>@gull</a> was here<p>2 of them",
        "From: a@b.example\nContent-Type: multipart/related; boundary=b\n\n--b\n\nhello\n--b--",
        "From: a@b.example\nContent-Type: multipart/related\n\nhello",
        f"Content-Type: text/html\n\n<html>{LINK}",
        f"a text\n<html>{LINK}",
    ],
)
def test_other_pages_are_not_taken(text: str) -> None:
    assert not SavedHtml().recognises(text)


def test_comments_may_begin_far_behind_what_is_looked_at() -> None:
    far = f"<html>{LINK}<style>{'p {}' * 100_000}</style><svg>{'<path d=x />' * 100_000}</svg>"
    assert saw(read(far + APP.format(thread(comment("a"))))) == [("Ugza", 0, "a text")]


def test_a_page_that_shows_no_comments_is_what_its_scripts_are() -> None:
    def form(case: str) -> str:
        return load(str(FIXTURES / case / "input.html")).source.format

    assert form("no_comments_shown") == form("comments_off") == "innertube"
    assert form("new_elements") == form("another_video_before") == "saved-html"


def test_comments_in_scripts_count_only_where_the_page_shows_none() -> None:
    said = (
        '{"continuationItems":[{"commentThreadRenderer":{"comment":{"commentRenderer":{'
        '"commentId":"UgzS","authorText":{"simpleText":"@auk"},'
        '"contentText":{"runs":[{"text":"in a script"}]}}}}}]}'
    )
    answer = '{"onResponseReceivedEndpoints":[{"reloadContinuationItemsCommand":' + said + "}]}"
    script = f"<html>{LINK}<body><script>var ytInitialData = {answer};</script>"
    assert saw(read(script + APP.format(""))) == [("UgzS", 0, "in a script")]
    assert saw(read(script + APP.format(thread(comment("a"))))) == [("Ugza", 0, "a text")]


# The video


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<!-- saved from url=(0043){WATCH} -->{LINK.replace('tide', 'sand')}", "tideBells_1"),
        (f"<!-- saved from url=(0043){WATCH.replace('tide', 'sand')} -->{LINK}", "sandBells_1"),
        (f"{LINK}<body>{thread(comment('a').replace('tide', 'sand'))}", "sandBells_1"),
        (f"{LINK}<body><ytd-watch-flexy video-id=sandBells_1>", "sandBells_1"),
        ('<meta property="og:site_name" content="YouTube">', None),
        ("<base href='https://www.youtube.com/'><meta itemprop=identifier content=no>", None),
        (f"<base href='https://www.youtube.com/'><a href='{WATCH}'>see this</a>", None),
        (f"<ytd-app>{thread(comment('a', f'<a href={WATCH}>x</a>').replace('lc=', ''))}", None),
    ],
)
def test_the_id_is_what_the_page_says_of_itself(html: str, expected: str | None) -> None:
    assert read(f"<html>{html}").video.id == expected


def test_what_was_served_for_another_video_is_not_this_ones() -> None:
    found = load(str(FIXTURES / "another_video_before" / "input.html"))
    assert found.video.id == "tideBells_1"
    assert found.video.title == "How tide bells are cast"
    assert (found.video.duration, found.video.channel, found.video.published) == (None, None, None)
    assert found.video.chapters == ()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("PT54M12S", 3252),
        ("PT76M12S", 4572),
        ("PT2H", 7200),
        ("P1DT1S", 86_401),
        ("PT0S", None),
        ("54:12", None),
        ("PT99999999999S", None),
        ("", None),
    ],
)
def test_durations(written: str, seconds: int | None) -> None:
    html = f'<html>{LINK}<meta itemprop="duration" content="{written}">'
    assert read(html).video.duration == seconds


# Comments


@pytest.mark.parametrize(
    ("shown", "likes"),
    [
        ("1926", 1926),
        ("1.9K", 1900),
        ("1,2&nbsp;тыс.", 1200),
        ("12 万", 120_000),
        ("1,9&#160;Mio.", 1_900_000),
        ("", None),
        (" \n ", None),
        ("&nbsp;", None),
        ("soon", None),
    ],
)
def test_likes_in_any_language_and_none_where_none_are_shown(shown: str, likes: int | None) -> None:
    more = f'<span id="vote-count-middle">{shown}</span>'
    assert read(f"<html>{LINK}{thread(comment('a', more=more))}")[0].likes == likes


def test_a_count_that_is_hidden_stands_in_for_one_that_is_missing() -> None:
    left = '<span id="vote-count-left" hidden>12</span>'
    assert read(f"<html>{LINK}{thread(comment('a', more=left))}")[0].likes == 12
    both = left + '<span id="vote-count-middle">13</span>'
    assert read(f"<html>{LINK}{thread(comment('a', more=both))}")[0].likes == 13


def test_an_empty_badge_is_no_badge() -> None:
    for part in ("pinned-comment-badge", "creator-heart"):
        for inside in ("", " \n", "<!-- x -->", "<dom-if><template is=dom-if></template></dom-if>"):
            html = f"<html>{LINK}{thread(comment('a', more=f'<div id={part}>{inside}</div>'))}"
            one = read(html)[0]
            assert (one.is_pinned, one.is_hearted) == (False, False)
        html = f"<html>{LINK}{thread(comment('a', more=f'<div id={part}><i></i></div>'))}"
        one = read(html)[0]
        assert (one.is_pinned, one.is_hearted) == (part[0] == "p", part[0] == "c")


def test_a_badge_is_the_uploaders_unless_the_page_names_another_channel() -> None:
    badge = "<ytd-author-comment-badge-renderer></ytd-author-comment-badge-renderer>"
    owner = "<ytd-video-owner-renderer><a href='/@{}'>Name</a></ytd-video-owner-renderer>"
    commented = thread(comment("gull", more=badge)) + thread(comment("auk"))
    for before, uploader, verified in (
        ("", True, None),
        (owner.format("Gull"), True, None),
        (owner.format("auk"), False, True),
    ):
        found = read(f"<html>{LINK}<ytd-app>{before}{commented}</ytd-app>")
        assert (found[0].is_uploader, found[0].is_verified) == (uploader, verified)
        assert found[1].is_uploader is ("auk" in before)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<span>one\n</span><span>\n</span><span>two</span>", "one\n\ntwo"),
        ("<span>one</span>\n          <span>two</span>", "one\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ('<img alt="🔔"><img alt=":wave:"><img src=x>', "🔔:wave:"),
        ('<a href="/watch?v=tideBells_1&amp;t=72s">1:12</a>', "1:12"),
        ('<a href="/@auk">@auk</a> <a href="/hashtag/x">#x</a> <a href="/channel/U">Jo</a>', None),
        ('<a href="/redirect?q=https%3A%2F%2Fa.example%2Flong">https://a.exa...</a>', "@long"),
        ('<a href="https://www.youtube.com/redirect?v=1&q=https://a.example/long">a…</a>', "@long"),
        ('<a href="/redirect?q=https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="/watch?v=sandBells_1">https://youtu.be/sandBells_1</a>', "@written"),
        ('<a href="/watch?v=sandBells_1"> • Sand bells </a>', "@titled"),
        ("&lt;i&gt; &amp;amp; &#128276;", "<i> &amp; 🔔"),
        ("2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
    ],
)
def test_texts_and_where_their_links_lead(html: str, text: str | None) -> None:
    known = {
        None: "@auk #x Jo",
        "@long": "https://a.example/long",
        "@written": "https://youtu.be/sandBells_1",
        "@titled": "• Sand bells (https://www.youtube.com/watch?v=sandBells_1)",
    }
    found = read(f"<html>{LINK}{thread(comment('a', html))}")
    assert found[0].text.replace("  ", " ") == known.get(text, text)


def test_a_comments_text_cannot_become_the_pages() -> None:
    html = "</div><title>Mine - YouTube</title><link rel=canonical href=x><h1>x</h1>"
    found = read(f"<html><title>Bells - YouTube</title>{LINK}{thread(comment('a', html))}")
    assert (found.video.id, found.video.title) == ("tideBells_1", "Bells")


def test_replies_go_to_the_first_of_their_thread_at_any_depth() -> None:
    deep = 3000
    html = "".join(
        f"<ytd-comment-thread-renderer>{comment(f'n{at}')}<ytd-comment-replies-renderer>"
        for at in range(deep)
    )
    found = read(f"<html>{LINK}{html}")
    assert [one.id for one in found] == [f"Ugzn{at}" for at in range(deep)]
    assert [one.depth for one in found][:100] == list(range(100))


# Slices and cuts


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("piece", [1, 7, 250])
def test_pieces_of_any_size_give_the_same(
    case: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(next((FIXTURES / case).glob("input.*")))
    whole = load(path)
    monkeypatch.setattr(saved_html_reading, "_PIECE", piece)
    pieces = load(path)
    assert pieces.video == whole.video
    assert pieces.diagnostics == whole.diagnostics
    assert list(pieces.rows) == list(whole.rows)
    assert list(pieces.parent) == list(whole.parent)
    assert list(pieces.flags) == list(whole.flags)


def test_comments_come_while_the_page_is_read() -> None:
    threads = "".join(thread(comment(f"n{at}"), comment(f"n{at}.1")) for at in range(3000))
    source = open_input("-", io.BytesIO(f"<html>{LINK}{APP.format(threads)}".encode()))
    slices = [(piece.bytes_read, len(piece.records)) for piece in SavedHtml().read(source)]
    assert sum(count for _, count in slices) == 6000
    assert max(count for _, count in slices) < 300
    assert slices[0][1] > 0
    assert slices[0][0] < slices[-1][0] / 10


CUT = f"<html><head><title>Bells - YouTube</title>{LINK}</head><body>" + APP.format(
    thread(comment("a", "one &amp; <b>two</b>", '<span id="vote-count-middle">12</span>'))
    + thread(comment("b", "three"), comment("b.1", '<a href="/redirect?q=x">four</a>'))
)


def test_a_cut_anywhere_costs_only_what_stands_behind_it() -> None:
    whole = saw(read(CUT))
    assert len(whole) == 3
    for at in range(CUT.index("<body>"), len(CUT)):
        found = read(CUT[:at])
        texts = saw(found)
        assert texts[:-1] == whole[: max(0, len(texts) - 1)]
        if texts:
            name, depth, text = whole[len(texts) - 1]
            assert texts[-1][:2] == (name, depth)
            assert text.startswith(texts[-1][2].removesuffix("&am").removesuffix("&a").rstrip("&"))
        if at > CUT.index("<ytd-app>") + 8:
            assert not found.source.complete
            assert "was cut" in found.diagnostics[0].message


@pytest.mark.parametrize("case", ["mhtml", "mhtml_base64", "mirror", "single_file"])
def test_a_cut_in_other_kinds_of_pages(case: str) -> None:
    path = next((FIXTURES / case).glob("input.*"))
    data = path.read_bytes()
    whole = saw(load(str(path)))
    counts: list[int] = []
    for at in range(1, len(data), 61):
        try:
            texts = saw(read(data[:at]))
        except ParseError:
            continue  # too little to know the format by
        counts.append(len(texts))
        assert [one[:2] for one in texts[:-1]] == [
            one[:2] for one in whole[: max(0, len(texts) - 1)]
        ]
    assert counts == sorted(counts)
    assert set(range(1, len(whole) + 1)) <= set(counts) | {len(whole)}


@pytest.mark.parametrize("case", ["mhtml", "mhtml_base64"])
def test_an_mhtml_file_without_the_pages_end_is_cut(case: str) -> None:
    data = (FIXTURES / case / "input.mhtml").read_bytes()
    end = data.index(b"Content-Type: text/css")
    assert read(data[:end]).source.complete
    assert not read(data[: end - 40]).source.complete


def test_a_damaged_mhtml_file_gives_what_can_be_read() -> None:
    data = (FIXTURES / "mhtml_base64" / "input.mhtml").read_bytes()
    at = data.index(b"base64") + 400
    found = read(data[:at] + b"!\x01\n" + data[at + 3 :])
    assert found.video.id == "tideBells_1"
    for name in (b"klingon", b"idna"):
        unknown = data.replace(b'charset="utf-16"', b'charset="%b"' % name)
        assert read(unknown).video.id == "tideBells_1"


def test_utf_16_without_its_mark_in_an_mhtml_file_costs_no_more_than_characters() -> None:
    html = (FIXTURES / "single_file" / "input.html").read_text(encoding="utf-8")
    header = "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = "Content-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    body = base64.encodebytes(html.encode()).decode()
    found = read(f"MIME-Version: 1.0\r\n{header}{part}{body}--b--\r\n".encode())
    assert found.video.id == read(html.encode()).video.id


# The mirror's page, in markups that it may have

SAID = (
    Said("@low-tide", "0:00 Hello\n1:10 Wax & <b>bronze</b>\n\nand more", "2 years ago +173"),
    Said("@gull", "@@low-tide thanks", "1 year ago (edited)", depth=1),
    Said("@harbour", "Welcome", "11 months ago +5", depth=1, uploader=True),
    Said("@чайка", "Глина из устья 🌊", "Год назад +1,2 тыс."),
    Said("@tern", "one\ntwo", "3 days ago"),
)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _list_page(said: tuple[Said, ...]) -> str:
    """Items with the replies in a list within, as the text of the page suggests it."""
    html = "<ul><li>Published: 12 Sep 2024</li></ul><h3>Comments • 5</h3><ul>"
    for one in said:
        body = _escaped(one.text).replace("\n", "<br>")
        badge = "<svg><path d=x /></svg>" if one.uploader else ""
        html += "<ul>" if one.depth else ""
        html += (
            f"<li><a href=/c><img src=a.png alt=x> {one.handle}</a><div><a href=/c>{one.handle}</a>"
            f"{badge}&nbsp;<span>{one.head}</span></div><div>{body}</div>"
            "<div><button>Reply</button></div>"
        )
        html += "</ul>" if one.depth else ""
    return html + "</ul><footer>About us</footer>"


def _box_page(said: tuple[Said, ...]) -> str:
    """Boxes only, with name, age and likes on lines of their own."""
    html = "<p>Comments: 5</p><section>"
    for place, one in enumerate(said):
        body = _escaped(one.text)
        age, plus, likes = one.head.partition(" +")
        badge = "<img src=badge.png>" if one.uploader else ""
        html += "<div class=replies>" if one.depth and not said[place - 1].depth else ""
        html += (
            f"<div class=c><div class=h><a href=/@x>{one.handle}</a>{badge} <i>{age}</i></div>"
            f"<div>{plus.strip()}{likes}</div><div class=b>{body}</div>"
        )
        following = said[place + 1].depth if place + 1 < len(said) else 0
        html += "</div>" * (1 + one.depth * 2 if not following else one.depth)
    return html + "</section><footer>About us</footer>"


@pytest.mark.parametrize("markup", [_list_page, _box_page])
def test_a_mirrors_page_is_the_same_discussion_as_its_text(
    markup: Callable[[tuple[Said, ...]], str],
) -> None:
    labels = ("  • Published: 12 Sep 2024", "", "Comments • 5")
    text = read(page(*SAID, title="Tide bells", labels=labels))
    html = read(f"<html><title>x</title><body><h1>Tide bells</h1>{markup(SAID)}</body></html>")
    assert html.source.format == "saved-html"
    assert html.video == text.video
    for one, other in zip(html, text, strict=True):
        assert (one.text, one.author, one.parent) == (other.text, other.author, other.parent)
        assert (one.age, one.age_days, one.edited) == (other.age, other.age_days, other.edited)
        assert (one.likes, one.is_uploader) == (other.likes, other.is_uploader)
        assert one.id == other.id


def test_what_stands_around_a_mirrors_comments_is_no_part_of_them() -> None:
    found = load(str(FIXTURES / "mirror" / "input.html"))
    assert not [one for one in found if "Контакты" in one.text or "Опубликовано" in one.text]
    assert found.source.page_date == "2024-09-12"


@pytest.mark.parametrize("href", ["reed", "", "/", "//", "http://[", "?a=b"])
def test_a_name_may_link_anywhere(href: str) -> None:
    item = f'<li><a href="{href}">@reed</a> 2 years ago<br>a text</li>'
    found = read(f"<html><body><ul>{item}</ul></body></html>")
    assert [(one.author, one.text) for one in found] == [("@reed", "a text")]
