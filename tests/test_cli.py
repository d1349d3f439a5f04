"""The command line as processes: what it prints, and that every trouble is one line."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from tests.parser.pages import Said, page
from tui.paths import sample_path

FIXTURES = Path(__file__).parent / "parser" / "fixtures" / "page_text"
TEXT = page(
    Said("@one", "at 1:05 it begins 🌊", head="5 лет назад +3"),
    Said("@two", "Thanks!", depth=1),
    title="A talk",
    labels=("Comments • 2",),
)
ID = "abcdefghijk"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode())
    return str(path)


def commentree(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, module: str = "tui"
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        cwd=cwd,
        check=False,
    )


def trouble(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> str:
    """The one line on standard error of a run that fails."""
    done = commentree(*arguments, stdin=stdin, cwd=cwd)
    message = done.stderr.decode()
    assert done.returncode == 2, (done.returncode, message)
    assert done.stdout == b""
    assert message.startswith("commentree: ")
    assert message.count("\n") == 1
    assert message.endswith("\n")
    assert not [char for char in message[:-1] if ord(char) < 32 or 126 < ord(char) < 160]
    return message.removeprefix("commentree: ").rstrip()


def exported(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> dict[str, object]:
    done = commentree("export", *arguments, stdin=stdin, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def test_help_and_version() -> None:
    done = commentree("--help")
    assert done.returncode == 0
    for said in (b"--sample", b"--video", b"--version", b"export", b"show", b"FOLDER"):
        assert said in done.stdout
    assert commentree("-h").stdout == done.stdout
    assert commentree("--version").stdout.startswith(b"commentree 0.")
    assert b"--format" in commentree("export", "--help").stdout


def test_without_a_terminal_a_file_is_shown_as_text(file: str) -> None:
    done = commentree(file)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("A talk\n2 of 2 comments")
    assert "1. @one, about 5 years ago, 3 likes" in text
    assert commentree("show", file).stdout == done.stdout
    assert commentree("-", stdin=TEXT.encode()).stdout == done.stdout
    assert commentree("show", "-", stdin=gzip.compress(TEXT.encode())).stdout == done.stdout


def test_the_sample_is_shown() -> None:
    done = commentree("--sample")
    assert done.returncode == 0
    assert done.stdout.count(b"\n") > 100


def test_a_width_wraps(file: str) -> None:
    done = commentree("show", file, "--width", "20")
    assert max(len(line) for line in done.stdout.decode().splitlines()) <= 20


def test_a_video_makes_links(file: str) -> None:
    for address in (ID, f"https://www.youtube.com/watch?v={ID}&t=9", f"youtu.be/{ID}"):
        assert f"https://youtu.be/{ID}?t=65" in commentree(file, "--video", address).stdout.decode()
        found = exported(file, "--video", address)
        assert found["video"]["id"] == ID  # pyright: ignore[reportIndexIssue]


def test_an_export_goes_to_standard_output(file: str) -> None:
    found = exported(file)
    assert found["schema"] == "commentree/1"
    assert exported("-", stdin=TEXT.encode())["comments"] == found["comments"]
    lines = commentree("export", file, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["type"] for line in lines] == [
        "discussion",
        "comment",
        "comment",
        "end",
    ]


def test_an_export_to_a_file_is_whole(file: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    done = commentree("export", file, "-o", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads(out.read_bytes())["schema"] == "commentree/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "page.txt"]


def test_an_export_that_fails_leaves_what_was_there(file: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    broken = tmp_path / "broken.txt"
    broken.write_text("no discussion")
    assert "no discussion" in trouble("export", str(broken), "-o", str(out))
    assert out.read_text() == "old"
    assert "it is the file that is read" in trouble("export", file, "-o", file)
    assert Path(file).read_bytes() == TEXT.encode()
    assert "it is no regular file" in trouble("export", file, "-o", str(tmp_path))
    assert "cannot be written" in trouble("export", file, "-o", str(tmp_path / "no" / "out"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "broken.txt",
        "out.json",
        "page.txt",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
def test_an_export_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    """The disk is full (the process may write no more) when some has been written."""
    out = tmp_path / "out.json"
    out.write_text("old")
    long = tmp_path / "long.txt"
    long.write_bytes(TEXT.encode() * 400)
    limited = f"ulimit -f 8; exec {sys.executable} -m tui export {long} -o {out}"
    done = subprocess.run(["sh", "-c", limited], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"commentree: {out}: cannot be written: ".encode())
    assert done.stderr.count(b"\n") == 1
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.txt", "out.json"]


@pytest.mark.skipif(os.name == "nt", reason="links and devices are POSIX's here")
def test_an_export_keeps_links_and_devices(file: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real.json")
    assert commentree("export", file, "-o", str(tmp_path / "link")).returncode == 0
    assert (tmp_path / "link").is_symlink()
    assert json.loads((tmp_path / "real.json").read_bytes())
    assert "no regular file" in trouble("export", file, "-o", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_files_that_are_called_like_commands(tmp_path: Path) -> None:
    for name in ("show", "export", "read", "-odd"):
        (tmp_path / name).write_bytes(TEXT.encode())
    assert "Missing argument" in trouble("show", cwd=tmp_path)
    for arguments in (
        *(["./show"], ["show", "show"], ["read"], ["--", "export"], ["--", "-odd"]),
        ["--video", f"https://youtu.be/{ID}", "--", "-odd"],
    ):
        assert commentree(*arguments, cwd=tmp_path).stdout.startswith(b"A talk"), arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bogus"], "--bogus"),
        (["one", "two"], "one: there is no such file"),
        (["--format"], "--format"),
        (["export"], "FILE"),
        (["export", "x", "--format", "xml"], "xml"),
        (["show", "x", "--width", "3"], "3"),
        (["show", "x", "--width", "wide"], "wide"),
        (["x", "--video", "not an id"], "no video's id or address"),
        (["x", "--video", "https://evilyoutube.com/watch?v=" + ID], "no video's id or address"),
        (["x", "--video", "\x1b[31m"], "\u241b[31m"),
        (["--sample", "x"], "--sample"),
        ([], "name a file"),
    ],
)
def test_wrong_options_are_one_line(arguments: list[str], said: str) -> None:
    assert said in trouble(*arguments)


BAD_FILES = {
    "nothing": (b"", "is empty"),
    "binary": (bytes(range(256)) * 100, "is binary data"),
    "zeros": (bytes(5000), "is binary data"),
    "latin": ("Mädchen größer Öl\n".encode("latin-1") * 100, "encoding"),
    "words": (b"It was a dark and stormy night.\n" * 10, "holds no discussion"),
    "half an archive": (gzip.compress(TEXT.encode())[:12], "archive"),
    "title only": (TEXT.encode()[:20], "holds no discussion"),
}


@pytest.mark.parametrize("command", [[], ["show"], ["export"]])
@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_one_line(tmp_path: Path, name: str, command: list[str]) -> None:
    data, said = BAD_FILES[name]
    path = tmp_path / f"{name}.txt"
    path.write_bytes(data)
    message = trouble(*command, str(path))
    assert message.startswith(str(path))
    assert said in message


@pytest.mark.parametrize("command", [[], ["show"], ["export"]])
def test_what_is_no_file_is_one_line(tmp_path: Path, command: list[str]) -> None:
    assert "there is no such file" in trouble(*command, str(tmp_path / "nowhere"))
    assert "is a folder" in trouble(*command, str(tmp_path))
    assert "standard input: is empty" in trouble(*command, "-")
    assert "no\u241b[2J such" in trouble(*command, "no\x1b[2J\nsuch".replace("\n", " "))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "is a named pipe" in trouble(*command, str(tmp_path / "pipe"))
        assert "is a device" in trouble(*command, "/dev/zero")


def test_a_cut_page_is_read_and_says_so(tmp_path: Path) -> None:
    data = (FIXTURES / "russian" / "input.txt").read_bytes()
    middle = data.index("@Öland-fan".encode()) + 9
    (tmp_path / "cut.txt").write_bytes(data[:middle])
    found = exported("cut.txt", cwd=tmp_path)
    assert found["source"]["complete"] is False  # pyright: ignore[reportIndexIssue]
    assert len(found["comments"]) == 2  # pyright: ignore[reportArgumentType]
    assert "cut" in str(found["diagnostics"])
    assert b"cut" in commentree("show", "cut.txt", cwd=tmp_path).stdout


@pytest.mark.parametrize("share", range(1, 10))
def test_a_page_cut_anywhere_is_no_traceback(tmp_path: Path, share: int) -> None:
    data = (FIXTURES / "ukrainian" / "input.txt").read_bytes()
    (tmp_path / "cut.txt").write_bytes(data[: len(data) * share // 10])
    done = commentree("export", "cut.txt", cwd=tmp_path)
    assert done.returncode in (0, 2)
    if done.returncode == 0:
        assert json.loads(done.stdout)["diagnostics"]
        assert done.stderr == b""
    else:
        assert done.stderr.count(b"\n") == 1


def test_nothing_of_a_hostile_file_reaches_the_terminal() -> None:
    hostile = str(FIXTURES / "hostile" / "input.txt")
    for command in (["show"], ["export"], ["export", "--format", "jsonl"]):
        text = commentree(*command, hostile).stdout.decode()
        assert text
        assert not [
            char for char in text if (ord(char) < 32 and char != "\n") or char in "\x7f\x9b"
        ]


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way there")
def test_a_reader_that_leaves_a_pipe_gets_no_complaint(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(page(*(Said(text="word " * 500) for _ in range(500))).encode())
    for command in ("show", "export"):
        child = subprocess.Popen(
            [sys.executable, "-m", "tui", command, str(big)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""
        child.stderr.close()
        assert child.wait(timeout=60) == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_an_interrupt_is_quiet() -> None:
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "tui", "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None
    # More than a pipe holds: when this returns, it is reading.
    child.stdin.write(TEXT.encode() + b" x" * 1_000_000)
    child.stdin.flush()
    child.send_signal(signal.SIGINT)
    out, error = child.communicate(timeout=60)
    assert (child.returncode, out, error) == (130, b"", b"\n")


def test_output_is_utf_8_whatever_the_locale(file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "show", file],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "🌊".encode() in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("command", ["show", "export"])
def test_a_full_disk_is_one_line(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", command, sample_path()],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's way to close an output")
def test_a_closed_output_is_one_line() -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m tui show '{sample_path()}' >&-"],
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "commentree: standard output is closed\n")


INFO = {"id": ID, "extractor": "youtube", "title": "A talk", "chapters": None}
SAID = {"id": "a", "parent": "root", "text": "at 1:05 it begins 🌊", "author": "@one"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_yt_dlps_file_is_read_from_a_path_and_a_pipe(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    data = pack(json.dumps({**INFO, "comments": [SAID]}).encode())
    (tmp_path / "talk.info.json").write_bytes(data)
    for arguments, stdin in ((["talk.info.json"], b""), (["-"], data)):
        found: Any = exported(*arguments, stdin=stdin, cwd=tmp_path)
        assert found["source"]["format"] == "yt-dlp"
        assert found["comments"][0]["timestamps"][0]["url"] == f"https://youtu.be/{ID}?t=65"
        assert b"at 1:05" in commentree("show", *arguments, stdin=stdin, cwd=tmp_path).stdout


def info_json(path: Path, name: str, **more: object) -> str:
    comment = {**SAID, "id": name, "text": f"words of {name}"}
    path.write_text(json.dumps({**INFO, **more, "comments": [comment]}), encoding="utf-8")
    return path.name


def test_several_files_of_one_video_are_one_discussion(tmp_path: Path) -> None:
    names = [info_json(tmp_path / f"{n}.json", n) for n in "abc"]
    found: Any = exported(*names, cwd=tmp_path)
    assert [one["text"] for one in found["comments"]] == [f"words of {n}" for n in "abc"]
    shown = commentree("show", *names, cwd=tmp_path).stdout.decode()
    assert all(f"words of {n}" in shown for n in "abc")


def test_files_of_several_videos_are_not_mixed(tmp_path: Path) -> None:
    names = [info_json(tmp_path / "a.json", "a"), info_json(tmp_path / "b.json", "b", id="b" * 11)]
    words = "the files are of different videos; name those of one"
    assert trouble(*names, cwd=tmp_path) == words
    assert trouble("export", *names, cwd=tmp_path) == words
    assert trouble("show", names[0], ".", cwd=tmp_path).startswith(".: is to be named alone")


def test_of_a_large_file_as_much_is_read_as_one_says(tmp_path: Path) -> None:
    comments = [{"id": f"c{n}", "text": f"word {n} " * 40, "parent": "root"} for n in range(3000)]
    path = str(tmp_path / "long.json")
    Path(path).write_text(json.dumps({**INFO, "comments": comments}), encoding="utf-8")
    part = exported(path, "--max-size", "300K")
    diagnostics = cast("list[dict[str, str]]", part["diagnostics"])
    assert any(one["message"].endswith("--max-size SIZE reads more of it") for one in diagnostics)
    assert 100 < len(cast("list[object]", part["comments"])) < 2900
    whole = exported(path, "--max-size", "0.5 GiB")
    assert len(cast("list[object]", whole["comments"])) == 3000
    assert "no size" in trouble("show", path, "--max-size", "many")


def test_formats_are_listed_and_can_be_named(tmp_path: Path) -> None:
    lines = commentree("formats").stdout.decode().splitlines()
    names = [line.split()[0] for line in lines[:-1]]
    assert {"yt-dlp", "page-text", "youtube-api", "innertube", "saved-html"} <= set(names)
    name = info_json(tmp_path / "a.json", "a")
    done = commentree("show", "--format", "yt-dlp", name, cwd=tmp_path)
    assert b"words of a" in done.stdout
    words = trouble("show", "--format", "nonsense", name, cwd=tmp_path)
    assert words.startswith("there is no format 'nonsense'; there are: yt-dlp, ")
    found: Any = exported("--input-format", "yt-dlp", name, cwd=tmp_path)
    assert found["source"]["format"] == "yt-dlp"


@pytest.mark.skipif(sys.platform == "win32", reason="the memory that was used is told by POSIX")
def test_a_pipe_is_not_held() -> None:
    measure = (
        "import resource, sys; from tui.cli import main; main(['export', '-'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )

    def peak(junk: int) -> int:
        """Bytes of memory, for a file with so many that nobody wants."""
        data = json.dumps({**INFO, "formats": ["x" * 1000] * (junk // 1000), "comments": [SAID]})
        done = subprocess.run(
            [sys.executable, "-c", measure],
            input=data.encode(), capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        assert b"1:05" in done.stdout
        return int(done.stderr) * (1 if sys.platform == "darwin" else 1024)

    assert peak(100_000_000) - peak(1000) < 20_000_000
