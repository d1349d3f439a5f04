"""From a link to files that can be read: what is stored, or what yt-dlp brings.

Nothing half-written is ever in its place: yt-dlp writes into a folder of its own beside the
stored files, and what it wrote is moved whole.
"""

import shutil
import tempfile
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

from parser.loading import load
from parser.model import Discussion, ParseError
from parser.text.clean import clean_line
from tui.arrival import Arrival, Fetched, NotFetchedError
from tui.fetch import stored as shelf
from tui.fetch.interrupts import Interrupts
from tui.fetch.link import Link, Wishes, is_most, parse_link
from tui.fetch.live_line import LiveLine
from tui.fetch.reasons import LATER, MISSING, reason, why_empty
from tui.fetch.stored import Record, Stored
from tui.fetch.ytdlp import LIST, Outcome, Progress, command, run
from tui.paths import ensure

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_OTHER = "other"
"""The site of what names none."""


def stored(text: str) -> Fetched | None:
    """What was stored for a link; the network is not asked."""
    had = shelf.find(parse_link(text))
    return None if had is None else Fetched(had.paths, _arrival(had.record, is_fresh=False))


def fetch_all(links: Sequence[str], wishes: Wishes | None) -> Fetched:
    """What several links lead to; see :func:`fetch`. What to say is said of a single one only."""
    fetched = [fetch(link, wishes or Wishes()) for link in links]
    paths = tuple(path for each in fetched for path in each.paths)
    return Fetched(paths, fetched[0].arrival if len(fetched) == 1 else Arrival())


def fetch(text: str, wishes: Wishes) -> Fetched:
    """What a link leads to: stored, or fetched where it is not or the wishes say so.

    Raises :class:`NotFetchedError`, and :class:`KeyboardInterrupt` when ctrl+c left nothing.
    What was stored before is then as it was.
    """
    link = _checked(text, wishes)
    had = shelf.find(link)
    if had is not None and not wishes.refresh:
        return Fetched(had.paths, _arrival(had.record, is_fresh=False))
    try:
        now = _fetch_anew(link, wishes, had)
    except OSError as error:
        raise NotFetchedError(f"{link.url}: {error.strerror or error}") from None
    return Fetched(now.paths, _arrival(now.record, is_fresh=True))


def stored_file(path: Path) -> Fetched | None:
    """The same for the path of a stored file; ``None`` for any other file."""
    had = shelf.find_file(path)
    return None if had is None else Fetched(had.paths, _arrival(had.record, is_fresh=False))


def _checked(text: str, wishes: Wishes) -> Link:
    if not text.isprintable() or " " in text:
        raise NotFetchedError(f"{clean_line(text)}: is no address")
    if wishes.most and not is_most(wishes.most):
        known = "a number, or up to five as yt-dlp has them: 500,all,100"
        raise NotFetchedError(f"--max-comments takes {known}; not {wishes.most}")
    return parse_link(text)


def _fetch_anew(link: Link, wishes: Wishes, had: Stored | None) -> Stored:
    line = LiveLine()
    with Interrupts() as interrupts, _drafts() as folder:
        try:
            outcome = run(
                command(link, wishes, folder),
                interrupts,
                lambda progress: line.show(_words(progress, interrupts.count)),
            )
        finally:
            line.clear()
        draft = _draft(folder, link, outcome, interrupts)
        discussion = _read(draft, link)
        if not len(discussion):
            _refuse_empty(discussion, link, outcome, interrupts)
        record = Record("", time.time(), comments=len(discussion), most=wishes.most)
        # yt-dlp leaves the count out where it did not come to the comments' end.
        if not discussion.video.comments_claimed and (interrupts.count or outcome.code):
            record.partial = True
            record.why = reason(outcome.errors[0]) if outcome.errors else ""
        return _keep(link, draft, discussion, record, had)


