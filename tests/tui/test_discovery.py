"""Which files the start screen offers, and what it says of them after a look at their heads."""

import gzip
import os
import sys
from pathlib import Path

import pytest

import tui.discovery as discovery
from tui.discovery import list_candidates, peek

NBSP = "\u00a0"


def page(count: int, title: str = "On Bridges") -> str:
    """A saved page with ``count`` comments, which claims a dozen more."""
    head = f"{title}\n\nShare\n  • Published: Mar 2, 2024\n\nComments • {count + 12}\n"
    comments = (
        f"\n  • @walker{number}\n    @walker{number}{NBSP}2 years ago +3\n\n"
        f"    The span at 1:{number % 60:02} is the longest of its kind.\n"
        for number in range(count)
    )
    return head + "".join(comments)


def write(path: Path, text: str, age: int = 0) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return path


class TestListing:
    def test_names_that_may_be_discussions_the_newest_first(self, tmp_path: Path) -> None:
        names = ["a.txt", "b.info.json", "c.jsonl", "d.HTM", "e.html", "f.json.gz", "g.txt.zst"]
        for age, name in enumerate(reversed(names)):
            write(tmp_path / name, "x", age)
        for name in ["h.py", "i.gz", "j.png", "k", ".hidden.txt", "txt"]:
            write(tmp_path / name, "x")

        assert [path.name for path in list_candidates(tmp_path)] == list(reversed(names))

    def test_of_one_age_by_name(self, tmp_path: Path) -> None:
        for name in ("b.txt", "c.txt", "a.txt"):
            write(tmp_path / name, "x")

        assert [path.name for path in list_candidates(tmp_path)] == ["a.txt", "b.txt", "c.txt"]

    def test_only_regular_files(self, tmp_path: Path) -> None:
        (tmp_path / "folder.txt").mkdir()
        write(tmp_path / "folder.txt" / "below.txt", "x")
        write(tmp_path / "real.txt", "x")

        assert [path.name for path in list_candidates(tmp_path)] == ["real.txt"]

    @pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders there")
    def test_pipes_are_left_out_and_links_followed(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        write(tmp_path / "real.txt", "x")
        (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
        (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
        (tmp_path / "device.txt").symlink_to("/dev/zero")

        assert [path.name for path in list_candidates(tmp_path)] == ["link.txt", "real.txt"]

    def test_as_many_as_asked_for(self, tmp_path: Path) -> None:
        for age in range(9):
            write(tmp_path / f"{age}.txt", "x", age)

        assert [path.name for path in list_candidates(tmp_path, 2)] == ["0.txt", "1.txt"]

    def test_a_huge_folder_is_not_searched_to_its_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(discovery, "MOST_LOOKED_AT", 5)
        for number in range(20):
            write(tmp_path / f"{number}.txt", "x")

        assert len(list_candidates(tmp_path)) == 5

    def test_a_folder_that_cannot_be_read_has_none(self, tmp_path: Path) -> None:
        assert list_candidates(tmp_path / "nowhere") == []
        assert list_candidates(write(tmp_path / "file.txt", "x")) == []


class TestPeeking:
    def test_a_small_page_is_read_whole(self, tmp_path: Path) -> None:
        path = write(tmp_path / "page.txt", page(5))

        candidate = peek(path)

        assert candidate is not None
        assert candidate.path == path
        assert candidate.title == "On Bridges"
        assert (candidate.claimed, candidate.present) == (17, 5)
        assert candidate.date == "2024-03-02"
        assert candidate.format == "page-text"
        assert candidate.size == path.stat().st_size
        assert candidate.modified == 1_700_000_000

    def test_of_a_long_one_only_the_head(self, tmp_path: Path) -> None:
        path = write(tmp_path / "page.txt", page(20_000))

        candidate = peek(path)

        assert candidate is not None
        assert candidate.title == "On Bridges"
        assert (candidate.claimed, candidate.present) == (20_012, None)

    def test_a_packed_one(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(gzip.compress(page(5).encode()))

        candidate = peek(path)

        assert candidate is not None
        assert (candidate.title, candidate.present) == ("On Bridges", 5)

    def test_a_small_packed_one_may_be_long_inside(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(gzip.compress(page(60_000).encode()))

        candidate = peek(path)

        assert candidate is not None
        assert candidate.present is None

    @pytest.mark.parametrize(
        "content",
        [b"", b"a shopping list\nbread\n", b"\x00\x01\x02" * 100, b'{"a": ', b"\x1f\x8b\x08rest"],
        ids=["empty", "prose", "binary", "cut", "broken archive"],
    )
    def test_what_is_no_discussion(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "file.txt"
        path.write_bytes(content)

        assert peek(path) is None

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        assert peek(tmp_path) is None
        assert peek(tmp_path / "nowhere.txt") is None
        assert peek(tmp_path / "nul\0.txt") is None

    @pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders there")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")

        assert peek(tmp_path / "pipe.txt") is None

    def test_a_readers_mistake_does_not_spread(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(path: str) -> None:
            raise RecursionError(path)

        monkeypatch.setattr(discovery, "open_discussion", fail)

        assert peek(write(tmp_path / "page.txt", page(1))) is None
