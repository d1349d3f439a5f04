"""Files are opened as text whatever holds them, and refused with one line."""

import gzip
import importlib
import importlib.util
import io
import os
import random
import socket
import threading
from pathlib import Path

import pytest

from parser import ParseError, load, packed
from parser.source import BLOCK, Input, open_input
from tests.parser.pages import Said, page

TEXT = page(Said(text="Grüße aus Köln, из Кёльна, 从科隆"), Said(handle="@two", depth=1))
CYRILLIC = page(
    Said(text="Мост поёт, когда ветер дует с моря.", head="5 лет назад"),
    title="Песня моста",
    labels=("Комментарии • 1",),
)


def written(folder: Path, data: bytes | str, name: str = "page.txt") -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def whole(source: Input) -> str:
    return "".join(source.blocks())


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT.encode()[:50]) + gzip.compress(TEXT.encode()[50:]),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16 be", "utf-32", "gzip", "two archives"],
)
def test_marked_encodings_and_gzip_need_no_guess(tmp_path: Path, data: bytes) -> None:
    source = open_input(written(tmp_path, data))
    assert whole(source) == TEXT
    assert source.complete
    assert source.diagnostics == []
    assert source.bytes_read == source.size == len(data)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-16-le", "UTF-16 (little-endian)"),
        ("utf-16-be", "UTF-16 (big-endian)"),
        ("cp1251", "Windows-1251"),
        ("koi8-r", "KOI8"),
    ],
)
def test_a_guess_is_told(tmp_path: Path, codec: str, name: str) -> None:
    text = CYRILLIC.replace("•", "∙") if codec == "koi8-r" else CYRILLIC
    source = open_input(written(tmp_path, text.encode(codec)))
    assert whole(source) == text
    assert [said.message for said in source.diagnostics] == [
        f"The file does not name its encoding; it was read as {name}"
    ]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_letter_with_a_zero_in_it_does_not_hide_utf_16(tmp_path: Path, codec: str) -> None:
    text = CYRILLIC + "😀"  # D83D DE00
    source = open_input(written(tmp_path, text.encode(codec)))
    assert whole(source) == text


@pytest.mark.parametrize("extra", [0, 1, 7])
def test_characters_across_blocks_stay_whole(tmp_path: Path, extra: int) -> None:
    text = "x" * extra + "é漢🌊" * BLOCK
    source = open_input(written(tmp_path, text))
    blocks = list(source.blocks())
    assert len(blocks) > 3
    assert "".join(blocks) == text


def test_broken_bytes_are_shown_counted_and_placed(tmp_path: Path) -> None:
    data = TEXT.encode().replace("ü".encode(), b"\xfc")
    source = open_input(written(tmp_path, data))
    assert "Gr\udcfcße" in whole(source)
    assert not source.complete
    said = source.diagnostics[0]
    assert said.message == "1 character is broken in the file and shown as \ufffd"
    line = next(at for at, text in enumerate(TEXT.split("\n"), 1) if "Grüße" in text)
    assert said.line == line


def test_a_file_that_ends_within_a_character_was_cut(tmp_path: Path) -> None:
    source = open_input(written(tmp_path, TEXT.encode() + "漢".encode()[:2]))
    assert whole(source) == TEXT
    assert not source.complete
    assert "cut" in source.diagnostics[0].message


