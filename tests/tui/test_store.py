"""What is remembered, and that no accident with the file loses it or stops the program."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parser.model import Discussion, Record, Source, Video
from parser.text.marks import VideoAddress
from parser.threads import Builder
from tui.paths import state_dir
from tui.sketch import LIMIT, shared, sketch
from tui.store import Recent, Store

CHOSEN = VideoAddress("youtube", "abcdefghijk")


def talk(
    ids: list[str], title: str | None = "A talk", *, site: str | None = None, id_: str | None = None
) -> Discussion:
    """A discussion of comments with these ids."""
    discussion = Discussion(Source("talk.txt", "page-text"), Video(site=site, id=id_, title=title))
    builder = Builder(discussion)
    builder.add([Record(id=name, text="") for name in ids])
    builder.finish()
    return discussion


def comments(start: int, stop: int) -> list[str]:
    return [f"comment-{number}" for number in range(start, stop)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "state.db"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(file)


def filled(file: Path) -> int:
    """A store with one discussion, its video and place, and a setting; the discussion's key."""
    with Store(file) as store:
        key = store.identify(talk(comments(0, 10)))
        store.remember_video(key, CHOSEN)
        store.remember_place(key, "comment-7")
        store.set_setting("chapters", "hidden")
        assert store.trouble is None
    return key


class TestRemembering:
    def test_everything_is_there_in_the_next_run(self, file: Path) -> None:
        key = filled(file)

        with Store(file) as store:
            assert store.identify(talk(comments(0, 10))) == key
            assert store.video_of(key) == CHOSEN
            assert store.place_of(key) == "comment-7"
            assert store.get_setting("chapters") == "hidden"
            assert store.trouble is None

    def test_nothing_is_known_at_first_and_asking_writes_nothing(
        self, store: Store, file: Path
    ) -> None:
        assert store.find(talk(comments(0, 10))) is None
        assert store.video_of(1) is None
        assert store.place_of(1) is None
        assert store.get_setting("chapters") is None
        assert store.recent(10) == []
        assert not file.parent.exists()

    def test_a_second_answer_replaces_the_first(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 3)))
        for place in ("comment-1", "comment-2"):
            store.remember_place(key, place)
        for value in ("hidden", "shown"):
            store.set_setting("chapters", value)
        store.remember_video(key, VideoAddress("youtube", "other"))
        store.remember_video(key, CHOSEN)

        assert store.place_of(key) == "comment-2"
        assert store.get_setting("chapters") == "shown"
        assert store.video_of(key) == CHOSEN

    def test_a_chosen_video_can_be_forgotten(self, file: Path) -> None:
        key = filled(file)

        with Store(file) as store:
            store.remember_video(key, None)
            assert store.video_of(key) is None
            assert store.place_of(key) == "comment-7"

    def test_the_users_own_store_is_where_the_state_folder_is(self) -> None:
        with Store() as store:
            store.set_setting("a", "b")

        assert store.path.parent == state_dir()
        assert store.path.exists()

    def test_threads_may_share_it(self, store: Store) -> None:
        def work(name: str) -> None:
            for number in range(40):
                store.set_setting(f"{name}-{number}", name)
                assert store.get_setting(f"{name}-{number}") == name

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, "abcd"))

        assert store.trouble is None
        assert all(store.get_setting(f"{name}-39") == name for name in "abcd")


