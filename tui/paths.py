"""Where the user's state, settings and fetched discussions live.

The folders are the platform's own (platformdirs knows them); ``COMMENTREE_STATE_DIR``,
``COMMENTREE_CONFIG_DIR`` and ``COMMENTREE_DATA_DIR`` name others. Asking for a folder does not
create it: whoever writes calls :func:`ensure`.
"""

import os
from pathlib import Path

from parser.text.videos import parse_address

APP_NAME = "commentree"
STATE_VARIABLE = "COMMENTREE_STATE_DIR"
CONFIG_VARIABLE = "COMMENTREE_CONFIG_DIR"
DATA_VARIABLE = "COMMENTREE_DATA_DIR"


def state_dir() -> Path:
    """The folder of what the program remembers: places, videos, settings changed by keys."""
    if named := os.environ.get(STATE_VARIABLE):
        return Path(named)
    import platformdirs  # only here: the command line's help must not pay for it

    return Path(platformdirs.user_state_dir(APP_NAME, appauthor=False))


def config_dir() -> Path:
    """The folder of what the user writes by hand: the configuration."""
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def data_dir() -> Path:
    """The folder of what was fetched from links."""
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def is_link(text: str) -> bool:
    """Whether what was named is an address to fetch from and no path.

    A video's may lack its scheme, unless there is a file of that name.
    """
    if text[:8].lower().startswith(("http://", "https://")):
        return True
    return parse_address(text) is not None and not Path(text).exists()


def ensure(folder: Path) -> Path:
    """Create ``folder``, for its owner alone, when it is not there; ``OSError`` when it can't."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sample_path() -> str:
    """Where the built-in sample discussion lies."""
    return str(Path(__file__).parent / "sample" / "talk.txt")
