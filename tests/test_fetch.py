"""Links: what is fetched with the real yt-dlp from a site of our own, stored, opened again."""

import json
import os
import sys
from pathlib import Path

import pytest

from parser.loading import load
from tests.links import (
    HIDDEN,
    SITE,
    TALK,
    commentree,
    data_folder,
    env_with,
    exported,
    fake,
    left_over,
    refused,
    stored,
)
from tui.fetch.fetching import fetch
from tui.fetch.link import Wishes

ID = "abcdefghijk"
MISS = 'raise SystemExit("this must not be run")'
"""A yt-dlp that fails: what opens nevertheless was stored."""


def ids(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [comment["id"] for comment in found["comments"]]


def test_a_link_is_fetched_stored_and_shown() -> None:
    done = commentree(TALK)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("A talk of plain\n60 of 60 comments")
    assert "0:00 The start" in done.stdout
    assert stored() == ["videos/talks/abc.fetched.json", "videos/talks/abc.info.json"]
    assert left_over() == []
    again = commentree("show", TALK, env=env_with(fake(data_folder(), MISS)))
    assert again.stdout == done.stdout
    found = exported(TALK, env=env_with(fake(data_folder(), MISS)))
    assert found["video"]["id"] == "abc"
    assert len(found["comments"]) == 60


def test_another_link_to_the_same_video_shares_its_place() -> None:
    exported(TALK)
    exported(f"{TALK}?from=elsewhere")
    assert stored() == ["videos/talks/abc.fetched.json", "videos/talks/abc.info.json"]


@pytest.mark.parametrize(
    "form",
    [f"https://youtu.be/{ID}?t=9", f"youtu.be/{ID}", f"HTTPS://www.youtube.com/watch?v={ID}"],
)
def test_a_known_video_is_found_by_its_id_whatever_the_link(form: str) -> None:
    place = data_folder() / "videos" / "youtube" / f"{ID}.info.json"
    place.parent.mkdir(parents=True)
    said = {"id": "a", "parent": "root", "text": "at 1:05", "author": "@one"}
    info = {"id": ID, "extractor": "youtube", "title": "Bells", "comments": [said]}
    place.write_text(json.dumps(info))
    found = exported(form, env=env_with(fake(data_folder(), MISS)))
    assert found["comments"][0]["timestamps"][0]["url"] == f"https://youtu.be/{ID}?t=65"


def test_a_file_of_a_links_name_is_read_unless_it_has_a_scheme(tmp_path: Path) -> None:
    folder = tmp_path / "youtu.be"
    folder.mkdir()
    (folder / ID).write_text(json.dumps({"id": ID, "extractor": "x", "title": "Mine"}))
    done = commentree(f"youtu.be/{ID}", cwd=tmp_path, env=env_with(fake(tmp_path, MISS)))
    assert done.stdout.startswith("Mine")


def test_sort_and_number_reach_yt_dlp() -> None:
    found = exported(TALK, "--sort", "top", "--max-comments", "5,all,3")
    assert ids(found) == ["c0", "c1", "c2", "c3", "c4"]
    # Some of them do not take the place of the five there were.
    some = exported(TALK, "--refresh", "--sort", "new", "--max-comments", "2")
    assert ids(some) == ["c59", "c58", "c0", "c1", "c2", "c3", "c4"]
    assert "takes a number" in refused(TALK, "--refresh", "--max-comments", "few")
    assert "'top', 'new'" in refused(TALK, "--sort", "best")


def test_refresh_and_the_like_are_for_links(tmp_path: Path) -> None:
    assert "are for links" in refused("show", str(tmp_path / "x.txt"), "--refresh")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("private", "Private video. Sign in if you've been granted access"),
        ("no-network", "cannot be reached; is there a network?"),
        ("off", "Comments are turned off"),
        ("hidden", "Private video: only for its owner"),
        ("unread", "no comments came"),
        ("list", "is a list of videos; name one of them"),
        ("crash", "could not read what is there (KeyError('nothing')); a newer yt-dlp may help"),
    ],
)
def test_every_trouble_is_one_clear_line(what: str, said: str) -> None:
    link = f"https://talks.test/{what}/abc"
    message = refused(link)
    assert message.startswith(f"{link}: ")
    assert said in message
    assert "ERROR" not in message
    assert "http" not in message.removeprefix(link)
    assert stored() == []
    assert left_over() == []


def test_every_command_says_the_same() -> None:
    link = "https://talks.test/private/abc"
    message = refused(link)
    assert "behind --" in message  # where what a login needs is to be put
    assert refused("show", link) == refused("export", link) == message


def test_comments_of_a_video_that_cannot_be_played_are_read() -> None:
    assert len(exported("https://talks.test/unseen/abc")["comments"]) == 60


def test_a_video_without_comments_opens() -> None:
    done = commentree("https://talks.test/silent/abc")
    assert done.returncode == 0
    assert done.stdout.startswith("A talk of silent\n0")


