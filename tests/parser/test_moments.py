"""The index of moments over a whole discussion."""

from hypothesis import given
from hypothesis import strategies as st

from parser.moments import Moments
from parser.text.marks import Timestamp


class Says:
    """Comments that are known by the seconds they name alone."""

    def __init__(self, *comments: list[int]) -> None:
        self.comments = comments

    def timestamps(self, index: int) -> list[Timestamp]:
        return [Timestamp(0, 4, "0:00", second) for second in self.comments[index]]


def indexed(*comments: list[int]) -> Moments:
    moments = Moments()
    moments.extend(Says(*comments), 0, len(comments))
    return moments


def test_a_comment_counts_once_however_often_it_names_a_stretch() -> None:
    moments = indexed([10, 11, 12], [15], [20], [])
    assert moments.count(10, 20) == 2
    assert moments.count(10, 21) == 3
    assert moments.count(10, 21, leave_out=0) == 2
    assert moments.count(12, 12) == 0
    assert len(moments) == 5


def test_a_stretch_without_end_reaches_to_the_last_moment() -> None:
    assert indexed([10], [5000]).count(11, None) == 1


def test_comments_between_stand_in_the_order_of_time() -> None:
    assert indexed([30, 12], [11], [12], [40]).comments_between(10, 40) == [1, 0, 2]


def test_near_reaches_to_both_sides_and_knows_the_start_of_the_video() -> None:
    moments = indexed([100], [95], [105], [94, 106], [0, 3])
    assert moments.near(100, within=5, leave_out=0) == [(95, 1), (105, 2)]
    assert moments.near(100, within=6) == [(94, 3), (95, 1), (100, 0), (105, 2), (106, 3)]
    assert moments.near(1) == [(0, 4), (3, 4)]


def test_the_nearest_are_taken_from_both_sides() -> None:
    moments = indexed([100], [90], [97], [104], [101, 109], [100, 100])
    assert moments.near(100, 30, 0, most=3) == [(97, 2), (100, 5), (101, 4)]
    assert moments.near(100, 30, 0, most=2) == [(100, 5), (101, 4)]
    assert moments.near(100, 30, most=99) == moments.near(100, 30)
    assert moments.near(100, 5, 0, most=99) == [(97, 2), (100, 5), (101, 4), (104, 3)]
    assert moments.near(200, 30, most=5) == []
    assert moments.count_near(100, 5) == 5


def test_a_moment_named_twice_by_a_comment_is_near_once() -> None:
    assert indexed([10, 10]).near(10) == [(10, 0)]


def test_the_index_grows_between_questions() -> None:
    says = Says([50], [10], [30])
    moments = Moments()
    moments.extend(says, 0, 1)
    assert moments.count(0, 100) == 1
    moments.extend(says, 1, 3)
    assert moments.comments_between(0, 100) == [1, 2, 0]


@given(
    st.lists(st.lists(st.integers(0, 50), max_size=4), max_size=12),
    st.integers(0, 50),
    st.integers(0, 60),
    st.integers(0, 12),
)
def test_counts_are_those_of_looking_at_every_comment(
    comments: list[list[int]], start: int, end: int, leave_out: int
) -> None:
    expected = [
        number
        for number, seconds in enumerate(comments)
        if number != leave_out and any(start <= second < end for second in seconds)
    ]
    assert indexed(*comments).count(start, end, leave_out) == len(expected)
