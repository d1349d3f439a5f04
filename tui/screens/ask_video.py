"""Asks which video the discussion is about; nothing is taken that the reader did not give."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePath
from urllib.parse import quote_plus

from textual.widgets import Input

from parser.text.marks import VideoAddress
from parser.text.videos import parse_video, watch_url
from tui.look import Look
from tui.render import fit
from tui.screens.ask import Ask

SEARCH = "https://www.youtube.com/results?search_query="


def id_in_name(path: str) -> str | None:
    """An id in a file's name, where downloaders put it: ``Talk [abcdefghijk].txt``."""
    name = PurePath(path).name
    if bracketed := re.search(r"\[([\w-]{11})\]", name, re.ASCII):
        return bracketed[1]
    # Without brackets only what no word would be: letters of both kinds and something else.
    last = re.search(r"(?:^|[\s_-])([\w-]{11})$", name.split(".")[0], re.ASCII)
    kinds = ("[a-z]", "[A-Z]", "[0-9_-]")
    return last[1] if last and all(re.search(kind, last[1]) for kind in kinds) else None


class AskVideo(Ask[VideoAddress]):
    """Ends with the video, or ``None`` when it was left unsaid."""

    def __init__(
        self,
        look: Look,
        path: str,
        title: str | None,
        *,
        linked: Collection[str],
        now: str | None,
        browse: Callable[[str], None],
    ) -> None:
        """``linked``: ids that comments link to. ``browse`` opens an address in the browser."""
        self._offer = id_in_name(path)
        words = "The page does not say. Type or paste the video's address or id"
        if now:
            words = f"It is {now} so far. Type or paste another address or id"
        if self._offer:
            words += f"; the file's name holds {self._offer}, which ctrl+n takes"
        super().__init__(look, "Which video is this?", words + ".", "address or id")
        self._title_of_video = title
        self._linked = linked
        self._browse = browse
        self._warned: str | None = None

    @property
    def offers(self) -> dict[str, tuple[str, Callable[[], None]]]:
        offers: dict[str, tuple[str, Callable[[], None]]] = {}
        if self._offer:
            offers["ctrl+n"] = ("id from the name", self._take_offer)
        if self._title_of_video:
            offers["ctrl+s"] = ("search for the title in the browser", self._search)
        return offers

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._warned = None

    def _take_offer(self) -> None:
        self.line = self._offer or ""

    def _search(self) -> None:
        self._browse(SEARCH + quote_plus(self._title_of_video or ""))
        self.say("Searching in the browser: copy the right video's address from there.")

    def check(self, line: str) -> VideoAddress | None:
        """The address, once it is one and no warning is open."""
        if not line:
            self.say("Type an address or an id first, or press esc.")
            return None
        address = parse_video(line)
        if address is None:
            self.say(f"{fit(line, 40, self.look.glyphs)} is no video's address or id known here.")
            return None
        if address.id in self._linked and self._warned != address.id:
            self._warned = address.id
            self.say(
                f"A comment links to {watch_url(address) or address.id}: likely another video "
                "than the one discussed. Press enter again if it is this one."
            )
            return None
        return VideoAddress(address.site, address.id)
