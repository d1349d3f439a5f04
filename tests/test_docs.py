"""The documents say what the program does."""

import re
import subprocess
import sys
from pathlib import Path

from tests.tools.key_table import README, written

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def test_the_readmes_keys_are_the_programs() -> None:
    assert written(TEXT) == TEXT, "run python -m tests.tools.key_table"


def test_ci_runs_the_readmes_test_line() -> None:
    blocks: list[str] = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    line = next(block for block in blocks if "pytest" in block).strip()
    assert "\n" not in line
    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", TEXT)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_option_and_command_of_the_help_is_in_the_readme() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "tui", "--help"], capture_output=True, text=True, check=True
    ).stdout
    named = set(re.findall(r"--[a-z]+", help_text)) - {"--help", "--version"}
    named |= set(re.findall(r"^  (\w+) ", help_text.partition("Commands:")[2], re.MULTILINE))
    assert named
    assert [name for name in named if name not in TEXT] == []


def test_the_top_level_is_as_it_was_given() -> None:
    given = {"pyproject.toml", "README.md", "LICENSE", "tui", "parser", "tests", "screenshots"}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    tops = {Path(name).parts[0] for name in listed if name}
    assert {top for top in tops if not top.startswith(".")} <= given
