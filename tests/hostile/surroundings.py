"""Where a program under trial lives: folders of its own, false programs, and a witness.

The witness is an audit hook of Python's (``sitecustomize`` in the trial's folder). It writes down
each file that is opened for writing, each connection and each program that is started, so
that the judge knows of what leaves no trace on the screen.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.fakes import CLIPBOARD_PROGRAMS, make_program

BROWSER = "false-browser"
FALSE_PROGRAMS = (
    *CLIPBOARD_PROGRAMS, "tmux", "xdg-open", "open", "gio", "firefox", "less", "mpv", "vi", "ssh",
    "yt-dlp", "curl", BROWSER,
)  # fmt: skip

_WITNESS = """
import os, sys
_LOG = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TOLD = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo",
         "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove",
         "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod",
         "shutil.rmtree", "sqlite3.connect", "ctypes.dlopen")
def _tell(event, args):
    if event == "open":
        path, mode, flags = args
        if not isinstance(flags, int) or not flags & _WRITES:
            return
        what = path
    elif event in _TOLD:
        what = args[1] if event.startswith("socket.") and len(args) > 1 else args[0]
    else:
        return
    os.write(_LOG, f"{{os.getpid()}} {{event}} {{what!r}}\\n".encode("utf-8", "backslashreplace"))
sys.addaudithook(_tell)
"""

_HARMLESS_OPENINGS = ("/dev/null", "/dev/tty")
_IN_STATE = ("open", "os.mkdir", "os.remove", "os.rename", "os.chmod", "sqlite3.connect")


@dataclass(frozen=True)
class Deed:
    """Something that the program did: an audit event and what it was done to."""

    event: str
    what: str


class Surroundings:
    """A folder with ``home``, ``state``, ``config``, ``data``, ``bin`` and ``work`` in it."""

    def __init__(self, folder: Path, guards_off: str = "") -> None:
        self.folder = folder
        self.work = folder / "work"
        self.bin = folder / "bin"
        self._called = folder / "called"
        self._log = folder / "deeds"
        for name in ("home", "state", "config", "data", "work", "tmp", "witness"):
            (folder / name).mkdir()
        (folder / "witness" / "sitecustomize.py").write_text(
            _WITNESS.format(log=str(self._log)) + guards_off, encoding="utf-8"
        )
        for name in FALSE_PROGRAMS:
            # Read nothing from PATH: there is nothing on it but these.
            make_program(
                self.bin,
                name,
                f'printf "%s" "${{0##*/}}" >> "{self._called}"; for word do '
                f'printf " %s" "$word" >> "{self._called}"; done; echo >> "{self._called}"',
            )

    def environment(self, **more: str) -> dict[str, str]:
        """All that the program is told of its surroundings."""
        home = str(self.folder / "home")
        return {
            "HOME": home,
            "TMPDIR": str(self.folder / "tmp"),
            "PATH": str(self.bin),
            "BROWSER": str(self.bin / BROWSER),
            "COMMENTREE_STATE_DIR": str(self.folder / "state"),
            "COMMENTREE_CONFIG_DIR": str(self.folder / "config"),
            "COMMENTREE_DATA_DIR": str(self.folder / "data"),
            "PYTHONPATH": os.pathsep.join((str(self.folder / "witness"), str(_ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "ESCDELAY": "15",
            **more,
        }

    @property
    def called(self) -> list[str]:
        """The false programs that were started, with their arguments."""
        try:
            text = self._called.read_text(encoding="utf-8", errors="backslashreplace")
        except FileNotFoundError:
            return []
        return text.split("\n")[:-1]

    def deeds(self, *, programs: bool) -> list[Deed]:
        """What was done that a reader must not do unasked.

        Left out: what Python itself opens, and all that happens in the state folder. With
        ``programs`` keys were pressed that copy or open, for which Python starts itself and
        one of the false programs.
        """
        try:
            lines = self._log.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        found = (line.split(" ", 2) for line in lines)
        deeds = (Deed(event, what) for _, event, what in found)
        return [deed for deed in deeds if not self._is_allowed(deed, programs)]

    def _is_allowed(self, deed: Deed, programs: bool) -> bool:
        what = deed.what.strip("b'\"")
        if deed.event == "ctypes.dlopen":
            return True  # Textual's, of the C library
        if deed.event == "subprocess.Popen":
            return programs and (what == sys.executable or what.startswith(str(self.bin)))
        if deed.event == "open" and (what in _HARMLESS_OPENINGS or what.isdecimal()):
            return True
        return deed.event in _IN_STATE and str(self.folder / "state") in what

    def left_behind(self) -> list[str]:
        """Files that the program made outside its state folder."""
        places = ("home", "tmp", "config", "data")
        return [
            str(path.relative_to(self.folder))
            for place in places
            for path in sorted((self.folder / place).rglob("*"))
        ]


_ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tui")
"""The program as it is in this tree."""


@contextmanager
def surroundings(guards_off: str = "") -> Generator[Surroundings]:
    """Surroundings that go when they are left, whatever the program made of them.

    ``guards_off``: Python that the program runs as it starts, to take a guard away.
    """
    with TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True) as folder:
        yield Surroundings(Path(folder), guards_off)
