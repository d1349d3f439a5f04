"""The command line. It starts without the screen's libraries, which take most of the start.

Every trouble is one line on standard error and exit code 2, never a traceback.
"""

import gc
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click

from parser.loading import load
from parser.model import Discussion
from parser.source import STANDARD_INPUT
from parser.text.marks import VideoAddress
from parser.text.videos import parse_video
from tui import opening
from tui.opening import RefusedError

_NARROWEST = 20
_FORMATS = ["json", "jsonl"]


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
    return opening.read(path, video=video, sample=sample)


@program.command()
@click.argument("path", metavar="FILE")
@click.option("--width", type=click.IntRange(min=_NARROWEST), help="Columns to wrap the text at.")
@_video_option
def show(path: str, width: int | None, video: VideoAddress | None) -> int:
    """Print a discussion as plain text, in order."""
    if width is None and sys.stdout.isatty():
        width = max(_NARROWEST, shutil.get_terminal_size().columns)
    return opening.print_text(path, video, width)


@program.command()
@click.argument("path", metavar="FILE")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_video_option
def export(path: str, form: str, out: str | None, video: VideoAddress | None) -> int:
    """Write a discussion as JSON for other programs."""
    gc.enable()
    discussion = load(path, video=video)
    write = _writer(form)
    if out is None or out == STANDARD_INPUT:
        return opening.to_standard_output(lambda: write(discussion, sys.stdout.buffer))
    from tui.whole_file import written_whole

    try:
        with written_whole(Path(out), not_over=path) as file:
            write(discussion, file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(f"{out}: cannot be written: {reason}") from None
    return 0


def _writer(form: str) -> Callable[[Discussion, BinaryIO], None]:
    # Only here: what a writer needs takes longer to import than all that help needs.
    from parser.writers.json import write_json, write_jsonl

    return {"json": write_json, "jsonl": write_jsonl}[form]


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; the result is the process's exit code."""
    return opening.guarded(lambda: _run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        code: object = program.main(arguments, prog_name="commentree", standalone_mode=False)
    except click.ClickException as error:
        raise RefusedError(error.format_message()) from None
    except click.Abort:
        return opening.INTERRUPTED
    return code if isinstance(code, int) else 0
