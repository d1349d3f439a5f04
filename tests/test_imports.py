"""What each part imports, seen in a process of its own."""

import subprocess
import sys

import pytest

UI = ("tui", "textual", "rich", "pyperclip")


def imported_by(code: str) -> set[str]:
    """The names of all modules that a fresh interpreter has after running the code."""
    show = "\nimport sys\nprint('\\n'.join(['modules:', *sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + show], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.partition("modules:")[2].split())


def test_the_parser_imports_no_screen() -> None:
    modules = imported_by("import parser, parser.loading, parser.writers.json, parser.analysis")
    assert "parser.model" in modules
    assert not modules.intersection(UI)


def test_the_parser_reads_a_file_without_any_screen() -> None:
    code = (
        "from importlib.util import find_spec\n"
        "from pathlib import Path\n"
        "import parser\n"
        "folder = Path(find_spec('tui').submodule_search_locations[0])\n"
        "assert len(parser.load(str(folder / 'sample' / 'talk.txt'))) > 20\n"
    )
    assert not imported_by(code).intersection(UI)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["export", "--help"], ["no such file"]]
)
def test_the_command_line_starts_without_the_screen(arguments: list[str]) -> None:
    modules = imported_by(f"from tui.cli import main\nmain({arguments!r})")
    assert "tui.cli" in modules
    assert not modules.intersection({"textual", "rich", "pyperclip", "linkify_it", "sqlite3"})
