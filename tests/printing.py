"""Runs the program as a process, for what it prints."""

import subprocess
import sys


def printed(*arguments: str, code: int = 0) -> str:
    """What it prints: on standard output where it does what was asked, else its one line."""
    command = [sys.executable, "-m", "tui", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, encoding="utf-8")
    assert done.returncode == code, done.stderr
    assert (done.stderr == "") == (code == 0)
    return done.stdout if code == 0 else done.stderr
