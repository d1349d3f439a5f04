"""The made-up discussion in every other format, and what opening each costs."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tests.bench import cases, data
from tests.bench.results import median
from tests.parser.forms import FORMS, Said

PAGED = {
    "invidious": 20,
    "youtube-api": 100,
    "youtube-api, html": 100,
    "innertube": 20,
    "innertube, older": 20,
}
"""Formats of which a file holds many documents, one behind the other: about how many comments
the site gives in one. The API's is the most that can be asked for."""
VERSION = 2
"""Rises when the files come out differently, so that files kept from before are not taken."""
STARTS = 5
"""Starts to the first frame, of a bare app and of the program in turn."""
HEAD = (
    "| format | file, MB | first frame ÷ bare Textual app (≤ 1.25) | complete, s | "
    "peak memory ÷ file (≤ 1.5) |\n|---|---|---|---|---|"
)


def made(folder: Path, size: int, form: str) -> Path:
    """The file of a format in a folder, written unless it is there already."""
    name = form.replace(", ", "-")
    path = folder / f"download-{size}-{name}-v{VERSION}"
    if not path.exists():
        path.write_text("".join(_pieces(form, size)), encoding="utf-8")
    return path


def row(form: str, size: int, folder: Path, env: dict[str, str]) -> str:
    """A line of the table for one format."""
    path = made(folder, size, form)
    bare = [cases.bare(env)]
    frames: list[float] = []
    for _ in range(STARTS):
        frame = cases.opened_only(path, env).single["frame"]
        frames.append(frame / bare[-1].single["frame"])
        bare.append(cases.bare(env))
    own = min(each.single["anon"] for each in bare)
    whole = cases.read_whole(path, size, env).single
    length = path.stat().st_size
    memory = (whole["anon"] - own) / length
    return (
        f"| {form} | {length / 1e6:.0f} | {median(frames):.2f} "
        f"({min(frames):.2f}–{max(frames):.2f}) | {whole['complete']:.2f} | {memory:.2f} |"
    )


def _pieces(form: str, size: int) -> Iterator[str]:
    write = FORMS[form]
    if form not in PAGED:
        yield write([*_said(size)])
        return
    for page in _pages(size, PAGED[form]):
        yield write(page) + "\n"


def _pages(size: int, least: int) -> Iterator[Sequence[Said]]:
    """Whole threads, until there are enough for a page."""
    page: list[Said] = []
    for _, thread in groupby(_said(size), key=lambda one: one.parent or one.id):
        page += thread
        if len(page) >= least:
            yield page
            page = []
    if page:
        yield page


def _said(size: int) -> Iterator[Said]:
    for remark in data.remarks(size):
        yield Said(
            id=remark.id,
            author=remark.author,
            text=remark.text,
            likes=remark.like_count or 0,
            age=remark.time_text,
            days=0,
            date=f"{datetime.fromtimestamp(remark.timestamp, UTC):%Y-%m-%dT%H:%M:%SZ}",
            uploader=remark.author_is_uploader,
            pinned=remark.is_pinned,
            hearted=remark.is_favorited,
        )
