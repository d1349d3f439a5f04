"""Screens that have the size the terminal has now."""

from textual.geometry import Size
from textual.screen import Screen

_lay_out = Screen._screen_resized  # pyright: ignore # noqa: SLF001


def follow_the_terminal() -> None:
    """Lets every screen, Textual's own too, be laid out in the present size.

    Textual 8.2 lays it out in the size that an event tells, and sends it another event of that
    size then. Two events of different sizes on their way at once, as while a window is being
    dragged or where Rich thinks of another size than the driver, take turns for ever.
    """
    Screen._screen_resized = _laid_out_now  # pyright: ignore # noqa: SLF001


def _laid_out_now(self: Screen[object], size: Size) -> None:
    del size
    _lay_out(self, self.app.size)  # pyright: ignore[reportUnknownMemberType]