@contextmanager
def _drafts() -> Generator[Path]:
    """A folder for what is not whole yet, on the same disk; it goes with all that is left in it."""
    parent = ensure(shelf.videos_dir())
    folder = Path(tempfile.mkdtemp(prefix=".fetching-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _draft(folder: Path, link: Link, outcome: Outcome, interrupts: Interrupts) -> Path:
    """The one file that was written; else the reason why there is none."""
    written = sorted(folder.glob("*.info.json"))
    videos = [path for path in written if path.name != LIST]
    if len(videos) == 1:
        return videos[0]
    if len(written) > 0:
        raise NotFetchedError(f"{link.url}: is a list of videos; name one of them")
    if interrupts.count:
        raise KeyboardInterrupt
    raise NotFetchedError(f"{link.url}: {_why_nothing(outcome)}")


def _why_nothing(outcome: Outcome) -> str:
    if outcome.errors:
        return reason(outcome.errors[0])
    if "No module named" in outcome.last_error and "yt_dlp" in outcome.last_error:
        return MISSING
    if ": error: " in outcome.last_error:  # yt-dlp's own words on its options
        return f"yt-dlp says: {outcome.last_error.partition(': error: ')[2]}"
    if outcome.code:
        what = reason(outcome.last_error) or f"exit code {outcome.code}"
        return f"yt-dlp failed ({what}); {LATER}"
    return f"yt-dlp fetched nothing ({reason(outcome.last)})"


def _read(draft: Path, link: Link) -> Discussion:
    try:
        return load(str(draft))
    except ParseError as error:
        why = str(error).partition(": ")[2]
        raise NotFetchedError(f"{link.url}: what yt-dlp wrote {why}; {LATER}") from None


def _refuse_empty(
    discussion: Discussion, link: Link, outcome: Outcome, interrupts: Interrupts
) -> None:
    """Let nothing pass that has no comments but what is known to have none."""
    if interrupts.count:
        raise KeyboardInterrupt
    why = reason(outcome.errors[0]) if outcome.errors else why_empty(outcome.warnings)
    if why is None and discussion.video.comments_claimed != 0:
        why = "no comments came; they are turned off there, or yt-dlp reads none of this site's"
    if why is not None:
        raise NotFetchedError(f"{link.url}: {why}")


def _keep(
    link: Link, draft: Path, discussion: Discussion, record: Record, had: Stored | None
) -> Stored:
    """Stores what was fetched, and notes what of it is new.

    What was stopped, or is only some, does not take the place of a file that holds more than it.
    """
    video = discussion.video
    record.id = link.id or video.id or ""
    # By what the link says, so that it is found again; else by what the file says.
    name = record.id or shelf.name_of_link(link)
    place = had.place if had else shelf.place_of(link.site or video.site or _OTHER, name)
    had = had or shelf.find_at(place, record.id)  # another link may have led to it
    loses = False
    if had is not None:
        before = _ids(had.paths)
        record.since = had.record.fetched_at
        record.new = [one for one in discussion.ids if one not in before]
        is_part = record.partial or bool(record.most)
        loses = is_part and len(before) + len(record.new) > len(discussion)
    kept = shelf.keep(place, draft, record, whole=not loses)
    shelf.remember_link(link, place)
    return kept


def _ids(paths: Iterable[str]) -> set[str]:
    try:
        return set(load(*paths).ids)
    except ParseError:  # damaged since: then all is new
        return set()


# Words


def _words(progress: Progress, interrupts: int) -> str:
    """How far it is, for the line on the terminal."""
    if progress.is_writing:
        return f"writing {_comments(progress.comments or 0)}"
    if interrupts:
        return "stopping; what came is kept   ctrl+c again drops it"
    if progress.comments is None:
        return "fetching: looking at the video   ctrl+c stops"
    of = f"{progress.comments:,} of about {progress.total:,} comments"
    came = of if progress.total else _comments(progress.comments)
    return f"fetching: {came}   ctrl+c stops and keeps them"


def _arrival(record: Record, *, is_fresh: bool) -> Arrival:
    said: list[str] = []
    if record.since is not None:
        said.append(f"{len(record.new):,} new" if record.new else "nothing new")
    if record.partial:
        why = f" ({record.why})" if record.why and is_fresh else ""
        said.append(f"stopped at {_comments(record.comments)}{why}")
    elif record.most:
        said.append(f"at most {record.most} comments")
    if not is_fresh:
        said.append(f"fetched {_ago(time.time() - record.fetched_at)}")
    tail = "--refresh fetches the rest" if record.partial else "--refresh fetches it anew"
    note = ", ".join(said) + (f"; {tail}" if record.partial or not is_fresh else "")
    return Arrival(note, frozenset(record.new))


def _comments(number: int) -> str:
    return f"{number:,} comment{'' if number == 1 else 's'}"


def _ago(seconds: float) -> str:
    for size, unit in _UNITS:
        number = int(seconds // size)
        if number > 0:
            return f"{number:,} {unit}{'' if number == 1 else 's'} ago"
    return "just now"
