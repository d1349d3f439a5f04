"""A small run of the benchmark: it fails on wrong results, never on time."""

import json
import re
import statistics
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="pseudo-terminals are POSIX's")

from tests.bench import cases, data
from tests.bench.cases import PLACE
from tests.bench.data import Remark
from tests.bench.formats import info_json, made
from tests.bench.processes import memory
from tests.bench.results import Results, percentile, ratio
from tests.bench.screen import Screen
from tests.bench.table import Table
from tests.bench.terminal import Terminal

SIZE = 10_000
FIELDS = {
    "id": "id", "parent": "parent", "text": "text", "like_count": "like_count",
    "author_id": "author_id", "author": "author", "author_thumbnail": "author_thumbnail",
    "author_url": "author_url", "author_is_uploader": "author_is_uploader",
    "author_is_verified": "author_is_verified", "is_favorited": "is_favorited",
    "is_pinned": "is_pinned", "timestamp": "timestamp", "_time_text": "time_text",
}  # fmt: skip
"""The names in the file, and where a remark keeps them."""


@pytest.fixture(scope="module")
def said() -> list[Remark]:
    return list(data.remarks(SIZE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def path(folder: Path) -> Path:
    return made(folder, SIZE)


def test_the_file_says_what_the_generator_says(path: Path, said: list[Remark]) -> None:
    held = json.loads(path.read_text("utf-8"))
    expected = [{name: getattr(one, kept) for name, kept in FIELDS.items()} for one in said]
    assert held["comments"] == expected
    assert held["comment_count"] == SIZE
    assert (held["id"], held["extractor"]) == (data.VIDEO_ID, "youtube")


def test_the_same_discussion_comes_out_each_time() -> None:
    assert b"".join(info_json(500)) == b"".join(info_json(500))


def test_the_discussion_is_shaped_like_real_ones(said: list[Remark]) -> None:
    threads = {one.id: 0 for one in said if not one.is_reply}
    for one in said:
        if one.is_reply:
            assert one.id.startswith(f"{one.parent}.")
            threads[one.parent] += 1  # a KeyError would be a reply before its parent
    lengths = [len(one.text) for one in said]
    shares = [
        sum(one.is_reply for one in said) / SIZE,
        sum(bool(re.search(r"\b\d?\d:\d\d\b", one.text)) for one in said) / SIZE,
        sum("https://" in one.text for one in said) / SIZE,
    ]
    assert len({one.id for one in said}) == SIZE
    assert {len(name) for name in threads} == {26}
    assert max(threads.values()) == data.longest_thread(SIZE) == 400
    assert 1 / 3 < shares[0] < 1 / 2
    assert 0.03 < shares[1] < 0.05
    assert 0.005 < shares[2] < 0.015
    assert 45 < statistics.median(lengths) < 75
    assert 1000 < max(lengths) <= data.LONGEST


@pytest.mark.parametrize("size", [120, 20_000])
def test_any_size_is_met_exactly(size: int) -> None:
    assert sum(1 for _ in data.remarks(size)) == size


def test_the_program_shows_folds_and_unfolds_the_file(
    folder: Path, path: Path, said: list[Remark]
) -> None:
    roots = [place for place, one in enumerate(said, 1) if not one.is_reply]
    with Terminal([*cases.program(), str(path)], cases.environment(folder)) as terminal:
        assert terminal.wait_for(cases.COMPLETE, 60, b" comments") is not None
        assert f" {SIZE:,} comments" in terminal.screen[0]
        terminal.wait_idle(60)
        assert _row_stood_on(terminal).startswith(said[0].author[1:])
        assert _beginning(said[0]) in "\n".join(terminal.screen)

        _go(terminal, "zM", "G")
        assert _place(terminal) == roots[-1]
        _go(terminal, f"{len(roots) - 2}k")  # so many rows up is the second row
        assert _place(terminal) == roots[1]
        _go(terminal, "zR", "G")
        assert _place(terminal) == SIZE
        assert _beginning(said[-1]) in "\n".join(terminal.screen)
        _go(terminal, f"{SIZE - 2}k")
        assert _place(terminal) == 2
        _go(terminal, "zM", "g")
        assert _places_of_steps(terminal, 12) == roots[1:13]


def test_steps_are_timed_while_the_file_is_read(folder: Path, path: Path) -> None:
    env = cases.environment(folder)
    figures = cases.keys_while_loading(path, SIZE, env)
    assert figures.single["unanswered"] == 0
    assert all(0 < seconds < 60 for seconds in figures.series["keys"])


def test_the_export_holds_every_comment(folder: Path, path: Path, said: list[Remark]) -> None:
    done = subprocess.run(
        [*cases.program(), "export", str(path), "--format", "jsonl"],
        env=cases.environment(folder), capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    comments = [line for line in lines if line["type"] == "comment"]
    assert [(c["id"], c["parent"] or "root") for c in comments] == [(o.id, o.parent) for o in said]
    assert [c["text"] for c in comments] == [o.text for o in said]
    assert [c["likes"] for c in comments] == [o.like_count for o in said]
    assert lines[-1] == {"type": "end", "comments_present": SIZE, "complete": True}
    assert [x["start"] for x in lines if x["type"] == "chapter"] == [t for t, _ in data.CHAPTERS]


def test_raw_decoding_counts_the_same(folder: Path, path: Path) -> None:
    figures = cases.decoded(path, "msgspec", cases.environment(folder))
    assert figures.single["comments"] == SIZE
    assert figures.single["seconds"] > 0


def test_memory_is_what_a_program_holds() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    hold = "x = bytearray(b'1') * 50_000_000; print(flush=True); input()"
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        held = memory(child.pid)
        child.communicate(b"\n")
    assert 50e6 < held.anon < 80e6


def test_what_a_program_shows_is_timed_from_its_start(folder: Path) -> None:
    late = "import time; time.sleep(0.3); print('now', flush=True); time.sleep(60)"
    with Terminal([sys.executable, "-c", late], cases.environment(folder)) as terminal:
        at = terminal.wait_for("now", 60, b"now")
        assert at is not None
        assert at - terminal.started > 0.3
        assert terminal.press("x") is not None  # the terminal's own echo


def test_a_program_that_dies_is_not_waited_for(folder: Path) -> None:
    with Terminal([sys.executable, "-c", "print('no')"], cases.environment(folder)) as terminal:
        assert terminal.wait_for("yes", 600, b"yes") is None


def test_a_screen_with_half_a_wide_letter_is_read() -> None:
    screen = Screen(6, 2)
    screen.feed("日本\x1b[1;1Hx\x1b[2;1H語a".encode())
    assert screen.lines == ["x本", "語a"]


def test_ratios_are_within_a_round_and_medians_over_rounds() -> None:
    results = Results()
    for number, (bare, first) in enumerate([(1.0, 2.0), (2.0, 3.0), (4.0, 4.4)]):
        results.add(number, 120, "bare", cases.Figures({"frame": bare}))
        results.add(number, 120, "first", cases.Figures({"frame": first}))
    table = Table(results, [120], {120: 1000})
    assert "| first frame ÷ bare Textual app | 1.50 (1.10–2.00) | ≤ 1.25 |" in table.markdown()
    assert table.missed() == ["first frame ÷ bare Textual app at 120: 1.50, to reach 1.25"]


def test_percentiles() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([float(n) for n in range(101)], 99) == 99.0
    assert percentile([], 99) is None
    assert ratio(1.0, 0.0) is None


def _go(terminal: Terminal, *keys: str) -> None:
    for each in keys:
        terminal.press(each)


def _place(terminal: Terminal) -> int:
    """The place that the tree's title tells."""
    found = [m for line in terminal.screen if (m := PLACE.search(line))]
    assert found, "\n".join(terminal.screen)
    return int(found[0][1].replace(",", ""))


def _places_of_steps(terminal: Terminal, count: int) -> list[int]:
    places = [_place(terminal)]
    for _ in range(count):
        _go(terminal, cases.STEP)
        places.append(_place(terminal))
    assert all(a < b for a, b in pairwise(places))
    return places[1:]


def _row_stood_on(terminal: Terminal) -> str:
    """The tree's row with the cursor, from the author on."""
    rows = [line for line in terminal.screen if "▌" in line]
    assert rows, "\n".join(terminal.screen)
    return rows[0].partition("▌")[2].lstrip(" ▸▾")


def _beginning(remark: Remark) -> str:
    """So much of the text as stands on one line of any pane, behind a mention."""
    return re.sub(r"^@\S+ ", "", remark.text)[:16].split("\n")[0].strip()