def test_what_came_before_the_network_broke_is_kept_and_told() -> None:
    found = exported("https://talks.test/break/abc")
    assert len(found["comments"]) == 40
    record = json.loads((data_folder() / "videos" / "talks" / "abc.fetched.json").read_bytes())
    assert record["partial"] is True
    assert "cannot be reached" in record["why"]


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDDEN)
    message = refused(TALK, env=env_with(tmp_path))
    assert "pip install 'commentree[fetch]'" in message
    assert left_over() == []


def test_an_odd_yt_dlp_is_one_line(tmp_path: Path) -> None:
    cases = (
        ("raise RuntimeError('boom')", "yt-dlp failed (RuntimeError: boom); a newer yt-dlp"),
        ("print('nothing to do')", "yt-dlp fetched nothing (nothing to do)"),
        ("import os; os._exit(3)", "yt-dlp failed (exit code 3)"),
        (
            "import sys; sys.stderr.write('ERROR: \\x1b]0;x\\x07 [b]no[/b]\\n'); sys.exit(1)",
            "[b]no[/b]",
        ),
        ("import sys; sys.stderr.write('\\x1b[0;31mERROR:\\x1b[0m no\\n'); sys.exit(1)", ": no"),
        ("import sys; sys.stderr.buffer.write(b'ERROR: \\xff' + b'x' * 10**7); sys.exit(1)", "xxx"),
    )
    for number, (code, said) in enumerate(cases):
        # Each in a folder of its own: Python takes one of the same second and length for the last.
        folder = tmp_path / str(number)
        folder.mkdir()
        message = refused(TALK, env=env_with(fake(folder, code)))
        assert said in message
        assert "\x1b" not in message
        assert len(message) < 1000


# What is passed on