class TestIdentity:
    def test_a_page_saved_again_with_more_comments_is_the_same(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 100)))

        assert store.identify(talk(comments(0, 400))) == key
        # ... and from then on it is known by those: these share none with the first.
        assert store.identify(talk(comments(300, 390))) == key

    def test_half_a_page_is_the_same_and_does_not_replace_the_whole(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 100)))

        assert store.identify(talk(comments(0, 20))) == key
        assert store.identify(talk(comments(60, 100))) == key

    @pytest.mark.parametrize(("common", "same"), [(50, False), (51, True)])
    def test_a_majority_decides(self, store: Store, common: int, same: bool) -> None:
        key = store.identify(talk(comments(0, 100)))

        other = talk(comments(100 - common, 200 - common))

        assert (store.identify(other) == key) is same

    def test_another_talk_of_the_same_title_is_another(self, store: Store) -> None:
        keys = {store.identify(talk(comments(start, start + 50))) for start in (0, 100, 200)}

        assert len(keys) == 3

    def test_the_same_comments_under_another_title_are_another(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 50)))

        assert store.identify(talk(comments(0, 50), "Another talk")) != key

    def test_the_most_alike_of_several_is_meant(self, store: Store) -> None:
        store.identify(talk(comments(0, 100)))
        near = store.identify(talk(comments(90, 190)))

        assert store.find(talk(comments(95, 195))) == near

    def test_a_file_that_names_its_video_is_known_by_it_alone(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 10), site="youtube", id_="one"))

        again = talk(comments(50, 60), "Renamed", site="youtube", id_="one")
        other = talk(comments(0, 10), site="youtube", id_="two")
        elsewhere = talk(comments(0, 10), site="vimeo", id_="one")

        assert store.identify(again) == key
        assert len({key, store.identify(other), store.identify(elsewhere)}) == 3

    def test_the_chosen_video_does_not_make_it_known(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 10)))
        store.remember_video(key, CHOSEN)

        same_video = talk(comments(50, 60), site=CHOSEN.site, id_=CHOSEN.id)

        assert store.identify(same_video) != key

    def test_an_address_that_someone_gave_does_not_count(self, store: Store) -> None:
        plain = store.identify(talk(comments(0, 10)))
        named = store.identify(talk(comments(50, 60), "Another", site="youtube", id_="own"))

        given = {"site": CHOSEN.site, "id_": CHOSEN.id}

        assert store.identify(talk(comments(0, 10), **given), chosen=True) == plain
        assert store.find(talk(comments(0, 10), **given), chosen=True) == plain
        assert store.identify(talk(comments(50, 60), "Another", **given), chosen=True) == named
        assert store.identify(talk(comments(0, 10), **given)) not in (plain, named)

    def test_finding_adds_nothing(self, store: Store) -> None:
        key = store.identify(talk(comments(0, 10)))

        assert store.find(talk(comments(0, 10))) == key
        assert store.find(talk(comments(0, 10), "Another talk")) is None
        assert store.identify(talk(comments(0, 10), "Another talk")) == key + 1

    def test_without_title_or_without_comments(self, store: Store) -> None:
        untitled = store.identify(talk(comments(0, 10), None))
        empty = store.identify(talk([]))

        assert store.identify(talk(comments(0, 12), None)) == untitled
        assert store.identify(talk([])) == empty
        assert empty != untitled

    def test_what_utf8_cannot_hold_does_not_stop_it(self, store: Store) -> None:
        key = store.identify(talk(["a\ud800", "b"], "Half \udcff"))

        assert store.identify(talk(["a\ud800", "b"], "Half \udcff")) == key


class TestSketch:
    @pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1, 50_000])
    def test_it_is_bounded_and_the_same_for_the_same_set(self, size: int) -> None:
        ids = comments(0, size)

        assert sketch(ids) == sketch(reversed(ids))
        assert len(sketch(ids)) == 8 * min(size, LIMIT)

    @pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.75, 1.0])
    def test_it_estimates_large_sets(self, part: float) -> None:
        size = 20_000
        start = round(size * (1 - part))

        estimate = shared(sketch(comments(0, size)), sketch(comments(start, start + size)))

        assert abs(estimate - part) < 0.08

    def test_a_large_set_that_grew_still_holds_the_small_one(self) -> None:
        assert shared(sketch(comments(0, 2_000)), sketch(comments(0, 30_000))) == 1.0

    def test_a_damaged_sketch_is_no_crash(self) -> None:
        assert shared(b"odd", sketch(comments(0, 5))) == 0.0


