"""The command line. It starts without the screen's libraries, which take most of the start.

Every trouble is one line on standard error and exit code 2, never a traceback.
"""

import gc
import io
import math
import re
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeVar

import click
from msgspec.structs import replace

from parser.model import Discussion
from parser.source import STANDARD_INPUT
from parser.text.marks import VideoAddress
from parser.text.videos import parse_video
from tui import opening
from tui.opening import Named, RefusedError
from tui.paths import is_link

if TYPE_CHECKING:
    from parser.analysis import Analysis
    from parser.writers.chapters import ChapterForm
    from parser.writers.links import LinkForm
    from parser.writers.moments import MomentForm
    from tui.fetch.link import Wishes

_Function = TypeVar("_Function", bound=Callable[..., Any])
_NARROWEST = 20
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([KMGT]?)(?:I?B)?", re.ASCII | re.IGNORECASE)
_UNITS = ["", "K", "M", "G", "T"]
_FORMATS = ["json", "jsonl"]
_CHAPTER_FORMS = ["text", "ffmetadata", "webvtt", "json"]
_LINK_FORMS = ["text", "json"]
_MOMENT_FORMS = ["markdown", "json"]
_SORTS = ["top", "new"]
NOTHING_FOUND = 1
_NAMED_SOURCES = 8
"""Sources of chapters that a refusal names."""


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


class _SizeType(click.ParamType[int]):
    """A number of bytes, with a unit as people write it: ``500M``, ``4G``, ``4 GiB``."""

    name = "SIZE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        if isinstance(value, int):
            return value
        written = _SIZE.fullmatch(str(value).strip())
        if written is None or not float(written[1]):
            self.fail(f"'{value}' is no size such as 500M or 4G", param, ctx)
        return math.ceil(float(written[1]) * 1024 ** _UNITS.index(written[2].upper()))


def _reads(form_option: str) -> Callable[[_Function], _Function]:
    """Options that say how what is named is read; the function gets it all as ``named``.

    ``form_option`` is the option for the format; ``export`` has another name for it.
    """

    def with_options(function: _Function) -> _Function:
        @wraps(function)
        def with_named(
            *,
            paths: tuple[str, ...],
            form: str | None,
            most_bytes: int | None,
            video: VideoAddress | None,
            refresh: bool,
            sort: str | None,
            most: str | None,
            **others: object,
        ) -> int:
            wishes = _wishes(refresh=refresh, sort=sort, most=most)
            named = Named(paths, video, form, most=most_bytes, wishes=wishes)
            return function(named=named, **others)

        result: Any = with_named
        for option in reversed((_form_option(form_option), *_READING_OPTIONS)):
            result = option(result)
        return result

    return with_options


def _form_option(name: str) -> Callable[[_Function], _Function]:
    return click.option(
        name, "form", metavar="NAME", help="Read as this format, without finding out (see formats)."
    )


_READING_OPTIONS = (
    click.option(
        "--max-size",
        "most_bytes",
        type=_SizeType(),
        help="Read so much of a file, unpacked (2G; less of what may be a trap).",
    ),
    click.option(
        "--video", type=_VideoType(), help="The video that is discussed; it is never guessed."
    ),
    click.option("--refresh", is_flag=True, help="Fetch a link anew, and mark what is new."),
    click.option(
        "--sort", type=click.Choice(_SORTS), help="Which of a link's comments come first."
    ),
    click.option("--max-comments", "most", metavar="N", help="Fetch so many at most, or N,N,N,N."),
)


def _wishes(*, refresh: bool, sort: str | None, most: str | None) -> "Wishes | None":
    """How links are fetched; ``None`` where nothing is said of it."""
    passed_on: tuple[str, ...] = click.get_current_context().obj
    if not (refresh or sort or most or passed_on):
        return None
    from tui.fetch import link

    return link.Wishes(refresh, sort or "", most or "", passed_on)


