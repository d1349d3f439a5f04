"""False programs that tests put in the way of the user's own clipboard and browser.

They are shell scripts, so they work on Linux and macOS; on Windows, whose clipboard is no
program, the tests that need them are skipped.
"""

import os
import sys
from pathlib import Path

CLIPBOARD_PROGRAMS = ("pbcopy", "pbpaste", "wl-copy", "wl-paste", "xclip", "xsel")

needs_false_programs = "false programs are shell scripts" if sys.platform == "win32" else ""
"""The reason to skip a test that needs one; empty where it can run."""


def make_program(folder: Path, name: str, script: str) -> Path:
    """An executable ``name`` in ``folder`` that runs ``script`` with sh."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


class FakeClipboard:
    """The machine's clipboard as a file, behind programs of the real ones' names."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self._file = folder / "clipboard"
        script = (
            f'case "$(basename "$0") $*" in\n'
            f'  *paste*|*" -o"*) cat "{self._file}" ;;\n'
            f'  *) cat > "{self._file}" ;;\n'
            f"esac"
        )
        for name in CLIPBOARD_PROGRAMS:
            make_program(self.programs, name, script)

    def read(self) -> str | None:
        """What was copied last; ``None`` when nothing was."""
        return self._file.read_text(encoding="utf-8") if self._file.exists() else None

    def env(self, **more: str) -> dict[str, str]:
        """An environment with a display, in which this is the clipboard."""
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "DISPLAY": ":false", **more}


class FakeBrowser:
    """A browser that writes down what it was asked to open."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "opened"
        self.program = make_program(
            folder / "bin", "false-browser", f'printf "%s\\n" "$@" >> "{self._log}"'
        )

    def opened(self) -> list[str]:
        """The addresses that were opened, in order."""
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
