"""``python -m tests.hostile.guards [NAME …]``: takes each guard out, and sees a test fail.

A guard is the line or two that keeps one of the promises that the README prints. Each is taken
out in a copy of the project, in which only the tests that stand for it are run: where they still
pass, nothing watches that promise. Exits with 1 then, or where a guard is not found any more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 300


@dataclass(frozen=True)
class Guard:
    """What is taken out of a file: ``line`` becomes ``without``; ``tests`` must see it."""

    promise: str
    name: str
    path: str
    line: str
    without: str
    tests: str


NOTHING_ACTS = "nothing in a file acts"
ONE_LINE = "a bad file is one line"
RESTORED = "the terminal is restored"
NOWHERE_ELSE = "nothing goes elsewhere"
STATES = "tests/hostile/test_terminal_states.py"

GUARDS = (
    Guard(
        NOTHING_ACTS,
        "texts are cleaned",
        "parser/text/clean.py",
        "    if _HARMFUL.search(text) is None:\n",
        "    if True:\n",
        "tests/test_cli.py",
    ),
    Guard(
        NOTHING_ACTS,
        "names of files are cleaned",
        "tui/opening.py",
        'terminal.say(f"commentree: {clean_line(message)}")',
        'terminal.say(f"commentree: {message}")',
        "tests/test_cli.py tests/test_fetch.py tests/hostile",
    ),
    Guard(
        NOTHING_ACTS,
        "nothing but cleaned text is shown of a video",
        "parser/readers/ytdlp_video.py",
        "clean_line(",
        "str(",
        "tests/parser/test_fixtures.py tests/hostile",
    ),
    Guard(
        ONE_LINE,
        "what cannot be read is told",
        "tui/opening.py",
        "    except (ParseError, RefusedError) as error:\n",
        "    except ZeroDivisionError as error:\n",
        "tests/test_cli.py",
    ),
    Guard(
        ONE_LINE,
        "devices and pipes are refused",
        "parser/source.py",
        "        if is_kind(mode):\n",
        "        if False:\n",
        "tests/parser/test_source.py tests/test_cli.py",
    ),
    Guard(
        ONE_LINE,
        "an archive has a limit",
        "parser/packed.py",
        "        elif self._count > max(PACKED_FREE, PACKED_RATIO * self._stored.count):\n",
        "        elif False:\n",
        "tests/parser/test_source.py",
    ),
    Guard(
        ONE_LINE,
        "comments have a limit",
        "parser/loading.py",
        "            if self._builder.count > self._most:\n",
        "            if False:\n",
        "tests/parser/test_loading.py",
    ),
    Guard(
        RESTORED,
        "signals lead out in order",
        "tui/leaving.py",
        "        signal.signal(getattr(signal, name), asked)\n",
        "        pass\n",
        f"{STATES}::test_a_signal_gives_the_terminal_back",
    ),
    Guard(
        RESTORED,
        "what holds up the leaving does not hold the process",
        "tui/leaving.py",
        "        _thread.start_new_thread(_end_late, (code, give_back))\n",
        "",
        "tests/tui/test_leaving.py",
    ),
    Guard(
        RESTORED,
        "a terminal that takes nothing is given back by force",
        "tui/leaving.py",
        "            give_back()\n",
        "            pass\n",
        f"{STATES}::test_a_terminal_that_takes_nothing_any_more_holds_nobody",
    ),
    Guard(
        RESTORED,
        "sizes that differ do not take turns",
        "tui/resizing.py",
        "    del size\n    _lay_out(self, self.app.size)",
        "    _lay_out(self, size)",
        f"{STATES}::test_a_terminal_that_tells_no_size_gets_a_screen_that_can_be_left",
    ),
    Guard(
        RESTORED,
        "a lost terminal is noticed",
        "tui/driver.py",
        "        while not self._is_lost():\n",
        "        while True:\n",
        f"{STATES}::test_a_lost_terminal_ends_it",
    ),
    Guard(
        RESTORED,
        "what is written to a lost terminal goes nowhere",
        "tui/driver.py",
        "            lead_nowhere(self._written)\n",
        "            raise\n",
        f"{STATES}::test_a_lost_terminal_ends_it",
    ),
    Guard(
        RESTORED,
        "the first settings are restored",
        "tui/driver.py",
        "        self.suspend_application_mode()\n        self._come_back()\n",
        "        self._come_back()\n",
        f"{STATES}::test_told_to_go_on_while_it_does_it_keeps_the_settings",
    ),
    Guard(
        RESTORED,
        "all that runs in a job is stopped",
        "tui/driver.py",
        "        self._stop(0)\n",
        "        self._stop(os.getpid())\n",
        f"{STATES}::test_stopped_it_leaves_the_shell_its_terminal_and_comes_back",
    ),
    Guard(
        RESTORED,
        "what has no shell is not stopped",
        "tui/driver.py",
        "        os.kill(whom, signal.SIGTSTP)\n",
        "        os.kill(whom, signal.SIGSTOP)\n",
        f"{STATES}::test_without_a_shell_nothing_is_stopped",
    ),
    Guard(
        RESTORED,
        "pixels are switched off",
        "tui/driver.py",
        "        if self._mouse_pixels:\n",
        "        if False:\n",
        f"{STATES}::test_modes_that_only_some_terminals_have_are_taken_back",
    ),
    Guard(
        RESTORED,
        "letters that cannot be written take as many cells",
        "tui/driver.py",
        "            file.reconfigure(errors=_UNWRITABLE)",
        "            pass",
        f"{STATES}::test_what_a_locale_has_no_letters_for_takes_as_many_cells",
    ),
    Guard(
        RESTORED,
        "a terminal that only prints gets text",
        "tui/terminal.py",
        "    return not is_dumb and is_terminal(sys.stdout)\n",
        "    return is_terminal(sys.stdout)\n",
        f"{STATES}::test_a_terminal_that_only_prints_gets_text",
    ),
    Guard(
        RESTORED,
        "closed streams lead nowhere",
        "tui/opening.py",
        "    terminal.open_what_is_closed()\n",
        "",
        f"{STATES}::test_the_screen_needs_standard_output_only",
    ),
    Guard(
        RESTORED,
        "a crash exits with a code of its own",
        "tui/opening.py",
        "    if app.crash is not None:\n",
        "    if False:\n",
        f"{STATES}::test_a_crash_is_one_line_and_a_file",
    ),
    Guard(
        NOTHING_ACTS,
        "a crash does not print what Textual would",
        "tui/app.py",
        "    def _fatal_error(self) -> None:\n",
        "    def _not_fatal_error(self) -> None:\n",
        f"{STATES}::test_a_crash_is_one_line_and_a_file",
    ),
    Guard(
        NOTHING_ACTS,
        "what is told of a crash is cleaned",
        "tui/crash.py",
        '        lines += clean(piece).split("\\n")\n',
        '        lines += piece.split("\\n")\n',
        f"{STATES}::test_a_crash_is_one_line_and_a_file",
    ),
    Guard(
        NOWHERE_ELSE,
        "a signal breaks no export off half-way",
        "tui/leaving.py",
        "        raise AskedToLeaveError(number)\n",
        "        end_by(number)\n",
        f"{STATES}::test_an_export_that_is_broken_off_leaves_nothing",
    ),
    Guard(
        NOWHERE_ELSE,
        "the browser gets web addresses only",
        "tui/opener.py",
        "    if refused := why_refused(url):\n",
        "    if refused := None:\n",
        "tests/tui/test_opener.py",
    ),
    Guard(
        NOWHERE_ELSE,
        "a link's host is not hidden",
        "tui/opener.py",
        '    if "@" in parts.netloc:\n',
        "    if False:\n",
        "tests/tui/test_opener.py",
    ),
    Guard(
        NOWHERE_ELSE,
        "links are http and https",
        "parser/text/links.py",
        '    named = bool(marks) and scheme.lower() in ("http", "https")\n',
        "    named = bool(marks)\n",
        "tests/parser/test_links.py tests/property",
    ),
    Guard(
        NOWHERE_ELSE,
        "what is copied has no controls",
        "tui/clipboard.py",
        "    text = harmless(text)\n",
        "",
        "tests/tui/test_clipboard.py",
    ),
    Guard(
        NOWHERE_ELSE,
        "exports are whole or absent",
        "tui/whole_file.py",
        "        draft.unlink(missing_ok=True)\n        raise\n",
        "        draft.replace(target)\n        raise\n",
        "tests/test_cli.py",
    ),
    Guard(
        NOWHERE_ELSE,
        "an export does not go over what is read",
        "tui/whole_file.py",
        "target.samefile(p) for p in not_over",
        "False for p in not_over",
        "tests/test_cli.py tests/test_fetch.py",
    ),
    Guard(
        NOWHERE_ELSE,
        "only a link's own form asks the network",
        "tui/opening.py",
        "        links = [path for path in self.paths if is_link(path)]\n",
        "        links = list(self.paths)\n",
        "tests/test_cli.py",
    ),
)


def main() -> int:
    """Try the guards that are named, or all; 1 where one is not missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.guards", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of a guard's name")
    names: list[str] = parser.parse_args().names
    chosen = [guard for guard in GUARDS if not names or any(name in guard.name for name in names)]
    unseen = 0
    for guard in chosen:
        said = _tried(guard)
        unseen += not said.startswith("seen")
        sys.stdout.write(f"{guard.promise}: {guard.name}: {said}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} guards taken out, {len(chosen) - unseen} seen\n")
    return 1 if unseen else 0


def _tried(guard: Guard) -> str:
    """What the tests say without the guard, in one line."""
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__", ".*cache"))
        place = copy / guard.path
        text = place.read_text(encoding="utf-8")
        if guard.line not in text:
            return f"NOT FOUND in {guard.path}"
        place.write_text(text.replace(guard.line, guard.without), encoding="utf-8")
        return _run(copy, guard.tests.split())


def _run(project: Path, tests: list[str]) -> str:
    options = ["-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
    env = {**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=project,
            env=env,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "seen: the tests hang without it"
    if done.returncode == 0:
        return "NOT SEEN: all tests pass without it"
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    if not failed:
        return f"NOT TRIED: {(done.stdout + done.stderr)[-300:]}"
    return f"seen by {failed[0].removeprefix('FAILED ').partition(' - ')[0]}"


if __name__ == "__main__":
    sys.exit(main())
