"""Which video an address names, and the addresses that lead to one."""

import pytest

from parser.text.marks import VideoAddress
from parser.text.videos import parse_address, parse_video, timestamp_url, watch_url

ID = "abc-EFG_123"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"  {ID}\n",
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}",
        f"youtube.com/watch?v={ID}",
        f"www.youtube.com/watch?list=PL123&v={ID}&index=2",
        f"https://m.youtube.com/watch?v={ID}&feature=share",
        f"https://music.youtube.com/watch?v={ID}",
        f"https://www.youtube-nocookie.com/embed/{ID}?rel=0",
        f"https://youtu.be/{ID}",
        f"youtu.be/{ID}?si=abcdef",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/embed/{ID}",
        f"https://www.youtube.com/v/{ID}",
        f"HTTPS://WWW.YOUTUBE.COM/watch?v={ID}",
        f"ruclips.net/video/{ID}/видео.html",
        f"https://ruclips.net/video/{ID}/some-title.html",
        f"https://ruclips.net/video/{ID}",
        f"https://youtube.com:443/watch?v={ID}",
    ],
)
def test_the_forms_of_a_videos_address(text: str) -> None:
    assert parse_video(text) == VideoAddress("youtube", ID)


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("t=90", 90),
        ("t=90s", 90),
        ("t=1m30s", 90),
        ("t=1h2m3s", 3723),
        ("t=2m", 120),
        ("start=90", 90),
        ("time_continue=90", 90),
        ("t=0", 0),
        ("t=", None),
        ("t=soon", None),
        ("t=-5", None),
        ("t=99999999999", None),
        ("t=" + "9" * 6000, None),
    ],
)
def test_the_moment_in_an_address(mark: str, seconds: int | None) -> None:
    expected = VideoAddress("youtube", ID, seconds)
    assert parse_address(f"https://www.youtube.com/watch?v={ID}&{mark}") == expected
    assert parse_address(f"https://www.youtube.com/watch?{mark}&v={ID}") == expected
    assert parse_address(f"https://youtu.be/{ID}?{mark}") == expected
    assert parse_address(f"https://www.youtube.com/watch?v={ID}#{mark}") == expected


def test_an_address_copied_out_of_html() -> None:
    url = f"https://www.youtube.com/watch?v={ID}&amp;t=90"
    assert parse_address(url) == VideoAddress("youtube", ID, 90)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "abc-EFG_12",
        "abc-EFG_1234",
        "abc EFG_123",
        f"https://evilyoutube.com/watch?v={ID}",
        f"https://youtube.com.evil.example/watch?v={ID}",
        f"https://youtu.be.evil.example/{ID}",
        f"https://evil.example/youtube.com/watch?v={ID}",
        f"https://youtube.com@evil.example/watch?v={ID}",
        f"https://evil.example\\@youtube.com/watch?v={ID}",
        f"ftp://youtube.com/watch?v={ID}",
        f"javascript://youtube.com/watch?v={ID}",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/@someone",
        f"https://www.youtube.com/playlist?list={ID}",
        f"https://www.youtube.com/results?v={ID}",
        "https://vimeo.com/123456789",
        f"https://ruclips.net/user/{ID}",
        f"https://evilruclips.net/video/{ID}/a.html",
        "https://[broken/watch",
        "https://youtube.com:port/watch?v=" + ID,
    ],
)
def test_what_names_no_video(text: str) -> None:
    assert parse_video(text) is None


def test_a_bare_id_is_no_address() -> None:
    assert parse_address(ID) is None


def test_the_addresses_of_a_video_and_its_moments() -> None:
    video = VideoAddress("youtube", ID)
    assert watch_url(video) == f"https://www.youtube.com/watch?v={ID}"
    assert timestamp_url(video, 90) == f"https://youtu.be/{ID}?t=90"
    assert timestamp_url(video, 0) == f"https://youtu.be/{ID}?t=0"


@pytest.mark.parametrize(
    ("site", "name", "watch", "moment"),
    [
        ("vimeo", "123456789", "https://vimeo.com/123456789", "#t=3725s"),
        ("dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde", "?start=3725"),
        ("bilibili", "BV1ab411c7Q9", "https://www.bilibili.com/video/BV1ab411c7Q9/", "?t=3725"),
        (
            "bilibili",
            "BV1ab411c7Q9_p12",
            "https://www.bilibili.com/video/BV1ab411c7Q9/?p=12",
            "&t=3725",
        ),
        ("twitch", "v6528877", "https://www.twitch.tv/videos/6528877", "?t=1h2m5s"),
    ],
)
def test_other_sites_whose_form_is_known(site: str, name: str, watch: str, moment: str) -> None:
    video = VideoAddress(site, name)
    assert watch_url(video) == watch
    assert timestamp_url(video, 3725) == watch + moment


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("youtube", "x?y"),
        ("youtube", "abc-EFG_12"),
        ("youtube", "abc-EFG_123&x=1"),
        ("youtube", "abc-EFG_123\n"),
        ("youtube", "videoseries"),
        ("youtube", "１２３４５６７８９０１"),
        ("vimeo", "12/../evil"),
        ("vimeo", "１２３"),
        ("vimeo", ""),
        ("dailymotion", "x8#a"),
        ("dailymotion", "x8\n"),
        ("bilibili", "BV1ab411c7Q9_p0"),
        ("bilibili", "BV1ab411c7Q9_p4_0"),
        ("bilibili", "BV1ab411c7Q9?p=1"),
        ("bilibili", "288525"),
        ("twitch", "42850523"),
        ("twitch", "v12@evil.example"),
        ("somewhere", "123"),
        ("Vimeo", "123"),
    ],
)
def test_an_id_that_is_none_of_a_known_site_makes_no_address(site: str, name: str) -> None:
    video = VideoAddress(site, name)
    assert watch_url(video) is None
    assert timestamp_url(video, 90) is None
