"""Which addresses a text holds, as written and as they open."""

import time

import pytest

from parser.text.links import find_links
from parser.text.marks import VideoAddress


def urls(text: str) -> list[str]:
    found = find_links(text)
    for link in found:
        assert text[link.start : link.end] == link.text
    return [link.url for link in found]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.com", "https://example.com"),
        ("see http://example.com/a?b=c#d now", "http://example.com/a?b=c#d"),
        ("HTTPS://Example.com/A", "https://Example.com/A"),
        ("www.example.com", "https://www.example.com"),
        ("WWW.Example.org!", "https://WWW.Example.org"),
        ("books.example.com/books?id=1&pg=PR1", "https://books.example.com/books?id=1&pg=PR1"),
        ("example.com/", "https://example.com/"),
        ("https://localhost:8000/a", "https://localhost:8000/a"),
        ("http://192.168.0.1/x", "http://192.168.0.1/x"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
        ("пример.рф/страница", "https://пример.рф/страница"),
        ("https://ja.example.org/wiki/日本", "https://ja.example.org/wiki/日本"),
        ("example.com:8080/a", "https://example.com:8080/a"),
        ("https://example.com?q=1", "https://example.com?q=1"),
        (
            "https://web.example.org/2020/https://other.example/a",
            "https://web.example.org/2020/https://other.example/a",
        ),
    ],
)
def test_addresses_as_people_write_them(text: str, url: str) -> None:
    assert urls(text) == [url]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(see https://example.com/a), and", "https://example.com/a"),
        ("https://example.com/a.", "https://example.com/a"),
        ("https://example.com/a?!", "https://example.com/a"),
        ("“https://example.com/a”", "https://example.com/a"),
        ("<https://example.com/a>", "https://example.com/a"),
        ("[name](https://example.com/a)text", "https://example.com/a"),
        ("**https://example.com/a**", "https://example.com/a"),
        ("_https://example.com/a_b_", "https://example.com/a_b"),
        ("https://example.com/a_", "https://example.com/a_"),
        ("https://example.com/wiki/Duck_(bird)", "https://example.com/wiki/Duck_(bird)"),
        ("(https://example.com/wiki/Duck_(bird))", "https://example.com/wiki/Duck_(bird)"),
        ("https://example.com/a(b c", "https://example.com/a"),
        ("www.example.com(great", "www.example.com"),
        ("https://example.com/a😀", "https://example.com/a"),
        ("https://example.com/a\u200b", "https://example.com/a"),
        ("https://example.com/a\u202egpj", "https://example.com/a"),
        ("https://example.com/a。次", "https://example.com/a"),
        ("https://example.com/abcを見て", "https://example.com/abc"),
        ("見てexample.com/abc", "example.com/abc"),
        ("тутexample.com/abc", "example.com/abc"),
        ("Link:example.com/abc", "example.com/abc"),
        ("https://example.com/a…", "https://example.com/a"),
        ("https://example.com/a، جميل", "https://example.com/a"),
        ("https://example.com/a؟", "https://example.com/a"),
        ("https://example.com/a।", "https://example.com/a"),
    ],
)
def test_where_an_address_begins_and_ends(text: str, written: str) -> None:
    assert [link.text for link in find_links(text)] == [written]


def test_addresses_that_follow_each_other() -> None:
    assert urls("https://a.example/1,https://b.example/2") == [
        "https://a.example/1",
        "https://b.example/2",
    ]
    assert urls("(a.example.com/1)(b.example.com/2)") == [
        "https://a.example.com/1",
        "https://b.example.com/2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "example.com",
        "and/or he/she 24/7 1.5/2",
        "node.js/react",
        "e.g./i.e. whatever",
        "me@example.com",
        "me@example.com/inbox",
        "mailto:me@example.com",
        "javascript:alert(1)",
        "javascript:https://example.com/",
        "javascript://example.com/%0aalert(1)",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "view-source:https://example.com",
        "http://user:secret@example.com/",
        "https://",
        "www.",
        "www.example",
        "http://1.2.3.400/",
        "C:/windows/system.ini",
        "https://" + "a" * 70 + ".com/",
        "https://example.com/" + "a" * 5000,
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert urls(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ruclips.net/video/abc-EFG_123/видео.html",
        "https://uaclips.com/video/abc-EFG_123/video.html",
    ],
)
def test_a_mirrors_page_becomes_the_videos_own(text: str) -> None:
    (link,) = find_links(text)
    assert link.text == text
    assert link.url == "https://www.youtube.com/watch?v=abc-EFG_123"
    assert link.video == VideoAddress("youtube", "abc-EFG_123")


def test_a_link_to_a_video_keeps_its_address_and_names_it() -> None:
    (link,) = find_links("watch youtu.be/abc-EFG_123?t=1m30s.")
    assert link.url == "https://youtu.be/abc-EFG_123?t=1m30s"
    assert link.video == VideoAddress("youtube", "abc-EFG_123", 90)


def test_other_pages_name_no_video() -> None:
    (link,) = find_links("https://example.com/watch?v=abc-EFG_123")
    assert link.video is None


@pytest.mark.parametrize(
    "text",
    [
        "a." * 500_000,
        "/" * 1_000_000,
        "a/" * 500_000,
        "https://" * 100_000,
        "www." * 250_000,
        "https://example.com/" + "(" * 1_000_000,
        "(a.com/" * 140_000,
        "https://a.bc/)" * 70_000,
        "https://a.bc/," * 70_000,
        "a.com/(])" * 100_000,
        "https://" + "a.b-" * 250_000,
        "x.com:" * 150_000,
    ],
    ids=range(12),
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    begin = time.process_time()
    find_links(text)
    assert time.process_time() - begin < 15  # quadratic would be hours
