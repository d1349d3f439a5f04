"""Which moments a text names, and what only looks like one."""

import time

import pytest

from parser.text.links import find_links
from parser.text.marks import Timestamp, VideoAddress
from parser.text.timestamps import find_timestamps, read_times


def times(text: str, duration: int | None = None) -> tuple[Timestamp, ...]:
    found = find_timestamps(text, find_links(text), duration)
    for one in found:
        assert text[one.start : one.end] == one.text
    return found


def seconds(text: str, duration: int | None = None) -> list[int]:
    return [one.seconds for one in times(text, duration)]


def certain(text: str) -> list[int]:
    return [one.seconds for one in times(text) if one.certainty == "certain"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3:45 that laugh", [225]),
        ("the pause at 12:05 is perfect", [725]),
        ("1:02:03", [3723]),
        ("01:02:03 and 00:07", [3723, 7]),
        ("10:00:00", [36000]),
        ("0:00", [0]),
        ("0:000 was a typing error", [0]),
        ("59:59", [3599]),
    ],
)
def test_the_sites_own_forms(text: str, expected: list[int]) -> None:
    assert certain(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        ":45",
        "3:4",
        "3:4:5",
        "1:1:1",
        "000:00",
        "00:000",
        "0:0000",
        "3:60",
        "1:60:00",
        "1:2:03",
        "1:02:03:04",
        "12345:30",
        "9" * 5000 + ":30",
        "no times here",
        "",
    ],
)
def test_forms_that_are_no_times(text: str) -> None:
    assert seconds(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("🎸3:45🎸", "3:45"),
        ("_3:45__", "3:45"),
        ("*3:45*", "3:45"),
        ("(3:45).", "3:45"),
        ("[3:45]", "3:45"),
        ("@3:45?", "3:45"),
        ("~3:45", "3:45"),
        ("«3:45»", "3:45"),
        ("3:45\u200b", "3:45"),
        ("3:45: the best", "3:45"),
        ("time:3:45", "3:45"),
        ("ここ3:45から", "3:45"),
        ("지금 3:45에서", "3:45"),
        ("في الدقيقة و3:45", "3:45"),
        ("12：05 好听", "12：05"),
        ("۳:۴۵", "۳:۴۵"),
        ("at 3:45min", "3:45"),
        ("3:45,", "3:45"),
        ("3:45\r\nhaha", "3:45"),
    ],
)
def test_what_may_touch_a_time(text: str, written: str) -> None:
    assert [one.text for one in times(text)] == [written]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:10 and 2:20, then 3:30", [70, 140, 210]),
        ("1:10,2:20,3:30", [70, 140, 210]),
        ("1:10/2:20", [70, 140]),
        ("1:10 2:20\n3:30", [70, 140, 210]),
        ("0:10 - 0:20 - 0:30", [10, 20, 30]),
    ],
)
def test_several_on_a_line(text: str, expected: list[int]) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1:20-1:31", "1:20-1:31"),
        ("1:20 - 1:31 the bridge", "1:20 - 1:31"),
        ("1:20–1:31", "1:20–1:31"),
        ("1:20 → 1:31", "1:20 → 1:31"),
        ("1:20 to 1:31 x", "1:20 to 1:31"),
        ("von 1:20 bis 1:31", "1:20 bis 1:31"),
        ("с 1:20 до 1:31", "1:20 до 1:31"),
        ("de 1:20 à 1:31", "1:20 à 1:31"),
        ("[1:20]-[1:31]", "1:20]-[1:31"),
        ("1:20～1:31", "1:20～1:31"),
    ],
)
def test_a_range_is_one_moment_with_an_end(text: str, written: str) -> None:
    (one,) = times(text)
    assert (one.seconds, one.end_seconds, one.text) == (80, 91, written)