class TestRecent:
    def test_the_latest_come_first(self, store: Store, tmp_path: Path) -> None:
        for number in range(3):
            key = store.identify(talk(comments(0, 10), f"Talk {number}"))
            store.opened(key, str(tmp_path / f"{number}.txt"), f"Talk {number}", number)
        store.opened(1, str(tmp_path / "0.txt"), "Talk 0", 5)

        recent = store.recent(2)

        assert [(one.title, one.comments) for one in recent] == [("Talk 0", 5), ("Talk 2", 2)]
        assert recent[0].path == tmp_path / "0.txt"
        assert abs(recent[0].opened_at - time.time()) < 60
        assert isinstance(recent[0], Recent)

    def test_a_path_is_remembered_whole(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        store.opened(store.identify(talk(["a"])), "talk.txt", "A talk", 1)

        assert [one.path for one in store.recent(5)] == [tmp_path / "talk.txt"]

    @pytest.mark.skipif(sys.platform != "linux", reason="only there names are any bytes")
    def test_a_file_name_that_is_no_text(self, store: Store) -> None:
        path = os.fsdecode(b"/tmp/\xff\xfe.txt")
        store.opened(store.identify(talk(["a"])), path, "A talk", 1)

        assert [os.fsencode(one.path) for one in store.recent(5)] == [b"/tmp/\xff\xfe.txt"]

    def test_a_file_that_now_holds_another_talk_is_listed_once(
        self, store: Store, tmp_path: Path
    ) -> None:
        for title in ("Old", "New"):
            key = store.identify(talk(comments(0, 5), title))
            store.opened(key, str(tmp_path / "talk.txt"), title, 5)

        assert [one.title for one in store.recent(5)] == ["New"]

    def test_what_came_through_a_pipe_cannot_be_opened_again(self, store: Store) -> None:
        store.opened(store.identify(talk(["a"])), None, "A talk", 1)

        assert store.recent(5) == []


class TestAccidents:
    @pytest.mark.parametrize(
        "damage",
        [
            b"this is no database at all",
            b"SQLite format 3\0" + bytes(4096),
            b"\xff" * 20_000,
        ],
        ids=["text", "zeros", "ones"],
    )
    def test_a_damaged_store_is_kept_aside_and_started_anew(
        self, file: Path, damage: bytes
    ) -> None:
        file.parent.mkdir()
        file.write_bytes(damage)

        with Store(file) as store:
            store.set_setting("a", "b")
            assert store.trouble is not None
            assert "damaged" in store.trouble
            assert "\n" not in store.trouble

        (aside,) = file.parent.glob("state.damaged-*.db")
        assert aside.name in store.trouble
        assert aside.read_bytes() == damage
        with Store(file) as again:
            assert again.get_setting("a") == "b"
            assert again.trouble is None

    def test_damage_in_the_middle_is_found_when_it_is_met(self, file: Path) -> None:
        with Store(file) as store:
            for number in range(200):
                store.set_setting(f"name-{number}", "x" * 500)
        whole = file.read_bytes()
        page = 4096
        file.write_bytes(whole[: 2 * page] + b"\x5a" * (len(whole) - 2 * page))

        with Store(file) as store:
            store.get_setting("name-5")
            store.set_setting("name-5", "new")
            assert store.get_setting("name-5") == "new"
            assert "damaged" in (store.trouble or "")

        assert list(file.parent.glob("state.damaged-*.db"))

    def test_another_programs_database_is_not_written_into(self, file: Path) -> None:
        file.parent.mkdir()
        with sqlite3.connect(file) as foreign:
            foreign.execute("CREATE TABLE recipe (name)")
        foreign.close()

        with Store(file) as store:
            store.set_setting("a", "b")
            assert store.trouble

        (aside,) = file.parent.glob("state.damaged-*.db")
        with sqlite3.connect(aside) as kept:
            assert kept.execute("SELECT count(*) FROM recipe").fetchone() == (0,)
        kept.close()

    def test_a_newer_versions_store_is_left_alone(self, file: Path) -> None:
        filled(file)
        newer = sqlite3.connect(file)
        newer.execute("PRAGMA user_version = 99")
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.close()
        before = file.read_bytes()

        with Store(file) as store:
            assert store.get_setting("chapters") is None
            store.set_setting("chapters", "shown")
            assert store.get_setting("chapters") == "shown"
            assert "newer" in (store.trouble or "")

        assert file.read_bytes() == before
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    def test_where_no_folder_can_be_made_it_works_in_memory(self, tmp_path: Path) -> None:
        (tmp_path / "state").write_text("a file stands where the folder should be")

        with Store(tmp_path / "state" / "state.db") as store:
            key = store.identify(talk(comments(0, 5)))
            store.remember_place(key, "comment-3")
            assert store.place_of(key) == "comment-3"
            assert "forgotten" in (store.trouble or "")

    def test_what_is_said_of_trouble_holds_no_control_characters(self, tmp_path: Path) -> None:
        (tmp_path / "st\x1bate").write_text("")

        with Store(tmp_path / "st\x1bate" / "state.db") as store:
            store.set_setting("a", "b")
            assert store.trouble
            assert store.trouble.isprintable()

    @pytest.mark.skipif(
        sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user"
    )
    def test_a_read_only_store_is_read(self, file: Path) -> None:
        key = filled(file)
        file.chmod(0o400)
        file.parent.chmod(0o500)
        try:
            with Store(file) as store:
                assert store.place_of(key) == "comment-7"
                store.remember_place(key, "comment-8")
                assert store.place_of(key) == "comment-8"
                assert store.trouble
        finally:
            file.parent.chmod(0o700)

    def test_a_store_that_is_kept_locked_is_read_and_not_waited_for(self, file: Path) -> None:
        key = filled(file)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        try:
            with Store(file) as store:
                store.remember_place(key, "comment-8")
                assert store.place_of(key) == "comment-8"
                assert store.video_of(key) == CHOSEN
                assert "locked" in (store.trouble or "")
        finally:
            other.execute("ROLLBACK")
            other.close()

        assert time.monotonic() - began < 10
        with Store(file) as store:
            assert store.place_of(key) == "comment-7"

    def test_a_store_that_vanishes_between_two_calls(self, file: Path) -> None:
        key = filled(file)
        with Store(file) as store:
            assert store.place_of(key) == "comment-7"
            store.close()
            shutil.rmtree(file.parent)
            assert store.place_of(key) is None
            store.set_setting("a", "b")
            assert store.get_setting("a") == "b"
            assert store.trouble is None


WRITER = """
    import sys
    from pathlib import Path
    from tui.store import Store

    store = Store(Path(sys.argv[1]))
    number = 0
    while number < int(sys.argv[3]):
        store.set_setting(f"{sys.argv[2]}-{number}", "x" * 200)
        print(number, flush=True)
        number += 1
    print(store.trouble or "fine", flush=True)
"""


def writer(file: Path, name: str, count: int) -> "subprocess.Popen[str]":
    """Another instance that writes ``count`` settings and prints each number once it is kept."""
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(file), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


class TestSeveralProcesses:
    def test_what_was_acknowledged_survives_a_kill(self, file: Path) -> None:
        process = writer(file, "name", 1_000_000)
        assert process.stdout is not None
        last = -1
        while last < 60:
            last = int(process.stdout.readline())
        process.kill()
        # What it still printed before it died was kept too; a line cut short was not printed.
        rest = process.stdout.read()
        process.wait()
        if sys.platform != "win32":
            assert process.returncode == -signal.SIGKILL
        whole_lines = rest[: rest.rfind("\n") + 1].split()
        last = int(whole_lines[-1]) if whole_lines else last

        with Store(file) as store:
            assert store.get_setting("name-0") == "x" * 200
            assert store.get_setting(f"name-{last}") == "x" * 200
            store.set_setting("after", "all")
            assert store.get_setting("after") == "all"
            assert store.trouble is None

    def test_a_transaction_cut_in_the_middle_leaves_nothing_behind(self, file: Path) -> None:
        key = filled(file)
        script = """
            import os, signal, sqlite3, sys
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute("PRAGMA cache_size = 1")
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM setting")
            for number in range(500):
                db.execute("INSERT INTO setting VALUES (?, ?)", (str(number), "x" * 2000))
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        """
        command = [sys.executable, "-c", textwrap.dedent(script), str(file)]
        assert subprocess.run(command, check=False).returncode != 0

        with Store(file) as store:
            assert store.get_setting("chapters") == "hidden"
            assert store.get_setting("3") is None
            assert store.place_of(key) == "comment-7"
            assert store.trouble is None

    def test_two_instances_that_start_and_write_at_once_lose_nothing(self, file: Path) -> None:
        both = [writer(file, name, 150) for name in ("one", "two")]
        ends = [process.communicate(timeout=120)[0].split()[-1] for process in both]

        assert ends == ["fine", "fine"]
        with Store(file) as store:
            for name in ("one", "two"):
                assert all(store.get_setting(f"{name}-{number}") for number in range(150))
