"""Makes the pictures in this folder from the built-in sample: SVG and PNG.

    python screenshots/make.py            all of them
    python screenshots/make.py reader     only those whose names begin so

Needs the ``dev`` extra, and fonts for the scripts of the sample (DejaVu Sans Mono, Noto CJK).
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import resvg_py
from rich.cells import cell_len
from textual.pilot import Pilot

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from parser.loading import open_discussion  # noqa: E402 - behind the path to the checkout
from parser.text.marks import VideoAddress  # noqa: E402 - the same
from tui.app import CommentreeApp  # noqa: E402 - the same
from tui.paths import sample_path  # noqa: E402 - the same
from tui.screens.reader import ReaderScreen  # noqa: E402 - the same
from tui.store import Store  # noqa: E402 - the same

FONT = "DejaVu Sans Mono"
TEXT = re.compile(r'(<text [^>]*?)textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
WIDEST = 1600
FOREIGN = ("DISPLAY", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "TMUX", "WAYLAND_DISPLAY")
"""Variables that would show in the pictures where a copy went on this machine."""
CELL = 12
"""Pixels of a cell in the PNG."""
VIDEO = VideoAddress("youtube", "tides-talk0")


@dataclass(frozen=True)
class Picture:
    """A size, a theme, and the keys that lead to what is shown."""

    name: str
    width: int
    height: int
    keys: tuple[str, ...] = ()
    theme: str = "textual-dark"
    video: VideoAddress | None = VIDEO
    start: bool = False
    env: tuple[tuple[str, str], ...] = ()


PICTURES = (
    Picture("reader-130x36", 130, 36, ("1", "2", "y")),
    Picture("reader-100x28", 100, 28, ("8", "j", "l", "j", "j", "j"), video=None),
    Picture("reader-80x24", 80, 24, ("}",) * 5),
    Picture("reader-200x50", 200, 50, ("}",) * 3 + ("l", "w", "j", "j", "j")),
    Picture("reader-light-130x36", 130, 36, ("]",) * 4, theme="textual-light"),
    Picture("reading-100x30", 100, 30, ("}",) * 3 + ("enter", "J", "J")),
    Picture("one-pane-60x20", 60, 20, ("}",) * 3 + ("l", "3")),
    Picture("detail-60x20", 60, 20, ("space", "]", "]")),
    Picture("chapters-60x20", 60, 20, ("c", "j", "j"), theme="textual-light"),
    Picture("small-40x10", 40, 10, ("}",) * 3 + ("l", "j")),
    Picture("copy-menu-100x28", 100, 28, ("}", "}", "}", "Y")),
    Picture("video-100x28", 100, 28, ("y", "v"), video=None),
    Picture("help-100x40", 100, 40, ("?",)),
    Picture("start-100x28", 100, 28, start=True),
    Picture("no-color-100x28", 100, 28, ("]",) * 3, env=(("NO_COLOR", "1"), ("TERM", "linux"))),
)


async def take(picture: Picture) -> str:
    """Show what the picture shows; the screen as SVG."""
    with tempfile.TemporaryDirectory() as home, Store(Path(home) / "state.sqlite") as store:
        path = sample_path()
        if picture.start:
            os.environ["HOME"] = home
            app = CommentreeApp(store, choices=_talks(Path(home)))
        else:
            app = CommentreeApp(store, loading=open_discussion(path), video=picture.video)
        async with app.run_test(size=(picture.width, picture.height)) as pilot:
            await settle(pilot)
            app.theme = picture.theme if not picture.env else app.theme
            for key in picture.keys:
                await pilot.press(key)
                await settle(pilot)
            return app.export_screenshot(title="commentree")


def _talks(home: Path) -> Path:
    """A folder with two talks, as somebody may have it."""
    folder = home / "talks"
    folder.mkdir()
    sample = Path(sample_path()).read_bytes()
    (folder / "tides.txt").write_bytes(sample)
    title, _, rest = sample.partition(b"\n")
    other = title.replace(b"How the Sea Was Taught to Keep Time", b"What Bridges Remember")
    (folder / "bridges.txt").write_bytes(other + b"\n" + rest[:9000])
    return folder


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the file is read, looked through and drawn."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()  # pyright: ignore[reportUnknownMemberType]
        await pilot.pause()
    screen = pilot.app.screen
    if isinstance(screen, ReaderScreen):
        await wait_until(pilot, lambda: screen.session.analysed)


async def wait_until(pilot: Pilot[int], true: Callable[[], bool]) -> None:
    while not true():
        await pilot.pause()


def _stretch(found: re.Match[str]) -> str:
    """Give wide characters their two cells: the export counts one cell a character."""
    start, length, rest, text = found.groups()
    plain = unescape(text)
    wide = cell_len(plain)
    if not plain or wide == len(plain):
        return found[0]
    return f'{start}textLength="{float(length) * wide / len(plain):.1f}"{rest}>{text}</text>'


def make(picture: Picture) -> None:
    """Write the picture's two files."""
    before = dict(os.environ)
    os.environ.update(dict(picture.env))
    try:
        svg = asyncio.run(take(picture)).replace("Fira Code", FONT)
    finally:
        os.environ.clear()
        os.environ.update(before)
    svg = TEXT.sub(_stretch, svg)
    (HERE / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
    width = min(WIDEST, picture.width * CELL)
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))
    (HERE / f"{picture.name}.png").write_bytes(png)


if __name__ == "__main__":
    for name in os.environ.keys() & {
        "DISPLAY",
        "NO_COLOR",
        "SSH_CONNECTION",
        "SSH_TTY",
        "TMUX",
        "WAYLAND_DISPLAY",
    }:
        del os.environ[name]
    os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
    for each in PICTURES:
        if each.name.startswith(tuple(sys.argv[1:]) or ""):
            make(each)
            print(each.name)
