"""Drives the program as a person does, and reads its screen as a person does."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.screen import Screen

from parser.loading import open_discussion
from parser.text.marks import VideoAddress
from tui.app import CommentreeApp
from tui.paths import sample_path
from tui.screens.reader import ReaderScreen
from tui.screens.start import StartScreen
from tui.store import Store
from tui.widgets.pane import Pane

VIDEO = VideoAddress("youtube", "tides-talk0")
PATIENCE = 2000
"""Turns of the event loop that something may take; far more than it does."""


class Reader:
    """The program with a discussion on its screen."""

    def __init__(self, app: CommentreeApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def reader(self) -> ReaderScreen:
        return next(s for s in reversed(self.app.screen_stack) if isinstance(s, ReaderScreen))

    @property
    def lines(self) -> list[str]:
        """The screen's lines, as they would stand in the terminal."""
        base = _lines_of(self.app.screen)
        if self.app.screen.is_modal:
            under = _lines_of(self.app.screen_stack[-2])
            top = min(w.region.y for w in self.app.screen.children)
            return under[:top] + base[top:]
        return base

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def footer(self) -> str:
        return self.lines[-1]

    def row(self, words: str) -> int:
        """The line of the screen that holds some words."""
        found = [y for y, line in enumerate(self.lines) if words in line]
        assert found, f"{words!r} is not on the screen:\n{self.text}"
        return found[0]

    @property
    def current(self) -> str:
        """The tree's selected row."""
        rows = [line for line in self.lines if "▌" in line]
        assert rows, self.text
        return rows[0][rows[0].index("▌") + 1 :]

    @property
    def author(self) -> str | None:
        session = self.reader.session
        return session.discussion.authors[session.current]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def settle(self) -> None:
        """Wait until nothing is on its way."""
        for _ in range(2):
            await wait_for_workers(self.pilot)
            await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        for _ in range(PATIENCE):
            if true():
                return
            await self.pilot.pause()
        raise AssertionError(f"it never came true; the screen:\n{self.text}")

    async def click_words(self, words: str, *, times: int = 1, pane: str | None = None) -> None:
        """Click on the first of some words on the screen, in a pane if one is named."""
        region = self.app.screen.region
        if pane is not None:
            region = self.app.screen.query_one(f"#{pane}", Pane).region
        for y in range(region.y, region.bottom):
            cells = _cells(self.lines[y])
            line = "".join(cells[region.x : region.right])
            if words in line:
                x = region.x + _column(line, words)
                await self.pilot.click(offset=(x, y), times=times)
                await self.settle()
                return
        raise AssertionError(f"{words!r} is not in {pane or 'the screen'}:\n{self.text}")


def _lines_of(screen: Screen[object]) -> list[str]:
    strips = screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
    return [strip.text for strip in strips]


async def wait_for_workers(pilot: Pilot[int]) -> None:
    """Wait until nothing works in the background."""
    await pilot.app.workers.wait_for_complete()  # pyright: ignore[reportUnknownMemberType]


def _cells(line: str) -> list[str]:
    """The line's characters, an empty one behind each that is two cells wide."""
    cells: list[str] = []
    for character in line:
        width = cell_len(character)
        if width == 0 and cells:
            cells[-1] += character
        else:
            cells += [character, *[""] * (width - 1)]
    return cells


def _column(line: str, words: str) -> int:
    return cell_len(line[: line.index(words)])


@asynccontextmanager
async def reading(
    path: Path | str | None = None,
    *,
    size: tuple[int, int] = (130, 36),
    video: VideoAddress | None = None,
) -> AsyncGenerator[Reader]:
    """Open a discussion (the sample, if none is named) and wait until it was looked through."""
    with Store() as store:
        name = sample_path() if path is None else str(path)
        again = None if path is None else str(path)
        app = CommentreeApp(store, loading=open_discussion(name), path=again, video=video)
        async with app.run_test(size=size) as pilot:
            driven = Reader(app, pilot)
            await driven.until(lambda: isinstance(app.screen, ReaderScreen))
            await driven.until(lambda: driven.reader.session.analysed)
            await driven.settle()
            yield driven


@asynccontextmanager
async def starting(
    choices: Path | tuple[Path, ...], *, size: tuple[int, int] = (100, 28)
) -> AsyncGenerator[Reader]:
    """Open the start screen on a folder, or on files, and wait until its files were looked into."""
    with Store() as store:
        app = CommentreeApp(store, choices=choices)
        async with app.run_test(size=size) as pilot:
            driven = Reader(app, pilot)
            await driven.until(lambda: isinstance(app.screen, StartScreen))
            await driven.until(lambda: "looking into" not in driven.text)
            await driven.settle()
            yield driven
