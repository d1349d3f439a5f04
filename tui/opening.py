"""What the program does with something to read: shows it on the screen, or prints it.

No command line here: naming one file, which is nearly all that is ever asked for, needs none.
"""

import gc
import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec
from msgspec.structs import replace

from parser.loading import Loading, load, open_discussion
from parser.model import Discussion, ParseError
from parser.source import STANDARD_INPUT
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from tui import terminal
from tui.arrival import Arrival, NotFetchedError
from tui.leaving import AskedToLeaveError, end_at_once, end_by, unwinding
from tui.paths import is_link, sample_path

if TYPE_CHECKING:
    from tui.fetch.link import Wishes

MANY = 2
"""With so many files it must be found out whether they are of one video."""
FAILED = 2
INTERRUPTED = 130
SWITCH = 0.001
"""Seconds after which the thread that hears the keys is let in while a file is being read."""
PIPE_CLOSED = 141
"""What a shell says of a program that its reader left, as `head` does."""


class RefusedError(Exception):
    """What was asked for cannot be done. ``str()`` of it says why, in one line for people."""


class Named(msgspec.Struct, frozen=True):
    """What was named to be read.

    ``paths``: the files of one discussion, or of several to choose from, links among them; or
    a folder, ``-`` for a pipe, nothing to choose on the screen. ``video``, ``form`` (a format's
    name) and ``most`` (bytes of each file to read) are what the reader says of them.
    ``sample``: the built-in discussion instead. ``wishes`` say how to fetch, ``arrival`` what
    came of it.
    """

    paths: tuple[str, ...] = ()
    video: VideoAddress | None = None
    form: str | None = None
    sample: bool = False
    wishes: "Wishes | None" = None
    arrival: Arrival | None = None
    most: int | None = None

    def fetched(self) -> "Named":
        """The same with files in the place of links. Raises :class:`RefusedError`."""
        links = [path for path in self.paths if is_link(path)]
        if not links:
            if self.wishes is not None:
                raise RefusedError("--refresh, --sort and --max-comments are for links")
            return self
        from tui.fetch.fetching import fetch_all

        try:
            fetched = fetch_all(links, self.wishes)
        except NotFetchedError as error:
            raise RefusedError(str(error)) from None
        files = tuple(path for path in self.paths if path not in links)
        return replace(self, paths=(*fetched.paths, *files), arrival=fetched.arrival)

    def load(self) -> Discussion:
        """The whole discussion. Raises :class:`RefusedError` for files of several videos."""
        if not self.is_one():
            raise RefusedError("the files are of different videos; name those of one")
        if self.arrival and self.arrival.note and sys.stderr.isatty():
            sys.stderr.write(f"commentree: {clean_line(self.arrival.note)}\n")
        return load(*self.paths, video=self.video, form=self.form, most=self.most)

    def is_one(self) -> bool:
        """Whether all files can be of one video, as far as their beginnings tell."""
        if len(self.paths) < MANY:
            return True
        for path in self.paths:
            if path == STANDARD_INPUT or Path(path).is_dir():
                raise RefusedError(f"{path}: is to be named alone, without other files")
        from parser.files import are_of_one_video, video_of

        return are_of_one_video([video_of(path, self.form) for path in self.paths])


def read(named: Named) -> int:
    """Opens a discussion on the screen, or prints it where there is none; the exit code."""
    if terminal.is_interactive():
        return _launch(named.fetched())
    if not named.paths and not named.sample:
        raise RefusedError("name a file, or - for a pipe: there is no screen to choose on")
    width = shutil.get_terminal_size().columns if terminal.is_terminal(sys.stdout) else None
    return print_text(Named((sample_path(),)) if named.sample else named, width)


def print_text(named: Named, width: int | None) -> int:
    """Prints a discussion as plain text, wrapped at ``width`` columns if one is given."""
    gc.enable()
    from parser.writers.text import write_text  # only here: the screen needs no writer

    discussion = named.fetched().load()
    # A terminal has an encoding of its own, in which there may not be every letter.
    encoding = None if sys.stdout.isatty() else "utf-8"
    cast("io.TextIOWrapper", sys.stdout).reconfigure(encoding=encoding, errors="replace")
    return to_standard_output(lambda: write_text(discussion, sys.stdout, width))


def to_standard_output(write: Callable[[], None]) -> int:
    """Writes, and is quiet where the reader of a pipe leaves it."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends.
        terminal.lead_nowhere(sys.stdout)
        return PIPE_CLOSED
    except OSError:
        terminal.lead_nowhere(sys.stdout)
        raise
    return 0


def guarded(run: Callable[[], int]) -> int:
    """Runs, and makes one line on standard error and an exit code of every trouble."""
    terminal.open_what_is_closed()
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        return fail("standard output is closed")
    try:
        with unwinding():
            return run()
    except AskedToLeaveError as asked:
        return end_by(asked.number)
    except (ParseError, RefusedError) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        terminal.say("")  # behind the ^C that the terminal shows
        return INTERRUPTED
    except OSError as error:
        return fail(f"the output cannot be written: {error.strerror or error}")
    except Exception as error:  # whatever it is, what is said of it must not quote a file
        return _crashed(error)


def _crashed(error: BaseException) -> int:
    from tui.crash import report

    return report(error)


def fail(message: str) -> int:
    """One line for people; names in it come from files and arguments, so it is cleaned."""
    terminal.say(f"commentree: {clean_line(message)}")
    return FAILED


def _launch(named: Named) -> int:
    """Shows the screen. What cannot be read is refused before it is drawn."""
    paths = named.paths
    loading: Loading | None = None
    choices: Path | tuple[Path, ...] = Path()
    if named.sample:
        loading = open_discussion(sample_path())
    elif not named.is_one():
        choices = tuple(map(Path, paths))
    elif len(paths) == 1 and Path(paths[0]).is_dir():
        choices = Path(paths[0])
    elif paths:
        stream = _piped() if paths[0] == STANDARD_INPUT else None
        loading = open_discussion(*paths, stream=stream, form=named.form, most=named.most)
        if stream is not None:
            loading.read_ahead()
    if not terminal.has_keys() and not terminal.take_keys_from_terminal():
        raise RefusedError("there is no terminal for the keys; use: commentree show FILE")
    # Here and not above: Textual takes most of a start, and help, show and export need none.
    from tui.app import CommentreeApp
    from tui.store import Store

    sys.setswitchinterval(SWITCH)
    again = paths[0] if len(paths) == 1 and paths[0] != STANDARD_INPUT else None
    if named.arrival is not None:
        again = paths[-1]
    with Store() as store:
        app = CommentreeApp(
            store,
            loading=loading,
            path=again,
            choices=choices,
            video=named.video,
            arrival=named.arrival,
        )
        end_at_once()  # until the screen hears of signals itself
        result = app.run()
    if app.crash is not None:
        return _crashed(app.crash)
    return app.return_code or result or 0


def _piped() -> BinaryIO:
    if terminal.has_keys():
        raise RefusedError("- reads a pipe, and nothing is piped in")
    stream = terminal.take_pipe()
    if stream is None:
        raise RefusedError("standard input is closed; name a file")
    return stream
