"""Opening a link in the user's browser, and saying plainly when there is none here.

The browser is started by the standard library's webbrowser in a child process: what a
browser prints would land on the screen that we draw, and some wait before they return. No
shell ever sees the address.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import urlsplit

import msgspec

TIMEOUT_SECONDS = 15.0
"""How long a browser's start may take; one that still runs then is the open browser itself."""

LONGEST_URL = 8_000
"""Characters. Longer addresses are refused by some systems without a word."""

TEXT_BROWSERS = frozenset({"browsh", "elinks", "links", "links2", "lynx", "w3m", "www-browser"})
"""Browsers that would need the terminal, which is ours."""

_OPEN = "import sys, webbrowser; sys.exit(0 if webbrowser.open(sys.argv[1]) else 1)"


class OpenResult(msgspec.Struct, frozen=True):
    """Whether a browser took the link, and one line for people: what happened, or why not."""

    ok: bool
    message: str


def open_link(url: str, *, env: Mapping[str, str]) -> OpenResult:
    """Hand ``url`` to the browser; takes up to ``TIMEOUT_SECONDS``, so it belongs in a thread.

    ``env`` is the environment to judge by and to start the browser in. Nothing is raised:
    where the answer is not ok, whoever asked offers to copy the link instead.
    """
    if refused := why_refused(url):
        return OpenResult(False, refused)
    if missing := why_no_browser(env):
        return OpenResult(False, missing)
    return _start(url, env)


def why_refused(url: str) -> str | None:
    """Why an address is not opened; ``None`` when it may be.

    Only http and https with a host, a sane port, and nothing that could end the argument or
    hide in it: no control or invisible characters but the joiners that some scripts need, no
    spaces, no backslash (browsers read it as a slash), no user part
    (``https://bank.example@evil.example`` leads to the latter).
    """
    if len(url) > LONGEST_URL:
        return "the link is too long to be opened"
    if not all(map(_is_allowed, url)):
        return "the link holds characters that no address has"
    try:
        parts = urlsplit(url)
        sane = parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        return "the link is no web address"
    if parts.scheme.lower() not in ("http", "https") or not sane or url[:1] == "-":
        return "only http and https links are opened"
    if "@" in parts.netloc:
        return "the link hides its real host behind an @"
    return None


def why_no_browser(env: Mapping[str, str]) -> str | None:
    """Why no browser can be opened here; ``None`` when one may be there.

    A graphical one that ``BROWSER`` names is believed, over SSH too: remote editors set it
    to a program that opens the link on the machine where the user sits.
    """
    named = [name for name in env.get("BROWSER", "").split(os.pathsep) if name.strip()]
    if any(not _needs_terminal(name) for name in named):
        return None
    if env.get("SSH_CONNECTION") or env.get("SSH_TTY"):
        return "no browser here: this is a remote session"
    if not sys.platform.startswith(("linux", "freebsd", "openbsd", "netbsd")):
        return None
    # Windows' browser can be reached from its Linux without a display.
    if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") or env.get("WSL_DISTRO_NAME"):
        return None
    return "no browser here: there is no display"


def _is_allowed(letter: str) -> bool:
    if letter in "\u200c\u200d":  # the joiners
        return True
    return letter.isprintable() and not letter.isspace() and letter != "\\"


def _needs_terminal(command: str) -> bool:
    return PurePath(command.split()[0]).name in TEXT_BROWSERS


def _start(url: str, env: Mapping[str, str]) -> OpenResult:
    # Without TERM, webbrowser does not think of browsers that draw on the terminal; in a
    # session of its own the child could not reach the terminal either.
    quiet = {name: value for name, value in env.items() if name != "TERM"}
    quiet["BROWSER"] = os.pathsep.join(
        name
        for name in env.get("BROWSER", "").split(os.pathsep)
        if name.strip() and not _needs_terminal(name)
    )
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter; the address is one argument)
            [sys.executable, "-P", "-c", _OPEN, url],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return OpenResult(True, "handed to the browser")  # it runs until its window is closed
    except OSError as error:
        return OpenResult(False, f"no browser could be started: {error.strerror or error}")
    if done.returncode == 0:
        return OpenResult(True, "opened in the browser")
    return OpenResult(False, "no browser took the link")
