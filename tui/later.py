"""What the first picture does without, imported as soon as it stands.

Each of these is imported where it is used; a key that needs one should not have to wait.
"""

from importlib import import_module

MODULES = (
    "parser.analysis",
    "tui.copying",
    "tui.screens.sheet",
    "tui.clipboard",
    "tui.opener",
    "tui.screens.ask_video",
)


def import_the_rest() -> None:
    """Imports them all, which takes some tens of milliseconds; meant for a thread."""
    for name in MODULES:
        import_module(name)
