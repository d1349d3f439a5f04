"""No test sees or changes what belongs to whoever runs it.

Every test has its own state and configuration folders, no display, no remote session, no
tmux, no player and no browser of the user's: a test that needs one of them builds a false
one, or starts a server of its own.
"""

from pathlib import Path

import pytest

FOREIGN = (
    "BROWSER",
    "DISPLAY",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "WAYLAND_DISPLAY",
    "XDG_CURRENT_DESKTOP",
)
"""Variables that would lead a test to the clipboard or the browser of whoever runs it."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home for state and configuration; returns the folder that holds both."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COMMENTREE_STATE_DIR", str(home / "state"))
    monkeypatch.setenv("COMMENTREE_CONFIG_DIR", str(home / "config"))
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    return home
