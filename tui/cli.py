"""The command line. It starts without the screen's libraries, which take most of the start.

Every trouble is one line on standard error and exit code 2, never a traceback.
"""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import click

from parser import Discussion, ParseError, load, open_discussion
from parser.packed import MOST_BYTES
from parser.source import STANDARD_INPUT
from parser.text.clean import clean_line
from parser.text.marks import VideoAddress
from parser.text.videos import parse_video
from parser.writers.json import write_json, write_jsonl
from parser.writers.text import write_text
from tui import terminal
from tui.paths import sample_path
from tui.whole_file import written_whole

_FAILED = 2
_INTERRUPTED = 130
_PIPE_CLOSED = 141
"""What a shell says of a program that its reader left, as `head` does."""
_NARROWEST = 20

_WRITERS: dict[str, Callable[[Discussion, BinaryIO], None]] = {
    "json": write_json,
    "jsonl": write_jsonl,
}


class _VideoType(click.ParamType[VideoAddress]):
    """A video's id or one of the forms of its address."""

    name = "URL|ID"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> VideoAddress:
        if isinstance(value, VideoAddress):
            return value
        address = parse_video(str(value))
        if address is None:
            self.fail(f"'{value}' is no video's id or address", param, ctx)
        return VideoAddress(address.site, address.id)


_video_option = click.option(
    "--video", type=_VideoType(), help="The video that is discussed; it is never guessed."
)


class _Program(click.Group):
    """Commands by their names; anything else is something to read."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {name for name, command in self.commands.items() if not command.hidden}
        if not args or args[0] not in {*own, "--help", "-h", "--version"}:
            args = [_READ, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx  # the program's own line, whatever the command
        formatter.write_usage("commentree", "[FILE | FOLDER | -] [OPTIONS]")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [option for option in read.params if isinstance(option, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        rows += [row for option in self.get_params(ctx) if (row := option.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(rows)
        self.format_commands(ctx, formatter)


_READ = "read"
_HELP = {"help_option_names": ["-h", "--help"]}


@click.group(cls=_Program, context_settings=_HELP)
@click.version_option(package_name="commentree", message="%(prog)s %(version)s")
def program() -> None:
    """Read a video's saved discussion: chapters, comment threads, timestamp links.

    FILE is a saved page or yt-dlp's .info.json with comments, also packed; - is a pipe. With
    a FOLDER or nothing a start screen offers what there is. A file that is called like a
    command is read as ./show.
    """


@program.command(_READ, hidden=True)
@click.argument("path", required=False, metavar="FILE")
@click.option("--sample", is_flag=True, help="Open the built-in sample discussion.")
@_video_option
def read(path: str | None, sample: bool, video: VideoAddress | None) -> int:
    """Opens a discussion on the screen, or prints it where there is none."""
    if sample and path is not None:
        raise click.UsageError("--sample takes no file")
    if not terminal.is_interactive():
        if path is None and not sample:
            raise click.UsageError("name a file, or - for a pipe: there is no screen to choose on")
        return _print(sample_path() if path is None else path, video, None)
    return _launch(path, video=video, sample=sample)


@program.command()
@click.argument("path", metavar="FILE")
@click.option("--width", type=click.IntRange(min=_NARROWEST), help="Columns to wrap the text at.")
@_video_option
def show(path: str, width: int | None, video: VideoAddress | None) -> int:
    """Print a discussion as plain text, in order."""
    if width is None and sys.stdout.isatty():
        width = max(_NARROWEST, shutil.get_terminal_size().columns)
    return _print(path, video, width)


@program.command()
@click.argument("path", metavar="FILE")
@click.option(
    "--format", "form", type=click.Choice(list(_WRITERS)), default="json", show_default=True
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_video_option
def export(path: str, form: str, out: str | None, video: VideoAddress | None) -> int:
    """Write a discussion as JSON for other programs."""
    discussion = load(path, video=video)
    write = _WRITERS[form]
    if out is None or out == STANDARD_INPUT:
        return _to_standard_output(lambda: write(discussion, sys.stdout.buffer))
    try:
        with written_whole(Path(out), not_over=path) as file:
            write(discussion, file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"{out}: cannot be written: {reason}") from None
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; the result is the process's exit code."""
    if sys.stdout is None or sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        return _FAILED if sys.stderr is None else _fail("standard output is closed")  # pyright: ignore[reportUnnecessaryComparison]
    try:
        code = program.main(arguments, prog_name="commentree", standalone_mode=False)
    except ParseError as error:
        return _fail(str(error))
    except click.ClickException as error:
        return _fail(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except OSError as error:
        return _fail(f"the output cannot be written: {error.strerror or error}")
    return code if isinstance(code, int) else 0


def _fail(message: str) -> int:
    """One line for people; names in it come from files and arguments, so it is cleaned."""
    sys.stderr.write(f"commentree: {clean_line(message)}\n")
    return _FAILED


def _to_standard_output(write: Callable[[], None]) -> int:
    """Writes, and is quiet where the reader of a pipe leaves it."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends; what is left goes nowhere.
        _drop_output()
        return _PIPE_CLOSED
    except OSError:
        _drop_output()
        raise
    return 0


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _launch(path: str | None, *, video: VideoAddress | None, sample: bool) -> int:
    """Shows the screen. What cannot be read is refused before it is drawn."""
    folder = Path(path) if path is not None and Path(path).is_dir() else None
    loading = None
    if sample:
        loading = open_discussion(sample_path())
    elif path == STANDARD_INPUT:
        loading = open_discussion(path, stream=_piped())
    elif path is not None and folder is None:
        loading = open_discussion(path)
    if not terminal.has_keys() and not terminal.take_keys_from_terminal():
        raise click.ClickException("there is no terminal for the keys; use: commentree show FILE")
    # Here and not above: Textual takes most of a start, and help, show and export need none.
    from tui.app import run

    again = None if sample or path == STANDARD_INPUT else path
    return run(loading=loading, path=again, folder=folder, video=video)


def _piped() -> BinaryIO:
    if terminal.has_keys():
        raise click.UsageError("- reads a pipe, and nothing is piped in")
    try:
        return terminal.read_pipe(MOST_BYTES)
    except OSError as error:
        raise click.ClickException(f"the pipe cannot be kept: {error.strerror or error}") from None


def _print(path: str, video: VideoAddress | None, width: int | None) -> int:
    discussion = load(path, video=video)
    if not sys.stdout.isatty():
        cast("io.TextIOWrapper", sys.stdout).reconfigure(encoding="utf-8", errors="replace")
    return _to_standard_output(lambda: write_text(discussion, sys.stdout, width))
