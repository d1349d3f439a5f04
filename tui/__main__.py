"""Where the program begins, as ``commentree`` and as ``python -m tui``."""

import gc
import signal
import sys

COMMANDS = ("show", "export", "chapters", "moments", "links", "formats")
"""Names that are no file's; one that is called so is read as ./show."""


def main() -> int:
    """Runs what the process's arguments ask for; the result is its exit code."""
    # Nothing that a start makes is garbage, so the collector would look through all of it for
    # nothing, some of it just before the first picture. It is on again from there on.
    gc.disable()
    # Until there is something to tidy up ctrl+c ends it without a word, and at the end again.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    name = only_name(sys.argv[1:], sys.platform)
    if name is None:
        from tui.cli import main as run_command_line

        return run_command_line()
    # Without the command line, whose making takes a tenth of the time to the first picture.
    from tui import opening

    return opening.guarded(lambda: opening.read(opening.Named((name,))))


def only_name(arguments: list[str], platform: str) -> str | None:
    """What is to be read, where that is all that the arguments say."""
    if len(arguments) != 1 or platform == "win32":  # there click finds what a * stands for
        return None
    (name,) = arguments
    is_name = name == "-" or not name.startswith("-")
    return name if is_name and name not in COMMANDS else None


if __name__ == "__main__":
    sys.exit(main())
