"""The joins over a discussion that grows, changes its numbers, or learns its video."""

from itertools import count, pairwise

import pytest
from msgspec.structs import replace

from parser.analysis import STEP_SECONDS, Analysis
from parser.columns import BLOCK
from parser.model import Record, Video
from parser.threads import Builder
from tests.parser.helpers import Said, discussion

LIST = "0:00 Hello [1]\n1:00 Middle\n2:30 Bye\n\n[1] Duck, D. 1990."

SAID: tuple[Said, ...] = (
    ("@anna", LIST),
    ("@boris", "1:05 made me laugh, and 1:06 too"),
    ("@carl", "@boris and 2:31", 1),
    ("@dora", "see https://example.com/a from 9:00"),
)


def drained(analysis: Analysis) -> Analysis:
    for _ in analysis.scan():
        pass
    return analysis


def counts(analysis: Analysis) -> list[int]:
    """How many comments speak of each chapter of the best list."""
    best = analysis.chapter_lists[0]
    return [analysis.moments.count(one.start, one.end, best.comment) for one in best.chapters]


def test_everything_about_a_small_discussion() -> None:
    analysis = drained(Analysis(discussion(*SAID)))
    assert counts(analysis) == [0, 1, 1]
    assert [one.cited_at for one in analysis.references] == [(0,)]
    assert [one.seconds for one in analysis.timestamps(1)] == [65, 66]
    assert [one.url for one in analysis.links(3)] == ["https://example.com/a"]
    assert [one.author for one in analysis.mentions(2)] == ["@boris"]
    assert [one.label for one in analysis.citations(0)] == ["1"]
    assert analysis.reply(2).to == 1


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock by which whatever is done takes longer than a step may."""
    ticks = count(step=2 * STEP_SECONDS)
    monkeypatch.setattr("parser.analysis.perf_counter", lambda: next(ticks))


def sizes(analysis: Analysis) -> list[int]:
    """How many comments each step of a scan takes."""
    return [after - before for before, after in pairwise([0, *analysis.scan()])]


@pytest.mark.usefixtures("slow_clock")
@pytest.mark.parametrize(
    ("text", "most"),
    [("1:05 and 2:10", 1), ("[1] a\n[2] b", 1), ("word", BLOCK), ("w" * 40_000, 2)],
)
def test_a_scan_goes_in_small_steps(text: str, most: int) -> None:
    """One comment where it says something; otherwise a few, of a bounded length in all."""
    found = sizes(Analysis(discussion(*[text] * 100)))
    assert sum(found) == 100
    assert max(found) == most


def test_a_scan_makes_no_more_steps_than_it_takes_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parser.analysis.perf_counter", lambda: 0.0)
    assert sizes(Analysis(discussion(*["1:05", "word"] * 100))) == [200]


@pytest.mark.usefixtures("slow_clock")
def test_two_scans_at_once_read_every_comment_once() -> None:
    analysis = Analysis(discussion(*["1:00"] * 100))
    for _ in zip(analysis.scan(), analysis.scan(), strict=False):
        pass
    assert len(drained(analysis).moments) == 100


def test_a_scan_goes_on_where_the_last_one_ended() -> None:
    made = discussion(*SAID[:1])
    builder = Builder(made)
    analysis = drained(Analysis(made))
    assert counts(analysis) == [0, 0, 0]
    builder.add([Record(id="new", text="at 1:30, really", author="@emil")])
    assert list(analysis.scan()) == [2]
    assert counts(analysis) == [0, 1, 0]
    assert list(analysis.scan()) == []


def test_a_single_comment_can_be_read_before_the_scan() -> None:
    analysis = Analysis(discussion(*SAID))
    assert analysis.reply(2).to == 1
    assert [one.seconds for one in analysis.timestamps(1)] == [65, 66]
    assert [one.label for one in analysis.references_of(0)] == ["1"]
    assert analysis.chapter_lists == ()


def test_what_the_scan_learns_changes_earlier_readings() -> None:
    """An author who comes later makes a name known that had been guessed at."""
    made = discussion(("@host", "@Nora Lindqvist Berg is right"), ("Nora Lindqvist Berg", "hi"))
    analysis = Analysis(made)
    assert [one.author for one in analysis.mentions(0)] == ["Nora Lindqvist"]
    drained(analysis)
    assert [one.author for one in analysis.mentions(0)] == ["Nora Lindqvist Berg"]


def test_invalidate_reads_everything_again() -> None:
    made = discussion(*SAID)
    analysis = drained(Analysis(made))
    made.video = replace(made.video, duration=100)
    analysis.invalidate()
    drained(analysis)
    assert analysis.chapter_lists == (), "two chapters are too few"
    assert [one.seconds for one in analysis.timestamps(2)] == []
    assert len(analysis.moments) == 4


@pytest.mark.usefixtures("slow_clock")
def test_a_scan_that_is_overtaken_by_invalidate_stops() -> None:
    analysis = Analysis(discussion(*["1:00"] * 100))
    scan = analysis.scan()
    next(scan)
    analysis.invalidate()
    assert list(scan) == []
    assert len(drained(analysis).moments) == 100


def test_times_are_the_same_kept_and_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parser.readings.MOMENTS_KEPT", 1)
    analysis = drained(Analysis(discussion(*SAID)))
    for index, (_, text, *_) in enumerate(SAID):
        found = analysis.times_in(index, text, analysis.links(index))
        assert found == analysis.timestamps(index)


def test_more_comments_than_the_cache_holds() -> None:
    many = 2000
    analysis = drained(Analysis(discussion(*[f"0:{n % 60:02} x" for n in range(many)])))
    assert all(analysis.timestamps(n)[0].seconds == n % 60 for n in range(many))


def test_inferences_name_every_guess() -> None:
    analysis = drained(
        Analysis(
            discussion(
                ("@anna", LIST),
                ("@boris", "look @ 2.05"),
                ("@carl", "@boris yes", 1),
                ("@dora", "@Nora Lindqvist yes", 1),
                ("@emil", "https://example.com/a from 9:00"),
                ("@finn", "nothing to guess at 1:00"),
            )
        )
    )
    said = [" ".join(one.what for one in analysis.inferences(index)) for index in range(6)]
    assert "3 chapters" in said[0]
    assert "2.05" in said[1]
    assert "@boris" in said[2]
    assert "Nora Lindqvist" in said[3]
    assert "9:00" in said[4]
    assert said[5] == ""
    for index in range(6):
        assert all(one.why and "\n" not in one.why for one in analysis.inferences(index))


def test_a_thread_as_deep_as_it_is_long_is_read_in_time() -> None:
    deep: list[Said] = [("@a0", "start")]
    deep += [(f"@a{n}", f"@a{n - 1} yes", n - 1) for n in range(1, 3000)]
    analysis = drained(Analysis(discussion(*deep)))
    assert [analysis.reply(n).to for n in range(1, 3000)] == list(range(2999))


def test_the_video_id_turns_its_own_links_into_no_other_works() -> None:
    made = discussion(
        "https://youtu.be/abcdefghijk from 1:00", video=Video(site="youtube", id="abcdefghijk")
    )
    assert [one.seconds for one in Analysis(made).timestamps(0)] == [60]