def test_times_that_go_back_are_no_range() -> None:
    assert [(one.seconds, one.end_seconds) for one in times("1:31-1:20")] == [
        (91, None),
        (80, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the ratio is 4:3 or 10:1, at most 1:1",
        "a 16:10 monitor",
        "an aspect ratio of 16:10",
        "a 1:35 scale model",
        "the score was 21:15",
        "pp. 291-306, 1990",
        "podcast #71",
        "#7:30",
        "d6 d10 d20",
        "100x, 1.25x, 2x",
        "$3:50",
        "12.30:45",
        "1:23.456 a lap",
        "a 5:30/km pace",
        "30:50%",
        "v1:20",
        "fe80::1:20",
        "chapter3:45",
    ],
)
def test_numbers_of_other_kinds(text: str) -> None:
    assert seconds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "at 8:00 pm",
        "it's 3:45am here",
        "3:45 AM and I am awake",
        "3:45 a.m. again",
        "um 12:30 Uhr",
        "à 12:30h",
        "в 8:00 утра",
        "a las 8:00 de la mañana",
        "午後3:45に",
        "오후 3:45",
        "12:30 UTC",
        "UTC+05:30",
        "kl. 18:30",
        "a las 20:15 h",
        "15:30-16:00 Uhr",
        "from 14:00 to 15:00 pm",
        "I saw 3:10 to Yuma",
        "tomorrow at 8:00",
        "live on 2024-05-03 12:30",
        "2024-05-03T12:30:15",
        "03.05.2024, 12:30",
        "Bed time would be 8:00",
        "8:30 مساءً",
        "8:30 صباحا كل يوم",
        "الساعة 8:30",
        "8:30 م",
        "בשעה 8:30",
    ],
)
def test_times_of_day(text: str) -> None:
    assert seconds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "3:45 am I the only one",
        "3:45 am besten",
        "3:45 Am I wrong?",
        "3:45 ist gut",
        "3:45 est génial",
    ],
)
def test_words_that_look_like_those_of_a_clock(text: str) -> None:
    assert certain(text) == [225]


@pytest.mark.parametrize(
    "text",
    [
        "Hebrews 12:16",
        "1 Corinthians 13:04",
        "see John 3:16",
        "John 3:16, 4:12; 5:24",
        "Rom. 12:10",
        "Psalm 11:10 was on my mind",
        "Иоанна 3:16",
        "Матфея 5:44",
        "Römer 12:12",
        "Juan 3:16",
        "Surah Al-Kahf 18:10",
        "(Genesis 1:26)",
        "詩篇 23:10",
        "Откр. 12:10",
        "1 Кор. 13:04",
    ],
)
def test_verses(text: str) -> None:
    assert seconds(text) == []


@pytest.mark.parametrize(
    "text", ["mark 3:45", "great job 3:45", "марка 3:45", "acts weird at 3:45", "John at 3:45"]
)
def test_words_that_are_no_books_here(text: str) -> None:
    assert certain(text) == [225]


def test_names_in_a_list_of_chapters_are_no_books() -> None:
    assert seconds("Opening 0:00\nDaniel 3:45\nRuth 5:20\nJohn 9:10") == [0, 225, 320, 550]


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("what is that @ 3.49", "3.49", 229),
        ("that solo at 12.05 is wild", "12.05", 725),
        ("hört mal bei 3.49", "3.49", 229),
        ("смех на 3.49", "3.49", 229),
        ("look at 3m49s", "3m49s", 229),
        ("at 1h02m03s", "1h02m03s", 3723),
        ("75:30 the end", "75:30", 4530),
    ],
)
def test_likely_times_say_why(text: str, written: str, expected: int) -> None:
    (one,) = times(text)
    assert (one.text, one.seconds, one.certainty) == (written, expected, "likely")
    assert written in one.why
    assert "\n" not in one.why


@pytest.mark.parametrize(
    "text",
    [
        "3.49",
        "at 3.4",
        "at 3.495",
        "at 3.79",
        "at 1.25x",
        "I watch this at 1.25",
        "@ 1.50 speed",
        "at 3.50 dollars",
        "at 3.49 GHz",
        "at 3.49%",
        "at 3.49€",
        "at 3.12.2020",
        "at 8.30 pm",
        "that 3.49",
        "flat 3.49",
    ],
)
def test_numbers_with_a_dot_that_are_no_times(text: str) -> None:
    assert seconds(text) == []


def test_certain_times_have_nothing_to_explain() -> None:
    assert [one.why for one in times("1:10 2:20 1:20-1:31")] == ["", "", ""]