WRITE = """
import json, os, sys
given = sys.argv[1:]
with open(os.environ["GIVEN"], "w") as file:
    json.dump(given, file)
folder = next(word for word in given if word.startswith("home:"))[5:]
with open(os.path.join(folder, "00001.info.json"), "w") as file:
    file.write(INFO)
"""
"""A yt-dlp that writes down how it was called."""
INFO = json.dumps(
    {"id": "abc", "extractor": "talks", "title": "T", "comment_count": 1,
     "comments": [{"id": "a", "parent": "root", "text": "hm", "author": "@one"}]}
)  # fmt: skip


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the next yt-dlp writes down how it was called."""
    monkeypatch.setenv("GIVEN", str(tmp_path / "given"))
    return tmp_path / "given"


def call(called: Path, *arguments: str) -> list[str]:
    env = env_with(fake(called.parent, WRITE.replace("INFO", repr(INFO))))
    done = commentree("export", *arguments, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(called.read_text())


def test_what_is_no_discussion_is_not_stored(called: Path) -> None:
    env = env_with(fake(called.parent, WRITE.replace("INFO", repr("milk, eggs"))))
    assert "what yt-dlp wrote holds no discussion" in refused(TALK, env=env)
    assert stored() == []


def test_options_behind_the_dashes_are_passed_on_as_they_are(called: Path) -> None:
    own = ["--cookies", "a file; rm -rf .txt", "--proxy", "socks5://x", "-o", "%(id)s"]
    given = call(called, TALK, "--refresh", "--", *own)
    at = given.index("--cookies")
    assert given[at : at + len(own)] == own
    assert given[-2:] == ["--", TALK]
    # What must hold stands behind them.
    for name in ("--skip-download", "--write-comments", "--write-info-json", "--no-simulate"):
        assert given.index(name) > at
    assert given[-3].startswith("pl_infojson:")


def test_extractor_arguments_of_both_are_heeded(called: Path) -> None:
    given = call(
        called, TALK, "--sort", "top", "--max-comments", "9",
        "--", "--extractor-args", "youtube:lang=ru;x=y", "--extractor-args=generic:a=b",
    )  # fmt: skip
    values = [given[n + 1] for n, word in enumerate(given) if word == "--extractor-args"]
    assert values == ["generic:a=b", "youtube:lang=ru;x=y;comment_sort=top;max_comments=9"]


def test_a_link_is_never_an_option_nor_a_search(called: Path) -> None:
    for link in ("https://talks.test/--exec=x", "https://talks.test/$(id)`id`;&|"):
        assert call(called, link)[-2:] == ["--", link]
    for name in ("--exec=touch x", "-https://talks.test/plain/abc"):
        assert "o such option" in refused("show", name)
    for name in ("ytsearch:bells", "file:///etc/passwd", "ftp://talks.test/x", f"evil.test/{ID}"):
        assert "no such file" in refused("show", name)
    assert "is no address" in refused("show", "https://talks.test/a b")


def test_nothing_in_the_present_folder_is_run(tmp_path: Path) -> None:
    fake(tmp_path, "print('HIJACKED')")
    done = commentree("show", TALK, cwd=tmp_path / "fake")
    assert done.returncode == 0
    assert "HIJACKED" not in done.stdout


def test_the_users_own_configuration_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "yt-dlp"
    folder.mkdir()
    (folder / "config").write_text("--nonsense-option\n")
    env = env_with(XDG_CONFIG_HOME=str(tmp_path), APPDATA=str(tmp_path))
    assert commentree("show", TALK, env=env).returncode == 0


# Hostile answers


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil",
        "..",
        "/etc/passwd",
        "a\x1b[2Jb",
        "C:\\x",
        "CON",
        "nul",
        "x" * 5000,
        ".",
        "-",
    ],
)
def test_an_id_leads_nowhere_else(name: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(home.rglob("*"))
    monkeypatch.setenv("PYTHONPATH", str(SITE))
    monkeypatch.setenv("TALKS_ID", name)
    monkeypatch.setenv("TALKS_TITLE", "[b]\x1b]0;x\x07 ../ title")
    fetched = fetch(TALK, Wishes())
    assert load(*fetched.paths).video.title == "[b]\u241b]0;x\u2407 ../ title"
    new = {path for path in home.rglob("*") if path.is_file()} - before
    videos = data_folder() / "videos" / "talks"
    assert {path.parent for path in new} == {videos, data_folder() / "links"}
    for path in new:
        assert path.name.split(".")[0].replace("_", "").replace("-", "").isalnum()
        assert path.name.split(".")[0].upper() not in ("CON", "NUL")
    monkeypatch.setenv("PYTHONPATH", str(fake(home / "fakes", MISS)))
    assert fetch(TALK, Wishes()).paths == fetched.paths


def test_different_ids_never_share_a_place() -> None:
    for number, name in enumerate(("a/b", "a?b", "a b", "A" * 90, "A" * 91)):
        exported(f"https://talks.test/plain/{number}", env=env_with(TALKS_ID=name))
    assert len([name for name in stored() if name.endswith(".info.json")]) == 5


def test_a_note_of_a_link_cannot_lead_out_of_the_folder(home: Path) -> None:
    (home / "x").mkdir()
    (home / "x" / "abc.info.json").write_text(INFO)
    exported(TALK)
    (note,) = (data_folder() / "links").iterdir()
    for text in ("../../x/abc", f"{home}/x/abc", "talks", "", "\xff" * 9):
        note.write_bytes(text.encode("latin-1"))
        assert len(exported(TALK)["comments"]) == 60  # fetched anew, and noted again
        assert note.read_text() == "talks/abc\n"


def test_a_damaged_record_is_no_matter() -> None:
    exported(TALK)
    record = data_folder() / "videos" / "talks" / "abc.fetched.json"
    for data in (b"", b"{}", b"[" * 100_000, b'{"id": 5}'):
        record.write_bytes(data)
        assert len(exported(TALK, env=env_with(fake(data_folder(), MISS)))["comments"]) == 60


# Refreshing


def test_refresh_that_fails_leaves_what_was_stored() -> None:
    exported(TALK)
    before = (data_folder() / "videos" / "talks" / "abc.info.json").read_bytes()
    code = "import sys; sys.stderr.write('ERROR: [talks] abc: Gone\\n'); sys.exit(1)"
    assert "Gone" in refused(TALK, "--refresh", env=env_with(fake(data_folder(), code)))
    assert (data_folder() / "videos" / "talks" / "abc.info.json").read_bytes() == before
    assert left_over() == []


def test_a_partial_refresh_adds_to_what_was_stored() -> None:
    """What broke off does not take the place of more than it has, and is kept all the same."""
    exported(TALK)
    (note,) = (data_folder() / "links").iterdir()
    found = exported("https://talks.test/break/abc", "--refresh", env=env_with(TALKS_COMMENTS="80"))
    # The forty newest of eighty, and the sixty there were.
    assert ids(found) == [f"c{n}" for n in range(79, -1, -1)]
    assert [name for name in stored() if name.endswith(".info.json")] == [
        "videos/talks/abc.1.info.json",
        "videos/talks/abc.info.json",
    ]
    assert note.read_text() == "talks/abc\n"
    whole = exported(TALK, "--refresh", env=env_with(TALKS_COMMENTS="81"))
    assert len(whole["comments"]) == 81
    assert stored() == ["videos/talks/abc.fetched.json", "videos/talks/abc.info.json"]


def test_a_partial_fetch_takes_the_place_of_a_shorter_one() -> None:
    exported(TALK, "--max-comments", "10")
    exported("https://talks.test/break/abc")
    assert stored() == ["videos/talks/abc.fetched.json", "videos/talks/abc.info.json"]


def test_an_export_is_not_written_over_what_is_stored() -> None:
    exported(TALK)
    place = data_folder() / "videos" / "talks" / "abc.info.json"
    assert "it is the file that is read" in refused("export", TALK, "-o", str(place))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    message = refused(TALK, env=env_with(COMMENTREE_DATA_DIR=str(tmp_path / "shut" / "data")))
    assert "ermission" in message


def test_a_data_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    message = refused(TALK, env=env_with(COMMENTREE_DATA_DIR=str(tmp_path / "data")))
    assert message.startswith(TALK)
