"""Ages, counts and dates in the languages of the sites."""

import msgspec
import pytest

from parser.text.age_data import tables
from parser.text.ages import Age, parse_age, split_edited
from parser.text.counts import parse_count
from parser.text.dates import parse_date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5 лет назад", 1825),
        ("2 года назад", 730),
        ("Год назад", 365),
        ("Месяц назад", 30),
        ("2 месяца назад", 60),
        ("3 роки тому", 1095),
        ("5 years ago", 1825),
        ("1 month ago", 30),
        ("2 weeks ago", 14),
        ("6 days ago", 6),
        ("9 hours ago", 0),
        ("5 mo. ago", 150),
        ("vor 5 Jahren", 1825),
        ("vor 1 Jahr", 365),
        ("hace 3 años", 1095),
        ("il y a 2\u00a0ans", 730),
        ("há 4 semanas", 28),
        ("5 anni fa", 1825),
        ("2 lata temu", 730),
        ("5 yıl önce", 1825),
        ("5 年前", 1825),
        ("5年前", 1825),
        ("3개월 전", 90),
        ("2 เดือนที่ผ่านมา", 60),
        ("قبل سنتين", 730),
        ("قبل ٥ سنوات", 1825),
        ("לפני שנתיים", 730),
        ("5 वर्ष पहले", 1825),
        ("5 năm trước", 1825),
        ("a year ago", 365),
        ("an hour ago", 0),
        ("vor einem Jahr", 365),
        ("vor einer Woche", 7),
        ("hace un mes", 30),
        ("il y a un an", 365),
        ("há uma semana", 7),
        ("один год назад", 365),
        ("πριν από 2 χρόνια", 730),
        ("2 साल पहले", 730),
        ("2 ปีที่ผ่านมา", 730),
        ("2 éve", 730),
        ("3 hete", 21),
        ("1 hónapja", 30),
        ("5 órája", 0),
        ("2 महीने पहले", 60),
        ("3 हफ़्ते पहले", 21),
        ("২ বছর আগে", 730),
        ("۲ سال قبل", 730),
        ("2 aastat tagasi", 730),
        ("3 nädalat tagasi", 21),
        ("2 il əvvəl", 730),
        ("1 buwan na ang nakalipas", 30),
        ("Yesterday", 1),
        ("вчера", 1),
    ],
)
def test_an_age_in_days(text: str, days: int) -> None:
    assert parse_age(text) == Age(days, edited=False)


@pytest.mark.parametrize(
    "text", ["", "soon", "a", "a b ago", "5", "years", "5 bananas ago", "999999 years ago"]
)
def test_what_is_no_age(text: str) -> None:
    assert parse_age(text).days is None


@pytest.mark.parametrize(
    ("text", "age", "days"),
    [
        ("2 месяца назад (изменено)", "2 месяца назад", 60),
        ("1 year ago (edited)", "1 year ago", 365),
        ("vor 3 Tagen (bearbeitet)", "vor 3 Tagen", 3),
        ("5 年前（編集済み）", "5 年前", 1825),
    ],
)
def test_an_edited_mark_is_known_by_its_brackets(text: str, age: str, days: int) -> None:
    assert split_edited(text) == (age, True)
    assert parse_age(text) == Age(days, edited=True)


def test_brackets_alone_are_no_mark() -> None:
    assert split_edited("(edited)") == ("(edited)", False)
    assert split_edited("2 days ago :)") == ("2 days ago :)", False)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("173", 173),
        ("1926", 1926),
        ("1,926", 1926),
        ("1.926", 1926),
        ("1 926", 1926),
        ("1\u00a0926", 1926),
        ("1'234'567", 1234567),
        ("12,34,567", 1234567),
        ("1.9K", 1900),
        ("1.2 K", 1200),
        ("1,2 тыс.", 1200),
        ("1,2 тыс", 1200),
        ("1,2\u00a0тис.", 1200),
        ("12 万", 120000),
        ("1.2万", 12000),
        ("3.4만", 34000),
        ("1,9 Mio.", 1900000),
        ("2 Mrd.", 2000000000),
        ("1,2 B", 1200),
        ("12 B", 12000),
        ("1.2B", 1200000000),
        ("1 mil", 1000),
        ("2 mil.", 2000000),
        ("3.5 lakh", 350000),
        ("3.5L", 350000),
        ("2.5 लाख", 250000),
        ("elfu 1.2", 1200),
        ("٣٬٤٥٦", 3456),
        ("1,2", None),
        ("1.25", None),
        ("12345,678", None),
        ("", None),
        (" ", None),
        ("K", None),
        ("-5", None),
        ("1.2M views", None),
        ("12 34 k", None),
        ("9" * 30, None),
        ("9007199254740993", None),
        ("999999999999999 Mio.", None),
    ],
)
def test_a_count(text: str, count: int | None) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("char", ["9", "٩", "7 ", "1.", "(", "x", "½"])
def test_a_long_text_is_nothing_at_all(char: str) -> None:
    text = char * 200_000
    assert parse_count(text) is parse_age(text).days is parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12 сен 2024",
        "12 сентября 2024 г.",
        "12 вер. 2024",
        "Sep 12, 2024",
        "12 Sept 2024",
        "12. Sept. 2024",
        "12. September 2024",
        "12 de set. de 2024",
        "12 sept. 2024",
        "12.09.2024",
        "12-9-2024",
        "2024-09-12",
        "2024年9月12日",
        "2024. 9. 12.",
        "12 thg 9, 2024",
    ],
)
def test_a_date(text: str) -> None:
    assert parse_date(text) == "2024-09-12"


@pytest.mark.parametrize(
    "text", ["", "12:30", "9/12/2024", "31.02.2024", "2024", "12 Foo 2024", "1 2 3 4"]
)
def test_what_is_no_date_or_could_be_two(text: str) -> None:
    assert parse_date(text) is None


def test_the_tables_are_what_the_script_makes() -> None:
    pytest.importorskip("babel", reason="babel is for development only")
    from tests.tools.make_age_data import OUT, make

    made, there = make(), OUT.read_text(encoding="utf-8")
    if msgspec.json.decode(made)["source"] != tables().source:
        pytest.skip("another version of the CLDR is installed")
    assert made == there


def test_a_slashed_date_that_can_be_read_one_way_only() -> None:
    assert parse_date("25/9/2024") == parse_date("9/25/2024") == "2024-09-25"