def _split_passed_on(args: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The arguments before a ``--`` that stands behind a link, and those for yt-dlp behind it."""
    place = args.index("--") if "--" in args else len(args)
    named = (arg for before, arg in pairwise(["", *args[:place]]) if before != "--video")
    if not any(map(is_link, named)):
        return args, ()
    return args[:place], tuple(args[place + 1 :])


class _Program(click.Group):
    """Commands by their names; anything else is something to read."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        args, ctx.obj = _split_passed_on(args)
        own = {name for name, command in self.commands.items() if not command.hidden}
        if not args or args[0] not in {*own, "--help", "-h", "--version"}:
            args = [_READ, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx  # the program's own line, whatever the command
        formatter.write_usage("commentree", "[FILE... | FOLDER | LINK | -] [OPTIONS]")

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

    FILE is a saved page, a download or an export with comments, also packed (the formats:
    commentree formats); - is a pipe. Several files of one video are read as one discussion.
    With a FOLDER, nothing, or files of several videos a start screen offers what there is. A
    file that is called like a command is read as ./show.

    From a LINK (https://youtu.be/ID) yt-dlp fetches the comments, once; options behind -- are
    passed on to it.
    """


@program.command(_READ, hidden=True)
@click.argument("paths", nargs=-1, metavar="FILE")
@click.option("--sample", is_flag=True, help="Open the built-in sample discussion.")
@_reads("--format")
def read(named: Named, sample: bool) -> int:
    """Opens a discussion on the screen, or prints it where there is none."""
    if sample and named.paths:
        raise click.UsageError("--sample takes no file")
    return opening.read(replace(named, sample=sample))


@program.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--width", type=click.IntRange(min=_NARROWEST), help="Columns to wrap the text at.")
@_reads("--format")
def show(named: Named, width: int | None) -> int:
    """Print a discussion as plain text, in order."""
    if width is None and sys.stdout.isatty():
        width = max(_NARROWEST, shutil.get_terminal_size().columns)
    return opening.print_text(named, width)


@program.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "output_form", type=click.Choice(_FORMATS), default="json", show_default=True
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_reads("--input-format")
def export(named: Named, output_form: str, out: str | None) -> int:
    """Write a discussion as JSON for other programs."""
    gc.enable()
    named = named.fetched()
    discussion = named.load()
    write = _writer(output_form)
    return _write_out(named, out, lambda file: write(discussion, file))


@program.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "output_form",
    type=click.Choice(_CHAPTER_FORMS),
    default="text",
    show_default=True,
    help="As a description has them, or for ffmpeg, a player, a program.",
)
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Whose: video, description, machine, or a comment's id; the best where not said.",
)
@click.option("--list", "is_list", is_flag=True, help="List the sources, best first.")
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_reads("--input-format")
def chapters(
    named: Named, output_form: "ChapterForm", source: str | None, is_list: bool, out: str | None
) -> int:
    """Write the chapters that the video, its description or a comment lists."""
    named, analysis = _analysed(named)
    from parser.writers.chapters import sources, write_chapters, write_sources

    found = sources(analysis)
    chosen = [one for name, one in found if source in (None, name)]
    if found and not chosen:
        known = ", ".join(name for name, _ in found[:_NAMED_SOURCES])
        raise RefusedError(f"--from {source}: lists no chapters; these do: {known}")
    if not chosen:
        sys.stderr.write("commentree: no chapters are listed\n")
        return NOTHING_FOUND

    def write(text: TextIO) -> None:
        if is_list:
            write_sources(analysis, text)
        else:
            write_chapters(analysis, chosen[0], output_form, text)

    return _write_out(named, out, _as_text(write))


@program.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "output_form",
    type=click.Choice(_MOMENT_FORMS),
    default="markdown",
    show_default=True,
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_reads("--input-format")
def moments(named: Named, output_form: "MomentForm", out: str | None) -> int:
    """Write what is said about which second of the video, in its order."""
    named, analysis = _analysed(named)
    from parser.writers.moments import moments_of, write_moments

    if next(moments_of(analysis), None) is None:
        sys.stderr.write("commentree: no moments are named\n")
        return NOTHING_FOUND
    return _write_out(named, out, _as_text(lambda text: write_moments(analysis, output_form, text)))


@program.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "output_form", type=click.Choice(_LINK_FORMS), default="text", show_default=True
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to a file, whole or not at all.")
@_reads("--input-format")
def links(named: Named, output_form: "LinkForm", out: str | None) -> int:
    """Write the web addresses that the comments name, each once."""
    gc.enable()
    named = named.fetched()
    from parser.writers.links import addresses, write_links

    found = addresses(named.load())
    if not found:
        sys.stderr.write("commentree: no links are named\n")
        return NOTHING_FOUND
    return _write_out(named, out, _as_text(lambda text: write_links(found, output_form, text)))


def _analysed(named: Named) -> "tuple[Named, Analysis]":
    """What was named, as files, and what it says, read whole."""
    gc.enable()
    named = named.fetched()
    from parser.analysis import Analysis

    analysis = Analysis(named.load())
    for _ in analysis.scan():
        pass
    return named, analysis


def _as_text(write: Callable[[TextIO], None]) -> Callable[[BinaryIO], None]:
    """The same for a file of bytes: UTF-8, the same on every system."""

    def write_bytes(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        write(text)
        text.detach()  # written out, and left open

    return write_bytes


def _write_out(named: Named, out: str | None, write: Callable[[BinaryIO], None]) -> int:
    """Writes to standard output, or to a file that is whole or absent."""
    if out is None or out == STANDARD_INPUT:
        return opening.to_standard_output(lambda: write(sys.stdout.buffer))
    from tui.whole_file import written_whole

    try:
        with written_whole(Path(out), not_over=named.paths) as file:
            write(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(f"{out}: cannot be written: {reason}") from None
    return 0


@program.command()
def formats() -> int:
    """List what is read, with a line each."""
    from parser.readers import all_readers

    lines = [f"{reader.name:<14}{reader.describe}" for reader in all_readers()]
    click.echo("\n".join((*lines, "Each plain, .gz or .zst, known by its content.")))
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