def test_of_a_broken_archive_the_beginning_is_read(tmp_path: Path) -> None:
    noise = random.Random(1)
    text = TEXT + "\n".join(str(noise.random()) for _ in range(20_000))
    archive = gzip.compress(text.encode())
    source = open_input(written(tmp_path, archive[: len(archive) // 2]))
    got = whole(source)
    assert text.startswith(got)
    assert len(got) > len(text) // 3
    assert not source.complete
    assert source.diagnostics[-1].message == (
        "The file was not read to its end: it cannot be read further (the archive ends too early)"
    )


def test_an_archive_that_unpacks_without_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "PACKED_FREE", 1_000_000)
    archive = gzip.compress(TEXT.encode() + b" " * 50_000_000)
    source = open_input(written(tmp_path, archive))
    assert len(whole(source)) < 20_000_000
    assert not source.complete
    assert "far more" in source.diagnostics[-1].message


def test_a_file_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 400_000)
    source = open_input(written(tmp_path, "y" * 2_000_000))
    assert 400_000 <= len(whole(source)) < 1_000_000
    assert not source.complete


def test_json_is_utf_8_with_whatever_is_broken_in_it(tmp_path: Path) -> None:
    source = open_input(written(tmp_path, b'{"id": "caf\xe9"}'))
    assert "".join(source.blocks()) == '{"id": "caf\udce9"}'
    with pytest.raises(ParseError):
        open_input(written(tmp_path, b"caf\xe9, no JSON"))


ZSTD = next(
    (
        importlib.import_module(name)
        for name in ("compression.zstd", "backports.zstd")
        if importlib.util.find_spec(name.partition(".")[0]) and importlib.util.find_spec(name)
    ),
    None,
)
needs_zstd = pytest.mark.skipif(ZSTD is None, reason="there is no zstd here")


def zstd(data: bytes) -> bytes:
    assert ZSTD is not None
    return ZSTD.compress(data)


@needs_zstd
def test_zstd_is_unpacked(tmp_path: Path) -> None:
    for archive in (zstd(TEXT.encode()), zstd(TEXT.encode()[:50]) + zstd(TEXT.encode()[50:])):
        source = open_input(written(tmp_path, archive))
        assert whole(source) == TEXT
        assert source.complete
        assert source.bytes_read == source.size == len(archive)


@needs_zstd
def test_a_broken_zstd_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    said = [Said(text=f"{at} {random.Random(at).random()}") for at in range(40_000)]
    archive = zstd(page(*said).encode())
    for broken in (archive[: len(archive) // 2], archive[:500_000] + b"?" * 500_000):
        source = open_input(written(tmp_path, broken))
        text = whole(source)
        assert page(*said).startswith(text)
        assert len(text) > 100_000
        assert not source.complete
        assert source.diagnostics[-1].severity == "error"


def test_a_reader_who_says_so_reads_more_of_an_archive_and_less_of_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "PACKED_FREE", 1_000_000)
    path = written(tmp_path, gzip.compress(b"y" * 3_000_000))
    assert len(whole(open_input(path))) < 2_000_000
    assert len(whole(open_input(path, most=4_000_000))) == 3_000_000
    source = open_input(path, most=1_048_576)
    assert len(whole(source)) < 2_000_000
    assert source.diagnostics[-1].message.endswith(
        "it is larger than 1 MiB; --max-size SIZE reads more of it"
    )


@needs_zstd
def test_a_zstd_bomb_is_left_in_time(tmp_path: Path) -> None:
    source = open_input(written(tmp_path, zstd(b"a" * 300_000_000)))
    assert len(whole(source)) < 100_000_000
    assert "far more" in source.diagnostics[-1].message


def test_without_zstd_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_ZSTD_MODULES", ("a_module_that_is_not_there",))
    path = written(tmp_path, b"\x28\xb5\x2f\xfd" + bytes(20))
    assert "pip install backports.zstd" in refusal(path)


def refusal(path: str) -> str:
    with pytest.raises(ParseError) as trouble:
        load(path)
    message = str(trouble.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "is empty"),
        (b"\x7fELF" + bytes(range(256)) * 40, "is binary data"),
        (random.Random(7).randbytes(5000).replace(b"\0", b"x"), "encoding"),
        ("Füße können größer sein\n".encode("cp1252") * 200, "encoding"),
        ("全然読めない文字\n".encode("shift-jis") * 200, "encoding"),
        (b"just some words\n" * 200, "holds no discussion"),
        (b"{}", "holds no discussion"),
        (gzip.compress(b""), "is empty"),
        (b"\x1f\x8b" + b"nonsense" * 9, "the archive is damaged"),
    ],
    ids=[
        "empty",
        "program",
        "noise",
        "cp1252",
        "shift-jis",
        "words",
        "json",
        "nothing-packed",
        "no-archive",
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, trouble: str) -> None:
    path = written(tmp_path, data)
    message = refusal(path)
    assert message.startswith(f"{path}: ")
    assert trouble in message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(str(tmp_path / "nowhere.txt"))
    assert "is a folder" in refusal(str(tmp_path))
    assert "cannot be opened" in refusal("a\0b")
    assert refusal("")
    assert "cannot be opened" in refusal("x" * 10_000)


def test_a_hostile_name_is_shown_harmless(tmp_path: Path) -> None:
    assert refusal("no\x1b[31mw\nhere") == "no␛[31mw here: there is no such file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_devices_pipes_and_sockets_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "named pipe" in refusal(str(tmp_path / "pipe"))
    assert "device" in refusal("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert "socket" in refusal(str(tmp_path / "s"))


def test_a_pipe_has_no_size_and_needs_no_seeking() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as file:
        file.write(gzip.compress(TEXT.encode()))
    source = open_input("-", os.fdopen(reading, "rb"))
    assert whole(source) == TEXT
    assert source.size is None
    assert load("-", stream=io.BytesIO(TEXT.encode())).source.path == "-"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here that cannot be read")
def test_a_file_that_fails_at_its_first_byte_is_refused() -> None:
    message = refusal("/proc/self/mem")
    assert message.startswith("/proc/self/mem: it cannot be read further (")


@pytest.mark.skipif(os.name == "nt", reason="pipes here always wait")
def test_a_pipe_that_does_not_wait_is_waited_for() -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    writer = threading.Timer(0.05, _write_slowly, (writing, TEXT.encode()))
    writer.start()
    assert whole(open_input("-", os.fdopen(reading, "rb", buffering=0))) == TEXT
    writer.join()


def _write_slowly(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        for byte in data:
            file.write(bytes([byte]))
