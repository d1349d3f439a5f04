"""Links that can be fetched without a network, and the program as a process that fetches them.

The site is ``talks.test``, which ``tests/fetching`` teaches the real yt-dlp. Where yt-dlp itself
has to be odd, a folder of the test's own holds another ``yt_dlp``, and stands before the real one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SITE = Path(__file__).parent / "fetching"
TALK = "https://talks.test/plain/abc"
DEADLINE = 60.0
HIDDEN = """
import importlib.machinery
class Finder(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "yt_dlp" else super().find_spec(name, path, target)
import sys
sys.meta_path = [Finder if f is importlib.machinery.PathFinder else f for f in sys.meta_path]
"""
"""A ``sitecustomize`` for a Python that has no yt-dlp."""


def env_with(*folders: Path, **more: str) -> dict[str, str]:
    """This environment, with our site and what else stands in some folders."""
    path = os.pathsep.join(map(str, (*folders, SITE)))
    return {**os.environ, "PYTHONPATH": path, **more}


def fake(folder: Path, code: str) -> Path:
    """A folder with a ``yt_dlp`` that runs this code."""
    package = folder / "fake" / "yt_dlp"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(code, encoding="utf-8")
    return package.parent


def commentree(
    *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=DEADLINE,
        check=False,
        env=env or env_with(),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )


def exported(*arguments: str, env: dict[str, str] | None = None) -> dict[str, Any]:
    done = commentree("export", *arguments, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def refused(*arguments: str, env: dict[str, str] | None = None) -> str:
    """The one line of a run that fails."""
    done = commentree(*arguments, env=env)
    assert (done.returncode, done.stdout) == (2, ""), (done.returncode, done.stderr)
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.removeprefix("commentree: ").rstrip()


def data_folder() -> Path:
    return Path(os.environ["COMMENTREE_DATA_DIR"])


def stored() -> list[str]:
    """All files in the data folder but the notes of where links lead."""
    data = data_folder()
    found = (path.relative_to(data) for path in data.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if path.parts[0] != "links")


def left_over() -> list[Path]:
    """What a fetch left behind of its work."""
    return [path for path in data_folder().rglob("*") if path.name.startswith(".")]


def age(days: float, name: str = "talks/abc") -> None:
    """Let what is stored be so many days older."""
    path = data_folder() / "videos" / f"{name}.fetched.json"
    record = json.loads(path.read_bytes())
    record["fetched_at"] -= days * 86_400
    path.write_text(json.dumps(record))
