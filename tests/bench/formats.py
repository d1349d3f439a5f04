"""The made-up discussion as files: for this program, and the same for others to open."""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from tests.bench import data
from tests.bench.data import Remark

VERSION = 1
"""Rises when the files come out differently, so that files kept from before are not taken."""
NBSP = "\u00a0"


def info_json(size: int) -> Iterator[bytes]:
    """yt-dlp's ``.info.json``: compact, in UTF-8, the comments amid the video's fields."""
    encode = msgspec.json.encode
    before = {
        "id": data.VIDEO_ID,
        "title": data.TITLE,
        "description": data.DESCRIPTION,
        "channel": data.CHANNEL,
        "channel_id": "UCbEnchbEnchbEnchbEnch00",
        "uploader": data.CHANNEL,
        "uploader_id": data.UPLOADER,
        "duration": data.DURATION,
        "webpage_url": f"https://www.youtube.com/watch?v={data.VIDEO_ID}",
        "thumbnails": [{"url": "https://i.ytimg.com/vi/x/0.jpg", "width": 120, "id": "0"}],
        "chapters": None,
        "extractor": "youtube",
        "extractor_key": "Youtube",
        "upload_date": "20240912",
    }
    yield encode(before)[:-1] + b',"comments":['
    for number, remark in enumerate(data.remarks(size)):
        yield (b"," if number else b"") + encode(remark)
    after = {"comment_count": size, "epoch": data.NOW, "_type": "video"}
    yield b"]," + encode(after)[1:]


def page_text(size: int) -> Iterator[bytes]:
    """A page of a mirror, saved as text."""
    yield f"{data.TITLE}\n\n  • Comments • {size}\n".encode()
    for remark in data.remarks(size):
        indent = "    " if remark.is_reply else "  "
        badge = " " if remark.author_is_uploader else ""
        likes = f" +{remark.like_count}" if remark.like_count else ""
        head = f"{remark.author}{badge}{NBSP}{remark.time_text}{likes}"
        body = remark.text.replace("\n", f"\n{indent}  ")
        lines = f"\n{indent}• {remark.author}\n{indent}  {head}\n\n{indent}  {body}\n"
        yield lines.encode()


def mbox(size: int) -> Iterator[bytes]:
    """Mail, a message a comment; ``References`` makes the threads."""
    for remark in data.remarks(size):
        when = datetime.fromtimestamp(remark.timestamp, UTC)
        name = remark.author.lstrip("@")
        lines = [
            f"From {name}@example.org {when:%a %b %d %H:%M:%S %Y}",
            f"From: {name} <{name}@example.org>",
            f"Date: {when:%a, %d %b %Y %H:%M:%S} +0000",
            f"Subject: {'Re: ' if remark.is_reply else ''}{_subject(remark)}",
            f"Message-ID: <{remark.id}@example.org>",
        ]
        if remark.is_reply:
            lines.append(f"References: <{remark.parent}@example.org>")
        lines += ["Content-Type: text/plain; charset=utf-8", ""]
        body = remark.text.replace("\nFrom ", "\n>From ")
        yield "\n".join([*lines, body, "", ""]).encode()


def json_lines(size: int) -> Iterator[bytes]:
    """A comment a line."""
    for remark in data.remarks(size):
        yield msgspec.json.encode(remark) + b"\n"


def plain(size: int) -> Iterator[bytes]:
    """What a pager is given."""
    for remark in data.remarks(size):
        indent = "    " if remark.is_reply else ""
        body = remark.text.replace("\n", f"\n{indent}")
        yield f"{indent}{remark.author}  {remark.time_text}\n{indent}{body}\n\n".encode()


FORMATS: dict[str, Callable[[int], Iterator[bytes]]] = {
    "info.json": info_json,
    "page.txt": page_text,
    "mbox": mbox,
    "jsonl": json_lines,
    "txt": plain,
}


def made(folder: Path, size: int, form: str = "info.json") -> Path:
    """The file of that size and format in a folder, written unless it is there already."""
    path = folder / f"talk-{size}-v{VERSION}.{form}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with part.open("wb", buffering=1 << 20) as file:
            _write(file, FORMATS[form](size))
        part.replace(path)
    return path


def _write(file: BinaryIO, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        file.write(piece)


def _subject(remark: Remark) -> str:
    """The text's beginning, in letters that need no encoding in a header."""
    return remark.text[:50].replace("\n", " ").encode("ascii", "replace").decode()


def main() -> int:
    """Writes one file: ``python -m tests.bench.formats 10000 FOLDER``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--format", choices=list(FORMATS), default="info.json")
    chosen = parser.parse_args()
    sys.stdout.write(f"{made(chosen.folder, chosen.size, chosen.format)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