def test_a_time_past_the_known_end_is_left_out() -> None:
    assert seconds("2:00 and 5:00 and 5:01", duration=300) == [120, 300]
    assert [one.text for one in read_times("5:01", (), 300).left_out] == ["5:01"]


def test_a_range_over_the_known_end_keeps_its_beginning() -> None:
    (one,) = times("4:00-6:00", duration=300)
    assert (one.text, one.seconds, one.end_seconds) == ("4:00", 240, None)


def test_minutes_past_a_hundred_need_a_video_that_long() -> None:
    assert seconds("119:45") == []
    assert seconds("119:45", duration=8000) == [7185]


@pytest.mark.parametrize(
    "text",
    [
        "https://podcasts.example.com/feed/12\nfrom 59:28",
        "https://podcasts.example.com/feed/12 from 59:28",
        "podcasts.example.com/feed/12.\nfrom 59:28",
        "https://vimeo.com/12345 at 3:45",
        "https://vimeo.com/12345 (3:45)",
        "https://vimeo.com/12345 3:45",
        "https://vimeo.com/12345\n3:45",
        "https://vimeo.com/12345 ab Minute 3:45",
        "https://vimeo.com/12345 с 3:45",
        "https://vimeo.com/12345\nначиная с 3:45",
        "https://vimeo.com/12345 desde 3:45",
        "https://vimeo.com/12345 à partir de 3:45",
        "https://vimeo.com/12345 从 3:45",
        "https://vimeo.com/12345 from 3:45 to 5:10",
        "https://vimeo.com/12345 at 3:45, 5:10 and 7:00",
        "https://youtu.be/abcdefghijk from 3:45",
        "vimeo.com/1 (с 3:45)\n2. vimeo.com/2 (с 4:45)\n3. vimeo.com/3 (с 5:45)",
    ],
)
def test_times_of_another_work(text: str) -> None:
    found = read_times(text, find_links(text))
    assert found.timestamps == ()
    assert found.left_out
    assert all("link" in one.why for one in found.left_out)


@pytest.mark.parametrize(
    "text",
    [
        "https://vimeo.com/12345 is like what he says at 3:45",
        "https://vimeo.com/12345\n3:45 he means this one",
        "https://vimeo.com/12345\n\nfrom 3:45",
        "3:45 reminds me of https://vimeo.com/12345",
        "https://example.com/paper.pdf at 3:45",
    ],
)
def test_times_of_this_video_near_a_link(text: str) -> None:
    assert seconds(text) == [225]


def test_a_time_under_a_link_is_no_item_of_a_list_that_is_written_otherwise() -> None:
    assert seconds("vimeo.com/1\nfrom 59:28\n\nBut here:\n2:10 first\n2:30 second") == [130, 150]


def test_a_list_under_a_link_is_this_videos() -> None:
    text = "https://example.com/shop\n- 0:00 Hello\n- 1:00 Middle\n- 2:00 Bye"
    assert seconds(text) == [0, 60, 120]


def test_a_time_behind_a_link_to_this_very_video_is_its_own() -> None:
    text = "https://youtu.be/abcdefghijk from 3:45"
    video = VideoAddress("youtube", "abcdefghijk")
    assert [one.seconds for one in find_timestamps(text, find_links(text), None, video)] == [225]


def test_a_time_within_a_link_is_none() -> None:
    assert seconds("https://example.com/watch?at=3:45 yes") == []


@pytest.mark.parametrize(
    "text",
    [
        "1:20 " * 50_000,
        "1" * 1_000_000,
        "1:" * 500_000,
        "1:20-" * 50_000,
        "at 3.49 " * 30_000,
        "John 3:16;" * 20_000,
        "@" * 1_000_000 + " 3.49",
        " " * 1_000_000 + "1:20",
        "\n" * 1_000_000 + "1:20",
        "1:20" + "_" * 1_000_000 + "x",
        "https://a.example.com/ 1:20 " * 10_000,
    ],
    ids=range(11),
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    links = find_links(text)
    begin = time.process_time()
    find_timestamps(text, links)
    assert time.process_time() - begin < 20  # quadratic would be hours
