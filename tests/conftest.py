"""No test sees or changes what belongs to whoever runs it.

Every test has its own state, configuration and data folders, a clipboard that is a file and a
browser that is a list, no display, no remote session and no tmux but one that it starts.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.tui.fakes import FakeBrowser, FakeClipboard

# The suite says the same of the same code each time; HYPOTHESIS_PROFILE=explore tries new cases.
settings.register_profile("repeat", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))

FOREIGN = (
    "DISPLAY",
    "SSH_CONNECTION",
    "SSH_TTY",
    "STY",
    "TMUX",
    "WAYLAND_DISPLAY",
    "WSL_DISTRO_NAME",
)
"""Variables that would lead a test to the clipboard or the browser of whoever runs it."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for all that is the user's."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COMMENTREE_STATE_DIR", str(folder / "state"))
    monkeypatch.setenv("COMMENTREE_CONFIG_DIR", str(folder / "config"))
    monkeypatch.setenv("COMMENTREE_DATA_DIR", str(folder / "data"))
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def clipboard(home: Path, monkeypatch: pytest.MonkeyPatch) -> FakeClipboard:
    """The clipboard of this test; its programs stand before the user's on PATH.

    Without a display Linux has no clipboard, so a test that wants one sets
    ``DISPLAY`` or uses ``clipboard.env()``.
    """
    fake = FakeClipboard(home)
    monkeypatch.setenv("PATH", f"{fake.programs}{os.pathsep}{os.environ['PATH']}")
    return fake


@pytest.fixture(autouse=True)
def browser(home: Path, monkeypatch: pytest.MonkeyPatch) -> FakeBrowser:
    """The browser of this test; a test that wants none deletes ``BROWSER``."""
    fake = FakeBrowser(home)
    monkeypatch.setenv("BROWSER", str(fake.program))
    return fake
