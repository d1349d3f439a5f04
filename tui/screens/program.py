"""The running program, with the type that Textual leaves open."""

from typing import cast

from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Region

from tui.widgets.pane import Pane


def program(node: DOMNode) -> App[int]:
    """The app that a screen or a widget belongs to."""
    return cast("App[int]", node.app)  # pyright: ignore[reportUnknownMemberType]


def stand_at(node: DOMNode, pane: Pane) -> None:
    """Let the terminal's own cursor stand on a pane's current row.

    The cursor moves with the next frame only, so a cell is drawn anew to have one.
    """
    app = program(node)
    if app.cursor_position != pane.cursor_on_screen:
        app.cursor_position = pane.cursor_on_screen
        pane.refresh(Region(0, 0, 1, 1))


def write_terminal(node: DOMNode, sequence: str) -> None:
    """Send a sequence to the terminal between two frames, from any thread but the screen's."""
    app = program(node)
    # Textual has no public way to send a sequence of one's own.
    driver = app._driver  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    if driver is not None:
        app.call_from_thread(driver.write, sequence)
